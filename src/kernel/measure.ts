import type { Text } from '../messages/message.ts';

/** What the parts of the service tell those who run it. */

/** Whether it should get requests, and if not, why. */
export type Readiness = { readonly ready: boolean; readonly reasons: readonly Text[]; readonly catchingUp?: CatchingUp | undefined };

/** How far it has come on the way to the log's end. */
export type CatchingUp = {
  /** What is brought up: the mirror of a cluster's log, and then the views. */
  readonly stage: 'mirror' | 'views';
  readonly position: number;
  /** Events still to come. Of a cluster's log that is an estimate, and null as long as there is none. */
  readonly behind: number | null;
  /** Null at the beginning. */
  readonly eventsPerSecond: number | null;
};

/** A number of one part, read whenever /metrics is. A counter only grows. */
export type Measure = { readonly kind: 'gauge' | 'counter'; readonly name: string; readonly help: string; readonly read: () => number };

/**
 * Why the present cannot be read yet: what can be read is at `position`, and must come to `head` at least.
 * `soon`: that is a matter of a moment, worth waiting for. `empty`: nothing is known of the log yet, so nothing can be
 * decided either.
 */
export type Behind = {
  readonly reason: Text;
  readonly position: number;
  readonly head: number;
  readonly soon: boolean;
  readonly empty: boolean;
};
