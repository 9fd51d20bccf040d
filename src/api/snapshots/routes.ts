import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { publications, type SnapshotDoc } from '../../../projections/publications.ts';
import { withRests } from '../../kernel/pieces.ts';
import { nowAndThen } from '../../kernel/rests.ts';
import { date, id, instant } from '../../kernel/schema.ts';
import { JUDGE_VERSION } from '../../domain/compliance/judge.ts';
import { excludedAnswer, obligationAnswer, totalsAnswer, unitLineAnswer } from '../shared/compliance-answers.ts';
import { dutiesOf } from '../../domain/directives/schedule.ts';
import { momentAt } from '../../kernel/moment.ts';
import {
  directiveAsked,
  command,
  fieldProblem,
  list,
  page,
  plain,
  Problem,
  problem,
  query,
  sheetFormats,
  type Kit,
  type Rest,
} from '../../http/routes.ts';
import { fixedBasis, timeParameters } from '../../http/time-travel.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import { snapshotDigest, type SnapshotBody } from '../../domain/snapshots/body.ts';
import { snapshotDecider } from '../../domain/snapshots/decide.ts';
import { SnapshotTaken } from '../../domain/snapshots/events.ts';
import { bodyFromLog, bodyInPieces } from '../../application/snapshots/recompute.ts';
import { snapshotSheet, type SheetOf } from './sheet.ts';
import { snapshotFolding, snapshotStream } from '../../domain/snapshots/state.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Snapshots'] as const;
const READERS = ['office', 'auditor', 'admin'] as const;
const snapshotTable = tableOf(publications, 'snapshot');

/** By the first rules nothing was counted as awaiting. */
const awaiting = { awaiting: totalsAnswer.shape.awaiting.optional() };

const bodyAnswer = z
  .strictObject({
    directive: z.string(),
    period: z.string().nullable(),
    judge: z.int().meta({ description: wording('api.snapshots.version-judging-rules') }),
    basis: fixedBasis,
    policyVersions: z.array(z.int()),
    totals: totalsAnswer.extend(awaiting).meta({ id: 'SnapshotTotals' }),
    units: z.array(unitLineAnswer.extend(awaiting).meta({ id: 'SnapshotUnitLine' })),
    excludedCollectives: z.array(excludedAnswer),
    obligations: z.array(obligationAnswer),
  })
  .meta({ id: 'SnapshotBody' });

const snapshotLine = z
  .strictObject({
    id: z.string(),
    directive: z.string(),
    period: z.string().nullable(),
    position: z.int(),
    on: date,
    digest: z.string(),
    takenAt: instant,
  })
  .meta({ id: 'SnapshotLine' });

const takenFields = SnapshotTaken.schema;

const byId = { params: z.strictObject({ id }) };

/** Bodies kept in memory: a year's holds some 10,000 obligations. */
const KEPT_BODIES = 8;

const WAIT_MILLIS = 5_000;

export const snapshotRoutes = (kit: Kit, { handler, knowledge, store, views }: Services): void => {
  const kept = new LRUCache<string, SnapshotBody>({ max: KEPT_BODIES });
  const docOf = (snapshot: string, position: number): SnapshotDoc | undefined => views.one(snapshotTable, { snapshot }, position)?.doc;
  const unknown = (snapshot: string): Problem => problem('snapshot-unknown', say('api.snapshots.no-snapshot-was-taken', { snapshot }));

  const bodyOf = async (doc: SnapshotDoc, rest: Rest): Promise<SnapshotBody> => {
    const known = kept.get(doc.id);
    if (known !== undefined) return known;
    const body = await withRests(bodyInPieces(knowledge, store, doc), rest);
    await rest();
    if (body === undefined || snapshotDigest(body) !== doc.digest) throw new Error(`snapshot ${doc.id} does not come out as recorded`);
    kept.set(doc.id, body);
    return body;
  };

  command(kit, {
    method: 'POST',
    url: '/v1/snapshots',
    summary: wording('api.snapshots.record-compliance-at-position-day-with'),
    tags: TAGS,
    refuses: [
      { field: 'directive-unknown' },
      'directive-importing',
      'as-of-out-of-range',
      'beyond-the-log',
      'moment-not-come',
      'period-outside-schedule',
    ],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: takenFields
      .pick({ directive: true })
      .extend({ period: takenFields.shape.period.unwrap().optional(), asOf: timeParameters.asOf, on: timeParameters.on }),
    more: z.strictObject({ digest: z.string() }),
    run: async ({ body: { directive, period: of, asOf, on }, meta, newId }) => {
      // Without a position it is of now: of all that was acknowledged before it was asked for.
      const moment = await kit.travel({ asOf, on, minPosition: asOf === undefined ? store.head().position : undefined });
      if (moment instanceof Problem) return moment;
      const { position, timeZone, on: day, at, forecast } = moment.basis;
      if (forecast === true) return fieldProblem('moment-not-come', '/on', say('api.snapshots.has-not-come-what-will-be'));
      // What was half in at a time that is named was so then, and whoever names it knows.
      if (asOf === undefined && knowledge.directive(directive, position)?.status === 'importing')
        return problem('directive-importing', say('directives.being-imported', { directive }));
      const scope = { directive, period: of ?? null, position, on: day, at, timeZone, judge: JUDGE_VERSION };
      const body = await withRests(bodyInPieces(knowledge, store, scope), nowAndThen());
      if (body === undefined)
        return fieldProblem('directive-unknown', '/directive', say('api.snapshots.no-directive-known-at', { directive, position }));
      const judged = momentAt(moment.millis, timeZone);
      if (of !== undefined && dutiesOf(knowledge.policies(directive, position), of, judged).length === 0)
        return fieldProblem('period-outside-schedule', '/period', say('api.snapshots.no-report-owed-for', { of }));
      const snapshot = newId('snapshot');
      const digest = snapshotDigest(body);
      const does = {
        type: 'TakeSnapshot',
        taken: { ...scope, policyVersions: body.policyVersions, digest },
      } as const;
      const outcome = await handler.handle(snapshotDecider, snapshotStream(snapshot), does, meta);
      const recorded = outcome.kind === 'accepted' ? (outcome.state?.digest ?? digest) : digest;
      return { outcome, subject: snapshot, location: `/v1/snapshots/${snapshot}`, more: { digest: recorded } };
    },
  });

  list(kit, {
    url: '/v1/snapshots',
    summary: wording('api.snapshots.snapshots-taken'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked.optional() }),
    item: snapshotLine,
    run: ({ query: { directive }, at: { position }, paging }) => {
      const rows = directive === undefined ? views.asOf(snapshotTable, {}, position) : views.asOf(snapshotTable, { directive }, position);
      const lines = rows.map(({ doc }) => ({
        id: doc.id,
        directive: doc.directive,
        period: doc.period,
        position: doc.position,
        on: doc.on,
        digest: doc.digest,
        takenAt: doc.takenAt,
      }));
      return page(lines, paging, (snapshot) => snapshot.id);
    },
  });

  query(kit, {
    url: '/v1/snapshots/:id',
    summary: wording('api.snapshots.snapshot-same-bytes-for-ever'),
    description: wording('api.snapshots.digest-lower-case-hex-sha-256'),
    tags: TAGS,
    refuses: ['snapshot-unknown'],
    roles: READERS,
    ...byId,
    response: z.strictObject({ id: z.string(), digest: z.string(), body: bodyAnswer }),
    formats: sheetFormats(({ body }: { readonly body: SheetOf }) => ({ sheet: snapshotSheet(body), items: body.obligations })),
    fixed: ({ body }) => body.basis,
    run: async ({ params: { id: snapshot }, at: { position }, rest }) => {
      const doc = docOf(snapshot, position);
      return doc === undefined ? unknown(snapshot) : { id: snapshot, digest: doc.digest, body: await bodyOf(doc, rest) };
    },
  });

  plain(kit, {
    method: 'POST',
    url: '/v1/snapshots/:id/verify',
    summary: wording('api.snapshots.recompute-snapshot-from-log'),
    description: wording('api.snapshots.replays-every-event-up-to-position'),
    tags: TAGS,
    refuses: ['snapshot-unknown'],
    access: READERS,
    ...byId,
    response: z.strictObject({ match: z.boolean(), digest: z.string(), recomputed: z.string() }),
    run: async ({ params: { id: snapshot } }) => {
      const { state: taken } = await handler.load(snapshotFolding, snapshotStream(snapshot));
      if (taken === null) return unknown(snapshot);
      // Where replicas share a log this one may not have come so far; a part of it would not be the answer.
      if (!(await views.waitFor(taken.position, WAIT_MILLIS)))
        return problem('views-behind', say('api.snapshots.position-cannot-be-read-yet', { position: taken.position }));
      const body = await bodyFromLog(store, taken);
      const recomputed = body === undefined ? '' : snapshotDigest(body);
      return { json: { match: recomputed === taken.digest, digest: taken.digest, recomputed } };
    },
  });
};
