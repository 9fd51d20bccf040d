import { test } from 'tap';
import type { DocumentReading } from '../../src/importer/document-reading.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { docxOf, xlsxOf } from '../documents/zip-writer.ts';
import { sourceOf } from './cases.ts';
import { cell, type OfficeDocument, type OfficeRow } from './office/model.ts';
import { asXlsx, sheetOf } from './office/writers.ts';

/** What sheets are used for: documents with a paragraph a row, several tables below each other, lists of words behind them. */

const row = (...texts: readonly string[]): OfficeRow => texts.map(cell);
const paragraph = (text: string): OfficeDocument[number] => ({ kind: 'paragraph', text });
const read = async (bytes: Uint8Array): Promise<DocumentReading> => readDocument(await sourceOf(bytes, 'a'));
const brief = ({ items }: DocumentReading): readonly string[] =>
  items.map(({ number, text, assignees, deadline }) =>
    [number, text, ...assignees.map(({ role, name }) => `${role} ${name}`), deadline?.date ?? '-'].join(' | '),
  );

const TITLE = '青山市2024年重点工作台账';
const HEADER = row('序号', '工作任务', '牵头单位', '配合单位', '完成时限');

await test('a second table in a sheet has the columns of its own header', async (t) => {
  const reading = await read(
    asXlsx([
      paragraph(TITLE),
      {
        kind: 'table',
        rows: [
          HEADER,
          row('1', '新建学校3所', '市教育局', '市财政局', '2024年6月底'),
          row('2', '新建公园2座', '市城管局', '市财政局', '2024年9月底'),
          row('二、督办事项', '', '', '', ''),
          row('序号', '工作任务', '配合单位', '完成时限', '牵头单位'),
          row('3', '修复河道5公里', '市财政局', '2024年8月底', '市水利局'),
        ],
      },
    ]),
  );
  t.same(brief(reading), [
    '1 | 新建学校3所 | lead 市教育局 | cooperating 市财政局 | 2024-06-30',
    '2 | 新建公园2座 | lead 市城管局 | cooperating 市财政局 | 2024-09-30',
    '3 | 修复河道5公里 | cooperating 市财政局 | lead 市水利局 | 2024-08-31',
  ]);
});

await test('a row of nothing but a text below the items is a sentence, a note, who issued it and when', async (t) => {
  const reading = await read(
    asXlsx([
      paragraph(TITLE),
      { kind: 'table', rows: [HEADER, row('1', '新建学校3所', '市教育局', '', '2024年6月底')] },
      paragraph('备注：各牵头单位自2024年3月起每月28日前报送进展。'),
      paragraph('青山市人民政府办公室'),
      paragraph('2024年2月20日'),
    ]),
  );
  t.equal(reading.directive.date, '2024-02-20');
  t.match(reading.schedule.duties, [{ every: 'month', from: '2024-03', due: { day: 28 } }]);
  t.same(
    reading.findings.filter(({ kind }) => kind === 'row-set-aside').map(({ address }) => address),
    ['Sheet1, row 4'],
  );
});

await test('a document that is written into the rows of a sheet keeps its headings and its numbers', async (t) => {
  const reading = await read(
    asXlsx(
      [
        '青山市人民政府办公室关于印发2024年重点工作的通知',
        '青政办〔2024〕3号',
        '一、改善民生',
        '（一）新建学校3所，8月底前完成。（市教育局牵头，市财政局配合）',
        '（二）新建公园2座。（市城管局牵头）',
        '青山市人民政府办公室',
        '2024年2月20日',
      ].map(paragraph),
    ),
  );
  t.match(reading.items, [
    { number: '一(一)', section: '一、改善民生', text: '新建学校3所，8月底前完成。' },
    { number: '一(二)', section: '一、改善民生' },
  ]);
});

await test('no sheet goes on with the last word of the one before it', async (t) => {
  const sheets = {
    正文: sheetOf([paragraph('青山市人民政府关于印发2024年重点工作的通知'), paragraph('1.新建学校3所。'), paragraph('责任单位：市教育局')]),
    选项: sheetOf([{ kind: 'table', rows: [row('未启动'), row('推进中')] }]),
  };
  t.same(brief(await read(xlsxOf({ sheets }))), ['1 | 新建学校3所。 | responsible 市教育局 | -']);
});

const withCell = (text: string): Promise<DocumentReading> =>
  read(asXlsx([paragraph(TITLE), { kind: 'table', rows: [HEADER, row('1', text, '市教育局', '', '2024年10\n月底')] }]));

await test('a text that was broken where its cell was full is whole, and that is said; a list of lines stays one', async (t) => {
  const reading = await withCell('新建标准厂房1\n0万平方米，引\n进企业15家');
  t.match(reading.items, [
    {
      deadline: { date: '2024-10-31' },
      measurements: [{ metric: '新建标准厂房', target: '10', unit: '万平方米' }, { metric: '引进企业' }],
    },
  ]);
  t.match(
    reading.findings.filter(({ kind }) => kind === 'lines-joined').map(({ address }) => address),
    ['Sheet1!B3', 'Sheet1!E3'],
  );
  const list = await withCell('新建学校3所\n改造厕所5座');
  t.match(list.items, [{ text: '新建学校3所\n改造厕所5座', measurements: [{ metric: '新建学校' }, { metric: '改造厕所', target: '5' }] }]);
});

await test('a frame around the text of a cell is no table of its own', async (t) => {
  const framed = (text: string): string => `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>`;
  const line = (...texts: readonly string[]): string => `<w:tr>${texts.map((text) => `<w:tc>${framed(text)}</w:tc>`).join('')}</w:tr>`;
  const bytes = docxOf(`<w:tbl>${line('序号', '工作任务', '牵头单位')}${line('1', '新建学校3所', '市教育局')}</w:tbl>`);
  t.same(brief(await read(bytes)), ['1 | 新建学校3所 | lead 市教育局 | -']);
});

await test('characters of the block of radicals are the characters that they look like', async (t) => {
  const reading = await read(
    asXlsx([paragraph(TITLE), { kind: 'table', rows: [HEADER, row('1', '改造⼾厕20座', '市⽔利局', '', '2024年6⽉底')] }]),
  );
  t.same(brief(reading), ['1 | 改造户厕20座 | lead 市水利局 | 2024-06-30']);
});

await test('a year in full-width figures is the year of the document', async (t) => {
  const reading = await read(
    asXlsx([
      paragraph('青山市２０２４年重点工作台账'),
      { kind: 'table', rows: [HEADER, row('１', '新建学校３所', '市教育局', '', '６月底')] },
    ]),
  );
  t.match(reading.items, [{ deadline: { date: '2024-06-30' } }]);
});

await test('a table that lies on its side is read column by column, in a sheet under its title too', async (t) => {
  const reading = await read(
    asXlsx([
      paragraph('云溪市2025年重大项目攻坚任务表'),
      {
        kind: 'table',
        rows: [
          row('项目', '城东水厂', '职教园区'),
          row('责任领导', '副市长何平', '副市长罗青'),
          row('牵头单位', '市水务集团', '市教育局'),
          row('完成时限', '2025年11月底前', '2025年8月底前'),
        ],
      },
      paragraph('云溪市人民政府办公室'),
      paragraph('2025年1月16日'),
    ]),
  );
  t.equal(reading.directive.date, '2025-01-16');
  t.same(brief(reading), ['1 | 城东水厂 | lead 市水务集团 | 2025-11-30', '2 | 职教园区 | lead 市教育局 | 2025-08-31']);
});

await test('an empty cell at the end of a row of a table on its side stays empty, and nothing moves into it', async (t) => {
  const table = [
    row('任务内容', '新建学校3所', '改造公路80公里', '清理欠款'),
    row('牵头单位', '县教育局', '县交通局'),
    row('配合单位', '县财政局', '县住建局', '县工信局'),
    row('启动时间', '2024年3月底'),
    row('备注', '示范校'),
    row('完成时限', '2024年10月底', '2024年6月底', '2024年9月底'),
  ];
  const reading = await read(asXlsx([paragraph(TITLE), { kind: 'table', rows: table }]));
  t.same(brief(reading), [
    '1 | 新建学校3所 | lead 县教育局 | cooperating 县财政局 | 2024-10-31',
    '2 | 改造公路80公里 | lead 县交通局 | cooperating 县住建局 | 2024-06-30',
    '3 | 清理欠款 | cooperating 县工信局 | 2024-09-30',
  ]);
  t.same(
    reading.items.map(({ milestones, extra }) => [milestones.map(({ date }) => date), extra['备注']]),
    [
      [['2024-03-31'], '示范校'],
      [[], undefined],
      [[], undefined],
    ],
  );
  t.same(
    reading.findings.filter(({ blocks, kind }) => blocks && kind === 'no-parties').map(({ address }) => address),
    ['Sheet1!D2'],
    'nobody leads the third',
  );
});

const leadsOf = async (lead: string, ...others: readonly OfficeRow[]): Promise<DocumentReading> =>
  read(asXlsx([paragraph(TITLE), { kind: 'table', rows: [HEADER, row('1', '新建学校3所', lead, '', '2024年6月底'), ...others] }]));

await test('a name that was broken within its cell is one name', async (t) => {
  for (const [printed, names] of [
    ['县住房和城乡\n建设局', ['县住房和城乡建设局']],
    ['县住房\n和城乡\n建设局', ['县住房和城乡建设局']],
    ['县人民政府\n办公室', ['县人民政府办公室']],
    ['县委\n办公室', ['县委办公室']],
    ['县市场监督\n管理局', ['县市场监督管理局']],
    ['县发展和改革\n委员会、县财政局', ['县发展和改革委员会', '县财政局']],
    ['县财政局、县教\n育局\n县民政局', ['县财政局', '县教育局', '县民政局']],
    ['县农业农村局\n（乡村振兴局）', ['县农业农村局(乡村振兴局)']],
  ] as const) {
    const { items, findings } = await leadsOf(printed);
    t.same(
      items[0]?.assignees.map(({ name }) => name),
      names,
      printed,
    );
    t.match(
      findings.filter(({ address }) => address === 'Sheet1!C3').map(({ kind }) => kind),
      ['lines-joined'],
    );
  }
});

await test('names that stand on lines of their own stay so', async (t) => {
  for (const [printed, names] of [
    ['县教育局\n县财政局', ['县教育局', '县财政局']],
    ['县教育局\n财政局', ['县教育局', '县财政局']],
    ['县委组织部\n宣传部', ['县委组织部', '宣传部']],
    ['县教育局\n清河中学', ['县教育局', '清河中学']],
    ['县教育局\n各乡镇', ['县教育局', '各乡镇']],
  ] as const) {
    const { items, findings } = await leadsOf(printed);
    t.same(
      items[0]?.assignees.map(({ name }) => name),
      names,
      printed,
    );
    t.notOk(findings.some(({ kind }) => kind === 'lines-joined'));
  }
});

await test('what may be one name over two lines or two names waits for a person, unless the table prints one of them whole', async (t) => {
  const broken = '县公安局\n交警大队';
  const names = ({ items }: DocumentReading): unknown => items[0]?.assignees.map(({ name }) => name);
  const doubts = ({ findings }: DocumentReading): unknown =>
    findings.filter(({ kind }) => kind === 'name-doubtful').map(({ blocks }) => blocks);
  const alone = await leadsOf(broken);
  t.same([names(alone), doubts(alone)], [['县公安局交警大队'], [true]]);
  const one = await leadsOf(broken, row('2', '修路', '县公安局交警大队', '', '2024年6月底'));
  t.same([names(one), doubts(one)], [['县公安局交警大队'], []]);
  const two = await leadsOf(broken, row('2', '修路', '县交警大队', '', '2024年6月底'));
  t.same([names(two), doubts(two)], [['县公安局', '县交警大队'], []]);
});

await test('a cell of a form that belongs to no label is unread, and blocks', async (t) => {
  const table = [row('任务', '新建学校3所'), row('责任单位', '市教育局', '', '市财政局'), row('完成时限', '2024年6月底')];
  const { findings } = await read(asXlsx([paragraph(TITLE), { kind: 'table', rows: table }]));
  t.ok(findings.some(({ kind, address, blocks }) => kind === 'unread' && address === 'Sheet1!D3' && blocks));
});

await test('a name alone in a row is no heading of what stands below it', async (t) => {
  const table = [
    HEADER,
    row('1', '新建学校3所', '市教育局', '', '6月底'),
    row('', '', '市财政局'),
    row('2', '修桥2座', '市交通局', '', '8月底'),
  ];
  const { items, findings } = await read(asXlsx([paragraph(TITLE), { kind: 'table', rows: table }]));
  t.equal(items.at(-1)?.section, null);
  t.ok(findings.some(({ address, blocks }) => address === 'Sheet1, row 4' && blocks));
});
