import { sameJson } from '../kernel/json.ts';
import type { SnapshotBody } from '../snapshots/body.ts';
import { linesToName } from './draft.ts';
import type { NoticeLine } from './events.ts';

/** Whether a notice says what the facts at its position say, line by line. */

export type LineVerdict = {
  readonly unit: string;
  readonly name: string;
  readonly match: boolean;
  /** null: the notice does not name the unit, though the rule says that it must be. */
  readonly says: NoticeLine | null;
  /** null: the rule does not name the unit. */
  readonly facts: NoticeLine | null;
};

export const compareLines = (lines: readonly NoticeLine[], body: SnapshotBody): readonly LineVerdict[] => {
  const facts = new Map(linesToName(body).map((line) => [line.unit, line]));
  const said = lines.map((line) => {
    const fact = facts.get(line.unit) ?? null;
    return { unit: line.unit, name: line.name, match: sameJson(line, fact), says: line, facts: fact };
  });
  const named = new Set(lines.map(({ unit }) => unit));
  const unsaid = [...facts.values()]
    .filter(({ unit }) => !named.has(unit))
    .map((fact) => ({ unit: fact.unit, name: fact.name, match: false, says: null, facts: fact }));
  return [...said, ...unsaid];
};
