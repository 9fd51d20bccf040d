/*
 * Sizes and indexes are whole numbers up to 2^53 - 1. The language's bit operators cut their operands to 32 bits,
 * so a tree of more than 2^31 leaves would go wrong without a sound: hence division here, and 32-bit halves.
 */

/** A size or an index: a whole number from 0 to 2^53 - 1. */
export const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

export const isOdd = (n: number): boolean => n % 2 === 1;

export const half = (n: number): number => Math.floor(n / 2);

/** The number of binary digits of n; 0 has none. */
export const bitLength = (n: number): number => {
  const high = Math.floor(n / 2 ** 32);
  return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(n);
};

/** The zeros at the end of n > 0 in binary. */
export const trailingZeros = (n: number): number => {
  const low = n >>> 0;
  return low > 0 ? 31 - Math.clz32(low & -low) : 32 + trailingZeros(n / 2 ** 32);
};

export const isPowerOfTwo = (n: number): boolean => n > 0 && 2 ** (bitLength(n) - 1) === n;

/** The largest power of two smaller than n ≥ 2: where RFC 6962 §2.1 splits a tree of n leaves. */
export const splitPoint = (n: number): number => 2 ** (bitLength(n - 1) - 1);

/** An ASCII decimal without sign or leading zeros, as every C2SP format writes sizes and indexes; undefined past 2^53 - 1. */
export const parseDecimal = (text: string): number | undefined => {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const n = Number(text);
  return Number.isSafeInteger(n) ? n : undefined;
};
