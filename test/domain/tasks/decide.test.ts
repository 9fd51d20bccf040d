import { test } from 'tap';
import { catalogue } from '../../../src/domain/catalogue.ts';
import type { Decision } from '../../../src/kernel/decider.ts';
import type { Task } from '../../../src/domain/tasks/state.ts';
import { taskDecider } from '../../../src/domain/tasks/decide.ts';
import {
  AssignmentAcknowledged,
  CompletionClaimed,
  ExtensionGranted,
  ExtensionRequested,
  LeaderChanged,
  ReportAccepted,
  ReportAmended,
  ReportReturned,
  ReportSubmitted,
  TaskAssigned,
  TaskAmended,
  TaskReassigned,
  TaskReopened,
  TaskResumed,
  type TaskEvent,
} from '../../../src/domain/tasks/events.ts';
import { given, unreached } from '../../support/given.ts';
import {
  acknowledgedBy,
  assigned,
  assignedWithoutDeadline,
  cancelled,
  claimed,
  commands,
  cooperating,
  COUNTIES,
  DISTRICT,
  extensionAsked,
  FINANCE,
  histories,
  lead,
  planned,
  reported,
  SCIENCE,
  suspended,
  verified,
} from './fixtures.ts';

const task = (...events: TaskEvent[]) => given(taskDecider, events);
const stateOf = (...events: TaskEvent[]): Task => {
  const { state } = task(...events);
  if (state === null) throw new Error('no task');
  return state;
};

const eventsOf = (decision: Decision<TaskEvent>): readonly TaskEvent[] => {
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.events;
};

const STATUSES = ['none', 'assigned', 'acknowledged', 'in-progress', 'claimed', 'completed', 'suspended', 'cancelled'] as const;

/** What each command leads to in each status, in the order above: a type of event, or the code of a refusal. */
const TABLE: Readonly<Record<keyof typeof commands, string>> = {
  assign: 'TaskAssigned task-exists task-exists task-exists task-exists task-exists task-exists task-exists',
  acknowledge:
    'task-unknown AssignmentAcknowledged AssignmentAcknowledged AssignmentAcknowledged AssignmentAcknowledged task-closed ' +
    'AssignmentAcknowledged task-closed',
  submitPlan: 'task-unknown PlanSubmitted PlanSubmitted PlanSubmitted PlanSubmitted task-closed PlanSubmitted task-closed',
  sendBackPlan: 'task-unknown PlanReturned PlanReturned PlanReturned PlanReturned PlanReturned PlanReturned PlanReturned',
  acceptPlan: 'task-unknown PlanAccepted PlanAccepted PlanAccepted PlanAccepted PlanAccepted PlanAccepted PlanAccepted',
  submitReport: 'task-unknown ReportSubmitted ReportSubmitted ReportSubmitted ReportSubmitted ReportSubmitted ReportSubmitted task-closed',
  amendReport: 'task-unknown report-unknown report-unknown ReportAmended ReportAmended ReportAmended ReportAmended ReportAmended',
  sendBackReport: 'task-unknown report-unknown report-unknown ReportReturned ReportReturned ReportReturned ReportReturned ReportReturned',
  acceptReport: 'task-unknown report-unknown report-unknown ReportAccepted ReportAccepted ReportAccepted ReportAccepted ReportAccepted',
  reassign: 'task-unknown TaskReassigned TaskReassigned TaskReassigned TaskReassigned task-closed TaskReassigned task-closed',
  changeLeaders: 'task-unknown LeaderChanged LeaderChanged LeaderChanged LeaderChanged task-closed LeaderChanged task-closed',
  amend: 'task-unknown TaskAmended TaskAmended TaskAmended TaskAmended TaskAmended TaskAmended TaskAmended',
  requestExtension:
    'task-unknown ExtensionRequested ExtensionRequested ExtensionRequested ExtensionRequested task-closed ExtensionRequested task-closed',
  grantExtension:
    'task-unknown ExtensionGranted ExtensionGranted ExtensionGranted ExtensionGranted task-closed ExtensionGranted task-closed',
  refuseExtension:
    'task-unknown ExtensionRefused ExtensionRefused ExtensionRefused ExtensionRefused ExtensionRefused ExtensionRefused ExtensionRefused',
  remind: 'task-unknown ReminderSent ReminderSent ReminderSent ReminderSent ReminderSent ReminderSent task-closed',
  claimCompletion:
    'task-unknown CompletionClaimed CompletionClaimed CompletionClaimed already-claimed task-closed task-suspended task-closed',
  verifyClaim: 'task-unknown claim-unknown claim-unknown claim-unknown CompletionVerified already-decided task-suspended task-closed',
  rejectClaim: 'task-unknown claim-unknown claim-unknown claim-unknown CompletionRejected already-decided task-suspended task-closed',
  suspend: 'task-unknown TaskSuspended TaskSuspended TaskSuspended TaskSuspended task-closed task-suspended task-closed',
  resume:
    'task-unknown task-not-suspended task-not-suspended task-not-suspended task-not-suspended task-not-suspended ' +
    'TaskResumed task-not-suspended',
  cancel: 'task-unknown TaskCancelled TaskCancelled TaskCancelled TaskCancelled task-closed TaskCancelled task-closed',
  reopen: 'task-unknown task-not-closed task-not-closed task-not-closed task-not-closed TaskReopened task-not-closed TaskReopened',
};

const outcome = (command: keyof typeof commands, status: (typeof STATUSES)[number]): string => {
  const { decision } = task(...histories[status]).when(commands[command]());
  return decision.ok ? decision.events.map(({ type }) => type).join('+') : decision.refusal.code;
};

await test('every command in every status', async (t) => {
  for (const status of STATUSES) t.equal(task(...histories[status]).state?.status ?? 'none', status, `a history that leads to ${status}`);
  for (const [command, expected] of Object.entries(TABLE))
    // The keys of TABLE are those of `commands`.
    t.equal(STATUSES.map((status) => outcome(command as keyof typeof commands, status)).join(' '), expected, command);
});

await test('every type of event comes from some command', async (t) => {
  const decided = Object.values(TABLE).flatMap((row) => row.split(' '));
  const own = catalogue.types.slice(catalogue.types.indexOf('TaskAssigned'), catalogue.types.indexOf('TaskReopened') + 1);
  t.same(
    own.filter((type) => !decided.includes(type)),
    [],
  );
  t.equal(own.length, 23);
});

await test('the status that each event leads to', async (t) => {
  const after: Readonly<Record<string, string>> = {
    TaskAssigned: 'assigned',
    CompletionClaimed: 'claimed',
    CompletionVerified: 'completed',
    CompletionRejected: 'in-progress',
    TaskSuspended: 'suspended',
    TaskCancelled: 'cancelled',
    TaskReopened: 'in-progress',
  };
  for (const [name, command] of Object.entries(commands))
    for (const status of STATUSES) {
      const history = histories[status];
      const { decision } = task(...history).when(command());
      if (!decision.ok) continue;
      const type = decision.events[0]?.type ?? '';
      const first = type === 'ReportSubmitted' && (status === 'assigned' || status === 'acknowledged') ? 'in-progress' : undefined;
      const acknowledged = type === 'AssignmentAcknowledged' && status === 'assigned' ? 'acknowledged' : undefined;
      const resumed = type === 'TaskResumed' ? 'claimed' : undefined;
      t.equal(
        stateOf(...history, ...decision.events).status,
        after[type] ?? first ?? acknowledged ?? resumed ?? status,
        `${name} when ${status}`,
      );
    }
});

await test('a task is assigned to parties that the roster knows, each named once', async (t) => {
  const { assign } = commands;
  await task().when(assign()).then([assigned])(t);
  await task()
    .when(assign({ directiveKnown: false }))
    .thenRejected(
      'directive-unknown',
      '/directive',
    )(t);
  await task()
    .when(assign({ parent: 'nowhere', parentKnown: false }))
    .thenRejected(
      'parent-unknown',
      '/parent',
    )(t);
  await task(assigned).when(assign()).thenRejected('task-exists', '/id')(t);
  const unknown = { role: 'cooperating', party: 'unheard-of', kind: null } as const;
  await task()
    .when(assign({ assignees: [lead(SCIENCE), unknown] }))
    .thenRejected(
      'party-unknown',
      '/assignees/1/party',
    )(t);
  await task()
    .when(assign({ assignees: [lead(SCIENCE), cooperating(FINANCE), cooperating(SCIENCE)] }))
    .thenRejected(
      'duplicate-party',
      '/assignees/2/party',
    )(t);
  await task()
    .when(assign({ assignees: [cooperating(FINANCE), lead(SCIENCE)] }))
    .then([TaskAssigned({ ...assigned.data, assignees: [cooperating(FINANCE), lead(SCIENCE)] })])(t);
});

await test('an assignment is signed for by each that carries it, once', async (t) => {
  const { acknowledge } = commands;
  await task(assigned, acknowledgedBy(SCIENCE))
    .when(acknowledge())
    .then([AssignmentAcknowledged({ unit: FINANCE })])(t);
  await task(assigned, acknowledgedBy(FINANCE)).when(acknowledge()).thenRejected('already-acknowledged')(t);
  await task(assigned)
    .when(acknowledge({ unit: 'unheard-of' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  await task(assigned)
    .when(acknowledge({ unit: COUNTIES }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
});

await test('a collective’s member carries the task from the day on which it is one', async (t) => {
  const { acknowledge, submitReport } = commands;
  await task(assigned)
    .when(acknowledge({ unit: DISTRICT, day: '2023-02-28' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  await task(assigned)
    .when(acknowledge({ unit: DISTRICT, day: '2023-03-01' }))
    .then([AssignmentAcknowledged({ unit: DISTRICT })])(t);
  const onMarch = submitReport({ unit: DISTRICT, day: '2023-02-20', schedule: { begins: '2023-02-01', dueDays: ['2023-03-01'] } });
  await task(assigned)
    .when(onMarch)
    .then([ReportSubmitted({ report: `${DISTRICT}-2023-03`, unit: DISTRICT, period: '2023-03', ...onMarch.body })])(t);
  await task(assigned)
    .when(submitReport({ unit: DISTRICT, day: '2023-02-20', schedule: { begins: '2023-02-01', dueDays: ['2023-02-28'] } }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
});

await test('a report is taken however late, but not before its period, outside the schedule, or twice', async (t) => {
  const { submitReport } = commands;
  const submitted = ReportSubmitted({ report: `${SCIENCE}-2023-03`, unit: SCIENCE, period: '2023-03', ...submitReport().body });
  await task(assigned)
    .when(submitReport({ day: '2023-03-01' }))
    .then([submitted])(t);
  await task(assigned)
    .when(submitReport({ day: '2024-02-01' }))
    .then([submitted])(t);
  await task(assigned)
    .when(submitReport({ day: '2023-02-28' }))
    .thenRejected(
      'period-not-begun',
      '/period',
    )(t);
  await task(assigned)
    .when(submitReport({ schedule: null }))
    .thenRejected(
      'period-outside-schedule',
      '/period',
    )(t);
  await task(assigned)
    .when(submitReport({ schedule: null, policyKnown: false }))
    .thenRejected('policy-missing')(t);
  await task(assigned, submitted).when(submitReport()).thenRejected('already-reported')(t);
  await task(assigned, submitted, ReportReturned({ report: `${SCIENCE}-2023-03`, unit: SCIENCE, period: '2023-03', reason: 'r' }))
    .when(submitReport())
    .thenRejected('already-reported')(t);
  await task(assigned, submitted)
    .when(submitReport({ unit: FINANCE }))
    .then([ReportSubmitted({ ...submitted.data, report: `${FINANCE}-2023-03`, unit: FINANCE })])(t);
  t.match(
    task(assigned, submitted).when(submitReport()).decision,
    { refusal: { facts: { report: `${SCIENCE}-2023-03` } } },
    'names the report to amend',
  );
});

await test('after a reassignment on 15 May the old unit reports on what fell due before, the new one on all', async (t) => {
  const reassigned = TaskReassigned({
    from: [lead(SCIENCE)],
    to: [lead(FINANCE)],
    reason: 'r',
    authority: 'a',
    effectiveFrom: '2023-05-15',
  });
  const later = [TaskAssigned({ ...assigned.data, assignees: [lead(SCIENCE)] }), reassigned];
  const onApril = { period: '2023-04', day: '2023-05-20', schedule: { begins: '2023-04-01', dueDays: ['2023-04-30'] } };
  const onMay = { period: '2023-05', day: '2023-05-20', schedule: { begins: '2023-05-01', dueDays: ['2023-05-30'] } };
  const { body } = commands.submitReport();
  const report = (unit: string, period: string) => ReportSubmitted({ report: `${unit}-${period}`, unit, period, ...body });
  await task(...later)
    .when(commands.submitReport({ unit: SCIENCE, ...onApril }))
    .then([report(SCIENCE, '2023-04')])(t);
  await task(...later)
    .when(commands.submitReport({ unit: SCIENCE, ...onMay }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  await task(...later)
    .when(commands.submitReport({ unit: SCIENCE, ...onMay, day: '2023-05-14' }))
    .then([report(SCIENCE, '2023-05')])(t);
  await task(...later)
    .when(commands.submitReport({ unit: FINANCE, ...onApril }))
    .then([report(FINANCE, '2023-04')])(t);
  await task(...later)
    .when(commands.submitReport({ unit: FINANCE, ...onMay }))
    .then([report(FINANCE, '2023-05')])(t);
  await task(...later)
    .when(commands.submitReport({ unit: FINANCE, ...onMay, day: '2023-05-14' }))
    .then([report(FINANCE, '2023-05')])(t);
  await task(...later)
    .when(commands.submitReport({ unit: FINANCE, ...onApril, day: '2023-05-14' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
});

await test('what is printed of a task is amended by its changed fields, from a day on that is none before the last', async (t) => {
  const amended = TaskAmended({
    from: { number: 25, deadline: '2023-06-30' },
    to: { number: 26, deadline: '2023-07-31' },
    effectiveFrom: '2023-05-15',
    reason: '经研究',
    authority: '市政府督查室',
  });
  const to = { number: 26, title: assigned.data.title, deadline: '2023-07-31' };
  await task(assigned).when(commands.amend({ to })).then([amended])(t);
  await task(assigned, amended).when(commands.amend({ to })).then([])(t);
  await task(assigned, amended)
    .when(commands.amend({ effectiveFrom: '2023-05-14' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
  await task(assigned)
    .when(commands.amend({ effectiveFrom: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
  await task(assigned)
    .when(commands.amend({ to: { deadline: '2023-05-14' } }))
    .thenRejected(
      'date-order',
      '/deadline',
    )(t);
  for (const history of [
    [assigned, cancelled],
    [assigned, claimed, verified],
  ]) {
    await task(...history)
      .when(commands.amend({ to: { deadline: null } }))
      .thenRejected('task-closed')(t);
    const { ok } = task(...history).when(commands.amend({ to: { number: 26 } })).decision;
    t.ok(ok, 'its number may be printed otherwise all the same');
  }
});

await test('an amendment records the changed fields, and is none without a change', async (t) => {
  const { amendReport } = commands;
  const report = reported(SCIENCE, '2023-01');
  const ref = { report: `${SCIENCE}-2023-01`, unit: SCIENCE, period: '2023-01' };
  const amended = ReportAmended({ ...ref, changes: { percent: 25 }, reason: '统计口径调整' });
  await task(assigned, report)
    .when(amendReport({ changes: { percent: 25, status: 'on-track' } }))
    .then([amended])(t);
  await task(assigned, report)
    .when(amendReport({ changes: { percent: 20, status: 'on-track' } }))
    .thenRejected('nothing-changed')(t);
  await task(assigned, report)
    .when(amendReport({ changes: {} }))
    .thenRejected('nothing-changed')(t);
  await task(assigned, report, amended).when(amendReport()).thenRejected('nothing-changed')(t);
  await task(assigned, report)
    .when(amendReport({ unit: FINANCE }))
    .thenRejected('report-unknown')(t);
  await task(assigned, report)
    .when(amendReport({ report: `${SCIENCE}-2023-02` }))
    .thenRejected('report-unknown')(t);
  t.match(stateOf(assigned, report, amended).reports, {
    [ref.report]: { state: 'amended', body: { percent: 25, status: 'on-track', narrative: '按进度推进。' } },
  });
});

await test('the same attachments are no change, however the log gave their members back', async (t) => {
  const sent = { sha256: 'a'.repeat(64), name: '报表.xlsx', size: 12, mediaType: 'application/vnd.ms-excel' };
  const { sha256, name, size, mediaType } = sent;
  const report = ReportSubmitted({ ...reported(SCIENCE, '2023-01').data, attachments: [{ mediaType, name, sha256, size }] });
  await task(assigned, report)
    .when(commands.amendReport({ changes: { attachments: [sent] } }))
    .thenRejected('nothing-changed')(t);
  await task(assigned, report)
    .when(commands.amendReport({ changes: { attachments: [{ ...sent, size: 13 }] } }))
    .then([
      ReportAmended({
        report: `${SCIENCE}-2023-01`,
        unit: SCIENCE,
        period: '2023-01',
        changes: { attachments: [{ ...sent, size: 13 }] },
        reason: '统计口径调整',
      }),
    ])(t);
});

await test('a report is returned or accepted as it stands, and again after an amendment', async (t) => {
  const { sendBackReport, acceptReport, amendReport } = commands;
  const ref = { report: `${SCIENCE}-2023-01`, unit: SCIENCE, period: '2023-01' };
  const back = ReportReturned({ ...ref, reason: '数据不全' });
  const taken = ReportAccepted(ref);
  const amended = ReportAmended({ ...ref, changes: { percent: 25 }, reason: '统计口径调整' });
  const before = [assigned, reported(SCIENCE, '2023-01')];
  await task(...before)
    .when(sendBackReport())
    .then([back])(t);
  await task(...before, back)
    .when(sendBackReport())
    .thenRejected('report-returned')(t);
  await task(...before, back)
    .when(acceptReport())
    .thenRejected('report-returned')(t);
  await task(...before, back)
    .when(amendReport())
    .then([amended])(t);
  await task(...before, back, amended)
    .when(acceptReport())
    .then([taken])(t);
  await task(...before, taken)
    .when(acceptReport())
    .thenRejected('report-accepted')(t);
  await task(...before, taken)
    .when(sendBackReport())
    .thenRejected('report-accepted')(t);
  await task(...before, taken, amended)
    .when(sendBackReport())
    .then([back])(t);
});

await test('plans are numbered and decided once', async (t) => {
  const { submitPlan, sendBackPlan, acceptPlan } = commands;
  t.match(task(assigned, planned).when(submitPlan()).decision, { events: [{ type: 'PlanSubmitted', data: { n: 2, unit: FINANCE } }] });
  await task(assigned)
    .when(submitPlan({ unit: 'unheard-of' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  for (const n of [0, 2, -1]) {
    await task(assigned, planned).when(sendBackPlan({ n })).thenRejected('plan-unknown')(t);
    await task(assigned, planned).when(acceptPlan({ n })).thenRejected('plan-unknown')(t);
  }
  for (const command of [sendBackPlan(), acceptPlan()]) {
    const decided = eventsOf(task(assigned, planned).when(command).decision);
    await task(assigned, planned, ...decided)
      .when(sendBackPlan())
      .thenRejected('already-decided')(t);
    await task(assigned, planned, ...decided)
      .when(acceptPlan())
      .thenRejected('already-decided')(t);
  }
});

await test('a reassignment that changes nothing is none', async (t) => {
  const { reassign } = commands;
  const whole = assigned.data.assignees;
  await task(assigned)
    .when(reassign({ assignees: whole }))
    .then([])(t);
  const swapped = [cooperating(FINANCE), lead(SCIENCE), cooperating(COUNTIES, 'collective')];
  const changed = (to: typeof whole, effectiveFrom: string, from = whole) =>
    TaskReassigned({ from, to, reason: '经研究', authority: '市政府督查室', effectiveFrom });
  await task(assigned)
    .when(reassign({ assignees: swapped }))
    .then([changed(swapped, '2023-05-15')])(t);
  const promoted = [lead(SCIENCE), lead(FINANCE), cooperating(COUNTIES, 'collective')];
  await task(assigned)
    .when(reassign({ assignees: promoted }))
    .then([changed(promoted, '2023-05-15')])(t);
  const fromJune = changed([lead(FINANCE)], '2023-06-01');
  await task(assigned, fromJune)
    .when(reassign({ effectiveFrom: '2023-07-01' }))
    .then([])(t);
  await task(assigned, fromJune)
    .when(reassign({ effectiveFrom: '2023-05-01' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
});

await test('a reassignment holds from the first assignment on at the earliest, and names known parties once', async (t) => {
  const { reassign } = commands;
  await task(assigned)
    .when(reassign({ effectiveFrom: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
  const sameDay = TaskReassigned({
    from: assigned.data.assignees,
    to: [lead(FINANCE)],
    reason: '经研究',
    authority: '市政府督查室',
    effectiveFrom: '2023-01-10',
  });
  await task(assigned)
    .when(reassign({ effectiveFrom: '2023-01-10' }))
    .then([sameDay])(t);
  await task(assigned, sameDay)
    .when(reassign({ effectiveFrom: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
  await task(assigned)
    .when(reassign({ assignees: [{ role: 'lead', party: 'unheard-of', kind: null }] }))
    .thenRejected(
      'party-unknown',
      '/assignees/0/party',
    )(t);
  await task(assigned)
    .when(reassign({ assignees: [lead(FINANCE), cooperating(FINANCE)] }))
    .thenRejected(
      'duplicate-party',
      '/assignees/1/party',
    )(t);
});

await test('leaders are changed as a whole list', async (t) => {
  const changed = LeaderChanged({ from: ['杨红忠'], to: ['万战伟'], reason: '经研究', authority: '市政府督查室' });
  await task(assigned).when(commands.changeLeaders()).then([changed])(t);
  await task(assigned)
    .when(commands.changeLeaders({ leaders: ['杨红忠'] }))
    .then([])(t);
  await task(assigned, changed).when(commands.changeLeaders()).then([])(t);
  await task(assigned, cancelled)
    .when(commands.changeLeaders({ leaders: ['杨红忠'] }))
    .then([])(t);
});

const asked = (until: string, n = 1) => ExtensionRequested({ n, unit: FINANCE, until, reason: '设备未到', deadline: '2023-06-30' });
const granted = (until: string) => ExtensionGranted({ n: 1, from: '2023-06-30', until, reason: '经研究', authority: '市政府督查室' });

await test('an extension goes beyond the deadline in force', async (t) => {
  const { requestExtension, grantExtension, refuseExtension } = commands;
  await task(assigned)
    .when(requestExtension({ until: '2023-07-01' }))
    .then([asked('2023-07-01')])(t);
  await task(assigned)
    .when(requestExtension({ until: '2023-07-01', day: '2023-07-05' }))
    .then([asked('2023-07-01')])(t);
  await task(assigned)
    .when(requestExtension({ until: '2023-06-30' }))
    .thenRejected(
      'until-not-later',
      '/until',
    )(t);
  await task(assigned)
    .when(requestExtension({ unit: 'unheard-of' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  await task(assignedWithoutDeadline).when(requestExtension()).thenRejected('no-deadline')(t);
  await task(assigned, asked('2023-08-31')).when(requestExtension()).thenRejected('extension-pending')(t);
  await task(assigned, extensionAsked)
    .when(requestExtension())
    .then([asked('2023-08-31', 2)])(t);

  await task(assigned, asked('2023-08-31'))
    .when(grantExtension())
    .then([granted('2023-08-31')])(t);
  await task(assigned, asked('2023-08-31'))
    .when(grantExtension({ until: '2023-07-31' }))
    .then([granted('2023-07-31')])(t);
  await task(assigned, asked('2023-08-31'))
    .when(grantExtension({ until: '2023-06-30' }))
    .thenRejected(
      'until-not-later',
      '/until',
    )(t);
  await task(assigned, asked('2023-08-31'))
    .when(grantExtension({ n: 2 }))
    .thenRejected('extension-unknown')(t);
  await task(assigned, asked('2023-08-31'), granted('2023-08-31')).when(grantExtension()).thenRejected('already-decided')(t);
  await task(assigned, asked('2023-08-31'), granted('2023-08-31')).when(refuseExtension()).thenRejected('already-decided')(t);
  await task(assigned, extensionAsked, asked('2023-08-31', 2), granted('2023-09-30'))
    .when(grantExtension({ n: 2 }))
    .thenRejected(
      'until-not-later',
      '/until',
    )(t);
  await task(assigned, asked('2023-08-31'), granted('2023-08-31'))
    .when(requestExtension({ until: '2023-08-31' }))
    .thenRejected(
      'until-not-later',
      '/until',
    )(t);
  t.match(stateOf(assigned, asked('2023-08-31'), granted('2023-07-31')), { deadline: '2023-07-31', originalDeadline: '2023-06-30' });
  // A deadline that went away between request and grant cannot be extended; no event takes one away today.
  await task(assignedWithoutDeadline, asked('2023-08-31')).when(grantExtension()).thenRejected('no-deadline')(t);
});

await test('completion is claimed by who carries the task, one claim at a time, and again after a rejection', async (t) => {
  const { claimCompletion, verifyClaim, rejectClaim } = commands;
  await task(assigned).when(claimCompletion()).then([claimed])(t);
  await task(assigned, claimed).when(claimCompletion()).thenRejected('already-claimed')(t);
  await task(assigned, claimed)
    .when(claimCompletion({ unit: FINANCE }))
    .thenRejected('already-claimed')(t);
  await task(assigned)
    .when(claimCompletion({ unit: 'unheard-of' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
  const attachments = [{ sha256: 'b'.repeat(64), name: '验收.pdf', size: 1, mediaType: 'application/pdf' }];
  await task(assigned)
    .when(claimCompletion({ attachments }))
    .then([CompletionClaimed({ ...claimed.data, attachments })])(t);
  const rejected = eventsOf(task(assigned, claimed).when(rejectClaim()).decision);
  await task(assigned, claimed, ...rejected)
    .when(claimCompletion())
    .then([CompletionClaimed({ ...claimed.data, n: 2 })])(t);
  await task(assigned, claimed, ...rejected)
    .when(verifyClaim())
    .thenRejected('already-decided')(t);
  await task(assigned, claimed)
    .when(verifyClaim({ n: 2 }))
    .thenRejected('claim-unknown')(t);
});

await test('reopening makes a closed task one that is under way, whose claims can be made and decided again', async (t) => {
  const { claimCompletion, reopen, verifyClaim } = commands;
  const reopened = TaskReopened({ reason: '经研究', authority: '市政府督查室' });
  await task(assigned, claimed, verified).when(reopen()).then([reopened])(t);
  await task(assigned, claimed, verified, reopened).when(reopen()).thenRejected('task-not-closed')(t);
  await task(assigned, claimed, verified, reopened)
    .when(claimCompletion())
    .then([CompletionClaimed({ ...claimed.data, n: 2 })])(t);
  await task(assigned, claimed, cancelled, reopened).when(verifyClaim()).then([verified])(t);
  await task(assigned, claimed, cancelled, reopened).when(claimCompletion()).thenRejected('already-claimed')(t);
});

await test('a suspension ends where it began, with what was done meanwhile', async (t) => {
  const resumed = TaskResumed({ reason: '经研究', authority: '市政府督查室' });
  const after = (...events: TaskEvent[]): string => stateOf(...events, resumed).status;
  t.equal(after(assigned, suspended), 'assigned');
  t.equal(after(assigned, acknowledgedBy(SCIENCE), suspended), 'acknowledged');
  t.equal(after(assigned, claimed, suspended), 'claimed');
  t.equal(after(assigned, suspended, acknowledgedBy(SCIENCE)), 'acknowledged', 'it was signed for while it was suspended');
  t.equal(after(assigned, suspended, reported(SCIENCE, '2023-01')), 'in-progress', 'it was reported on while it was suspended');
  t.equal(stateOf(assigned, suspended, reported(SCIENCE, '2023-01')).status, 'suspended');
  t.equal(stateOf(assigned, suspended, cancelled).suspendedFrom, null);
  await task(assigned, suspended).when(commands.resume()).then([resumed])(t);
});

await test('a report that names a duty stands beside those that name another or none', async (t) => {
  const { submitReport } = commands;
  const { body } = submitReport();
  const ref = { unit: SCIENCE, period: '2023-03' };
  const whole = ReportSubmitted({ ...ref, report: `${SCIENCE}-2023-03`, ...body });
  const onProgress = ReportSubmitted({ ...ref, report: `${SCIENCE}-2023-03-progress`, duty: 'progress', ...body });
  await task(assigned, whole)
    .when(submitReport({ duty: 'progress' }))
    .then([onProgress])(t);
  await task(assigned, onProgress).when(submitReport()).then([whole])(t);
  await task(assigned, whole, onProgress)
    .when(submitReport({ duty: 'progress' }))
    .thenRejected('already-reported')(t);
  await task(assigned)
    .when(submitReport({ duty: 'unheard-of', schedule: { begins: '2023-03-01', dueDays: [] } }))
    .thenRejected(
      'duty-unknown',
      '/duty',
    )(t);
  t.match(stateOf(assigned, whole, onProgress).reports, {
    [`${SCIENCE}-2023-03`]: {},
    [`${SCIENCE}-2023-03-progress`]: { duty: 'progress' },
  });
});

await test('a report names milestones of the task’s deadline or of its plans as reached, and no others', async (t) => {
  const { amendReport, submitReport } = commands;
  const milestones = [{ title: '开工', due: '2023-04-30' }];
  const staged = TaskAssigned({ ...assigned.data, deadlineTerms: { printed: '6月底前', kind: 'date', precision: 'month', milestones } });
  const { body } = submitReport();
  const reaching = (...titles: string[]) => submitReport({ body: { ...body, milestones: titles } });
  const submitted = (...titles: string[]) =>
    ReportSubmitted({ report: `${SCIENCE}-2023-03`, unit: SCIENCE, period: '2023-03', ...body, milestones: titles });
  await task(staged)
    .when(reaching('开工'))
    .then([submitted('开工')])(t);
  await task(staged, planned)
    .when(reaching('方案', '开工'))
    .then([submitted('方案', '开工')])(t);
  await task(staged).when(reaching('开工', '方案')).thenRejected('milestone-unknown', '/milestones/1')(t);
  await task(assigned).when(reaching('constructor')).thenRejected('milestone-unknown', '/milestones/0')(t);
  const report = reported(SCIENCE, '2023-01');
  await task(staged, report)
    .when(amendReport({ changes: { milestones: ['竣工'] } }))
    .thenRejected(
      'milestone-unknown',
      '/milestones/0',
    )(t);
  const ref = { report: `${SCIENCE}-2023-01`, unit: SCIENCE, period: '2023-01', reason: '统计口径调整' };
  await task(staged, report)
    .when(amendReport({ changes: { milestones: ['开工'] } }))
    .then([ReportAmended({ ...ref, changes: { milestones: ['开工'] } })])(t);
});

await test('what sets a task going again may name the deadline that binds from then on', async (t) => {
  const { reopen, requestExtension, resume } = commands;
  const why = { reason: '经研究', authority: '市政府督查室', deadline: '2023-12-31' };
  const [resumed, reopened] = [TaskResumed(why), TaskReopened(why)];
  await task(assigned, suspended)
    .when(resume({ deadline: '2023-12-31' }))
    .then([resumed])(t);
  await task(assigned, cancelled)
    .when(reopen({ deadline: '2023-12-31' }))
    .then([reopened])(t);
  const deadlines = { deadline: '2023-12-31', originalDeadline: '2023-06-30' };
  t.match(stateOf(assigned, suspended, resumed), deadlines);
  t.match(stateOf(assigned, claimed, verified, reopened), deadlines);
  t.match(stateOf(assignedWithoutDeadline, cancelled, reopened), { deadline: '2023-12-31', originalDeadline: null });
  await task(assigned, suspended, resumed)
    .when(requestExtension({ until: '2023-12-31' }))
    .thenRejected(
      'until-not-later',
      '/until',
    )(t);
  for (const early of [
    task(assigned, suspended).when(resume({ deadline: '2023-01-09' })),
    task(assigned, cancelled).when(reopen({ deadline: '2023-01-09' })),
  ])
    await early.thenRejected('date-order', '/deadline')(t);
});

await test('a reminder goes to who carries the task', async (t) => {
  await task(assigned)
    .when(commands.remind({ unit: 'unheard-of' }))
    .thenRejected(
      'not-assigned',
      '/unit',
    )(t);
});

await test('events that contradict the log are not folded', async (t) => {
  t.throws(() => task(reported(SCIENCE, '2023-01')), /before TaskAssigned/u);
  t.throws(() => task(assigned, ReportReturned({ report: 'none', unit: SCIENCE, period: '2023-01', reason: 'r' })), /no report none/u);
});

await test('every refusal of a task is reached above', async (t) => t.same(unreached('src/domain/tasks/decide.ts'), []));
