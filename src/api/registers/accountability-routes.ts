import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { backdatedSheet } from './backdated-sheet.ts';
import { publications } from '../../../projections/publications.ts';
import { registers } from '../../../projections/registers.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { attachment, date, id, instant, period } from '../../kernel/schema.ts';
import { unitLines } from '../../domain/compliance/board.ts';
import { rosterAt, taskFactsAt } from '../../domain/compliance/facts-at.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { assigneeRole } from '../../domain/directives/duty.ts';
import { directiveAsked, cut, flag, list, scopeOf, type Kit } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import { byTask } from '../shared/parameters.ts';
import { strangeTask, unknownDirective, unknownTask } from '../shared/refusals.ts';
import { assignee } from '../../domain/tasks/events.ts';
import { changeKinds } from '../../domain/tasks/effects.ts';
import { responsibility } from '../../domain/tasks/responsibility.ts';
import { byIndex, createJudged, dayOf, daysBetween, decidedBy, READERS, slice } from './shared.ts';
import { wording } from '../../messages/standing.ts';

/** Who answered for what, who changed it, and whether like cases were treated alike; each by one call. */

const TAGS = ['Audit'] as const;

const changeTable = tableOf(registers, 'change');
const claimTable = tableOf(registers, 'claim');
const backdatedTable = tableOf(registers, 'backdated');
const noticeTable = tableOf(publications, 'notice');

const span = z
  .strictObject({
    from: date,
    to: date.nullable().meta({ description: wording('api.registers.first-day-on-which-no-longer') }),
    assignees: z.array(assignee),
    units: z
      .array(z.strictObject({ unit: z.string(), name: z.string(), role: assigneeRole }))
      .meta({ description: wording('api.registers.named-or-member-collective-named-unit') }),
    unresolved: z.array(z.string()).meta({ description: wording('api.registers.collectives-whose-members-not-recorded') }),
  })
  .meta({ id: 'ResponsibilitySpan' });

const change = z
  .strictObject({
    position: z.int(),
    task: z.string(),
    kind: z.enum(changeKinds),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string(),
    authority: z.string(),
    by: z.string(),
    receivedAt: instant,
    effectiveFrom: date.nullable().meta({ description: wording('api.registers.first-day-new-assignees-null-for') }),
    oldDeadline: date.nullable(),
    daysBeforeOldDeadline: z
      .int()
      .nullable()
      .meta({ description: wording('api.registers.civil-days-from-change-to-old') }),
  })
  .meta({ id: 'Change' });

const claim = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    claimedAt: instant,
    claimedBy: z.string(),
    evidence: z.string(),
    attachments: z.array(attachment),
    state: z.enum(['claimed', 'verified', 'rejected']),
    decision: z.strictObject({ at: instant, by: z.string(), reason: z.string() }).nullable(),
    selfVerified: z.boolean().meta({ description: wording('api.registers.claimed-and-verified-by-same-sender') }),
    daysToDecision: z.int().nullable(),
  })
  .meta({ id: 'ClaimEntry' });

const likeCase = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    late: z.int(),
    missing: z.int(),
    worstDaysLate: z.int(),
    circulatedIn: z.array(z.string()).meta({ description: wording('api.registers.issued-notices-period-that-name-unit') }),
  })
  .meta({ id: 'LikeCase' });

const backdatedEntry = z
  .strictObject({
    position: z.int(),
    id: z.string(),
    type: z.string(),
    subject: z.string(),
    by: z.string(),
    basis: z.string(),
    occurredAt: instant.nullable(),
    receivedAt: instant,
    recordedAt: instant,
    days: z.int().meta({ description: wording('api.registers.whole-days-between-receipt-and-record') }),
  })
  .meta({ id: 'BackdatedEntry' });

export const accountabilityRegisters = (kit: Kit, { citations, knowledge, store, tasks, views, timeZone }: Services): void => {
  const judged = createJudged(knowledge);

  list(kit, {
    url: '/v1/tasks/:id/responsibility',
    summary: wording('api.registers.who-carried-task-from-day-to'),
    description: wording('api.registers.as-known-at-asof-assignments-members'),
    tags: TAGS,
    refuses: ['task-unknown'],
    roles: ['office', 'unit', 'auditor', 'admin'],
    params: byTask,
    idNames: 'task',
    key: byIndex,
    item: span,
    run: ({ params: { id: task }, principal, at, paging }) => {
      const doc = tasks.mayRead(task, at, scopeOf(principal)) ? tasks.doc(task, at.position) : undefined;
      if (doc === undefined) return unknownTask();
      const roster = rosterAt(knowledge.roster(at.position), at.moment);
      const spans = responsibility(taskFactsAt(doc.facts, at.moment).assignments, roster);
      return slice(
        spans.map((held) => ({
          ...held,
          units: held.units.map(({ unit, role }) => ({ unit, name: nameOn(roster, unit, held.from), role })),
        })),
        paging,
      );
    },
  });

  list(kit, {
    url: '/v1/changes',
    summary: wording('api.registers.who-changed-unit-leader-or-deadline'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, task: id.optional(), kind: change.shape.kind.optional() }),
    key: byIndex,
    item: change,
    sheet: sheetOf(change, 'changes', { folded: ['position'] }),
    run: ({ query: { directive, task, kind }, principal, at, paging }) => {
      const { position, moment } = at;
      if (knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const strange = strangeTask(tasks, task, at, scopeOf(principal));
      if (strange !== undefined) return strange;
      const items = views
        .appended(changeTable, task === undefined ? { directive } : { task }, { upTo: position })
        .filter(
          (fact) =>
            fact.directive === directive &&
            (kind === undefined || fact.doc.kind === kind) &&
            moment.reached(instantMillis(fact.doc.receivedAt)),
        )
        .map(({ position: changed, task: of, doc }) => ({
          position: changed,
          task: of,
          ...doc,
          daysBeforeOldDeadline: doc.oldDeadline === null ? null : daysBetween(dayOf(doc.receivedAt, timeZone), doc.oldDeadline),
        }));
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/claims',
    summary: wording('api.registers.completion-claims-with-their-evidence-against'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }],
    roles: READERS,
    query: z.strictObject({
      directive: directiveAsked,
      task: id.optional(),
      state: claim.shape.state.optional(),
      selfVerified: flag.optional(),
    }),
    key: byIndex,
    item: claim,
    sheet: sheetOf(claim, 'claims'),
    run: async ({ query: { directive, task, state, selfVerified }, principal, at, paging }) => {
      const { position, moment } = at;
      const scope = scopeOf(principal);
      if (knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const strange = strangeTask(tasks, task, at, scope);
      if (strange !== undefined) return strange;
      const items = views
        .asOf(claimTable, task === undefined ? { directive } : { task }, position)
        .filter((row) => row.directive === directive && moment.reached(instantMillis(row.doc.claimedAt)))
        .map((row) => ({ ...row, doc: decidedBy(row.doc, 'claimed', moment) }))
        .map(({ task: of, n, doc }) => ({
          task: of,
          n,
          ...doc,
          selfVerified: doc.state === 'verified' && doc.decision?.by === doc.claimedBy,
          daysToDecision: doc.decision === null ? null : daysBetween(dayOf(doc.claimedAt, timeZone), dayOf(doc.decision.at, timeZone)),
        }))
        .filter(
          (entry) => (state === undefined || entry.state === state) && (selfVerified === undefined || entry.selfVerified === selfVerified),
        );
      const given = slice(items, paging);
      const withSizes = given.items.map(async (each) => ({ ...each, attachments: await citations.shown(each.attachments, scope) }));
      return { ...given, items: await Promise.all(withSizes) };
    },
  });

  list(kit, {
    url: '/v1/backdated',
    summary: wording('api.registers.entries-from-papers-that-were-received'),
    tags: TAGS,
    roles: READERS,
    key: byIndex,
    item: backdatedEntry,
    sheet: backdatedSheet(sheetOf(backdatedEntry, 'backdated', { folded: ['position'] })),
    run: ({ at: { position }, paging: { limit, after } }) => {
      const rows = views.appended(backdatedTable, {}, { upTo: position, ...(after === undefined ? {} : { after }), limit: limit + 1 });
      const { items, next } = cut(rows, limit, (row) => row.position);
      const entries = items.flatMap(({ position: at, days }) => {
        const stored = store.at(at);
        if (stored === undefined) return [];
        const { id: event, type, subject, actor, basis, occurredat, receivedat, time } = stored.envelope;
        return [
          {
            position: at,
            id: event,
            type,
            subject,
            by: actor.sub,
            basis: basis ?? '',
            occurredAt: occurredat ?? null,
            receivedAt: receivedat,
            recordedAt: time,
            days,
          },
        ];
      });
      return { items: entries, next };
    },
  });

  list(kit, {
    url: '/v1/like-cases',
    summary: wording('api.registers.units-alike-in-lateness-and-which'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, period }),
    key: byIndex,
    item: likeCase,
    sheet: sheetOf(likeCase, 'like-cases'),
    run: ({ query: { directive, period: of }, at, paging }) => {
      const obligations = judged(directive, at, of);
      if (obligations === undefined) return unknownDirective(directive);
      const notices = views
        .asOf(noticeTable, { directive }, at.position)
        .filter(({ doc }) => doc.status === 'issued' && (doc.period === of || doc.period === null));
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
};
