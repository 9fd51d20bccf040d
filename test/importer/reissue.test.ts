import * as fc from 'fast-check';
import { test } from 'tap';
import { standingOf, type Standing } from '../../src/domain/tasks/edition.ts';
import { TaskAmended, TaskAssigned, TaskCancelled, TaskReassigned, type TaskEvent } from '../../src/domain/tasks/events.ts';
import type { Plan, PlannedTask } from '../../src/importer/draft/planned.ts';
import { differenceOf, isEmpty, type Base } from '../../src/importer/reissue/difference.ts';
import { amendmentFor } from '../../src/importer/reissue/fields.ts';
import { matchItems } from '../../src/importer/reissue/matching.ts';

/** The laws of a difference between two editions. */

const WORDS = ['新建学校', '改造道路', '建成公园', '修缮桥梁', '治理河道', '整修水库'];
type Row = { readonly about: number; readonly count: number; readonly party: string; readonly deadline: string | null };
const row: fc.Arbitrary<Row> = fc.record({
  about: fc.nat({ max: WORDS.length - 1 }),
  count: fc.integer({ min: 1, max: 9 }),
  party: fc.constantFrom('jia', 'yi', 'bing'),
  deadline: fc.constantFrom(null, '2024-06-30', '2024-12-31'),
});
const edition = fc.array(row, { minLength: 1, maxLength: 6 });

const taskOf = ({ about, count, party, deadline }: Row, index: number, sha256: string): PlannedTask => {
  const text = `${WORDS[about]}${count}处,由责任单位组织实施并按期完成${WORDS[about]}任务。`;
  return {
    id: `d-task-${index + 1}`,
    kind: 'task',
    number: index + 1,
    title: text.slice(0, 6),
    text,
    sourceLine: index + 3,
    theme: null,
    group: null,
    parent: null,
    assignees: [{ role: 'lead', party, kind: 'unit' }],
    leaders: [],
    deadline,
    ...(deadline !== null && { deadlineTerms: { printed: deadline, kind: 'date', precision: 'day', milestones: [] } }),
    measurements: [{ metric: text.slice(0, 4), comparator: 'gte', target: String(count), unit: '处' }],
    source: { sha256, address: `line ${index + 3}` },
  };
};

const HEAD = { number: '河政办〔2024〕9号', title: '通知', issuer: '河州市人民政府', date: '2024-02-01' };
const planOf = (rows: readonly Row[], sha: string): Plan => ({
  directive: { id: 'd', ...HEAD, timeZone: 'Asia/Shanghai', sourceSha256: sha.repeat(64) },
  profile: null,
  counts: {
    targets: 0,
    themes: 0,
    groups: 0,
    tasks: 0,
    items: 0,
    units: 0,
    collectives: 0,
    tasksWithCooperating: 0,
    tasksWithoutCooperating: 0,
  },
  units: [],
  collectives: [],
  members: [],
  tasks: rows.map((each, index) => taskOf(each, index, sha.repeat(64))),
  findings: [],
  decisions: [],
  prose: [],
  rules: null,
});

type World = ReadonlyMap<string, readonly TaskEvent[]>;
const assigned = ({ id: _, ...task }: PlannedTask, effectiveFrom: string): TaskEvent =>
  TaskAssigned({ directive: 'd', effectiveFrom, ...task, leaders: [...task.leaders] });
const importOf = (plan: Plan): World => new Map(plan.tasks.map((task) => [task.id, [assigned(task, '2024-02-01')]]));
const standingsIn = (world: World): readonly Standing[] => [...world].flatMap(([id, events]) => standingOf(id, events) ?? []);
const baseOf = (world: World): Base => ({ directive: { id: 'd', ...HEAD }, policies: [], standings: standingsIn(world) });
const differenceIn = (world: World, plan: Plan) => {
  const asked = differenceOf(plan, baseOf(world), (party) => party, []);
  const said = [...asked.changed, ...asked.dropped].map(({ line }) => ({ line, take: true }));
  return differenceOf(plan, baseOf(world), (party) => party, said);
};

/** Takes all of a difference. */
const taken = (world: World, plan: Plan): World => {
  const { added, changed, dropped } = differenceIn(world, plan);
  const why = { reason: '更正', authority: '更正通知' };
  const effectiveFrom = '2024-03-01';
  const after = new Map(world);
  const append = (id: string, ...events: readonly TaskEvent[]): void => void after.set(id, [...(after.get(id) ?? []), ...events]);
  for (const { standing, planned, wanted, fields } of changed) {
    const names = new Set(fields.map(({ field }) => field));
    const source = { sha256: plan.directive.sourceSha256, address: planned.source?.address ?? '' };
    const to = amendmentFor(names, standing.now, wanted);
    append(standing.id, TaskAmended({ from: {}, to, effectiveFrom, source, ...why }));
    if (names.has('assignees'))
      append(standing.id, TaskReassigned({ from: standing.now.assignees, to: wanted.assignees, effectiveFrom, source, ...why }));
  }
  for (const { planned } of added) append(planned.id, assigned(planned, effectiveFrom));
  for (const { standing } of dropped) append(standing.id, TaskCancelled({ source: plan.directive.sourceSha256, ...why }));
  return after;
};

const facesIn = (world: World): readonly string[] =>
  standingsIn(world)
    .filter(({ task }) => task.status !== 'cancelled')
    .map(({ now }) => JSON.stringify(Object.entries(now).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

await test('what is taken of the difference from A to B gives the tasks that B gives by itself', (t) => {
  fc.assert(
    fc.property(edition, edition, (a, b) => {
      const [first, second] = [planOf(a, 'a'), planOf(b, 'b')];
      const [here, there] = [facesIn(taken(importOf(first), second)), facesIn(importOf(second))];
      t.same(here, there);
      return JSON.stringify(here) === JSON.stringify(there);
    }),
    { numRuns: 300 },
  );
  t.end();
});

await test('from an edition to itself there is no difference, nor is there one left after it was taken', (t) => {
  fc.assert(
    fc.property(edition, edition, edition, (a, b, c) => {
      const [first, second, third] = [planOf(a, 'a'), planOf(b, 'b'), planOf(c, 'c')];
      if (!isEmpty(differenceIn(importOf(first), planOf(a, 'b')))) return false;
      const world = taken(importOf(first), second);
      return isEmpty(differenceIn(world, second)) && isEmpty(differenceIn(taken(world, third), third));
    }),
    { numRuns: 300 },
  );
  t.end();
});

const item = (number: number | null, text: string) => ({ kind: 'task', number, text });
const held = (...[before, after]: Parameters<typeof matchItems>): readonly string[] => {
  const { pairs, added, dropped } = matchItems(before, after);
  const rewritten = (is: boolean): string => (is ? ' rewritten' : '');
  return [
    ...pairs.map((pair) => `${pair.old.number} is ${pair.new.number}${rewritten(pair.isRewritten)}`),
    ...added.map(({ number }) => `${number} added`),
    ...dropped.map(({ number }) => `${number} dropped`),
  ];
};

await test('items are held together by number and text, by the text where the numbering moved, at last by the number', async (t) => {
  const a = [item(1, '新建学校3所'), item(2, '改造城区道路5公里'), item(3, '建成街头公园2个')];
  t.same(held(a, [item(1, '修缮桥梁4座'), item(2, '新建学校3所'), item(3, '改造城区道路5公里'), item(4, '建成街头公园2个')]), [
    '1 is 2',
    '2 is 3',
    '3 is 4',
    '1 added',
  ]);
  t.same(held(a, [item(1, '新建学校5所'), item(2, '改造城区道路5公里'), item(3, '修缮水库堤坝')]), [
    '1 is 1',
    '2 is 2',
    '3 is 3 rewritten',
  ]);
  t.same(held(a, [item(1, '改造城区道路6公里'), item(2, '新建学校3所')]), ['2 is 1', '1 is 2', '3 dropped']);
  t.same(
    held([item(null, '甲')], [item(null, '乙')]),
    ['null added', 'null dropped'],
    'without a number nothing says that they are the same',
  );
});
