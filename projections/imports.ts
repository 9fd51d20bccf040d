import type { Actor } from '../src/kernel/envelope.ts';
import { sameJson } from '../src/kernel/json.ts';
import type { DirectiveEvent } from '../src/domain/directives/events.ts';
import type { Profile } from '../src/domain/directives/profile.ts';
import type { Correction, ImportEvent, Reissued } from '../src/domain/imports/events.ts';
import { importIdOf, importStream } from '../src/domain/imports/state.ts';
import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { unseen, viewOf } from './view.ts';

/** Documents that were sent, what was corrected in their reading, and the profiles by which each issuer's were read. */

export type ImportDoc = {
  readonly id: string;
  /** `committing`: what it says is being appended. */
  readonly state: 'draft' | 'committing' | 'committed';
  readonly sha256: string;
  readonly name: string | null;
  /** null where the document was imported without a draft. */
  readonly mediaType: string | null;
  readonly encoding: string | null;
  readonly reader: string;
  /** With which it was sent; null: guessed. */
  readonly profile: Profile | null;
  readonly directive: string | null;
  readonly draftedAt: string;
  readonly by: string;
  readonly committedAt: string | null;
  /** How it was taken, where it is another edition of a document in force. */
  readonly reissue?: Reissued;
};

export type CorrectionDoc = { readonly correction: Correction; readonly by: string; readonly at: string };

/** A profile that was confirmed by a commit. Versions count from 1 for each issuer. */
export type ProfileVersion = {
  readonly version: number;
  readonly profile: Profile;
  readonly import: string;
  readonly by: string;
  readonly at: string;
};

const tables = {
  import: { kind: 'versioned', key: ['import'], columns: { import: 'text', doc: json<ImportDoc>() }, listedBy: [[]] },
  correction: {
    kind: 'append-only',
    columns: { import: 'text', doc: json<CorrectionDoc>() },
    indexes: [{ columns: ['import'] }],
  },
  profile: {
    kind: 'versioned',
    key: ['issuer'],
    columns: { issuer: 'text', versions: json<readonly ProfileVersion[]>() },
    listedBy: [[]],
  },
} as const satisfies Tables;

type Sent = { readonly receivedAt: string; readonly actor: Actor };
type All = Rows<typeof tables>;

const change = (event: Recorded<ImportEvent>, rows: All, to: Partial<ImportDoc>): void => {
  const id = importStream.idOf(event.stream);
  const { doc } = known(rows.get('import', { import: id }), event);
  rows.put('import', { import: id, doc: { ...doc, ...to } });
};

const confirm = (rows: All, issuer: string, profile: Profile, id: string, { receivedAt, actor }: Sent): void => {
  const versions = rows.get('profile', { issuer })?.versions ?? [];
  if (sameJson(versions.at(-1)?.profile, profile)) return;
  const next = { version: versions.length + 1, profile, import: id, by: actor.sub, at: receivedAt };
  rows.put('profile', { issuer, versions: [...versions, next] });
};

export const imports = viewOf<ImportEvent | DirectiveEvent>()({
  name: 'imports',
  version: 1,
  tables,
  on: {
    ImportDrafted: (event, rows) => {
      const id = importStream.idOf(event.stream);
      const { sha256, name, mediaType, encoding, reader, profile } = event.data;
      const sent = { draftedAt: event.receivedAt, by: event.actor.sub, committedAt: null };
      const doc: ImportDoc = { id, state: 'draft', sha256, name, mediaType, encoding, reader, profile, directive: null, ...sent };
      rows.put('import', { import: id, doc });
    },
    ImportCorrected: (event, rows) => {
      const { data: correction, actor, receivedAt } = event;
      rows.add('correction', { import: importStream.idOf(event.stream), doc: { correction, by: actor.sub, at: receivedAt } });
    },
    ImportCommitBegun: (event, rows) => {
      const { directive, reissue } = event.data;
      change(event, rows, { state: 'committing', directive, ...(reissue && { reissue }) });
    },
    ImportCommitted: (event, rows) => {
      const { directive, issuer, profile } = event.data;
      change(event, rows, { state: 'committed', directive, committedAt: event.receivedAt });
      confirm(rows, issuer, profile, importStream.idOf(event.stream), event);
    },
    // Read and appended at once, without anybody's corrections.
    DirectiveImported: (event, rows) => {
      const { directive, issuer, sourceSha256: sha256, importer: reader, profile = null } = event.data;
      const id = importIdOf(sha256);
      if (rows.get('import', { import: id }) !== undefined) return;
      const at = event.receivedAt;
      const sent = { draftedAt: at, by: event.actor.sub, committedAt: at };
      const file = { sha256, name: null, mediaType: null, encoding: null };
      rows.put('import', { import: id, doc: { id, state: 'committed', ...file, reader, profile, directive, ...sent } });
      if (profile !== null) confirm(rows, issuer, profile, id, event);
    },
    ...unseen('FindingRaised', 'FindingRaisedByHand', 'FindingDecided', 'DirectiveIssued', 'DirectiveAmended'),
  },
});
