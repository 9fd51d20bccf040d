import {
  cosignatureTime,
  keyLabel,
  parseCheckpoint,
  parseNote,
  verifierOf,
  type Checkpoint,
  type NamedWitness,
  type Note,
} from '../tlog/index.ts';
import { fault, type Fault } from './fault.ts';
import type { Anchor } from './segment.ts';
import type { NoteFile } from './source.ts';
import { say, type Text } from '../messages/message.ts';

/** What the log claims of itself: its checkpoints, and who vouches for them. */

export type Claim = {
  readonly place: string;
  readonly bytes: Uint8Array;
  readonly note: Note;
  readonly checkpoint: Checkpoint;
  /** By the policy's names, with the time each states in seconds; none without a policy. */
  readonly cosigned: ReadonlyMap<string, number>;
  readonly timestamp: Uint8Array | undefined;
  /** As the log itself says, epoch ms. */
  readonly signedAt: number | undefined;
};

/** Reads one note, and checks what the policy's witnesses signed of it. */
const readClaim = ({ place, bytes, timestamp, signedAt }: NoteFile, origin: string, witnesses: readonly NamedWitness[]): Claim | Fault => {
  const bad = (detail: Text): Fault => fault('checkpoint', place, detail);
  const note = parseNote(bytes);
  if (!note.ok)
    return bad(say('verifying.is-no-signed-note', { reason: note.reason, detail: note.detail === undefined ? '' : ` (${note.detail})` }));
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return bad(say('verifying.is-no-checkpoint', { reason: checkpoint.reason }));
  if (checkpoint.value.origin !== origin)
    return bad(say('verifying.checkpoint-of-another-log', { stated: checkpoint.value.origin, origin }));
  const text = new TextEncoder().encode(note.value.text);
  const cosigned = new Map<string, number>();
  for (const { name, key } of witnesses) {
    const verifier = verifierOf(key);
    for (const signature of note.value.signatures.filter((one) => one.name === key.name && one.keyId === key.keyId)) {
      const time = cosignatureTime(signature.bytes);
      if (time === undefined || !verifier.verify(text, signature.bytes))
        return bad(say('verifying.cosignature-is-bad', { key: keyLabel(key) }));
      cosigned.set(name, Math.min(time, cosigned.get(name) ?? time));
    }
  }
  return { place, bytes, note: note.value, checkpoint: checkpoint.value, cosigned, timestamp, signedAt };
};

const isClaim = (value: Claim | Fault): value is Claim => 'checkpoint' in value;

/** The checkpoints in order of size, and what is wrong with the others. */
export const readClaims = (
  files: readonly NoteFile[],
  origin: string,
  witnesses: readonly NamedWitness[],
): { readonly claims: readonly Claim[]; readonly faults: readonly Fault[] } => {
  const read = files.map((file) => readClaim(file, origin, witnesses));
  const faults = read.flatMap((one) => (isClaim(one) ? [] : [one]));
  return { claims: read.filter(isClaim).toSorted((a, b) => a.checkpoint.size - b.checkpoint.size), faults };
};

/** By when each size existed at the latest, ascending in size: where a larger size existed earlier, the smaller ones did too. */
const monotone = (times: readonly Anchor[]): readonly Anchor[] => {
  const anchors: Anchor[] = [];
  let time = Infinity;
  for (const one of times.toSorted((a, b) => b.size - a.size)) {
    time = Math.min(time, one.time);
    anchors.push({ size: one.size, time });
  }
  return anchors.reverse();
};

/** Sizes and the earliest time that a witness states for each: it had seen as much then, and nothing more. */
export const witnessedTimes = (claims: readonly Claim[]): readonly Anchor[] =>
  monotone(
    claims.flatMap(({ checkpoint, cosigned }) =>
      cosigned.size === 0 ? [] : [{ size: checkpoint.size, time: Math.min(...cosigned.values()) * 1000 }],
    ),
  );

/** The same with the times of time-stamping authorities, which say only that a size existed by then. */
export const knownTimes = (witnessed: readonly Anchor[], stamped: readonly Anchor[]): readonly Anchor[] =>
  monotone([...witnessed, ...stamped]);

/** Sizes and when the log says that it signed them. */
export const signedTimes = (claims: readonly Claim[]): readonly Anchor[] =>
  monotone(claims.flatMap(({ checkpoint: { size }, signedAt }) => (signedAt === undefined ? [] : [{ size, time: signedAt }])));
