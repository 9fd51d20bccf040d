/**
 * A mebibyte of one thing each: what patterns go back over, what is counted against all the others, what never ends. No
 * office sends such; whoever sends one must not keep the office from working.
 */

export const MEBIBYTE = 1024 * 1024;

export type HardInput = { readonly name: string; readonly file: string; readonly bytes: () => Uint8Array };

const encoder = new TextEncoder();

/** As much as a mebibyte holds of what `line` gives for 0, 1, 2 …; whole lines. */
const filled = (line: (n: number) => string, head = ''): Uint8Array => {
  const parts: Uint8Array[] = [encoder.encode(head)];
  let size = parts[0]?.length ?? 0;
  for (let n = 0; ; n += 1) {
    const part = encoder.encode(line(n));
    if (size + part.length > MEBIBYTE) break;
    size += part.length;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** A text of so many characters that says `unit` again and again. */
const again = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const HAN = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉';
/** A name of its own for every number. */
export const named = (n: number): string =>
  Array.from({ length: 4 }, (_, at) => HAN[Math.trunc(n / HAN.length ** at) % HAN.length]).join('');

const text = (name: string, line: (n: number) => string, head = ''): HardInput => ({
  name,
  file: 'notice.txt',
  bytes: () => filled(line, head),
});

const HEAD = '河州市人民政府办公室关于做好2024年重点工作的通知\n河政办〔2024〕7号\n各县(市、区)人民政府:\n';
const TABLE = '序号 | 任务 | 牵头单位 | 配合单位 | 责任领导 | 完成时限\n';

const SHAPES: readonly HardInput[] = [
  { name: 'one line', file: 'notice.txt', bytes: () => encoder.encode(again('市教育局、', MEBIBYTE / 3)) },
  { name: 'one line of digits', file: 'notice.txt', bytes: () => encoder.encode(again('7', MEBIBYTE)) },
  text('lines of 99,999 characters', () => `${again('市教育局、', 99_999)}\n`),
  text('lines of 4 bytes', () => '(1)\n'),
  text('lines of 4 letters', () => '市教育局\n'),
  text('lines of 4 letters, each its own', (n) => `${named(n)}\n`),
  text('lines of one letter', () => '甲\n'),
  text('100,000 lines', (n) => `${String(n).padStart(9, '0')}\n`),
  text('headings', (n) => `${'一二三四五六七八九'[n % 9] ?? ''}、${named(n)}\n`),
  text('headings of every level', (n) => `${['一、', '(一)', '1.', '(1)', '①'][n % 5] ?? ''}${named(n)}\n`),
  text('labels without values', (n) => `${['责任单位', '牵头单位', '完成时限', '责任领导'][n % 4] ?? ''}:\n`),
  text('labels with values', (n) => `${['责任单位:市教育局', '完成时限:2024年5月', '责任领导:王明'][n % 3] ?? ''}\n`),
  text('unknown labels', (n) => `${named(n)}单位:市教育局\n`),
  text('numbers that go deeper', (n) => `${Array.from({ length: 1 + (n % 9) }, () => 1).join('.')}建学校\n`),
  text('numbers that go deeper and deeper', (n) => `${again('1.', 2 + ((2 * n) % 400))}建\n`),
  text('items', (n) => `${n + 1}.新建学校3所。(市教育局)\n`, HEAD),
  text('items, each with parties of its own', (n) => `${n + 1}.建学校。(市${named(n)}局)\n`, HEAD),
  text('items, each with a collective of its own', (n) => `${n + 1}.建学校。(各${named(n)}部门)\n`, HEAD),
  text('items with the shortest text', (n) => `${n + 1}.建(市局)\n`),
  text('items without a number', () => '新建学校3所。(市教育局)\n', HEAD),
  text('items without parties', (n) => `${n + 1}.新建学校3所。\n`, `${HEAD}1.建学校。(市教育局)\n`),
  text('items with parts', (n) => (n % 3 === 0 ? `${n / 3 + 1}.建学校。(市教育局)\n` : `(${n % 3})新建${named(n)}学校3所。\n`), HEAD),
  text('items of one word', () => '建\n(市教育局)\n', HEAD),
  text('items with days', (n) => `${n + 1}.5月底前建学校3所,6月底前建10所,年底前完成。(市教育局)\n`, HEAD),
  text('items with figures', (n) => `${n + 1}.增长5%,达到${n}家,力争6%—7%。(市局)\n`, HEAD),
  text(
    'items beside rows',
    (n) => (n < 9000 ? `(${n + 1})建${named(n)}。(市教育局)\n` : `${n === 9000 ? TABLE : ''}${n - 8999} | 建${named(n)} | 市局 | | | \n`),
    HEAD,
  ),
  text('items that list projects', (n) => `${n + 1}.推进${named(n)}产业园、${named(n + 1)}产业园等项目。(市教育局)\n`, HEAD),
  text('one item over many lines', () => '抓好项目建设工作、\n', `${HEAD}1.`),
  text('rows', (n) => `${n + 1} | 建${named(n)} | 市教育局 | 市财政局 | 王明 | 2024年5月底\n`, TABLE),
  text('rows without a header', (n) => `${n + 1} | 建${named(n)} | 市教育局 | | 2024年5月底\n`),
  text('rows with empty cells', () => '|||||\n', TABLE),
  text(
    'rows with empty cells that are filled',
    (n) => (n % 2 === 0 ? ` | 建${named(n)} | 市教育局 | | | \n` : ` | 建${named(n)} | | | | \n`),
    TABLE,
  ),
  text('rows of two widths', (n) => (n % 2 === 0 ? 'a|b|c\n' : 'a|b|c|d\n')),
  text('headers', () => TABLE),
  text('tables apart', (n) => `${TABLE}1 | 建${named(n)} | 市教育局 | | |\n\n`),
  text('a form', (n) => `任务 | 建${named(n)} | 责任单位 | 市教育局\n`),
  text('a table drawn with blanks', (n) => `${n + 1}   建${named(n)}   市教育局   2024年5月底\n`, '序号   任务   责任单位   完成时限\n'),
  text('a table drawn with tabs', (n) => `${n + 1}\t建${named(n)}\t市教育局\t2024年5月底\n`, '序号\t任务\t责任单位\t完成时限\n'),
  text('days of reports', () => '各单位每月5日前报送上月进展情况。\n', HEAD),
  text('days of reports, each its own', (n) => `各单位每月${1 + (n % 28)}日前报送${named(n)}情况。\n`, HEAD),
  text('defaults', () => '除特别注明的外,各县(市、区)政府都是配合单位。\n1.建学校。(市教育局)\n', HEAD),
  text('dates', () => '2024年1月5日\n', HEAD),
  text('marks of attachments', (n) => `附件${n + 1}\n`, HEAD),
  text('titles', () => '市政府办公室关于做好工作的通知\n'),
  text('document numbers', (n) => `河政办〔2024〕${n}号\n`),
  text('what a page has around it', () => '首页 > 政务公开 > 通知公告\n打印本页\n'),
  text('records', (n) => `${n},建${named(n)},市教育局,2024年5月底\n`, '序号,任务,责任单位,完成时限\n'),
  text('records that never close', (n) => `${n},"建${named(n)},市教育局\n`, '序号,任务,责任单位\n'),
  { ...text('a sheet of commas', () => ',,,,,,,,,\n', '序号,任务,牵头单位\n'), file: 'ledger.csv' },
  { ...text('a sheet of quotes', () => '"'.repeat(1000)), file: 'ledger.csv' },
  {
    ...text(
      'a sheet of 50,000 cells',
      (n) => (n < 7142 ? `${n + 1},建${named(n)}工程,市教育局,市财政局,王明,2024年5月底,\n` : '\n'),
      '序号,任务,牵头单位,配合单位,责任领导,完成时限,备注\n',
    ),
    file: 'ledger.csv',
  },
  { ...text('a page of open tags', () => '<div>', '<!doctype html><html><body>'), file: 'page.html' },
  { ...text('a page of paragraphs', (n) => `<p>${n}.建学校。(市教育局)</p>`, '<!doctype html><html><body>'), file: 'page.html' },
  { ...text('a page of cells', () => '<td>市教育局', '<!doctype html><html><body><table><tr>'), file: 'page.html' },
  { ...text('a page of tables in tables', () => '<table><tr><td>', '<!doctype html><html><body>'), file: 'page.html' },
  { ...text('a page of entities', () => '&amp;&nbsp;&lt;', '<!doctype html><html><body><p>'), file: 'page.html' },
];

/** What the reader's patterns are made of, said again and again: whatever goes back over its own steps shows it here. */
const PUMPED =
  '、|,|;|。|:|(|)|((|【|】|〔|“|”|《|/|-|—|1|1.|1,|1、|(1)|①|一|一、|(一)|第一|百分之|%|5%|5%—|5月|5月底前|2024|' +
  '2024年|2024年5月|13月|每|每月|每月5日|每季度|次月5日、|年底前|上半年|市|市教育局|市教育局、|(市教育局|市教育局和|各|各县|各县(市、区)|等|等部门|' +
  '相关|牵头|由市教育局牵头|,配合|负责|按职责分工负责|牵头单位:|责任单位:市局|责任领导:|副市长|副市长、|王明|王明、|待定|增长|由5%提高到|力争|不低于5%|' +
  '达到3家、|分别|和|人民政府|办公室|关于|通知|附件|投资5亿元|等项目|建设|完成|报告|报送|进展情况|月|日|周|旬|前| |　|\t|a|A1|.|·|县级市|' +
  '云河、白石两县政府、|总数|新增|实现|省发展改革委、财政厅、';

const LENGTHS = [40, 600, 4999];

const pumped = PUMPED.split('|').flatMap((unit) =>
  LENGTHS.flatMap((length): readonly HardInput[] => [
    text(`“${unit === '\t' ? 'tab' : unit}” in lines of ${length}`, () => `${again(unit, length)}\n`, HEAD),
    text(`“${unit === '\t' ? 'tab' : unit}” in items of ${length}`, (n) => `${n + 1}.建${again(unit, length)}(市教育局)\n`, HEAD),
  ]),
);

export const HARD_SHAPES: readonly HardInput[] = SHAPES;
export const HARD_PATTERNS: readonly HardInput[] = pumped;
