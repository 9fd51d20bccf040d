import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { owingSheet } from './owing-sheet.ts';
import { log } from '../../../projections/log.ts';
import { registers } from '../../../projections/registers.ts';
import { instantMillis, millisText } from '../../kernel/clock.ts';
import { eachInPieces, withRests } from '../../kernel/pieces.ts';
import { date, id, instant, period } from '../../kernel/schema.ts';
import { unitLines } from '../../domain/compliance/board.ts';
import { factsAt, type FactsAt } from '../../domain/compliance/facts-at.ts';
import { nameOn, type ReportFacts } from '../../domain/compliance/facts.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { settles } from '../../domain/compliance/settling.ts';
import { obligationAnswer } from '../shared/compliance-answers.ts';
import { directiveAsked, fieldProblem, list, Problem, query, unitOf, type Kit, unitAsked } from '../../http/routes.ts';
import { timeParameters } from '../../http/time-travel.ts';
import { tableOf } from '../../projecting/projection.ts';
import { successorOn } from '../../domain/roster/state.ts';
import type { Services } from '../../application/services.ts';
import { unknownTask, strangeKind } from '../shared/refusals.ts';
import { carriersOn, type Carriers } from '../../domain/tasks/assignment.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { byIndex, createJudged, dayOf, decidedBy, duties, EVERYONE, READERS, slice } from './shared.ts';
import { unknownDirective } from '../shared/refusals.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** What the office asks at the month's end, each by one call. */

const TAGS = ['Compliance'] as const;

const extensionTable = tableOf(registers, 'extension');
const reminderTable = tableOf(registers, 'reminder');
const eventTable = tableOf(log, 'event');

const extension = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    until: date,
    reason: z.string(),
    deadline: date,
    requestedAt: instant,
    askedAfterExpiry: z.boolean(),
    state: z.enum(['requested', 'granted', 'refused']),
    decision: z.strictObject({ until: date.nullable(), reason: z.string(), authority: z.string(), at: instant, by: z.string() }).nullable(),
  })
  .meta({ id: 'ExtensionEntry' });

const { state: timeliness, daysLate } = obligationAnswer.shape;

const reportLine = z
  .strictObject({
    task: z.string(),
    report: z.string(),
    unit: z.string(),
    period: z.string(),
    duty: z
      .string()
      .nullable()
      .meta({ description: wording('api.registers.one-that-names-null-where-settles') }),
    status: z.string(),
    percent: z.int().nullable(),
    state: z.enum(['submitted', 'amended', 'returned', 'accepted']),
    receivedAt: instant,
    timeliness: timeliness.nullable().meta({ description: wording('api.registers.null-unit-owes-no-report-on') }),
    daysLate,
    returns: z.int().meta({ description: wording('api.registers.how-often-office-has-sent-back') }),
    amendments: z.int(),
    amendedAfterDue: z.boolean(),
  })
  .meta({ id: 'ReportLine' });

const tasksNamed = z.array(z.string());
const owing = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    missing: tasksNamed.meta({ description: wording('api.registers.tasks-for-which-overdue') }),
    notYetDue: tasksNamed.meta({ description: wording('api.registers.tasks-for-which-can-still-come') }),
    settled: tasksNamed.meta({
      description: wording('api.registers.tasks-for-which-has-come-in'),
    }),
    lastReminder: z.strictObject({ at: instant, channel: z.string() }).nullable(),
  })
  .meta({ id: 'Owing' });

const sayings = {
  unit: z.string(),
  name: z.string(),
  role: z
    .string()
    .nullable()
    .meta({ description: wording('api.registers.null-does-not-carry-task-on') }),
  report: z.string().nullable(),
  status: z.string().nullable(),
  percent: z.int().nullable(),
};
const statement = z.strictObject({ ...sayings, narrative: z.string().nullable() }).meta({ id: 'Statement' });

const contradiction = z
  .strictObject({ task: z.string(), title: z.string(), statements: z.array(z.strictObject(sayings)) })
  .meta({ id: 'Contradiction', description: wording('api.registers.one-unit-says-that-task-behind') });

const differing = z
  .strictObject({
    task: z.string(),
    events: z.array(z.strictObject({ position: z.int(), type: z.string() })),
    changes: z.array(z.strictObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'TaskDifference' });

/** Events that one comparison goes through. */
const MAX_DIFF = 50_000;

/** What stands of a report: the last thing that became of its newest version. */
const reportState = ({ submissions }: ReportFacts): z.infer<typeof reportLine>['state'] => {
  const newest = submissions.at(-1);
  if (newest?.acceptedAt != null) return 'accepted';
  if (newest?.returnedAt != null) return 'returned';
  return submissions.length > 1 ? 'amended' : 'submitted';
};

/** Units that carry a task, by role. */
const carriersAt = (facts: FactsAt, task: string): Carriers['units'] => {
  const found = facts.tasks.find(({ id: each }) => each === task);
  return carriersOn(found?.assignments ?? [], facts.moment.day(), facts).units;
};

export const monthEndRegisters = (kit: Kit, { knowledge, sightOf, tasks, views }: Services): void => {
  const judged = createJudged(knowledge);

  list(kit, {
    url: '/v1/owing',
    summary: wording('api.registers.who-still-owes-this-periods-report'),
    description: wording('api.registers.with-kind-deadline-who-still-owes'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: EVERYONE,
    query: z.strictObject({ directive: directiveAsked, period, kind: obligationAnswer.shape.kind.max(80).optional() }),
    key: byIndex,
    item: owing,
    sheet: owingSheet(sheetOf(owing, 'owing')),
    run: ({ query: { directive, period: of, kind }, principal, at, paging }) => {
      const obligations = judged(directive, at, of, kind === undefined ? undefined : [kind]);
      if (obligations === undefined) return unknownDirective(directive);
      const strange = strangeKind(knowledge, kind, [directive], at.position);
      if (strange !== undefined) return strange;
      const reminders = views
        .appended(reminderTable, { directive, period: of }, { upTo: at.position })
        .filter(({ sent }) => at.moment.reached(instantMillis(sent)));
      const { isOwn } = sightOf(unitOf(principal) ?? null, at.position);
      const items = unitLines(obligations)
        .filter(({ unit, missing, notYetDue }) => isOwn(unit) && missing + notYetDue > 0)
        .map(({ unit, name }) => {
          const own = obligations.filter((obligation) => obligation.unit === unit);
          const among = (...states: readonly (typeof own)[number]['state'][]): string[] =>
            own.filter(({ state }) => states.includes(state)).map(({ task }) => task);
          const last = reminders.findLast((reminder) => reminder.unit === unit);
          return {
            unit,
            name,
            missing: among('missing'),
            notYetDue: among('not-yet-due'),
            settled: among('on-time', 'late'),
            lastReminder: last === undefined ? null : { at: last.sent, channel: last.channel },
          };
        });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/reports',
    summary: wording('api.registers.reports-period-late-sent-back-accepted'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: EVERYONE,
    query: z.strictObject({
      directive: directiveAsked,
      period,
      unit: unitAsked.optional(),
      state: reportLine.shape.state.optional(),
      timeliness: timeliness.optional(),
    }),
    key: byIndex,
    item: reportLine,
    sheet: sheetOf(reportLine, 'reports', { called: { status: 'declared-status' } }),
    run: ({ query: { directive, period: of, unit, state, timeliness: wanted }, principal, at, paging }) => {
      const known = knowledge.facts(directive, at.position, [of]);
      if (known === undefined) return unknownDirective(directive);
      const demanding = duties(knowledge, directive, at, of);
      const { obligations } = judge(known, { at: at.moment, period: of, kinds: demanding.map(({ due }) => due.kind) });
      const owed = new Map(obligations.map((obligation) => [`${obligation.task} ${obligation.kind} ${obligation.unit}`, obligation]));
      /** What a report settles, by the first duty that it is of: its unit's own, or that of the unit's successor on the due day. */
      const settledBy = (report: ReportFacts) =>
        demanding
          .filter((scheduled) => settles(scheduled, report))
          .flatMap(({ due }) => owed.get(`${report.task} ${due.kind} ${successorOn(known.units, report.unit, due.day)}`) ?? [])
          .at(0);
      const { isOwn } = sightOf(unitOf(principal) ?? null, at.position);
      const items = [...factsAt(known, at.moment).reports.values()]
        .flat()
        .filter((report) => isOwn(report.unit) && (unit === undefined || report.unit === unit))
        .map((report) => {
          const { id: name, task, unit: by, submissions } = report;
          const [first, ...amendments] = submissions;
          const newest = submissions.at(-1);
          const obligation = settledBy(report);
          const due = obligation === undefined ? Infinity : Date.parse(obligation.due);
          return {
            task,
            report: name,
            unit: by,
            period: of,
            duty: report.duty,
            status: newest?.says.status ?? '',
            percent: newest?.says.percent ?? null,
            state: reportState(report),
            receivedAt: millisText(first?.receivedAt ?? 0),
            timeliness: obligation?.state ?? null,
            daysLate: obligation?.daysLate ?? 0,
            returns: submissions.filter(({ returnedAt }) => returnedAt !== null).length,
            amendments: amendments.length,
            amendedAfterDue: amendments.some(({ receivedAt }) => receivedAt >= due),
          };
        });
      return slice(
        items.filter((line) => (state === undefined || line.state === state) && (wanted === undefined || line.timeliness === wanted)),
        paging,
      );
    },
  });

  list(kit, {
    url: '/v1/tasks/:id/statements',
    summary: wording('api.registers.what-each-unit-says-task-for'),
    tags: TAGS,
    refuses: ['task-unknown'],
    roles: READERS,
    params: z.strictObject({ id }),
    idNames: 'task',
    query: z.strictObject({ period }),
    key: byIndex,
    item: statement,
    run: ({ params: { id: task }, query: { period: of }, at, paging }) => {
      const doc = tasks.doc(task, at.position);
      if (doc === undefined) return unknownTask();
      const facts = factsAt(tasks.factsOf(task, at.position), at.moment);
      const units = carriersAt(facts, task);
      const reported = (facts.reports.get(task) ?? []).filter((report) => report.period === of);
      const items = [...new Set([...units.keys(), ...reported.map(({ unit }) => unit)])].map((unit) => {
        const report = reported.find((each) => each.unit === unit);
        const says = report?.submissions.at(-1)?.says;
        return {
          unit,
          name: nameOn(facts, unit, at.moment.day()),
          role: units.get(unit) ?? null,
          report: report?.id ?? null,
          status: says?.status ?? null,
          percent: says?.percent ?? null,
          narrative: (report && tasks.narrative(task, report.id, at)) ?? null,
        };
      });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/contradictions',
    summary: wording('api.registers.tasks-which-for-period-one-unit'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, period }),
    key: byIndex,
    item: contradiction,
    sheet: sheetOf(contradiction, 'contradictions'),
    run: ({ query: { directive, period: of }, at, paging }) => {
      const known = knowledge.facts(directive, at.position, [of]);
      if (known === undefined) return unknownDirective(directive);
      const facts = factsAt(known, at.moment);
      const items = tasks.list({ directive }, at, null).flatMap(({ title, facts: { id: task } }) => {
        const said = (facts.reports.get(task) ?? []).map(({ id: report, unit, submissions }) => {
          const says = submissions.at(-1)?.says;
          return { unit, report, status: says?.status ?? null, percent: says?.percent ?? null };
        });
        const behind = said.filter(({ status }) => status === 'behind').length;
        if (behind === 0 || behind === said.length) return [];
        const units = carriersAt(facts, task);
        const statements = said.map((each) => ({
          ...each,
          name: nameOn(facts, each.unit, at.moment.day()),
          role: units.get(each.unit) ?? null,
        }));
        return [{ task, title, statements }];
      });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/extensions',
    summary: wording('api.registers.extensions-asked-in-time-or-too'),
    description: wording('api.registers.unit-sees-what-has-asked-for'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: EVERYONE,
    query: z.strictObject({ directive: directiveAsked, state: extension.shape.state.optional() }),
    key: byIndex,
    item: extension,
    sheet: sheetOf(extension, 'extensions'),
    run: ({ query: { directive, state }, principal, at: { position, moment }, paging }) => {
      const heading = knowledge.directive(directive, position);
      if (heading === undefined) return unknownDirective(directive);
      const { isOwn } = sightOf(unitOf(principal) ?? null, position);
      const items = views
        .asOf(extensionTable, { directive }, position)
        .filter(({ doc }) => isOwn(doc.unit) && moment.reached(instantMillis(doc.requestedAt)))
        .map(({ task, n, doc }) => {
          const stood = decidedBy(doc, 'requested', moment);
          return { task, n, ...stood, askedAfterExpiry: dayOf(doc.requestedAt, heading.timeZone) > doc.deadline };
        })
        .filter((entry) => state === undefined || entry.state === state);
      return slice(items, paging);
    },
  });

  const moment = timeParameters.asOf.describe(wording('api.registers.position-or-last-position-recorded-at'));

  query(kit, {
    url: '/v1/diff',
    summary: wording('api.registers.what-changed-between-two-moments-tasks'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ from: moment.nonoptional(), to: moment }),
    response: z.strictObject({ from: z.int(), to: z.int(), events: z.int(), tasks: z.array(differing) }),
    run: async ({ query: asked, at: { position }, rest }) => {
      const positionOf = async (name: 'from' | 'to', asOf: (typeof asked)['to']): Promise<number | Problem> => {
        if (asOf === undefined) return position;
        const found = await kit.travel({ asOf });
        return found instanceof Problem || found.basis.position > position
          ? fieldProblem('as-of-out-of-range', `/${name}`, say('api.registers.beyond-what-known', { position }))
          : found.basis.position;
      };
      const from = await positionOf('from', asked.from);
      if (from instanceof Problem) return from;
      const to = await positionOf('to', asked.to);
      if (to instanceof Problem) return to;
      if (from > to) return fieldProblem('as-of-out-of-range', '/from', say('api.shared.later-than-to'));
      if (to - from > MAX_DIFF)
        return fieldProblem('as-of-out-of-range', '/from', say('api.registers.more-than-events-before-to', { maxDiff: MAX_DIFF }));
      const touched = Map.groupBy(
        views.appended(eventTable, {}, { upTo: to, after: from }).filter(({ stream }) => taskStream.idIn(stream) !== undefined),
        ({ stream }) => taskStream.idOf(stream),
      );
      const compared = eachInPieces(touched, ([task, events]) => ({
        task,
        events: events.map((event) => ({ position: event.position, type: event.type })),
        changes: tasks.changes(task, from, to).map((each) => ({ ...each })),
      }));
      const differences = await withRests(compared, rest);
      return { from, to, events: to - from, tasks: differences };
    },
  });
};
