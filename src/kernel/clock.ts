/** Where time comes from. Injected, so that a test or a demo year can say what time it is. */
export type Clock = { readonly now: () => Temporal.Instant };

export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};

const MILLISECOND_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u;

/** RFC 3339 in UTC with exactly three decimals, the form stored in events. Throws for years that RFC 3339 does not have. */
export const instantText = (instant: Temporal.Instant): string => {
  const text = instant.toString({ fractionalSecondDigits: 3 });
  if (!MILLISECOND_TEXT.test(text)) throw new RangeError(`cannot be stored: ${text}`);
  return text;
};

/** Of years that papers were once said to have come in. */
const FAR_YEAR = /^[+-]\d{6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u;

/** Epoch milliseconds of a stored instant, without a Temporal object: it is read for every event replayed. */
export const instantMillis = (text: string): number => {
  if (!MILLISECOND_TEXT.test(text) && !FAR_YEAR.test(text)) throw new RangeError(`not a stored instant: ${text}`);
  return Date.parse(text);
};

export const millisText = (millis: number): string => new Date(millis).toISOString();
