import { z } from 'zod';
import type { TaskAnswer } from '../../application/tasks/answers.ts';
import { taskAnswer } from '../../application/tasks/answers.ts';
import type { Services } from '../../application/services.ts';
import { createSourceColumns, type SourceColumn } from '../../application/tasks/source-columns.ts';
import { factsAt } from '../../domain/compliance/facts-at.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { taskLight } from '../../domain/compliance/task-light.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { problem, query, sheetFormats, scopeOf, type Kit } from '../../http/routes.ts';
import { eachInPieces, withRests } from '../../kernel/pieces.ts';
import { date, id, instant, type ValueOf } from '../../kernel/schema.ts';
import { headingSaid, stateIn } from '../../messages/named.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { inEach } from '../../messages/words.ts';
import { chinesePeriod } from '../../publishing/letters/chinese.ts';
import type { CellValue, Column, Sheet } from '../../publishing/sheets/sheet.ts';
import { dayCell, decimalCell } from '../../publishing/sheets/typed.ts';
import { light } from '../shared/compliance-answers.ts';

import { lightWords } from '../shared/sheets.ts';

/** The year's ledger (台账): the columns of the document's own table, in its order, and how each row stands. */

const lastReport = z
  .strictObject({
    name: z.string(),
    period: z.string(),
    status: z.string(),
    percent: z.int().nullable(),
    narrative: z.string(),
    receivedAt: instant,
  })
  .meta({ id: 'LedgerReport' });

const ledgerLine = z
  .strictObject({
    task: z.string(),
    kind: taskKind,
    cells: z.array(z.string()).meta({ description: wording('api.directives.ledger-cells') }),
    light,
    status: taskAnswer.shape.status,
    lastReport: lastReport.nullable().meta({ description: wording('api.directives.ledger-last-report') }),
  })
  .meta({ id: 'LedgerLine' });
type Line = ValueOf<typeof ledgerLine>;

const ledgerColumn = z
  .strictObject({
    heading: z.string().meta({ description: wording('api.directives.ledger-heading') }),
    kind: z.string().meta({ description: wording('api.directives.ledger-kinds') }),
  })
  .meta({ id: 'LedgerColumn' });

const answer = z.strictObject({
  directive: z.string(),
  number: z.string(),
  date,
  on: z.string().meta({ description: wording('api.directives.ledger-day') }),
  columns: z.array(ledgerColumn).meta({ description: wording('api.directives.ledger-columns') }),
  lines: z.array(ledgerLine),
});
type Answer = ValueOf<typeof answer>;

const BREAK = '\n';

/** What a cell says of a task as it is now, in the words of the document where it prints them. */
const cellOf = (
  { kind }: SourceColumn,
  { task, printed, has }: { readonly task: TaskAnswer; readonly printed: string; readonly has: (kind: SourceColumn['kind']) => boolean },
): string => {
  const parties = (...roles: readonly string[]): string =>
    task.assignees
      .filter(({ role }) => roles.includes(role))
      .map(({ name }) => name)
      .join(BREAK);
  switch (kind) {
    case 'number':
      return task.number === null ? printed : String(task.number);
    case 'text':
      return task.text;
    case 'section':
      return task.theme?.name ?? task.group?.name ?? printed;
    case 'leader':
      return task.leaderPosts.map(({ name, title }) => name ?? title ?? '').join(BREAK);
    case 'responsible':
      return has('lead') ? parties('responsible') : parties('responsible', 'lead');
    case 'lead':
      return has('responsible') ? parties('lead') : parties('responsible', 'lead');
    case 'cooperating':
      return parties('cooperating');
    case 'deadline':
      return task.deadlineTerms.printed;
    default:
      return printed; // what is nowhere but in the document
  }
};

const isLong = (heading: string): boolean => /项目|任务|内容|事项|要求/u.test(heading);

/** Digits: what is longer than a sum of money is the number of a telephone or a document. */
const LONGEST_FIGURE = 10;

/** For people a number is a number and a day a day: that of the row, and what the document says in a column of its own. */
const typed = (kind: string, cell: string): CellValue => {
  if (kind === 'deadline') return dayCell(cell);
  return (kind === 'number' || kind === 'extra') && cell.length <= LONGEST_FIGURE ? decimalCell(cell) : cell;
};

const said = (field: string, value: Column<Line>['value'], seen?: 'hidden'): Column<Line> => ({
  heading: inEach(headingSaid(field) ?? field),
  width: 44,
  ...(seen === undefined ? {} : { seen }),
  value,
});

const sheetFor = ({ columns, number, date: issued, on }: Answer): Sheet<Line> => ({
  title: inEach(say('directives.ledger', { year: issued.slice(0, 4), number, on: { day: on } })),
  fileName: { en: 'ledger', zh: inEach(say('directives.ledger-file', { number })).zh },
  columns: [
    ...columns.map(({ heading, kind }, at): Column<Line> => ({
      // A document's own words are in Chinese: in English a column is called by what stands in it.
      heading: { en: kind === 'extra' ? heading : kind, zh: heading },
      width: isLong(heading) ? 60 : 30,
      value: ({ cells }, { names }) => (names === undefined ? (cells[at] ?? '') : typed(kind, cells[at] ?? '')),
    })),
    said('light', ({ light: shown }, { language }) => stateIn(shown, language)),
    said('status', ({ status }, { language }) => stateIn(status, language)),
    said('last-report', ({ lastReport: last }, { language }) =>
      last === null ? null : `${last.name}${BREAK}${language === 'zh' ? chinesePeriod(last.period) : last.period}`,
    ),
    said('declared', ({ lastReport: last }, { language }) => (last === null ? null : stateIn(last.status, language))),
    said('percent', ({ lastReport: last }) => last?.percent ?? null),
    said('narrative', ({ lastReport: last }) => last?.narrative ?? null),
    said('task', ({ task }) => task, 'hidden'),
  ],
  lights: { column: columns.length, of: lightWords() },
});

export const ledgerRoute = (kit: Kit, services: Services): void => {
  const { knowledge, sightOf, tasks } = services;
  const columnsOf = createSourceColumns(services);
  query(kit, {
    url: '/v1/directives/:id/ledger',
    summary: wording('api.directives.ledger-summary'),
    description: wording('api.directives.ledger-description'),
    tags: ['Directives'],
    refuses: ['directive-unknown'],
    roles: ['office', 'unit', 'auditor', 'admin'],
    params: z.strictObject({ id }),
    idNames: 'directive',
    query: z.strictObject({ kind: taskKind.optional().meta({ description: wording('api.directives.ledger-kind') }) }),
    response: answer,
    formats: sheetFormats((body: Answer) => ({ sheet: sheetFor(body), items: body.lines })),
    run: async ({ params: { id: directive }, query: { kind }, principal, at, rest }) => {
      const { position, moment } = at;
      const heading = knowledge.directive(directive, position);
      if (heading === undefined) return problem('directive-unknown', say('api.directives.no-directive-known', { directive }));
      const scope = scopeOf(principal);
      const { isOwn } = sightOf(scope, position);
      const { columns, rows } = await columnsOf(directive, position);
      const has = (wanted: SourceColumn['kind']): boolean => columns.some((column) => column.kind === wanted);
      const all = tasks.list({ directive }, at, scope);
      const asked = kind ?? (all.some(({ facts }) => facts.kind === 'item') ? 'item' : undefined);
      const listed = all.filter(({ facts }) => asked === undefined || facts.kind === asked);

      const lineOf = (doc: (typeof listed)[number]): Line => {
        const task = tasks.show(doc, at, scope);
        const facts = tasks.factsOf(task.id, position);
        const known = factsAt(facts, moment);
        const { obligations } = judge(facts, { at: moment, among: isOwn });
        const last = (known.reports.get(task.id) ?? [])
          .filter(({ unit }) => isOwn(unit))
          .toSorted((a, b) => (a.submissions[0]?.receivedAt ?? 0) - (b.submissions[0]?.receivedAt ?? 0))
          .at(-1);
        const report = last === undefined ? undefined : tasks.report(task.id, last.id, at, scope);
        const printed = rows.get(task.source?.address ?? '') ?? [];
        return {
          task: task.id,
          kind: task.kind,
          cells: columns.map((column, index) => cellOf(column, { task, printed: printed[index] ?? '', has })),
          light: taskLight(task.status, obligations, facts.policies, moment),
          status: task.status,
          lastReport:
            report === undefined
              ? null
              : {
                  name: nameOn(known, report.unit, moment.day()),
                  period: report.period,
                  status: report.status,
                  percent: report.percent ?? null,
                  narrative: report.narrative,
                  receivedAt: report.versions[0]?.receivedAt ?? '',
                },
        };
      };
      const lines = await withRests(eachInPieces(listed, lineOf), rest);
      return {
        directive,
        number: heading.number,
        date: heading.date,
        on: moment.day(),
        columns: [...columns],
        lines,
      };
    },
  });
};
