import { concatBytes, decodeUtf8, encodeBase64, encodeUtf8, firstBlankLine, sameBytes } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { Checkpoint, CheckpointRefusal } from './checkpoint.ts';
import { EMPTY_ROOT, hashFromBase64, isHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { MAX_NOTE_BYTES, checkSignatures, formatNote, formatSignature, parseNote, signText } from './note.ts';
import type { Note, NoteRefusal, OpenRefusal, Signer, Verifier } from './note.ts';
import { isCount, parseDecimal } from './numbers.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';
import { verifyConsistency } from './verify-proof.ts';
import type { ConsistencyRefusal } from './verify-proof.ts';

/*
 * The rules of C2SP tlog-witness, add-checkpoint, without HTTP and without storage. To serve a request: parse it; then,
 * in one transaction, read the state of its origin, decide, cosign, and write the new state with the cosigned note.
 * Reading and writing apart would let two requests pass each other and roll the log back.
 */

/** "My log has grown from `oldSize`, which you have seen, to this checkpoint; here is the proof." */
export type AddCheckpoint = {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  readonly note: Note;
  readonly checkpoint: Checkpoint;
};

export type AddCheckpointRefusal =
  | 'request-too-large'
  | 'bad-old-size'
  | 'bad-proof-line'
  | 'too-many-proof-lines'
  | 'no-checkpoint'
  | NoteRefusal
  | CheckpointRefusal;

const MAX_PROOF_LINES = 63;
const MAX_REQUEST_BYTES = MAX_NOTE_BYTES + 4096;

/** The body of a request; `note` is sent byte for byte. Throws RangeError on a size, hashes or number of them that cannot be. */
export const formatAddCheckpoint = (oldSize: number, proof: readonly Hash[], note: Uint8Array): Uint8Array => {
  if (!isCount(oldSize) || !proof.every(isHash) || proof.length > MAX_PROOF_LINES) throw new RangeError('not a consistency proof');
  return concatBytes(encodeUtf8([`old ${oldSize}`, ...proof.map(encodeBase64), '', ''].join('\n')), note);
};

/** The body of a request. What is refused here is answered 400. */
export const parseAddCheckpoint = (body: Uint8Array): Result<AddCheckpoint, AddCheckpointRefusal> => {
  if (body.length > MAX_REQUEST_BYTES) return refuse('request-too-large');
  const split = firstBlankLine(body);
  const head = split < 0 ? undefined : decodeUtf8(body.subarray(0, split));
  if (head === undefined) return refuse('no-checkpoint');
  const [oldLine = '', ...proofLines] = head.split('\n');
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : undefined;
  if (oldSize === undefined) return refuse('bad-old-size');
  if (proofLines.length > MAX_PROOF_LINES) return refuse('too-many-proof-lines');
  const proof: Hash[] = [];
  for (const line of proofLines) {
    const hash = hashFromBase64(line);
    if (hash === undefined) return refuse('bad-proof-line', `proof line ${proof.length + 1}`);
    proof.push(hash);
  }
  const note = parseNote(body.subarray(split + 2));
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  return checkpoint.ok ? ok({ oldSize, proof, note: note.value, checkpoint: checkpoint.value }) : checkpoint;
};

/** The largest tree of one origin that this witness has cosigned. */
export type WitnessState = { readonly size: number; readonly root: Hash };

export type WitnessRefusal =
  | { readonly status: 400; readonly reason: AddCheckpointRefusal | 'old-size-past-checkpoint' }
  | { readonly status: 404; readonly reason: 'unknown-origin' }
  | { readonly status: 403; readonly reason: Exclude<OpenRefusal, NoteRefusal> }
  | { readonly status: 409; readonly reason: 'old-size-mismatch'; readonly size: number }
  | { readonly status: 422; readonly reason: ConsistencyRefusal | 'root-of-nothing-mismatch' | 'proof-from-nothing' };

/** Consistent with all that went before: `state` is to be stored before any cosignature leaves the house. */
export type WitnessConsent = { readonly status: 200; readonly state: WitnessState; readonly note: Note };

export type WitnessDecision = WitnessConsent | WitnessRefusal;

const NOTHING: WitnessState = { size: 0, root: EMPTY_ROOT };

/**
 * Whether to cosign. `log` are the keys trusted for the request's origin, undefined when the origin is not; `state` is
 * what was last stored for the origin, undefined when nothing was. The consent's note keeps the log's signatures only.
 */
export const decideAddCheckpoint = (
  { oldSize, proof, note, checkpoint: { size, root } }: AddCheckpoint,
  log: readonly Verifier[] | undefined,
  state: WitnessState | undefined,
): WitnessDecision => {
  if (log === undefined) return { status: 404, reason: 'unknown-origin' };
  const opened = checkSignatures(note, log);
  if (!opened.ok) return { status: 403, reason: opened.reason };
  if (oldSize > size) return { status: 400, reason: 'old-size-past-checkpoint' };
  const latest = state ?? NOTHING;
  if (oldSize !== latest.size) return { status: 409, reason: 'old-size-mismatch', size: latest.size };
  if (size === 0 && !sameBytes(root, EMPTY_ROOT)) return { status: 422, reason: 'root-of-nothing-mismatch' };
  if (oldSize === 0) {
    // Nothing is consistent with anything, and so there is nothing to prove.
    if (proof.length > 0) return { status: 422, reason: 'proof-from-nothing' };
  } else {
    const consistent = verifyConsistency({ from: oldSize, to: size, rootFrom: latest.root, rootTo: root, proof });
    if (!consistent.ok) return { status: 422, reason: consistent.reason };
  }
  const { text, signatures } = opened.value;
  return { status: 200, state: { size, root }, note: { text, signatures } };
};

/** The answer's body, and the note to store and to show to monitors. */
export const cosign = ({ note }: WitnessConsent, cosigners: readonly Signer[]): { readonly lines: string; readonly note: Uint8Array } => {
  const cosignatures = cosigners.map((signer) => signText(note.text, signer));
  return {
    lines: cosignatures.map(formatSignature).join(''),
    note: formatNote({ text: note.text, signatures: [...note.signatures, ...cosignatures] }),
  };
};

/** The body and media type that go with a refusal's status. */
export const refusalAnswer = (refusal: WitnessRefusal): { readonly contentType: string; readonly body: string } =>
  refusal.status === 409
    ? { contentType: 'text/x.tlog.size', body: `${refusal.size}\n` }
    : { contentType: 'text/plain; charset=utf-8', body: `${refusal.reason}\n` };
