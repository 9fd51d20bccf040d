import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { test } from 'tap';
import { readRecords } from '../../src/documents/csv-records.ts';
import { shownBlocks, sourceOf, utf8 } from './reading.ts';

const LEDGER = [
  '﻿重点工作台账,,,',
  '序号,工作,单位,时限',
  '1,"修桥,铺路","市工信局\r\n经开区",年底前',
  '',
  '2,"打造""便民圈""",市商务局,',
  ',合计:2项,,',
].join('\r\n');

await test('a ledger in records is rows, each at the line at which it begins', async (t) => {
  t.same(await shownBlocks(utf8(LEDGER)), [
    'line 1 = 重点工作台账 ¦  ¦  ¦ ',
    'line 2 = 序号 ¦ 工作 ¦ 单位 ¦ 时限',
    'line 3 = 1 ¦ 修桥,铺路 ¦ 市工信局\n经开区 ¦ 年底前',
    'line 6 = 2 ¦ 打造"便民圈" ¦ 市商务局 ¦ ',
    'line 7 =  ¦ 合计:2项 ¦  ¦ ',
  ]);
});

await test('what a file is called does not make it a table, nor keep it from being one', async (t) => {
  t.match(await sourceOf(utf8(LEDGER), { name: '台账.txt', mediaType: 'text/plain' }), { type: 'csv', mediaType: 'text/csv' });
  const notice = '各部门,各地区:\n为做好工作,现提出意见,请落实。\n一、总体要求\n二、任务,见下\n';
  t.match(await sourceOf(utf8(notice), { name: '通知.csv', mediaType: 'text/csv' }), { type: 'text', mediaType: 'text/plain' });
  const pairs = '单位,任务\n市教育局,建校\n市住建局,修桥\n';
  t.match(await sourceOf(utf8(pairs), { mediaType: 'text/csv' }), { type: 'csv' }, 'two columns alone leave it open');
  t.match(await sourceOf(utf8(pairs)), { type: 'text' });
  t.match(await sourceOf(utf8('序号\t任务\t"多\n行"\n1\t修桥\t市住建局\n')), { type: 'csv', mediaType: 'text/tab-separated-values' });
  t.match(await sourceOf(utf8('序号;任务;单位\n1;修桥;市住建局\n')), { type: 'csv' });
});

await test('a row with other than the usual number of cells is read as it is, and said', async (t) => {
  const rows = ['序号,任务,单位', '1,修桥,甲局', '2,修路,乙局', '3,植树,丙局', '4,种草,丁局', '5,铺路,戊局,己局'].join('\n');
  const { blocks, remarks } = await sourceOf(utf8(rows));
  t.match(blocks.at(-1), { cells: [{ text: '5' }, {}, {}, { address: 'line 6, cell 4', text: '己局' }] });
  t.match(remarks, [{ kind: 'uneven-row', address: 'line 6', detail: 'The row has 4 cell(s) where the others have 3.' }]);
});

await test('a quotation mark that is never closed takes nothing with it', async (t) => {
  t.same(await shownBlocks(utf8('序号,任务,单位\n1,"修桥,甲局\n2,修路,乙局\n3,植树,丙局\n')), [
    'line 1 = 序号 ¦ 任务 ¦ 单位',
    'line 2 = 1 ¦ "修桥 ¦ 甲局',
    'line 3 = 2 ¦ 修路 ¦ 乙局',
    'line 4 = 3 ¦ 植树 ¦ 丙局',
  ]);
});

await test('what a writer of RFC 4180 puts down is read back as another reader reads it', (t) => {
  const field = fc.string({ unit: fc.constantFrom('甲', '1', ',', '"', '\n', ' ', ';') });
  const quoted = (text: string): string => (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = rows.map((row) => row.map(quoted).join(',')).join('\n');
      t.same(
        [...readRecords(text, ',')].map(({ fields }) => fields),
        parse(text, { relax_column_count: true }),
      );
    }),
  );
  t.end();
});
