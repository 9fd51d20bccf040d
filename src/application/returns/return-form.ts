import { asPrinted } from '../tasks/as-printed.ts';
import type { TaskReader, At } from '../tasks/read.ts';
import type { Knowledge } from '../knowledge.ts';
import { taskFactsAt } from '../../domain/compliance/facts-at.ts';
import { judge } from '../../domain/compliance/judge.ts';
import type { Facts } from '../../domain/compliance/facts.ts';
import { DEADLINE } from '../../domain/compliance/obligation.ts';
import { BETWEEN_CLAUSES } from '../../messages/words.ts';
import { before, tooLate } from './form-words.ts';
import { tidy } from '../../documents/tidy.ts';
import type { Measurement } from '../../domain/tasks/events.ts';

/**
 * A return as a sheet that a unit fills in: a row for each report that it owes for a period. What the office says stands
 * in columns that stay as they are, what the unit says in those behind them.
 */

export type ReturnRow = {
  readonly task: string;
  /** Named where a period has several reports of the task. */
  readonly duty: string | undefined;
  readonly measurements: readonly Measurement[];
  /** The cells that stay as they are, as shown. */
  readonly kept: readonly string[];
  /** The same as earlier versions showed them: sheets that were given out then still come back. */
  readonly keptBefore: readonly string[];
};

export type ReturnForm = { readonly unit: string; readonly unitName: string; readonly period: string; readonly rows: readonly ReturnRow[] };

const COMPARATORS: Readonly<Record<string, string>> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=', approx: '≈' };
const measured = ({ metric, comparator, target, unit }: Measurement): string =>
  `${metric} ${COMPARATORS[comparator] ?? ''}${target ?? ''}${unit ?? ''}`.trim();

/** `2023-01-29 10:00`, in the office's own time. */
const wallClock = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

/** A duty is called what the policy calls it, such as 月报; by its id where two are called the same. */
const dutyNames = (policies: Facts['policies']): ((duty: string) => string) => {
  const names = new Map(policies.flatMap(({ duties }) => duties.map(({ id, name }) => [id, name] as const)));
  const shared = [...names.values()].filter((name, at, all) => all.indexOf(name) !== at);
  return (duty) => {
    const name = names.get(duty);
    return name === undefined || shared.includes(name) ? duty : name;
  };
};

/** As a cell shows it when it comes back. */
const cell = (text: string): string => tidy(text, '').slice(0, 32_000);

/** What the unit owed for the period as known at a position; null where no such unit is registered. */
export const returnForm = (
  { knowledge, tasks }: { readonly knowledge: Knowledge; readonly tasks: TaskReader },
  unit: string,
  period: string,
  at: At,
): ReturnForm | null => {
  const registered = knowledge.roster(at.position).units.get(unit);
  if (registered === undefined) return null;
  const owed = knowledge
    .factsOfUnit(unit, at.position)
    .flatMap((facts) => {
      const called = dutyNames(facts.policies);
      return judge(facts, { at: at.moment, period, unit }).obligations.map((obligation) => ({
        ...obligation,
        duty: called(obligation.kind),
      }));
    })
    .filter(({ kind, state }) => kind !== DEADLINE && state !== 'excused' && state !== 'waived');
  const ofTask = Map.groupBy(owed, ({ task }) => task);
  const rows = owed.map(({ task, kind, duty, due, receivedAt, report, name }, index): ReturnRow & { readonly name: string } => {
    const known = tasks.doc(task, at.position);
    const doc = known && asPrinted(known, at.moment);
    const measurements = known === undefined ? [] : taskFactsAt(known.facts, at.moment).measurements;
    const received = report === null ? null : receivedAt;
    const figures = measurements.map(measured).join(BETWEEN_CLAUSES.zh);
    const printed = (of: string, by: string, came: string): readonly string[] =>
      [String(index + 1), task, doc?.title ?? '', doc?.text ?? '', of, by, came, figures].map(cell);
    return {
      task,
      duty: (ofTask.get(task)?.length ?? 0) > 1 ? kind : undefined,
      measurements,
      kept: printed(duty, before(due), received === null ? '' : wallClock(received, at.moment.timeZone)),
      keptBefore: printed(kind, tooLate(due), received ?? ''),
      name,
    };
  });
  return { unit, unitName: rows[0]?.name ?? unit, period, rows };
};
