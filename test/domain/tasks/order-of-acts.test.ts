import { array, assert, integer, nat, property, record } from 'fast-check';
import { test } from 'tap';
import { taskDecider } from '../../../src/domain/tasks/decide.ts';
import { ReportAmended, TaskAssigned, TaskReassigned, TaskReopened, type TaskEvent } from '../../../src/domain/tasks/events.ts';
import type { TaskState } from '../../../src/domain/tasks/state.ts';
import { given } from '../../support/given.ts';
import {
  acknowledgedBy,
  assigned,
  assignedWithoutDeadline,
  cancelled,
  claimed,
  commands,
  extensionAsked,
  FINANCE,
  lead,
  planned,
  reported,
  SCIENCE,
  suspended,
  verified,
} from './fixtures.ts';

/** Receipts, epoch ms: of what is answered, and of the instant before it. */
const THEN = Date.parse('2023-07-05T02:00:00.000Z');
const BEFORE = THEN - 1;

const amended = ReportAmended({
  report: `${SCIENCE}-2023-01`,
  unit: SCIENCE,
  period: '2023-01',
  changes: { percent: 22 },
  reason: '更正',
});
const reportedOnce = [assigned, reported(SCIENCE, '2023-01')];

await test('nothing answers what was received only after it; at the same instant it may', async (t) => {
  const answers = {
    'a plan is sent back': { history: [assigned], answered: planned, answer: commands.sendBackPlan() },
    'a plan is accepted': { history: [assigned], answered: planned, answer: commands.acceptPlan() },
    'a report is sent back': { history: [assigned], answered: reported(SCIENCE, '2023-01'), answer: commands.sendBackReport() },
    'a report is accepted': { history: [assigned], answered: reported(SCIENCE, '2023-01'), answer: commands.acceptReport() },
    'a report is amended': { history: [assigned], answered: reported(SCIENCE, '2023-01'), answer: commands.amendReport() },
    'an amended report is amended': { history: reportedOnce, answered: amended, answer: commands.amendReport() },
    'an amended report is accepted': { history: reportedOnce, answered: amended, answer: commands.acceptReport() },
    'more time is granted': { history: [assigned], answered: extensionAsked, answer: commands.grantExtension() },
    'more time is refused': { history: [assigned], answered: extensionAsked, answer: commands.refuseExtension() },
    'a claim is verified': { history: [assigned], answered: claimed, answer: commands.verifyClaim() },
    'a claim is rejected': { history: [assigned], answered: claimed, answer: commands.rejectClaim() },
    'a task is resumed': { history: [assigned], answered: suspended, answer: commands.resume() },
    'a completed task is reopened': { history: [assigned, claimed], answered: verified, answer: commands.reopen() },
    'a cancelled task is reopened': { history: [assigned], answered: cancelled, answer: commands.reopen() },
  };
  for (const [name, { history, answered, answer }] of Object.entries(answers)) {
    const happened = given(taskDecider, history).and([answered], THEN);
    await t.test(name, happened.when(answer, BEFORE).thenRejected('date-order', '/receivedAt'));
    t.ok(happened.when(answer, THEN).decision.ok, `${name} at that instant`);
  }
});

await test('what is answered is the last of its kind: a second suspension is not ended by a paper from the first', async (t) => {
  const again = given(taskDecider, [assigned, suspended]).and([TaskReopened({ reason: 'r', authority: 'a' })], 1);
  const twice = again.and([suspended], THEN);
  await twice.when(commands.resume(), BEFORE).thenRejected('date-order', '/receivedAt')(t);
});

await test('a task is signed for when it was said or when it holds, and not before both', async (t) => {
  const papers = given(taskDecider, [], THEN).and([assigned], THEN);
  const { acknowledge } = commands;
  const signed = [acknowledgedBy(FINANCE)];
  await papers.when(acknowledge({ day: '2023-01-09' }), BEFORE).thenRejected('date-order', '/receivedAt')(t);
  await papers.when(acknowledge({ day: '2023-01-10' }), BEFORE).then(signed)(t);
  await papers.when(acknowledge({ day: '2023-01-09' }), THEN).then(signed)(t);
});

await test('nothing is to be done by a day on which nobody is to do it', async (t) => {
  const { assign, grantExtension, requestExtension } = commands;
  const nothing = given(taskDecider, []);
  await nothing.when(assign({ sourceLine: null, deadline: '2023-01-09' })).thenRejected('date-order', '/deadline')(t);
  await nothing
    .when(assign({ sourceLine: null, deadline: '2023-01-10' }))
    .then([TaskAssigned({ ...assigned.data, sourceLine: null, deadline: '2023-01-10' })])(t);
  await t.test(
    'what a document prints is assigned as it stands there',
    nothing.when(assign({ deadline: '2023-01-09' })).then([TaskAssigned({ ...assigned.data, deadline: '2023-01-09' })]),
  );

  const overdue = TaskAssigned({ ...assignedWithoutDeadline.data, deadline: '2022-12-01' });
  await given(taskDecider, [overdue])
    .when(requestExtension({ until: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/until',
    )(t);
  await given(taskDecider, [overdue, extensionAsked])
    .when(grantExtension({ until: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/until',
    )(t);
});

await test('a task is given to others from a day that no list decided before lies behind', async (t) => {
  const { reassign } = commands;
  const fromMay = TaskReassigned({
    from: assigned.data.assignees,
    to: [lead(FINANCE)],
    reason: '经研究',
    authority: '市政府督查室',
    effectiveFrom: '2023-05-01',
  });
  const reassigned = given(taskDecider, [assigned, fromMay]);
  const toScience = { assignees: [lead(SCIENCE)] };
  await reassigned.when(reassign({ ...toScience, effectiveFrom: '2023-04-30' })).thenRejected('date-order', '/effectiveFrom')(t);
  await reassigned
    .when(reassign({ ...toScience, effectiveFrom: '2023-05-01' }))
    .then([TaskReassigned({ ...fromMay.data, from: [lead(FINANCE)], to: [lead(SCIENCE)] })])(t);
});

/** The types that each type of answer answers, and the field that says of which one. */
const ANSWERED: Readonly<Record<string, { readonly types: readonly string[]; readonly by?: 'n' | 'report' }>> = {
  PlanReturned: { types: ['PlanSubmitted'], by: 'n' },
  PlanAccepted: { types: ['PlanSubmitted'], by: 'n' },
  ReportAmended: { types: ['ReportSubmitted', 'ReportAmended'], by: 'report' },
  ReportReturned: { types: ['ReportSubmitted', 'ReportAmended'], by: 'report' },
  ReportAccepted: { types: ['ReportSubmitted', 'ReportAmended'], by: 'report' },
  ExtensionGranted: { types: ['ExtensionRequested'], by: 'n' },
  ExtensionRefused: { types: ['ExtensionRequested'], by: 'n' },
  CompletionVerified: { types: ['CompletionClaimed'], by: 'n' },
  CompletionRejected: { types: ['CompletionClaimed'], by: 'n' },
  TaskResumed: { types: ['TaskSuspended'] },
  TaskReopened: { types: ['CompletionVerified', 'TaskCancelled'] },
};

type Recorded = { readonly event: TaskEvent; readonly receivedAt: number };

const field = ({ data }: TaskEvent, by: 'n' | 'report' | undefined): unknown =>
  by === undefined ? null : Object.entries(data).find(([key]) => key === by)?.[1];

const answeredBy = (event: TaskEvent, before: readonly Recorded[]): Recorded | undefined => {
  const { types = [], by } = ANSWERED[event.type] ?? {};
  return before.findLast((other) => types.includes(other.event.type) && field(other.event, by) === field(event, by));
};

await test('in whatever order papers are entered, exactly the answers that came before what they answer are refused for it', async (t) => {
  const { length } = Object.keys(commands);
  const step = record({ which: nat(length - 1), n: integer({ min: 1, max: 2 }), receivedAt: nat(6), percent: nat(100) });
  let answers = 0;
  let refused = 0;
  assert(
    property(array(step, { minLength: 40, maxLength: 60 }), (steps) => {
      let state: TaskState = taskDecider.evolve(null, assigned, 0);
      const recorded: Recorded[] = [{ event: assigned, receivedAt: 0 }];
      for (const { which, n, receivedAt, percent } of steps) {
        const made = Object.values(commands)[which]?.();
        if (made === undefined) continue;
        const command = 'n' in made ? { ...made, n } : made.type === 'AmendReport' ? { ...made, changes: { percent } } : made;
        const reporting = command.type === 'SubmitReport' ? { ...command, period: '2023-01' } : command;
        const decision = taskDecider.decide(state, reporting, receivedAt);
        if (!decision.ok) {
          if (decision.refusal.code !== 'date-order' || decision.refusal.pointer !== '/receivedAt') continue;
          refused += 1;
          const later = taskDecider.decide(state, reporting, Infinity);
          if (!later.ok || later.events.every((event) => (answeredBy(event, recorded)?.receivedAt ?? 0) <= receivedAt)) return false;
          continue;
        }
        for (const event of decision.events) {
          const answered = answeredBy(event, recorded);
          if (answered !== undefined) answers += 1;
          if (answered !== undefined && receivedAt < answered.receivedAt) return false;
          recorded.push({ event, receivedAt });
          state = taskDecider.evolve(state, event, receivedAt);
        }
      }
      return true;
    }),
  );
  t.ok(answers > 100 && refused > 100, `${answers} answers were taken and ${refused} refused`);
});
