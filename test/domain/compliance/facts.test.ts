import { test } from 'tap';
import { assignedFacts, evolveReportFacts, evolveTaskFacts, submittedFacts } from '../../../src/domain/compliance/evolve-facts.ts';
import type { TaskFacts } from '../../../src/domain/compliance/facts.ts';
import { isPausedAt } from '../../../src/domain/compliance/paused.ts';
import {
  CompletionRejected,
  CompletionVerified,
  ExtensionGranted,
  ExtensionRefused,
  LeaderChanged,
  ReminderSent,
  ReportAccepted,
  ReportAmended,
  ReportReturned,
  ReportSubmitted,
  TaskCancelled,
  TaskReassigned,
  TaskReopened,
  TaskResumed,
  TaskSuspended,
  type TaskEvent,
} from '../../../src/domain/tasks/events.ts';
import { postsOf } from '../../../src/domain/tasks/leaders.ts';
import { assigned, claimed, extensionAsked, FINANCE, lead, reported, SCIENCE } from '../tasks/fixtures.ts';
import { at, TASK } from './fixtures.ts';

/** Each event received at noon of a day of 2023. */
type Dated = readonly [day: string, event: TaskEvent];
const noon = (day: string): number => at(`2023-${day}T12:00:00+08:00`);
const after = (...events: readonly Dated[]): TaskFacts =>
  events.reduce(
    (facts, [day, event]) => evolveTaskFacts(facts, { event, receivedAt: noon(day) }),
    assignedFacts(TASK, { event: assigned, receivedAt: noon('01-11') }),
  );

const why = { reason: 'r', authority: 'a' };
const suspended = TaskSuspended(why);
const resumed = TaskResumed(why);
const cancelled = TaskCancelled(why);
const reopened = TaskReopened(why);
const verified = (n: number) => CompletionVerified({ n, unit: SCIENCE, reason: 'r' });

await test('a task begins with the list, the deadline and the place that it was assigned with', async (t) => {
  t.match(after(), {
    id: TASK,
    directive: 'sanzhengban-2023-1',
    kind: 'task',
    number: 25,
    theme: 2,
    assignments: [{ effectiveFrom: '2023-01-10', assignees: assigned.data.assignees, receivedAt: noon('01-11') }],
    leaders: [{ posts: postsOf(assigned.data), receivedAt: noon('01-11') }],
    originalDeadline: '2023-06-30',
    deadlines: [],
    pauses: [],
    completions: [],
    claims: [],
  });
});

await test('a pause lasts from a suspension or cancellation to the decision that ends it', async (t) => {
  const paused = (facts: TaskFacts, ...days: readonly string[]): readonly boolean[] => days.map((day) => isPausedAt(facts, noon(day)));
  t.same(paused(after(['03-01', suspended]), '02-28', '03-01', '12-31'), [false, true, true]);
  t.same(paused(after(['03-01', suspended], ['03-10', resumed]), '03-09', '03-10'), [true, false]);
  t.same(paused(after(['03-01', suspended], ['03-10', resumed], ['04-01', suspended]), '03-09', '03-31', '04-01'), [true, false, true]);
  t.same(
    paused(after(['03-01', suspended], ['03-05', cancelled], ['03-20', reopened]), '03-04', '03-05', '03-19', '03-20'),
    [true, true, true, false],
    'without a gap between the two, and a reopening ends both',
  );
  t.same(
    paused(after(['03-10', suspended], ['03-20', resumed], ['03-01', suspended]), '03-05', '03-15', '03-25'),
    [true, true, true],
    'a resumption ends no pause that is recorded later',
  );
});

await test('a completion is the receipt of the claim that was verified, until it is undone', async (t) => {
  const second = { ...claimed, data: { ...claimed.data, n: 2 } };
  const rejected = CompletionRejected({ n: 1, unit: SCIENCE, reason: 'r' });
  const done = after(['06-01', claimed], ['06-02', rejected], ['06-20', second], ['07-05', verified(2)]);
  t.same(done.claims, [
    { claimedAt: noon('06-01'), decidedAt: noon('06-02') },
    { claimedAt: noon('06-20'), decidedAt: noon('07-05') },
  ]);
  t.same(done.completions, [{ claimedAt: noon('06-20'), verifiedAt: noon('07-05'), reopenedAt: null, reopenings: 0 }]);
  t.same(after(['06-01', claimed]).completions, [], 'a claim alone is none');
  t.same(
    after(['06-01', claimed], ['06-05', verified(1)], ['07-01', reopened], ['07-02', second], ['07-03', verified(2)], ['08-01', reopened])
      .completions,
    [
      { claimedAt: noon('06-01'), verifiedAt: noon('06-05'), reopenedAt: noon('07-01'), reopenings: 0 },
      { claimedAt: noon('07-02'), verifiedAt: noon('07-03'), reopenedAt: noon('08-01'), reopenings: 1 },
    ],
  );
  t.throws(() => after(['06-05', verified(1)]), /verified but never made/u);
});

await test('what changes the deadline stands in the order of recording, with its receipt', async (t) => {
  const granted = ExtensionGranted({ n: 1, from: '2023-06-30', until: '2023-09-30', ...why });
  const asked = after(['06-01', extensionAsked], ['06-10', granted]);
  t.same(asked.deadlines, [{ by: 'grant', until: '2023-09-30', receivedAt: noon('06-10'), reopenings: 0 }]);
  t.same(asked.requests, [{ requestedAt: noon('06-01'), decidedAt: noon('06-10') }]);
  t.same(after(['06-01', extensionAsked]).requests, [{ requestedAt: noon('06-01'), decidedAt: null }]);
  const refused = after(['06-01', extensionAsked], ['06-10', ExtensionRefused({ n: 1, ...why })]);
  t.same([refused.deadlines, refused.requests], [[], [{ requestedAt: noon('06-01'), decidedAt: noon('06-10') }]]);
  const deadline = '2023-10-31';
  const again = after(['06-01', suspended], ['06-10', TaskResumed({ ...why, deadline })], ['06-20', TaskReopened({ ...why, deadline })]);
  t.same(again.deadlines, [
    { by: 'resumption', until: deadline, receivedAt: noon('06-10'), reopenings: 0 },
    { by: 'reopening', until: deadline, receivedAt: noon('06-20'), reopenings: 1 },
  ]);
  t.same(after(['06-01', suspended], ['06-10', resumed], ['06-20', reopened]).deadlines, [], 'where they name none');
  const moved = (to: string, effectiveFrom: string) => TaskReassigned({ from: [], to: [lead(to)], effectiveFrom, ...why });
  t.same(after(['06-01', moved(FINANCE, '2023-06-01')], ['06-02', moved(SCIENCE, '2023-05-15')]).assignments.slice(1), [
    { effectiveFrom: '2023-06-01', assignees: [lead(FINANCE)], receivedAt: noon('06-01') },
    { effectiveFrom: '2023-05-15', assignees: [lead(SCIENCE)], receivedAt: noon('06-02') },
  ]);
});

await test('what is not judged changes no fact', async (t) => {
  const before = after();
  const event = ReminderSent({ unit: SCIENCE, period: '2023-03', channel: '电话', text: null });
  t.equal(evolveTaskFacts(before, { event, receivedAt: 0 }), before, event.type);
  const led = after(['07-10', LeaderChanged({ from: [], to: ['万战伟'], ...why })]).leaders;
  t.same(led.at(-1), { posts: [{ name: '万战伟', title: null }], receivedAt: noon('07-10') });
});

await test('a report has a version for its submission and each amendment; the last is what is accepted', async (t) => {
  const ref = { report: `${SCIENCE}-2023-03`, unit: SCIENCE, period: '2023-03' };
  const first = submittedFacts(TASK, { event: reported(SCIENCE, '2023-03'), receivedAt: noon('03-20') });
  t.match(first, {
    id: ref.report,
    task: TASK,
    unit: SCIENCE,
    period: '2023-03',
    submissions: [{ receivedAt: noon('03-20'), acceptedAt: null }],
  });
  const amended = evolveReportFacts(first, {
    event: ReportAmended({ ...ref, changes: { percent: 25 }, reason: 'r' }),
    receivedAt: noon('04-02'),
  });
  const accepted = evolveReportFacts(amended, { event: ReportAccepted(ref), receivedAt: noon('04-05') });
  t.match(accepted.submissions, [
    { receivedAt: noon('03-20'), acceptedAt: null },
    { receivedAt: noon('04-02'), acceptedAt: noon('04-05') },
  ]);
  t.equal(accepted.submissions.length, 2);
  const sentBack = evolveReportFacts(amended, { event: ReportReturned({ ...ref, reason: 'r' }), receivedAt: noon('04-06') });
  t.same(
    sentBack.submissions.map(({ returnedAt }) => returnedAt),
    [null, noon('04-06')],
    'and the last is what is sent back',
  );
  const settling = { ...reported(SCIENCE, '2023-03').data, duty: 'figures', milestones: ['主体完工'] };
  t.match(submittedFacts(TASK, { event: ReportSubmitted(settling), receivedAt: 0 }), {
    duty: 'figures',
    submissions: [{ says: { milestones: ['主体完工'] } }],
  });
});
