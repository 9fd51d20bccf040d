import {
  accept,
  decideBy,
  reject,
  whereExists,
  type CommandsOf,
  type Decide,
  type Decider,
  type OfType,
  type OtherThan,
} from '../../kernel/decider.ts';
import { beforeWhatItAnswers } from '../../kernel/order-of-acts.ts';
import {
  ConclusionIssued,
  FindingRecorded,
  InspectionOpened,
  RectificationOrdered,
  RectificationReported,
  RectificationVerified,
  type inspectionActs,
  type InspectionEvent,
} from './events.ts';
import { inspectionFolding, type Inspection, type InspectionState } from './state.ts';

export type InspectionCommand = CommandsOf<
  typeof inspectionActs,
  {
    readonly OpenInspection: {
      readonly directiveKnown: boolean;
      /** Units and tasks of the scope that nobody knows. */
      readonly unknownUnits: readonly string[];
      readonly unknownTasks: readonly string[];
    };
    /** True also where it names none. */
    readonly RecordFinding: { readonly taskKnown: boolean };
  }
>;

type Rule<Type extends InspectionCommand['type']> = Decide<Inspection, OfType<InspectionCommand, Type>, InspectionEvent>;

const open: Decide<InspectionState, OfType<InspectionCommand, 'OpenInspection'>, InspectionEvent> = (
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

const recordFinding: Rule<'RecordFinding'> = (inspection, { unit, task, taskKnown, text, attachments }) => {
  if (inspection.conclusion !== null) return reject('inspection-concluded', `it was concluded on ${inspection.conclusion.issuedOn}`);
  if (!inspection.units.includes(unit))
    return reject('outside-scope', `${unit} is not in the scope of the inspection`, { pointer: '/unit' });
  if (task !== null && inspection.tasks.length > 0 && !inspection.tasks.includes(task))
    return reject('outside-scope', `${task} is not in the scope of the inspection`, { pointer: '/task' });
  if (!taskKnown) return reject('task-unknown', `no task ${task} is known`, { pointer: '/task' });
  return accept(FindingRecorded({ n: inspection.findings.length + 1, unit, task, text, attachments }));
};

const issueConclusion: Rule<'IssueConclusion'> = (inspection, { text, issuedOn }) =>
  inspection.conclusion === null
    ? accept(ConclusionIssued({ text, deliveredTo: inspection.units, issuedOn }))
    : reject('inspection-concluded', `it was concluded on ${inspection.conclusion.issuedOn} already`);

const orderRectification: Rule<'OrderRectification'> = (inspection, { finding: number, text, due }) => {
  const finding = inspection.findings[number - 1];
  if (finding === undefined)
    return reject('inspection-finding-unknown', `the inspection has no finding ${number}`, { pointer: '/finding' });
  return accept(RectificationOrdered({ n: inspection.rectifications.length + 1, finding: number, unit: finding.unit, text, due }));
};

const reportRectification: Rule<'ReportRectification'> = (inspection, { n, unit, text, attachments }) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined || rectification.unit !== unit)
    return reject('rectification-unknown', `${unit} was ordered no rectification ${n}`);
  if (rectification.state === 'verified') return reject('rectification-closed', `rectification ${n} is verified`);
  return accept(RectificationReported({ n, unit, text, attachments }));
};

const verifyRectification: Rule<'VerifyRectification'> = (inspection, { n, done, text }, receivedAt) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined) return reject('rectification-unknown', `the inspection ordered no rectification ${n}`);
  if (rectification.state === 'verified') return reject('rectification-closed', `rectification ${n} is verified already`);
  if (rectification.state !== 'reported')
    return reject('nothing-rectified', `${rectification.unit} has not reported on rectification ${n}`);
  return (
    beforeWhatItAnswers(inspection.reportedAt[n - 1], receivedAt) ??
    accept(RectificationVerified({ n, unit: rectification.unit, done, text }))
  );
};

const decideInspection = decideBy<InspectionState, InspectionCommand, InspectionEvent>({
  OpenInspection: open,
  ...whereExists<Inspection, OtherThan<InspectionCommand, 'OpenInspection'>, InspectionEvent>(
    reject('inspection-unknown', 'no such inspection'),
    {
      RecordFinding: recordFinding,
      IssueConclusion: issueConclusion,
      OrderRectification: orderRectification,
      ReportRectification: reportRectification,
      VerifyRectification: verifyRectification,
    },
  ),
});

export const inspectionDecider: Decider<InspectionState, InspectionCommand, InspectionEvent> = {
  ...inspectionFolding,
  decide: decideInspection,
};
