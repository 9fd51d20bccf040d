import { taskAnswer, type TaskAnswer } from '../../application/tasks/answers.ts';
import { foldText } from '../../kernel/json.ts';
import type { Language } from '../../messages/language.ts';
import { headingSaid, stateIn } from '../../messages/named.ts';
import { BETWEEN_CLAUSES, inEach } from '../../messages/words.ts';
import type { Column, Reader, Sheet } from '../../publishing/sheets/sheet.ts';
import { sheetOf, wordsIn } from '../shared/sheets.ts';

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

/** Words before a target in points, which is read again with them. */
export const CHANGES: readonly string[] = ['提高', '上升', '提升', '增长', '增加', '降低', '下降', '减少', '压减'];

export const DEADLINE_KINDS: readonly string[] = ['date', 'period', 'standing', 'continuous', 'immediate', 'recurring'];
export const PRECISIONS: readonly string[] = ['ten-days', 'month', 'quarter', 'half-year', 'year'];

const word = (codes: readonly string[], code: string, language: Language): string => (codes.includes(code) ? stateIn(code, language) : '');

const headingOf = (field: string): Column<TaskAnswer>['heading'] => inEach(headingSaid(field) ?? field);
const column = (field: string, value: Column<TaskAnswer>['value']): Column<TaskAnswer> => ({
  heading: headingOf(field),
  width: 16,
  seen: 'hidden',
  value,
});

/** Empty where it follows from the day and the words: `date` by what is printed, none without a day. */
const kindShown = ({ deadline, deadlineTerms: { kind, printed } }: TaskAnswer, { language }: Reader): string =>
  kind === 'none' || (kind === 'date' && printed === deadline) ? '' : word(DEADLINE_KINDS, kind, language);

/** Names, by which a post is told from a person; a sign where there are posts alone. */
const leadersShown = ({ leaders, leaderPosts }: TaskAnswer, { language }: Reader): string =>
  leaders.length === 0 && leaderPosts.length > 0 ? POSTS_ALONE : leaders.join(BETWEEN_CLAUSES[language]);

const BEHIND: readonly Column<TaskAnswer>[] = [
  column('parent', ({ parent }) => parent),
  column('leaders', leadersShown),
  column('themeNumber', ({ theme }) => theme?.number ?? null),
  column('groupNumber', ({ group }) => group?.number ?? null),
  column('deadlineKind', kindShown),
  column('deadlinePrecision', ({ deadlineTerms: { precision } }, { language }) => word(PRECISIONS, precision, language)),
  column('milestones', ({ deadlineTerms: { milestones } }, { language }) =>
    milestones.map(({ title, due }) => `${title}（${due}）`).join(BETWEEN_CLAUSES[language]),
  ),
];

/** A target in points is a change: 城镇化率提高1.2个百分点 is not a rate of 1.2. */
const OF_CHANGE = /^个?百分点/u;

/** Which way it is to change, as the text of the task says it; undefined where it does not, or the target is no change. */
const changeIn = ({ title, text }: TaskAnswer, { comparator, target, unit }: TaskAnswer['measurements'][number]): string | undefined =>
  comparator !== 'eq' || target === null || !OF_CHANGE.test(unit ?? '')
    ? undefined
    : CHANGES.find((change) => [title, text].some((said) => said.includes(`${change}${target}`)));

const measured = (task: TaskAnswer, one: TaskAnswer['measurements'][number], reader: Reader): string => {
  const change = changeIn(task, one);
  return change === undefined ? wordsIn(one, reader) : `${one.metric} ${change}${one.target ?? ''}${one.unit ?? ''}`;
};

const asMeasured = (shown: Column<TaskAnswer>): Column<TaskAnswer> =>
  shown.heading.en === 'measurements'
    ? {
        ...shown,
        value: (task, reader) => task.measurements.map((one) => measured(task, one, reader)).join(BETWEEN_CLAUSES[reader.language]),
      }
    : shown;

const shown = sheetOf(taskAnswer, 'tasks', { fields: READ, folded: ['compliance', 'kind'] });

export const ledgerSheet: Sheet<TaskAnswer> = { ...shown, columns: [...shown.columns.map(asMeasured), ...BEHIND] };

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
    [...ledgerSheet.columns.map(({ heading }) => heading), headingOf('effectiveFrom')].flatMap(
      // The cast: the English heading of each column is the name of its field.
      ({ en, zh }) => [en, zh].map((heading) => [foldText(heading), en as LedgerField] as const),
    ),
  );
