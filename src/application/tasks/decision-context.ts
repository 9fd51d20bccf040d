import { civilDate, periodStart } from '../../kernel/calendar.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Handler } from '../handler.ts';
import type { Policy } from '../../domain/directives/events.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { judgedBy } from '../../domain/directives/schedule.ts';
import { ROSTER_STREAM, rosterFolding, type Roster } from '../../domain/roster/state.ts';
import { everCarried } from '../../domain/tasks/assignment.ts';
import type { ResolvedAssignee, SubmitReport } from '../../domain/tasks/commands.ts';
import type { Assignee } from '../../domain/tasks/events.ts';
import { taskFolding, taskStream, type Task } from '../../domain/tasks/state.ts';

/** The facts of other streams that a command on a task is decided on. */
export type Grounds = {
  readonly task: Task;
  readonly roster: Roster;
  readonly timeZone: string;
};

/** The civil day on which a command was received, in the directive's zone. */
export const dayOf = ({ receivedAt }: { readonly receivedAt: Temporal.Instant }, { timeZone }: Pick<Grounds, 'timeZone'>): string =>
  civilDate(receivedAt, timeZone).toString();

export type GroundsReader = {
  /** Undefined where there is no such task, or none that `unit` may know of. */
  readonly of: (task: string, unit: string | undefined) => Promise<Grounds | undefined>;
  readonly roster: () => Promise<Roster>;
  readonly policies: (directive: string) => Promise<readonly Policy[]>;
};

export const createGroundsReader = (handler: Handler<DubanEvent>, officeZone: string): GroundsReader => {
  const roster = async (): Promise<Roster> => (await handler.load(rosterFolding, ROSTER_STREAM)).state;
  return {
    roster,
    policies: async (directive) => (await handler.load(policyFolding, policyStream(directive))).state,
    of: async (id, unit) => {
      const { state: task } = await handler.load(taskFolding, taskStream(id));
      if (task === null) return undefined;
      const known = await roster();
      if (unit !== undefined && !everCarried(task.assignments, unit, known)) return undefined;
      const { state: directive } = await handler.load(directiveFolding, directiveStream(task.directive));
      return { task, roster: known, timeZone: directive.timeZone ?? officeZone };
    },
  };
};

/** What the policies say of a period, for the decision on a report. */
export const scheduleFor = (policies: readonly Policy[], period: string): Pick<SubmitReport, 'schedule' | 'policyKnown'> => {
  const judged = judgedBy(policies, period);
  return {
    policyKnown: policies.length > 0,
    schedule: judged === undefined ? null : { begins: periodStart(period).toString(), dueDay: judged.due.day },
  };
};

/** Parties as the roster knows them; a unit before a collective of the same id. */
export const resolveParties = (
  roster: Roster,
  named: readonly { readonly role: Assignee['role']; readonly party: string }[],
): readonly ResolvedAssignee[] =>
  named.map(({ role, party }) => ({
    role,
    party,
    kind: roster.units.has(party) ? 'unit' : roster.collectives.has(party) ? 'collective' : null,
  }));
