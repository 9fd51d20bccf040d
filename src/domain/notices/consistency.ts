import { sameJson } from '../../kernel/json.ts';
import type { SnapshotBody } from '../snapshots/body.ts';
import { linesToName } from './draft.ts';
import type { NoticeLine } from './events.ts';

/** Whether a notice says what the facts at its position say, line by line, and what is known of the same day by now. */

export type LineVerdict = {
  readonly unit: string;
  readonly name: string;
  readonly match: boolean;
  /** null: the notice does not name the unit, though the rule says that it must be. */
  readonly says: NoticeLine | null;
  /** By what was known at its position. null: the rule does not name the unit. */
  readonly facts: NoticeLine | null;
  /** By what is known by now. */
  readonly factsNow: NoticeLine | null;
};

const byUnit = (body: SnapshotBody): ReadonlyMap<string, NoticeLine> => new Map(linesToName(body).map((line) => [line.unit, line]));

/** `then` and `now` are of the same scope and day, known at the notice's position and by now. */
export const compareLines = (lines: readonly NoticeLine[], then: SnapshotBody, now: SnapshotBody): readonly LineVerdict[] => {
  const said = new Map(lines.map((line) => [line.unit, line]));
  const facts = byUnit(then);
  const factsNow = byUnit(now);
  return [...new Set([...said.keys(), ...facts.keys(), ...factsNow.keys()])].map((unit) => {
    const verdict = { says: said.get(unit) ?? null, facts: facts.get(unit) ?? null, factsNow: factsNow.get(unit) ?? null };
    const name = (verdict.says ?? verdict.facts ?? verdict.factsNow)?.name ?? unit;
    return { unit, name, match: sameJson(verdict.says, verdict.facts), ...verdict };
  });
};

export const hasChanged = ({ facts, factsNow }: LineVerdict): boolean => !sameJson(facts, factsNow);

/** A report or deadline that a notice speaks of. */
export type Cited = { readonly unit: string; readonly task: string; readonly period: string };

const citedIn = (unit: string, line: NoticeLine | null): readonly Cited[] =>
  [...(line?.late ?? []), ...(line?.missing ?? [])].map(({ task, period }) => ({ unit, task, period }));

/** What stands in one of a verdict's two lines of facts and not in the other, or otherwise. */
export const citedOtherwise = ({ unit, facts, factsNow }: LineVerdict): readonly Cited[] => {
  const textOf = (line: NoticeLine | null): ReadonlyMap<string, string> =>
    new Map(
      [...(line?.late ?? []), ...(line?.missing ?? []).map((owed) => ({ ...owed, daysLate: null }))].map((owed) => [
        `${owed.task} ${owed.period}`,
        String(owed.daysLate),
      ]),
    );
  const [then, now] = [textOf(facts), textOf(factsNow)];
  const all = new Map([...citedIn(unit, facts), ...citedIn(unit, factsNow)].map((cited) => [`${cited.task} ${cited.period}`, cited]));
  return [...all].filter(([key]) => then.get(key) !== now.get(key)).map(([, cited]) => cited);
};
