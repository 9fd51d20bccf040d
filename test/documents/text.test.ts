import * as fc from 'fast-check';
import { test } from 'tap';
import { problemOf, shownBlocks, sourceOf, utf8, visibleOf } from './reading.ts';

const NOTICE = '河州市人民政府文件\n\n1.新建学校3所,年底前完成。\n  2.修桥。  \n';
const NOTICE_LINES = ['line 1: 河州市人民政府文件', 'line 3: 1.新建学校3所,年底前完成。', 'line 4: 2.修桥。'];

// GB 18030 by hand: no encoder for it stands in the platform.
const GB: Readonly<Record<string, readonly number[]>> = { 市: [0xca, 0xd0], 教: [0xbd, 0xcc], 育: [0xd3, 0xfd], 局: [0xbe, 0xd6] };
const gb = (text: string): Uint8Array => Uint8Array.from(Array.from(text).flatMap((each) => GB[each] ?? [each.charCodeAt(0)]));

const wide = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big);
  return bytes;
};

await test('plain text is lines with their numbers, whatever ends them', async (t) => {
  for (const end of ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085']) {
    t.same(await shownBlocks(utf8(NOTICE.replaceAll('\n', end))), NOTICE_LINES, `U+${end.codePointAt(0)?.toString(16)}`);
  }
});

await test('the encoding is what the bytes are, with a byte order mark or without one', async (t) => {
  const read = async (bytes: Uint8Array): Promise<unknown> => {
    const { encoding, blocks, remarks } = await sourceOf(bytes, { mediaType: 'text/plain; charset=iso-8859-1' });
    return [encoding, ...blocks.map((block) => (block.kind === 'line' ? block.text : '')), ...remarks];
  };
  t.same(await read(utf8('市教育局\n1')), ['utf-8', '市教育局', '1']);
  t.same(await read(utf8('\ufeff市教育局\n1')), ['utf-8', '市教育局', '1']);
  t.same(await read(gb('市教育局\n1')), ['gb18030', '市教育局', '1']);
  for (const [big, name] of [
    [false, 'utf-16le'],
    [true, 'utf-16be'],
  ] as const) {
    t.same(await read(wide('\ufeff市教育局\n1', big)), [name, '市教育局', '1']);
    t.same(await read(wide('市教育局\r\n1', big)), [name, '市教育局', '1']);
  }
});

await test('a text that was cut within a character, or that looks like another encoding, says so', async (t) => {
  const cut = await sourceOf(utf8('市教育局负责,市财政局配合。').subarray(0, -1));
  t.equal(cut.encoding, 'utf-8');
  t.match(cut.remarks, [{ kind: 'encoding', address: 'line 1', detail: /1 place/u }]);
  // 政府工作報告重點任務分工 in Big5.
  const big5 = 'ac46a9b2a475a740b3f8a769adabc249a5f4b0c8a4c0a475';
  const other = await sourceOf(Uint8Array.from(Buffer.from(big5, 'hex')));
  t.match(other.remarks, [{ kind: 'encoding', detail: /Big5/u }]);
});

await test('what is no text and no known file is told in a sentence', async (t) => {
  const noise = Uint8Array.from({ length: 4000 }, (_, at) => (at * at * 31 + at * 7 + 13) % 251);
  t.match(await problemOf(noise), { code: 'file-unknown', detail: /^The bytes are no text/u });
  t.match(await problemOf(new Uint8Array()), { code: 'file-damaged' });
  t.match(await problemOf(new Uint8Array(20 * 1024 * 1024 + 1).fill(65)), { code: 'file-too-large' });
  t.match(await problemOf(utf8('长'.repeat(100_001))), { code: 'file-too-large', detail: /^line 1 has 100001 characters/u });
  t.match(await problemOf(utf8('一\n'.repeat(30_001))), { code: 'file-too-large', detail: /^At line 30001 /u });
});

await test('neighbouring lines with bars or tabs are rows of a table; a bar in a sentence or an indented line is none', async (t) => {
  const table = ['任务表', '序号 | 任务 | 单位 |', '1 | 修桥 | |', '2 | | 市住建局 |', '您的位置:首页 | 公开'].join('\n');
  t.same(await shownBlocks(utf8(table)), [
    'line 1: 任务表',
    'line 2 = 序号 ¦ 任务 ¦ 单位',
    'line 3 = 1 ¦ 修桥 ¦ ',
    'line 4 = 2 ¦  ¦ 市住建局',
    'line 5 = 您的位置:首页 ¦ 公开',
  ]);
  t.same(await shownBlocks(utf8('您的位置:首页 | 公开\n\t1.\t修桥\n\n')), ['line 1: 您的位置:首页 | 公开', 'line 2: 1.\t修桥']);
  t.same(await shownBlocks(utf8('台账\n表\n编号\t事项\t单位\n1\t修桥\t\n\t\t市住建局\n\t注:略\n\t\t另起\n')), [
    'line 1: 台账',
    'line 2: 表',
    'line 3 = 编号 ¦ 事项 ¦ 单位',
    'line 4 = 1 ¦ 修桥 ¦ ',
    'line 5 =  ¦  ¦ 市住建局',
    'line 6: 注:略',
    'line 7: 另起',
  ]);
  const { blocks } = await sourceOf(utf8('a|b|c\n\n甲|乙|丙\n'));
  t.same(
    blocks.map((block) => block.kind === 'row' && block.table),
    ['1', '2'],
    'what stands apart is another table',
  );
  t.match(blocks[1], { cells: [{ address: 'line 3, cell 1' }, { address: 'line 3, cell 2' }, { address: 'line 3, cell 3' }] });
});

await test('records with commas inside a text are rows under a header, and a sentence with commas is a line', async (t) => {
  const text = ['附件,见下', '序号,任务,责任单位', '1,"修桥,铺路",市住建局', '2,"植树', '种草",市林业局', '以上,请认真,落实'].join('\n');
  t.same(await shownBlocks(utf8(`${text}。\n市财政局,市教育局,市民政局\n市水利局,市商务局,市文旅局\n完。`)), [
    'line 1: 附件,见下',
    'line 2 = 序号 ¦ 任务 ¦ 责任单位',
    'line 3 = 1 ¦ 修桥,铺路 ¦ 市住建局',
    'line 4 = 2 ¦ 植树\n种草 ¦ 市林业局',
    'line 6 = 以上 ¦ 请认真 ¦ 落实。',
    'line 7 = 市财政局 ¦ 市教育局 ¦ 市民政局',
    'line 8 = 市水利局 ¦ 市商务局 ¦ 市文旅局',
    'line 9: 完。',
  ]);
  t.same(await shownBlocks(utf8('各部门,各地区,要落实。\n市财政局,市教育局,配合。\n市水利局,市商务局,配合。\n完')), [
    'line 1: 各部门,各地区,要落实。',
    'line 2: 市财政局,市教育局,配合。',
    'line 3: 市水利局,市商务局,配合。',
    'line 4: 完',
  ]);
});

await test('signs of a web page are read as what they stand for, hidden characters are left out, and both are said', async (t) => {
  const { blocks, remarks } = await sourceOf(utf8('&nbsp;&nbsp;经研究&amp;同意&#65292;&unknown;\n市\u200b教育局\u0000\n'));
  t.match(blocks, [{ text: '经研究&同意，&unknown;' }, { text: '市教育局' }]);
  t.same(
    remarks.map(({ kind, address }) => [kind, address]),
    [
      ['other', 'line 1'],
      ['control-characters', 'line 2'],
    ],
  );
});

await test('every visible character of a text is in a block, in order, but for the separators of its rows', async (t) => {
  const piece = fc.constantFrom(
    '市',
    '教育局',
    '1.',
    ',',
    '"',
    '|',
    '\t',
    ' ',
    '\n',
    '\r',
    '\r\n',
    '序号,任务,单位\n',
    '。',
    '&',
    'é',
    '😀',
    '""',
  );
  const separators = /[|\t,"\s]/gu;
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 80 }), async (pieces) => {
      const text = pieces.join('');
      const read = visibleOf(await sourceOf(utf8(text)));
      t.equal(read.replaceAll(separators, ''), text.replaceAll(separators, ''));
    }),
    { numRuns: 300 },
  );
});
