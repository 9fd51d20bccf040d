import { ownValue } from '../../kernel/own-value.ts';
import { assigneeRole } from '../../domain/directives/duty.ts';
import { taskKind, type LeaderPost } from '../../domain/tasks/events.ts';
import { leaderOf } from '../../importer/parts/leaders.ts';
import { say, type Message, type Value } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';
import { Told } from '../../messages/told.ts';
import { inEach } from '../../messages/words.ts';
import type { SheetRow } from '../shared/sheet-rows.ts';
import { CHANGES, DEADLINE_KINDS, POSTS_ALONE, PRECISIONS, type LedgerField } from './ledger-sheet.ts';

/** A row of a ledger as the task that it says: each cell is read as the ledger writes it (`ledger-sheet.ts`, `sheets.ts`). */

/** What a row says, before it is held against the schema of a task; undefined where the file has no such column. */
export type RowSaid = {
  readonly id: string | undefined;
  readonly directive: string | undefined;
  readonly kind: string;
  readonly number: number | null;
  readonly title: string | undefined;
  readonly text: string;
  readonly theme: { readonly number: number | undefined; readonly name: string } | null;
  readonly group: { readonly number: string | undefined; readonly name: string } | null;
  readonly parent: string | null;
  /** By name or id. */
  readonly assignees: readonly { readonly role: string; readonly name: string }[];
  readonly leaders: readonly LeaderPost[];
  readonly measurements: readonly {
    readonly metric: string;
    readonly comparator: string;
    readonly target: string | null;
    readonly unit: string | null;
  }[];
  readonly deadline: string | null;
  readonly deadlineTerms:
    | {
        readonly printed: string;
        readonly kind: string;
        readonly precision: string;
        readonly milestones: readonly { readonly title: string; readonly due: string }[];
      }
    | undefined;
  readonly effectiveFrom: string | undefined;
};

export type Unread = { readonly field: LedgerField; readonly detail: Message };
export type RowRead = { readonly ok: true; readonly said: RowSaid } | ({ readonly ok: false } & Unread);

/** Caught by `readRow`. */
class Wrong extends Told {
  readonly field: LedgerField;
  readonly detail: Message;
  constructor(field: LedgerField, detail: Message) {
    super(detail);
    this.field = field;
    this.detail = detail;
  }
}

/** The code of a word in either language. */
const codeIn = (codes: readonly string[], text: string): string | undefined =>
  codes.find((code) => Object.values(inEach(stateSaid(code))).includes(text));

/** Codes beside their words: a cell may hold either. */
const either = (codes: readonly string[]): readonly Value[] => [
  ...new Set(codes.flatMap((code) => Object.values(inEach(stateSaid(code))))),
];

const SEPARATOR = /[；;\n]\s*/u;
const listOf = (text: string): readonly string[] => text.split(SEPARATOR).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));

/** The bracket that ends a text, without one in it. */
const BRACKET = /[（(]([^（()）]+)[)）]$/u;
/** A longer one is no part of a ledger: what is looked for in it would take time that grows with its square. */
const LONGEST_PART = 1_000;
const partsBy = (pattern: RegExp, part: string): RegExpExecArray | null => (part.length > LONGEST_PART ? null : pattern.exec(part));

/** What ends in brackets: `市教育局（牵头）；市财政局（配合）`. */
const inBrackets = (text: string, field: LedgerField, example: string): readonly (readonly [text: string, inside: string])[] =>
  listOf(text).map((part) => {
    const bracket = partsBy(BRACKET, part);
    const before = part.slice(0, bracket?.index ?? 0).trim();
    const inside = bracket?.[1];
    if (before === '' || inside === undefined) throw new Wrong(field, say('ledger-row.not-written-as', { part, example }));
    return [before, inside] as const;
  });

const assigneesIn = (text: string): RowSaid['assignees'] =>
  inBrackets(text, 'assignees', '市教育局（牵头）').map(([name, said]) => {
    const role = codeIn(assigneeRole.options, said);
    if (role === undefined) throw new Wrong('assignees', say('ledger-row.no-role', { said, roles: either(assigneeRole.options) }));
    return { role, name };
  });

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u;
const dayIn = (text: string, field: LedgerField): string => {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  if (year === '') throw new Wrong(field, say('ledger-row.no-day', { text }));
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

const COMPARATORS: Readonly<Record<string, string>> = { '≥': 'gte', '>': 'gt', '≤': 'lte', '<': 'lt', '=': 'eq', '≈': 'approx' };
/** The last sign is the comparator: a metric may have one in its own words. */
const MEASURED = /^(.*[^\s≥>≤<=≈])\s*([≥>≤<=≈])\s*(-?\d+(?:\.\d+)?)?\s*([^≥>≤<=≈]*)$/su;

/** `城镇化率 提高1.2个百分点`: a target in points is shown with the way in which it is to change. */
const CHANGED = new RegExp(`^(.+?)\\s+(?:${CHANGES.join('|')})(\\d+(?:\\.\\d+)?)(个?百分点.*)$`, 'su');

const measurementsIn = (text: string): RowSaid['measurements'] =>
  listOf(text).map((part) => {
    const [, changed, by, points] = partsBy(CHANGED, part) ?? [];
    if (changed !== undefined) return { metric: changed, comparator: 'eq', target: by ?? null, unit: points ?? null };
    const [, metric, sign, target, unit] = partsBy(MEASURED, part) ?? [];
    const comparator = sign === undefined ? undefined : ownValue(COMPARATORS, sign);
    if (metric === undefined || comparator === undefined) return { metric: part, comparator: 'qualitative', target: null, unit: null };
    return { metric, comparator, target: target ?? null, unit: unit === undefined || unit === '' ? null : unit };
  });

const POST_AND_NAME = /^(.+)\s+(\S+)$/u;

/** `分管副市长 张三`: with the names beside it a post is told from a name for certain, without them by the words. */
const leadersIn = (text: string, names: string): readonly LeaderPost[] => {
  if (names === '')
    return listOf(text).map((part): LeaderPost => {
      const [, title, last] = partsBy(POST_AND_NAME, part) ?? [];
      if (title !== undefined && last !== undefined) return { name: last, title };
      const read = leaderOf(part);
      if (read === null) throw new Wrong('leaderPosts', say('ledger-row.neither-name-nor-post', { part }));
      return read;
    });
  const left = names === POSTS_ALONE ? [] : [...listOf(names)];
  const posts = (text === '' ? left : listOf(text)).map((part): LeaderPost => {
    const [next] = left;
    if (next === undefined || (part !== next && !part.endsWith(` ${next}`))) return { name: null, title: part };
    if (text !== '') left.shift();
    return { name: next, title: part === next ? null : part.slice(0, -next.length - 1) };
  });
  if (text !== '' && left.length > 0) throw new Wrong('leaders', say('ledger-row.not-among-leaders', { names: left.join('、') }));
  return posts;
};

const codeOf = (text: string, codes: readonly string[], field: LedgerField): string | undefined => {
  if (text === '') return undefined;
  const code = codeIn(codes, text);
  if (code === undefined) throw new Wrong(field, say('ledger-row.not-one-of', { text, codes: either(codes) }));
  return code;
};

const termsIn = (cell: (field: LedgerField) => string, deadline: string | null): RowSaid['deadlineTerms'] => {
  const printed = cell('deadlineTerms');
  const kind = codeOf(cell('deadlineKind'), DEADLINE_KINDS, 'deadlineKind');
  const precision = codeOf(cell('deadlinePrecision'), PRECISIONS, 'deadlinePrecision');
  const milestones = inBrackets(cell('milestones'), 'milestones', '完成方案（2024-06-30）').map(([title, day]) => ({
    title,
    due: dayIn(day, 'milestones'),
  }));
  // The day alone says as much.
  if ((printed === '' || printed === deadline) && kind === undefined && precision === undefined && milestones.length === 0)
    return undefined;
  return { printed, kind: kind ?? (deadline === null ? 'none' : 'date'), precision: precision ?? 'day', milestones };
};

const WHOLE = /^\d{1,15}$/u;
const numberIn = (text: string, field: LedgerField): number | null => {
  if (text === '') return null;
  if (!WHOLE.test(text)) throw new Wrong(field, say('ledger-row.no-whole-number', { text }));
  return Number(text);
};

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

const said = ({ cells, astray }: SheetRow<LedgerField>): RowSaid => {
  if (astray !== undefined) throw new Wrong('text', say('ledger-row.under-no-heading', astray));
  const cell = (field: LedgerField): string => cells.get(field)?.text ?? '';
  const deadline = cell('deadline') === '' ? null : dayIn(cell('deadline'), 'deadline');
  const [theme, group] = [cell('theme'), cell('group')];
  return {
    id: orNothing(cell('id')),
    directive: orNothing(cell('directive')),
    kind: codeOf(cell('kind'), taskKind.options, 'kind') ?? 'task',
    number: numberIn(cell('number'), 'number'),
    title: orNothing(cell('title')),
    text: cell('text'),
    theme: theme === '' ? null : { number: numberIn(cell('themeNumber'), 'themeNumber') ?? undefined, name: theme },
    group: group === '' ? null : { number: orNothing(cell('groupNumber')), name: group },
    parent: orNothing(cell('parent')) ?? null,
    assignees: assigneesIn(cell('assignees')),
    leaders: leadersIn(cell('leaderPosts'), cell('leaders')),
    measurements: measurementsIn(cell('measurements')),
    deadline,
    deadlineTerms: termsIn(cell, deadline),
    effectiveFrom: cell('effectiveFrom') === '' ? undefined : dayIn(cell('effectiveFrom'), 'effectiveFrom'),
  };
};

export const readRow = (row: SheetRow<LedgerField>): RowRead => {
  try {
    return { ok: true, said: said(row) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, field: error.field, detail: error.detail };
    throw error;
  }
};
