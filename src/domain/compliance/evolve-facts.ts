import { unreachable } from '../../kernel/decider.ts';
import { ofTypes, type EventOf } from '../../kernel/event.ts';
import { typesWith } from '../tasks/effects.ts';
import type { ReportAccepted, ReportAmended, ReportSubmitted, TaskAssigned, TaskEvent } from '../tasks/events.ts';
import type { PauseFact, PlanFact, ReportFacts, StatementFact, TaskFacts } from './facts.ts';

/** How events make the facts that are judged. Used by the projection and by the replay alike. */

/** An event with when it was received, epoch ms. */
export type Received<Event> = { readonly event: Event; readonly receivedAt: number };

export const assignedFacts = (id: string, { data }: EventOf<typeof TaskAssigned>): TaskFacts => ({
  id,
  directive: data.directive,
  kind: data.kind,
  number: data.number,
  assignments: [{ effectiveFrom: data.effectiveFrom, assignees: data.assignees }],
  originalDeadline: data.deadline,
  extensions: [],
  pauses: [],
  completions: [],
  claims: [],
  plans: [],
  measurements: data.measurements,
});

const changePlan = (facts: TaskFacts, n: number, change: Partial<PlanFact>): TaskFacts => ({
  ...facts,
  plans: facts.plans.map((plan, index) => (index === n - 1 ? { ...plan, ...change } : plan)),
});

const endPause = (pauses: readonly PauseFact[], at: number): readonly PauseFact[] =>
  pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause));

const undoCompletion = (facts: TaskFacts, at: number): TaskFacts['completions'] =>
  facts.completions.map((completion) => (completion.reopenedAt === null ? { ...completion, reopenedAt: at } : completion));

/** Whether an event changes what its task is judged by, beside its reports. */
export const changesTaskFacts = ofTypes(typesWith('judged', 'task'));

/** The facts after a later event of the task; the same object where nothing that is judged changed. */
export const evolveTaskFacts = (facts: TaskFacts, { event, receivedAt }: Received<TaskEvent>): TaskFacts => {
  if (!changesTaskFacts(event)) return facts;
  switch (event.type) {
    case 'TaskAssigned':
      return assignedFacts(facts.id, event);
    case 'TaskReassigned': {
      const { effectiveFrom, to } = event.data;
      return { ...facts, assignments: [...facts.assignments, { effectiveFrom, assignees: to }] };
    }
    case 'PlanSubmitted':
      return { ...facts, plans: [...facts.plans, { unit: event.data.unit, submittedAt: receivedAt, returnedAt: null, acceptedAt: null }] };
    case 'PlanReturned':
      return changePlan(facts, event.data.n, { returnedAt: receivedAt });
    case 'PlanAccepted':
      return changePlan(facts, event.data.n, { acceptedAt: receivedAt });
    case 'ExtensionGranted':
      return { ...facts, extensions: [...facts.extensions, { until: event.data.until, grantedAt: receivedAt }] };
    case 'CompletionClaimed':
      return { ...facts, claims: [...facts.claims, receivedAt] };
    case 'CompletionVerified': {
      const claimedAt = facts.claims[event.data.n - 1];
      if (claimedAt === undefined) throw new Error(`${facts.id}: claim ${event.data.n} verified but never made`);
      return { ...facts, completions: [...facts.completions, { claimedAt, verifiedAt: receivedAt, reopenedAt: null }] };
    }
    case 'TaskSuspended':
    case 'TaskCancelled':
      return { ...facts, pauses: [...endPause(facts.pauses, receivedAt), { from: receivedAt, to: null }] };
    case 'TaskResumed':
      return { ...facts, pauses: endPause(facts.pauses, receivedAt) };
    case 'TaskReopened':
      return { ...facts, pauses: endPause(facts.pauses, receivedAt), completions: undoCompletion(facts, receivedAt) };
    default:
      return unreachable(event);
  }
};

const REPORT_EVENTS = typesWith('judged', 'report');
export type ReportFactsEvent = Extract<TaskEvent, { readonly type: (typeof REPORT_EVENTS)[number] }>;

/** Whether an event changes what a report is judged by. */
export const changesReportFacts = ofTypes(REPORT_EVENTS);

export const submittedFacts = (task: string, { event: { data }, receivedAt }: Received<EventOf<typeof ReportSubmitted>>): ReportFacts => ({
  id: data.report,
  task,
  unit: data.unit,
  period: data.period,
  submissions: [
    { receivedAt, acceptedAt: null, says: { status: data.status, percent: data.percent ?? null, figures: data.measurements ?? [] } },
  ],
});

/** A version says again what it does not change of the one before. */
const amended = (
  before: StatementFact,
  { status, percent, measurements }: EventOf<typeof ReportAmended>['data']['changes'],
): StatementFact => ({
  status: status ?? before.status,
  percent: percent ?? before.percent,
  figures: measurements ?? before.figures,
});

export const evolveReportFacts = (
  facts: ReportFacts,
  { event, receivedAt }: Received<EventOf<typeof ReportAmended> | EventOf<typeof ReportAccepted>>,
): ReportFacts => {
  const { submissions } = facts;
  const before = submissions.at(-1);
  if (before === undefined) throw new Error(`${facts.id}: ${event.type} on a report without a version`);
  if (event.type === 'ReportAmended')
    return { ...facts, submissions: [...submissions, { receivedAt, acceptedAt: null, says: amended(before.says, event.data.changes) }] };
  // What is accepted is the version that stands.
  const latest = submissions.length - 1;
  return {
    ...facts,
    submissions: submissions.map((version, index) => (index === latest ? { ...version, acceptedAt: receivedAt } : version)),
  };
};
