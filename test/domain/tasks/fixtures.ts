import type { Parties } from '../../../src/domain/tasks/assignment.ts';
import type { TaskCommand } from '../../../src/domain/tasks/commands.ts';
import {
  AssignmentAcknowledged,
  CompletionClaimed,
  CompletionVerified,
  ExtensionRequested,
  PlanSubmitted,
  ReportSubmitted,
  TaskAssigned,
  TaskCancelled,
  TaskSuspended,
  type Assignee,
  type TaskEvent,
} from '../../../src/domain/tasks/events.ts';
import type { TaskStatus } from '../../../src/domain/tasks/status.ts';

/** One task of the directive: the science bureau leads, the finance bureau and the county governments cooperate. */

export const SCIENCE = 'shi-ke-ji-ju';
export const FINANCE = 'shi-cai-zheng-ju';
export const DISTRICT = 'hu-bin-qu-zheng-fu';
export const COUNTIES = 'ge-xian-shi-qu-zheng-fu';

export const lead = (party: string): Assignee => ({ role: 'lead', party, kind: 'unit' });
export const cooperating = (party: string, kind: Assignee['kind'] = 'unit'): Assignee => ({ role: 'cooperating', party, kind });

const ASSIGNEES = [lead(SCIENCE), cooperating(FINANCE), cooperating(COUNTIES, 'collective')];

/** The district government is a member of the counties from March on. */
export const parties: Parties = {
  units: new Map(),
  collectives: new Map([[COUNTIES, { memberships: [{ from: '2023-03-01', members: [DISTRICT], receivedAt: 0 }] }]]),
};

type Command<Type extends TaskCommand['type']> = Extract<TaskCommand, { readonly type: Type }>;
type Fields<Type extends TaskCommand['type']> = Partial<Command<Type>>;

const printed = {
  directive: 'sanzhengban-2023-1',
  kind: 'task',
  number: 25,
  title: '研发投入',
  text: '全年研发投入强度达到2.4%以上。',
  sourceLine: 98,
  theme: { number: 2, name: '全力推动创新' },
  group: { number: '2.1', name: '创新平台' },
  parent: null,
  deadline: '2023-06-30',
  effectiveFrom: '2023-01-10',
} as const;

export const assigned = TaskAssigned({
  ...printed,
  assignees: ASSIGNEES,
  leaders: ['杨红忠'],
  measurements: [{ metric: '研发投入强度', comparator: 'gte', target: '2.4', unit: '%' }],
});
export const assignedWithoutDeadline = TaskAssigned({ ...assigned.data, deadline: null });

export const acknowledgedBy = (unit: string) => AssignmentAcknowledged({ unit });
export const planned = PlanSubmitted({
  n: 1,
  unit: SCIENCE,
  milestones: [{ title: '方案', due: '2023-03-31' }],
  leader: '张三',
  measures: '每月调度',
});
export const extensionAsked = ExtensionRequested({ n: 1, unit: SCIENCE, until: '2023-09-30', reason: '汛期', deadline: '2023-06-30' });
export const reported = (unit: string, period: string) =>
  ReportSubmitted({ report: `${unit}-${period}`, unit, period, status: 'on-track', percent: 20, narrative: '按进度推进。' });
export const claimed = CompletionClaimed({ n: 1, unit: SCIENCE, evidence: '统计部门核定' });
export const verified = CompletionVerified({ n: 1, unit: SCIENCE, reason: '属实' });
export const suspended = TaskSuspended({ reason: '上级暂停', authority: '市长办公会' });
export const cancelled = TaskCancelled({ reason: '并入其他任务', authority: '市长办公会' });

const open = [assigned, planned, extensionAsked];
const underWay = [...open, reported(SCIENCE, '2023-01')];

/** A history that leads to each status, each with a plan to look at and an extension to decide. */
export const histories = {
  none: [],
  assigned: open,
  acknowledged: [...open, acknowledgedBy(SCIENCE)],
  'in-progress': underWay,
  claimed: [...underWay, claimed],
  completed: [...underWay, claimed, verified],
  suspended: [...underWay, claimed, suspended],
  cancelled: [...underWay, claimed, cancelled],
} as const satisfies Record<TaskStatus | 'none', readonly TaskEvent[]>;

const by = (unit: string) => ({ unit, day: '2023-03-10', parties });
const decided = { reason: '经研究', authority: '市政府督查室' };

/** One command of every type, with the fields given in place of the usual ones. */
export const commands = {
  assign: (more: Fields<'AssignTask'> = {}): Command<'AssignTask'> => ({
    type: 'AssignTask',
    task: 'sanzhengban-2023-1-task-25',
    ...printed,
    directiveKnown: true,
    parentKnown: true,
    assignees: ASSIGNEES,
    leaders: ['杨红忠'],
    measurements: assigned.data.measurements,
    ...more,
  }),
  acknowledge: (more: Fields<'Acknowledge'> = {}): Command<'Acknowledge'> => ({ type: 'Acknowledge', ...by(FINANCE), ...more }),
  submitPlan: (more: Fields<'SubmitPlan'> = {}): Command<'SubmitPlan'> => ({
    type: 'SubmitPlan',
    ...by(FINANCE),
    milestones: [{ title: '预算', due: '2023-04-30' }],
    leader: '李四',
    measures: '保障资金',
    ...more,
  }),
  sendBackPlan: (more: Fields<'SendBackPlan'> = {}): Command<'SendBackPlan'> => ({
    type: 'SendBackPlan',
    n: 1,
    reason: '缺时间节点',
    ...more,
  }),
  acceptPlan: (more: Fields<'AcceptPlan'> = {}): Command<'AcceptPlan'> => ({ type: 'AcceptPlan', n: 1, ...more }),
  submitReport: (more: Fields<'SubmitReport'> = {}): Command<'SubmitReport'> => ({
    type: 'SubmitReport',
    ...by(SCIENCE),
    period: '2023-03',
    schedule: { begins: '2023-03-01', dueDays: ['2023-03-30'] },
    policyKnown: true,
    body: { status: 'on-track', percent: 30, narrative: '三月进展。' },
    ...more,
  }),
  amendReport: (more: Fields<'AmendReport'> = {}): Command<'AmendReport'> => ({
    type: 'AmendReport',
    unit: SCIENCE,
    report: `${SCIENCE}-2023-01`,
    changes: { percent: 25 },
    reason: '统计口径调整',
    ...more,
  }),
  sendBackReport: (more: Fields<'SendBackReport'> = {}): Command<'SendBackReport'> => ({
    type: 'SendBackReport',
    report: `${SCIENCE}-2023-01`,
    reason: '数据不全',
    ...more,
  }),
  acceptReport: (more: Fields<'AcceptReport'> = {}): Command<'AcceptReport'> => ({
    type: 'AcceptReport',
    report: `${SCIENCE}-2023-01`,
    ...more,
  }),
  reassign: (more: Fields<'Reassign'> = {}): Command<'Reassign'> => ({
    type: 'Reassign',
    assignees: [lead(FINANCE)],
    effectiveFrom: '2023-05-15',
    ...decided,
    ...more,
  }),
  changeLeaders: (more: Fields<'ChangeLeaders'> = {}): Command<'ChangeLeaders'> => ({
    type: 'ChangeLeaders',
    leaders: ['万战伟'],
    ...decided,
    ...more,
  }),
  amend: (more: Fields<'Amend'> = {}): Command<'Amend'> => ({
    type: 'Amend',
    to: { number: 26, text: '全年研发投入强度达到2.5%以上。' },
    effectiveFrom: '2023-05-15',
    ...decided,
    ...more,
  }),
  requestExtension: (more: Fields<'RequestExtension'> = {}): Command<'RequestExtension'> => ({
    type: 'RequestExtension',
    ...by(FINANCE),
    until: '2023-08-31',
    reason: '设备未到',
    ...more,
  }),
  grantExtension: (more: Fields<'DecideExtension'> = {}): Command<'DecideExtension'> => ({
    type: 'DecideExtension',
    n: 1,
    granted: true,
    until: null,
    ...decided,
    ...more,
  }),
  refuseExtension: (more: Fields<'DecideExtension'> = {}): Command<'DecideExtension'> => ({
    type: 'DecideExtension',
    n: 1,
    granted: false,
    until: null,
    ...decided,
    ...more,
  }),
  remind: (more: Fields<'Remind'> = {}): Command<'Remind'> => ({
    type: 'Remind',
    ...by(SCIENCE),
    period: '2023-03',
    channel: '电话',
    text: null,
    ...more,
  }),
  claimCompletion: (more: Fields<'ClaimCompletion'> = {}): Command<'ClaimCompletion'> => ({
    type: 'ClaimCompletion',
    ...by(SCIENCE),
    evidence: '统计部门核定',
    attachments: undefined,
    ...more,
  }),
  verifyClaim: (more: Fields<'DecideClaim'> = {}): Command<'DecideClaim'> => ({
    type: 'DecideClaim',
    n: 1,
    verified: true,
    reason: '属实',
    ...more,
  }),
  rejectClaim: (more: Fields<'DecideClaim'> = {}): Command<'DecideClaim'> => ({
    type: 'DecideClaim',
    n: 1,
    verified: false,
    reason: '证据不足',
    ...more,
  }),
  suspend: (): Command<'Suspend'> => ({ type: 'Suspend', ...decided }),
  resume: (more: Fields<'Resume'> = {}): Command<'Resume'> => ({ type: 'Resume', ...decided, ...more }),
  cancel: (): Command<'Cancel'> => ({ type: 'Cancel', ...decided }),
  reopen: (more: Fields<'Reopen'> = {}): Command<'Reopen'> => ({ type: 'Reopen', ...decided, ...more }),
} as const;
