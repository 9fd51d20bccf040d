/** Exact comparison of decimals kept as text: no figure of a report passes through a binary float. */

const scaled = (text: string, places: number): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(places, '0'));
  return text.startsWith('-') ? -digits : digits;
};

const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export const compareDecimals = (a: string, b: string): number => {
  const places = Math.max(placesOf(a), placesOf(b));
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
