/** A day and time as a sheet counts it: days since an epoch, with the time as their fraction (ECMA-376 part 1, 18.17.4). */

export type SerialDate = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

const DAY_MS = 86_400_000;
/** 9999-12-31, the last day that sheets have. */
const LAST = 2_958_465;

const dayOf = (serial: number, is1904: boolean): Pick<SerialDate, 'year' | 'month' | 'day'> => {
  // The first sheets took 1900 for a leap year, and all sheets since then count its 29 February; day 0 is shown as one, too.
  if (!is1904 && serial === 60) return { year: 1900, month: 2, day: 29 };
  if (!is1904 && serial === 0) return { year: 1900, month: 1, day: 0 };
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + serial * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** Rounded to seconds. null before the epoch and beyond the year 9999, which sheets show as no date. */
export const dateOf = (serial: number, is1904: boolean): SerialDate | null => {
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  if (!(days >= 0 && days <= LAST - (is1904 ? 1462 : 0))) return null;
  const rest = seconds - days * 86_400;
  return {
    ...dayOf(days, is1904),
    weekday: (days + (is1904 ? 5 : 6)) % 7,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  };
};
