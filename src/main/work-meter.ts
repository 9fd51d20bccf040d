import type { OnAdvance, OnStepAdvance } from '../kernel/on-advance.ts';

/** How far a long work has come, on a terminal: one line, rewritten. Elsewhere nothing is written. */

const INTERVAL_MILLIS = 100;

export const workMeter = (what: string): OnAdvance => {
  const { stderr } = process;
  if (!stderr.isTTY) return () => undefined;
  let shown = 0;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - shown < INTERVAL_MILLIS) return;
    shown = now;
    stderr.write(`\r${what}: ${done} of ${total}${done >= total ? '\n' : ''}`);
  };
};

/** The same for a work in several steps: a line for each. */
export const stepMeter = (): OnStepAdvance => {
  const meters = new Map<string, OnAdvance>();
  return (step, done, total) => {
    const meter = meters.get(step) ?? workMeter(step);
    meters.set(step, meter);
    meter(done, total);
  };
};
