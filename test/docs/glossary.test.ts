import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { definitions } from '../../src/domain/catalogue.ts';
import type { Light } from '../../src/domain/compliance/lights.ts';
import type { ObligationState } from '../../src/domain/compliance/obligation.ts';
import type { StandingState } from '../../src/domain/compliance/progress.ts';
import type { AssigneeRole } from '../../src/domain/directives/duty.ts';
import type { TaskKind } from '../../src/domain/tasks/events.ts';
import type { TaskStatus } from '../../src/domain/tasks/status.ts';
import type { ActorRole } from '../../src/kernel/envelope.ts';
import { stateIn } from '../../src/messages/named.ts';

/** The glossary: every word of the domain is in it, once, with one meaning; and what sheets show are its words. */

const PAGE = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');

type Row = { readonly chinese: string; readonly english: string; readonly code: string; readonly means: string; readonly metIn: string };

const rowsOf = (page: string): readonly Row[] =>
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7 && cells[1] !== '中文' && !/^-+$/u.test(cells[1] ?? ''))
    .map(([, chinese = '', english = '', code = '', means = '', metIn = '']) => ({ chinese, english, code, means, metIn }));

const ROWS = rowsOf(PAGE);

/** What stands in code in a cell. */
const codesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code);

const twice = (words: readonly string[]): readonly string[] => words.filter((word, index) => words.indexOf(word) < index);

await test('every event of the log is in the glossary', async (t) => {
  const named = new Set(ROWS.flatMap(({ code }) => codesIn(code)));
  t.ok(ROWS.length > 100);
  t.same(
    definitions.map(({ type }) => type).filter((type) => !named.has(type)),
    [],
  );
});

/** By what kind of word the code has them, and the word of each in Chinese. The compiler asks for those that are new. */
const STATUSES: Readonly<Record<TaskStatus, string>> = {
  assigned: '已交办',
  acknowledged: '已签收',
  'in-progress': '推进中',
  claimed: '已申请办结',
  completed: '已办结',
  suspended: '已中止',
  cancelled: '已撤销',
};
const OWED: Readonly<Record<ObligationState, string>> = {
  'on-time': '按时',
  late: '逾期',
  missing: '未报送',
  'not-yet-due': '未到期',
  awaiting: '待核定',
  excused: '免责',
  waived: '免报',
};
const LIGHTS: Readonly<Record<Light, string>> = { green: '绿灯', yellow: '黄灯', red: '红灯', blue: '蓝灯', grey: '灰灯' };
const REPORTED: Readonly<Record<StandingState, string>> = { ahead: '提前', 'on-track': '正常', behind: '滞后', done: '已完成' };
const KINDS: Readonly<Record<TaskKind, string>> = { target: '目标', task: '任务', item: '台账事项' };
const CARRIED: Readonly<Record<AssigneeRole, string>> = { lead: '牵头单位', cooperating: '配合单位', responsible: '负责单位' };
const ROLES: Readonly<Record<ActorRole, string>> = {
  office: '督查机构',
  unit: '单位',
  auditor: '审计人员',
  admin: '管理员',
  system: '系统',
};

/** The rows whose code cell has this code after these words: `status` before it, or nothing. */
const wordsFor = (before: string, code: string): readonly string[] =>
  ROWS.filter((row) => ` ${row.code}`.includes(`${before}\`${code}\``)).map(({ chinese }) => chinese);

await test('every state, light, kind and role has its word', async (t) => {
  const all = [
    ['status ', STATUSES],
    [' ', OWED],
    ['light ', LIGHTS],
    ['report ', REPORTED],
    ['kind ', KINDS],
    ['assignee role ', CARRIED],
    [' role ', ROLES],
  ] as const;
  for (const [before, words] of all)
    for (const [code, word] of Object.entries(words)) t.same(wordsFor(before, code), [word], `${before}${code}`);
});

await test('a word stands once, in either language, and every row says what it means', async (t) => {
  t.same(twice(ROWS.map(({ chinese }) => chinese)), []);
  t.same(twice(ROWS.map(({ english }) => english)), []);
  t.same(
    ROWS.filter((row) => Object.values(row).includes('')).map(({ chinese }) => chinese),
    [],
  );
  t.same(
    ROWS.filter(({ means }) => !/[^.]\.$/u.test(means)).map(({ chinese }) => chinese),
    [],
    'in a sentence',
  );
});

await test('sheets show the words of the glossary', async (t) => {
  const shown = { ...STATUSES, ...OWED, ...REPORTED, ...KINDS, ...ROLES };
  for (const [code, word] of Object.entries(shown)) t.equal(stateIn(code, 'zh'), word, code);
  for (const [code, word] of Object.entries(LIGHTS)) t.equal(`${stateIn(code, 'zh')}灯`, word, code);
  for (const [code, word] of Object.entries(CARRIED)) t.equal(`${stateIn(code, 'zh')}单位`, word, code);
});

await test('a table that lacks a word is found', async (t) => {
  const [row] = rowsOf('| 中文 | English | in the code | means | met in |\n|---|---|---|---|---|\n| 甲 | a | `b`, c `d` | e | – |\n');
  t.same(row, { chinese: '甲', english: 'a', code: '`b`, c `d`', means: 'e', metIn: '–' });
  t.same(codesIn(row?.code ?? ''), ['b', 'd']);
});
