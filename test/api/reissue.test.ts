import { test } from 'tap';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import { commitImport } from '../../src/application/imports/commit.ts';
import type { Meta } from '../../src/application/handler.ts';
import { openWorld, type Answer, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** A corrected edition of a document in force: a difference that a person takes as amendments, with reason and authority. */

const FIRST = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  '1、6月底前新建学校3所。(市教育局、市财政局)',
  '2、9月底前改造道路5公里。(市交通运输局)',
  '3、年底前建成公园2个。(市园林局)',
  '2024年2月1日',
];
/** A task is put in front, a figure and a deadline are corrected, others do it, and the last one is left out. */
const SECOND = [
  FIRST[0],
  FIRST[1],
  '1、10月底前修缮桥梁4座。(市水利局)',
  '2、6月底前新建学校5所。(市教育局、市财政局)',
  '3、11月底前改造道路5公里。(市交通运输局、市财政局)',
  '2024年3月1日',
];
const WHY = { reason: '原件印刷有误', authority: '河政办函〔2024〕3号' };
const D = 'hezhengban-2024-9';

type Sent = CommandBody & ProblemBody;
type Shown = {
  readonly number: number;
  readonly text: string;
  readonly deadline: string | null;
  readonly status: string;
  readonly assignees: readonly { readonly party: string }[];
  readonly revision: number;
};
const send = async (world: World, lines: readonly (string | undefined)[]): Promise<string> => {
  const sent = await world.office.send('POST', '/v1/imports?name=notice.txt', Buffer.from(lines.join('\n')), {
    'content-type': 'text/plain',
  });
  if (sent.status >= 300) throw new Error(sent.text);
  return sent.headers['location'] ?? '';
};
const shown = async (world: World, url: string): Promise<ImportAnswer> => (await world.office.get<ImportAnswer>(url)).body;
const commit = (world: World, url: string, body: object = {}): Promise<Answer<Sent>> => world.office.post<Sent>(`${url}/commit`, body);
const decide = (world: World, url: string, ...difference: readonly object[]): Promise<Answer<Sent>> =>
  world.office.send<Sent>('PATCH', url, { difference });
const task = async (world: World, id: string, query = ''): Promise<Shown> =>
  (await world.office.get<Shown>(`/v1/tasks/${id}${query}`)).body;
const texts = async (world: World, query = ''): Promise<readonly string[]> =>
  (await world.office.get<ListBody<Shown>>(`/v1/tasks?directive=${D}${query}`)).body.items.map(({ number, text }) => `${number} ${text}`);

/** The first edition is in force since the 5th of February; it is the 10th of May. */
const inForce = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { seeded: false, at: '2024-02-05T09:00:00+08:00' });
  const first = await commit(world, await send(world, FIRST));
  if (first.status >= 300) throw new Error(first.text);
  world.clock.set('2024-05-10T09:00:00+08:00');
  return world;
};
const DROPPED = `dropped ${D}-task-3`;

await test('another edition says what it would change, and asks what becomes of what it leaves out', async (t) => {
  const world = await inForce(t);
  const draft = await shown(world, await send(world, SECOND));
  t.match(draft.supersedes, { directive: D, revision: 2 });
  const { added = [], changed = [], dropped = [], heading, unchanged } = draft.difference ?? {};
  t.match(added, [{ line: 'added task-1', number: 1, task: `${D}-task-4`, decision: 'take', asks: null }]);
  t.same(
    changed.map(({ number, task: id, fields }) => [number, id, fields.map(({ field }) => field)]),
    [
      [1, `${D}-task-1`, ['number', 'title', 'text', 'measurements']],
      [2, `${D}-task-2`, ['number', 'title', 'text', 'assignees', 'deadline']],
    ],
    'a number that moved is a change',
  );
  t.match(changed[1]?.fields.at(-1), { before: { date: '2024-09-30' }, after: { date: '2024-11-30' }, acted: false });
  t.match(dropped, [{ line: DROPPED, number: 3, state: 'assigned', decision: null }]);
  t.same(heading?.fields, [{ field: 'date', before: '2024-02-01', after: '2024-03-01' }]);
  t.equal(unchanged, 0);
});

await test('what is taken becomes amendments with their reason and authority, and what was before stays as it was', async (t) => {
  const world = await inForce(t);
  const head = world.head();
  const questions = [`/v1/tasks/${D}-task-1`, `/v1/tasks/${D}-task-3`, `/v1/tasks?directive=${D}`, `/v1/deadlines?directive=${D}`];
  const before = await Promise.all(
    questions.map(async (url) => (await world.office.get(`${url}${url.includes('?') ? '&' : '?'}asOf=@${head}`)).text),
  );
  const url = await send(world, SECOND);
  t.match(await commit(world, url), { status: 400, body: { code: 'answer-missing' } });
  t.match(await commit(world, url, WHY), { status: 409, body: { code: 'import-open', facts: { lines: [{ line: DROPPED }] } } });
  t.match(await decide(world, url, { line: 'dropped nothing', take: true }), { body: { code: 'item-unknown' } });
  t.match(await decide(world, url, { line: DROPPED, take: true }), { status: 201 });
  const { supersedes } = await shown(world, url);
  const taken = await commit(world, url, { ...WHY, base: supersedes?.base });
  t.equal(taken.status, 201, taken.text);
  t.same(
    taken.body.events.map(({ type }) => type.replace('.v1', '')),
    [
      'ImportCommitBegun',
      'UnitRegistered',
      'TaskAmended',
      'TaskAmended',
      'TaskReassigned',
      'TaskAssigned',
      'TaskCancelled',
      'DirectiveAmended',
      'ImportCommitted',
    ],
  );
  t.same(await texts(world, '&status=assigned'), ['1 10月底前修缮桥梁4座。', '2 6月底前新建学校5所。', '3 11月底前改造道路5公里。']);
  t.match(await task(world, `${D}-task-2`), { number: 3, deadline: '2024-11-30', assignees: [{}, {}] });
  t.match(await task(world, `${D}-task-2`, '?on=2024-05-09'), { number: 2, deadline: '2024-09-30', assignees: [{}] }, 'the day before');
  t.match(await task(world, `${D}-task-3`), { status: 'cancelled' });
  const after = await Promise.all(
    questions.map(async (at) => (await world.office.get(`${at}${at.includes('?') ? '&' : '?'}asOf=@${head}`)).text),
  );
  t.same(after, before, 'byte for byte');
  const { items } = (await world.office.get<ListBody<object>>(`/v1/changes?directive=${D}`)).body;
  t.match(
    items,
    items.map(() => WHY),
    'each stands in the register with its authority',
  );
  t.ok(items.length >= 4);
  t.match((await world.office.get(`/v1/directives/${D}`)).body, { date: '2024-03-01' });

  const end = world.head();
  t.match(await commit(world, url, WHY), { status: 200 }, 'committed twice is committed once');
  t.match(await commit(world, await send(world, SECOND), WHY), { status: 200 }, 'the same bytes twice change nothing');
  t.match(await commit(world, await send(world, FIRST)), { status: 200 }, 'nor does the first edition, which was taken long ago');
  t.equal(world.head(), end);
  t.match(await shown(world, url), { state: 'committed', supersedes: { directive: D }, difference: { dropped: [{ decision: 'take' }] } });

  const third = await shown(world, await send(world, [...SECOND.slice(0, 4), '4、年底前建成公园2个。(市园林局)', '2024年4月1日']));
  t.match(third.difference?.added, [{ number: 4, task: `${D}-task-5` }], 'what was withdrawn and comes again is a new task');
  t.match(third.difference?.dropped, [{ task: `${D}-task-2` }]);
  t.equal(third.difference?.unchanged, 2);
});

await test('a difference that was made once is the one that would be made again, at every position and in whatever order', async (t) => {
  const world = await inForce(t);
  const url = await send(world, SECOND);
  const from = world.head();
  await decide(world, url, { line: 'added task-1', take: false });
  await world.office.post(`/v1/tasks/${D}-task-2/amendments`, { deadline: '2024-10-31', ...WHY }, { 'if-match': '*' });
  await decide(world, url, { line: DROPPED, take: true }, { line: `changed ${D}-task-2`, take: true, fields: ['deadline'] });
  t.equal((await commit(world, url, WHY)).status, 201);
  await world.office.post(`/v1/tasks/${D}-task-1/amendments`, { deadline: '2024-10-30', ...WHY }, { 'if-match': '*' });
  await world.settled();
  const positions = Array.from({ length: world.head() - from + 1 }, (_, n) => from + n);
  t.ok(positions.length > 10);
  const at = async (position: number): Promise<string> => (await world.office.get(`${url}?asOf=@${position}&on=2024-05-10`)).text;
  const read = async (order: readonly number[]): Promise<ReadonlyMap<number, string>> => {
    const found = new Map<number, string>();
    for (const position of order) found.set(position, await at(position));
    return found;
  };
  await world.restart(); // nothing is kept from before, and each is asked for once
  const anew = await read(positions);
  const [forward, back, again] = [await read(positions), await read(positions.toReversed()), await read(positions)];
  for (const position of positions)
    for (const kept of [forward, back, again]) t.equal(kept.get(position), anew.get(position), String(position));
  t.ok(new Set(anew.values()).size > 5, 'they differ');
});

await test('what is left stays as it is, line by line and field by field', async (t) => {
  const world = await inForce(t);
  const url = await send(world, SECOND);
  await decide(
    world,
    url,
    { line: DROPPED, take: false },
    { line: 'added task-1', take: false },
    { line: `changed ${D}-task-1`, take: false },
    { line: `changed ${D}-task-2`, take: true, fields: ['deadline'] },
    { line: 'heading', take: false },
  );
  t.match(await commit(world, url, WHY), { status: 201 });
  t.same(await texts(world), ['1 6月底前新建学校3所。', '2 9月底前改造道路5公里。', '3 年底前建成公园2个。']);
  t.match(await task(world, `${D}-task-2`), { deadline: '2024-11-30', assignees: [{ party: 'shi-jiao-tong-yun-shu-ju' }] });
  t.match((await world.office.get(`/v1/directives/${D}`)).body, { date: '2024-02-01' });
});

await test('who acts on a task after the difference was shown is not overridden', async (t) => {
  const world = await inForce(t);
  const url = await send(world, SECOND);
  await decide(world, url, { line: DROPPED, take: true });
  const { supersedes } = await shown(world, url);
  const moved = await world.office.post(`/v1/tasks/${D}-task-2/amendments`, { deadline: '2024-10-31', ...WHY }, { 'if-match': '*' });
  t.equal(moved.status, 201, moved.text);
  const head = world.head();
  for (const body of [{ ...WHY, base: supersedes?.base }, WHY])
    t.match(await commit(world, url, body), { status: 409, body: { code: 'base-changed', facts: { tasks: [`${D}-task-2`] } } });
  t.equal(world.head(), head, 'nothing was appended');
  const again = await shown(world, url);
  t.match(again.difference?.changed[1], {
    decision: null,
    fields: [{}, {}, {}, {}, { field: 'deadline', before: { date: '2024-10-31' }, acted: true }],
  });
  t.match(await commit(world, url, { ...WHY, base: again.supersedes?.base }), { status: 409, body: { code: 'import-open' } });
  await decide(world, url, { line: `changed ${D}-task-2`, take: true, fields: ['number', 'title', 'text', 'assignees'] });
  t.match(await commit(world, url, { ...WHY, base: (await shown(world, url)).supersedes?.base }), { status: 201 });
  t.match(await task(world, `${D}-task-2`), { number: 3, deadline: '2024-10-31' });
});

await test('an act stands where the new edition says what the old one said', async (t) => {
  const world = await inForce(t);
  const moved = await world.office.post(`/v1/tasks/${D}-task-1/amendments`, { deadline: '2024-08-31', ...WHY }, { 'if-match': '*' });
  t.equal(moved.status, 201, moved.text);
  const draft = await shown(world, await send(world, [...FIRST.slice(0, 5), '2024年2月2日']));
  t.match(draft.difference, { added: [], changed: [], dropped: [], schedule: null, unchanged: 3 });
});

await test('what had fallen due before an edition holds stays judged as it was', async (t) => {
  const world = await inForce(t);
  world.clock.set('2024-07-10T09:00:00+08:00');
  const states = async (): Promise<unknown> =>
    (
      await world.office.get<ListBody<{ readonly task: string; readonly state: string; readonly deadline: string }>>(
        `/v1/deadlines?directive=${D}`,
      )
    ).body.items
      .filter(({ task: of }) => of === `${D}-task-1`)
      .map(({ deadline, state }) => `${deadline} ${state}`);
  t.same(await states(), ['2024-06-30 overdue']);
  const url = await send(world, [FIRST[0], FIRST[1], '1、12月底前新建学校3所。(市教育局、市财政局)', ...FIRST.slice(3)]);
  t.match(await commit(world, url, WHY), { status: 201 });
  t.same(await states(), ['2024-06-30 overdue']);
});

await test('what cannot be done is refused before anything is appended, and names the task', async (t) => {
  const world = await inForce(t);
  const url = await send(world, SECOND);
  await decide(world, url, { line: DROPPED, take: true });
  const head = world.head();
  const refused = await commit(world, url, { ...WHY, effectiveFrom: '2024-12-15' });
  t.match(refused, { status: 400, body: { code: 'date-order', facts: { tasks: [`${D}-task-2`] } } });
  t.equal(world.head(), head);
  t.match(await commit(world, url, { ...WHY, effectiveFrom: '2024-06-01' }), { status: 201 });
  t.match(await task(world, `${D}-task-1`), { number: 1 }, 'it is to hold from June on');
  t.match(await task(world, `${D}-task-1`, '?on=2024-06-01'), { number: 2 });
});

await test('a commit that is cut short after any step goes on where it stood, and each thing is done once', async (t) => {
  const world = await inForce(t);
  const url = await send(world, SECOND);
  await decide(world, url, { line: DROPPED, take: true });
  const { supersedes } = await shown(world, url);
  const { handler, imports, reissues } = world.duban().services;
  const meta: Meta = { actor: { sub: 'office-1', role: 'office' }, receivedAt: world.clock.now() };
  const before = world.head();
  let cuts = 0;
  for (let allowed = 1; ; allowed += 1) {
    let left = allowed;
    const handle: typeof handler.handle = (...command) => {
      left -= 1;
      if (left < 0) throw new Error('the power is gone');
      return handler.handle(...command);
    };
    const said = { ...WHY, ...(supersedes && { base: supersedes.base }) };
    const done = await commitImport({ handler: { ...handler, handle }, imports, reissues }, url.split('/').at(-1) ?? '', said, meta).catch(
      (error: unknown) => error,
    );
    await world.settled();
    if (!(done instanceof Error)) {
      t.match(done, { ok: true, directive: D, outcome: { kind: 'accepted' } });
      break;
    }
    cuts += 1;
  }
  t.ok(cuts >= 6, `it was cut ${cuts} times`);
  const types = Array.from(
    { length: world.head() - before },
    (_, index) => world.duban().services.store.at(before + 1 + index)?.envelope.type,
  );
  t.same(
    types.flatMap((type) => type ?? []).toSorted((a, b) => (a < b ? -1 : 1)),
    [
      'DirectiveAmended.v1',
      'ImportCommitBegun.v1',
      'ImportCommitted.v1',
      'TaskAmended.v1',
      'TaskAmended.v1',
      'TaskAssigned.v1',
      'TaskCancelled.v1',
      'TaskReassigned.v1',
      'UnitRegistered.v1',
    ],
  );
});

await test('another schedule is adopted as another version, and judges what falls due from then on', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2024-02-05T09:00:00+08:00' });
  const asks = (day: number): readonly (string | undefined)[] => [
    ...FIRST.slice(0, 5),
    `请各责任单位于每月${day}日前报送当月工作进展情况。`,
    FIRST[5],
  ];
  const first = await send(world, asks(25));
  const { findings } = await shown(world, first);
  const settle = (url: string, all: ImportAnswer['findings']): Promise<unknown> =>
    world.office.send('PATCH', url, {
      findings: all.filter(({ blocks }) => blocks).map(({ n }) => ({ n, decision: '按此读取', reason: '核对无误' })),
    });
  if (findings.some(({ blocks }) => blocks)) await settle(first, findings);
  t.match(await commit(world, first), { status: 201 });
  world.clock.set('2024-05-10T09:00:00+08:00');
  const second = await send(world, asks(20));
  const draft = await shown(world, second);
  if (draft.findings.some(({ blocks }) => blocks)) await settle(second, draft.findings);
  t.match(draft.difference, {
    changed: [],
    schedule: { line: 'schedule', decision: 'take', before: [{ due: { day: 25 } }], after: [{ due: { day: 20 } }] },
  });
  t.match(await commit(world, second, WHY), { status: 201 });
  const { items } = (await world.office.get<ListBody<object>>(`/v1/directives/${D}/policies`)).body;
  t.match(items, [
    { version: 1, duties: [{ due: { day: 25 } }] },
    { version: 2, effectiveFrom: '2024-05-10', duties: [{ due: { day: 20 } }] },
  ]);
});

await test('what a person corrected stays where the new edition prints what the one before printed', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2024-02-05T09:00:00+08:00' });
  const asks = ['请各责任单位于每月25日前报送当月工作进展情况。', '请各责任单位于每季度末月28日前报送本季度工作总结。'];
  const rows = [...FIRST.slice(2, 5), '4、11月底前整治河道6公里。(市水利局)'];
  const edition = (...of: readonly (string | undefined)[]): readonly (string | undefined)[] => [
    ...FIRST.slice(0, 2),
    ...of,
    ...asks,
    FIRST[5],
  ];
  const correct = async (url: string, body: object): Promise<void> => {
    const sent = await world.office.send<Sent>('PATCH', url, body);
    if (sent.status !== 201) throw new Error(sent.text);
  };
  const settle = async (url: string): Promise<void> => {
    const open = (await shown(world, url)).findings.filter(({ blocks, decision }) => blocks && decision === null);
    if (open.length > 0) await correct(url, { findings: open.map(({ n }) => ({ n, decision: '按此读取', reason: '核对无误' })) });
  };
  const first = await send(world, edition(...rows));
  const { duties, directive } = await shown(world, first);
  t.equal(duties.length, 2);
  await correct(first, {
    directive: { title: `${directive.title}（更正）` },
    duties: duties.slice(0, 1),
    items: [
      {
        item: 'task-1',
        set: {
          measurements: [{ metric: '新建学校', comparator: 'gte', target: '3', unit: '所' }],
          deadline: { printed: '7月底前', date: '2024-07-31', kind: 'date', precision: 'month' },
        },
      },
      { item: 'task-2', set: { assignees: [{ role: 'lead', name: '市公路局', kind: 'unit' }] } },
      { item: 'task-3', drop: '另文部署' },
    ],
  });
  await settle(first);
  t.match(await commit(world, first), { status: 201 });
  world.clock.set('2024-05-10T09:00:00+08:00');

  const mended = '4、12月底前整治河道6公里。(市水利局)';
  const second = await send(world, edition(...rows.slice(0, 3), mended));
  const { difference } = await shown(world, second);
  t.match(difference, { added: [], dropped: [], schedule: null, heading: null });
  t.same(
    difference?.changed.map(({ number, fields }) => [number, fields.map(({ field }) => field)]),
    [[4, ['title', 'text', 'deadline']]],
    'the one line that is printed otherwise',
  );
  await settle(second);
  t.match(await commit(world, second, WHY), { status: 201 });
  t.match(await task(world, `${D}-task-1`), { deadline: '2024-07-31' });

  const third = await send(world, edition(...rows.slice(0, 3), mended, '5、年底前修缮桥梁4座。(市水利局)'));
  const { difference: later } = await shown(world, third);
  t.match(later, { added: [{ number: 5 }], changed: [], dropped: [], schedule: null, heading: null }, 'nor does a third one undo it');

  const fourth = await send(world, edition('1、6月底前新建学校4所。(市教育局、市财政局)', ...rows.slice(1, 3), mended));
  const wrong = await shown(world, fourth);
  const fieldsOf = (all: ImportAnswer): unknown =>
    all.difference?.changed.map(({ number, fields }) => [number, fields.map(({ field }) => field)]);
  t.same(fieldsOf(wrong), [[1, ['title', 'text', 'measurements']]], 'what is printed otherwise is a change');
  await correct(fourth, {
    items: [{ item: 'task-2', set: { deadline: { printed: '10月底前', date: '2024-10-31', kind: 'date', precision: 'month' } } }],
  });
  t.same(
    fieldsOf(await shown(world, fourth)),
    [
      [1, ['title', 'text', 'measurements']],
      [2, ['deadline']],
    ],
    'and so is what a person says of the new edition',
  );
});
