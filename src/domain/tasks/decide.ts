import {
  accept,
  decideBy,
  reject,
  whereExists,
  type Decide,
  type Decider,
  type Decision,
  type OfType,
  type OtherThan,
} from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import { beforeWhatItAnswers } from '../../kernel/order-of-acts.ts';
import { calledIn, carries, everCarried, sameAssignees, type Parties } from './assignment.ts';
import type { ResolvedAssignee, TaskCommand } from './commands.ts';
import {
  AssignmentAcknowledged,
  CompletionClaimed,
  CompletionRejected,
  CompletionVerified,
  ExtensionGranted,
  ExtensionRefused,
  ExtensionRequested,
  LeaderChanged,
  PlanAccepted,
  PlanReturned,
  PlanSubmitted,
  ReminderSent,
  ReportAccepted,
  ReportAmended,
  ReportReturned,
  ReportSubmitted,
  TaskAmended,
  TaskAssigned,
  TaskCancelled,
  TaskReassigned,
  TaskReopened,
  TaskResumed,
  TaskSuspended,
  type Assignee,
  type TaskEvent,
} from './events.ts';
import { leadersOf, postsOf } from './leaders.ts';
import { differing, printedOf } from './printed.ts';
import { reportId } from './report-id.ts';
import { reportIn, taskFolding, type Task, type TaskState } from './state.ts';
import { say } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';

type Rule<Type extends TaskCommand['type']> = Decide<Task, OfType<TaskCommand, Type>, TaskEvent>;

const assigneesOf = (resolved: readonly ResolvedAssignee[]): { readonly ok: Assignee[] } | { readonly refused: Decision<never> } => {
  const assignees: Assignee[] = [];
  for (const [index, { role, party, kind }] of resolved.entries()) {
    const pointer = `/assignees/${index}/party`;
    if (kind === null)
      return { refused: reject('party-unknown', say('tasks.neither-registered-unit-nor-defined-collective', { party }), { pointer }) };
    if (assignees.some((other) => other.party === party))
      return { refused: reject('duplicate-party', say('tasks.named-twice', { party }), { pointer }) };
    assignees.push({ role, party, kind });
  }
  return { ok: assignees };
};

/** Why a day named by a field cannot be one by which something is to be done: nobody is to do it yet. */
const beforeItHolds = (day: string | null, effectiveFrom: string | undefined, pointer: string): Decision<never> | undefined =>
  day !== null && effectiveFrom !== undefined && day < effectiveFrom
    ? reject('date-order', say('tasks.task-assigned-from', { effectiveFrom }), { pointer })
    : undefined;

/** The day from which a task has been given to anybody. */
const givenFrom = ({ assignments }: Task): string | undefined => assignments[0]?.effectiveFrom;

const assign: Decide<TaskState, OfType<TaskCommand, 'AssignTask'>, TaskEvent> = (state, command) => {
  const { type: _, task, directiveKnown, parentKnown, assignees, leaders, leaderPosts, deadlineTerms, ...assigned } = command;
  if (state !== null) return reject('task-exists', say('tasks.task-exists-already', { task }), { pointer: '/id' });
  if (!directiveKnown)
    return reject('directive-unknown', say('tasks.no-directive-known', { directive: command.directive }), { pointer: '/directive' });
  if (!parentKnown) return reject('parent-unknown', say('tasks.no-task-known', { parent: command.parent }), { pointer: '/parent' });
  const resolved = assigneesOf(assignees);
  if ('refused' in resolved) return resolved.refused;
  // What is printed in a document is assigned as it stands there; its import raises a finding.
  const refused = assigned.sourceLine === null ? beforeItHolds(assigned.deadline, assigned.effectiveFrom, '/deadline') : undefined;
  const said = { ...leadersOf(postsOf({ leaders, leaderPosts })), ...(deadlineTerms && { deadlineTerms }) };
  return refused ?? accept(TaskAssigned({ ...assigned, ...said, assignees: resolved.ok }));
};

const notAssigned = (parties: Parties, unit: string): Decision<never> =>
  reject('not-assigned', say('tasks.does-not-carry-this-task', { unit: calledIn(parties, unit) }), { pointer: '/unit' });

const closed = (task: Task): Decision<never> | undefined =>
  task.status === 'cancelled' || task.status === 'completed'
    ? reject('task-closed', say('tasks.task', { status: stateSaid(task.status) }), { facts: { status: task.status } })
    : undefined;

const cancelled = (task: Task): Decision<never> | undefined => (task.status === 'cancelled' ? closed(task) : undefined);

/** A paper may speak of an assignment that was recorded after it; nobody signs for what neither was said nor holds. */
const acknowledge: Rule<'Acknowledge'> = (task, { unit, day, parties }, receivedAt) => {
  if (!carries(task.assignments, unit, [day], parties)) return notAssigned(parties, unit);
  if (task.acknowledgedBy.includes(unit))
    return reject('already-acknowledged', say('tasks.has-signed-for', { unit: calledIn(parties, unit) }));
  const early = day < (givenFrom(task) ?? day) ? beforeWhatItAnswers(task.receipts.assignment, receivedAt) : undefined;
  return closed(task) ?? early ?? accept(AssignmentAcknowledged({ unit }));
};

const submitPlan: Rule<'SubmitPlan'> = (task, { unit, day, parties, milestones, leader, measures }) => {
  if (!carries(task.assignments, unit, [day], parties)) return notAssigned(parties, unit);
  return closed(task) ?? accept(PlanSubmitted({ n: task.plans.length + 1, unit, milestones, leader, measures }));
};

const sendBackPlan: Rule<'SendBackPlan'> = (task, { n, reason }, receivedAt) => {
  const plan = task.plans[n - 1];
  if (plan === undefined) return reject('plan-unknown', say('tasks.task-has-no-plan', { n }));
  if (plan.state !== 'submitted') return reject('already-decided', say('tasks.plan-already', { n, state: stateSaid(plan.state) }));
  return beforeWhatItAnswers(task.receipts[`plan ${n}`], receivedAt) ?? accept(PlanReturned({ n, unit: plan.unit, reason }));
};

const acceptPlan: Rule<'AcceptPlan'> = (task, { n }, receivedAt) => {
  const plan = task.plans[n - 1];
  if (plan === undefined) return reject('plan-unknown', say('tasks.task-has-no-plan', { n }));
  if (plan.state !== 'submitted') return reject('already-decided', say('tasks.plan-already', { n, state: stateSaid(plan.state) }));
  return beforeWhatItAnswers(task.receipts[`plan ${n}`], receivedAt) ?? accept(PlanAccepted({ n, unit: plan.unit }));
};

/** Why a report cannot say that milestones are reached: neither the task nor its plans have such a one. */
const milestoneUnknown = ({ deadlineTerms, planned }: Task, titles: readonly string[] | undefined): Decision<never> | undefined => {
  const known = new Set([...(deadlineTerms?.milestones ?? []).map(({ title }) => title), ...planned]);
  const strange = titles?.find((title) => !known.has(title));
  if (titles === undefined || strange === undefined) return undefined;
  const pointer = `/milestones/${titles.indexOf(strange)}`;
  return reject('milestone-unknown', say('tasks.neither-task-nor-plans-have-milestone', { strange }), { pointer });
};

/** A late report is taken and judged late; only what no policy demands, or what cannot be known yet, is refused. */
const submitReport: Rule<'SubmitReport'> = (task, command) => {
  const { unit, day, parties, period, duty, body, schedule, policyKnown } = command;
  if (!policyKnown) return reject('policy-missing', say('tasks.directive-has-no-reporting-schedule-yet'));
  if (schedule === null) return reject('period-outside-schedule', say('tasks.no-report-owed-for', { period }), { pointer: '/period' });
  if (day < schedule.begins)
    return reject('period-not-begun', say('tasks.begins-on-report-was-received-on', { period, begins: schedule.begins, day }), {
      pointer: '/period',
    });
  if (duty !== undefined && schedule.dueDays.length === 0)
    return reject('duty-unknown', say('tasks.no-policy-has-duty-that-report', { duty, period }), { pointer: '/duty' });
  if (!carries(task.assignments, unit, [day, ...schedule.dueDays], parties)) return notAssigned(parties, unit);
  const report = reportId(unit, period, duty);
  if (reportIn(task, report) !== undefined)
    return reject(
      'already-reported',
      say('tasks.has-reported-on-amend-report-instead', { unit: calledIn(parties, unit), period, report }),
      { facts: { report } },
    );
  return (
    cancelled(task) ??
    milestoneUnknown(task, body.milestones) ??
    accept(ReportSubmitted({ report, unit, period, ...(duty && { duty }), ...body }))
  );
};

const amendReport: Rule<'AmendReport'> = (task, { unit, report: id, changes, reason }, receivedAt) => {
  const report = reportIn(task, id);
  if (report === undefined || report.unit !== unit) return reject('report-unknown', say('tasks.has-no-report-on-this-task', { unit, id }));
  const changed = Object.entries(changes).filter(
    ([key, value]) => value !== undefined && !sameJson(value, report.body[key as keyof typeof report.body]),
  ); // keys of a Partial<ReportBody>
  if (changed.length === 0) return reject('nothing-changed', say('tasks.no-field-differs-from-report-as'));
  return (
    milestoneUnknown(task, changes.milestones) ??
    beforeWhatItAnswers(task.receipts[`report ${id}`], receivedAt) ??
    accept(ReportAmended({ report: id, unit, period: report.period, changes: Object.fromEntries(changed), reason }))
  );
};

const sendBackReport: Rule<'SendBackReport'> = (task, { report: id, reason }, receivedAt) => {
  const report = reportIn(task, id);
  if (report === undefined) return reject('report-unknown', say('tasks.task-has-no-report', { id }));
  if (report.state === 'accepted') return reject('report-accepted', say('tasks.report-accepted', { id }));
  if (report.state === 'returned') return reject('report-returned', say('tasks.report-was-returned-and-not-amended', { id }));
  return (
    beforeWhatItAnswers(task.receipts[`report ${id}`], receivedAt) ??
    accept(ReportReturned({ report: id, unit: report.unit, period: report.period, reason }))
  );
};

const acceptReport: Rule<'AcceptReport'> = (task, { report: id }, receivedAt) => {
  const report = reportIn(task, id);
  if (report === undefined) return reject('report-unknown', say('tasks.task-has-no-report', { id }));
  if (report.state === 'accepted') return reject('report-accepted', say('tasks.report-accepted-already', { id }));
  if (report.state === 'returned') return reject('report-returned', say('tasks.report-was-returned-and-not-amended', { id }));
  return (
    beforeWhatItAnswers(task.receipts[`report ${id}`], receivedAt) ??
    accept(ReportAccepted({ report: id, unit: report.unit, period: report.period }))
  );
};

const reassign: Rule<'Reassign'> = (task, { assignees, reason, authority, effectiveFrom, source }) => {
  const refused = closed(task);
  if (refused !== undefined) return refused;
  const resolved = assigneesOf(assignees);
  if ('refused' in resolved) return resolved.refused;
  const current = task.assignments.at(-1);
  if (current !== undefined && effectiveFrom < current.effectiveFrom)
    return reject('date-order', say('tasks.last-list-decided-holds-from-later', { effectiveFrom: current.effectiveFrom }), {
      pointer: '/effectiveFrom',
    });
  if (current !== undefined && sameAssignees(current.assignees, resolved.ok)) return accept();
  return accept(
    TaskReassigned({ from: current?.assignees ?? [], to: resolved.ok, reason, authority, effectiveFrom, ...(source && { source }) }),
  );
};

const changeLeaders: Rule<'ChangeLeaders'> = (task, { reason, authority, source, ...said }) => {
  const [from, to] = [postsOf(task), postsOf(said)];
  if (sameJson(from, to)) return accept();
  const [was, is] = [leadersOf(from), leadersOf(to)];
  const posts = was.leaderPosts === undefined && is.leaderPosts === undefined ? {} : { posts: { from, to } };
  return (
    closed(task) ?? accept(LeaderChanged({ from: was.leaders, to: is.leaders, ...posts, reason, authority, ...(source && { source }) }))
  );
};

/** What had fallen due before its first day stays as it was judged (`compliance/deadline.ts`). */
const amend: Rule<'Amend'> = (task, { to: wanted, effectiveFrom, reason, authority, source }) => {
  const { from, to } = differing(printedOf(task), wanted);
  if (Object.keys(to).length === 0) return accept();
  const last = task.amendedFrom;
  if (last !== undefined && effectiveFrom < last)
    return reject('date-order', say('tasks.last-amendment-holds-from-later-one', { last }), {
      pointer: '/effectiveFrom',
    });
  const isClosed = to.deadline !== undefined || to.deadlineTerms !== undefined ? closed(task) : undefined;
  const cited = source && { source };
  return (
    isClosed ??
    beforeItHolds(effectiveFrom, givenFrom(task), '/effectiveFrom') ??
    beforeAmended(to.deadline, effectiveFrom) ??
    accept(TaskAmended({ from, to, reason, authority, effectiveFrom, ...cited }))
  );
};

/** Nobody can be held to a day that was past when it was named. */
const beforeAmended = (deadline: string | null | undefined, effectiveFrom: string): Decision<never> | undefined =>
  typeof deadline === 'string' && deadline < effectiveFrom
    ? reject('date-order', say('tasks.amendment-holds-from-and-deadline-that', { effectiveFrom }), {
        pointer: '/deadline',
      })
    : undefined;

/** Asked before or after the deadline: both are recorded, the policy judges. */
const requestExtension: Rule<'RequestExtension'> = (task, { unit, day, parties, until, reason }) => {
  if (!carries(task.assignments, unit, [day], parties)) return notAssigned(parties, unit);
  const refused = closed(task);
  if (refused !== undefined) return refused;
  if (task.deadline === null) return reject('no-deadline', say('tasks.task-has-no-deadline-to-extend'));
  if (until <= task.deadline)
    return reject('until-not-later', say('tasks.deadline-already', { deadline: task.deadline }), { pointer: '/until' });
  if (task.extensions.some((extension) => extension.unit === unit && extension.state === 'requested'))
    return reject('extension-pending', say('tasks.request-awaits-decision', { unit }));
  return (
    beforeItHolds(until, givenFrom(task), '/until') ??
    accept(ExtensionRequested({ n: task.extensions.length + 1, unit, until, reason, deadline: task.deadline }))
  );
};

const decideExtension: Rule<'DecideExtension'> = (task, { n, granted, until, reason, authority }, receivedAt) => {
  const extension = task.extensions[n - 1];
  if (extension === undefined) return reject('extension-unknown', say('tasks.task-has-no-extension-request', { n }));
  if (extension.state !== 'requested')
    return reject('already-decided', say('tasks.extension-request-already', { n, state: stateSaid(extension.state) }));
  const early = beforeWhatItAnswers(task.receipts[`extension ${n}`], receivedAt);
  if (!granted) return early ?? accept(ExtensionRefused({ n, reason, authority }));
  const to = until ?? extension.until;
  const refused = closed(task);
  if (refused !== undefined) return refused;
  if (task.deadline === null) return reject('no-deadline', say('tasks.task-has-no-deadline-to-extend'));
  if (to <= task.deadline)
    return reject('until-not-later', say('tasks.deadline-already', { deadline: task.deadline }), { pointer: '/until' });
  return (
    beforeItHolds(to, givenFrom(task), '/until') ??
    early ??
    accept(ExtensionGranted({ n, from: task.deadline, until: to, reason, authority }))
  );
};

const remind: Rule<'Remind'> = (task, { unit, parties, period, channel, text, reminder, answer }) => {
  // Who was given the task once may owe a report of that time still.
  if (!everCarried(task.assignments, unit, parties)) return notAssigned(parties, unit);
  // A completed task still owes its reports, so its units can be reminded of them.
  return (
    cancelled(task) ??
    accept(ReminderSent({ unit, period, channel, text, ...(reminder === undefined ? {} : { reminder, answer: answer ?? undefined }) }))
  );
};

const claimCompletion: Rule<'ClaimCompletion'> = (task, { unit, day, parties, evidence, attachments }) => {
  if (!carries(task.assignments, unit, [day], parties)) return notAssigned(parties, unit);
  const refused = closed(task);
  if (refused !== undefined) return refused;
  if (task.status === 'suspended') return reject('task-suspended', say('tasks.task-suspended'));
  const open = task.claims.findIndex(({ state }) => state === 'claimed');
  if (open >= 0) return reject('already-claimed', say('tasks.claim-awaits-decision', { open: open + 1 }));
  return accept(CompletionClaimed({ n: task.claims.length + 1, unit, evidence, ...(attachments === undefined ? {} : { attachments }) }));
};

const decideClaim: Rule<'DecideClaim'> = (task, { n, verified, reason }, receivedAt) => {
  const claim = task.claims[n - 1];
  if (claim === undefined) return reject('claim-unknown', say('tasks.task-has-no-completion-claim', { n }));
  if (claim.state !== 'claimed')
    return reject('already-decided', say('tasks.completion-claim-already', { n, state: stateSaid(claim.state) }));
  if (task.status === 'suspended') return reject('task-suspended', say('tasks.task-suspended'));
  return (
    closed(task) ??
    beforeWhatItAnswers(task.receipts[`claim ${n}`], receivedAt) ??
    accept(verified ? CompletionVerified({ n, unit: claim.unit, reason }) : CompletionRejected({ n, unit: claim.unit, reason }))
  );
};

const suspend: Rule<'Suspend'> = (task, { reason, authority }) => {
  if (task.status === 'suspended') return reject('task-suspended', say('tasks.task-suspended-already'));
  return closed(task) ?? accept(TaskSuspended({ reason, authority }));
};

/** What sets a task going again names the deadline that binds from then on, or leaves the one there is. */
const withDeadline = (
  task: Task,
  { reason, authority, deadline }: Omit<OfType<TaskCommand, 'Resume' | 'Reopen'>, 'type'>,
  event: (data: { reason: string; authority: string; deadline?: string }) => TaskEvent,
): Decision<TaskEvent> =>
  deadline === undefined
    ? accept(event({ reason, authority }))
    : (beforeItHolds(deadline, givenFrom(task), '/deadline') ?? accept(event({ reason, authority, deadline })));

const resume: Rule<'Resume'> = (task, command, receivedAt) =>
  task.status === 'suspended'
    ? (beforeWhatItAnswers(task.receipts.suspension, receivedAt) ?? withDeadline(task, command, TaskResumed))
    : reject('task-not-suspended', say('tasks.task', { status: stateSaid(task.status) }));

const cancel: Rule<'Cancel'> = (task, { reason, authority, source }) =>
  closed(task) ?? accept(TaskCancelled({ reason, authority, ...(source && { source }) }));

const reopen: Rule<'Reopen'> = (task, command, receivedAt) =>
  task.status === 'completed' || task.status === 'cancelled'
    ? (beforeWhatItAnswers(task.receipts.closing, receivedAt) ?? withDeadline(task, command, TaskReopened))
    : reject('task-not-closed', say('tasks.task', { status: stateSaid(task.status) }));

const decideTask = decideBy<TaskState, TaskCommand, TaskEvent>({
  AssignTask: assign,
  ...whereExists<Task, OtherThan<TaskCommand, 'AssignTask'>, TaskEvent>(reject('task-unknown', say('tasks.no-such-task')), {
    Acknowledge: acknowledge,
    SubmitPlan: submitPlan,
    SendBackPlan: sendBackPlan,
    AcceptPlan: acceptPlan,
    SubmitReport: submitReport,
    AmendReport: amendReport,
    SendBackReport: sendBackReport,
    AcceptReport: acceptReport,
    Reassign: reassign,
    ChangeLeaders: changeLeaders,
    Amend: amend,
    RequestExtension: requestExtension,
    DecideExtension: decideExtension,
    Remind: remind,
    ClaimCompletion: claimCompletion,
    DecideClaim: decideClaim,
    Suspend: suspend,
    Resume: resume,
    Cancel: cancel,
    Reopen: reopen,
  }),
});

export const taskDecider: Decider<TaskState, TaskCommand, TaskEvent> = { ...taskFolding, decide: decideTask };
