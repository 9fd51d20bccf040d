import type { AssigneeRole } from '../directives/duty.ts';
import { membersOn, standsFor, successorOn, type Membership, type Merging } from '../roster/state.ts';
import type { Assignee } from './events.ts';

/** Who carries a task on a civil day: pure functions over its assignments, the collectives' members and the units' mergers. */

/**
 * A list of assignees, the first day on which it holds, and when it was received (epoch ms); lists stand in the order in
 * which they were recorded.
 */
export type Assignment = { readonly effectiveFrom: string; readonly assignees: readonly Assignee[]; readonly receivedAt: number };

/** What the roster says of parties: who took over from whom, whom a name stands for, and what units are called. */
export type Parties = {
  readonly units: ReadonlyMap<string, Merging & { readonly names?: readonly { readonly name: string }[] }>;
  readonly collectives: ReadonlyMap<string, { readonly memberships: readonly Membership[] }>;
};

/** What a unit is called now, in what is said of it to people; its id where the roster says no more. */
export const calledIn = ({ units }: Pick<Parties, 'units'>, unit: string): string => units.get(unit)?.names?.at(-1)?.name ?? unit;

/**
 * Those who answer for the task on a day: of the first list and those received before an instant, the last one recorded
 * among those that hold by the day. Nobody before the first holds.
 */
const inForceOn = (assignments: readonly Assignment[], day: string, before = Infinity): readonly Assignee[] => {
  const [first] = assignments;
  if (first === undefined || day < first.effectiveFrom) return [];
  return assignments.findLast((each) => each.effectiveFrom <= day && (each === first || each.receivedAt < before))?.assignees ?? [];
};

/** The day, or the first on which any list holds: what is said of a task before that is said of those it is given to. */
const sinceGiven = (assignments: readonly Assignment[], day: string): string => {
  const [first] = assignments;
  return first !== undefined && day < first.effectiveFrom ? first.effectiveFrom : day;
};

/** The assignees to show on a day: a task is never without those it was given to. */
export const assigneesOn = (assignments: readonly Assignment[], day: string): readonly Assignee[] =>
  inForceOn(assignments, sinceGiven(assignments, day));

export type Carriers = {
  /** Units by the role in which they carry it first, in the document's order. */
  readonly units: ReadonlyMap<string, AssigneeRole>;
  /** Collectives whose members are not recorded for the day. */
  readonly unresolved: readonly string[];
};

/**
 * The units that carry a task on a day in one of `roles`: those named, and the members of collectives named; of a unit
 * that was merged by that day, the one that took it over. A change of hands counts where it was received before an instant.
 */
export const carriersOn = (
  assignments: readonly Assignment[],
  day: string,
  { units: mergers, collectives }: Parties,
  roles?: readonly AssigneeRole[],
  before = Infinity,
): Carriers => {
  const units = new Map<string, AssigneeRole>();
  const unresolved: string[] = [];
  for (const { role, party, kind } of inForceOn(assignments, day, before)) {
    if (roles !== undefined && !roles.includes(role)) continue;
    const members = kind === 'unit' ? [party] : membersOn(collectives.get(party)?.memberships ?? [], day, before);
    if (members === null) unresolved.push(party);
    else
      for (const member of members) {
        const unit = successorOn(mergers, member, day);
        if (!units.has(unit)) units.set(unit, role);
      }
  }
  return { units, unresolved };
};

/** Whether a unit may act on the task on one of these days. A paper can reach the office before the assignment that it speaks of holds. */
export const carries = (assignments: readonly Assignment[], unit: string, days: readonly string[], parties: Parties): boolean =>
  days.some((day) => carriersOn(assignments, sinceGiven(assignments, day), parties).units.has(unit));

/**
 * Whose report it is that a unit files on `day` on what was due on one of `dueDays`: its own where it carried the task
 * then, or else that of the first unit that did and that it has taken over since.
 */
export const answersFor = (
  assignments: readonly Assignment[],
  unit: string,
  { day, dueDays }: { readonly day: string; readonly dueDays: readonly string[] },
  parties: Parties,
): string => {
  const carriers = dueDays.flatMap((dueDay) => [...carriersOn(assignments, sinceGiven(assignments, dueDay), parties).units.keys()]);
  if (carriers.includes(unit)) return unit;
  return carriers.find((carrier) => successorOn(parties.units, carrier, day) === unit) ?? unit;
};

export const sameAssignees = (a: readonly Assignee[], b: readonly Assignee[]): boolean =>
  a.length === b.length && a.every(({ role, party }, index) => b[index]?.role === role && b[index]?.party === party);

/** Whether a unit, or one that it has taken over, was ever given the task, by name or as a member: then it may read it. */
export const everCarried = (assignments: readonly Assignment[], unit: string, { units, collectives }: Parties): boolean => {
  const own = (other: string): boolean => standsFor(units, unit, other);
  return assignments.some(({ assignees }) =>
    assignees.some(({ party, kind }) =>
      kind === 'unit' ? own(party) : (collectives.get(party)?.memberships ?? []).some(({ members }) => members.some(own)),
    ),
  );
};
