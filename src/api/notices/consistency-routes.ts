import { z } from 'zod';
import { log } from '../../../projections/log.ts';
import { publications } from '../../../projections/publications.ts';
import { date, type ValueOf } from '../../kernel/schema.ts';
import { query, type Kit } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import type { SnapshotBody } from '../../domain/snapshots/body.ts';
import { bodyFromViews } from '../../application/snapshots/recompute.ts';
import { typesWith } from '../../domain/tasks/effects.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { citedOtherwise, compareLines, hasChanged, type Cited } from '../../domain/notices/consistency.ts';
import { noticeLine } from '../../domain/notices/events.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, noticeTable, byId, unknownNotice } from './notice.ts';

/** What a notice says, held against the facts that it rests on and those known by now. */

const snapshotTable = tableOf(publications, 'snapshot');
const eventTable = tableOf(log, 'event');

/** An event as the log's index shows it. */
type Row = { readonly position: number; readonly id: string; readonly type: string; readonly unit: string | null; readonly stream: string };

/** What a unit sends that changes what a notice says of it. */
const REPORTING: ReadonlySet<string> = new Set(typesWith('notice', 'reported'));
/** What else on a task does. */
const DECIDING: ReadonlySet<string> = new Set(typesWith('notice', 'decided'));

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

export const consistencyRoutes = (kit: Kit, services: Services): void => {
  const { knowledge, store, views } = services;

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
      if (doc === undefined) return unknownNotice(notice);
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
};
