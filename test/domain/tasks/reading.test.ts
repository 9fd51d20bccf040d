import * as fc from 'fast-check';
import { test } from 'tap';
import { fold } from '../../../src/kernel/decider.ts';
import { ID_PATTERN } from '../../../src/kernel/ids.ts';
import { returnDecider, type FileReturn } from '../../../src/domain/returns/decide.ts';
import { ReturnFiled } from '../../../src/domain/returns/events.ts';
import { returnStream } from '../../../src/domain/returns/state.ts';
import { assigneesOn, carriersOn, carries, everCarried, type Assignment } from '../../../src/domain/tasks/assignment.ts';
import { attained } from '../../../src/domain/tasks/attainment.ts';
import { changesBetween } from '../../../src/domain/tasks/changes.ts';
import {
  ExtensionGranted,
  LeaderChanged,
  ReminderSent,
  ReportAmended,
  ReportReturned,
  TaskReassigned,
  type Measurement,
  type TaskEvent,
} from '../../../src/domain/tasks/events.ts';
import { reportId } from '../../../src/domain/tasks/report-id.ts';
import { evolveTask, type TaskState } from '../../../src/domain/tasks/state.ts';
import { given, unreached } from '../../support/given.ts';
import {
  acknowledgedBy,
  assigned,
  cooperating,
  COUNTIES,
  DISTRICT,
  extensionAsked,
  FINANCE,
  lead,
  parties as roster,
  reported,
  SCIENCE,
} from './fixtures.ts';

const stateOf = (...events: readonly TaskEvent[]): TaskState => fold<TaskState, TaskEvent>(evolveTask, null, events, 0);

/** What the last of these events changed, as `path: before → after`. */
const changed = (...events: readonly TaskEvent[]): readonly string[] =>
  changesBetween(stateOf(...events.slice(0, -1)), stateOf(...events)).map(
    ({ path, before, after }) => `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );

await test('history shows what each event changed, before and after', async (t) => {
  t.same(changed(assigned, acknowledgedBy(SCIENCE)), ['/status: "assigned" → "acknowledged"', `/acknowledgedBy: [] → ["${SCIENCE}"]`]);
  t.same(changed(assigned, LeaderChanged({ from: ['杨红忠'], to: ['万战伟'], reason: 'r', authority: 'a' })), [
    '/leaders: ["杨红忠"] → ["万战伟"]',
  ]);
  const granted = ExtensionGranted({ n: 1, from: '2023-06-30', until: '2023-09-30', reason: 'r', authority: 'a' });
  t.same(
    changed(assigned, extensionAsked, granted).filter((line) => line.startsWith('/deadline') || line.startsWith('/originalDeadline')),
    ['/deadline: "2023-06-30" → "2023-09-30"'],
    'the deadline changes, the original one never',
  );
  const to = [lead(FINANCE)];
  t.same(
    changed(assigned, TaskReassigned({ from: assigned.data.assignees, to, reason: 'r', authority: 'a', effectiveFrom: '2023-05-15' })),
    [`/assignees: ${JSON.stringify(assigned.data.assignees)} → ${JSON.stringify(to)}`, '/effectiveFrom: "2023-01-10" → "2023-05-15"'],
  );
  t.same(
    changed(assigned, ReminderSent({ unit: SCIENCE, period: '2023-03', channel: '电话', text: null })),
    [],
    'a reminder changes nothing of the task',
  );
});

await test('a report appears whole, and then by the fields that change', async (t) => {
  const report = reported(SCIENCE, '2023-01');
  const ref = { report: `${SCIENCE}-2023-01`, unit: SCIENCE, period: '2023-01' };
  const first = changed(assigned, report);
  t.same(first.slice(0, 1), ['/status: "assigned" → "in-progress"']);
  t.match(first[1] ?? '', new RegExp(`^/reports/${ref.report}: null → \\{"unit":"${SCIENCE}"`, 'u'));
  t.equal(first.length, 2);
  t.same(
    changed(
      assigned,
      report,
      ReportAmended({ ...ref, changes: { percent: 25, measurements: [{ metric: '研发投入强度', value: '2.41' }] }, reason: 'r' }),
    ),
    [
      `/reports/${ref.report}/state: "submitted" → "amended"`,
      `/reports/${ref.report}/body/percent: 20 → 25`,
      `/reports/${ref.report}/body/measurements: null → [{"metric":"研发投入强度","value":"2.41"}]`,
    ],
  );
  t.same(changed(assigned, report, ReportReturned({ ...ref, reason: 'r' })), [`/reports/${ref.report}/state: "submitted" → "returned"`]);
});

await test('the first event changes every field that it fills, from null', async (t) => {
  const changes = changesBetween(null, stateOf(assigned));
  t.ok(changes.every(({ before }) => before === null));
  t.match(
    changes.map(({ path }) => path),
    [
      '/directive',
      '/kind',
      '/number',
      '/title',
      '/text',
      '/theme',
      '/group',
      '/measurements',
      '/status',
      '/leaders',
      '/deadline',
      '/originalDeadline',
      '/acknowledgedBy',
      '/plans',
      '/extensions',
      '/claims',
      '/reports',
      '/assignees',
      '/effectiveFrom',
    ],
  );
  t.same(changesBetween(null, null), []);
  t.same(changesBetween(stateOf(assigned), stateOf(assigned)), []);
});

/** Whether each value attains 2.4. */
const verdicts = (comparator: Measurement['comparator'], ...values: string[]): readonly (boolean | null)[] =>
  values.map((value) => attained({ metric: '研发投入强度', comparator, target: '2.4', unit: '%' }, value));

await test('a figure attains its target as the comparator says, exactly', async (t) => {
  const around = ['2.39999999999999999', '2.4', '2.40', '2.40000000000000001'];
  t.same(verdicts('gte', ...around), [false, true, true, true]);
  t.same(verdicts('gt', ...around), [false, false, false, true]);
  t.same(verdicts('lte', ...around), [true, true, true, false]);
  t.same(verdicts('lt', ...around), [true, false, false, false]);
  t.same(verdicts('eq', ...around), [false, true, true, false]);
  t.same(verdicts('approx', ...around), [null, null, null, null], '左右 gives no tolerance: a person judges');
  t.same(verdicts('qualitative', '1'), [null]);
  t.equal(attained({ metric: 'm', comparator: 'gte', target: null, unit: null }, '1'), null, 'no number was named');
  t.equal(attained({ metric: 'm', comparator: 'lte', target: '-1.5', unit: null }, '-1.6'), true);
});

const unit = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,79}$/u, { size: 'max' });
const year = fc.integer({ min: 1900, max: 2100 }).map(String);
const padded = (min: number, max: number) => fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));
const period = fc.oneof(
  year,
  fc.tuple(year, padded(1, 12)).map((parts) => parts.join('-')),
  fc.tuple(year, padded(1, 53)).map(([of, week]) => `${of}-W${week}`),
  fc.tuple(year, fc.constantFrom('Q1', 'Q4', 'H1', 'H2', '03-T1', '12-T3')).map((parts) => parts.join('-')),
);

await test('a report is named by unit and period, in an id of at most 80 characters', async (t) => {
  t.equal(reportId(SCIENCE, '2023-03'), 'shi-ke-ji-ju-2023-03');
  t.equal(reportId('x'.repeat(72), '2023-03').length, 80);
  t.equal(reportId('x'.repeat(72), '2023-03'), `${'x'.repeat(72)}-2023-03`);
  t.match(reportId('x'.repeat(73), '2023-03'), /^x{59}-[0-9a-f]{12}-2023-03$/u);
  fc.assert(
    fc.property(
      unit,
      period,
      (who, when) => ID_PATTERN.test(reportId(who, when)) && reportId(who, when).endsWith(`-${when.toLowerCase()}`),
    ),
    { numRuns: 300 },
  );
});

await test('two reports never share a name', async (t) => {
  const long = 'x'.repeat(70);
  const units = [
    'a',
    'a-2023',
    'a-2023-03',
    '2023',
    'x-',
    long,
    ...Array.from({ length: 10 }, (_, n) => `${long}-${n}`.padEnd(80, 'y')),
    `${long}z`.padEnd(79, 'y'),
  ];
  const periods = ['2023', '2023-03', '2023-12', '2024'];
  const names = units.flatMap((who) => periods.map((when) => reportId(who, when)));
  t.equal(new Set(names).size, names.length);
  fc.assert(
    fc.property(
      unit,
      period,
      unit,
      period,
      (one, oneTime, other, otherTime) => (one === other && oneTime === otherTime) || reportId(one, oneTime) !== reportId(other, otherTime),
    ),
    { numRuns: 300 },
  );
});

await test('a report that names a duty has the duty in its name, and no other report ever has that name', async (t) => {
  t.equal(reportId(SCIENCE, '2023-Q1'), 'shi-ke-ji-ju-2023-q1');
  t.equal(reportId(SCIENCE, '2023-03-T1', 'progress'), 'shi-ke-ji-ju-2023-03-t1-progress');
  t.equal(reportId(SCIENCE, '2023-Q1', 'quarterly'), 'shi-ke-ji-ju-2023-q1-quarterly');
  t.equal(reportId('jiu-bu-2020', '2023-W07', 'weekly'), 'jiu-bu-2020-2023-w07-weekly');
  t.match(reportId('a', '2023', 'q1'), /^a-2023-q1-[0-9a-f]{12}$/u, 'what would be another’s is told apart');
  t.match(reportId('a', '2023-03', 'y'.repeat(80)), /^a-2023-03-y{57}-[0-9a-f]{12}$/u);

  // Short texts of few letters, so that they meet.
  const word = fc.constantFrom('a', '2023', '03', 'q1', 't1', 'w07', '2023-03');
  const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('-'));
  const when = fc.constantFrom('2023', '2023-03', '2023-Q1', '2023-03-T1', '2023-W07');
  const which = fc.tuple(words, when, fc.option(words, { nil: undefined }));
  fc.assert(
    fc.property(which, which, (one, other) => one.join() === other.join() || reportId(...one) !== reportId(...other)),
    { numRuns: 20_000 },
  );
  fc.assert(fc.property(unit, period, unit, (who, on, duty) => ID_PATTERN.test(reportId(who, on, duty))));
});

const lists: readonly Assignment[] = [
  { receivedAt: 0, effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), cooperating(COUNTIES, 'collective')] },
  { receivedAt: 1, effectiveFrom: '2023-06-01', assignees: [lead(FINANCE)] },
  { receivedAt: 2, effectiveFrom: '2023-05-15', assignees: [lead(DISTRICT), cooperating(SCIENCE)] },
];
const parties = (day: string): readonly string[] => assigneesOn(lists, day).map(({ party }) => party);
const carriers = (day: string, ...roles: ('lead' | 'cooperating')[]) => {
  const { units, unresolved } = carriersOn(lists, day, roster, roles.length === 0 ? undefined : roles);
  return { units: [...units].map(([who, role]) => `${role} ${who}`), unresolved };
};

await test('of the lists that hold on a day, the last one recorded counts', async (t) => {
  t.same(parties('2023-05-14'), [SCIENCE, COUNTIES]);
  t.same(parties('2023-05-15'), [DISTRICT, SCIENCE]);
  t.same(parties('2023-06-01'), [DISTRICT, SCIENCE], 'the later statement about May also takes the place of the earlier one about June');
  t.same(parties('2022-12-31'), [SCIENCE, COUNTIES], 'before the first list holds, the first one');
  t.same(assigneesOn([], '2023-01-01'), []);
});

await test('a change of hands counts for what is due only where it was received before', async (t) => {
  const before = (day: string, instant: number) => [...carriersOn(lists, day, roster, undefined, instant).units.keys()];
  t.same(before('2023-06-01', 3), [DISTRICT, SCIENCE]);
  t.same(before('2023-06-01', 2), [FINANCE], 'the third list came later');
  t.same(before('2023-06-01', 1), [SCIENCE, DISTRICT], 'and the second');
  t.same(before('2023-06-01', 0), [SCIENCE, DISTRICT], 'the first founds the task, whenever it was received');
  t.same(before('2023-01-09', 3), [], 'before it holds nobody carries the task');
});

await test('units carry a task by name or as members on the day, in the role that names them first', async (t) => {
  t.same(carriers('2023-03-01'), { units: [`lead ${SCIENCE}`, `cooperating ${DISTRICT}`], unresolved: [] });
  t.same(
    carriers('2023-02-28'),
    { units: [`lead ${SCIENCE}`], unresolved: [COUNTIES] },
    'members that are not recorded for the day are not guessed',
  );
  t.same(carriers('2023-03-01', 'lead'), { units: [`lead ${SCIENCE}`], unresolved: [] });
  t.same(carriers('2023-02-28', 'lead'), { units: [`lead ${SCIENCE}`], unresolved: [] });
  const twice: readonly Assignment[] = [
    { receivedAt: 0, effectiveFrom: '2023-01-01', assignees: [cooperating(COUNTIES, 'collective'), lead(DISTRICT)] },
  ];
  t.same([...carriersOn(twice, '2023-03-01', roster).units], [[DISTRICT, 'cooperating']], 'once, though named and a member');
  t.ok(carries(lists, DISTRICT, ['2023-02-28', '2023-03-01'], roster), 'on one of the days');
  t.notOk(carries(lists, DISTRICT, ['2023-02-28'], roster));
});

await test('who once carried a task may still read it', async (t) => {
  t.ok(everCarried(lists, SCIENCE, roster));
  t.ok(everCarried(lists, DISTRICT, roster));
  t.ok(
    everCarried([{ receivedAt: 0, effectiveFrom: '2023-01-10', assignees: [cooperating(COUNTIES, 'collective')] }], DISTRICT, roster),
    'as a member',
  );
  t.notOk(everCarried(lists, 'unheard-of', roster));
});

const filing = (...tasks: string[]): FileReturn => ({
  type: 'FileReturn',
  unit: SCIENCE,
  period: '2023-03',
  entries: tasks.map((task) => ({ task, report: `${SCIENCE}-2023-03` })),
});
const filed = (...tasks: string[]) => ReturnFiled({ unit: SCIENCE, period: '2023-03', entries: [...filing(...tasks).entries] });

await test('a return covers each report once, however often it is filed', async (t) => {
  await given(returnDecider, [])
    .when(filing('task-1', 'task-2'))
    .then([filed('task-1', 'task-2')])(t);
  await given(returnDecider, [filed('task-1')])
    .when(filing('task-1', 'task-2'))
    .then([filed('task-2')])(t);
  await given(returnDecider, [filed('task-1'), filed('task-2')])
    .when(filing('task-2', 'task-1'))
    .then([])(t);
  await given(returnDecider, [])
    .when(filing('task-1', 'task-2', 'task-1'))
    .then([filed('task-1', 'task-2')])(t);
  const both = [`${SCIENCE}-2023-03`, `${SCIENCE}-2023-03-progress`].map((report) => ({ task: 'task-1', report }));
  await given(returnDecider, [filed('task-1')])
    .when({ ...filing('task-1'), entries: both })
    .then([ReturnFiled({ unit: SCIENCE, period: '2023-03', entries: both.slice(1) })])(t);
  t.equal(returnStream(SCIENCE, '2023-03'), 'return-shi-ke-ji-ju-2023-03');
  t.equal(returnStream(SCIENCE, '2023-03-T1'), 'return-shi-ke-ji-ju-2023-03-t1');
  t.same(unreached('src/domain/returns/decide.ts'), []);
});
