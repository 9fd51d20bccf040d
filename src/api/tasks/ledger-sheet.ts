import { taskAnswer, type TaskAnswer } from '../../application/tasks/answers.ts';
import { foldText } from '../../kernel/json.ts';
import { ownValue } from '../../kernel/own-value.ts';
import type { Column, Language, Sheet, Words } from '../../publishing/sheets/sheet.ts';
import { sheetOf } from '../shared/sheets.ts';
import { HEADINGS } from '../shared/sheet-words.ts';

/** The ledger as a sheet: what people read, and behind it what a ledger that is sent back needs to be the same. */

const READ = [
  'number',
  'theme',
  'group',
  'title',
  'text',
  'assignees',
  'leaderPosts',
  'measurements',
  'deadlineTerms',
  'deadline',
  'status',
  'progress',
  'standing',
  'compliance',
  'kind',
  'id',
  'directive',
] as const;

/** What has become of a task: shown, and never taken from a sheet. */
export const BECOME = ['status', 'progress', 'standing', 'compliance'] as const;

/** Named by nobody: every leader of the row is a post alone. */
export const POSTS_ALONE = '—';

export const DEADLINE_KINDS: Readonly<Record<string, string>> = {
  date: '日期',
  period: '时段',
  standing: '长期坚持',
  continuous: '持续推进',
  immediate: '立行立改',
  recurring: '定期',
};
export const PRECISIONS: Readonly<Record<string, string>> = {
  'ten-days': '旬',
  month: '月',
  quarter: '季度',
  'half-year': '半年',
  year: '年',
};

const BREAKS: Words = { en: '; ', zh: '；' };
const word = (words: Readonly<Record<string, string>>, code: string, language: Language): string =>
  language === 'zh' ? (ownValue(words, code) ?? '') : Object.hasOwn(words, code) ? code : '';

const column = (field: string, zh: string, value: Column<TaskAnswer>['value']): Column<TaskAnswer> => ({
  heading: { en: field, zh },
  width: 16,
  value,
});

/** Empty where it follows from the day and the words: `date` by what is printed, none without a day. */
const kindShown = ({ deadline, deadlineTerms: { kind, printed } }: TaskAnswer, language: Language): string =>
  kind === 'none' || (kind === 'date' && printed === deadline) ? '' : word(DEADLINE_KINDS, kind, language);

/** Names, by which a post is told from a person; a sign where there are posts alone. */
const leadersShown = ({ leaders, leaderPosts }: TaskAnswer, language: Language): string =>
  leaders.length === 0 && leaderPosts.length > 0 ? POSTS_ALONE : leaders.join(BREAKS[language]);

const BEHIND: readonly Column<TaskAnswer>[] = [
  column('parent', HEADINGS['parent'] ?? 'parent', ({ parent }) => parent),
  column('leaders', HEADINGS['leaders'] ?? 'leaders', leadersShown),
  column('themeNumber', '主题序号', ({ theme }) => theme?.number ?? null),
  column('groupNumber', '分组序号', ({ group }) => group?.number ?? null),
  column('deadlineKind', '时限类别', kindShown),
  column('deadlinePrecision', '时限精度', ({ deadlineTerms: { precision } }, language) => word(PRECISIONS, precision, language)),
  column('milestones', HEADINGS['milestones'] ?? 'milestones', ({ deadlineTerms: { milestones } }, language) =>
    milestones.map(({ title, due }) => `${title}（${due}）`).join(BREAKS[language]),
  ),
];

const shown = sheetOf(taskAnswer, {
  title: { en: 'Ledger of tasks', zh: '任务台账' },
  fileName: { en: 'tasks', zh: '任务台账' },
  fields: READ,
});

export const ledgerSheet: Sheet<TaskAnswer> = { ...shown, columns: [...shown.columns, ...BEHIND] };

export type LedgerField =
  | (typeof READ)[number]
  | 'parent'
  | 'leaders'
  | 'themeNumber'
  | 'groupNumber'
  | 'deadlineKind'
  | 'deadlinePrecision'
  | 'milestones'
  /** No ledger shows it; a sheet may say it. */
  | 'effectiveFrom';

/** Fields by their headings in either language. */
export const ledgerFields = (): ReadonlyMap<string, LedgerField> =>
  new Map(
    [
      ...ledgerSheet.columns.map(({ heading }) => heading),
      { en: 'effectiveFrom', zh: HEADINGS['effectiveFrom'] ?? 'effectiveFrom' },
    ].flatMap(
      // The cast: the English heading of each column is the name of its field.
      ({ en, zh }) => [en, zh].map((heading) => [foldText(heading), en as LedgerField] as const),
    ),
  );
