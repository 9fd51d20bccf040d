import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, firstBlankLine } from './bytes.ts';
import { hashFromBase64, isHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { MAX_NOTE_BYTES } from './note.ts';
import { isCount, parseDecimal } from './numbers.ts';
import type { Policy } from './policy.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';
import { trustCheckpoint } from './trust.ts';
import type { TrustedCheckpoint, TrustRefusal } from './trust.ts';
import { verifyInclusion } from './verify-proof.ts';
import type { InclusionRefusal } from './verify-proof.ts';

/**
 * A receipt that can be checked without the log (C2SP tlog-proof): where the leaf is, its inclusion proof, and the
 * signed checkpoint that the proof leads to, byte for byte. `extra` is whatever the sender added; nothing vouches for it.
 */
export type TlogProof = {
  readonly index: number;
  readonly hashes: readonly Hash[];
  readonly checkpoint: Uint8Array;
  readonly extra?: Uint8Array;
};

export type TlogProofRefusal =
  | 'proof-file-too-large'
  | 'bad-proof-header'
  | 'bad-proof-extra'
  | 'bad-proof-index'
  | 'bad-proof-hash'
  | 'too-many-hashes';

const HEADER = 'c2sp.org/tlog-proof@v1';
const MAX_PROOF_HASHES = 63;
const MAX_PROOF_BYTES = 2 * MAX_NOTE_BYTES;

/** The file. Throws RangeError on an index or hashes that are none, on an empty `extra` and on more than 63 hashes. */
export const formatTlogProof = ({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array => {
  if (!isCount(index) || !hashes.every(isHash) || hashes.length > MAX_PROOF_HASHES) throw new RangeError('not an inclusion proof');
  if (extra?.length === 0) throw new RangeError('extra data that is empty is left out');
  const extraLines = extra === undefined ? [] : [`extra ${encodeBase64(extra)}`];
  return concatBytes(encodeUtf8([HEADER, ...extraLines, `index ${index}`, ...hashes.map(encodeBase64), '', ''].join('\n')), checkpoint);
};

/** The parts of the file; the checkpoint is not looked into. */
export const parseTlogProof = (bytes: Uint8Array): Result<TlogProof, TlogProofRefusal> => {
  if (bytes.length > MAX_PROOF_BYTES) return refuse('proof-file-too-large');
  const split = firstBlankLine(bytes);
  const head = split < 0 ? undefined : decodeUtf8(bytes.subarray(0, split));
  if (head === undefined) return refuse('bad-proof-header');
  const [header, ...lines] = head.split('\n');
  if (header !== HEADER) return refuse('bad-proof-header');
  const hasExtra = lines[0]?.startsWith('extra ') === true;
  const extra = hasExtra ? decodeBase64(lines[0]?.slice('extra '.length) ?? '') : undefined;
  if (hasExtra && (extra === undefined || extra.length === 0)) return refuse('bad-proof-extra');
  const [indexLine = '', ...hashLines] = hasExtra ? lines.slice(1) : lines;
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return refuse('bad-proof-index');
  if (hashLines.length > MAX_PROOF_HASHES) return refuse('too-many-hashes');
  const hashes: Hash[] = [];
  for (const line of hashLines) {
    const hash = hashFromBase64(line);
    if (hash === undefined) return refuse('bad-proof-hash', `hash ${hashes.length + 1}`);
    hashes.push(hash);
  }
  const proof = { index, hashes, checkpoint: bytes.subarray(split + 2) };
  return ok(extra === undefined ? proof : { ...proof, extra });
};

export type ProvenLeaf = TrustedCheckpoint & { readonly index: number };

/**
 * Whether the file proves the leaf under the policy: the verifier hashes the leaf it has in hand itself, and takes the
 * tree's size and root from the checkpoint only, once that is trusted (C2SP tlog-proof, Verifying).
 */
export const verifyTlogProof = (
  bytes: Uint8Array,
  leafHash: Hash,
  policy: Policy,
): Result<ProvenLeaf, TlogProofRefusal | TrustRefusal | InclusionRefusal> => {
  const proof = parseTlogProof(bytes);
  if (!proof.ok) return proof;
  const { index, hashes, checkpoint } = proof.value;
  const trusted = trustCheckpoint(checkpoint, policy);
  if (!trusted.ok) return trusted;
  const { size, root } = trusted.value.checkpoint;
  const included = verifyInclusion({ index, size, root, leafHash, proof: hashes });
  return included.ok ? ok({ ...trusted.value, index }) : included;
};
