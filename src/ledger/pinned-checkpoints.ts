import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openNote, parseCheckpoint, verifierKeysOf, verifierOf } from '../tlog/index.ts';
import { atPlace, PlaceUnusable, readGivenFile } from '../store/places.ts';
import type { PinnedCheckpoint } from './agreement.ts';
import { say } from '../messages/message.ts';

/**
 * Checkpoints kept outside the data directory: a file with one signed note, or a directory of such files, as
 * `checkpoints/` of an exported bundle is. The largest of them counts.
 */

const filesOf = (path: string): readonly string[] =>
  atPlace(path, () =>
    statSync(path).isDirectory()
      ? readdirSync(path, { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => join(path, name))
      : [path],
  );

export const notesIn = (path: string): readonly { readonly file: string; readonly bytes: Buffer }[] =>
  filesOf(path).map((file) => ({ file, bytes: readGivenFile(file) }));

export type KeptCheckpoint = PinnedCheckpoint & {
  /** The signed note, byte for byte. */
  readonly note: Uint8Array;
};

/** Signed by none of the keys that are known. */
export class UnknownSigner extends PlaceUnusable {}

/** In order of size. @throws PlaceUnusable  a file that is not a checkpoint of this log, signed by one of its keys */
export const readKept = (path: string | undefined, origin: string, verifierKeys: readonly string[]): readonly KeptCheckpoint[] => {
  if (path === undefined) return [];
  const keys = verifierKeysOf(verifierKeys).map(verifierOf);
  const kept = notesIn(path).map(({ file, bytes }): KeptCheckpoint => {
    const note = openNote(bytes, keys);
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!note.ok && note.reason === 'no-known-signature')
      throw new UnknownSigner(file, say('ledger.not-signed-by-this-log', { reason: note.reason }));
    if (!checkpoint.ok) throw new PlaceUnusable(file, say('ledger.not-signed-by-this-log', { reason: checkpoint.reason }));
    if (checkpoint.value.origin !== origin)
      throw new PlaceUnusable(file, say('ledger.checkpoint-of-another', { stated: checkpoint.value.origin, origin }));
    return { by: file, size: checkpoint.value.size, root: checkpoint.value.root, note: bytes };
  });
  return kept.toSorted((a, b) => a.size - b.size);
};

/** The largest of them. @throws PlaceUnusable  as `readKept` */
export const readPinned = (...what: Parameters<typeof readKept>): readonly PinnedCheckpoint[] => readKept(...what).slice(-1);
