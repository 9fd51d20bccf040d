/** How far a long work has come, on a terminal: one line, rewritten. Elsewhere nothing is written. */

export type Step = (done: number, total: number) => void;

const INTERVAL_MILLIS = 100;

export const terminalProgress = (what: string): Step => {
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
