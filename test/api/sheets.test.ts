import ExcelJs from 'exceljs';
import { parse } from 'csv-parse/sync';
import { test } from 'tap';
import { ACTS_AT } from '../support/acts.ts';
import { openWorld, type World } from '../support/app.ts';
import { shownIn } from '../support/shown-cell.ts';

/** Lists as sheets, over HTTP: every list that offers them, in both languages, opened by libraries that did not write them. */

type Parameter = {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly string[] };
};
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>> };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DIRECTIVE = 'sanzhengban-2023-1';
const VALUES: Readonly<Record<string, string>> = { directive: DIRECTIVE, period: '2023-02', year: '2023', by: 'unit', id: 'shi-ke-ji-ju' };

/** The list's URL with what must be given. */
const sheetsOf = async (world: World): Promise<readonly string[]> => {
  const { body } = await world.nobody.get<Document>('/openapi.json');
  return Object.entries(body.paths).flatMap(([path, { get }]) => {
    const parameters = get?.parameters ?? [];
    if (!parameters.some(({ name, schema }) => name === 'format' && schema?.enum?.includes('xlsx'))) return [];
    if (path === '/v1/snapshots/{id}') return []; // has columns of its own
    const url = path.startsWith('/v1/directives/') ? path.replace('{id}', DIRECTIVE) : path.replace('{id}', VALUES['id'] ?? '');
    const needed = parameters.filter(
      ({ in: place, required, name = '' }) =>
        place === 'query' && (required === true || name === 'directive' || (name === 'period' && path !== '/v1/measurements')),
    );
    return [`${url}?${needed.map(({ name = '' }) => `${name}=${VALUES[name] ?? ''}`).join('&')}`];
  });
};

const rowsOf = async (bytes: Uint8Array): Promise<readonly (readonly string[])[]> => {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer); // its type asks for another Buffer than Node's
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell) => void cells.push(shownIn(cell)));
    rows.push(cells);
  });
  return rows;
};

/** A whole list in pages of JSON: how many items there are. */
const lengthOf = async (world: World, url: string): Promise<number> => {
  const { body } = await world.office.get<{
    readonly items?: readonly object[];
    readonly units?: readonly object[];
    readonly periods?: readonly object[];
    readonly lines?: readonly object[];
  }>(url);
  return body.items === undefined ? (body.units ?? body.periods ?? body.lines ?? []).length : (await world.all(world.office, url)).length;
};

type Owing = { readonly missing: readonly string[]; readonly notYetDue: readonly string[]; readonly settled: readonly string[] };

/** Of those who owe: how many tasks there are. */
const tasksOf = async (world: World, url: string): Promise<number> =>
  (await world.all<Owing>(world.office, url)).reduce(
    (sum, unit) => sum + unit.missing.length + unit.notYetDue.length + unit.settled.length,
    0,
  );

await test('every list for people is a sheet too, whole, in the language of the reader', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const sheets = await sheetsOf(world);
  t.ok(sheets.length >= 16, sheets.join(' '));
  for (const url of sheets) {
    const length = await lengthOf(world, url);
    const file = await world.office.get(url, { accept: XLSX, 'accept-language': 'zh-CN' });
    t.equal(file.status, 200, url);
    t.equal(file.headers['content-type'], XLSX);
    t.equal(file.headers['content-language'], 'zh-CN');
    const [title, head, ...rows] = await rowsOf(file.bytes);
    t.match(title?.[0], /\p{Script=Han}/u);
    t.same(
      head?.filter((heading) => !/\p{Script=Han}/u.test(heading)),
      [],
      `${url}: every heading is Chinese`,
    );
    // A board ends with what its units have together; who owes is told task by task.
    const expected = url.startsWith('/v1/owing') ? await tasksOf(world, url) : length + (url.startsWith('/v1/compliance') ? 1 : 0);
    t.equal(rows.length, expected, `${url}: every item has a row`);
    const csv = await world.office.get(`${url}&format=csv`, { 'accept-language': 'zh-CN' });
    t.match(csv.headers, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': /\.csv"; filename\*=UTF-8''%/u });
    const lines = parse(csv.bytes, { bom: true });
    t.same(
      lines[0]?.filter((heading) => !head?.includes(heading)),
      [],
      'what programs read stands in the workbook too',
    );
    t.equal(lines.length - 1, length);
    t.notMatch(
      (await world.office.get(`${url}&format=csv`)).text,
      /^\uFEFF[^\n]*\p{Script=Han}/u,
      'in English where nothing else is asked for',
    );
  }
});

await test('the ledger has the columns of a ledger, with states in words', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { bytes } = await world.office.get(`/v1/tasks?directive=${DIRECTIVE}&kind=item&format=xlsx`, { 'accept-language': 'zh' });
  const [title, head, first] = await rowsOf(bytes);
  t.match(title?.[0], /^任务台账（三政办〔2023〕1号，截至2023年\d+月\d+日）$/u);
  t.same(head?.slice(0, 11), ['序号', '主题', '分组', '任务', '工作内容', '责任单位', '责任领导', '指标', '时限原文', '完成时限', '状态']);
  t.match(first?.[5], /（负责）/u);
  t.equal(first?.[10], '已交办');
});

/** What people see of a workbook: headings and rows without the hidden columns. */
const seenOf = async (bytes: Uint8Array): Promise<readonly (readonly string[])[]> => {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer); // its type asks for another Buffer than Node's
  const sheet = book.worksheets[0];
  const cells: string[][] = [];
  sheet?.eachRow((row) => {
    const texts: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      if (!sheet.getColumn(column).hidden) texts.push(shownIn(cell));
    });
    cells.push(texts);
  });
  return cells;
};

await test('people see what tasks and units are called, and no id', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const url of await sheetsOf(world)) {
    const cells = await seenOf((await world.office.get(`${url}&format=xlsx`, { 'accept-language': 'zh' })).bytes);
    const ids = cells.flat().filter((text) => /sanzhengban-2023-1-|\b(?:shi|xian)-[a-z]+-|^[a-z]+(?:-[a-z]+)+$/u.test(text));
    t.same(ids, [], url);
  }
  const owed = await seenOf(
    (
      await world.office.get(`/v1/obligations?directive=${DIRECTIVE}&period=2023-02&unit=shi-ke-ji-ju&format=xlsx`, {
        'accept-language': 'zh',
      })
    ).bytes,
  );
  t.same(owed[1]?.slice(0, 6), ['单位名称', '任务', '任务类型', '报送期', '类别', '截止时间']);
  t.same(owed[2]?.slice(0, 6), ['市科技局', '目标第3项“研发投入强度超过2.4%”', '目标', '2023-02', '月度', '2023-02-28 24:00']);
});

await test('a unit gets its own rows', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const url = `/v1/obligations?directive=${DIRECTIVE}&period=2023-02`;
  const own = await world.all<{ readonly unit: string }>(world.unit('shi-ke-ji-ju'), url);
  const lines = parse<{ readonly unit: string }>((await world.unit('shi-ke-ji-ju').get(`${url}&format=csv`)).bytes, {
    bom: true,
    columns: true,
  });
  t.equal(lines.length, own.length);
  t.ok(lines.length > 0 && lines.every(({ unit }) => unit === 'shi-ke-ji-ju'));
});

await test('what is refused is refused as a problem, not as half a file', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const answer = await world.office.get('/v1/obligations?directive=none&format=xlsx');
  t.equal(answer.status, 400);
  t.match(answer.headers['content-type'], /^application\/problem\+json/u);
});
