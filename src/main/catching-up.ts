import type { CatchingUp } from '../kernel/measure.ts';

/** What is being brought up, and how far it is. */
export type Reached = Pick<CatchingUp, 'stage' | 'position' | 'behind'>;

const SECOND = 1000;

/** Adds the pace to what is reached: since it was first asked for in this stage. */
export const withPace = (
  reached: () => Reached | undefined,
  now: () => number = () => performance.now(),
): (() => CatchingUp | undefined) => {
  let begun: { readonly stage: Reached['stage']; readonly position: number; readonly at: number } | undefined;
  return () => {
    const found = reached();
    if (found === undefined || begun?.stage !== found.stage) begun = found && { stage: found.stage, position: found.position, at: now() };
    if (found === undefined || begun === undefined) return undefined;
    const millis = now() - begun.at;
    const taken = found.position - begun.position;
    return { ...found, eventsPerSecond: taken > 0 && millis > 0 ? Math.round((taken * SECOND) / millis) : null };
  };
};
