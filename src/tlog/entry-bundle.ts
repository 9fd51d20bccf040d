import { concatBytes } from './bytes.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';

/** The most a big-endian uint16 length can say (C2SP tlog-tiles, Log entries). */
export const MAX_ENTRY_BYTES = 0xffff;

const LENGTH_BYTES = 2;

/** The entries of a bundle, each behind its length. Throws RangeError on an entry of more than 65,535 bytes. */
export const encodeEntries = (entries: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${entry.length} bytes does not fit a bundle`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );

/** The entries of a bundle of this width, as views of its bytes; refused when there are fewer or more, or bytes left over. */
export const decodeEntries = (bundle: Uint8Array, width: number): Result<readonly Uint8Array[], 'bundle-too-short' | 'bundle-too-long'> => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    const high = bundle[at];
    const low = bundle[at + 1];
    if (high === undefined || low === undefined) return refuse('bundle-too-short');
    const begin = at + LENGTH_BYTES;
    at = begin + high * 256 + low;
    if (at > bundle.length) return refuse('bundle-too-short');
    entries.push(bundle.subarray(begin, at));
  }
  return at === bundle.length ? ok(entries) : refuse('bundle-too-long');
};
