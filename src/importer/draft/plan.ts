import { foldText } from '../../kernel/json.ts';
import { periodStart } from '../../kernel/periods.ts';
import {
  findingKindOf,
  UNSAID,
  type FindingKind,
  type ImportCounts,
  type PolicyRules,
  type Prose,
} from '../../domain/directives/events.ts';
import type { Assignee, CitedSource, DeadlineTerms, LeaderPost, Measurement, TaskKind } from '../../domain/tasks/events.ts';
import { leadersOf } from '../../domain/tasks/leaders.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import { idsFor } from '../ids.ts';
import { linkRows } from '../links.ts';
import type { Profile } from '../profile.ts';
import { unitKind } from '../unit-list.ts';
import type { CollectiveDecision, Draft, DraftFinding } from './draft.ts';
import { allOf, type DraftItem } from './items.ts';
import { ordinalOf, withKeys } from './keys.ts';
import { placesOf, type Place } from './places.ts';

/** What a draft becomes: units, tasks and rules as the commands take them, under the ids that they are to have. */

export type PlannedTask = {
  readonly id: string;
  readonly kind: TaskKind;
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: Place['theme'];
  readonly group: Place['group'];
  readonly parent: string | null;
  /** Parties by the plan's own ids. */
  readonly assignees: readonly Assignee[];
  readonly leaders: readonly string[];
  readonly leaderPosts?: readonly LeaderPost[] | undefined;
  readonly deadline: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
  readonly measurements: readonly Measurement[];
  readonly source?: CitedSource | undefined;
};

export type PlannedUnit = {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  /** The unit of the roster that a person has found it to be; `alias`: and is to be known by this name from now on. */
  readonly is?: { readonly unit: string; readonly alias: boolean } | undefined;
};

export type PlannedFinding = {
  readonly n: number;
  readonly kind: FindingKind;
  readonly subject: string;
  readonly line: number;
  readonly detail: string;
  readonly address?: string | undefined;
};

export type Plan = {
  readonly directive: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly issuer: string;
    readonly date: string;
    readonly timeZone: string;
    readonly sourceSha256: string;
  };
  readonly profile: Profile | null;
  readonly counts: ImportCounts;
  readonly units: readonly PlannedUnit[];
  readonly collectives: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly {
    readonly collective: string;
    readonly members: readonly string[];
    readonly from: string;
    readonly basis: string;
  }[];
  readonly tasks: readonly PlannedTask[];
  readonly findings: readonly PlannedFinding[];
  readonly decisions: readonly { readonly n: number; readonly decision: string; readonly reason: string }[];
  readonly prose: readonly Prose[];
  readonly rules: PolicyRules | null;
};

const TIME_ZONE = 'Asia/Shanghai';
const KIND_ORDER = { target: 0, task: 1, item: 2 } as const;

/** `line 12` is 12; of a cell or a row of a table the number of the row. */
export const lineOf = (address: string): number | null => {
  const line = Number(/(\d+)\D*$/u.exec(address)?.[1] ?? 0);
  return line > 0 ? line : null;
};

type Entry = { readonly id: string; readonly item: DraftItem; readonly parent: string | null; readonly assignees: DraftItem['assignees'] };

/** Every item with the id of its task; a part is given to those who have the whole, where it names nobody. */
const entriesOf = (items: readonly DraftItem[], directive: string): readonly Entry[] => {
  const keys = new Map<DraftItem, string>();
  const note = (own: readonly DraftItem[], keyed: ReturnType<typeof withKeys>): void =>
    own.forEach((item, index) => {
      keys.set(item, keyed[index]?.key ?? item.key);
      note(item.children, keyed[index]?.children ?? []);
    });
  note(items, withKeys(items));
  const idOf = (item: DraftItem): string => `${directive}-${keys.get(item) ?? item.key}`;
  const walk = (own: readonly DraftItem[], parent: Entry | null): readonly Entry[] =>
    own.flatMap((item) => {
      const assignees = item.assignees.length > 0 ? item.assignees : (parent?.assignees ?? []);
      const entry = { id: idOf(item), item, parent: parent?.id ?? null, assignees };
      return [entry, ...walk(item.children, entry)];
    });
  return walk(items, null);
};

/** Rows of a schedule of items belong to the tasks whose words they repeat. */
const withTasksOfRows = (entries: readonly Entry[]): readonly Entry[] => {
  const tasks = entries.filter(({ item, parent }) => item.kind === 'task' && parent === null);
  const rows = entries.filter(({ item, parent }) => item.kind === 'item' && parent === null);
  if (tasks.length === 0 || rows.length === 0) return entries;
  const links = linkRows(
    rows.map(({ item }) => item.text),
    tasks.map(({ item }) => item.text),
  );
  const parents = new Map(rows.map((row, index) => [row, tasks[(links[index]?.task ?? 0) - 1]?.id ?? null]));
  return entries.map((entry) => (parents.has(entry) ? { ...entry, parent: parents.get(entry) ?? null } : entry));
};

type Names = {
  readonly units: readonly PlannedUnit[];
  readonly collectives: Plan['collectives'];
  readonly idOf: (name: string) => string;
};

/** Every name once, in the order of first mention. */
const namesOf = (entries: readonly Entry[], { units: decided, collectives: known }: Draft): Names => {
  const kinds = new Map<string, 'unit' | 'collective'>();
  for (const { assignees } of entries) for (const { name, kind } of assignees) if (!kinds.has(name)) kinds.set(name, kind);
  for (const name of known.keys()) if (!kinds.has(name)) kinds.set(name, 'collective');
  const ids = idsFor([...kinds.keys()]);
  const units: PlannedUnit[] = [];
  const collectives: { id: string; name: string }[] = [];
  for (const [name, kind] of kinds) {
    const id = ids.get(name) ?? name;
    if (kind === 'collective') {
      collectives.push({ id, name });
      continue;
    }
    const decision = decided.get(name);
    if (decision === undefined) units.push({ id, name, kind: unitKind(name) });
    else if ('register' in decision)
      units.push({
        id: decision.register.id ?? id,
        name,
        kind: decision.register.kind === undefined ? unitKind(name) : decision.register.kind,
      });
    else if ('match' in decision) units.push({ id, name, kind: null, is: { unit: decision.match, alias: false } });
    else units.push({ id, name, kind: null, is: { unit: decision.alias, alias: true } });
  }
  const idByName = new Map([...units, ...collectives].map(({ id, name }) => [name, id]));
  return { units, collectives, idOf: (name) => idByName.get(name) ?? name };
};

const DECIMAL = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/u;

/** A range, and a figure that is no exact number, bind nobody by a number of their own; their words stay. */
const measurementOf = ({ metric, comparator, target, unit }: DraftItem['measurements'][number]): Measurement => {
  if (comparator === 'range' || (target !== null && !DECIMAL.test(target)))
    return { metric: `${metric} ${target ?? ''}${unit ?? ''}`.trim().slice(0, 200), comparator: 'qualitative', target: null, unit: null };
  return { metric, comparator, target, unit };
};

const termsOf = ({ deadline, milestones }: DraftItem): DeadlineTerms | undefined => {
  const stages = milestones.flatMap(({ printed, date }) => (date === null ? [] : [{ title: printed, due: date }]));
  if (deadline === null) return stages.length === 0 ? undefined : { printed: '', kind: 'none', precision: 'day', milestones: stages };
  const { printed, kind, precision } = deadline;
  return { printed, kind, precision, milestones: stages };
};

const taskOf = (entry: Entry, place: Place, names: Names, sha256: string): PlannedTask => {
  const { id, item, parent, assignees } = entry;
  const posts = item.leaders.filter(({ name, title }) => name !== null || title !== null);
  const terms = termsOf(item);
  const parties = assignees.map(({ role, name, kind }) => ({ role, party: names.idOf(name), kind }));
  return {
    id,
    kind: item.kind,
    number: ordinalOf(item.number),
    title: titleOf(item.text).slice(0, 200),
    text: item.text,
    sourceLine: lineOf(item.address),
    ...place,
    parent,
    assignees: parties.filter(({ party }, index) => parties.findIndex((other) => other.party === party) === index),
    ...leadersOf(posts),
    deadline: item.deadline?.date ?? null,
    ...(terms && { deadlineTerms: terms }),
    measurements: item.measurements.map(measurementOf),
    source: { sha256, address: item.address },
  };
};

const rulesOf = ({ schedule: { duties } }: Draft, date: string, timeZone: string): PolicyRules | null => {
  if (duties.length === 0) return null;
  const begins = duties.map(({ every, from }) => (every === 'once' ? date : periodStart(from).toString()));
  return {
    effectiveFrom: [...begins, date].sort()[0] ?? date,
    timeZone,
    bound: 'inclusive',
    duties,
    withdrawn: [],
    decides: 'first-submission',
    completed: 'release',
    ...UNSAID,
  };
};

/** The id of what a finding is about: the collective that it names, the item at its place, or the directive. */
const subjectOf = (finding: DraftFinding, entries: readonly Entry[], collectives: Plan['collectives'], directive: string): string => {
  if (finding.kind === 'collective-unresolved') {
    const named = collectives.find(({ name }) => finding.detail.includes(name));
    if (named !== undefined) return named.id;
  }
  return entries.find(({ item }) => item.address === finding.address)?.id ?? directive;
};

const distinct = (values: readonly (string | number | undefined)[]): number => new Set(values.filter((value) => value !== undefined)).size;

const countsOf = (tasks: readonly PlannedTask[], names: Names): ImportCounts => {
  const of = (kind: TaskKind): readonly PlannedTask[] => tasks.filter((task) => task.kind === kind);
  const body = of('task');
  const cooperating = body.filter(({ assignees }) => assignees.some(({ role }) => role === 'cooperating')).length;
  return {
    targets: of('target').length,
    themes: distinct(tasks.map(({ theme }) => theme?.number)),
    groups: distinct(tasks.map(({ group }) => group?.number)),
    tasks: body.length,
    items: of('item').length,
    units: names.units.length,
    collectives: names.collectives.length,
    tasksWithCooperating: cooperating,
    tasksWithoutCooperating: body.length - cooperating,
  };
};

/** A unit that a collective stands for, by id or by any name that the document gives it. */
const memberOf = (member: string, names: Names): string =>
  names.units.find(({ name }) => foldText(name) === foldText(member))?.id ?? member;

const membersOf = ({ name, members, from, basis }: CollectiveDecision, names: Names, date: string): Plan['members'][number] => ({
  collective: names.idOf(name),
  members: members.map((member) => memberOf(member, names)),
  from: from ?? date,
  basis,
});

/** The names that a draft gives its parties by, under the ids that they would have. */
export const partiesOf = (draft: Draft): Pick<Plan, 'units' | 'collectives'> => namesOf(entriesOf(draft.items, ''), draft);

/** @throws Error  where the draft's head is not known: its findings say so, and it is not to be committed */
export const planOf = (draft: Draft, sha256: string): Plan => {
  const { id, number, title, issuer, date, timeZone } = draft.directive;
  if (id === null || title === null || issuer === null || date === null) throw new Error('the head of the document is not known');
  const zone = timeZone ?? TIME_ZONE;
  const ordered = draft.items.toSorted((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
  const entries = withTasksOfRows(entriesOf(ordered, id)).toSorted((a, b) => KIND_ORDER[a.item.kind] - KIND_ORDER[b.item.kind]);
  const names = namesOf(entries, draft);
  const placeOf = placesOf(allOf(draft.items));
  const places = new Map(entries.map((entry) => [entry.id, placeOf(entry.item)]));
  const tasks = entries.map((entry) => {
    const own = places.get(entry.id) ?? placeOf(entry.item);
    const place = own.theme === null && entry.parent !== null ? (places.get(entry.parent) ?? own) : own;
    return taskOf(entry, place, names, sha256);
  });
  const findings = draft.findings.map((finding): PlannedFinding => {
    const subject = subjectOf(finding, entries, names.collectives, id);
    return {
      n: finding.n,
      kind: findingKindOf(finding.kind),
      subject,
      line: lineOf(finding.address) ?? 1,
      detail: finding.detail,
      address: finding.address,
    };
  });
  return {
    directive: { id, number: number ?? id, title, issuer, date, timeZone: zone, sourceSha256: sha256 },
    profile: draft.profile,
    counts: countsOf(tasks, names),
    units: names.units,
    collectives: names.collectives,
    members: [...draft.collectives.values()].map((decision) => membersOf(decision, names, date)),
    tasks,
    findings,
    decisions: draft.findings.flatMap(({ n, decision }) =>
      decision === null ? [] : [{ n, decision: decision.decision, reason: decision.reason }],
    ),
    prose: draft.prose.flatMap(({ section, text, address }) =>
      text === '' ? [] : [{ section: section === '' ? '—' : section, text, address }],
    ),
    rules: rulesOf(draft, date, zone),
  };
};
