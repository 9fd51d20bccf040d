import * as fc from 'fast-check';
import { test } from 'tap';
import type { Proposal, ProposedTask } from '../../src/importer/proposal.ts';
import { readDirective } from '../../src/importer/read-directive.ts';
import { bytesOf, kindOf, problemOf, proposalOf, ROW, seedBytes, seedLines, smallDirective, TASK } from './documents.ts';

const FIRST_ROW = 171;
const LAST_ROW = 255;
const seedText = seedLines.join('\n');
const seed = proposalOf(seedBytes);
const withoutDigest = ({ directive, ...rest }: Proposal) => ({ ...rest, directive: { ...directive, sourceSha256: '' } });
const without = (n: number): Uint8Array => bytesOf(seedLines.toSpliced(n - 1, 1).join('\n'));

await test('the same bytes give an equal proposal', async (t) => {
  t.strictSame(proposalOf(Uint8Array.from(seedBytes)), seed);
});

await test('what belongs to the transport changes nothing but the digest', async (t) => {
  for (const text of [
    `\uFEFF${seedText}`,
    seedText.replaceAll('\n', '\r\n'),
    `${seedText}\n`,
    seedLines.map((line) => ` ${line}\t`).join('\n'),
  ]) {
    const other = proposalOf(bytesOf(text));
    t.strictSame(withoutDigest(other), withoutDigest(seed));
    t.not(other.directive.sourceSha256, seed.directive.sourceSha256);
  }
});

const meaning = ({ tasks }: Proposal) =>
  tasks.map(({ id, assignees, leaders, deadline, parent, measurements }) => ({
    id,
    assignees,
    leaders,
    deadline,
    parent,
    measurements: measurements.map(({ comparator, target }) => [comparator, target]),
  }));

await test('full-width punctuation and digits are read alike', async (t) => {
  const wide = seedText.replace(/[!-~]/gu, (half) => String.fromCharCode(half.charCodeAt(0) + 0xfee0));
  const other = proposalOf(bytesOf(wide));
  t.strictSame(other.counts, seed.counts);
  t.strictSame(
    [other.units, other.collectives, other.policy, other.directive.id],
    [seed.units, seed.collectives, seed.policy, seed.directive.id],
  );
  t.strictSame(meaning(other), meaning(seed));
  t.strictSame(
    other.findings.map(({ kind, subject, line }) => [kind, subject, line]),
    seed.findings.map(({ kind, subject, line }) => [kind, subject, line]),
  );
  t.match(kindOf(other, 'target')[0]?.text, '地区生产总值增长７％以上', 'but kept as printed');
});

await test('a text that ends before the schedule of items is refused at its end', async (t) => {
  for (let length = 0; length < FIRST_ROW; length += 1) {
    const problem = problemOf(bytesOf(seedLines.slice(0, length).join('\n')));
    // Task 98's line (163) waits for the bracket on the next.
    t.equal(problem.line, length === 163 ? 163 : length + 1, `${length} lines`);
    if (problem.line === length + 1) t.equal(problem.text, '');
  }
});

await test('a text that ends within the schedule of items has the rows it has', async (t) => {
  for (let length = FIRST_ROW; length < LAST_ROW; length += 6) {
    const cut = proposalOf(bytesOf(seedLines.slice(0, length).join('\n')));
    t.strictSame(kindOf(cut, 'item'), kindOf(seed, 'item').slice(0, length - FIRST_ROW + 1), `${length} lines`);
  }
});

/** The series whose numbering a line continues; a gap in it shows at its next line, if not at once. */
const seriesOf = (line: string): string | null => {
  if (/^\d+ \|/u.test(line)) return 'row';
  if (/^\(\d+\)/u.test(line)) return 'task';
  return /^\d+\./u.test(line) ? 'target or group' : null;
};
const nextInSeries = (n: number): number =>
  seedLines.findIndex((line, index) => index >= n && seriesOf(line) === seriesOf(seedLines[n - 1] ?? '')) + 1;

// What repeats nothing and what stands last in its series leaves no gap behind.
const FREE = { pageTitle: 1, lastTarget: 21, lastGroups: [40, 58, 81, 108, 117, 134, 148, 160], lastTask: 165, lastRow: 255, comment: 256 };

await test('a missing line is refused where it is missed', async (t) => {
  const accepted: number[] = [];
  for (let n = 1; n <= seedLines.length; n += 1) {
    const read = readDirective(without(n));
    if (read.ok) {
      accepted.push(n);
      continue;
    }
    const printedAt = read.problem.line < n ? read.problem.line : read.problem.line + 1;
    const missedAt = seriesOf(seedLines[n - 1] ?? '') === null ? [n - 1, n + 1] : [n + 1, nextInSeries(n)];
    t.ok(missedAt.includes(printedAt), `line ${n} missing, refused at ${printedAt}`);
  }
  t.same(
    accepted,
    [FREE.pageTitle, FREE.lastTarget, ...FREE.lastGroups, FREE.lastTask, FREE.lastRow, FREE.comment].toSorted((a, b) => a - b),
  );
});

/** All but the lines: what a proposal says, whatever moved up. */
const said = ({ tasks, counts, directive: { title, number, date }, policy }: Proposal) => ({
  tasks: tasks.map((task) => ({ ...task, sourceLine: 0 })),
  counts,
  title,
  number,
  date,
  policy,
});
const ungrouped = (task: ProposedTask): ProposedTask => ({ ...task, group: null });

await test('a line that may be missing changes only what it says', async (t) => {
  const expected = said(seed);
  t.strictSame(said(proposalOf(without(FREE.pageTitle))), expected);
  t.strictSame(said(proposalOf(without(FREE.comment))), expected);
  const shorter = said(proposalOf(without(FREE.lastRow)));
  t.strictSame(shorter, { ...expected, tasks: expected.tasks.slice(0, -1), counts: { ...expected.counts, items: 84 } });
  for (const line of FREE.lastGroups) {
    const merged = said(proposalOf(without(line)));
    t.equal(merged.counts.groups, 34);
    t.strictSame(merged.tasks.map(ungrouped), expected.tasks.map(ungrouped));
  }
});

await test('two lines of a series do not change places', async (t) => {
  for (let n = 9; n < LAST_ROW; n += 1) {
    const [line = '', next = ''] = seedLines.slice(n - 1);
    if (seriesOf(line) === null || seriesOf(line) !== seriesOf(next)) continue;
    t.equal(problemOf(bytesOf(seedLines.toSpliced(n - 1, 2, next, line).join('\n'))).line, n);
  }
});

const edited = (find: string, put: string, text = smallDirective()): Uint8Array => {
  if (!text.includes(find)) throw new Error(`no ${find}`);
  return bytesOf(text.replace(find, put));
};

await test('a line that shows nothing is no line', async (t) => {
  const small = smallDirective();
  t.strictSame(readDirective(bytesOf(`\u200b\n${small.replaceAll('\n', '\n\u3164 \u{e0020}\n')}`)).ok, true);
});

await test('a text of another shape is refused with the line and what was expected', async (t) => {
  t.equal(readDirective(bytesOf(smallDirective())).ok, true);
  const cases: readonly (readonly [string, Uint8Array, number, RegExp])[] = [
    ['nothing', new Uint8Array(), 1, /title/u],
    ['blanks', bytesOf('\n \n\t\n'), 1, /title/u],
    ['a letter', bytesOf('Dear all,\n\nplease report.'), 1, /title/u],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x09, 0x4e]), 1, /UTF-8/u],
    ['a broken character', new Uint8Array([...bytesOf('河州市\n'), 0xe4, 0xb8, 0x0a, ...bytesOf('关于')]), 2, /UTF-8/u],
    ['a control character', edited('教育', '教\u0000育'), 9, /control/u],
    ['an endless line', edited('办好民生实事。', '办好民生实事。'.repeat(1000)), 8, /5000 characters/u],
    ['marks without end', edited('办好民生实事。', `办好民生实事。${'\u0315\u0300'.repeat(100)}`), 8, /30 combining marks/u],
    ['no title', edited('关于明确', '明确'), 1, /title/u],
    ['an endless title', bytesOf('市人民政府关于'.repeat(200)), 1, /title/u],
    ['no number', edited('河政办〔2024〕7号', '河政办'), 2, /document number/u],
    ['no addressees', edited('各部门:', '各部门。'), 3, /addressees/u],
    ['no schedule', edited('每月28日前', '及时'), 4, /schedule/u],
    ['a day that is none', edited('11月30日前', '11月31日前'), 4, /schedule/u],
    ['day 0', edited('每月28日前', '每月0日前'), 4, /schedule/u],
    ['day 32', edited('每月28日前', '每月32日前'), 4, /schedule/u],
    ['another first section', edited('主要预期目标分解', '总体要求'), 5, /section 一/u],
    ['no target', bytesOf(smallDirective({ targets: [] })), 6, /target 1/u],
    ['a target without units', edited('(市发展改革委)', ''), 6, /units of target 1/u],
    ['an empty bracket', edited('(市发展改革委)', '()'), 6, /units of target 1/u],
    ['an unbalanced bracket', edited('(市发展改革委)', '市发展改革委)'), 6, /units of target 1/u],
    ['a gap in targets', bytesOf(smallDirective({ targets: ['1.甲增长6%。(市统计局)', '3.乙增长6%。(市统计局)'] })), 7, /target 2/u],
    ['another second section', edited('重点工作分工', '要求'), 7, /section 二/u],
    ['a theme out of turn', edited('(一)办好', '(二)办好'), 8, /theme \(一\)/u],
    ['a group out of turn', edited('1.提升', '2.提升'), 9, /group 1/u],
    ['a task before its group', edited('1.提升教育质量。\n', ''), 9, /group 1/u],
    ['a theme without a group', edited('1.提升', '(二)其他。\n1.提升'), 9, /group 1/u],
    ['no task', bytesOf(smallDirective({ tasks: [] })), 10, /task \(1\)/u],
    ['a task without a text', edited('新建学校3所。(牵', '(牵'), 10, /units of task \(1\)/u],
    ['a task without roles', edited('牵头单位:', ''), 10, /units of task \(1\)/u],
    ['an unknown heading', edited(TASK, `其他事项\n${TASK}`), 10, /task \(1\)/u],
    ['a group without a task', edited(TASK, `2.其他。\n${TASK}`), 10, /task \(1\)/u],
    [
      'a gap in tasks',
      bytesOf(smallDirective({ tasks: [TASK, TASK.replace('(1)', '(3)')] })),
      11,
      /task \(2\).*group 2.*theme \(二\).*附件/u,
    ],
    ['no attachment', edited('附件:重点项目台账\n', ''), 11, /附件/u],
    ['no date', edited('2024年1月31日', '2024年2月30日'), 12, /date/u],
    ['another schedule of items', edited('附 件\n重点项目台账', '附 件\n其他台账'), 14, /重点项目台账/u],
    ['other columns', edited('责任领导 |', '责任人 |'), 15, /columns/u],
    ['no row', bytesOf(smallDirective({ rows: [] })), 16, /row 1/u],
    ['a row out of turn', edited('1 | 新建', '2 | 新建'), 16, /row 1/u],
    ['a row of too few cells', edited('王小明 | 市教育局 | 市财政局 | ', '王小明 | '), 16, /row 1/u],
    ['a row of too many cells', edited('市财政局 | ', '市财政局 | 市民政局 | '), 16, /row 1/u],
    ['a row without its last bar', edited('月底前 |', '月底前'), 16, /row 1/u],
    ['a remark in the last cell', edited('市财政局 | 2024年6月月底前 |', '2024年6月月底前 | 已开工 |'), 16, /row 1/u],
    ['a seventh cell', edited('月底前 |', '月底前 | |'), 16, /row 1/u],
    ['words after the last bar', edited('月底前 |', '月底前 | 已开工'), 16, /row 1/u],
    ['a row without a deadline', edited('2024年6月月底前', '年底'), 16, /deadline/u],
    ['a month that is none', edited('2024年6月月底前', '2024年13月月底前'), 16, /month of the calendar/u],
    ['a unit for a leader', edited('王小明', '市民政局'), 16, /leaders/u],
    ['a half name for a leader', edited('王小明', '王'), 16, /leaders/u],
    ['no text in a row', edited('| 新建学校3所。 |', '|  |'), 16, /row 1/u],
    ['a gap in rows', bytesOf(smallDirective({ rows: [ROW, ROW.replace('1 |', '3 |')] })), 17, /row 2/u],
    ['a task after the schedule of items', bytesOf(`${smallDirective()}\n${TASK}`), 17, /row 2/u],
    ['a row after the end', bytesOf(`${smallDirective()}\n(完)\n${ROW}`), 18, /row 2/u],
  ];
  for (const [name, bytes, line, expected] of cases) {
    const problem = problemOf(bytes);
    t.match(problem, { code: 'notice-unreadable', line, expected }, name);
    t.ok(problem.text.length <= 201, name);
  }
});

const answers = (bytes: Uint8Array): boolean => {
  const read = readDirective(bytes);
  return read.ok || (read.problem.line >= 1 && read.problem.expected !== '');
};

await test('nothing is thrown, whatever the bytes', async () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), answers), { numRuns: 300 });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200, size: 'max' }), (text) => answers(bytesOf(text))),
    { numRuns: 300 },
  );
  const fragment = fc.constantFrom(
    ...smallDirective().split('\n'),
    ...smallDirective().split(/(?<=[|、。:(),\n])/u),
    '\n',
    '|',
    '(',
    ')',
    '〔',
    '等',
    '3%',
    '以上',
    '各',
    '突破',
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 40, size: 'max' }), (pieces) => answers(bytesOf(pieces.join('\n')))),
    { numRuns: 300 },
  );
  const lines = smallDirective().split('\n');
  const edit = fc.tuple(fc.nat(lines.length - 1), fc.nat(60), fc.nat(8), fragment);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const changed = [...lines];
      for (const [line, from, length, put] of edits) {
        const text = changed[line] ?? '';
        changed[line] = text.slice(0, from) + put + text.slice(from + length);
      }
      return answers(bytesOf(changed.join('\n')));
    }),
    { numRuns: 800 },
  );
});
