import { civilDate } from '../../kernel/calendar.ts';
import { periodStart } from '../../kernel/periods.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Handler } from '../handler.ts';
import type { Folding, Loaded } from '../stream-states.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { dutiesOf, EVERYTHING, type AdoptedPolicy } from '../../domain/directives/schedule.ts';
import { ROSTER_STREAM, rosterFolding, type Roster } from '../../domain/roster/state.ts';
import { everCarried } from '../../domain/tasks/assignment.ts';
import type { ResolvedAssignee, SubmitReport } from '../../domain/tasks/commands.ts';
import type { Assignee } from '../../domain/tasks/events.ts';
import { taskFolding, taskStream, type Task, type TaskState } from '../../domain/tasks/state.ts';

/** The facts that a command on a task is decided on. */
export type DecisionContext = {
  readonly id: string;
  readonly task: Task;
  /** The task's stream as loaded, for the handler. */
  readonly loaded: Loaded<TaskState>;
  readonly roster: Roster;
  readonly timeZone: string;
};

/** And those that a report is. */
export type ReportContext = DecisionContext & { readonly policies: readonly AdoptedPolicy[] };

/** The civil day on which a command was received, in the directive's zone. */
export const dayOf = ({ receivedAt }: { readonly receivedAt: Temporal.Instant }, { timeZone }: Pick<DecisionContext, 'timeZone'>): string =>
  civilDate(receivedAt, timeZone).toString();

/** What `of` and `ofReport` give is undefined where there is no such task, or none that `unit` may know of. */
export type DecisionContextReader = {
  readonly of: (task: string, unit: string | undefined) => Promise<DecisionContext | undefined>;
  readonly ofReport: (task: string, unit: string | undefined) => Promise<ReportContext | undefined>;
  readonly roster: () => Promise<Roster>;
};

/** Loads each stream once, at the first use. */
const loadOnce = <Event extends DubanEvent, State>(
  handler: Handler<DubanEvent>,
  folding: Folding<State, Event>,
  streamOf: (id: string) => string,
): ((id: string) => Promise<Loaded<State>>) => {
  const loads = new Map<string, Promise<Loaded<State>>>();
  return (id) => {
    const begun = loads.get(id) ?? handler.load(folding, streamOf(id));
    loads.set(id, begun);
    return begun;
  };
};

/**
 * Reads for one command, each stream once. On a cluster every load is a round trip, so loads that do not depend on each
 * other run side by side.
 */
export const createDecisionContextReader = (handler: Handler<DubanEvent>, officeZone: string): DecisionContextReader => {
  const tasks = loadOnce(handler, taskFolding, taskStream);
  const directives = loadOnce(handler, directiveFolding, directiveStream);
  const policies = loadOnce(handler, policyFolding, policyStream);
  const rosters = loadOnce(handler, rosterFolding, (stream) => stream);
  const roster = async (): Promise<Roster> => (await rosters(ROSTER_STREAM)).state;

  const visible = async (id: string, unit: string | undefined): Promise<Omit<DecisionContext, 'timeZone'> | undefined> => {
    const [loaded, known] = await Promise.all([tasks(id), roster()]);
    const { state: task } = loaded;
    if (task === null || (unit !== undefined && !everCarried(task.assignments, unit, known))) return undefined;
    return { id, task, loaded, roster: known };
  };
  const zoneOf = async (directive: string): Promise<string> => (await directives(directive)).state.timeZone ?? officeZone;

  return {
    roster,
    of: async (id, unit) => {
      const seen = await visible(id, unit);
      return seen && { ...seen, timeZone: await zoneOf(seen.task.directive) };
    },
    ofReport: async (id, unit) => {
      const seen = await visible(id, unit);
      if (seen === undefined) return undefined;
      const { directive } = seen.task;
      const [timeZone, { state }] = await Promise.all([zoneOf(directive), policies(directive)]);
      return { ...seen, timeZone, policies: state };
    },
  };
};

/** What the policies say of a period, for the decision on a report. */
export const scheduleFor = (
  policies: readonly AdoptedPolicy[],
  { period, duty }: Pick<SubmitReport, 'period' | 'duty'>,
): Pick<SubmitReport, 'schedule' | 'policyKnown'> => {
  const reporting = dutiesOf(policies, period, EVERYTHING).filter(({ duty: { asks } }) => asks !== 'plan');
  const settled = duty === undefined ? reporting : reporting.filter(({ duty: { id } }) => id === duty);
  return {
    policyKnown: policies.length > 0,
    schedule:
      reporting.length === 0 ? null : { begins: periodStart(period).toString(), dueDays: [...new Set(settled.map(({ due }) => due.day))] },
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
