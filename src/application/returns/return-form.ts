import { asPrinted } from '../tasks/as-printed.ts';
import type { TaskReader, At } from '../tasks/read.ts';
import type { Knowledge } from '../knowledge.ts';
import { taskFactsAt } from '../../domain/compliance/facts-at.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { DEADLINE } from '../../domain/compliance/obligation.ts';
import { BETWEEN_CLAUSES } from '../../messages/words.ts';
import { before } from './form-words.ts';
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
};

export type ReturnForm = { readonly unit: string; readonly unitName: string; readonly period: string; readonly rows: readonly ReturnRow[] };

const COMPARATORS: Readonly<Record<string, string>> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=', approx: '≈' };
const measured = ({ metric, comparator, target, unit }: Measurement): string =>
  `${metric} ${COMPARATORS[comparator] ?? ''}${target ?? ''}${unit ?? ''}`.trim();

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
    .flatMap((facts) => judge(facts, { at: at.moment, period, unit }).obligations)
    .filter(({ kind, state }) => kind !== DEADLINE && state !== 'excused' && state !== 'waived');
  const ofTask = Map.groupBy(owed, ({ task }) => task);
  const rows = owed.map(({ task, kind, due, receivedAt, report, name }, index): ReturnRow & { readonly name: string } => {
    const known = tasks.doc(task, at.position);
    const doc = known && asPrinted(known, at.moment);
    const measurements = known === undefined ? [] : taskFactsAt(known.facts, at.moment).measurements;
    const printed = [
      task,
      doc?.title ?? '',
      doc?.text ?? '',
      kind,
      before(due),
      report === null ? '' : (receivedAt ?? ''),
      measurements.map(measured).join(BETWEEN_CLAUSES.zh),
    ];
    return {
      task,
      duty: (ofTask.get(task)?.length ?? 0) > 1 ? kind : undefined,
      measurements,
      kept: [String(index + 1), ...printed].map(cell),
      name,
    };
  });
  return { unit, unitName: rows[0]?.name ?? unit, period, rows };
};
