import type { Duty } from '../../domain/directives/duty.ts';
import { findingKindOf, UNSAID, type ImportCounts, type PolicyRules } from '../../domain/directives/events.ts';
import type { DeadlineTerms, TaskKind } from '../../domain/tasks/events.ts';
import { leadersOf } from '../../domain/tasks/leaders.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import { foldText } from '../../kernel/json.ts';
import { periodStart } from '../../kernel/periods.ts';
import type { CollectiveDecision, Draft, DraftFinding } from './draft.ts';
import { entriesOf, type Entry } from './entries.ts';
import { allOf, type DraftItem } from './items.ts';
import { ordinalOf } from './keys.ts';
import { lineOf, wholeOf } from './lines.ts';
import { measurementOf } from './measurements.ts';
import { isNote } from './notes.ts';
import { placesOf, type Place } from './places.ts';
import { namesOf, type Names } from './planned-names.ts';
import { recordable } from '../../messages/kept.ts';
import type { Plan, PlannedFinding, PlannedTask } from './planned.ts';

export type { Plan, PlannedFinding, PlannedTask, PlannedUnit } from './planned.ts';

const TIME_ZONE = 'Asia/Shanghai';

const termsOf = ({ deadline, milestones }: DraftItem): DeadlineTerms | undefined => {
  const stages = milestones.flatMap(({ printed, date }) => (date === null ? [] : [{ title: printed, due: date }]));
  if (deadline === null) return stages.length === 0 ? undefined : { printed: '', kind: 'none', precision: 'day', milestones: stages };
  const { printed, kind, precision } = deadline;
  return { printed, kind, precision, milestones: stages };
};

type Whence = { readonly directive: string; readonly sha256: string };

const taskOf = (entry: Entry, place: Place, names: Names, { directive, sha256 }: Whence): PlannedTask => {
  const { item, parent, assignees } = entry;
  const posts = item.leaders.filter(({ name, title }) => name !== null || title !== null);
  const terms = termsOf(item);
  const parties = assignees.map(({ role, name, kind }) => ({ role, party: names.idOf(name), kind }));
  return {
    id: `${directive}-${item.key}`,
    kind: item.kind,
    number: ordinalOf(item.number),
    title: titleOf(item.text).slice(0, 200),
    text: item.text,
    sourceLine: lineOf(item.address),
    ...place,
    parent: parent === null ? null : `${directive}-${parent}`,
    assignees: parties.filter(({ party }, index) => parties.findIndex((other) => other.party === party) === index),
    ...leadersOf(posts),
    deadline: item.deadline?.date ?? null,
    ...(terms && { deadlineTerms: terms }),
    measurements: item.measurements.map(measurementOf),
    source: { sha256, address: item.address },
  };
};

/** Duties of single items name them by their keys. */
const dutiesOf = ({ schedule, items }: Draft, directive: string): readonly Duty[] => {
  const keys = new Set(allOf(items).map(({ key }) => key));
  return schedule.duties.flatMap((duty) => {
    const tasks = duty.tasks?.flatMap((task): NonNullable<Duty['tasks']> =>
      typeof task !== 'string' ? [task] : keys.has(task) ? [`${directive}-${task}`] : [],
    );
    if (tasks === undefined) return [duty];
    return tasks.length === 0 ? [] : [{ ...duty, tasks }];
  });
};

const rulesOf = (duties: readonly Duty[], date: string, timeZone: string): PolicyRules | null => {
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
const subjectsIn = (
  entries: readonly Entry[],
  collectives: Plan['collectives'],
  directive: string,
): ((finding: DraftFinding) => string) => {
  const keys = new Map<string, string>();
  for (const { item } of entries) if (!keys.has(item.address)) keys.set(item.address, item.key);
  return ({ kind, detail, address }) => {
    const named = kind === 'collective-unresolved' ? collectives.find(({ name }) => detail.includes(name)) : undefined;
    if (named !== undefined) return named.id;
    const about = keys.get(address) ?? keys.get(wholeOf(address));
    return about === undefined ? directive : `${directive}-${about}`;
  };
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
export const partiesOf = (draft: Draft): Pick<Plan, 'units' | 'collectives'> => {
  const { units, collectives } = namesOf(entriesOf(draft.items), draft);
  return { units, collectives };
};

/** Whether it is known what the directive is to be called, who issued it and when. */
export const isPlannable = ({ directive: { id, title, issuer, date } }: Draft): boolean =>
  id !== null && title !== null && issuer !== null && date !== null;

/** @throws Error  where the draft's head is not known: its findings say so, and it is not to be committed */
export const planOf = (draft: Draft, sha256: string): Plan => {
  const { id, number, title, issuer, date, timeZone } = draft.directive;
  if (id === null || title === null || issuer === null || date === null) throw new Error('the head of the document is not known');
  const zone = timeZone ?? TIME_ZONE;
  const entries = entriesOf(draft.items);
  const names = namesOf(entries, draft);
  const placeOf = placesOf(allOf(draft.items));
  const places = new Map(entries.map(({ item }) => [item.key, placeOf(item)]));
  const tasks = entries.map((entry) => {
    const own = places.get(entry.item.key) ?? placeOf(entry.item);
    const place = own.theme === null && entry.parent !== null ? (places.get(entry.parent) ?? own) : own;
    return taskOf(entry, place, names, { directive: id, sha256 });
  });
  const raised = draft.findings.filter((finding) => finding.decision !== null || !isNote(finding));
  const subjectOf = subjectsIn(entries, names.collectives, id);
  const findings = raised.map((finding, index): PlannedFinding => {
    const subject = subjectOf(finding);
    return {
      n: index + 1,
      kind: findingKindOf(finding.kind),
      subject,
      line: lineOf(finding.address) ?? 1,
      detail: finding.detail,
      ...(finding.said && { said: recordable(finding.said) }),
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
    decisions: raised.flatMap(({ decision }, index) =>
      decision === null ? [] : [{ n: index + 1, decision: decision.decision, reason: decision.reason }],
    ),
    prose: draft.prose.flatMap(({ section, text, address }) =>
      text === '' ? [] : [{ section: section === '' ? '—' : section, text, address }],
    ),
    rules: rulesOf(dutiesOf(draft, id), date, zone),
  };
};
