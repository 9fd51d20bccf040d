import type { AssigneeRole } from '../directives/events.ts';
import { membersOn, type Membership } from '../roster/state.ts';
import type { Assignee } from './events.ts';

/** Who carries a task on a civil day: pure functions over its assignments and the collectives' members. */

/** A list of assignees and the first day on which it holds; lists stand in the order in which they were recorded. */
export type Assignment = { readonly effectiveFrom: string; readonly assignees: readonly Assignee[] };

export type Collectives = ReadonlyMap<string, { readonly memberships: readonly Membership[] }>;

/**
 * The assignees on a day: of the lists that hold by then, the last one recorded. Before the first list holds,
 * the first one: a task is never without those it was given to.
 */
export const assigneesOn = (assignments: readonly Assignment[], day: string): readonly Assignee[] =>
  (assignments.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? assignments[0])?.assignees ?? [];

export type Carriers = {
  /** Units by the role in which they carry it first, in the document's order. */
  readonly units: ReadonlyMap<string, AssigneeRole>;
  /** Collectives whose members are not recorded for the day. */
  readonly unresolved: readonly string[];
};

/** The units that carry a task on a day in one of `roles`: those named, and the members of collectives named. */
export const carriersOn = (
  assignments: readonly Assignment[],
  day: string,
  collectives: Collectives,
  roles?: readonly AssigneeRole[],
): Carriers => {
  const units = new Map<string, AssigneeRole>();
  const unresolved: string[] = [];
  for (const { role, party, kind } of assigneesOn(assignments, day)) {
    if (roles !== undefined && !roles.includes(role)) continue;
    const members = kind === 'unit' ? [party] : membersOn(collectives.get(party)?.memberships ?? [], day);
    if (members === null) unresolved.push(party);
    else for (const unit of members) if (!units.has(unit)) units.set(unit, role);
  }
  return { units, unresolved };
};

export const carries = (
  assignments: readonly Assignment[],
  unit: string,
  days: readonly string[],
  collectives: Collectives,
): boolean => days.some((day) => carriersOn(assignments, day, collectives).units.has(unit));

export const sameAssignees = (a: readonly Assignee[], b: readonly Assignee[]): boolean =>
  a.length === b.length && a.every(({ role, party }, index) => b[index]?.role === role && b[index]?.party === party);

/** Whether a unit was ever given the task, by name or as a member: then it may read it. */
export const everCarried = (assignments: readonly Assignment[], unit: string, collectives: Collectives): boolean =>
  assignments.some(({ assignees }) =>
    assignees.some(
      ({ party, kind }) =>
        party === unit || (kind === 'collective' && (collectives.get(party)?.memberships ?? []).some(({ members }) => members.includes(unit))),
    ),
  );
