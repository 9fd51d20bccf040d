import { sameBytes } from './bytes.ts';
import { isHash, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { half, isCount, isOdd, isPowerOfTwo } from './numbers.ts';
import { ok, refuse } from './result.ts';
import type { Result, Verdict } from './result.ts';

/*
 * RFC 9162 §2.1.3.2 and §2.1.4.2, step by step, with the names used there: fn and sn are the first and second node's
 * places in their level, fr and sr the roots built so far. Whatever is wrong in the input is a reason, never an exception.
 */

export type InclusionRefusal = 'bad-size' | 'bad-index' | 'bad-hash' | 'proof-too-short' | 'proof-too-long' | 'root-mismatch';

export type ConsistencyRefusal = 'bad-size' | 'bad-hash' | 'proof-too-short' | 'proof-too-long' | 'root-from-mismatch' | 'root-to-mismatch';

export type Inclusion = { readonly index: number; readonly size: number; readonly leafHash: Hash; readonly proof: readonly Hash[] };

/** The only root that a tree of this size can have when this leaf is at this index and the proof is true. */
export const rootFromInclusion = ({
  index,
  size,
  leafHash,
  proof,
}: Inclusion): Result<Hash, Exclude<InclusionRefusal, 'root-mismatch'>> => {
  if (!isCount(size) || size === 0) return refuse('bad-size');
  if (!isCount(index) || index >= size) return refuse('bad-index');
  if (!isHash(leafHash) || !proof.every(isHash)) return refuse('bad-hash');
  let fn = index;
  let sn = size - 1;
  let root = leafHash;
  for (const sibling of proof) {
    if (sn === 0) return refuse('proof-too-long');
    if (isOdd(fn) || fn === sn) {
      root = nodeHash(sibling, root);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      root = nodeHash(root, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 ? ok(root) : refuse('proof-too-short');
};

/**
 * Whether the leaf is at this index of the tree of this size and root (RFC 9162 §2.1.3.2). Size and root must come from
 * one trusted checkpoint: in trees of neighbouring sizes a leaf can have the same path, so the proof does not bind the size.
 */
export const verifyInclusion = ({ root, ...inclusion }: Inclusion & { readonly root: Hash }): Verdict<InclusionRefusal> => {
  if (!isHash(root)) return refuse('bad-hash');
  const computed = rootFromInclusion(inclusion);
  if (!computed.ok) return computed;
  return sameBytes(computed.value, root) ? { ok: true } : refuse('root-mismatch');
};

export type Consistency = {
  readonly from: number;
  readonly to: number;
  readonly rootFrom: Hash;
  readonly rootTo: Hash;
  readonly proof: readonly Hash[];
};

/** Whether the tree of size `to` begins with the tree of size `from` > 0 (RFC 9162 §2.1.4.2). */
export const verifyConsistency = ({ from, to, rootFrom, rootTo, proof }: Consistency): Verdict<ConsistencyRefusal> => {
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) return refuse('bad-size');
  if (!isHash(rootFrom) || !isHash(rootTo) || !proof.every(isHash)) return refuse('bad-hash');
  if (from === to) {
    if (proof.length > 0) return refuse('proof-too-long');
    return sameBytes(rootFrom, rootTo) ? { ok: true } : refuse('root-to-mismatch');
  }
  const [first, ...rest] = isPowerOfTwo(from) ? [rootFrom, ...proof] : proof;
  if (first === undefined) return refuse('proof-too-short');
  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  let fr = first;
  let sr = first;
  for (const hash of rest) {
    if (sn === 0) return refuse('proof-too-long');
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) return refuse('proof-too-short');
  if (!sameBytes(fr, rootFrom)) return refuse('root-from-mismatch');
  return sameBytes(sr, rootTo) ? { ok: true } : refuse('root-to-mismatch');
};
