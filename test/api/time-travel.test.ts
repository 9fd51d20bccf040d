import * as fc from 'fast-check';
import { test } from 'tap';
import { handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type Client, type World } from '../support/app.ts';

/**
 * The law that guards everything else: whatever was read once is read again, byte for byte, by asking for the position
 * and the moment of that reading, however much was recorded since.
 */

const UNITS = [OWN, 'hu-bin-qu-zheng-fu', 'yi-ma-shi-zheng-fu', OTHER] as const;
const TASKS = ['target-3', 'target-1', 'task-26', 'task-18', 'item-1', 'item-50'].map((name) => `${SEED_DIRECTIVE}-${name}`);
const PERIODS = ['2023-01', '2023-02', '2023-03', '2023-04', '2023', '2024-01'] as const;
const WHY = { reason: '职责调整', authority: '纪要3号' } as const;

/** Even: without a liking for small numbers. */
const any = fc.noBias(fc.nat({ max: 9999 }));

/** What is drawn at random for a step; what it does with it is below. */
const step = fc.record({
  act: any,
  read: any,
  task: any,
  unit: any,
  period: any,
  n: fc.integer({ min: 1, max: 3 }),
  /** Hours until the next step. */
  pause: fc.constantFrom(0, 0, 1, 20, 30, 60),
  /** Days that a paper lay about. */
  lay: fc.integer({ min: 0, max: 40 }),
});
type Step = ReturnType<typeof step.generate>['value'];

const pick = <Item>(items: readonly Item[], at: number): Item => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** What a run has made so far: subjects of later steps. */
type Made = {
  readonly tasks: string[];
  readonly snapshots: string[];
  readonly notices: string[];
  readonly inspections: string[];
  count: number;
};

const today = (world: World): string => world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
const daysFrom = (world: World, days: number): string => Temporal.PlainDate.from(today(world)).add({ days }).toString();

type Sent = Promise<Answer<{ readonly subject?: string }>>;

/** Every kind of act, valid where it happens to meet what it needs and refused where it does not. */
const actsOf = (world: World, made: Made, drawn: Step): readonly (() => Sent)[] => {
  const { office } = world;
  const task = pick([...TASKS, ...made.tasks], drawn.task);
  const unit = pick(UNITS, drawn.unit);
  const period = pick(PERIODS, drawn.period);
  const by = world.unit(unit);
  const report = `${unit}-${period}`;
  const at = `/v1/tasks/${task}`;
  const whatever = { 'if-match': '*' };
  const paper = {
    unit,
    basis: `来文${drawn.lay}号`,
    receivedAt: world.clock
      .now()
      .subtract({ hours: 24 * drawn.lay })
      .toString(),
  };
  const assignees = [unit, pick([...UNITS, 'ge-xian-shi-qu-zheng-fu'], drawn.unit + drawn.n)].map((party, index) => ({
    role: index === 0 ? 'lead' : 'cooperating',
    party,
  }));
  const name = (kind: string): string => {
    made.count += 1;
    return `${kind}-${made.count}`;
  };
  const keep = async (list: string[], sent: Sent): Sent => {
    const answer = await sent;
    if (answer.status === 201) list.push(answer.body.subject ?? '');
    return answer;
  };
  const say =
    (client: Client, path: string, body: object, headers = {}): (() => Sent) =>
    () =>
      client.post(path, body, headers);
  const reporting = [
    say(by, `${at}/reports`, {
      period,
      ...REPORT,
      percent: drawn.lay,
      measurements: [{ metric: '研发投入强度', value: `${drawn.lay}.${drawn.n}` }],
    }),
    say(office, `${at}/reports`, { period, ...REPORT, status: 'behind', ...paper }),
    say(by, `${at}/reports/${report}/amendments`, { percent: drawn.lay, reason: '更正' }),
    say(office, `${at}/reports/${report}/return`, { reason: '空泛' }),
    say(office, `${at}/reports/${report}/accept`, {}),
    say(by, '/v1/returns', { period, entries: [task, pick(TASKS, drawn.lay)].map((of) => ({ task: of, ...REPORT })) }),
  ];
  return [
    ...reporting,
    ...reporting,
    say(by, `${at}/acknowledgements`, {}),
    say(by, `${at}/plans`, { milestones: [{ title: '方案', due: '2023-06-30' }], leader: '王局长', measures: '专班' }),
    say(office, `${at}/plans/${drawn.n}/return`, { reason: '缺节点' }),
    say(office, `${at}/plans/${drawn.n}/accept`, {}),
    say(office, `${at}/reassignments`, { assignees, ...WHY, effectiveFrom: daysFrom(world, drawn.lay - 20) }, whatever),
    say(office, `${at}/leaders`, { leaders: [pick(['万战伟', '秦迎军', '杨红忠'], drawn.lay)], ...WHY }, whatever),
    say(by, `${at}/extension-requests`, { until: daysFrom(world, 100 + drawn.lay), reason: '征地' }),
    say(office, `${at}/extension-requests/${drawn.n}/decision`, { granted: drawn.lay % 3 !== 0, ...WHY }, whatever),
    say(office, `${at}/reminders`, { unit, period, channel: '电话' }),
    say(by, `${at}/completion-claims`, { evidence: '验收表' }),
    say(office, `${at}/completion-claims`, { evidence: '验收表', ...paper }),
    say(office, `${at}/completion-claims/${drawn.n}/decision`, { verified: drawn.lay % 2 === 0, reason: '核实' }, whatever),
    ...['suspension', 'resumption', 'cancellation', 'reopening'].map((path) => say(office, `${at}/${path}`, WHY, whatever)),
    () => keep(made.tasks, office.post('/v1/tasks', { ...handTask(name('hand')), assignees, deadline: daysFrom(world, drawn.lay) })),
    () => office.post('/v1/units', { id: name('unit'), name: `新设单位${made.count}` }),
    () => office.send('PATCH', `/v1/units/${unit}`, { name: name('更名'), from: daysFrom(world, drawn.lay - 20), reason: '机构改革' }),
    () => office.send('PATCH', `/v1/units/unit-${drawn.n}`, { mergedInto: unit, from: daysFrom(world, drawn.lay), reason: '合并' }),
    () =>
      office.send('PUT', '/v1/collectives/ge-xian-shi-qu-zheng-fu/members', {
        members: [unit, ...UNITS.slice(1, 3)].filter((id, index, all) => all.indexOf(id) === index),
        from: daysFrom(world, drawn.lay - 30),
        basis: '名单',
      }),
    () =>
      office.post(
        `/v1/directives/${SEED_DIRECTIVE}/policies`,
        {
          effectiveFrom: daysFrom(world, drawn.lay),
          monthly: { from: '2023-01', to: '2023-12', day: 20 + (drawn.lay % 10) },
          annual: { year: 2023, due: '12-25' },
        },
        whatever,
      ),
    () => office.post(`/v1/directives/${SEED_DIRECTIVE}/findings/${1 + drawn.lay}/decision`, { decision: '按原文' }),
    () => keep(made.snapshots, office.post('/v1/snapshots', { directive: SEED_DIRECTIVE, period })),
    () => keep(made.notices, office.post('/v1/notices', { snapshot: pick([...made.snapshots, 'none'], drawn.lay) })),
    say(office, `/v1/notices/${pick([...made.notices, 'none'], drawn.lay)}/issue`, { number: `通报${drawn.lay}号` }),
    say(office, `/v1/notices/${pick([...made.notices, 'none'], drawn.lay)}/correction`, { unit, statement: '应为按时', ...WHY }, whatever),
    say(by, `/v1/notices/${pick([...made.notices, 'none'], drawn.lay)}/objections`, { text: '已报送' }),
    () => keep(made.inspections, office.post('/v1/inspections', { directive: SEED_DIRECTIVE, title: '督查', plan: '现场', units: [unit] })),
    say(office, `/v1/inspections/${pick([...made.inspections, 'none'], drawn.lay)}/findings`, { unit, task, text: '滞后' }),
  ];
};

/** Every kind of read, for the office or for a unit. */
const readOf = (world: World, made: Made, drawn: Step): { readonly client: Client; readonly url: string } => {
  const unit = pick(UNITS, drawn.unit);
  const task = pick([...TASKS, ...made.tasks], drawn.task);
  const period = pick(PERIODS, drawn.period);
  const directive = `directive=${SEED_DIRECTIVE}`;
  const forAll = [
    `/v1/tasks?unit=${unit}&limit=7`,
    `/v1/tasks?kind=target&role=responsible&limit=20`,
    `/v1/tasks?status=${pick(['in-progress', 'claimed', 'completed', 'suspended', 'cancelled'], drawn.lay)}`,
    `/v1/tasks?leader=秦迎军&dueBefore=2023-12-01`,
    `/v1/tasks/${task}`,
    `/v1/tasks/${task}`,
    `/v1/tasks/${task}/history`,
    `/v1/tasks/${task}/reports/${unit}-${period}`,
    `/v1/obligations?${directive}&period=${period}&limit=60`,
    `/v1/obligations?task=${task}`,
    `/v1/obligations?unit=${unit}&state=${pick(['on-time', 'late', 'missing', 'waived'], drawn.lay)}`,
    `/v1/compliance?${directive}&period=${period}`,
    `/v1/compliance?${directive}&kind=deadline&period=2023-12`,
    `/v1/units/${unit}/scorecard?year=2023`,
    `/v1/units?q=更名`,
    `/v1/units/${unit}`,
    '/v1/collectives',
    '/v1/notices?limit=3',
    `/v1/notices/${pick([...made.notices, 'none'], drawn.lay)}`,
    `/v1/deadlines?${directive}&limit=30`,
    `/v1/directives/${SEED_DIRECTIVE}`,
    `/v1/directives/${SEED_DIRECTIVE}/policies`,
    `/v1/reports?${directive}&period=${period}`,
    '/v1/inspections',
  ];
  const forReaders = [
    `/v1/gaps?${directive}&limit=50`,
    '/v1/snapshots',
    `/v1/snapshots/${pick([...made.snapshots, 'none'], drawn.lay)}`,
    `/v1/directives/${SEED_DIRECTIVE}/findings?open=false`,
    `/v1/owing?${directive}&period=${period}&limit=20`,
    `/v1/tasks/${task}/statements?period=${period}`,
    `/v1/extensions?${directive}`,
    `/v1/changes?${directive}`,
    `/v1/claims?${directive}`,
    '/v1/backdated',
    `/v1/like-cases?${directive}&period=${period}&limit=20`,
    `/v1/notices/${pick([...made.notices, 'none'], drawn.lay)}/consistency`,
  ];
  const asUnit = drawn.read % 3 === 0;
  return { client: asUnit ? world.unit(unit) : world.auditor, url: pick(asUnit ? forAll : [...forAll, ...forReaders], drawn.read) };
};

type Remembered = {
  readonly client: Client;
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly position: number;
  readonly instant: string;
};

const again = (url: string, asOf: string, on: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}&on=${encodeURIComponent(on)}`;

await test('every read of the past is the read that was made then', async (t) => {
  const statuses = new Map<number, number>();
  const readStatuses = new Map<number, number>();
  const count = (counts: Map<number, number>, status: number): void => void counts.set(status, (counts.get(status) ?? 0) + 1);
  let compared = 0;

  const property = fc.asyncProperty(fc.array(step, { minLength: 200, maxLength: 200 }), async (steps) => {
    const world = await openWorld(t);
    const made: Made = { tasks: [], snapshots: [], notices: [], inspections: [], count: 0 };
    const remembered: Remembered[] = [];

    for (const [index, drawn] of steps.entries()) {
      const { status, text } = await pick(actsOf(world, made, drawn), drawn.act)();
      if (status >= 500) throw new Error(`step ${index}: ${status} ${text}`);
      count(statuses, status);
      if (index % 3 === 0) {
        const { client, url } = readOf(world, made, drawn);
        const read = await client.get(url);
        if (read.status >= 500) throw new Error(`${url}: ${read.status} ${read.text}`);
        count(readStatuses, read.status);
        remembered.push({
          client,
          url,
          status: read.status,
          text: read.text,
          position: world.head(),
          instant: world.clock.now().toString(),
        });
        world.clock.advance(1); // so that the instant of the read tells what was known at it
      }
      world.clock.advance(drawn.pause * 3_600_000);
    }

    const readAgain = async (when: string): Promise<void> => {
      for (const { client, url, status, text, position, instant } of remembered)
        for (const asOf of [`@${position}`, instant]) {
          const read = await client.get(again(url, asOf, instant));
          compared += 1;
          if (read.status !== status || read.text !== text) {
            t.equal(read.text, text, `${when}: ${url} as of ${asOf} at ${instant}`);
            throw new Error(`${when}: ${url} as of ${asOf} at ${instant} is not what it was`);
          }
        }
    };
    await readAgain('live');
    await world.restart();
    await readAgain('after a restart');
    await world.duban().projector.rebuild();
    await readAgain('after a rebuild');
    await world.close();
  });
  await fc.assert(property, { numRuns: 2, seed: 20230110, endOnFailure: true });

  const share = (counts: ReadonlyMap<number, number>, from: number, to: number): number =>
    [...counts].reduce((sum, [status, times]) => sum + (status >= from && status < to ? times : 0), 0);
  t.comment(JSON.stringify({ commands: [...statuses], reads: [...readStatuses], compared }));
  t.ok(share(statuses, 200, 300) > 100, 'commands that were accepted');
  t.ok(share(statuses, 400, 500) > 100, 'and refused');
  t.ok(share(readStatuses, 200, 300) > 90, 'reads that showed something');
  t.equal(compared, 2 * 67 * 2 * 3);
});
