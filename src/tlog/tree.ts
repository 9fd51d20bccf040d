import { appendLeaves, emptyRange, rangeNodes, rangeRoot } from './compact-range.ts';
import type { CompactRange } from './compact-range.ts';
import { EMPTY_ROOT, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { bitLength, isCount, isPowerOfTwo, splitPoint } from './numbers.ts';

/**
 * Where the hashes of complete subtrees come from (memory, tiles, a database): level l, index i is the root of the leaves
 * [i·2^l, (i+1)·2^l). Only subtrees that are complete in the tree asked about are ever asked for.
 */
export type NodeSource = (level: number, index: number) => Hash;

/** MTH(D[begin:end]) of RFC 6962 §2.1, where begin is a multiple of a power of two not smaller than the length. */
const subtreeRoot = (begin: number, end: number, node: NodeSource): Hash => {
  const length = end - begin;
  if (isPowerOfTwo(length)) return node(bitLength(length) - 1, begin / length);
  const middle = begin + splitPoint(length);
  return nodeHash(subtreeRoot(begin, middle, node), subtreeRoot(middle, end, node));
};

const checkSize = (size: number): void => {
  if (!isCount(size)) throw new RangeError(`not a tree size: ${size}`);
};

/** The root of the first `size` leaves. */
export const rootAt = (size: number, node: NodeSource): Hash => {
  checkSize(size);
  return size === 0 ? EMPTY_ROOT : subtreeRoot(0, size, node);
};

/** The compact range of the first `size` leaves, to go on appending from. */
export const rangeAt = (size: number, node: NodeSource): CompactRange => {
  checkSize(size);
  return { begin: 0, end: size, hashes: [...rangeNodes(0, size)].map(({ level, index }) => node(level, index)) };
};

/** PATH(index, D[size]) of RFC 6962 §2.1.1: the siblings from the leaf up. Throws RangeError unless 0 ≤ index < size. */
export const inclusionProof = (index: number, size: number, node: NodeSource): readonly Hash[] => {
  checkSize(size);
  if (!isCount(index) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const siblings: Hash[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      siblings.push(subtreeRoot(middle, end, node));
      end = middle;
    } else {
      siblings.push(subtreeRoot(begin, middle, node));
      begin = middle;
    }
  }
  return siblings.reverse();
};

/** PROOF(from, D[to]) of RFC 6962 §2.1.2. Throws RangeError unless 0 < from ≤ to: nothing is proved about the empty tree. */
export const consistencyProof = (from: number, to: number, node: NodeSource): readonly Hash[] => {
  checkSize(to);
  if (!isCount(from) || from === 0 || from > to) throw new RangeError(`no consistency proof from ${from} to ${to}`);
  const hashes: Hash[] = [];
  let begin = 0;
  let end = to;
  while (from < end) {
    const middle = begin + splitPoint(end - begin);
    if (from <= middle) {
      hashes.push(subtreeRoot(middle, end, node));
      end = middle;
    } else {
      hashes.push(subtreeRoot(begin, middle, node));
      begin = middle;
    }
  }
  // The old tree's own last subtree, left out when it is the whole old tree: the verifier has that root already.
  if (begin > 0) hashes.push(subtreeRoot(begin, end, node));
  return hashes.reverse();
};

/** The root over the given leaves, without keeping them. */
export const rootFromLeaves = (leafHashes: Iterable<Hash>): Hash => rangeRoot(appendLeaves(emptyRange(), leafHashes));

/** A source in memory: every complete subtree over the given leaves, two hashes kept for each leaf. */
export const nodesFromLeaves = (leafHashes: Iterable<Hash>): NodeSource => {
  const levels: Hash[][] = [];
  appendLeaves(emptyRange(), leafHashes, (level, _index, hash) => {
    (levels[level] ??= []).push(hash);
  });
  return (level, index) => {
    const hash = levels[level]?.[index];
    if (hash === undefined) throw new RangeError(`no complete subtree ${index} at level ${level}`);
    return hash;
  };
};
