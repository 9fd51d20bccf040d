import { test } from 'tap';
import { shownBlocks, sourceOf, visibleOf } from './reading.ts';
import { docxOf } from './zip-writer.ts';

const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const p = (text: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`;
const item = (text: string, level = 0, list = 1): string =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
const level = (at: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
const numbering = (levels: string, nums = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'): Readonly<Record<string, string>> => ({
  numbering: `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum>${nums}</w:numbering>`,
});
const part = (name: string, body: string): string => `<w:${name} xmlns:w="w">${body}</w:${name}>`;

await test('a document is its paragraphs, those that say nothing left out, and a break within one begins a line', async (t) => {
  const body = `${p('河州市人民政府')}${p('')}<w:p>${run('甲')}<w:r><w:tab/></w:r>${run('乙')}<w:r><w:br/></w:r>${run('丙')}</w:p>`;
  t.same(await shownBlocks(docxOf(body)), ['paragraph 1: 河州市人民政府', 'paragraph 2: 甲\t乙', 'paragraph 2, line 2: 丙']);
});

await test('automatic numbers are counted as the word processor counts them', async (t) => {
  const levels =
    level(0, 'chineseCounting', '%1、') +
    level(1, 'chineseCounting', '（%2）') +
    level(2, 'decimal', '%3.') +
    level(3, 'decimal', '%1.%4', '<w:isLgl/>');
  const body =
    item('甲') +
    item('乙', 1) +
    item('丙', 1) +
    item('丁', 2) +
    item('戊', 2) +
    item('己', 1) +
    item('庚', 2) +
    item('辛') +
    item('壬', 1) +
    item('癸', 3);
  t.same(await shownBlocks(docxOf(body, numbering(levels))), [
    'paragraph 1: 一、 甲',
    'paragraph 2: （一） 乙',
    'paragraph 3: （二） 丙',
    'paragraph 4: 1. 丁',
    'paragraph 5: 2. 戊',
    'paragraph 6: （三） 己',
    'paragraph 7: 1. 庚',
    'paragraph 8: 二、 辛',
    'paragraph 9: （一） 壬',
    'paragraph 10: 2.1 癸',
  ]);
});

await test('the forms of counting are those of the offices', async (t) => {
  const formed = async (format: string, start: number): Promise<unknown> => {
    const levels = `<w:lvl w:ilvl="0"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="%1"/></w:lvl>`;
    const [block] = (await sourceOf(docxOf(item('甲'), numbering(levels)))).blocks;
    return block?.kind === 'line' && block.numbering;
  };
  const forms: readonly (readonly [string, number, string | false | undefined])[] = [
    ['chineseCounting', 12, '十二'],
    ['chineseCountingThousand', 105, '一百零五'],
    ['ideographDigital', 10, '一〇'],
    ['chineseLegalSimplified', 23, '贰拾叁'],
    ['ideographTraditional', 3, '丙'],
    ['ideographZodiac', 12, '亥'],
    ['decimalEnclosedCircleChinese', 21, '㉑'],
    ['decimalEnclosedParen', 2, '⑵'],
    ['decimalEnclosedFullstop', 2, '⒉'],
    ['decimalFullWidth', 10, '１０'],
    ['decimalZero', 7, '07'],
    ['upperRoman', 9, 'IX'],
    ['lowerLetter', 28, 'bb'],
    ['bullet', 1, undefined],
    ['ordinalText', 4, '4'],
  ];
  for (const [format, start, shown] of forms) t.equal(await formed(format, start), shown, format);
});

await test('a list that begins anew begins anew, one that goes on goes on, and a style brings its list along', async (t) => {
  const nums =
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>' +
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
  const styles = part(
    'styles',
    '<w:style w:type="paragraph" w:styleId="B"><w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/></w:style>',
  );
  const styled = p('戊', '<w:pStyle w:val="C"/>');
  const none = p('己', '<w:pStyle w:val="C"/><w:numPr><w:numId w:val="0"/></w:numPr>');
  const bytes = docxOf(item('甲') + item('乙', 0, 2) + item('丙', 0, 3) + item('丁', 0, 3) + styled + none, {
    ...numbering(level(0, 'decimal', '%1.') + level(1, 'decimal', '(%2)', '<w:pStyle w:val="C"/>'), nums),
    styles,
  });
  t.same(await shownBlocks(bytes), [
    'paragraph 1: 1. 甲',
    'paragraph 2: 2. 乙',
    'paragraph 3: 1. 丙',
    'paragraph 4: 2. 丁',
    'paragraph 5: (1) 戊',
    'paragraph 6: 己',
  ]);
  t.match((await sourceOf(bytes)).blocks.at(-1), { heading: 2 });
});

await test('tables are rows of cells; cells that are merged repeat, and counted numbers are in their cells', async (t) => {
  const tc = (content: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
  const inner = `<w:tbl><w:tr>${tc(p('内'))}${tc(p('表'))}</w:tr></w:tbl>`;
  const body =
    `<w:tbl><w:tr>${tc(p('序号'))}${tc(p('单位'), '<w:gridSpan w:val="2"/>')}</w:tr>` +
    `<w:tr>${tc(item(''))}${tc(p('市教育局') + p('市财政局'), '<w:vMerge w:val="restart"/>')}${tc(p('甲'))}</w:tr>` +
    `<w:tr>${tc(item(''))}${tc(p(''), '<w:vMerge/>')}${tc(p('乙') + inner)}</w:tr></w:tbl>`;
  const bytes = docxOf(body + `<w:tbl><w:tr>${tc(p('框内') + item('文字'))}</w:tr></w:tbl>`, numbering(level(0, 'decimal', '%1')));
  t.same(await shownBlocks(bytes), [
    'table 1, row 1 = 序号 ¦ 单位 ¦ 单位',
    'table 1, row 2 = 1 ¦ 市教育局\n市财政局 ¦ 甲',
    'table 1, row 3 = 2 ¦ 市教育局\n市财政局 ¦ 乙',
    'table 2, row 1 = 内 ¦ 表',
    'paragraph 1: 框内',
    'paragraph 2: 3 文字',
  ]);
  const { blocks, remarks } = await sourceOf(bytes);
  t.match(blocks[2], { table: '1', cells: [{}, { address: 'table 1, row 3, cell 2', mergedWith: 'table 1, row 2, cell 2' }] });
  t.match(remarks, [{ kind: 'other', address: 'table 1, row 3, cell 3', detail: /holds a table/u }]);
});

await test('what is tracked, hidden, struck through or commented is said; what is deleted is not read', async (t) => {
  const body =
    `<w:p>${run('市教育局')}<w:ins>${run('牵头')}</w:ins><w:del><w:r><w:delText>配合</w:delText></w:r></w:del>${run('甲', '<w:vanish/>')}` +
    `${run('乙', '<w:strike/>')}${run('丙', '<w:strike w:val="0"/>')}<w:r><w:commentReference w:id="7"/></w:r></w:p>`;
  const { blocks, remarks } = await sourceOf(
    docxOf(body, { comments: part('comments', `<w:comment w:id="7">${p('请核实')}</w:comment>`) }),
  );
  t.match(blocks, [{ text: '市教育局牵头甲乙丙' }]);
  t.same(
    remarks.map(({ kind, address, detail }) => `${kind} ${address}: ${detail}`),
    [
      'tracked-change paragraph 1: Inserted and not yet accepted, read as text: 牵头',
      'tracked-change paragraph 1: Deleted and not yet accepted, not read: 配合',
      'hidden paragraph 1: Formatted as hidden, read as text: 甲',
      'other paragraph 1: Struck through: 乙',
      'other paragraph 1: A comment: 请核实',
    ],
  );
});

await test('text boxes and notes are read behind what they hang on, and heads and feet of pages are said', async (t) => {
  const box = (text: string): string => `<w:drawing><w:txbxContent>${p(text)}</w:txbxContent></w:drawing>`;
  const body =
    `<w:p>${run('正文')}<w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice>${box('框')}</mc:Choice><mc:Fallback>${box('旧框')}</mc:Fallback>` +
    `</mc:AlternateContent></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:pict><v:imagedata xmlns:v="v"/></w:pict></w:r></w:p>` +
    `<w:sdt><w:sdtContent>${p('控件')}</w:sdtContent></w:sdt>` +
    `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/></w:r></w:p>`;
  const bytes = docxOf(body, {
    footnotes: part('footnotes', `<w:footnote w:id="2">${p('脚注')}</w:footnote>`),
    header1: part('hdr', p('河州市人民政府文件')),
    footer1: part('ftr', p('— 1 —')),
  });
  t.same(await shownBlocks(bytes), [
    'paragraph 1: 正文',
    'text box 1, paragraph 2: 框',
    'paragraph 3: 控件',
    'paragraph 4: 链接-',
    'footnote 1: 脚注',
  ]);
  const { remarks } = await sourceOf(bytes);
  t.match(remarks, [
    { kind: 'object-left-out', address: 'paragraph 1', detail: 'A picture was not read.' },
    { kind: 'other', detail: 'At the head of the pages: 河州市人民政府文件' },
    { kind: 'other', detail: 'At the foot of the pages: — 1 —' },
  ]);
  t.equal(visibleOf(await sourceOf(bytes)), '正文框控件链接-脚注');
});
