/**
 * By how much a machine's clock differs from the cluster's, as far as that is certain. Whatever the cluster says of its
 * time is a bound: an answer that it dates was made between asking and hearing it, and an event was recorded before it
 * was delivered. The bounds are kept against the monotonic clock, so that a wall clock that jumps shows at once.
 */
export type ClockDifference = {
  /** The cluster said at some moment between two of the monotonic clock that its time was between two of its own; ms. */
  readonly told: (heard: Told) => void;
  /** How far the wall clock (epoch ms) is ahead of the cluster's, negative where it is behind; 0 as long as it may agree. */
  readonly of: (wallClock: number, monotonic: number) => number;
};

export type Told = {
  /** The cluster's time, epoch ms. */
  readonly from: number;
  /** Undefined where it may have been later too. */
  readonly to: number | undefined;
  /** When it was asked, and when it was heard; monotonic ms. Undefined where nobody asked. */
  readonly asked: number | undefined;
  readonly heard: number;
};

/** Bounds are begun anew after so long: no two clocks run alike. */
const GOOD_FOR_MILLIS = 60_000;

type Bounds = { readonly least: number; readonly most: number; readonly since: number };

/** What the cluster's time is at least and at most, counted from the monotonic clock's zero. */
const boundsOf = ({ from, to, asked, heard }: Told): Bounds => ({
  least: from - heard,
  most: to === undefined || asked === undefined ? Infinity : to - asked,
  since: heard,
});

export const createClockDifference = (): ClockDifference => {
  let bounds: Bounds = { least: -Infinity, most: Infinity, since: -Infinity };
  return {
    told: (heard) => {
      const said = boundsOf(heard);
      const both = { least: Math.max(bounds.least, said.least), most: Math.min(bounds.most, said.most), since: bounds.since };
      // What contradicts is newer: the cluster's own clock was set.
      bounds = said.since - bounds.since > GOOD_FOR_MILLIS || both.least > both.most ? said : both;
    },
    of: (wallClock, monotonic) => {
      const ahead = wallClock - (monotonic + bounds.most);
      const behind = monotonic + bounds.least - wallClock;
      return Math.round(Math.max(0, ahead) - Math.max(0, behind));
    },
  };
};
