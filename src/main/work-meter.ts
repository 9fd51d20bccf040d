import { commandLanguage } from './command-language.ts';
import type { OnAdvance, OnStepAdvance } from '../kernel/on-advance.ts';
import { say, type Text } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';

/** How far a long work has come, on a terminal: one line, rewritten. Elsewhere nothing is written. */

const INTERVAL_MILLIS = 100;

export const workMeter = (what: Text): OnAdvance => {
  const { stderr } = process;
  if (!stderr.isTTY) return () => undefined;
  const language = commandLanguage(process.env);
  let shown = 0;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - shown < INTERVAL_MILLIS) return;
    shown = now;
    stderr.write(`\r${inWords(say('cli.done-of', { what, done, total }), language)}${done >= total ? '\n' : ''}`);
  };
};

/** The same for a work in several steps: a line for each. */
export const stepMeter = (): OnStepAdvance => {
  const meters = new Map<string, OnAdvance>();
  return (step, done, total) => {
    const meter = meters.get(step.key) ?? workMeter(step);
    meters.set(step.key, meter);
    meter(done, total);
  };
};
