import { z } from 'zod';
import { imports as importsView, type ImportDoc } from '../../../projections/imports.ts';
import type { Refused } from '../../application/imports/imports.ts';
import { keepReissues } from '../../application/imports/reissues-kept.ts';
import { tasksFrom } from '../../application/imports/unfinished.ts';
import type { Services } from '../../application/services.ts';
import { correctionSent, type CorrectionSent } from '../../domain/imports/events.ts';
import { importStream } from '../../domain/imports/state.ts';
import { anyFile, command, fieldProblem, list, page, plain, problem, query, refused, type Kit, type Problem } from '../../http/routes.ts';
import { authority, date, id, line, reason } from '../../kernel/schema.ts';
import { tableOf } from '../../projecting/projection.ts';
import { importAnswer, importLine, importSummary, profileVersion } from './answers.ts';
import { shownImport, type Committing } from './shown.ts';
import { sourceNamed, SOURCE_TYPES, typeOf } from './source-file.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Imports'] as const;
const READERS = ['office', 'auditor', 'admin'] as const;

/** Bytes of a document. */
const LIMIT = 20 * 1024 * 1024;

const importTable = tableOf(importsView, 'import');
const profileTable = tableOf(importsView, 'profile');
const byId = { params: z.strictObject({ id }) };

const problemFor = (no: Refused): Problem => ('refusal' in no ? refused(no.refusal) : problem(no.unreadable.code, no.unreadable.detail));

export const importRoutes = (kit: Kit, services: Services): void => {
  const { commits, imports, reissues, knowledge, views, attachments } = services;

  /** A difference is made from the views: all that is recorded by now must be in them, whoever did it. */
  const untilSeen = (): Promise<Problem | undefined> => kit.reaching.views(kit.log.head().position, '/base');

  /** The profile that an import was committed with. */
  const profileOf = (named: string, position: number) =>
    views
      .asOf(profileTable, {}, position)
      .flatMap(({ versions }) => versions)
      .find((version) => version.import === named)?.profile;

  /** What it would change of a directive in force; of one that was committed, what it was to change then. */
  const reissueOf = keepReissues(views, async (found, position) => {
    const { state, directive, reissue } = found.doc;
    if (state === 'committed') return reissue === undefined ? null : reissues.of(found, reissue.base, directive ?? undefined);
    return reissues.of(found, position, reissue && (directive ?? undefined));
  });

  /** A line of a draft's difference that it has not. */
  const unknownLine = async (named: string, said: CorrectionSent['difference'] = []): Promise<Problem | undefined> => {
    if (said.length === 0) return undefined;
    const position = views.position();
    const found = await imports.at(named, position);
    if (!found.ok) return problemFor(found);
    const known = await reissueOf(found, position);
    const { added = [], changed = [], dropped = [], schedule = null, heading = null } = known?.difference ?? {};
    const lines = [...added, ...changed, ...dropped, schedule, heading].flatMap((each) => each?.line ?? []);
    const strange = said.findIndex(({ line: each }) => !lines.includes(each));
    if (strange < 0) return undefined;
    const detail = say('application.imports.difference-has-no-line', { line: said[strange]?.line });
    return refused({ code: 'item-unknown', detail, pointer: `/difference/${strange}/line` });
  };

  /**
   * How far its commit is, and of the present what keeps it. One that was read and appended in one call is at its end when its
   * directive is issued.
   */
  const committingOf = ({ state, directive, sha256, id: of }: ImportDoc, position: number, isThen: boolean): Committing | null => {
    if (state === 'draft' || directive === null) return null;
    const isIn = state === 'committed' && knowledge.directive(directive, position)?.status !== 'importing';
    return { isIn, tasks: tasksFrom(views, { sha256, directive }, position), stopped: isIn || isThen ? undefined : commits.stopped(of) };
  };

  command(kit, {
    method: 'POST',
    url: '/v1/imports',
    summary: wording('api.imports.send-document-any-type-that-read'),
    description: wording('api.imports.at-most-bytes-content-says-what', { limit: LIMIT }),
    tags: TAGS,
    refuses: [{ field: 'import-unknown' }, 'file-unknown', 'file-damaged', 'file-encrypted', 'file-too-large', 'source-differs'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    query: z.strictObject({
      name: line(255)
        .optional()
        .meta({ description: wording('api.imports.what-file-called') }),
      profile: id.optional().meta({ description: wording('api.imports.import-whose-profile-read-with-left') }),
    }),
    body: anyFile,
    bodyLimit: LIMIT,
    run: async ({ query: { name, profile: named }, body, meta, contentType }) => {
      const profile = named === undefined ? null : profileOf(named, views.position());
      if (profile === undefined)
        return fieldProblem('import-unknown', '/profile', say('api.imports.no-import-was-committed-with-profile', { named }));
      const sent = await imports.send(body, { name: name ?? null, mediaType: contentType ?? null }, profile, meta, LIMIT);
      if (!sent.ok) return problemFor(sent);
      return { outcome: sent.outcome, subject: sent.id, location: `/v1/imports/${sent.id}` };
    },
  });

  list(kit, {
    url: '/v1/imports',
    summary: wording('api.imports.documents-sent-and-what-became-them'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ state: importSummary.shape.state.optional() }),
    item: importSummary,
    run: ({ query: { state: wanted }, at: { position }, paging }) => {
      const all = views.asOf(importTable, {}, position).map(({ doc }) => {
        const { sha256, name, directive, draftedAt, by, committedAt } = doc;
        const isIn = doc.state === 'committed' && (directive === null || knowledge.directive(directive, position)?.status !== 'importing');
        const state = isIn ? ('committed' as const) : ('draft' as const);
        return { id: doc.id, state, sha256, name, directive, draftedAt, by, committedAt: isIn ? committedAt : null };
      });
      return page(
        all.filter(({ state }) => wanted === undefined || state === wanted),
        paging,
        (each) => each.id,
      );
    },
  });

  query(kit, {
    url: '/v1/imports/:id',
    summary: wording('api.imports.document-as-was-read-and-corrected'),
    tags: TAGS,
    refuses: ['import-unknown', 'source-missing'],
    roles: READERS,
    ...byId,
    response: importAnswer,
    passes: ({ progress }) => progress !== null && progress.state !== 'done',
    spoken: true,
    run: async ({ params: { id: named }, at: { position }, isThen, language }) => {
      const found = await imports.at(named, position);
      if (!found.ok) return problemFor(found);
      const { issuer } = found.draft.directive;
      return shownImport(found, {
        language,
        roster: knowledge.roster(position),
        profiles: issuer === null ? [] : imports.profilesOf(issuer, position),
        revision: knowledge.lastOf(importStream(named), position)?.revision ?? 0,
        reissue: await reissueOf(found, position),
        committing: committingOf(found.doc, position, isThen),
      });
    },
  });

  list(kit, {
    url: '/v1/imports/:id/lines',
    summary: wording('api.imports.every-line-and-cell-document-and'),
    tags: TAGS,
    refuses: ['import-unknown', 'source-missing'],
    roles: READERS,
    ...byId,
    query: z.strictObject({ use: importLine.shape.use.optional() }),
    key: z.int(),
    item: importLine,
    run: async ({ params: { id: named }, query: { use: wanted }, at: { position }, paging: { limit, after = -1 } }) => {
      const found = await imports.at(named, position);
      if (!found.ok) return problemFor(found);
      const lines = found.draft.lines
        .map((each, index) => ({ each, index }))
        .filter(({ each, index }) => index > after && (wanted === undefined || each.use === wanted));
      const shown = lines.slice(0, limit);
      return { items: shown.map(({ each }) => each), next: lines.length > limit ? (shown.at(-1)?.index ?? null) : null };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/imports/:id/source',
    summary: wording('api.imports.bytes-document-as-they-came-with'),
    tags: TAGS,
    refuses: ['import-unknown', 'source-missing', 'attachment-damaged'],
    access: READERS,
    ...byId,
    produces: Object.fromEntries(SOURCE_TYPES.map((type) => [type, wording('api.imports.bytes')])),
    run: async ({ params: { id: named } }) => {
      const doc = views.one(importTable, { import: named }, views.position())?.doc;
      if (doc === undefined) return problem('import-unknown', say('api.imports.no-document-was-sent-under-this'));
      const found = await attachments.get(doc.sha256);
      if (found === undefined) return problem('source-missing', say('api.imports.bytes-not-here', { sha256: doc.sha256 }));
      if (found === 'damaged')
        return problem('attachment-damaged', say('api.imports.stored-bytes-no-longer-have-this', { sha256: doc.sha256 }));
      const { id: own, name, mediaType, encoding } = doc;
      return {
        type: typeOf(mediaType, encoding),
        headers: {
          'content-length': String(found.size),
          'cache-control': 'private, max-age=31536000, immutable',
          // A page of the web in it must never be run as one of this server.
          'content-disposition': sourceNamed(own, name, mediaType),
          'content-security-policy': 'sandbox',
          'x-content-type-options': 'nosniff',
        },
        content: found.open(),
      };
    },
  });

  command(kit, {
    method: 'PATCH',
    url: '/v1/imports/:id',
    summary: wording('api.imports.correct-how-document-was-read-or'),
    description: wording('api.imports.send-if-match-findings-counted-anew'),
    tags: TAGS,
    refuses: [
      'import-unknown',
      'source-missing',
      'item-unknown',
      { field: 'finding-unknown' },
      'answer-missing',
      'import-committed',
      'nothing-changed',
    ],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: correctionSent,
    run: async ({ params: { id: named }, body, meta }) => {
      const late = body.difference === undefined ? undefined : await untilSeen();
      if (late !== undefined) return late;
      const kept = body.difference === undefined ? undefined : await commits.keepsLines(named);
      if (kept !== undefined) return refused(kept);
      const strange = await unknownLine(named, body.difference);
      if (strange !== undefined) return strange;
      const corrected = await imports.correct(named, body, meta);
      if (!corrected.ok) return problemFor(corrected);
      return { outcome: corrected.outcome, subject: named, location: `/v1/imports/${named}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/imports/:id/commit',
    summary: wording('api.imports.append-what-draft-says-directive-units'),
    description: wording('api.imports.refused-while-finding-that-blocks-open-2'),
    tags: TAGS,
    refuses: [
      'import-unknown',
      'source-missing',
      'import-open',
      'answer-missing',
      'base-changed',
      'task-closed',
      'import-committed',
      'source-differs',
      'directive-exists',
      'task-exists',
      'unit-exists',
      'collective-exists',
      'name-taken',
      'duplicate-party',
      { field: 'unit-unknown' },
      'party-unknown',
      'date-order',
      'calendar-missing',
    ],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.strictObject({
      reason: reason.optional(),
      authority: authority.optional(),
      effectiveFrom: date.optional().meta({ description: wording('api.imports.first-day-on-which-what-taken') }),
      base: z
        .int()
        .min(0)
        .optional()
        .meta({ description: wording('api.imports.position-as-which-difference-was-looked') }),
    }),
    manyVerdicts: true,
    more: z.strictObject({ directive: z.string() }),
    run: async ({ params: { id: named }, body, meta }) => {
      const late = await untilSeen();
      if (late !== undefined) return late;
      const committed = await commits.commit(named, body, meta);
      if (!committed.ok) return problemFor(committed);
      const { directive, outcome } = committed;
      return { outcome, subject: named, location: `/v1/directives/${directive}`, more: { directive } };
    },
  });

  list(kit, {
    url: '/v1/import-profiles',
    summary: wording('api.imports.how-offices-write-their-documents-as'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ issuer: line(120).optional() }),
    item: profileVersion,
    run: ({ query: { issuer: wanted }, at: { position }, paging }) => {
      const all = views
        .asOf(profileTable, {}, position)
        .flatMap(({ issuer, versions }) => versions.map((version) => ({ issuer, ...version })));
      return page(
        all.filter(({ issuer }) => wanted === undefined || issuer === wanted),
        paging,
        ({ issuer, version }) => `${issuer} ${String(version).padStart(6, '0')}`,
      );
    },
  });
};
