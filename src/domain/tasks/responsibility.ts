import { sameJson } from '../../kernel/json.ts';
import type { AssigneeRole } from '../directives/duty.ts';
import { assigneesOn, carriersOn, type Assignment, type Parties } from './assignment.ts';
import type { Assignee } from './events.ts';

/** A span of days through which the same parties are named and the same units stand behind them. */
export type Span = {
  readonly from: string;
  /** The first day on which it no longer holds; null while it does. */
  readonly to: string | null;
  readonly assignees: readonly Assignee[];
  readonly units: readonly { readonly unit: string; readonly role: AssigneeRole }[];
  /** Collectives whose members are not recorded. */
  readonly unresolved: readonly string[];
};

/** Days on which who carries a task can change: another list, other members of a collective, a merger. */
const turningDays = (assignments: readonly Assignment[], { units, collectives }: Parties): readonly string[] => {
  const given = assignments.map(({ effectiveFrom }) => effectiveFrom).toSorted();
  const members = [...collectives.values()].flatMap(({ memberships }) => memberships.map(({ from }) => from));
  const mergers = [...units.values()].flatMap(({ mergedInto }) => mergedInto?.from ?? []);
  const [first] = given;
  return first === undefined ? [] : [...new Set([...given, ...members, ...mergers])].filter((day) => day >= first).sort();
};

/** Who carried a task, from the first day of its first assignment on: without gaps, and each span unlike the one before. */
export const responsibility = (assignments: readonly Assignment[], parties: Parties): readonly Span[] => {
  const spans: Span[] = [];
  for (const from of turningDays(assignments, parties)) {
    const { units, unresolved } = carriersOn(assignments, from, parties);
    const held = { assignees: assigneesOn(assignments, from), units: [...units].map(([unit, role]) => ({ unit, role })), unresolved };
    const last = spans.at(-1);
    if (last !== undefined) {
      const { from: _, to: __, ...before } = last;
      if (sameJson(before, held)) continue;
      spans[spans.length - 1] = { ...last, to: from };
    }
    spans.push({ from, to: null, ...held });
  }
  return spans;
};
