import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import { digestOf } from '../../kernel/canonical.ts';
import type { SourceRemark, Unreadable } from '../../documents/source.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import type { DocumentReading } from '../../importer/document-reading.ts';
import type { AttachmentStore } from '../attachments.ts';

/** What becomes of a file: its bytes are kept, and what was read of them with which profile. */

/** What the sender calls it; decides nothing that the bytes decide. */
export type FileHint = { readonly name: string | null; readonly mediaType: string | null };

export type FileRead = {
  readonly ok: true;
  readonly mediaType: string;
  readonly encoding: string | null;
  readonly remarks: readonly SourceRemark[];
  readonly reading: DocumentReading;
};
export type FileReading = FileRead | { readonly ok: false; readonly problem: Unreadable };

/** Reads a file; null: the profile is guessed. The same bytes, hint and profile give the same reading. */
export type ReadFile = (bytes: Uint8Array, hint: FileHint, profile: Profile | null) => Promise<FileReading>;

/** Readings kept in memory: they are large, and those under way are asked for again and again. */
const KEPT = 16;

export type Readings = {
  readonly of: (bytes: Uint8Array, sha256: string, hint: FileHint, profile: Profile | null) => Promise<FileReading>;
  /** Of bytes that are kept; undefined where they are not here. */
  readonly kept: (sha256: string, hint: FileHint, profile: Profile | null) => Promise<FileReading | 'damaged' | undefined>;
};

export const createReadings = (read: ReadFile, attachments: Pick<AttachmentStore, 'get'>): Readings => {
  const known = new LRUCache<string, Promise<FileReading>>({ max: KEPT });

  const once = (key: string, make: () => Promise<FileReading>): Promise<FileReading> => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    made.catch(() => known.delete(key)); // what failed for a reason outside is tried again
    return made;
  };
  const keyOf = (sha256: string, hint: FileHint, profile: Profile | null): string => digestOf([sha256, hint, profile]);

  return {
    of: (bytes, sha256, hint, profile) => once(keyOf(sha256, hint, profile), () => read(bytes, hint, profile)),
    kept: async (sha256, hint, profile) => {
      const key = keyOf(sha256, hint, profile);
      const found = known.get(key);
      if (found !== undefined) return found;
      const stored = await attachments.get(sha256);
      if (stored === undefined || stored === 'damaged') return stored;
      const bytes = await buffer(stored.open());
      return once(key, () => read(bytes, hint, profile));
    },
  };
};
