/** When a delivery that did not arrive is tried again, and when no more. */

export type RetrySchedule = {
  /** Before the second attempt, ms; each further wait is three times the one before. */
  readonly firstMillis: number;
  readonly longestMillis: number;
  /** From when it was queued; then a person has to look at it. */
  readonly overMillis: number;
};

const HOUR_MILLIS = 3_600_000;
export const RETRIES: RetrySchedule = { firstMillis: 5_000, longestMillis: 4 * HOUR_MILLIS, overMillis: 24 * HOUR_MILLIS };

const GROWTH = 3;
/** A wait is that much longer or shorter, so that many do not come back together. */
const JITTER = 0.2;
/** A receiver that says to come back in a year is tried before. */
const LONGEST_ASKED = 24 * HOUR_MILLIS;

export type Answered = { readonly status: number | undefined; readonly retryAfter: number | undefined };
export type Verdict =
  | { readonly kind: 'delivered' }
  /** The receiver wants none any more. */
  | { readonly kind: 'gone' }
  /** `all`: so long none of the others need be tried either. */
  | { readonly kind: 'retry'; readonly waitMillis: number; readonly all: boolean }
  | { readonly kind: 'dead' };

const GONE = 410;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

/**
 * @param attempts  made, with this one
 * @param ageMillis  since it was queued
 * @param random  0 to 1
 */
export const verdictOn = (
  { status, retryAfter }: Answered,
  { attempts, ageMillis }: { readonly attempts: number; readonly ageMillis: number },
  { firstMillis, longestMillis, overMillis }: RetrySchedule,
  random: number,
): Verdict => {
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === GONE) return { kind: 'gone' };
  const own = Math.min(firstMillis * GROWTH ** (attempts - 1), longestMillis) * (1 - JITTER + 2 * JITTER * random);
  const asked = Math.min(retryAfter ?? 0, LONGEST_ASKED);
  if (ageMillis + Math.max(own, asked) >= overMillis) return ageMillis >= overMillis ? { kind: 'dead' } : lastTry(overMillis - ageMillis);
  return { kind: 'retry', waitMillis: Math.round(Math.max(own, asked)), all: asked > 0 && (status === TOO_MANY || status === UNAVAILABLE) };
};

/** Once more when the time is over, so that a receiver that was long away is not given up between two attempts. */
const lastTry = (leftMillis: number): Verdict => ({ kind: 'retry', waitMillis: Math.round(leftMillis), all: false });
