import ExcelJS from 'exceljs';
import { test } from 'tap';
import { ACTS_AT, handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, type Answer, type Client, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** A return as a sheet: given out, filled in, sent back, and judged row by row. */

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SHEET = '报送表';
const PERIOD = '2023-02';

type Verdict = {
  readonly address: string;
  readonly task: string;
  readonly verdict: string;
  readonly code: string | null;
  readonly detail: string | null;
};
type Returned = CommandBody & ProblemBody & { readonly entries: readonly Verdict[] };
type Row = { readonly number: number; readonly task: string; readonly cell: (column: string) => ExcelJS.Cell };

const openSheet = async (bytes: Uint8Array): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook();
  // Its type asks for an older kind of buffer than Node's.
  await workbook.xlsx.load(Buffer.from(bytes) as never);
  return workbook;
};
const sheetOf = (workbook: ExcelJS.Workbook): ExcelJS.Worksheet => {
  const sheet = workbook.getWorksheet(SHEET);
  if (sheet === undefined) throw new Error('the sheet is missing');
  return sheet;
};
const rowsOf = (workbook: ExcelJS.Workbook): readonly Row[] => {
  const sheet = sheetOf(workbook);
  return Array.from({ length: sheet.rowCount - 2 }, (_, index) => {
    const number = index + 3;
    return { number, task: sheet.getCell(`B${number}`).text, cell: (column) => sheet.getCell(`${column}${number}`) };
  });
};
const bytesOf = async (workbook: ExcelJS.Workbook): Promise<Buffer> => Buffer.from(await workbook.xlsx.writeBuffer());

const given = async (client: Client, query = `period=${PERIOD}`): Promise<ExcelJS.Workbook> => {
  const { status, bytes, text, headers } = await client.get(`/v1/returns/template?${query}`);
  if (status !== 200) throw new Error(text);
  if (headers['content-type'] !== XLSX) throw new Error(`it is ${headers['content-type']}`);
  return openSheet(bytes);
};
const back = (client: Client, body: Buffer, query = '', headers = {}): Promise<Answer<Returned>> =>
  client.send('POST', `/v1/returns${query}`, body, { 'content-type': XLSX, ...headers });

const fill = ({ cell }: Row, status: string, narrative: string, percent = ''): void => {
  cell('I').value = status;
  cell('J').value = percent;
  cell('K').value = narrative;
};

const worldWithTasks = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const id of ['sheet-a', 'sheet-b', 'sheet-c']) {
    const { status, text } = await world.office.post('/v1/tasks', handTask(id));
    if (status !== 201) throw new Error(text);
  }
  await world.settled();
  return world;
};
const rowOf = (workbook: ExcelJS.Workbook, task: string): Row => {
  const row = rowsOf(workbook).find((each) => each.task === task);
  if (row === undefined) throw new Error(`no row for ${task}`);
  return row;
};

await test('a unit gets a row for each report that it owes, with what the office says protected', async (t) => {
  const world = await worldWithTasks(t);
  const workbook = await given(world.unit(OWN));
  const owed = await world.all<{ readonly task: string }>(world.unit(OWN), `/v1/obligations?period=${PERIOD}&unit=${OWN}`);
  t.same(
    rowsOf(workbook).map(({ task }) => task),
    owed.map(({ task }) => task),
  );
  const { cell } = rowOf(workbook, 'sheet-a');
  t.same(
    ['C', 'D', 'E', 'H'].map((column) => cell(column).text),
    ['sheet-a的工作', 'sheet-a的工作', '月报', '进度 ≥60%'],
  );
  t.match(cell('F').text, /^\d{4}-\d\d-\d\d 24:00 前$/u);
  t.equal(sheetOf(workbook).getColumn('B').hidden, true, 'the id is for when it comes back');
  t.equal(cell('B').protection?.locked ?? true, true);
  t.equal(cell('I').protection.locked, false);
  t.match(cell('I').dataValidation, { type: 'list', formulae: ['"提前,正常,滞后,已完成"'] });
  t.equal(workbook.getWorksheet('duban')?.state, 'veryHidden');
});

await test('a hidden page that no form of ours has is refused, and nothing is recorded', async (t) => {
  const world = await worldWithTasks(t);
  const head = world.head();
  const stamped = async (name: string, value: string) => {
    const workbook = await given(world.unit(OWN));
    fill(rowOf(workbook, 'sheet-a'), '正常', '进展顺利');
    workbook.getWorksheet('duban')?.eachRow((row) => {
      if (row.getCell(1).text === name) row.getCell(2).value = value;
    });
    return back(world.unit(OWN), await bytesOf(workbook));
  };
  for (const period of ['2023-99', 'x', '<', '0000-01', '9999-12', '2023-2'])
    t.match(await stamped('period', period), { status: 415, body: { code: 'file-unknown' } }, `period ${period}`);
  for (const at of ['253402300800000', '999999999999999', '-5', ''])
    t.match(await stamped('at', at), { status: 415, body: { code: 'file-unknown' } }, `at ${at}`);
  t.match(await stamped('position', '999999'), { status: 400, body: { code: 'beyond-the-log', errors: [{ pointer: '/duban' }] } });
  t.equal(world.head(), head);
});

await test('a sheet that was given out before the upgrade comes back all the same', async (t) => {
  const world = await worldWithTasks(t);
  const workbook = await given(world.unit(OWN));
  const row = rowOf(workbook, 'sheet-a');
  const [, due = ''] = /^(\S+) 24:00 前$/u.exec(row.cell('F').text) ?? [];
  row.cell('E').value = 'monthly';
  row.cell('F').value = `${Temporal.PlainDate.from(due).add({ days: 1 }).toString()} 00:00 前`;
  fill(row, '正常', '按计划推进');
  t.match((await back(world.unit(OWN), await bytesOf(workbook))).body.entries, [{ task: 'sheet-a', verdict: 'recorded' }]);
});

await test('a sheet that comes back is judged row by row, and nothing is reported twice', async (t) => {
  const world = await worldWithTasks(t);
  const unit = world.unit(OWN);
  const workbook = await given(unit);
  fill(rowOf(workbook, 'sheet-a'), '正常', '=HYPERLINK("x")', '40%');
  rowOf(workbook, 'sheet-a').cell('L').value = '35.5';
  fill(rowOf(workbook, 'sheet-b'), '不错', '按计划推进');
  fill(rowOf(workbook, 'sheet-c'), '正常', '按计划推进', '140');
  const first = await back(unit, await bytesOf(workbook));
  const verdicts = ({ body }: Answer<Returned>): readonly unknown[] => body.entries.map((each) => [each.task, each.verdict, each.code]);
  t.equal(first.status, 201, first.text);
  t.same(verdicts(first), [
    ['sheet-a', 'recorded', null],
    ['sheet-b', 'refused', 'invalid-input'],
    ['sheet-c', 'refused', 'invalid-input'],
  ]);
  t.match(first.body.entries[1]?.detail, /^报送表!I\d+ must be one of 提前, 正常, 滞后, 已完成$/u);
  const { body: report } = await unit.get(`/v1/tasks/sheet-a/reports/${OWN}-${PERIOD}`);
  t.match(report, { status: 'on-track', percent: 40, narrative: '=HYPERLINK("x")', measurements: [{ metric: '进度', value: '35.5' }] });

  const head = world.head();
  const again = await back(unit, await bytesOf(workbook));
  t.equal(again.status, 200);
  t.same(verdicts(again)[0], ['sheet-a', 'already-recorded', null]);
  t.equal(world.head(), head, 'nothing was recorded');

  fill(rowOf(workbook, 'sheet-b'), 'behind', '受汛期影响');
  rowOf(workbook, 'sheet-c').cell('J').value = 100;
  const mended = await back(unit, await bytesOf(workbook));
  t.same(
    verdicts(mended).map((each) => (Array.isArray(each) ? each[1] : each)),
    ['already-recorded', 'recorded', 'recorded'],
  );
});

await test('a cell of figures that goes on without an end is refused in good time', async (t) => {
  const world = await worldWithTasks(t);
  const unit = world.unit(OWN);
  const workbook = await given(unit);
  const row = rowOf(workbook, 'sheet-a');
  fill(row, '正常', '按计划推进');
  row.cell('L').value = `x；${' '.repeat(8_000)}a${' '.repeat(8_000)}b${' '.repeat(8_000)}c`;
  const bytes = await bytesOf(workbook);
  const { user } = process.cpuUsage();
  const { body } = await back(unit, bytes);
  t.ok((process.cpuUsage().user - user) / 1e6 < 5, 'a pattern that goes back over its blanks takes minutes');
  t.match(body.entries, [{ task: 'sheet-a', verdict: 'refused', code: 'invalid-input' }]);
});

await test('a cell that was not to be changed is named, and its row is refused', async (t) => {
  const world = await worldWithTasks(t);
  const unit = world.unit(OWN);
  const workbook = await given(unit);
  const [a, b, c] = ['sheet-a', 'sheet-b', 'sheet-c'].map((task) => rowOf(workbook, task));
  if (a === undefined || b === undefined || c === undefined) throw new Error('rows are missing');
  for (const row of [a, b, c]) fill(row, '正常', '按计划推进');
  a.cell('F').value = '2099-01-01 00:00 前';
  b.cell('B').value = 'sheet-z';
  const { body } = await back(unit, await bytesOf(workbook));
  t.match(
    body.entries.map(({ verdict, code, detail }) => [verdict, code, detail]),
    [
      ['refused', 'cell-changed', `报送表!F${a.number} is not as the sheet was given out`],
      ['refused', 'cell-changed', `报送表!B${b.number} is not as the sheet was given out`],
      ['recorded', null, null],
    ],
  );
  sheetOf(workbook).getCell('C2').value = '别的';
  t.match(await back(unit, await bytesOf(workbook)), {
    status: 415,
    body: { code: 'file-unknown', detail: /报送表!C2 is not the heading/u },
  });
});

await test('a sheet is for the unit that it was given to; the office names the unit and the paper', async (t) => {
  const world = await worldWithTasks(t);
  const workbook = await given(world.office, `unit=${OWN}&period=${PERIOD}`);
  fill(rowOf(workbook, 'sheet-a'), '正常', '按计划推进');
  const bytes = await bytesOf(workbook);
  t.match(await back(world.unit(OTHER), bytes), { status: 403, body: { code: 'forbidden', detail: /given out for shi-ke-ji-ju/u } });
  t.match(await world.unit(OTHER).get(`/v1/returns/template?unit=${OWN}&period=${PERIOD}`), { status: 404 });
  t.match(await world.office.get(`/v1/returns/template?period=${PERIOD}`), { status: 400, body: { errors: [{ pointer: '/unit' }] } });
  t.match(await back(world.office, bytes), { status: 400, body: { code: 'basis-missing' } });
  const entered = await back(
    world.office,
    bytes,
    `?unit=${OWN}&basis=${encodeURIComponent('来文第7号')}&receivedAt=2023-03-01T09:00:00%2B08:00`,
  );
  t.match(entered, { status: 201, body: { entries: [{ task: 'sheet-a', verdict: 'recorded' }] } });
  const { body } = await world.office.get<ListBody<{ readonly state: string }>>(`/v1/obligations?task=sheet-a&period=${PERIOD}`);
  t.match(body.items, [{ receivedAt: '2023-03-01T01:00:00.000Z' }]);
  t.match(await world.office.post(`/v1/returns?unit=${OWN}`, {}), { status: 400 });
});

await test('what is no such sheet is told so', async (t) => {
  const world = await worldWithTasks(t);
  const unit = world.unit(OWN);
  const other = new ExcelJS.Workbook();
  other.addWorksheet(SHEET).addRow(['序号']);
  t.match(await back(unit, await bytesOf(other)), { status: 415, body: { code: 'file-unknown', detail: /hidden page/u } });
  t.match(await back(unit, Buffer.from('PK')), { status: 415, body: { code: 'file-unknown' } });
  t.match(await back(unit, await bytesOf(await given(unit))), { status: 400, body: { code: 'invalid-input', detail: /no row/u } });
  t.match(await unit.send('POST', '/v1/returns', Buffer.from('x'), { 'content-type': 'text/plain' }), { status: 415 });
});

/** Texts as they came in, and what earlier versions, or programs that write no escapes, make of them in a sheet. */
const AWKWARD: readonly (readonly [text: string, before: string])[] = [
  ['甲\u000b乙', '甲乙'],
  ['甲\ufffe乙\uffff', '甲\ufffd乙\ufffd'],
  ['\u0001甲\u0008乙', '甲乙'],
  ['_x0041_ 甲', 'A 甲'],
  ['_x005F_x0041_ 甲', '_x0041_ 甲'],
  ['_x0041_x0042_ 甲', 'Ax0042_ 甲'],
  ['甲_x000B_乙', '甲\u000b乙'],
  ['甲_xFFFE_乙', '甲\ufffd乙'],
  ['e\u000b\u0301', 'é'],
];

await test('a row that nobody touched comes back as it was given out, whatever its text', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const [at, [text]] of AWKWARD.entries()) {
    const made = await world.office.post('/v1/tasks', { ...handTask(`awkward-${at}`), text });
    t.equal(made.status, 201, made.text);
  }
  await world.settled();
  const unit = world.unit(OWN);
  const inAll = (verdict: string): readonly object[] => AWKWARD.map((_, at) => ({ task: `awkward-${at}`, verdict, code: null }));
  const answered = async (workbook: ExcelJS.Workbook): Promise<readonly object[]> =>
    (await back(unit, await bytesOf(workbook))).body.entries.map(({ task, verdict, code }) => ({ task, verdict, code }));

  const earlier = await given(unit);
  for (const [at, [, before]] of AWKWARD.entries()) {
    const row = rowOf(earlier, `awkward-${at}`);
    // Written so that it reads as it is.
    for (const column of ['C', 'D']) row.cell(column).value = before.replaceAll(/_(?=x)/gu, '_x005F_');
    fill(row, '正常', '按计划推进');
  }
  t.same(await answered(earlier), inAll('recorded'), 'one that was given out before');

  const workbook = await given(unit);
  for (const at of AWKWARD.keys()) fill(rowOf(workbook, `awkward-${at}`), '正常', '按计划推进');
  t.same(await answered(workbook), inAll('already-recorded'));

  const changed = await given(unit);
  for (const [at, text] of ['甲 乙', '甲乙丙', 'A', 'B 甲'].entries()) {
    rowOf(changed, `awkward-${at}`).cell('D').value = text;
    fill(rowOf(changed, `awkward-${at}`), '正常', '按计划推进');
  }
  t.match(
    (await back(unit, await bytesOf(changed))).body.entries,
    Array.from({ length: 4 }, (_, at) => ({ task: `awkward-${at}`, verdict: 'refused', code: 'cell-changed' })),
    'one in which something was changed is still refused',
  );
});
