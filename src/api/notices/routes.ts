import { Readable } from 'node:stream';
import { z } from 'zod';
import { log } from '../../../projections/log.ts';
import { publications, type NoticeDoc } from '../../../projections/publications.ts';
import { civilDate } from '../../kernel/calendar.ts';
import { withRests } from '../../kernel/pieces.ts';
import { nowAndThen } from '../../kernel/rests.ts';
import { civilDay } from '../../kernel/civil-days.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { date, id, instant, type ValueOf } from '../../kernel/schema.ts';
import { command, fieldProblem, list, ordinal, page, problem, Problem, query, unitOf, type Kit } from '../../http/routes.ts';
import type { Meta } from '../../application/handler.ts';
import { documentOf, noticeFactsOf } from '../../application/notices/letter.ts';
import { chineseDate, chinesePeriod } from '../../publishing/letters/chinese.ts';
import { letterFiles } from './letter-files.ts';
import { numberOf } from '../../application/numbered.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { noticeShownTo } from '../../domain/visibility.ts';
import { snapshotDigest, type SnapshotBody } from '../../domain/snapshots/body.ts';
import { bodyFromViews, bodyInPieces } from '../../application/snapshots/recompute.ts';
import type { SnapshotEvent } from '../../domain/snapshots/events.ts';
import { snapshotFolding, snapshotStream } from '../../domain/snapshots/state.ts';
import { typesWith } from '../../domain/tasks/effects.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { citedOtherwise, compareLines, hasChanged, type Cited } from '../../domain/notices/consistency.ts';
import { noticeDecider, type NoticeCommand } from '../../domain/notices/decide.ts';
import { linesToName, NAMING_RULE } from '../../domain/notices/draft.ts';
import { noticeActs, NoticeDrafted, noticeLine, type NoticeDocument } from '../../domain/notices/events.ts';
import { noticeFolding, noticeStream } from '../../domain/notices/state.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Notices'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const noticeTable = tableOf(publications, 'notice');
const snapshotTable = tableOf(publications, 'snapshot');
const eventTable = tableOf(log, 'event');

/** An event as the log's index shows it. */
type Row = { readonly position: number; readonly id: string; readonly type: string; readonly unit: string | null; readonly stream: string };

/** What a unit sends that changes what a notice says of it. */
const REPORTING: ReadonlySet<string> = new Set(typesWith('notice', 'reported'));
/** What else on a task does. */
const DECIDING: ReadonlySet<string> = new Set(typesWith('notice', 'decided'));

const noticeAnswer = z
  .strictObject({
    id: z.string(),
    status: z.enum(['drafted', 'issued', 'withdrawn']),
    title: z.string(),
    number: z.string().nullable(),
    issuedOn: date.nullable(),
    snapshot: z
      .string()
      .nullable()
      .meta({ description: wording('api.notices.from-which-was-drafted-null-to') }),
    snapshotDigest: z.string(),
    directive: z.string(),
    period: z.string().nullable(),
    position: z.int().meta({ description: wording('api.notices.snapshot-what-notice-rests-on') }),
    on: date,
    rule: z.string().meta({ description: wording('api.notices.name-and-version-rule-that-says') }),
    lines: z.array(noticeLine.meta({ id: 'NoticeLine' })),
    linesNotShown: z.int().meta({ description: wording('api.notices.lines-about-other-units-which-unit') }),
    corrections: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string().nullable(),
        statement: z.string(),
        reason: z.string(),
        authority: z.string(),
        at: instant,
      }),
    ),
    withdrawal: z.strictObject({ reason: z.string(), authority: z.string(), at: instant }).nullable(),
    objections: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string(),
        text: z.string(),
        raisedAt: instant,
        answer: z.strictObject({ upheld: z.boolean(), text: z.string(), at: instant }).nullable(),
      }),
    ),
    draftedAt: z.int().meta({ description: wording('api.notices.position-draft') }),
    issuedAt: z.int().nullable(),
    document: z
      .strictObject({ sha256: z.string(), size: z.int(), mediaType: z.string() })
      .nullable()
      .meta({ description: wording('api.notices.letter-as-was-issued-null-for') }),
    revision: z.int(),
  })
  .meta({ id: 'Notice' });

const arrived = z
  .strictObject({ position: z.int(), id: z.string(), type: z.string(), unit: z.string().nullable(), subject: z.string() })
  .meta({ id: 'Arrived' });

const consistencyAnswer = z.strictObject({
  notice: z.string(),
  position: z.int(),
  on: date,
  rule: z.string(),
  match: z.boolean(),
  lines: z.array(
    z.strictObject({
      unit: z.string(),
      name: z.string(),
      match: z.boolean(),
      says: noticeLine.nullable().meta({ description: wording('api.notices.null-does-not-name-unit-though') }),
      facts: noticeLine.nullable().meta({ description: wording('api.notices.by-what-was-known-at-position') }),
      factsNow: noticeLine.nullable().meta({ description: wording('api.notices.same-day-by-what-known-at') }),
    }),
  ),
  arrivedBeforeIssue: z.array(arrived).meta({ description: wording('api.notices.what-units-named-sent-after-facts') }),
  changedSince: z.boolean().meta({ description: wording('api.notices.whether-more-known-day-by-now') }),
  arrivedLater: z.array(arrived).meta({ description: wording('api.notices.what-came-to-log-after-notices') }),
});

const byId = { params: z.strictObject({ id }) };

export const noticeRoutes = (kit: Kit, services: Services): void => {
  const { attachments, handler, knowledge, letterTemplate, sightOf, store, views, timeZone } = services;
  /** What a stretch of the log tells of a report or a task's deadline. */
  const arrivals = ({ unit, task, period }: Cited, stretch: { readonly after: number; readonly upTo: number }): readonly Row[] =>
    views.appended(eventTable, { stream: taskStream(task) }, stretch).filter((event) => {
      if (event.unit !== null && event.unit !== unit) return false;
      if (!REPORTING.has(event.type) && !DECIDING.has(event.type)) return false;
      const data = store.at(event.position)?.envelope.data;
      // Of what is said on a period, only what is said on this one.
      return !(typeof data === 'object' && data !== null && 'period' in data && data.period !== period);
    });
  const inOrder = (events: readonly Row[]): readonly ValueOf<typeof arrived>[] =>
    [...new Map(events.map((event) => [event.position, event])).values()]
      .toSorted((a, b) => a.position - b.position)
      .map(({ position, id: event, type, unit, stream }) => ({ position, id: event, type, unit, subject: stream }));

  const unknown = (notice: string): Problem => problem('notice-unknown', say('api.notices.there-no-notice-or-none-that', { notice }));
  /** To a unit what was issued and names it, and of that what is about itself; undefined where it may see nothing of it. */
  const shown = (doc: NoticeDoc, scope: Scope, position: number): ValueOf<typeof noticeAnswer> | undefined => {
    const seen = scope === null ? { ...doc, linesNotShown: 0 } : noticeShownTo(doc, sightOf(scope, position));
    return seen && { ...seen, revision: knowledge.lastOf(noticeStream(doc.id), position)?.revision ?? 0 };
  };

  /** Whether what a snapshot judges has not come. The first rules judged the end of a day. Record times are never behind what is known. */
  const isAhead = ({ on, at, timeZone: zone }: Pick<SnapshotEvent['data'], 'on' | 'at' | 'timeZone'>): boolean =>
    (at === undefined ? civilDay(on, zone).end - 1 : instantMillis(at)) >
    Math.max(kit.clock.now().epochMilliseconds, store.head().recordedAt ?? 0);

  command(kit, {
    method: 'POST',
    url: '/v1/notices',
    summary: wording('api.notices.draft-circulation-notice-from-snapshot-who'),
    tags: TAGS,
    refuses: [{ field: 'snapshot-unknown' }, 'moment-not-come'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: NoticeDrafted.schema.pick({ snapshot: true, title: true }).partial({ title: true }),
    run: async ({ body: { snapshot, title }, meta, newId }) => {
      const { state: taken } = await handler.load(snapshotFolding, snapshotStream(snapshot));
      if (taken === null) return fieldProblem('snapshot-unknown', '/snapshot', say('api.notices.no-snapshot-was-taken', { snapshot }));
      const { directive, period, position, on } = taken;
      if (isAhead(taken)) return fieldProblem('moment-not-come', '/snapshot', say('api.notices.judges-which-has-not-come-nobody', { on }));
      const late = await kit.reaching.views(position, '/snapshot');
      if (late !== undefined) return late;
      const body = await withRests(bodyInPieces(knowledge, store, taken), nowAndThen());
      if (body === undefined || snapshotDigest(body) !== taken.digest)
        throw new Error(`snapshot ${snapshot} does not come out as recorded`);
      const notice = newId('notice');
      const draft = {
        snapshot,
        snapshotDigest: taken.digest,
        directive,
        period,
        position,
        on,
        rule: NAMING_RULE,
        title: title ?? `关于${period === null ? `截至${chineseDate(on)}` : chinesePeriod(period)}重点工作进展情况报送的通报`,
        lines: linesToName(body),
      };
      const outcome = await handler.handle(noticeDecider, noticeStream(notice), { type: 'DraftNotice', draft }, meta);
      return { outcome, subject: notice, location: `/v1/notices/${notice}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/issue',
    summary: wording('api.notices.issue-notice'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-issued', 'moment-not-come'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: noticeActs.IssueNotice.omit({ document: true }).partial({ issuedOn: true }),
    run: async ({ params: { id: notice }, body: { number, issuedOn }, meta }) => {
      const { state } = await handler.load(noticeFolding, noticeStream(notice));
      const taken = state && (await handler.load(snapshotFolding, snapshotStream(state.snapshot))).state;
      if (taken !== null && isAhead(taken))
        return problem('moment-not-come', say('api.notices.rests-on-which-has-not-come', { on: taken.on }));
      const does = { type: 'IssueNotice', number, issuedOn: issuedOn ?? civilDate(meta.receivedAt, timeZone).toString() } as const;
      const document = state?.status === 'drafted' ? await writtenLetter(notice, does) : undefined;
      if (document instanceof Problem) return document;
      return {
        outcome: await handler.handle(noticeDecider, noticeStream(notice), document === undefined ? does : { ...does, document }, meta),
        subject: notice,
        location: `/v1/notices/${notice}`,
      };
    },
  });

  /** The letter with its number and day, kept before the event that cites it. */
  const writtenLetter = async (
    notice: string,
    issued: { readonly number: string; readonly issuedOn: string },
  ): Promise<NoticeDocument | Problem> => {
    const { position } = store.head();
    const late = await kit.reaching.views(position, '');
    if (late !== undefined) return late;
    const doc = views.one(noticeTable, { notice }, position)?.doc;
    if (doc === undefined) return unknown(notice);
    const { document, bytes } = await documentOf(letterTemplate, noticeFactsOf(services, { ...doc, ...issued, isExtract: false }));
    await attachments.put(Readable.from([bytes]), bytes.byteLength, { unit: null });
    return document;
  };

  const act = (notice: string, does: NoticeCommand, meta: Meta) => handler.handle(noticeDecider, noticeStream(notice), does, meta);
  const onNotice = async (notice: string, does: NoticeCommand, meta: Meta) => ({
    outcome: await act(notice, does, meta),
    subject: notice,
    location: `/v1/notices/${notice}`,
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/correction',
    summary: wording('api.notices.correct-issued-notice-what-said-what'),
    description: wording('api.notices.notice-itself-stands-as-issued-correction'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'not-named'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    ...byId,
    body: noticeActs.CorrectNotice.partial({ unit: true }),
    run: ({ params: { id: notice }, body: { unit, ...corrected }, meta }) =>
      onNotice(notice, { type: 'CorrectNotice', unit: unit ?? null, ...corrected }, meta),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/withdrawal',
    summary: wording('api.notices.withdraw-issued-notice'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    ...byId,
    body: noticeActs.WithdrawNotice,
    run: ({ params: { id: notice }, body, meta }) => onNotice(notice, { type: 'WithdrawNotice', ...body }, meta),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/objections',
    summary: wording('api.notices.object-to-issued-notice-that-names'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'not-named', 'objection-pending'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    ...byId,
    body: noticeActs.RaiseObjection.omit({ unit: true }),
    run: async ({ params: { id: notice }, body: { text }, principal, unit, meta }) => {
      const { state } = await handler.load(noticeFolding, noticeStream(notice));
      if (unitOf(principal) !== undefined && (state === null || state.status === 'drafted' || !state.named.includes(unit)))
        return unknown(notice);
      const outcome = await act(notice, { type: 'RaiseObjection', unit, text }, meta);
      const n = numberOf(store, outcome) ?? (state?.objections.length ?? 0) + 1;
      return { outcome, subject: String(n), location: `/v1/notices/${notice}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/objections/:n/answer',
    summary: wording('api.notices.answer-objection'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'objection-unknown', 'already-decided', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: z.strictObject({ id, n: ordinal }),
    body: noticeActs.AnswerObjection.omit({ n: true }),
    run: ({ params: { id: notice, n }, body, meta }) => onNotice(notice, { type: 'AnswerObjection', n, ...body }, meta),
  });

  query(kit, {
    url: '/v1/notices/:id/consistency',
    summary: wording('api.notices.what-notice-says-against-facts-at'),
    tags: TAGS,
    refuses: ['notice-unknown'],
    roles: ['office', 'auditor', 'admin'],
    ...byId,
    response: consistencyAnswer,
    run: ({ params: { id: notice }, at }) => {
      const doc = views.one(noticeTable, { notice }, at.position)?.doc;
      if (doc === undefined) return unknown(notice);
      const taken = views.one(snapshotTable, { snapshot: doc.snapshot }, at.position)?.doc;
      if (taken === undefined) throw new Error(`notice ${notice} cites a snapshot that was not taken: ${doc.snapshot}`);
      const bodyAt = (position: number): SnapshotBody => {
        const body = bodyFromViews(knowledge, store, { ...taken, position });
        if (body === undefined) throw new Error(`notice ${notice} rests on a directive unknown at @${position}`);
        return body;
      };
      const lines = compareLines(doc.lines, bodyAt(doc.position), bodyAt(at.position));
      const before = doc.lines.flatMap(({ unit }) =>
        views
          .appended(eventTable, { unit }, { upTo: doc.issuedAt ?? at.position, after: doc.position })
          .filter(({ type }) => REPORTING.has(type)),
      );
      const later = lines.flatMap(citedOtherwise).flatMap((cited) => arrivals(cited, { after: doc.position, upTo: at.position }));
      return {
        notice,
        position: doc.position,
        on: doc.on,
        rule: doc.rule,
        match: lines.every(({ match }) => match),
        lines: lines.map((verdict) => ({ ...verdict })),
        arrivedBeforeIssue: inOrder(before),
        changedSince: lines.some(hasChanged),
        arrivedLater: inOrder(later),
      };
    },
  });

  list(kit, {
    url: '/v1/notices',
    summary: wording('api.notices.circulation-notices-unit-sees-those-issued'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: id.optional() }),
    item: noticeAnswer,
    run: ({ query: { directive }, principal, at: { position }, paging }) => {
      const rows = directive === undefined ? views.asOf(noticeTable, {}, position) : views.asOf(noticeTable, { directive }, position);
      const scope = unitOf(principal) ?? null;
      const docs = rows.map(({ doc }) => doc).toSorted((a, b) => a.draftedAt - b.draftedAt);
      return page(
        docs.flatMap((doc) => shown(doc, scope, position) ?? []),
        paging,
        (notice) => notice.id,
      );
    },
  });

  query(kit, {
    url: '/v1/notices/:id',
    summary: wording('api.notices.circulation-notice-as-docx-or-html'),
    tags: TAGS,
    refuses: ['notice-unknown'],
    roles: READERS,
    ...byId,
    response: noticeAnswer,
    formats: letterFiles(services),
    run: ({ params: { id: notice }, principal, at: { position } }) => {
      const doc = views.one(noticeTable, { notice }, position)?.doc;
      return (doc && shown(doc, unitOf(principal) ?? null, position)) ?? unknown(notice);
    },
  });
};
