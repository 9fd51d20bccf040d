import { globSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { test } from 'tap';
import { registers } from '../../../projections/registers.ts';
import { tasks } from '../../../projections/tasks.ts';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { assignedFacts, changesReportFacts, evolveTaskFacts } from '../../../src/domain/compliance/evolve-facts.ts';
import { statusAfter, statusBy, stepsAfter, TASK_EFFECTS, typesWith, type StepFact } from '../../../src/domain/tasks/effects.ts';
import * as events from '../../../src/domain/tasks/events.ts';
import { evolveTask, taskStream, type TaskState } from '../../../src/domain/tasks/state.ts';
import { stays, type WithStatus } from '../../../src/domain/tasks/status.ts';
import { fold, type OfType } from '../../../src/kernel/decider.ts';
import { sealEvent } from '../../../src/kernel/envelope.ts';
import { tableOf } from '../../../src/projecting/projection.ts';
import { openViews } from '../../../src/projecting/views.ts';
import type { StoredEvent } from '../../../src/store/event-store.ts';
import { draft } from '../../contract/drafts.ts';
import {
  acknowledgedBy,
  assigned,
  cancelled,
  claimed,
  extensionAsked,
  FINANCE,
  lead,
  planned,
  reported,
  SCIENCE,
  suspended,
  verified,
} from './fixtures.ts';

/** The table of effects, held against what the rest of the program does with each event. */

type TaskEvent = events.TaskEvent;
type Type = TaskEvent['type'];

const why = { reason: '经研究', authority: '市政府督查室' };
const report = { report: `${SCIENCE}-2023-03`, unit: SCIENCE, period: '2023-03' };

/** One of every type, to follow on `before`. */
const samples: { readonly [Each in Type]: OfType<TaskEvent, Each> } = {
  TaskAssigned: assigned,
  AssignmentAcknowledged: acknowledgedBy(FINANCE),
  PlanSubmitted: { ...planned, data: { ...planned.data, n: 2 } },
  PlanReturned: events.PlanReturned({ n: 1, unit: SCIENCE, reason: '缺时间节点' }),
  PlanAccepted: events.PlanAccepted({ n: 1, unit: SCIENCE }),
  ReportSubmitted: reported(SCIENCE, '2023-04'),
  ReportAmended: events.ReportAmended({ ...report, changes: { percent: 25 }, reason: '更正' }),
  ReportReturned: events.ReportReturned({ ...report, reason: '数据不全' }),
  ReportAccepted: events.ReportAccepted(report),
  TaskReassigned: events.TaskReassigned({ from: assigned.data.assignees, to: [lead(FINANCE)], effectiveFrom: '2023-04-01', ...why }),
  LeaderChanged: events.LeaderChanged({ from: ['杨红忠'], to: ['万战伟'], ...why }),
  TaskAmended: events.TaskAmended({ from: { number: 25 }, to: { number: 26 }, effectiveFrom: '2023-04-01', ...why }),
  ExtensionRequested: { ...extensionAsked, data: { ...extensionAsked.data, n: 2 } },
  ExtensionGranted: events.ExtensionGranted({ n: 1, from: '2023-06-30', until: '2023-09-30', ...why }),
  ExtensionRefused: events.ExtensionRefused({ n: 1, ...why }),
  ReminderSent: events.ReminderSent({ unit: SCIENCE, period: '2023-03', channel: '电话', text: null }),
  CompletionClaimed: { ...claimed, data: { ...claimed.data, n: 2 } },
  CompletionVerified: verified,
  CompletionRejected: events.CompletionRejected({ n: 1, unit: SCIENCE, reason: '证据不足' }),
  TaskSuspended: suspended,
  TaskResumed: events.TaskResumed(why),
  TaskCancelled: cancelled,
  TaskReopened: events.TaskReopened(why),
};
const all: readonly TaskEvent[] = Object.values(samples);
/** What the samples amend, return, decide and verify. */
const before: readonly TaskEvent[] = [assigned, planned, reported(SCIENCE, '2023-03'), extensionAsked, claimed];

const TASK = 'sanzhengban-2023-1-task-25';
const stored = (history: readonly TaskEvent[]): readonly StoredEvent[] =>
  history.map((event, revision) => {
    const stream = taskStream(TASK);
    const place = { source: '/duban/test', time: '2023-03-20T04:00:00.000Z', revision, prevLeaf: undefined };
    const { envelope, bytes } = sealEvent(draft(stream, catalogue.toWire(event)), place);
    const { id, time } = envelope;
    return { position: revision + 1, stream, revision, id, recordedAt: Date.parse(time), envelope, bytes, leaf: new Uint8Array(32) };
  });

const viewsOf = (history: readonly TaskEvent[]) => {
  const views = openViews(':memory:', [tasks, registers], catalogue);
  views.writer.project(stored(history));
  return views;
};

const stateAfter = (history: readonly TaskEvent[]): NonNullable<TaskState> => {
  const state = fold<TaskState, TaskEvent>(evolveTask, null, history, 0);
  if (state === null) throw new Error('the task was assigned');
  return state;
};

await test('every event of a task has its row, and no other has one', async (t) => {
  t.same(
    Object.keys(TASK_EFFECTS),
    events.taskEvents.map(({ type }) => type),
  );
});

await test('after whatever happens, a decision and a reader meet a task in the same status', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all.filter(({ type }) => type !== 'TaskAssigned')), { maxLength: 12 }), (more) => {
      const history = [...before, ...more];
      const views = viewsOf(history);
      const shown = views.one(tableOf(tasks, 'status'), { task: TASK }, history.length)?.doc;
      views.close();
      return statusBy(shown?.steps ?? [], () => true) === stateAfter(history).status;
    }),
    { numRuns: 200 },
  );
  const moved = all.filter((event) => TASK_EFFECTS[event.type].status !== stays).map(({ type }) => type);
  t.same(moved, [
    'TaskAssigned',
    'AssignmentAcknowledged',
    'ReportSubmitted',
    'CompletionClaimed',
    'CompletionVerified',
    'CompletionRejected',
    'TaskSuspended',
    'TaskResumed',
    'TaskCancelled',
    'TaskReopened',
  ]);
});

for (const event of all) {
  const effect = TASK_EFFECTS[event.type];

  await test(`${event.type} counts among what its row says, and nothing else`, async (t) => {
    const [was, is] = [stateAfter(before), stateAfter([...before, event])];
    const touched = (['plans', 'extensions', 'claims'] as const).filter((what) => JSON.stringify(was[what]) !== JSON.stringify(is[what]));
    t.same(event.type === 'TaskAssigned' ? [] : touched, effect.counted === null ? [] : [effect.counted]);
  });

  await test(`${event.type} changes what is judged where its row says so, and nowhere else`, async (t) => {
    const facts = fold(
      (current, next: TaskEvent, receivedAt) => evolveTaskFacts(current, { event: next, receivedAt }),
      assignedFacts(TASK, { event: assigned, receivedAt: 1 }),
      before.slice(1),
      1,
    );
    t.equal(evolveTaskFacts(facts, { event, receivedAt: 2 }) !== facts, effect.judged === 'task');
    t.equal(changesReportFacts(event), effect.judged === 'report');
  });

  await test(`${event.type} stands in the register of changes as its row says`, async (t) => {
    const history = [...before, event];
    const views = viewsOf(history);
    t.teardown(() => views.close());
    const { length: position } = history;
    const kinds = views.appended(tableOf(registers, 'change'), { task: TASK }, { upTo: position }).map(({ doc }) => doc.kind);
    t.same(kinds, effect.change === null ? [] : [effect.change]);
  });
}

await test('a notice rests on every fact after the assignment but who signed and who leads', async (t) => {
  const alone: readonly string[] = ['TaskAssigned', 'AssignmentAcknowledged', 'LeaderChanged'];
  const judged = typesWith('judged').filter((type) => !alone.includes(type));
  t.same([...typesWith('notice')].toSorted(), judged.toSorted());
});

await test('at any moment the status is what the events received by then make of it', async (t) => {
  const moved = all.filter((event) => event.type !== 'TaskAssigned' && TASK_EFFECTS[event.type].status !== stays);
  const received = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...moved), received), { maxLength: 12 }), received, (more, at) => {
      const history: readonly (readonly [TaskEvent, number])[] = [[assigned, 5], ...more];
      const steps = history.reduce<readonly StepFact[]>((known, [event, receivedAt]) => stepsAfter(known, event, receivedAt), []);
      const came = history.filter(([, receivedAt], index) => index === 0 || receivedAt <= at);
      const { status } = came.reduce<WithStatus>((was, [event]) => statusAfter(was, event), {
        status: 'assigned',
        suspendedFrom: null,
      });
      return statusBy(steps, (instant) => instant <= at) === status;
    }),
    { numRuns: 2000 },
  );
  const reports = Array.from({ length: 5 }, (_, n) => n + 1).reduce<readonly StepFact[]>(
    (known, receivedAt) => stepsAfter(known, { type: 'ReportSubmitted' }, receivedAt),
    [],
  );
  t.same(reports, [{ type: 'ReportSubmitted', receivedAt: 1 }], 'of reports that follow each other the first is enough');
});

await test('every command on a task is sent by some route', async (t) => {
  const root = new URL('../../../', import.meta.url);
  const senders = globSync(['src/api/**/*.ts', 'src/application/**/*.ts'], { cwd: root }).map((path) =>
    readFileSync(new URL(path, root), 'utf8'),
  );
  for (const type of Object.keys(events.taskActs))
    t.ok(
      senders.some((text) => text.includes(`'${type}'`)),
      `something under src/api or src/application sends ${type}`,
    );
});
