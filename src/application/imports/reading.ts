import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import { digestOf } from '../../kernel/canonical.ts';
import type { SourceRemark, Unreadable } from '../../documents/source.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import type { Draft, Made } from '../../importer/draft/draft.ts';
import type { KnownUnit } from '../../importer/draft/near-names.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import type { AttachmentStore } from '../attachments.ts';

/** What becomes of a file: its bytes are kept, and what was understood of them is asked for again and again. */

/** What the sender calls it; decides nothing that the bytes decide. */
export type FileHint = { readonly name: string | null; readonly mediaType: string | null };

/** How a document is to be understood. */
export type Question = {
  readonly hint: FileHint;
  /** That it was sent with; null: it is guessed. */
  readonly profile: Profile | null;
  /** What people have said of it since. */
  readonly made: readonly Made[];
  /** The units of the roster that its names may mean; none where it is not asked. */
  readonly known?: readonly KnownUnit[];
  /** Whether it is to be planned what it becomes. */
  readonly plans: boolean;
};

/** A document as it was read, and as people have corrected it. */
export type Understood = {
  readonly ok: true;
  readonly mediaType: string;
  readonly encoding: string | null;
  readonly remarks: readonly SourceRemark[];
  readonly draft: Draft;
  /** Its names, under the ids that they would have. */
  readonly parties: Pick<Plan, 'units' | 'collectives'>;
  /** null where it was not asked for, or the head of the document is not known. */
  readonly plan: Plan | null;
};
export type Understanding = Understood | { readonly ok: false; readonly problem: Unreadable };

/** The same bytes and the same question give the same answer. */
export type Understand = (bytes: Uint8Array, question: Question) => Promise<Understanding>;

/** Of what is kept in memory, in lines and items: some hundred megabytes, or the drafts that are under way in a large office. */
const KEPT = 400_000;
const LINES_OF_AN_ITEM = 10;

const weightOf = (understanding: Understanding): number =>
  understanding.ok ? 1 + understanding.draft.lines.length + LINES_OF_AN_ITEM * understanding.draft.items.length : 1;

export type Readings = {
  readonly of: (bytes: Uint8Array, sha256: string, question: Question) => Promise<Understanding>;
  /** Of bytes that are kept; undefined where they are not here. */
  readonly kept: (sha256: string, question: Question) => Promise<Understanding | 'damaged' | undefined>;
};

export const createReadings = (understand: Understand, attachments: Pick<AttachmentStore, 'get'>): Readings => {
  const known = new LRUCache<string, Promise<Understanding>>({ maxSize: KEPT });

  const once = (key: string, make: () => Promise<Understanding>): Promise<Understanding> => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made, { size: 1 });
    made.then(
      (understanding) => {
        // Of a value that it has already, the cache would keep the size.
        if (known.peek(key) === made && known.delete(key)) known.set(key, made, { size: weightOf(understanding) });
      },
      () => known.delete(key), // what failed for a reason outside is tried again
    );
    return made;
  };
  const keyOf = (sha256: string, question: Question): string => digestOf([sha256, question]);

  return {
    of: (bytes, sha256, question) => once(keyOf(sha256, question), () => understand(bytes, question)),
    kept: async (sha256, question) => {
      const key = keyOf(sha256, question);
      const found = known.get(key);
      if (found !== undefined) return found;
      const stored = await attachments.get(sha256);
      if (stored === undefined || stored === 'damaged') return stored;
      const bytes = await buffer(stored.open());
      return once(key, () => understand(bytes, question));
    },
  };
};
