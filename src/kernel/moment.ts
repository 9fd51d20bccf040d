import { civilDayOf } from './civil-days.ts';

/** Instants, epoch ms, from the first on and before the second. */
export type Span = { readonly from: number; readonly until: number };

/**
 * The moment that is judged. Whatever holds an instant against it asks it here, and it notes the nearest one on either
 * side: an answer stays what it is for every moment in between.
 */
export type Moment = {
  /** Epoch ms. What is made from it alone must say `within` which span it holds; `reached` and `day` do so themselves. */
  readonly at: number;
  /** The office's zone. */
  readonly timeZone: string;
  /** Whether an instant (epoch ms) has come by then. */
  readonly reached: (instant: number) => boolean;
  /** The civil day of the moment in a zone, YYYY-MM-DD; in the office's unless another is named. */
  readonly day: (timeZone?: string) => string;
  /** Notes that a part of the answer holds within `span` only. */
  readonly within: (span: Span) => void;
  /** The moments for which all that was asked so far is answered alike. */
  readonly holds: () => Span;
};

export const momentAt = (at: number, timeZone: string): Moment => {
  let from = -Infinity;
  let until = Infinity;
  const within = (span: Span): void => {
    if (span.from > from) from = span.from;
    if (span.until < until) until = span.until;
  };
  return {
    at,
    timeZone,
    reached: (instant) => {
      if (instant <= at) {
        if (instant > from) from = instant;
        return true;
      }
      if (instant < until) until = instant;
      return false;
    },
    day: (zone = timeZone) => {
      const day = civilDayOf(at, zone);
      within({ from: day.from, until: day.end });
      return day.date;
    },
    within,
    holds: () => ({ from, until }),
  };
};
