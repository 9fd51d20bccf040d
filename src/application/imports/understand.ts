import { readSource } from '../../documents/read-source.ts';
import type { Source, Unreadable } from '../../documents/source.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import { digestOf, sha256Hex } from '../../kernel/canonical.ts';
import type { DocumentReading } from '../../importer/document-reading.ts';
import { draftOf } from '../../importer/draft/draft.ts';
import { profileFor } from '../../importer/draft/profile-for.ts';
import { isPlannable, partiesOf, planOf } from '../../importer/draft/plan.ts';
import { readDocument } from '../../importer/read-document.ts';
import type { FileHint, Understand } from './reading.ts';
import { say } from '../../messages/message.ts';

/**
 * Understands a document in the thread that calls it. It takes a dictionary and, of the longest documents, seconds, so the
 * thread that answers requests has others do it (`reading-pool.ts`).
 */

type Read = { readonly ok: true; readonly source: Source; readonly reading: DocumentReading };
type Reading = Read | { readonly ok: false; readonly problem: Unreadable };

/** An office's longest ledgers have some thousand rows. */
const MOST_ITEMS = 8000;

const readWith = async (bytes: Uint8Array, { name, mediaType }: FileHint, profile: Profile | null): Promise<Reading> => {
  const read = await readSource(bytes, { ...(name !== null && { name }), ...(mediaType !== null && { mediaType }) });
  if (!read.ok) return read;
  const reading = readDocument(read.source, profile);
  const items = reading.items.reduce((sum, { children }) => sum + 1 + children.length, 0);
  if (items <= MOST_ITEMS) return { ok: true, source: read.source, reading };
  const detail = say('application.imports.too-many-items', { items, most: MOST_ITEMS });
  return { ok: false, problem: { code: 'file-too-large', detail } };
};

/** Keeps what it read last, since a document is asked about again after every correction. */
export const understanding = (): Understand => {
  let last: { readonly key: string; readonly read: Read } | undefined;
  return async (bytes, { hint, profile: sentWith, made, known, plans }) => {
    const profile = profileFor(sentWith, made);
    const sha256 = sha256Hex(bytes);
    const key = digestOf([sha256, hint, profile]);
    const read = last?.key === key ? last.read : await readWith(bytes, hint, profile);
    if (!read.ok) return read;
    last = { key, read };
    const { mediaType, encoding, remarks } = read.source;
    const draft = draftOf(read.reading, made, known);
    const plan = plans && isPlannable(draft) ? planOf(draft, sha256) : null;
    return { ok: true, mediaType, encoding, remarks, draft, parties: partiesOf(draft), plan };
  };
};
