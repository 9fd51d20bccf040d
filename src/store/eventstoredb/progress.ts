import type { RemotePosition } from './remote-event.ts';

/** How far a mirror has come that does not hold all of the cluster's log yet. */
export type Progress = {
  /** Events that it holds. */
  readonly position: number;
  /** How many are still to come, judged by the bytes of the cluster's log that are; undefined as long as that cannot be said. */
  readonly behind: number | undefined;
};

/** Follows one subscription from its opening until it has caught up. Positions of the cluster's log are offsets in bytes. */
export type ProgressOf = {
  /** The log's end, as it was when the subscription was opened. */
  readonly endsAt: (end: RemotePosition) => void;
  readonly reached: (place: RemotePosition) => void;
  readonly now: (position: number) => Progress;
};

/** @param before  events that the mirror held when the subscription was opened at `from` */
export const progressFrom = (from: RemotePosition | 'start', before: number): ProgressOf => {
  const start = from === 'start' ? 0n : from.commit;
  let at = start;
  let end: bigint | undefined;

  const behind = (taken: number): number | undefined => {
    if (end === undefined) return undefined;
    if (at >= end) return 0;
    // As many events to a byte as until now: what is others' in the log is counted with them.
    return taken > 0 && at > start ? Math.ceil((Number(end - at) * taken) / Number(at - start)) : undefined;
  };

  return {
    endsAt: (place) => {
      end = place.commit;
    },
    reached: ({ commit }) => {
      if (commit > at) at = commit;
    },
    now: (position) => ({ position, behind: behind(position - before) }),
  };
};
