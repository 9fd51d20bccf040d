import { z } from 'zod';
import { log } from '../../projections/log.ts';
import { publications } from '../../projections/publications.ts';
import { registers } from '../../projections/registers.ts';
import { tasks as tasksProjection } from '../../projections/tasks.ts';
import { civilDate, parseDate } from '../kernel/calendar.ts';
import { id, period } from '../kernel/schema.ts';
import { unitLines } from '../compliance/board.ts';
import { judge, type Obligation } from '../compliance/judge.ts';
import { cut, fieldProblem, list, query, unitOf, type Kit, type Paging, type Problem } from '../http/routes.ts';
import { tableOf } from '../projecting/projection.ts';
import { standsFor } from '../roster/state.ts';
import type { Services } from '../services.ts';
import { unknownTask } from '../tasks/act-routes.ts';
import { carriersOn } from '../tasks/assignment.ts';

/** The questions that the office asks at the month's end and the auditor at any time, each by one call. */

const OFFICE = ['Compliance'] as const;
const AUDIT = ['Audit'] as const;
const READERS = ['office', 'auditor', 'admin'] as const;

const changeTable = tableOf(registers, 'change');
const extensionTable = tableOf(registers, 'extension');
const claimTable = tableOf(registers, 'claim');
const reminderTable = tableOf(registers, 'reminder');
const backdatedTable = tableOf(registers, 'backdated');
const reportTable = tableOf(tasksProjection, 'report');
const noticeTable = tableOf(publications, 'notice');
const eventTable = tableOf(log, 'event');

const change = z
  .strictObject({
    position: z.int(),
    task: z.string(),
    kind: z.enum(['assignees', 'leaders', 'deadline', 'suspension', 'resumption', 'cancellation', 'reopening']),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string(),
    authority: z.string(),
    by: z.string(),
    receivedAt: z.string(),
    oldDeadline: z.string().nullable(),
    daysBeforeOldDeadline: z.int().nullable().meta({ description: 'Civil days from the change to the old deadline; negative after it.' }),
  })
  .meta({ id: 'Change' });

const extension = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    until: z.string(),
    reason: z.string(),
    deadline: z.string(),
    requestedAt: z.string(),
    askedAfterExpiry: z.boolean(),
    state: z.enum(['requested', 'granted', 'refused']),
    decision: z.strictObject({ until: z.string().nullable(), reason: z.string(), authority: z.string(), at: z.string(), by: z.string() }).nullable(),
  })
  .meta({ id: 'ExtensionEntry' });

const claim = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    claimedAt: z.string(),
    claimedBy: z.string(),
    state: z.enum(['claimed', 'verified', 'rejected']),
    decision: z.strictObject({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
    selfVerified: z.boolean().meta({ description: 'Claimed and verified by the same sender.' }),
    daysToDecision: z.int().nullable(),
  })
  .meta({ id: 'ClaimEntry' });

const reportLine = z
  .strictObject({
    task: z.string(),
    report: z.string(),
    unit: z.string(),
    period: z.string(),
    status: z.string(),
    percent: z.int().nullable(),
    state: z.enum(['submitted', 'amended', 'returned', 'accepted']),
    receivedAt: z.string(),
    amendments: z.int(),
    amendedAfterDue: z.boolean(),
  })
  .meta({ id: 'ReportLine' });

const owing = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    missing: z.array(z.string()).meta({ description: 'Tasks without a report.' }),
    lastReminder: z.strictObject({ at: z.string(), channel: z.string() }).nullable(),
  })
  .meta({ id: 'Owing' });

const likeCase = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    late: z.int(),
    missing: z.int(),
    worstDaysLate: z.int(),
    circulatedIn: z.array(z.string()).meta({ description: 'Issued notices of the period that name the unit; empty: it was spared.' }),
  })
  .meta({ id: 'LikeCase' });

const statement = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    role: z.string().nullable(),
    report: z.string().nullable(),
    status: z.string().nullable(),
    percent: z.int().nullable(),
    narrative: z.string().nullable(),
  })
  .meta({ id: 'Statement' });

const backdatedEntry = z
  .strictObject({
    position: z.int(),
    id: z.string(),
    type: z.string(),
    subject: z.string(),
    by: z.string(),
    basis: z.string(),
    occurredAt: z.string().nullable(),
    receivedAt: z.string(),
    recordedAt: z.string(),
    days: z.int().meta({ description: 'Whole days between receipt and record.' }),
  })
  .meta({ id: 'BackdatedEntry' });

const differing = z
  .strictObject({
    task: z.string(),
    events: z.array(z.strictObject({ position: z.int(), type: z.string() })),
    changes: z.array(z.strictObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'TaskDifference' });

const unknownDirective = (directive: string): Problem => fieldProblem('directive-unknown', '/directive', `no directive ${directive} is known`);

/** A page of what was computed whole, by the index of its items: at one position the list is always the same. */
const slice = <Item>(items: readonly Item[], { limit, after }: Paging<number>) => {
  const from = (after ?? -1) + 1;
  const rows = items.slice(from, from + limit + 1).map((item, index) => ({ item, at: from + index }));
  const { items: kept, next } = cut(rows, limit, ({ at }) => at);
  return { items: kept.map(({ item }) => item), next };
};
const byIndex = z.int().min(0);

const daysBetween = (from: string, to: string): number | null => {
  const a = parseDate(from);
  const b = parseDate(to);
  return a === undefined || b === undefined ? null : a.until(b, { largestUnit: 'days' }).days;
};

export const registerRoutes = (kit: Kit, { knowledge, store, tasks, views, timeZone }: Services): void => {
  const dayOf = (instant: string): string => civilDate(Temporal.Instant.from(instant), timeZone).toString();

  const judged = (directive: string, position: number, on: string, of: string): readonly Obligation[] | undefined => {
    const facts = knowledge.facts(directive, position, of);
    return facts && judge(facts, { on, period: of, kinds: ['monthly', 'annual'] }).obligations;
  };

  list(kit, {
    url: '/v1/owing',
    summary: 'Who still owes this period’s report, and when they were last reminded',
    tags: OFFICE,
    roles: READERS,
    query: z.strictObject({ directive: id, period }),
    key: byIndex,
    item: owing,
    run: ({ query: { directive, period: of }, at: { position, on }, paging }) => {
      const obligations = judged(directive, position, on, of);
      if (obligations === undefined) return unknownDirective(directive);
      const missing = obligations.filter(({ state }) => state === 'missing');
      const reminders = views.facts(reminderTable, { directive, period: of }, { upTo: position });
      const items = unitLines(missing).map(({ unit, name }) => {
        const last = reminders.findLast((reminder) => reminder.unit === unit);
        return {
          unit,
          name,
          missing: missing.filter((obligation) => obligation.unit === unit).map(({ task }) => task),
          lastReminder: last === undefined ? null : { at: last.sent, channel: last.channel },
        };
      });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/reports',
    summary: 'Reports of a period: returned, accepted, amended after the due day',
    tags: OFFICE,
    roles: ['office', 'unit', 'auditor', 'admin'],
    query: z.strictObject({ directive: id, period, unit: id.optional(), state: reportLine.shape.state.optional() }),
    key: byIndex,
    item: reportLine,
    run: ({ query: { directive, period: of, unit, state }, principal, at: { position, on }, paging }) => {
      const obligations = judged(directive, position, on, of);
      if (obligations === undefined) return unknownDirective(directive);
      const dues = new Map(obligations.map(({ task, unit: owes, due }) => [`${task} ${owes}`, Date.parse(due)]));
      const scope = unitOf(principal);
      const { units } = knowledge.roster(position);
      const items = views
        .asOf(reportTable, { directive, period: of }, position)
        .filter((row) => (scope === undefined || standsFor(units, scope, row.unit)) && (unit === undefined || row.unit === unit) && (state === undefined || row.state === state))
        .map(({ task, report, unit: by, status, percent, state: now, submissions }) => {
          const due = dues.get(`${task} ${by}`) ?? Infinity;
          return {
            task,
            report,
            unit: by,
            period: of,
            status,
            percent,
            state: now,
            receivedAt: new Date(submissions[0]?.receivedAt ?? 0).toISOString(),
            amendments: submissions.length - 1,
            amendedAfterDue: submissions.slice(1).some(({ receivedAt }) => receivedAt >= due),
          };
        });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/tasks/:id/statements',
    summary: 'What each unit says of a task for a period, side by side',
    tags: OFFICE,
    roles: READERS,
    params: z.strictObject({ id }),
    query: z.strictObject({ period }),
    key: byIndex,
    item: statement,
    run: ({ params: { id: task }, query: { period: of }, at, paging }) => {
      const doc = tasks.doc(task, at.position);
      if (doc === undefined) return unknownTask();
      const { units } = carriersOn(doc.facts.assignments, at.on, knowledge.roster(at.position));
      const reported = knowledge.reportsOn(task, at.position).filter((row) => row.period === of);
      const all = [...new Set([...units.keys(), ...reported.map(({ unit }) => unit)])];
      const items = all.map((unit) => {
        const row = reported.find((report) => report.unit === unit);
        const text = row === undefined ? undefined : tasks.report(task, row.report, at);
        return {
          unit,
          name: knowledge.roster(at.position).units.get(unit)?.names.at(-1)?.name ?? unit,
          role: units.get(unit) ?? null,
          report: row?.report ?? null,
          status: text?.status ?? null,
          percent: text?.percent ?? null,
          narrative: text?.narrative ?? null,
        };
      });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/extensions',
    summary: 'Extensions: asked in time or too late, granted, refused, pending',
    tags: OFFICE,
    roles: READERS,
    query: z.strictObject({ directive: id, state: extension.shape.state.optional() }),
    key: byIndex,
    item: extension,
    run: ({ query: { directive, state }, at: { position }, paging }) => {
      if (knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const items = views
        .asOf(extensionTable, { directive }, position)
        .filter(({ doc }) => state === undefined || doc.state === state)
        .map(({ task, n, doc }) => ({ task, n, ...doc, askedAfterExpiry: dayOf(doc.requestedAt) > doc.deadline }));
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/changes',
    summary: 'Who changed unit, leader or deadline, when, why, on whose authority, how long before the old deadline',
    tags: AUDIT,
    roles: READERS,
    query: z.strictObject({ directive: id, task: id.optional(), kind: change.shape.kind.optional() }),
    key: byIndex,
    item: change,
    run: ({ query: { directive, task, kind }, at: { position }, paging }) => {
      if (knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const items = views
        .facts(changeTable, task === undefined ? { directive } : { task }, { upTo: position })
        .filter((fact) => fact.directive === directive && (kind === undefined || fact.doc.kind === kind))
        .map(({ position: changed, task: of, doc }) => ({
          position: changed,
          task: of,
          ...doc,
          daysBeforeOldDeadline: doc.oldDeadline === null ? null : daysBetween(dayOf(doc.receivedAt), doc.oldDeadline),
        }));
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/claims',
    summary: 'Completion claims against their verification; self-verified ones are marked',
    tags: AUDIT,
    roles: READERS,
    query: z.strictObject({ directive: id, state: claim.shape.state.optional(), selfVerified: z.enum(['true']).optional() }),
    key: byIndex,
    item: claim,
    run: ({ query: { directive, state, selfVerified }, at: { position }, paging }) => {
      if (knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const items = views
        .asOf(claimTable, { directive }, position)
        .map(({ task, n, doc }) => ({
          task,
          n,
          ...doc,
          selfVerified: doc.state === 'verified' && doc.decision?.by === doc.claimedBy,
          daysToDecision: doc.decision === null ? null : daysBetween(dayOf(doc.claimedAt), dayOf(doc.decision.at)),
        }))
        .filter((entry) => (state === undefined || entry.state === state) && (selfVerified === undefined || entry.selfVerified));
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/backdated',
    summary: 'Entries from papers that were received before they were recorded',
    tags: AUDIT,
    roles: READERS,
    key: byIndex,
    item: backdatedEntry,
    run: ({ at: { position }, paging: { limit, after } }) => {
      const facts = views.facts(backdatedTable, {}, { upTo: position, ...(after === undefined ? {} : { after }), limit: limit + 1 });
      const { items, next } = cut(facts, limit, (fact) => fact.position);
      const entries = items.flatMap(({ position: at, days }) => {
        const stored = store.at(at);
        if (stored === undefined) return [];
        const { id: event, type, subject, actor, basis, occurredat, receivedat, time } = stored.envelope;
        return [{ position: at, id: event, type, subject, by: actor.sub, basis: basis ?? '', occurredAt: occurredat ?? null, receivedAt: receivedat, recordedAt: time, days }];
      });
      return { items: entries, next };
    },
  });

  list(kit, {
    url: '/v1/like-cases',
    summary: 'Units alike in lateness, and which of them were circulated',
    tags: AUDIT,
    roles: READERS,
    query: z.strictObject({ directive: id, period }),
    key: byIndex,
    item: likeCase,
    run: ({ query: { directive, period: of }, at: { position, on }, paging }) => {
      const obligations = judged(directive, position, on, of);
      if (obligations === undefined) return unknownDirective(directive);
      const notices = views.asOf(noticeTable, { directive }, position).filter(({ doc }) => doc.status === 'issued' && (doc.period === of || doc.period === null));
      const items = unitLines(obligations)
        .filter(({ late, missing }) => late + missing > 0)
        .map(({ unit, name, late, missing }) => ({
          unit,
          name,
          late,
          missing,
          worstDaysLate: Math.max(...obligations.filter((obligation) => obligation.unit === unit).map(({ daysLate }) => daysLate)),
          circulatedIn: notices.filter(({ doc }) => doc.lines.some((named) => named.unit === unit)).map(({ notice }) => notice),
        }))
        .toSorted((a, b) => b.late + b.missing - (a.late + a.missing));
      return slice(items, paging);
    },
  });

  const positionText = z
    .string()
    .regex(/^@(?:0|[1-9]\d{0,14})$/u, 'must be @<position>')
    .transform((text) => Number(text.slice(1)));

  query(kit, {
    url: '/v1/diff',
    summary: 'What changed between two positions: the tasks touched, field by field',
    tags: OFFICE,
    roles: READERS,
    query: z.strictObject({ from: positionText, to: positionText }),
    response: z.strictObject({ from: z.int(), to: z.int(), events: z.int(), tasks: z.array(differing) }),
    run: ({ query: { from, to }, at: { position } }) => {
      if (to > position) return fieldProblem('as-of-out-of-range', '/to', `is beyond what is known: @${position}`);
      if (from > to) return fieldProblem('as-of-out-of-range', '/from', 'is later than `to`');
      if (to - from > MAX_DIFF) return fieldProblem('as-of-out-of-range', '/from', `is more than ${MAX_DIFF} events before \`to\``);
      const touched = Map.groupBy(
        views.facts(eventTable, {}, { upTo: to, after: from }).filter(({ stream }) => stream.startsWith('task-')),
        ({ stream }) => stream.slice('task-'.length),
      );
      const differences = [...touched].map(([task, events]) => ({
        task,
        events: events.map((event) => ({ position: event.position, type: event.type })),
        changes: tasks.changes(task, from, to).map((each) => ({ ...each })),
      }));
      return { from, to, events: to - from, tasks: differences };
    },
  });
};

/** Events that one comparison goes through. */
const MAX_DIFF = 50_000;
