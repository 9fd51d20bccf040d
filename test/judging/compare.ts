import { countsOf, isOf, type Excluded, type Row } from './answers.ts';
import type { oracle } from './oracle.ts';

/** The two judges on one question, as sorted lines: what the one says and the other does not. */

type Oracle = ReturnType<typeof oracle>;

/** What the product's judge says of one thing owed, as it is answered. */
export type Answered = {
  readonly unit: string;
  readonly task: string;
  readonly kind: string;
  readonly period: string;
  readonly due: string;
  readonly state: string;
  readonly daysLate: number;
  readonly receivedAt: string | null;
  readonly onTheDay: boolean;
  readonly policy: number | null;
};

const text = (millis: number | null): string => (millis === null ? 'never' : new Date(millis).toISOString());

const lineOf = (
  row: Omit<Row, 'due' | 'receivedAt' | 'day' | 'state'> & { readonly state: string },
  due: number,
  received: number | null,
): string => {
  const { task, unit, kind, period, state, daysLate, onTheDay, policy } = row;
  const said = `${state} ${daysLate}${onTheDay ? ' on the day' : ''} by policy ${policy}`;
  return `${task} ${unit} ${kind} ${period}: due ${text(due)}, received ${text(received)}: ${said}`;
};
export const expectedRows = (rows: readonly Row[]): readonly string[] => rows.map((row) => lineOf(row, row.due, row.receivedAt)).toSorted();
export const answeredRows = (rows: readonly Answered[]): readonly string[] =>
  rows.map((row) => lineOf(row, Date.parse(row.due), row.receivedAt === null ? null : Date.parse(row.receivedAt))).toSorted();

/** Collectives by name with their tasks, each named once. */
export const expectedExcluded = (excluded: readonly Excluded[]): readonly string[] =>
  [...Map.groupBy(excluded, ({ party }) => party)]
    .map(([party, of]) => `${party}: ${[...new Set(of.map(({ task }) => task))].toSorted().join(' ')}`)
    .toSorted();
export const answeredExcluded = (excluded: readonly { readonly party: string; readonly tasks: readonly string[] }[]): readonly string[] =>
  excluded.map(({ party, tasks }) => `${party}: ${tasks.toSorted().join(' ')}`).toSorted();

export const expectedMilestones = ({ milestones }: Oracle): readonly string[] =>
  milestones
    .map(({ task, plan, title, due, units, state }) => `${task} ${plan} ${title} ${text(due)} ${units.join(',')}: ${state}`)
    .toSorted();
export const answeredMilestones = (
  milestones: readonly {
    readonly task: string;
    readonly plan: number | null;
    readonly title: string;
    readonly due: string;
    readonly units: readonly string[];
    readonly state: string;
  }[],
): readonly string[] =>
  milestones
    .map(({ task, plan, title, due, units, state }) => `${task} ${plan} ${title} ${text(Date.parse(due))} ${units.join(',')}: ${state}`)
    .toSorted();

/** The board of a kind, of a period where one is named: its totals, its units and what it could not count. */
export const expectedBoard = ({ rows, excluded }: Oracle, kind: string, period: string | undefined): readonly string[] => {
  const on = (each: Pick<Row, 'kind' | 'period' | 'day'>): boolean => each.kind === kind && (period === undefined || isOf(period, each));
  return boardLines(rows.filter(on), expectedExcluded(excluded.filter(on)));
};
export const boardLines = (rows: readonly Row[], excluded: readonly string[]): readonly string[] => [
  `in all ${JSON.stringify(countsOf(rows))}`,
  ...[...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, own]) => `${unit} ${JSON.stringify(countsOf(own))}`).toSorted(),
  ...excluded,
];

/** What one side says and the other does not; undefined where they agree. */
export const difference = (what: string, expected: readonly string[], answered: readonly string[]): string | undefined => {
  if (expected.join('\n') === answered.join('\n')) return undefined;
  const only = (these: readonly string[], those: readonly string[]): string =>
    these
      .filter((line) => !those.includes(line))
      .map((line) => `\n    ${line}`)
      .join('');
  return `${what}\n  by the rule:${only(expected, answered)}\n  by the product:${only(answered, expected)}`;
};
