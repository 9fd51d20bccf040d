import { EMPTY_ROOT, isHash, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { bitLength, half, isOdd, trailingZeros } from './numbers.ts';

/**
 * The leaves [begin, end) as the hashes of the largest complete subtrees that cover them, left to right: one hash for
 * each one-bit of the size when begin is 0, which is all a log must keep in mind to grow.
 */
export type CompactRange = { readonly begin: number; readonly end: number; readonly hashes: readonly Hash[] };

/** Told of every complete subtree as it comes into being: level l, index i covers the leaves [i·2^l, (i+1)·2^l). */
export type NodeVisitor = (level: number, index: number, hash: Hash) => void;

export const emptyRange = (begin = 0): CompactRange => ({ begin, end: begin, hashes: [] });

/** The subtrees of the compact range [begin, end), left to right. */
export function* rangeNodes(begin: number, end: number): Generator<{ readonly level: number; readonly index: number }> {
  for (let at = begin; at < end;) {
    const fits = bitLength(end - at) - 1;
    const level = at === 0 ? fits : Math.min(fits, trailingZeros(at));
    yield { level, index: at / 2 ** level };
    at += 2 ** level;
  }
}

/** Puts a complete subtree at the right edge, and joins it with its left siblings as far as they are complete. */
const join = (hashes: Hash[], begin: number, level: number, index: number, hash: Hash, visit: NodeVisitor | undefined): void => {
  let subtree = hash;
  for (;;) {
    const leftBegin = (index - 1) * 2 ** level;
    const left = isOdd(index) && leftBegin >= begin ? hashes.pop() : undefined;
    if (left === undefined) break;
    subtree = nodeHash(left, subtree);
    level += 1;
    index = half(index);
    visit?.(level, index, subtree);
  }
  hashes.push(subtree);
};

/** The range with more leaves at its end; about one node hash for each leaf. Throws RangeError on a hash that is not 32 bytes. */
export const appendLeaves = (range: CompactRange, leafHashes: Iterable<Hash>, visit?: NodeVisitor): CompactRange => {
  const hashes = [...range.hashes];
  let end = range.end;
  for (const leaf of leafHashes) {
    if (!isHash(leaf)) throw new RangeError(`leaf ${end} is not a hash`);
    visit?.(0, end, leaf);
    join(hashes, range.begin, 0, end, leaf, visit);
    end += 1;
  }
  return { begin: range.begin, end, hashes };
};

/** Two adjacent ranges as one, without their leaves: parts of a log can be hashed apart. Throws RangeError on a gap. */
export const mergeRanges = (left: CompactRange, right: CompactRange): CompactRange => {
  if (left.end !== right.begin)
    throw new RangeError(`[${left.begin}, ${left.end}) does not end where [${right.begin}, ${right.end}) begins`);
  const hashes = [...left.hashes];
  let next = 0;
  for (const { level, index } of rangeNodes(right.begin, right.end)) {
    const hash = right.hashes[next];
    if (hash === undefined) throw new RangeError('a range without the hashes that its bounds ask for');
    join(hashes, left.begin, level, index, hash, undefined);
    next += 1;
  }
  return { begin: left.begin, end: right.end, hashes };
};

/** The root of the tree whose leaves are [0, end). Throws RangeError when the range begins later. */
export const rangeRoot = (range: CompactRange): Hash => {
  if (range.begin !== 0) throw new RangeError('only a range from leaf 0 has a root');
  return range.hashes.length === 0 ? EMPTY_ROOT : range.hashes.reduceRight((right, left) => nodeHash(left, right));
};
