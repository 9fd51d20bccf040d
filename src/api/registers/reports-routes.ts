import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { millisText } from '../../kernel/clock.ts';
import { instant, period } from '../../kernel/schema.ts';
import { factsAt } from '../../domain/compliance/facts-at.ts';
import type { ReportFacts } from '../../domain/compliance/facts.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { settles } from '../../domain/compliance/settling.ts';
import { obligationAnswer } from '../shared/compliance-answers.ts';
import { directiveAsked, list, scopeOf, type Kit, unitAsked } from '../../http/routes.ts';
import { successorOn } from '../../domain/roster/state.ts';
import type { Services } from '../../application/services.ts';
import { byIndex, COMPLIANCE, duties, EVERYONE, slice } from './shared.ts';
import { unknownDirective } from '../shared/refusals.ts';
import { wording } from '../../messages/standing.ts';

/** The reports of a period: what became of each, and whether it came in time. */

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

/** What stands of a report: the last thing that became of its newest version. */
const reportState = ({ submissions }: ReportFacts): z.infer<typeof reportLine>['state'] => {
  const newest = submissions.at(-1);
  if (newest?.acceptedAt != null) return 'accepted';
  if (newest?.returnedAt != null) return 'returned';
  return submissions.length > 1 ? 'amended' : 'submitted';
};

export const reportsRegister = (kit: Kit, { knowledge, sightOf }: Services): void => {
  list(kit, {
    url: '/v1/reports',
    summary: wording('api.registers.reports-period-late-sent-back-accepted'),
    tags: COMPLIANCE,
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
      const { isOwn } = sightOf(scopeOf(principal), at.position);
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
};
