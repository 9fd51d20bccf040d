import { EMPTY_ROOT, leafHash, nodeHash } from '../../src/tlog/index.ts';
import type { Hash, NodeSource, Result } from '../../src/tlog/index.ts';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const unbase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What a result holds; throws when it holds nothing. */
export const value = <Value, Reason extends string>(result: Result<Value, Reason>): Value => {
  if (!result.ok) throw new Error(`${result.reason} ${result.detail ?? ''}`);
  return result.value;
};

/** Leaves of which no two are alike. */
export const leafHashes = (count: number): readonly Hash[] => Array.from({ length: count }, (_, i) => leafHash(utf8(`leaf ${i}`)));

/** The same bytes with one of them changed. */
export const flip = (bytes: Uint8Array, at: number, mask = 0x01): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ mask : byte));

/** RFC 6962 §2.1 word for word: the slow definition that everything else is measured against. */
export const mth = (leaves: readonly Hash[]): Hash => {
  const [only, ...more] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (more.length === 0) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
};

/** A tree of any size up to 2^53 - 1 whose leaves are all alike: a complete subtree's hash depends on its level only. */
export const uniformTree = (): NodeSource => {
  const levels = [leafHash(utf8('alike'))];
  return (level) => {
    for (let last = levels.at(-1); levels.length <= level && last !== undefined; last = levels.at(-1)) levels.push(nodeHash(last, last));
    const hash = levels[level];
    if (hash === undefined) throw new RangeError(`no level ${level}`);
    return hash;
  };
};
