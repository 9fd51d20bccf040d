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
import { say } from '../../messages/message.ts';

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
  if (inspection !== null) return reject('already-decided', say('inspections.inspection-this-id-was-opened'));
  if (!directiveKnown)
    return reject('directive-unknown', say('inspections.no-directive-known', { directive: opened.directive }), { pointer: '/directive' });
  const [unit] = unknownUnits;
  if (unit !== undefined)
    return reject('unit-unknown', say('inspections.no-unit-registered', { unit }), { pointer: `/units/${opened.units.indexOf(unit)}` });
  const [task] = unknownTasks;
  if (task !== undefined)
    return reject('task-unknown', say('inspections.no-task-known', { task }), { pointer: `/tasks/${opened.tasks.indexOf(task)}` });
  return accept(InspectionOpened(opened));
};

const recordFinding: Rule<'RecordFinding'> = (inspection, { unit, task, taskKnown, text, attachments }) => {
  if (inspection.conclusion !== null)
    return reject('inspection-concluded', say('inspections.was-concluded-on', { issuedOn: inspection.conclusion.issuedOn }));
  if (!inspection.units.includes(unit))
    return reject('outside-scope', say('inspections.not-in-scope-inspection', { unit }), { pointer: '/unit' });
  if (task !== null && inspection.tasks.length > 0 && !inspection.tasks.includes(task))
    return reject('outside-scope', say('inspections.not-in-scope-inspection-2', { task }), { pointer: '/task' });
  if (!taskKnown) return reject('task-unknown', say('inspections.no-task-known', { task }), { pointer: '/task' });
  return accept(FindingRecorded({ n: inspection.findings.length + 1, unit, task, text, attachments }));
};

const issueConclusion: Rule<'IssueConclusion'> = (inspection, { text, issuedOn }) =>
  inspection.conclusion === null
    ? accept(ConclusionIssued({ text, deliveredTo: inspection.units, issuedOn }))
    : reject('inspection-concluded', say('inspections.was-concluded-on-already', { issuedOn: inspection.conclusion.issuedOn }));

const orderRectification: Rule<'OrderRectification'> = (inspection, { finding: number, text, due }) => {
  const finding = inspection.findings[number - 1];
  if (finding === undefined)
    return reject('inspection-finding-unknown', say('inspections.inspection-has-no-finding', { number }), { pointer: '/finding' });
  return accept(RectificationOrdered({ n: inspection.rectifications.length + 1, finding: number, unit: finding.unit, text, due }));
};

const reportRectification: Rule<'ReportRectification'> = (inspection, { n, unit, text, attachments }) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined || rectification.unit !== unit)
    return reject('rectification-unknown', say('inspections.was-ordered-no-rectification', { unit, n }));
  if (rectification.state === 'verified') return reject('rectification-closed', say('inspections.rectification-verified', { n }));
  return accept(RectificationReported({ n, unit, text, attachments }));
};

const verifyRectification: Rule<'VerifyRectification'> = (inspection, { n, done, text }, receivedAt) => {
  const rectification = inspection.rectifications[n - 1];
  if (rectification === undefined) return reject('rectification-unknown', say('inspections.inspection-ordered-no-rectification', { n }));
  if (rectification.state === 'verified') return reject('rectification-closed', say('inspections.rectification-verified-already', { n }));
  if (rectification.state !== 'reported')
    return reject('nothing-rectified', say('inspections.has-not-reported-on-rectification', { unit: rectification.unit, n }));
  return (
    beforeWhatItAnswers(inspection.reportedAt[n - 1], receivedAt) ??
    accept(RectificationVerified({ n, unit: rectification.unit, done, text }))
  );
};

const decideInspection = decideBy<InspectionState, InspectionCommand, InspectionEvent>({
  OpenInspection: open,
  ...whereExists<Inspection, OtherThan<InspectionCommand, 'OpenInspection'>, InspectionEvent>(
    reject('inspection-unknown', say('inspections.no-such-inspection')),
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
