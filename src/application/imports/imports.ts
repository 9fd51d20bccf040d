import { Readable } from 'node:stream';
import { imports as importsView, type ImportDoc, type ProfileVersion } from '../../../projections/imports.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { sameJson } from '../../kernel/json.ts';
import type { Unreadable } from '../../documents/source.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import { EMPTY_PROFILE, inForce, profileSchema, type Profile } from '../../domain/directives/profile.ts';
import { importDecider } from '../../domain/imports/decide.ts';
import type { Correcting, Correction, CorrectionSent } from '../../domain/imports/events.ts';
import { importFolding, importIdOf, importStream, type ImportState } from '../../domain/imports/state.ts';
import type { Made } from '../../importer/draft/draft.ts';
import type { KnownUnit } from '../../importer/draft/near-names.ts';
import { profileFor } from '../../importer/draft/profile-for.ts';
import { mustBeAnswered } from '../../importer/draft/settling.ts';
import { READER } from '../../importer/reader.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import type { AttachmentStore } from '../attachments.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import { resolved } from './corrections.ts';
import type { ExpectedRevision } from '../../store/event-store.ts';
import { createReadings, type FileHint, type Readings, type Understand, type Understood } from './reading.ts';
import { say } from '../../messages/message.ts';

/** Imports: a document is kept, read, corrected and read again. What it becomes is in `commit.ts`. */

const importTable = tableOf(importsView, 'import');
const profileTable = tableOf(importsView, 'profile');
const correctionTable = tableOf(importsView, 'correction');

/** By a rule, or because the file cannot be read. */
export type Refused = { readonly ok: false; readonly refusal: Refusal } | { readonly ok: false; readonly unreadable: Unreadable };
const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });

const UNKNOWN: Refusal = { code: 'import-unknown', detail: say('application.imports.no-document-was-sent-under-this') };

/** A document with what is made of it now. */
export type Drafting = Understood & {
  readonly sha256: string;
  /** The id that a person gave the directive. */
  readonly namedId: string | undefined;
  /** What people said of lines, where it is another edition of a document in force. */
  readonly said: NonNullable<Correction['difference']>;
  /** As what, and with which profile, its bytes were read; null: with the one that is guessed. */
  readonly read: { readonly hint: FileHint; readonly profile: Profile | null };
};

export type Sent = { readonly ok: true; readonly id: string; readonly outcome: Outcome<ImportState> };

export type Imports = {
  /** Takes a document in. The same bytes again are the same import. */
  readonly send: (bytes: Buffer, hint: FileHint, profile: Profile | null, meta: Meta, limit: number) => Promise<Sent | Refused>;
  /** As it stands in the log. `plans`: with what it is to become. */
  readonly current: (
    id: string,
    plans?: boolean,
  ) => Promise<(Drafting & { readonly state: ImportState; readonly revision: ExpectedRevision }) | Refused>;
  /** As known at a position. */
  readonly at: (id: string, position: number) => Promise<(Drafting & { readonly doc: ImportDoc }) | Refused>;
  readonly correct: (
    id: string,
    sent: CorrectionSent,
    meta: Meta,
  ) => Promise<{ readonly ok: true; readonly outcome: Outcome<ImportState> } | Refused>;
  /** Reads a draft again with another profile; where it is read with that already, nothing is recorded. */
  readonly readWith: (id: string, profile: Profile, meta: Meta) => Promise<void>;
  /** Records which lines of a difference are taken. */
  readonly decideLines: (id: string, said: NonNullable<Correction['difference']>, meta: Meta) => Promise<void>;
  readonly readings: Readings;
  /** The versions of an issuer's profile that commits have confirmed. */
  readonly profilesOf: (issuer: string, position: number) => readonly ProfileVersion[];
  /**
   * With which profile an issuer's document is read where nobody chooses: the last that was confirmed, or one known beforehand.
   * What a later one leaves open is as the one before it says.
   */
  readonly profileFor: (issuer: string | null, position: number) => Profile | null;
};

/** Where it is of no account who said it. */
const anonymous = (correction: Correction): Made => ({ correction, by: '', at: '' });

/** A part of a profile over what people have said of it before; what nobody has said is left to be guessed. */
const wholeProfile = (sent: NonNullable<CorrectionSent['profile']>, { drafted, corrections }: ImportState): Profile =>
  profileSchema.parse({ ...(profileFor(drafted?.profile ?? null, corrections.map(anonymous)) ?? EMPTY_PROFILE), ...sent });

export const createImports = (services: {
  readonly handler: Handler<DubanEvent>;
  readonly attachments: AttachmentStore;
  readonly views: Views;
  readonly understand: Understand;
  /** Profiles of offices, by their names, that no commit has confirmed yet. */
  readonly known?: readonly Profile[];
  /** The names of units when a draft was last sent or corrected, up to a position. */
  readonly unitsKnown?: (id: string, position: number) => readonly KnownUnit[];
}): Imports => {
  const { handler, attachments, views, understand, known = [], unitsKnown = () => [] } = services;
  const readings = createReadings(understand, attachments);

  const drafting = async (
    { sha256, name, mediaType, profile }: Pick<ImportDoc, 'sha256' | 'name' | 'mediaType' | 'profile'>,
    made: readonly Made[],
    position: number,
    plans = false,
  ): Promise<Drafting | Refused> => {
    const file = await readings.kept(sha256, {
      hint: { name, mediaType },
      profile,
      made,
      known: unitsKnown(importIdOf(sha256), position),
      plans,
    });
    if (file === undefined) return refuse({ code: 'source-missing', detail: say('application.imports.bytes-not-here', { sha256 }) });
    if (file === 'damaged')
      return refuse({ code: 'source-missing', detail: say('application.imports.stored-bytes-no-longer-have-this', { sha256 }) });
    if (!file.ok) return { ok: false, unreadable: file.problem };
    const said = made.flatMap(({ correction }) => correction.difference ?? []);
    const namedId = made.findLast(({ correction }) => correction.directive?.id !== undefined)?.correction.directive?.id;
    return { ...file, sha256, namedId, said, read: { hint: { name, mediaType }, profile: profileFor(profile, made) } };
  };

  const current: Imports['current'] = async (id, plans) => {
    const { state, revision } = await handler.certainly(() => handler.load(importFolding, importStream(id)));
    if (state.drafted === null) return refuse(UNKNOWN);
    const made = state.corrections.map(anonymous);
    const found = await drafting(state.drafted, made, views.position(), plans);
    return found.ok ? { ...found, state, revision } : found;
  };

  /** Names that only another profile finds may be spoken of in the correction that brings it. */
  const rereadWith = async (now: Drafting & { readonly state: ImportState }, { profile, units, collectives }: Correcting) => {
    const { drafted, corrections } = now.state;
    if (profile === undefined || (units ?? collectives) === undefined || drafted === null) return now;
    return drafting(drafted, [...corrections, { profile }].map(anonymous), views.position());
  };

  const profilesOf: Imports['profilesOf'] = (issuer, position) => views.one(profileTable, { issuer }, position)?.versions ?? [];

  return {
    readings,
    profilesOf,
    profileFor: (issuer, position) => {
      if (issuer === null) return null;
      return inForce([...known.filter(({ name }) => name === issuer), ...profilesOf(issuer, position).map(({ profile }) => profile)]);
    },
    current,
    send: async (bytes, hint, profile, meta, limit) => {
      const sha256 = sha256Hex(bytes);
      const id = importIdOf(sha256);
      const file = await readings.of(bytes, sha256, { hint, profile, made: [], plans: false });
      if (!file.ok) return { ok: false, unreadable: file.problem };
      const { mediaType, encoding } = file;
      await attachments.put(Readable.from([bytes]), limit, { unit: null });
      const drafted = { sha256, size: bytes.length, name: hint.name, mediaType, encoding, reader: READER, profile };
      return { ok: true, id, outcome: await handler.handle(importDecider, importStream(id), { type: 'DraftImport', ...drafted }, meta) };
    },
    at: async (id, position) => {
      const doc = views.one(importTable, { import: id }, position)?.doc;
      if (doc === undefined) return refuse(UNKNOWN);
      const made = views.appended(correctionTable, { import: id }, { upTo: position }).map((row) => row.doc);
      const found = await drafting(doc, made, position, true);
      return found.ok ? { ...found, doc } : found;
    },
    readWith: async (id, profile, meta) => {
      const { state } = await handler.load(importFolding, importStream(id));
      const last = state.corrections.findLast((correction) => correction.profile !== undefined)?.profile ?? state.drafted?.profile;
      if (sameJson(last, profile)) return;
      await handler.handle(importDecider, importStream(id), { type: 'CorrectImport', profile }, meta);
    },
    decideLines: async (id, said, meta) => {
      await handler.handle(importDecider, importStream(id), { type: 'CorrectImport', difference: said }, meta);
    },
    correct: async (id, sent, meta) => {
      const now = await current(id);
      if (!now.ok) return now;
      const { profile, ...rest } = sent;
      const correcting: Correcting = profile === undefined ? rest : { ...rest, profile: wholeProfile(profile, now.state) };
      const again = await rereadWith(now, correcting);
      if (!again.ok) return again;
      const correction: Correction | Refused = resolved(correcting, { draft: now.draft, reread: again.draft }, mustBeAnswered);
      if ('ok' in correction) return correction;
      return { ok: true, outcome: await handler.handle(importDecider, importStream(id), { type: 'CorrectImport', ...correction }, meta) };
    },
  };
};
