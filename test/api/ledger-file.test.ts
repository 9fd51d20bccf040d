import ExcelJS from 'exceljs';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { test } from 'tap';
import { OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type CommandBody, type ProblemBody, type World } from '../support/app.ts';

/** A ledger as a file: what `GET /v1/tasks` gives is what `POST /v1/tasks` takes, with a verdict on each row. */

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Verdict = {
  readonly address: string;
  readonly id: string | null;
  readonly verdict: 'created' | 'already-there' | 'refused';
  readonly event: string | null;
  readonly code: string | null;
  readonly column: string | null;
  readonly cell: string | null;
  readonly detail: string | null;
};
type Sent = CommandBody & ProblemBody & { readonly rows: readonly Verdict[]; readonly notTaken: readonly string[] };

const post = (world: World, body: Buffer | string, query = '', headers = {}): Promise<Answer<Sent>> =>
  world.office.send('POST', `/v1/tasks${query}`, Buffer.from(body), {
    'content-type': typeof body === 'string' ? 'text/csv' : XLSX,
    ...headers,
  });

const csv = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\n`).join('');

const directive = async (world: World, id: string): Promise<void> => {
  const { status, text } = await world.office.post('/v1/directives', {
    id,
    number: id,
    title: '通知',
    issuer: '市政府',
    date: '2023-01-01',
  });
  if (status !== 201) throw new Error(text);
};

/** Rows of an exported ledger by heading, without what follows from the rules of its directive. */
const exported = async (world: World, of: string, language = 'zh'): Promise<readonly Readonly<Record<string, string>>[]> => {
  await world.settled();
  const { bytes } = await world.office.get(`/v1/tasks?directive=${of}&format=csv`, { 'accept-language': language });
  const rows = parse<Readonly<Record<string, string>>>(bytes, { bom: true, columns: true });
  return rows.map(({ 报送情况: _, compliance: __, ...row }) => row);
};

const moved = (rows: readonly Readonly<Record<string, string>>[], from: string, to: string): readonly object[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([heading, cell]) => [heading, cell.replaceAll(from, to)])));

const verdicts = ({ body }: Answer<Sent>): readonly string[] => [...new Set(body.rows.map(({ verdict }) => verdict))];

for (const [kind, language] of [
  ['xlsx', 'zh'],
  ['csv', 'en'],
] as const)
  await test(`the whole ledger of the notice comes back into an empty directive as it was, by ${kind}`, async (t) => {
    const world = await openWorld(t);
    await directive(world, 'copy');
    const { bytes } = await world.office.get(`/v1/tasks?directive=${SEED_DIRECTIVE}&format=${kind}`, { 'accept-language': language });
    const file = kind === 'xlsx' ? Buffer.from(bytes) : Buffer.from(bytes).toString();
    const first = await post(world, file, '?directive=copy');
    t.equal(first.status, 201, first.text.slice(0, 500));
    t.same(
      first.body.rows.filter(({ verdict }) => verdict === 'refused'),
      [],
    );
    t.ok(first.body.rows.length > 180);
    t.match(first.body.rows[0], { verdict: 'created', id: /^copy-/u, event: /^[0-9a-f-]{36}$/u });
    t.same(first.body.notTaken.length > 0, true, 'what became of the tasks is not taken, and said');
    t.same(await exported(world, 'copy'), moved(await exported(world, SEED_DIRECTIVE), SEED_DIRECTIVE, 'copy'));

    const head = world.head();
    const again = await post(world, file, '?directive=copy');
    t.equal(again.status, 200);
    t.same(verdicts(again), ['already-there']);
    const inPlace = await post(world, file);
    t.same(verdicts(inPlace), ['already-there'], 'nor does the ledger say anything new where it came from');
    t.equal(world.head(), head, 'nothing was recorded');
  });

await test('a ledger that a person writes needs few columns, in any order, and each row has its verdict', async (t) => {
  const world = await openWorld(t, { seeded: false });
  await directive(world, 'd');
  await world.office.post('/v1/units', { id: 'jiao-yu', name: '市教育局', aliases: ['教育局'] });
  const head = ['责任单位', 'text', '完成时限', '序号', '指标', '责任领导'];
  const rows = [
    ['教育局（牵头）', '新建学校3所', '2023/6/30', '1', '新建学校 ≥3所', '副市长 张三；分管副秘书长'],
    ['市财政局（牵头）', '筹措资金', '', '2', '', ''],
    ['市教育局', '招聘教师', '', '3', '', ''],
    ['市教育局(配合)', '维修校舍', '六月底', '4', '', ''],
    ['市教育局（牵头）', '新建学校3所', '', '1', '', ''],
    ['市教育局（牵头）', '', '', '6', '', ''],
    ['市教育局（牵头）', '已过期', '2022-06-30', '7', '', ''],
    ['市教育局（牵头）', '无编号', '', '', '', ''],
  ];
  const sent = await post(world, csv(head, ...rows), '?directive=d');
  t.equal(sent.status, 201, sent.text);
  t.same(
    sent.body.rows.map(({ id, verdict, code, column, cell }) => [id, verdict, code, column, cell]),
    [
      ['d-task-1', 'created', null, null, null],
      [null, 'refused', 'party-unknown', '责任单位', 'line 3, cell 1'],
      [null, 'refused', 'invalid-input', '责任单位', 'line 4, cell 1'],
      [null, 'refused', 'invalid-input', '完成时限', 'line 5, cell 3'],
      ['d-task-1', 'refused', 'task-exists', null, null],
      ['d-task-6', 'refused', 'invalid-input', 'text', 'line 7, cell 2'],
      ['d-task-7', 'refused', 'date-order', '完成时限', 'line 8, cell 3'],
      [null, 'refused', 'invalid-input', null, null],
    ],
  );
  t.match(sent.body.rows[2]?.detail, /^“市教育局” is not written as 市教育局（牵头）$/u);
  t.match((await world.office.get('/v1/tasks/d-task-1')).body, {
    title: '新建学校3所',
    assignees: [{ role: 'lead', party: 'jiao-yu' }],
    leaderPosts: [
      { name: '张三', title: '副市长' },
      { name: null, title: '分管副秘书长' },
    ],
    deadline: '2023-06-30',
    measurements: [{ metric: '新建学校', comparator: 'gte', target: '3', unit: '所' }],
  });

  await world.office.post('/v1/units', { id: 'cai-zheng', name: '市财政局' });
  const mended = await post(world, csv(head, ...rows.slice(0, 2)), '?directive=d');
  t.same(
    mended.body.rows.map(({ verdict }) => verdict),
    ['already-there', 'created'],
  );
  const other = await post(world, csv(head, ['市教育局（牵头）', '新建学校4所', '2023-06-30', '1', '新建学校 ≥3所', '']), '?directive=d');
  t.match(other.body.rows, [{ verdict: 'refused', code: 'task-exists', column: 'text', detail: /is otherwise in text, 责任领导;/u }]);
  t.equal((await world.office.get<{ readonly text: string }>('/v1/tasks/d-task-1')).body.text, '新建学校3所');
});

await test('what is no ledger is refused as a whole, and the column that is unknown is named', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const row = ['d-1', '办事', '市教育局（牵头）', 'd'];
  const head = ['编号', '工作内容', '责任单位', '文件编号'];
  const refusal = async (text: string, query = ''): Promise<unknown> => {
    const { status, body } = await post(world, text, query);
    return [status, body.code, body.detail];
  };
  t.same(await refusal(csv([...head, '备注'], [...row, '急'])), [
    400,
    'invalid-input',
    'no column of a ledger is called “备注” (line 1, cell 5)',
  ]);
  t.same(await refusal(csv([...head, 'text'], [...row, '办'])), [400, 'invalid-input', '“text” (line 1, cell 5) is there already']);
  t.same(await refusal(csv(head.slice(0, 3), row.slice(0, 3))), [400, 'invalid-input', 'the ledger has no column directive']);
  t.same(await refusal(csv(head.slice(1), row.slice(1))), [400, 'invalid-input', 'the ledger has no column id or number']);
  t.same(await refusal('你好\n世界\n'), [415, 'file-unknown', 'no row of the file has the headings of a ledger']);
  const many = csv(head, ...Array.from({ length: 2001 }, (_, n) => [`d-${n}`, '办事', '市教育局（牵头）', 'd']));
  t.match(await refusal(many), [413, 'file-too-large', /^the ledger has 2001 rows; at most 2000/u]);
  t.match(await world.office.send('POST', '/v1/tasks', Buffer.from('PK'), { 'content-type': XLSX }), { status: 415 });
  t.equal(world.head(), 0, 'nothing was recorded');
});

await test('cells that go on without an end are refused in good time', async (t) => {
  const world = await openWorld(t, { seeded: false });
  await directive(world, 'd');
  const blanks = `a${'\t'.repeat(90_000)}b`;
  const signs = `a${' '.repeat(45_000)}≥${' '.repeat(45_000)}≥`;
  const rows = Array.from({ length: 10 }, (_, n) => [blanks, '办事', String(n + 1), signs, blanks]);
  const before = process.cpuUsage();
  const sent = await post(world, csv(['责任单位', 'text', '序号', '指标', '责任领导'], ...rows), '?directive=d');
  const { user } = process.cpuUsage(before);
  t.same(verdicts(sent), ['refused']);
  t.ok(user / 1e6 < 15, `${user / 1e6} s: a pattern that goes back over its blanks takes minutes`);
  t.equal(world.head(), 1);
});

await test('cells with formulas are read as what they show, and what looks like one is a text', async (t) => {
  const world = await openWorld(t);
  await directive(world, 'd');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('台账');
  sheet.addRow(['编号', '工作内容', '责任单位', '完成时限']);
  sheet.addRow([
    'd-1',
    { formula: 'HYPERLINK("http://example.invalid","x")', result: '建成投用' },
    `${OWN}（牵头）`,
    new Date('2023-06-30'),
  ]);
  sheet.addRow(['d-2', '=HYPERLINK("x")', `${OWN}（牵头）`, '']);
  sheet.getCell('D2').numFmt = 'yyyy-mm-dd';
  const file = Buffer.from(await workbook.xlsx.writeBuffer());
  const sent = await post(world, file, '?directive=d');
  t.same(verdicts(sent), ['created'], sent.text);
  await world.settled();
  t.match((await world.office.get('/v1/tasks/d-1')).body, { text: '建成投用', deadline: '2023-06-30' });
  t.match((await world.office.get('/v1/tasks/d-2')).body, { text: '=HYPERLINK("x")' });
  const { bytes } = await world.office.get('/v1/tasks?directive=d&format=csv');
  t.same(
    verdicts(await post(world, Buffer.from(bytes).toString())),
    ['already-there'],
    'the mark that CSV has against formulas is no part of it',
  );
});

await test('a ledger says nothing new of what was decided before it was given out', async (t) => {
  const world = await openWorld(t);
  await directive(world, 'd');
  const said = csv(['编号', '工作内容', '责任单位', '完成时限'], ['d-1', '新建学校3所', `${OWN}（牵头）`, '2023-06-30']);
  const first = await post(world, said, '?directive=d');
  t.same(verdicts(first), ['created']);
  const why = { reason: '计划调整', authority: '市长办公会纪要第3期' };
  const act = (path: string, body: object) => world.office.post(`/v1/tasks/d-1/${path}`, { ...body, ...why }, { 'if-match': '*' });
  t.equal((await act('amendments', { text: '新建学校4所', measurements: [] })).status, 201);
  t.equal((await act('leaders', { leaders: ['张三'] })).status, 201);
  const asked = await world.unit(OWN).post('/v1/tasks/d-1/extension-requests', { until: '2023-12-31', reason: '征地未完' });
  t.equal(asked.status, 201);
  t.equal((await act('extension-requests/1/decision', { granted: true })).status, 201);
  await world.settled();
  const { bytes } = await world.office.get('/v1/tasks?directive=d&format=xlsx', { 'accept-language': 'zh' });
  const head = world.head();
  const now = await post(world, Buffer.from(bytes));
  t.same(verdicts(now), ['already-there'], now.text);
  t.same(verdicts(await post(world, said, '?directive=d')), ['already-there'], 'nor does the one that it came from');
  t.equal(world.head(), head);
});

await test('a retry under its key gives the first answer, another file under it is refused, a unit sends none', async (t) => {
  const world = await openWorld(t);
  await directive(world, 'd');
  const file = csv(['编号', '工作内容', '责任单位'], ['d-1', '办事', `${OWN}（牵头）`], ['d-2', '办会', `${OWN}（牵头）`]);
  const key = { 'idempotency-key': 'once' };
  const first = await post(world, file, '?directive=d', key);
  const again = await post(world, file, '?directive=d', key);
  t.match([first.status, again.status], [201, 200]);
  t.same(again.body.rows, first.body.rows);
  t.match(await post(world, file.replace('办会', '办公'), '?directive=d', key), { status: 422, body: { code: 'idempotency-key-reused' } });
  const unit = await world.unit(OWN).send('POST', '/v1/tasks?directive=d', Buffer.from(file), { 'content-type': 'text/csv' });
  t.equal(unit.status, 403);
});

const day = fc
  .record({ month: fc.integer({ min: 1, max: 12 }), of: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, of }) => `2024-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`);
const words = fc.constantFrom(
  '建设',
  '改造"老旧"小区',
  '培育，壮大',
  '=招商',
  '-5%',
  '完成率 >90',
  '(一)“两个”',
  '新 建',
  'A1 B2',
  '第1行\n第2行',
  '+86',
  '@所有',
);
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('').trim());
/** What has a name of one line: a cell holds several of them. */
const name = text.map((each) => each.replaceAll('\n', ''));
const amount = fc.tuple(fc.integer({ min: -99, max: 9999 }), fc.constantFrom('', '.5', '.25')).map(([whole, part]) => `${whole}${part}`);
const measurement = fc.oneof(
  fc.record({
    metric: name,
    comparator: fc.constantFrom('gte', 'gt', 'lte', 'lt', 'eq', 'approx'),
    target: amount,
    unit: fc.option(fc.constantFrom('%', '亿元', '个百分点', '公里/年')),
  }),
  fc.record({
    metric: fc.constantFrom('群众满意', '显著改善'),
    comparator: fc.constant('qualitative'),
    target: fc.constant(null),
    unit: fc.constant(null),
  }),
);
const leader = fc.record({
  name: fc.option(fc.constantFrom('张三', '李 四', '王五')),
  title: fc.option(fc.constantFrom('副市长', '分管领导', '总 指挥', '牵头人')),
});
const PARTIES = [OWN, 'shi-cai-zheng-ju', 'shi-jiao-yu-ju', 'ge-xian-shi-qu-zheng-fu'];
const kept = (deadline: string | null) =>
  fc.option(
    fc.record({
      printed: fc.constantFrom('长期坚持', '2024年底前', '每季度', '立行立改'),
      kind:
        deadline === null ? fc.constantFrom('standing', 'continuous', 'recurring', 'none') : fc.constantFrom('date', 'period', 'immediate'),
      precision: fc.constantFrom('day', 'ten-days', 'month', 'quarter', 'half-year', 'year'),
      milestones: fc.array(fc.record({ title: name, due: day }), { maxLength: 2 }),
    }),
    { nil: undefined },
  );
const task = fc.option(day).chain((deadline) =>
  fc.record({
    kind: fc.constantFrom('target', 'task', 'item'),
    number: fc.option(fc.integer({ min: 1, max: 400 })),
    text,
    theme: fc.option(fc.record({ number: fc.integer({ min: 1, max: 3 }), name: text })),
    group: fc.option(fc.record({ number: fc.constantFrom('1.1', '一', '2'), name: text })),
    hasParent: fc.boolean(),
    assignees: fc
      .uniqueArray(fc.constantFrom(...PARTIES), { minLength: 1 })
      .chain((parties) =>
        fc.tuple(
          ...parties.map((party) => fc.record({ party: fc.constant(party), role: fc.constantFrom('lead', 'cooperating', 'responsible') })),
        ),
      ),
    leaderPosts: fc.array(
      leader.filter((each) => each.name !== null || each.title !== null),
      { maxLength: 3 },
    ),
    measurements: fc.array(measurement, { maxLength: 3 }),
    deadline: fc.constant(deadline),
    deadlineTerms: kept(deadline),
  }),
);

await test('any ledger that is exported is the same when it is sent into an empty directive', async (t) => {
  const world = await openWorld(t);
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(task, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('xlsx', 'csv'),
      fc.constantFrom('zh', 'en'),
      async (tasks, kind, language) => {
        n += 1;
        const [from, to] = [`from-${n}`, `to-${n}`];
        await directive(world, from);
        await directive(world, to);
        for (const [index, { hasParent, ...each }] of tasks.entries()) {
          const parent = hasParent && index > 0 ? `${from}-t${index - 1}` : null;
          const { status, text: why } = await world.office.post('/v1/tasks', {
            id: `${from}-t${index}`,
            directive: from,
            effectiveFrom: '2023-01-01',
            parent,
            ...each,
          });
          if (status !== 201) throw new Error(why);
        }
        const before = await exported(world, from, language);
        const { bytes } = await world.office.get(`/v1/tasks?directive=${from}&format=${kind}`, { 'accept-language': language });
        const sent = await post(world, kind === 'csv' ? Buffer.from(bytes).toString() : Buffer.from(bytes), `?directive=${to}`);
        t.same(verdicts(sent), ['created'], sent.text);
        t.same(await exported(world, to, language), moved(before, from, to));
        const { text: one } = await world.office.get(`/v1/tasks?directive=${from}`);
        const { text: other } = await world.office.get(`/v1/tasks?directive=${to}`);
        const plain = (answer: string): unknown => JSON.parse(answer.replaceAll(from, to)).items;
        t.same(plain(other), plain(one));
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 25) },
  );
});
