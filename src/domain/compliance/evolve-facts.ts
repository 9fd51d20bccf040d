import { unreachable } from '../../kernel/decider.ts';
import { ofTypes, type EventOf } from '../../kernel/event.ts';
import { typesWith } from '../tasks/effects.ts';
import type { ReportAmended, ReportSubmitted, TaskAssigned, TaskEvent } from '../tasks/events.ts';
import { postsOf } from '../tasks/leaders.ts';
import type { DeadlineFact, PlanFact, ReportFacts, StatementFact, SubmissionFact, TaskFacts } from './facts.ts';

/** How events make the facts that are judged. Used by the projection and by the replay alike. */

/** An event with when it was received, epoch ms. */
export type Received<Event> = { readonly event: Event; readonly receivedAt: number };

export const assignedFacts = (id: string, { event: { data }, receivedAt }: Received<EventOf<typeof TaskAssigned>>): TaskFacts => ({
  id,
  directive: data.directive,
  kind: data.kind,
  number: data.number,
  theme: data.theme?.number ?? null,
  assignments: [{ effectiveFrom: data.effectiveFrom, assignees: data.assignees, receivedAt }],
  leaders: [{ posts: postsOf(data), receivedAt }],
  acknowledgements: [],
  originalDeadline: data.deadline,
  milestones: data.deadlineTerms?.milestones ?? [],
  deadlines: [],
  reopenings: 0,
  requests: [],
  pauses: [],
  claims: [],
  completions: [],
  plans: [],
  measurements: data.measurements,
});

const changed = <Item>(items: readonly Item[], n: number, change: (item: Item) => Item): readonly Item[] =>
  items.map((item, index) => (index === n - 1 ? change(item) : item));

const changePlan = (facts: TaskFacts, n: number, change: Partial<PlanFact>): TaskFacts => ({
  ...facts,
  plans: changed(facts.plans, n, (plan) => ({ ...plan, ...change })),
});

const decideRequest = ({ requests }: TaskFacts, n: number, decidedAt: number): Pick<TaskFacts, 'requests'> => ({
  requests: changed(requests, n, (request) => ({ ...request, decidedAt })),
});

const decideClaim = ({ claims }: TaskFacts, n: number, decidedAt: number): Pick<TaskFacts, 'claims'> => ({
  claims: changed(claims, n, (claim) => ({ ...claim, decidedAt })),
});

const withDeadline = (facts: TaskFacts, change: Omit<DeadlineFact, 'reopenings'>): Pick<TaskFacts, 'deadlines'> => ({
  deadlines: [...facts.deadlines, { ...change, reopenings: facts.reopenings }],
});

const pause = ({ pauses }: TaskFacts, begins: boolean, receivedAt: number): Pick<TaskFacts, 'pauses'> => ({
  pauses: [...pauses, { begins, receivedAt }],
});

const reopen = (facts: TaskFacts, deadline: string | undefined, receivedAt: number): TaskFacts => {
  const reopened: TaskFacts = {
    ...facts,
    ...pause(facts, false, receivedAt),
    completions: facts.completions.map((completion) =>
      completion.reopenedAt === null ? { ...completion, reopenedAt: receivedAt } : completion,
    ),
    reopenings: facts.reopenings + 1,
  };
  return deadline === undefined ? reopened : { ...reopened, ...withDeadline(reopened, { by: 'reopening', until: deadline, receivedAt }) };
};

/** Whether an event changes what its task is judged by, beside its reports. */
export const changesTaskFacts = ofTypes(typesWith('judged', 'task'));

/** The facts after a later event of the task; the same object where nothing that is judged changed. */
export const evolveTaskFacts = (facts: TaskFacts, { event, receivedAt }: Received<TaskEvent>): TaskFacts => {
  if (!changesTaskFacts(event)) return facts;
  switch (event.type) {
    case 'TaskAssigned':
      return assignedFacts(facts.id, { event, receivedAt });
    case 'AssignmentAcknowledged':
      return { ...facts, acknowledgements: [...facts.acknowledgements, { unit: event.data.unit, receivedAt }] };
    case 'TaskReassigned': {
      const { effectiveFrom, to } = event.data;
      return { ...facts, assignments: [...facts.assignments, { effectiveFrom, assignees: to, receivedAt }] };
    }
    case 'LeaderChanged': {
      const { to, posts } = event.data;
      return { ...facts, leaders: [...facts.leaders, { posts: postsOf({ leaders: to, leaderPosts: posts?.to }), receivedAt }] };
    }
    case 'TaskAmended': {
      const { to, effectiveFrom } = event.data;
      const amended: TaskFacts = { ...facts, amendments: [...(facts.amendments ?? []), { to, effectiveFrom, receivedAt }] };
      const { deadline } = to;
      return deadline === undefined
        ? amended
        : { ...amended, ...withDeadline(amended, { by: 'amendment', until: deadline, effectiveFrom, receivedAt }) };
    }
    case 'PlanSubmitted': {
      const { n, unit, milestones } = event.data;
      return { ...facts, plans: [...facts.plans, { n, unit, submittedAt: receivedAt, returnedAt: null, acceptedAt: null, milestones }] };
    }
    case 'PlanReturned':
      return changePlan(facts, event.data.n, { returnedAt: receivedAt });
    case 'PlanAccepted':
      return changePlan(facts, event.data.n, { acceptedAt: receivedAt });
    case 'ExtensionRequested':
      return { ...facts, requests: [...facts.requests, { requestedAt: receivedAt, decidedAt: null }] };
    case 'ExtensionGranted': {
      const { n, until } = event.data;
      return { ...facts, ...decideRequest(facts, n, receivedAt), ...withDeadline(facts, { by: 'grant', until, receivedAt }) };
    }
    case 'ExtensionRefused':
      return { ...facts, ...decideRequest(facts, event.data.n, receivedAt) };
    case 'CompletionClaimed':
      return { ...facts, claims: [...facts.claims, { claimedAt: receivedAt, decidedAt: null }] };
    case 'CompletionVerified': {
      const { n } = event.data;
      const claim = facts.claims[n - 1];
      if (claim === undefined) throw new Error(`${facts.id}: claim ${n} verified but never made`);
      const completion = { claimedAt: claim.claimedAt, verifiedAt: receivedAt, reopenedAt: null, reopenings: facts.reopenings };
      return { ...facts, ...decideClaim(facts, n, receivedAt), completions: [...facts.completions, completion] };
    }
    case 'CompletionRejected':
      return { ...facts, ...decideClaim(facts, event.data.n, receivedAt) };
    case 'TaskSuspended':
    case 'TaskCancelled':
      return { ...facts, ...pause(facts, true, receivedAt) };
    case 'TaskResumed': {
      const resumed: TaskFacts = { ...facts, ...pause(facts, false, receivedAt) };
      const { deadline } = event.data;
      return deadline === undefined ? resumed : { ...resumed, ...withDeadline(resumed, { by: 'resumption', until: deadline, receivedAt }) };
    }
    case 'TaskReopened':
      return reopen(facts, event.data.deadline, receivedAt);
    default:
      return unreachable(event);
  }
};

const REPORT_EVENTS = typesWith('judged', 'report');
export type ReportFactsEvent = Extract<TaskEvent, { readonly type: (typeof REPORT_EVENTS)[number] }>;

/** Whether an event changes what a report is judged by. */
export const changesReportFacts = ofTypes(REPORT_EVENTS);

const submission = (receivedAt: number, says: StatementFact): SubmissionFact => ({
  receivedAt,
  acceptedAt: null,
  returnedAt: null,
  says,
});

export const submittedFacts = (task: string, { event: { data }, receivedAt }: Received<EventOf<typeof ReportSubmitted>>): ReportFacts => {
  const { report, unit, period, duty, status, percent, measurements, milestones } = data;
  const says = { status, percent: percent ?? null, figures: measurements ?? [], ...(milestones && { milestones }) };
  return { id: report, task, unit, period, duty: duty ?? null, submissions: [submission(receivedAt, says)] };
};

/** A version says again what it does not change of the one before. */
const amended = (
  before: StatementFact,
  { status, percent, measurements, milestones }: EventOf<typeof ReportAmended>['data']['changes'],
): StatementFact => ({
  ...before,
  status: status ?? before.status,
  percent: percent ?? before.percent,
  figures: measurements ?? before.figures,
  ...(milestones && { milestones }),
});

/** What becomes of a report that was submitted. */
export type ReportChange = Exclude<ReportFactsEvent, { readonly type: 'ReportSubmitted' }>;

export const evolveReportFacts = (facts: ReportFacts, { event, receivedAt }: Received<ReportChange>): ReportFacts => {
  const { submissions } = facts;
  const newest = submissions.at(-1);
  if (newest === undefined) throw new Error(`${facts.id}: ${event.type} on a report without a version`);
  if (event.type === 'ReportAmended')
    return { ...facts, submissions: [...submissions, submission(receivedAt, amended(newest.says, event.data.changes))] };
  // What is accepted or sent back is the version that stands.
  const decided = event.type === 'ReportAccepted' ? { acceptedAt: receivedAt } : { returnedAt: receivedAt };
  return { ...facts, submissions: [...submissions.slice(0, -1), { ...newest, ...decided }] };
};
