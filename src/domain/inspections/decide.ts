import { accept, reject, unreachable, type Decide, type Decider, type Decision } from '../../kernel/decider.ts';
import {
  ConclusionIssued,
  FindingRecorded,
  InspectionOpened,
  RectificationOrdered,
  RectificationReported,
  RectificationVerified,
  type InspectionEvent,
} from './events.ts';
import { inspectionFolding, type Inspection, type InspectionState } from './state.ts';

type Opened = Extract<InspectionEvent, { type: 'InspectionOpened' }>['data'];
type Attachments = Extract<InspectionEvent, { type: 'FindingRecorded' }>['data']['attachments'];

export type OpenInspection = Opened & {
  readonly type: 'OpenInspection';
  readonly directiveKnown: boolean;
  /** Units and tasks of the scope that nobody knows. */
  readonly unknownUnits: readonly string[];
  readonly unknownTasks: readonly string[];
};
export type RecordFinding = {
  readonly type: 'RecordFinding';
  readonly unit: string;
  readonly task: string | null;
  /** True also where it names none. */
  readonly taskKnown: boolean;
  readonly text: string;
  readonly attachments: Attachments;
};
export type IssueConclusion = { readonly type: 'IssueConclusion'; readonly text: string; readonly issuedOn: string };
export type OrderRectification = {
  readonly type: 'OrderRectification';
  readonly finding: number;
  readonly text: string;
  readonly due: string | null;
};
export type ReportRectification = {
  readonly type: 'ReportRectification';
  readonly n: number;
  readonly unit: string;
  readonly text: string;
  readonly attachments: Attachments;
};
export type VerifyRectification = {
  readonly type: 'VerifyRectification';
  readonly n: number;
  readonly done: boolean;
  readonly text: string;
};

export type InspectionCommand =
  | OpenInspection
  | RecordFinding
  | IssueConclusion
  | OrderRectification
  | ReportRectification
  | VerifyRectification;

type Rule<Command> = (inspection: Inspection, command: Command) => Decision<InspectionEvent>;

const open: Decide<InspectionState, OpenInspection, InspectionEvent> = (
  inspection,
  { type: _, directiveKnown, unknownUnits, unknownTasks, ...opened },
) => {
  if (inspection !== null) return reject('already-decided', 'an inspection of this id was opened');
  if (!directiveKnown) return reject('directive-unknown', `no directive ${opened.directive} is known`, { pointer: '/directive' });
  const [unit] = unknownUnits;
  if (unit !== undefined)
    return reject('unit-unknown', `no unit ${unit} is registered`, { pointer: `/units/${opened.units.indexOf(unit)}` });
  const [task] = unknownTasks;
  if (task !== undefined) return reject('task-unknown', `no task ${task} is known`, { pointer: `/tasks/${opened.tasks.indexOf(task)}` });
  return accept(InspectionOpened(opened));
};

const recordFinding: Rule<RecordFinding> = (inspection, { unit, task, taskKnown, text, attachments }) => {
  if (inspection.conclusion !== null) return reject('inspection-concluded', `it was concluded on ${inspection.conclusion.issuedOn}`);
  if (!inspection.units.includes(unit))
    return reject('outside-scope', `${unit} is not in the scope of the inspection`, { pointer: '/unit' });
  if (task !== null && inspection.tasks.length > 0 && !inspection.tasks.includes(task))
    return reject('outside-scope', `${task} is not in the scope of the inspection`, { pointer: '/task' });
  if (!taskKnown) return reject('task-unknown', `no task ${task} is known`, { pointer: '/task' });
  return accept(FindingRecorded({ n: inspection.findings.length + 1, unit, task, text, attachments }));
};

const issueConclusion: Rule<IssueConclusion> = (inspection, { text, issuedOn }) =>
  inspection.conclusion === null
    ? accept(ConclusionIssued({ text, deliveredTo: [...inspection.units], issuedOn }))
    : reject('inspection-concluded', `it was concluded on ${inspection.conclusion.issuedOn} already`);

const orderRectification: Rule<OrderRectification> = (inspection, { finding: number, text, due }) => {
  const finding = inspection.findings[number - 1];
  if (finding === undefined)
    return reject('inspection-finding-unknown', `the inspection has no finding ${number}`, { pointer: '/finding' });
  return accept(RectificationOrdered({ n: inspection.rectifications.length + 1, finding: number, unit: finding.unit, text, due }));
};

const reportRectification: Rule<ReportRectification> = (inspection, { n, unit, text, attachments }) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined || rectification.unit !== unit)
    return reject('rectification-unknown', `${unit} was ordered no rectification ${n}`);
  if (rectification.state === 'verified') return reject('rectification-closed', `rectification ${n} is verified`);
  return accept(RectificationReported({ n, unit, text, attachments }));
};

const verifyRectification: Rule<VerifyRectification> = (inspection, { n, done, text }) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined) return reject('rectification-unknown', `the inspection ordered no rectification ${n}`);
  if (rectification.state === 'verified') return reject('rectification-closed', `rectification ${n} is verified already`);
  if (rectification.state !== 'reported')
    return reject('nothing-rectified', `${rectification.unit} has not reported on rectification ${n}`);
  return accept(RectificationVerified({ n, unit: rectification.unit, done, text }));
};

const decideInspection: Decide<InspectionState, InspectionCommand, InspectionEvent> = (inspection, command) => {
  if (command.type === 'OpenInspection') return open(inspection, command);
  if (inspection === null) return reject('inspection-unknown', 'no such inspection');
  switch (command.type) {
    case 'RecordFinding':
      return recordFinding(inspection, command);
    case 'IssueConclusion':
      return issueConclusion(inspection, command);
    case 'OrderRectification':
      return orderRectification(inspection, command);
    case 'ReportRectification':
      return reportRectification(inspection, command);
    case 'VerifyRectification':
      return verifyRectification(inspection, command);
    default:
      return unreachable(command);
  }
};

export const inspectionDecider: Decider<InspectionState, InspectionCommand, InspectionEvent> = {
  ...inspectionFolding,
  decide: decideInspection,
};
