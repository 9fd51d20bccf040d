import type { DocumentReading, ReadItem } from '../../src/importer/document-reading.ts';
import { dueUnder } from '../../src/domain/directives/due.ts';
import type { Duty } from '../../src/domain/directives/duty.ts';
import { UNSAID, type Policy } from '../../src/domain/directives/events.ts';
import { relativeIds } from '../../src/importer/relative-ids.ts';
import { periodsBetween } from '../../src/kernel/periods.ts';
import { folded, withoutBlanks } from '../../src/importer/words/folded.ts';

/** The right reading of a case, worked out by hand; a name that ends in * is a collective. */
export type Expected = {
  readonly source: string;
  readonly number: string | null;
  readonly date: string | null;
  readonly title: string;
  readonly issuer: string;
  readonly items: readonly ExpectedItem[];
  readonly reporting: { readonly printed: string | null; readonly rules: readonly ExpectedRule[] };
  readonly findings: readonly string[];
  /** What it says cannot be told without the office's profile; a finding must wait for a person. */
  readonly needsProfile?: boolean;
};

export type ExpectedItem = {
  readonly number: string;
  readonly text: string;
  readonly parties: {
    readonly lead?: readonly string[];
    readonly cooperating?: readonly string[];
    readonly responsible?: readonly string[];
    readonly openList?: boolean;
  };
  readonly leaders: readonly { readonly name: string | null; readonly title: string | null }[];
  readonly deadline: { readonly printed: string; readonly date: string | null } | null;
  readonly quantities: readonly {
    readonly metric: string;
    readonly comparator: string;
    readonly target: string | null;
    readonly unit: string | null;
  }[];
  readonly section?: string;
  readonly milestones?: readonly { readonly printed: string; readonly date: string | null }[];
  readonly children?: readonly ExpectedItem[];
};

export type ExpectedRule = {
  readonly every: string;
  readonly item?: string;
  readonly day?: number | 'last';
  readonly weekday?: number;
  readonly due?: string;
  readonly dues?: readonly string[];
  readonly from?: string;
  readonly firstPeriod?: string;
  readonly firstDue?: string;
  readonly lastPeriod?: string;
  readonly lastDue?: string;
  readonly offset?: string;
};

export const ASPECTS = ['head', 'items', 'parties', 'deadlines', 'leaders', 'quantities', 'schedules'] as const;
export type Aspect = (typeof ASPECTS)[number];
export type Difference = { readonly aspect: Aspect; readonly item: string | null; readonly detail: string };

const plain = (text: string): string => withoutBlanks(folded(text)).replaceAll('"', '"');
const same = (a: string | null, b: string | null): boolean => (a === null || b === null ? a === b : plain(a) === plain(b));
const shown = (value: unknown): string => JSON.stringify(value);

const namesOf = (item: ReadItem, role: string): string =>
  item.assignees
    .filter((assignee) => assignee.role === role)
    .map(({ name, kind }) => plain(name) + (kind === 'collective' ? '*' : ''))
    .join(' ');

/** 一、/(一) stands for the headings that begin so; the last ones count. */
const isSection = (read: string | null, expected: string): boolean => {
  const [have, want] = [(read ?? '').split('/'), expected.split('/')];
  return want.every((part, index) => plain(have[have.length - want.length + index] ?? '').startsWith(plain(part)));
};

/** A deadline is printed in one cell or over a heading and a cell: what is read must begin what is expected, or the other way round. */
const isPrinted = (read: string, expected: string): boolean =>
  plain(read) === plain(expected) || (plain(expected).startsWith(plain(read)) && /季度/u.test(read));

const itemDifferences = (read: ReadItem, expected: ExpectedItem): readonly Difference[] => {
  const found: Difference[] = [];
  const differs = (aspect: Aspect, detail: string): void => void found.push({ aspect, item: expected.number, detail });
  const numbers = [read.number, `${read.kind} ${read.number}`];
  if (!numbers.includes(expected.number)) differs('items', `number ${read.number}, not ${expected.number}`);
  if (!same(read.text, expected.text)) differs('items', `text “${read.text}”, not “${expected.text}”`);
  if (expected.section !== undefined && !isSection(read.section, expected.section))
    differs('items', `section ${shown(read.section)}, not ${expected.section}`);
  for (const role of ['lead', 'cooperating', 'responsible'] as const) {
    const want = (expected.parties[role] ?? []).map(plain).join(' ');
    if (namesOf(read, role) !== want) differs('parties', `${role} “${namesOf(read, role)}”, not “${want}”`);
  }
  if (read.openList !== (expected.parties.openList ?? false)) differs('parties', `open ${String(read.openList)}`);
  const leaders = shown(read.leaders.map(({ name, title }) => [name, title]));
  if (leaders !== shown(expected.leaders.map(({ name, title }) => [name, title])))
    differs('leaders', `${leaders}, not ${shown(expected.leaders)}`);
  const { deadline } = read;
  if ((deadline === null) !== (expected.deadline === null)) differs('deadlines', `${shown(deadline)}, not ${shown(expected.deadline)}`);
  else if (
    deadline !== null &&
    expected.deadline !== null &&
    (deadline.date !== expected.deadline.date || !isPrinted(deadline.printed, expected.deadline.printed))
  )
    differs('deadlines', `${shown(deadline)}, not ${shown(expected.deadline)}`);
  if (expected.milestones !== undefined) {
    const milestones = (list: readonly { readonly printed: string; readonly date: string | null }[]): string =>
      list.map(({ printed, date }) => `${plain(printed)} ${String(date)}`).join('; ');
    if (milestones(read.milestones) !== milestones(expected.milestones))
      differs('deadlines', `milestones ${milestones(read.milestones)}, not ${milestones(expected.milestones)}`);
  }
  const quantities = (list: ExpectedItem['quantities']): string =>
    list.map(({ metric, comparator, target, unit }) => `${plain(metric)} ${comparator} ${target ?? ''}${unit ?? ''}`).join('; ');
  if (quantities(read.measurements) !== quantities(expected.quantities))
    differs('quantities', `${quantities(read.measurements)}, not ${quantities(expected.quantities)}`);
  return [...found, ...itemsDiffer(read.children, expected.children ?? [])];
};

const itemsDiffer = (read: readonly ReadItem[], expected: readonly ExpectedItem[]): readonly Difference[] => [
  ...(read.length === expected.length
    ? []
    : [
        {
          aspect: 'items' as const,
          item: null,
          detail: `${read.length} items (${read.map(({ number }) => number).join(', ')}), not ${expected.length}`,
        },
      ]),
  ...expected.flatMap((item, index) => {
    const other = read[index];
    return other === undefined ? [] : itemDifferences(other, item);
  }),
];

export { itemsDiffer };

export const differencesFrom = (reading: DocumentReading, expected: Expected): readonly Difference[] => {
  const found: Difference[] = [];
  for (const key of ['number', 'title', 'issuer', 'date'] as const)
    if (!same(reading.directive[key], expected[key]))
      found.push({ aspect: 'head', item: null, detail: `${key} ${String(reading.directive[key])}, not ${String(expected[key])}` });
  return [...found, ...itemsDiffer(reading.items, expected.items), ...scheduleDifferences(reading, expected)];
};

/** A policy to work out days with: the duties decide, the rest changes nothing here. */
const POLICY: Policy = {
  version: 1,
  effectiveFrom: '2000-01-01',
  timeZone: 'Asia/Shanghai',
  bound: 'inclusive',
  duties: [],
  withdrawn: [],
  decides: 'first-submission',
  completed: 'release',
  ...UNSAID,
};

const duesOf = (duty: Duty): readonly string[] =>
  duty.every === 'once' ? [duty.due.date ?? ''] : periodsBetween(duty.from, duty.to).map((period) => dueUnder(duty, POLICY, period).day);

/** What a rule of the case asks of a duty, in words; empty where the duty is as it says. */
const ruleFaults = (duty: Duty, rule: ExpectedRule): readonly string[] => {
  const dues = duesOf(duty);
  const periods = duty.every === 'once' ? [] : periodsBetween(duty.from, duty.to);
  const faults: string[] = [];
  const want = (what: string, read: unknown, expected: unknown): void => {
    if (expected !== undefined && shown(read) !== shown(expected)) faults.push(`${what} ${shown(read)}, not ${shown(expected)}`);
  };
  want('day', duty.due.day, rule.day === 'last' ? 31 : rule.day);
  want('weekday', duty.due.weekday, rule.weekday);
  want('dues', dues, rule.dues);
  want('due', dues.at(-1), rule.due);
  want('first period', periods[0], rule.firstPeriod);
  want('first due', dues[0], rule.firstDue);
  want('last period', periods.at(-1), rule.lastPeriod);
  want('last due', dues.at(-1), rule.lastDue);
  want('from', duty.from, rule.from?.slice(0, 'YYYY-MM'.length));
  want('offset', duty.due.offset, rule.offset === undefined ? undefined : rule.offset.startsWith('next') ? 1 : 0);
  return faults;
};

/** A rule to the duties that it stands for: twice a month is two, what is asked for without a day is none. */
const asDuties = (rule: ExpectedRule): readonly ExpectedRule[] => {
  if (rule.every === 'ad hoc') return [];
  return rule.every === 'half-month' ? [15, 31].map((day) => ({ ...rule, every: 'month', day })) : [rule];
};

const scheduleDifferences = ({ schedule: { duties }, items }: DocumentReading, { reporting }: Expected): readonly Difference[] => {
  const rules = reporting.rules.flatMap(asDuties);
  const ids = new Map([...relativeIds(items)].map(([{ number }, id]) => [number, id]));
  const differs = (detail: string): Difference => ({ aspect: 'schedules', item: null, detail });
  if (duties.length !== rules.length) return [differs(`${duties.length} duties, not ${rules.length}`)];
  return rules.flatMap((rule, index) => {
    const duty = duties[index];
    if (duty === undefined || duty.every !== rule.every) return [differs(`every ${String(duty?.every)}, not ${rule.every}`)];
    const of = rule.item === undefined ? undefined : ids.get(rule.item);
    const tasks = shown(duty.tasks) === shown(of === undefined ? undefined : [of]) ? [] : [`tasks ${shown(duty.tasks)}`];
    return [...tasks, ...ruleFaults(duty, rule)].map(differs);
  });
};
