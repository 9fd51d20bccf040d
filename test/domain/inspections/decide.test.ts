import { test } from 'tap';
import { inspectionDecider, type InspectionCommand } from '../../../src/domain/inspections/decide.ts';
import {
  ConclusionIssued,
  FindingRecorded,
  InspectionOpened,
  RectificationOrdered,
  RectificationReported,
  RectificationVerified,
  type InspectionEvent,
} from '../../../src/domain/inspections/events.ts';
import { FINANCE, SCIENCE } from '../compliance/fixtures.ts';
import { given, unreached } from '../../support/given.ts';

const TASK = 'task-25';
const scope = {
  directive: 'sanzhengban-2023-1',
  title: '一季度督查',
  plan: '现场查看',
  team: ['督查一组'],
  units: [SCIENCE, FINANCE],
  tasks: [TASK],
  openedOn: '2023-04-10',
};
const opened = InspectionOpened(scope);
const found = (n: number, unit = SCIENCE, task: string | null = TASK) =>
  FindingRecorded({ n, unit, task, text: '台账不全', attachments: [] });
const concluded = ConclusionIssued({ text: '限期整改', deliveredTo: [SCIENCE, FINANCE], issuedOn: '2023-04-20' });
const ordered = (n: number, unit = SCIENCE, finding = 1) => RectificationOrdered({ n, finding, unit, text: '补齐台账', due: '2023-05-31' });
const reported = RectificationReported({ n: 1, unit: SCIENCE, text: '已补齐', attachments: [] });
const verified = RectificationVerified({ n: 1, unit: SCIENCE, done: true, text: '属实' });
const sentBack = RectificationVerified({ n: 1, unit: SCIENCE, done: false, text: '仍缺附件' });

const open = { type: 'OpenInspection', ...scope, directiveKnown: true, unknownUnits: [], unknownTasks: [] } as const;
const record = (unit: string, task: string | null = TASK, taskKnown = true): InspectionCommand => ({
  type: 'RecordFinding',
  unit,
  task,
  taskKnown,
  text: '台账不全',
  attachments: [],
});
const conclude = { type: 'IssueConclusion', text: '限期整改', issuedOn: '2023-04-20' } as const;
const order = (finding: number): InspectionCommand => ({ type: 'OrderRectification', finding, text: '补齐台账', due: '2023-05-31' });
const report = (n: number, unit = SCIENCE): InspectionCommand => ({
  type: 'ReportRectification',
  n,
  unit,
  text: '已补齐',
  attachments: [],
});
const verify = (n: number, done = true): InspectionCommand => ({ type: 'VerifyRectification', n, done, text: done ? '属实' : '仍缺附件' });

const inspection = (...events: InspectionEvent[]) => given(inspectionDecider, events);

await test('an inspection is opened once, into what the directive, the roster and the tasks know', async (t) => {
  await inspection().when(open).then([opened])(t);
  await inspection(opened).when(open).thenRejected('already-decided')(t);
  await inspection()
    .when({ ...open, directiveKnown: false })
    .thenRejected(
      'directive-unknown',
      '/directive',
    )(t);
  await inspection()
    .when({ ...open, unknownUnits: [FINANCE] })
    .thenRejected(
      'unit-unknown',
      '/units/1',
    )(t);
  await inspection()
    .when({ ...open, unknownTasks: [TASK] })
    .thenRejected(
      'task-unknown',
      '/tasks/0',
    )(t);
});

await test('nothing happens in an inspection that was not opened', async (t) => {
  for (const command of [record(SCIENCE), conclude, order(1), report(1), verify(1)])
    await inspection().when(command).thenRejected('inspection-unknown')(t);
});

await test('a finding concerns a unit and a task in scope, until the conclusion', async (t) => {
  await inspection(opened)
    .when(record(SCIENCE))
    .then([found(1)])(t);
  await inspection(opened, found(1))
    .when(record(FINANCE, null))
    .then([found(2, FINANCE, null)])(t);
  await inspection(opened).when(record('unheard-of')).thenRejected('outside-scope', '/unit')(t);
  await inspection(opened).when(record(SCIENCE, 'task-26')).thenRejected('outside-scope', '/task')(t);
  await inspection(opened, concluded).when(record(SCIENCE)).thenRejected('inspection-concluded')(t);
  await t.test('where the scope names no tasks, any task that exists', async (tt) => {
    const wide = InspectionOpened({ ...scope, tasks: [] });
    await inspection(wide)
      .when(record(SCIENCE, 'task-26'))
      .then([found(1, SCIENCE, 'task-26')])(tt);
    await inspection(wide)
      .when(record(SCIENCE, 'task-26', false))
      .thenRejected(
        'task-unknown',
        '/task',
      )(tt);
  });
});

await test('it is concluded once, for all units in its scope', async (t) => {
  await inspection(opened).when(conclude).then([concluded])(t);
  await inspection(opened, concluded).when(conclude).thenRejected('inspection-concluded')(t);
});

await test('a rectification is ordered of the unit of its finding, before or after the conclusion', async (t) => {
  await inspection(opened, found(1))
    .when(order(1))
    .then([ordered(1)])(t);
  await inspection(opened, found(1), concluded, ordered(1))
    .when(order(1))
    .then([ordered(2)])(t);
  await inspection(opened, found(1), found(2, FINANCE), concluded)
    .when(order(2))
    .then([ordered(1, FINANCE, 2)])(t);
  await inspection(opened, found(1)).when(order(2)).thenRejected('inspection-finding-unknown', '/finding')(t);
});

await test('only the unit that was ordered to reports, as often as it is sent back', async (t) => {
  const begun = [opened, found(1), concluded, ordered(1)];
  await inspection(...begun)
    .when(report(1))
    .then([reported])(t);
  await inspection(...begun, reported)
    .when(report(1))
    .then([reported])(t);
  await inspection(...begun, reported, sentBack)
    .when(report(1))
    .then([reported])(t);
  await inspection(...begun)
    .when(report(1, FINANCE))
    .thenRejected('rectification-unknown')(t);
  await inspection(...begun)
    .when(report(2))
    .thenRejected('rectification-unknown')(t);
  await inspection(...begun, reported, verified)
    .when(report(1))
    .thenRejected('rectification-closed')(t);
});

await test('a rectification is looked at after each report, and closed once', async (t) => {
  const begun = [opened, found(1), ordered(1)];
  await inspection(...begun, reported)
    .when(verify(1))
    .then([verified])(t);
  await inspection(...begun, reported)
    .when(verify(1, false))
    .then([sentBack])(t);
  await inspection(...begun)
    .when(verify(1))
    .thenRejected('nothing-rectified')(t);
  await inspection(...begun, reported, sentBack)
    .when(verify(1))
    .thenRejected('nothing-rectified')(t);
  await inspection(...begun, reported, sentBack, reported)
    .when(verify(1))
    .then([verified])(t);
  await inspection(...begun, reported, verified)
    .when(verify(1))
    .thenRejected('rectification-closed')(t);
  await inspection(...begun)
    .when(verify(2))
    .thenRejected('rectification-unknown')(t);
});

await test('every refusal about inspections is reached above', async (t) => t.same(unreached('src/domain/inspections/decide.ts'), []));
