import type { ListBody, World } from '../support/app.ts';
import { countsOf, isOf, type Counts, type Row } from './answers.ts';
import {
  answeredExcluded,
  answeredRows,
  boardLines,
  difference,
  expectedBoard,
  expectedExcluded,
  expectedRows,
  type Answered,
} from './compare.ts';
import type { oracle } from './oracle.ts';

/** Every judging call over HTTP, held against the second judge. */

type Oracle = ReturnType<typeof oracle>;
/** A question, and the right answer to it. */
export type Asked = {
  readonly world: World;
  readonly directive: string;
  readonly position: number;
  readonly at: number;
  readonly right: Oracle;
};
/** What one call says otherwise than the rule; undefined where it agrees. */
type Check = (asked: Asked) => Promise<string | undefined>;

type Line = Counts & { readonly unit: string };
type Board = {
  readonly kind?: string;
  readonly totals: Counts;
  readonly units: readonly Line[];
  readonly excludedCollectives: Parameters<typeof answeredExcluded>[0];
};

const NAMES = ['owed', 'onTime', 'late', 'missing', 'notYetDue', 'awaiting', 'excused', 'waived', 'onTheDay'] as const;
const countsIn = (counts: Counts): string => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, counts[name]])));
const answeredBoard = ({ totals, units, excludedCollectives }: Board): readonly string[] => [
  `in all ${countsIn(totals)}`,
  ...units.map((line) => `${line.unit} ${countsIn(line)}`).toSorted(),
  ...answeredExcluded(excludedCollectives),
];

const timesOf = ({ position, at }: Asked): string => `asOf=@${position}&on=${new Date(at).toISOString()}`;
const get = async <Body>(asked: Asked, path: string): Promise<Body> => {
  const answer = await asked.world.office.get<Body>(`${path}${path.includes('?') ? '&' : '?'}${timesOf(asked)}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
  return answer.body;
};
const all = <Item>(asked: Asked, path: string): Promise<readonly Item[]> =>
  asked.world.all<Item>(asked.world.office, `${path}&${timesOf(asked)}`);
/** The first and the last report owed: whose periods are asked about. */
const someReports = ({ right: { rows } }: Asked): readonly Row[] => {
  const reports = rows.filter(({ kind }) => kind !== 'deadline');
  return [reports[0], reports.at(-1)].filter((row) => row !== undefined);
};
const firstOf = async (checks: Iterable<Promise<string | undefined>>): Promise<string | undefined> =>
  (await Promise.all(checks)).find((differs) => differs !== undefined);

const obligations: Check = async (asked) =>
  difference(
    '/v1/obligations',
    expectedRows(asked.right.rows),
    answeredRows(await all<Answered>(asked, `/v1/obligations?directive=${asked.directive}`)),
  );

const boards: Check = (asked) => {
  const board = async (query: string, kind: string, period: string | undefined): Promise<string | undefined> => {
    const answered = await get<Board>(asked, `/v1/compliance?directive=${asked.directive}${query}`);
    return difference(
      `/v1/compliance${query}`,
      [kind, ...expectedBoard(asked.right, kind, period)],
      [answered.kind ?? '', ...answeredBoard(answered)],
    );
  };
  const month = asked.right.rows.find(({ kind }) => kind === 'deadline')?.period;
  return firstOf([
    ...someReports(asked).flatMap(({ period, kind }) => [
      board(`&period=${period}`, asked.right.firstKind(period) ?? '', period),
      board(`&period=${period}&kind=${kind}`, kind, period),
    ]),
    board('&kind=deadline', 'deadline', undefined),
    ...(month === undefined ? [] : [board(`&kind=deadline&period=${month}`, 'deadline', month)]),
  ]);
};

type Owing = { readonly unit: string; readonly missing: readonly string[]; readonly notYetDue: readonly string[] };
const owing: Check = (asked) =>
  firstOf(
    someReports(asked).map(async ({ period, kind }) => {
      const { items } = await get<ListBody<Owing>>(asked, `/v1/owing?directive=${asked.directive}&period=${period}&kind=${kind}`);
      const own = asked.right.rows.filter((row) => row.kind === kind && row.period === period);
      const tasks = (unit: string, state: Row['state']): string =>
        own
          .flatMap((row) => (row.unit === unit && row.state === state ? row.task : []))
          .toSorted()
          .join(' ');
      const units = new Set(own.flatMap((row) => (row.state === 'missing' || row.state === 'not-yet-due' ? row.unit : [])));
      return difference(
        `/v1/owing ${kind} ${period}`,
        [...units].map((unit) => `${unit} ${tasks(unit, 'missing')} | ${tasks(unit, 'not-yet-due')}`).toSorted(),
        items
          .map(({ unit, missing, notYetDue }) => `${unit} ${missing.toSorted().join(' ')} | ${notYetDue.toSorted().join(' ')}`)
          .toSorted(),
      );
    }),
  );

type Task = {
  readonly id: string;
  readonly compliance: Counts;
  readonly deadlineTerms: { readonly milestones: readonly { readonly title: string; readonly state: string }[] };
};
/** As many of the counts as a task shows, and the milestones of its deadline. */
export const tasks: Check = async (asked) => {
  const listed = await all<Task>(asked, `/v1/tasks?directive=${asked.directive}`);
  const { rows, milestones } = asked.right;
  const line = (id: string, counts: Counts, shown: Counts, states: readonly string[]): string => {
    const numbers = NAMES.filter((name) => name in shown).map((name) => `${name} ${counts[name]}`);
    return `${id} ${[...numbers, ...states].join(' ')}`;
  };
  const stages = (id: string): readonly string[] =>
    milestones.flatMap(({ task, plan, title, state }) => (task === id && plan === null ? `${title} ${state}` : []));
  return difference(
    '/v1/tasks: compliance and milestones',
    listed.map(({ id, compliance }) => line(id, countsOf(rows.filter(({ task }) => task === id)), compliance, stages(id))),
    listed.map(({ id, compliance, deadlineTerms }) =>
      line(
        id,
        compliance,
        compliance,
        deadlineTerms.milestones.map(({ title, state }) => `${title} ${state}`),
      ),
    ),
  );
};

const DEADLINE_STATES: Readonly<Record<Row['state'], string>> = {
  'on-time': 'in-time',
  late: 'late',
  missing: 'overdue',
  'not-yet-due': 'open',
  awaiting: 'awaiting',
  excused: 'excused',
  waived: 'waived',
};
type Deadline = { readonly task: string; readonly deadline: string; readonly state: string; readonly daysLate: number };
/** Of tasks for whose deadline somebody answers: the list has the others too. */
const deadlines: Check = async (asked) => {
  const due = asked.right.rows.filter(({ kind }) => kind === 'deadline');
  const listed = await all<Deadline>(asked, `/v1/deadlines?directive=${asked.directive}`);
  const line = (task: string, day: string, state: string, daysLate: number): string => `${task} ${day} ${state} ${daysLate}`;
  return difference(
    '/v1/deadlines',
    [...new Set(due.map((row) => line(row.task, row.day, DEADLINE_STATES[row.state], row.daysLate)))].toSorted(),
    listed
      .flatMap(({ task, deadline, state, daysLate }) => (due.some((row) => row.task === task) ? line(task, deadline, state, daysLate) : []))
      .toSorted(),
  );
};

type Card = { readonly totals: Counts; readonly periods: readonly (Counts & { readonly period: string; readonly kind: string })[] };
const scorecards: Check = (asked) =>
  firstOf(
    [...new Set([asked.right.rows[0]?.unit, asked.right.rows.at(-1)?.unit])].map(async (unit) => {
      if (unit === undefined) return undefined;
      const year = asked.right.rows.find((row) => row.unit === unit)?.period.slice(0, 4) ?? '';
      const own = asked.right.rows.filter((row) => row.unit === unit && row.period.startsWith(year));
      const card = await get<Card>(asked, `/v1/units/${unit}/scorecard?year=${year}`);
      const groups = [...Map.groupBy(own, ({ period, kind }) => `${period} ${kind}`)];
      return difference(
        `/v1/units/${unit}/scorecard ${year}`,
        [`in all ${countsIn(countsOf(own))}`, ...groups.map(([of, group]) => `${of} ${countsIn(countsOf(group))}`).toSorted()],
        [`in all ${countsIn(card.totals)}`, ...card.periods.map((each) => `${each.period} ${each.kind} ${countsIn(each)}`).toSorted()],
      );
    }),
  );

/** The first call that answers otherwise than the rule. */
export const httpDifference: Check = (asked) =>
  firstOf([obligations, boards, owing, tasks, deadlines, scorecards].map((check) => check(asked)));

type Snapshot = { readonly body: Board & { readonly obligations: readonly Answered[] } };
type Named = {
  readonly unit: string;
  readonly owed: number;
  readonly onTime: number;
  readonly late: readonly { readonly task: string; readonly period: string; readonly daysLate: number }[];
  readonly missing: readonly { readonly task: string; readonly period: string }[];
};
const namedLine = ({ unit, owed, onTime, late, missing }: Named): string => {
  const lateOnes = late.map(({ task, period, daysLate }) => `${task} ${period} late ${daysLate}`).toSorted();
  const missingOnes = missing.map(({ task, period }) => `${task} ${period} missing`).toSorted();
  return `${unit} ${owed} ${onTime}: ${[...lateOnes, ...missingOnes].join(', ')}`;
};
const named = (rows: readonly Row[]): readonly string[] =>
  [...Map.groupBy(rows, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const late = own.filter(({ state }) => state === 'late');
    const missing = own.filter(({ state }) => state === 'missing');
    return late.length + missing.length === 0 ? [] : namedLine({ unit, ...countsOf(own), late, missing });
  });

/** A snapshot of the question, of one period or of everything, and the notice drawn up from it. Both are recorded in the log. */
export const publishedDifference = async (asked: Asked, period: string | undefined): Promise<string | undefined> => {
  const { world, directive, position, at, right } = asked;
  const post = async (path: string, sent: object): Promise<string> => {
    const { status, text, body } = await world.office.post(path, sent);
    if (status !== 201) throw new Error(text);
    return body.subject;
  };
  const on = new Date(at).toISOString();
  const snapshot = await post('/v1/snapshots', { directive, asOf: `@${position}`, on, ...(period === undefined ? {} : { period }) });
  const { body } = (await world.office.get<Snapshot>(`/v1/snapshots/${snapshot}`)).body;
  const notice = await post('/v1/notices', { snapshot });
  const { lines } = (await world.office.get<{ readonly lines: readonly Named[] }>(`/v1/notices/${notice}`)).body;
  const of = (each: Pick<Row, 'kind' | 'period' | 'day'>): boolean => period === undefined || isOf(period, each);
  const rows = right.rows.filter(of);
  const what = `snapshot of ${period ?? 'everything'}`;
  return (
    difference(`${what}: obligations`, expectedRows(rows), answeredRows(body.obligations)) ??
    difference(`${what}: board`, boardLines(rows, expectedExcluded(right.excluded.filter(of))), answeredBoard(body)) ??
    difference(`notice on a ${what}`, named(rows).toSorted(), lines.map(namedLine).toSorted())
  );
};
