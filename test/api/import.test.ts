import { createHash } from 'node:crypto';
import { test } from 'tap';
import { seedDocument } from '../../seed/index.ts';
import { ACTS_AT, anotherDirective } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, SEEDED_AT, type Answer, type CommandBody, type ProblemBody, type World } from '../support/app.ts';

/** A directive document through the door: read, imported, refused; and what it could not settle, decided by people. */

type Proposal = {
  readonly directive: { readonly id: string; readonly sourceSha256: string };
  readonly counts: object;
  readonly units: readonly object[];
  readonly collectives: readonly object[];
  readonly tasks: readonly { readonly id: string; readonly kind: string }[];
  readonly findings: readonly { readonly n: number; readonly kind: string }[];
};
type Task = {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string } | null;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly assignees: readonly {
    readonly role: string;
    readonly party: string;
    readonly name: string;
    readonly members?: readonly string[] | null;
  }[];
  readonly leaders: readonly string[];
  readonly deadline: string | null;
  readonly text: string;
};

const COUNTS = {
  targets: 13,
  themes: 8,
  groups: 35,
  tasks: 99,
  items: 85,
  units: 73,
  collectives: 4,
  tasksWithCooperating: 89,
  tasksWithoutCooperating: 10,
};
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const document = seedDocument();

/** As bytes: what is imported is kept by the hash of exactly these. */
const send = (world: World, body: Buffer | string, commit?: string, headers = {}): Promise<Answer<CommandBody & Proposal & ProblemBody>> =>
  world.office.send('POST', `/v1/directives/import${commit === undefined ? '' : `?commit=${commit}`}`, body, { ...TEXT, ...headers });

await test('a reading appends nothing, a commit what was read, and the same bytes again nothing', async (t) => {
  const world = await openWorld(t, { seeded: false, at: SEEDED_AT });
  for (const commit of [undefined, 'false']) {
    const { status, body } = await send(world, document, commit);
    t.equal(status, 200);
    t.match(body.directive, { id: SEED_DIRECTIVE, sourceSha256: createHash('sha256').update(document).digest('hex') });
    t.same(body.counts, COUNTS);
    t.same([body.units.length, body.collectives.length, body.tasks.length, body.findings.length], [73, 4, 197, 229]);
    t.equal(world.head(), 0, 'nothing was appended');
  }
  t.equal((await world.office.get(`/v1/directives/${SEED_DIRECTIVE}`)).status, 404);

  const { body, status, headers } = await send(world, document, 'true');
  t.equal(status, 201);
  t.same(body.counts, COUNTS);
  t.equal(body.events.length, 506);
  t.same(
    body.events.map(({ position }) => position),
    Array.from({ length: 506 }, (_, index) => index + 1),
  );
  t.equal(world.head(), 506);
  t.match(await world.office.get(headers['location'] ?? ''), {
    status: 200,
    headers: { etag: headers['etag'] },
    body: { id: SEED_DIRECTIVE, number: '三政办〔2023〕1号', status: 'issued', source: { counts: COUNTS } },
  });

  const again = await send(world, document, 'true');
  t.match(again, { status: 200, body: { events: [], counts: COUNTS } });
  t.equal(world.head(), 506);
  const changed = Buffer.from(document.toString().replace('完成投资1400亿元', '完成投资1500亿元'));
  t.match(await send(world, changed, 'false'), { status: 200 }, 'other bytes can be read');
  t.match(await send(world, changed, 'true'), { status: 409, body: { code: 'source-differs' } }, 'and are another document');
  t.equal(world.head(), 506);
  await world.restart();
  t.match(await send(world, document, 'true'), { status: 200, body: { events: [] } }, 'after a restart');
  t.equal(world.head(), 506);
});

await test('what was imported, as it is read', async (t) => {
  const world = await openWorld(t);
  const tasks = await world.all<Task>(world.auditor, `/v1/tasks?directive=${SEED_DIRECTIVE}`);
  const of = (kind: string): readonly Task[] => tasks.filter((task) => task.kind === kind);
  t.same([of('target').length, of('task').length, of('item').length], [13, 99, 85]);
  t.same(
    tasks.map(({ kind, number }) => `${kind} ${number}`),
    ['target', 'task', 'item'].flatMap((kind) => of(kind).map((_, index) => `${kind} ${index + 1}`)),
    'in the document’s order',
  );
  t.equal(new Set(of('task').map(({ theme }) => theme?.number)).size, 8);
  t.equal(new Set(of('task').map(({ group }) => group?.number)).size, 35);
  t.equal((await world.all(world.auditor, '/v1/units')).length, 73);
  t.equal((await world.all(world.auditor, '/v1/collectives')).length, 4);
  const cooperating = of('task').filter(({ assignees }) => assignees.some(({ role }) => role === 'cooperating'));
  t.same([cooperating.length, 99 - cooperating.length], [89, 10]);

  // Counted again from the rows as they are printed: 2023年12月月底前.
  const printed = new Map<string, number>();
  for (const [, month = ''] of document.toString().matchAll(/^\d+ \|.*\| 2023年(\d+)月月底前 \|/gmu)) {
    const day = Temporal.PlainYearMonth.from(`2023-${month.padStart(2, '0')}`);
    const last = day.toPlainDate({ day: day.daysInMonth }).toString();
    printed.set(last, (printed.get(last) ?? 0) + 1);
  }
  const deadlines = Map.groupBy(of('item'), ({ deadline }) => deadline ?? 'none');
  t.same(Object.fromEntries([...deadlines].map(([day, items]) => [day, items.length])), Object.fromEntries(printed));
  t.equal(
    [...printed.values()].reduce((sum, count) => sum + count, 0),
    85,
  );
  t.equal((await world.all(world.auditor, '/v1/tasks?kind=item&dueBefore=2023-12-31')).length, 85 - (printed.get('2023-12-31') ?? 0));

  for (const { id, children } of tasks)
    for (const child of children)
      t.ok(
        tasks.some((task) => task.id === child && task.parent === id),
        `${child} is part of ${id}`,
      );
  t.ok(of('item').some(({ parent }) => parent !== null));
  t.match(await world.auditor.get(`/v1/tasks/${SEED_DIRECTIVE}-task-23`), {
    body: {
      theme: { number: 2, name: '全力提升创新能力' },
      group: { number: '2.4' },
      assignees: [
        { role: 'lead', party: 'shi-ke-ji-ju', name: '市科技局' },
        { role: 'lead', party: 'cheng-xiang-yi-ti-hua-shi-fan-qu-guan-wei-hui', name: '城乡一体化示范区管委会' },
        { role: 'cooperating', party: 'san-men-xia-zhi-ye-ji-shu-xue-yuan' },
      ],
    },
  });
  const ids = async (query: string): Promise<readonly string[]> =>
    (await world.all<Task>(world.auditor, `/v1/tasks?${query}`)).map(({ id }) => id.slice(SEED_DIRECTIVE.length + 1));
  t.same(await ids('q=中原关键金属'), ['task-23', 'item-20']);
  t.same(await ids('q=%EF%BC%B2%EF%BC%A3%EF%BC%A5%EF%BC%B0'), ['task-13'], 'full and half width alike');
  t.same(await ids('unit=shi-ke-ji-ju&kind=target'), ['target-3']);
  t.same(await ids('leader=卫祥玉&dueBefore=2023-12-31'), ['item-9', 'item-75']);
  t.equal((await ids('unit=hu-bin-qu-zheng-fu&kind=target')).length, 13, 'as a member of 各县(市、区)政府');
});

await test('a text of another shape is refused at its first line that is not understood', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const lines = document.toString().split('\n');
  const without = (line: number): string => lines.toSpliced(line - 1, 1).join('\n');
  const broken: readonly (readonly [what: string, text: string | Buffer, line: number])[] = [
    ['nothing', '', 1],
    ['JSON', '{"directive":"x"}', 1],
    ['a spreadsheet', 'number,task,unit\n1,x,y\n', 1],
    ['a line that is no item', lines.with(29, '这一行不成样子').join('\n'), 30],
    ['an item without its units', lines.with(23, '(1)坚持“项目为王”。').join('\n'), 24],
    ['a number that is left out', without(10), 10],
    ['bytes that are no UTF-8', Buffer.concat([document.subarray(0, 300), Buffer.from([0xff, 0xfe]), document.subarray(300)]), 0],
  ];
  for (const [what, text, line] of broken)
    for (const commit of ['false', 'true']) {
      const answer = await send(world, text, commit);
      t.match(
        answer,
        { status: 400, body: { code: 'notice-unreadable', errors: [{ pointer: '' }] } },
        `${what}: ${answer.text.slice(0, 200)}`,
      );
      if (line > 0) t.equal(answer.body.facts?.['line'], line, `${what}: line ${line}`);
      t.equal(world.head(), 0, 'nothing was written');
    }
});

await test('findings: read, decided once, and remembered as they were', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  type Finding = {
    readonly n: number;
    readonly kind: string;
    readonly subject: string;
    readonly line: number;
    readonly detail: string;
    readonly decision: { readonly decision: string; readonly by: string; readonly at: string } | null;
  };
  const url = `/v1/directives/${SEED_DIRECTIVE}/findings`;
  const found = await world.all<Finding>(world.office, url, 50);
  t.same(
    found.map(({ n }) => n),
    Array.from({ length: 229 }, (_, index) => index + 1),
  );
  const kinds = new Set(found.map(({ kind }) => kind));
  for (const kind of [
    'collective-unresolved',
    'row-differs',
    'unit-outside-task',
    'comparator-conflict',
    'no-leader',
    'no-deadline',
    'layout',
  ])
    t.ok(kinds.has(kind), kind);
  const lines = document.toString().split('\n');
  t.ok(
    found.every(({ line, detail }) => lines[line - 1] !== undefined && detail !== ''),
    'each with its line',
  );
  t.same(
    (await world.all<Finding>(world.office, `${url}?kind=comparator-conflict`)).map(({ n }) => n),
    found.filter(({ kind }) => kind === 'comparator-conflict').map(({ n }) => n),
  );
  const open = await world.all<Finding>(world.office, `${url}?open=true`);
  t.equal(open.length, 228, 'the seed decided one');

  const [first] = open;
  const before = world.head();
  const decided = await world.office.post(`${url}/${first?.n}/decision`, { decision: '按正文执行', reason: '已与起草处核对' });
  t.match(decided, { status: 201, body: { events: [{ type: 'FindingDecided.v1' }], subject: String(first?.n) } });
  t.match(await world.office.post<ProblemBody>(`${url}/${first?.n}/decision`, { decision: '按附件执行' }), {
    status: 409,
    body: { code: 'already-decided' },
  });
  t.equal(world.head(), before + 1);
  const after = await world.all<Finding>(world.auditor, url);
  t.match(
    after.find(({ n }) => n === first?.n),
    { decision: { decision: '按正文执行', reason: '已与起草处核对', by: 'office', at: '2023-04-10T01:00:00.000Z' } },
  );
  t.same(await world.all<Finding>(world.auditor, `${url}?asOf=@${before}&on=2023-04-10`), found, 'as was known before');
  t.equal((await world.all(world.auditor, `${url}?open=true`)).length, 227);
});

await test('a second directive joins the roster, and touches nothing of the first', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const before = (await world.office.get('/v1/tasks/sanzhengban-2023-1-task-1')).text;
  const { body, status } = await send(world, anotherDirective(2), 'true');
  t.equal(status, 201);
  t.notOk(
    body.events.some(({ type }) => type === 'UnitRegistered.v1' || type === 'CollectiveDefined.v1'),
    'its units are known',
  );
  t.equal((await world.all(world.office, '/v1/tasks?directive=sanzhengban-2023-2')).length, 197);
  t.equal((await world.all(world.office, '/v1/units')).length, 73);
  const now = await world.office.get<object>('/v1/tasks/sanzhengban-2023-1-task-1');
  t.same({ ...now.body, basis: null }, { ...(JSON.parse(before) as object), basis: null });
  t.equal((await send(world, anotherDirective(3), 'true', { 'idempotency-key': 'k' })).status, 201);
  const head = world.head();
  t.match(
    await send(world, anotherDirective(4), 'true', { 'idempotency-key': 'k' }),
    { status: 422 },
    'a key belongs to one request, also where another would make another directive',
  );
  t.equal(world.head(), head, 'nothing was appended');
});
