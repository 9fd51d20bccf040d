import * as fc from 'fast-check';
import { test } from 'tap';
import type { Plan } from '../../src/importer/draft/plan.ts';
import { bytesOf, draftFrom, kindOf, planFrom, ROW, seedBytes, seedLines, seedProfile, smallDirective, TASK } from './documents.ts';

/** What the shape of a text may do to its reading: nothing, or what a person is asked about where it was done. */

const FIRST_ROW = 171;
const LAST_ROW = 255;
const seedText = seedLines.join('\n');
const seed = await planFrom(seedBytes, seedProfile);
const seedOf = (text: string): Promise<Plan> => planFrom(bytesOf(text), seedProfile);
const withoutDigest = ({ directive, tasks, ...rest }: Plan) => ({
  ...rest,
  directive: { ...directive, sourceSha256: '' },
  tasks: tasks.map(({ source, ...task }) => ({ ...task, address: source?.address })),
});

await test('the same bytes give an equal plan', async (t) => {
  t.strictSame(await planFrom(Uint8Array.from(seedBytes), seedProfile), seed);
});

await test('what belongs to the transport changes nothing but the digest', async (t) => {
  for (const text of [
    `\uFEFF${seedText}`,
    seedText.replaceAll('\n', '\r\n'),
    `${seedText}\n`,
    seedLines.map((line) => ` ${line}\t`).join('\n'),
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const other = await seedOf(text);
    t.strictSame(withoutDigest(other), withoutDigest(seed));
    t.not(other.directive.sourceSha256, seed.directive.sourceSha256);
  }
});

const meaning = ({ tasks }: Plan) =>
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
  const other = await seedOf(wide);
  t.strictSame(other.counts, seed.counts);
  t.strictSame(
    [other.units, other.collectives, other.rules, other.directive.id],
    [seed.units, seed.collectives, seed.rules, seed.directive.id],
  );
  t.strictSame(meaning(other), meaning(seed));
  t.strictSame(
    other.findings.map(({ kind, subject, line }) => [kind, subject, line]),
    seed.findings.map(({ kind, subject, line }) => [kind, subject, line]),
  );
  t.match(kindOf(other, 'target')[0]?.text, '地区生产总值增长７％以上', 'but kept as printed');
});

await test('a text that ends within the schedule of items has the rows it has', async (t) => {
  for (let length = FIRST_ROW; length < LAST_ROW; length += 14) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const cut = await seedOf(seedLines.slice(0, length).join('\n'));
    t.strictSame(
      withoutDigest({ ...cut, tasks: kindOf(cut, 'item') }).tasks,
      withoutDigest({ ...seed, tasks: kindOf(seed, 'item').slice(0, length - FIRST_ROW + 1) }).tasks,
      `${length} lines`,
    );
  }
});

/** The series whose numbering a line continues; a gap in it shows at its next line, if not at once. */
const seriesOf = (line = ''): string | null => {
  if (/^\d+ \|/u.test(line)) return 'row';
  if (/^\(\d+\)/u.test(line)) return 'task';
  return /^\d+\./u.test(line) ? 'target or group' : null;
};

/** What blocks, by its lines; a place where something is missing is counted as if it were not. */
const askedAt = async (text: string, missing = Infinity): Promise<readonly number[]> =>
  (await draftFrom(bytesOf(text), seedProfile)).findings
    .filter(({ blocks }) => blocks)
    .map(({ address }) => Number(/\d+/u.exec(address)?.[0]))
    .map((line) => (line < missing ? line : line + 1));

// What repeats nothing, what stands last in its series, and what says no more than that a part follows leaves no gap behind.
const REPEATED = [1, 2, 3, 4];
const LAST = [21, 40, 58, 81, 108, 117, 134, 148, 160, 165, 255, 256];
const MARKS = [6, 166, 168, 169];
/** That no schedule is set any more is said, and keeps nobody from committing. */
const SCHEDULE = 7;
const FREE = new Set([...REPEATED, ...LAST, ...MARKS, SCHEDULE]);

await test('a missing line is asked about where it is missed', async (t) => {
  for (let n = 1; n <= seedLines.length; n += n < 10 || n > 250 ? 1 : 4) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const asked = await askedAt(seedLines.toSpliced(n - 1, 1).join('\n'), n);
    t.equal(asked.length === 0, FREE.has(n), `line ${n}: ${asked.join(', ')}`);
  }
});

/** All but the places: what a plan says, whatever moved up. */
const said = ({ tasks, counts, directive: { title, number, date }, rules }: Plan) => ({
  tasks: tasks.map(({ source: _, ...task }) => ({ ...task, sourceLine: 0 })),
  counts,
  title,
  number,
  date,
  rules,
});

await test('a line that may be missing changes only what it says', async (t) => {
  const expected = said(seed);
  const without = async (n: number) => said(await seedOf(seedLines.toSpliced(n - 1, 1).join('\n')));
  for (const n of [...REPEATED, ...MARKS, LAST.at(-1) ?? 0]) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    t.strictSame(await without(n), expected, `line ${n}`);
  }
  t.same((await without(SCHEDULE)).rules, null);
  const shorter = await without(LAST_ROW);
  t.strictSame([shorter.tasks, shorter.counts], [expected.tasks.slice(0, -1), { ...expected.counts, items: 84 }]);
  const ungrouped = ({ tasks }: typeof expected) => tasks.map((task) => ({ ...task, group: null }));
  const merged = await without(40);
  t.equal(merged.counts.groups, 34);
  t.strictSame(ungrouped(merged), ungrouped(expected));
});

await test('two lines of a series do not change places unseen', async (t) => {
  for (let n = 9; n < LAST_ROW; n += 1) {
    const [line = '', next = ''] = seedLines.slice(n - 1);
    if (n % 4 > 0 || seriesOf(line) === null || seriesOf(line) !== seriesOf(next)) continue;
    // oxlint-disable-next-line no-await-in-loop -- one after another
    t.equal(Math.min(...(await askedAt(seedLines.toSpliced(n - 1, 2, next, line).join('\n')))), n);
  }
});

const edited = (find: string, put: string, text = smallDirective()): string => {
  if (!text.includes(find)) throw new Error(`no ${find}`);
  return text.replace(find, put);
};

await test('a line that shows nothing is no line', async (t) => {
  const small = smallDirective();
  const spaced = await planFrom(bytesOf(`\u200b\n${small.replaceAll('\n', '\n\u3164 \u{e0020}\n')}`));
  t.strictSame(said(spaced).tasks, said(await planFrom(bytesOf(small))).tasks);
});

await test('what is not as it should be keeps a text from being committed, at its place', async (t) => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['a letter', 'Dear all,\n\nplease report.', 'title-missing', 'line 1'],
    ['no title', edited('关于明确', '明确'), 'issuer-missing', 'line 1'],
    ['no number', edited('河政办〔2024〕7号', '河政办'), 'number-missing', 'line 1'],
    ['no date', edited('2024年1月31日', '2024年2月30日'), 'date-missing', 'line 1'],
    ['a day that is none', edited('11月30日前', '11月31日前'), 'schedule-unread', 'line 4'],
    ['day 0', edited('每月28日前', '每月0日前'), 'schedule-unread', 'line 4'],
    ['day 32', edited('每月28日前', '每月32日前'), 'schedule-unread', 'line 4'],
    ['a heading without a target', smallDirective({ targets: [] }), 'prose-set-aside', 'line 5'],
    ['a gap in targets', smallDirective({ targets: ['1.甲增长6%。(市统计局)', '3.乙增长6%。(市统计局)'] }), 'numbering-gap', 'line 7'],
    ['a theme out of turn', edited('(一)办好', '(二)办好'), 'numbering-gap', 'line 8'],
    ['no task under its group', smallDirective({ tasks: [] }), 'no-parties', 'line 9'],
    ['a group without a task', edited(TASK, `2.其他。\n${TASK}`), 'no-parties', 'line 9'],
    ['a gap in tasks', smallDirective({ tasks: [TASK, TASK.replace('(1)', '(3)')] }), 'numbering-gap', 'line 11'],
    ['a row out of turn', edited('1 | 新建', '2 | 新建'), 'numbering-gap', 'line 16'],
    ['a row of too few cells', edited('王小明 | 市教育局 | 市财政局 | ', '王小明 | '), 'row-uneven', 'line 16'],
    ['a row of too many cells', edited('市财政局 | ', '市财政局 | 市民政局 | '), 'row-uneven', 'line 16'],
    [
      'a remark in the last cell',
      edited('市财政局 | 2024年6月月底前 |', '2024年6月月底前 | 已开工 |'),
      'deadline-unread',
      'line 16, cell 6',
    ],
    ['words after the last bar', edited('月底前 |', '月底前 | 已开工'), 'row-uneven', 'line 16'],
    ['a month that is none', edited('2024年6月月底前', '2024年13月月底前'), 'deadline-unread', 'line 16, cell 6'],
    ...['9999年12月31日前', '9999-12-31', '9999年底前', '9999年', '9999年第四季度'].map(
      (year) => [`${year}, of no year that is judged`, edited('2024年6月月底前', year), 'deadline-unread', 'line 16, cell 6'] as const,
    ),
    ['a unit for a leader', edited('王小明', '市民政局'), 'leader-unresolved', 'line 16, cell 3'],
    ['a half name for a leader', edited('王小明', '王'), 'leader-unresolved', 'line 16, cell 3'],
    ['no text in a row', edited('| 新建学校3所。 |', '|  |'), 'part-unread', 'line 16'],
    ['a gap in rows', smallDirective({ rows: [ROW, ROW.replace('1 |', '3 |')] }), 'numbering-gap', 'line 17'],
    ['a row after the end', `${smallDirective()}\n(完)\n${ROW}`, 'unread', 'line 18'],
  ];
  t.same(
    (await draftFrom(bytesOf(smallDirective()))).findings.filter(({ blocks }) => blocks),
    [],
    'and as it should be, nothing does',
  );
  for (const [name, text, kind, place] of cases) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const { findings } = await draftFrom(bytesOf(text));
    t.match(
      findings.filter((finding) => finding.blocks && finding.kind === kind).map(({ address }) => address),
      [place],
      name,
    );
  }
});

await test('what says nothing of what is to be done, or names nobody, is told where it stands', async (t) => {
  const toldAt = async (text: string, kind: string) =>
    (await draftFrom(bytesOf(text))).findings.filter((finding) => finding.kind === kind).map(({ address }) => address);
  t.same(await toldAt(edited('新建学校3所。(牵', '(牵'), 'part-unread'), ['line 10'], 'a task without a text');
  for (const bracket of ['', '()', '市发展改革委)'])
    // oxlint-disable-next-line no-await-in-loop -- one after another
    t.same(await toldAt(edited('(市发展改革委)', bracket), 'prose-set-aside'), ['line 5', 'line 6'], `a target with “${bracket}”`);
  t.ok((await toldAt(smallDirective({ rows: [] }), 'layout')).includes('line 15'), 'a header without rows');
});

await test('lines and marks of a directive in any order are read without a throw', async () => {
  const whole = smallDirective();
  const fragments = [...whole.split('\n'), ...whole.split(/(?<=[|、。:(),\n])/u), '\n|()〔等', '3%', '以上', '各', '突破'];
  const fragment = fc.constantFrom(...fragments);
  const isRead = async (text: string): Promise<boolean> => {
    const { lines } = await draftFrom(bytesOf(text));
    return lines.every(({ text: printed }) => text.includes(printed));
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fragment, { minLength: 1, maxLength: 40, size: 'max' }), (pieces) => isRead(pieces.join('\n'))),
    { numRuns: 300 },
  );
  const lines = whole.split('\n');
  const edit = fc.tuple(fc.nat(lines.length - 1), fc.nat(60), fc.nat(8), fragment);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const changed = [...lines];
      for (const [line, from, length, put] of edits) {
        const text = changed[line] ?? '';
        changed[line] = text.slice(0, from) + put + text.slice(from + length);
      }
      return isRead(changed.join('\n'));
    }),
    { numRuns: 500 },
  );
});

await test('a table that a blank line cuts in two is one, and another header begins another', async (t) => {
  const apart = await planFrom(bytesOf(smallDirective({ rows: [ROW, '', ROW.replace('1 |', '2 |').replace('3所', '4所')] })));
  t.match(kindOf(apart, 'item'), [{ text: '新建学校3所。' }, { text: '新建学校4所。', deadline: '2024-06-30' }]);
  const other = ['序号 | 责任单位 | 项目(任务) | 完成时限 |', '1 | 市民政局 | 新建敬老院2所。 | 2024年7月底前 |'];
  const two = await draftFrom(bytesOf(smallDirective({ rows: [ROW, '', ...other] })));
  t.match(two.items.at(-1), { text: '新建敬老院2所。', assignees: [{ name: '市民政局' }], deadline: { date: '2024-07-31' } });
});
