import type { DubanEvent } from './catalogue.ts';
import type { Facts } from './compliance/facts.ts';
import type { Duty } from './directives/duty.ts';
import { inspectionStream } from './inspections/state.ts';
import { noticeStream } from './notices/state.ts';
import { TASK_EFFECTS } from './tasks/effects.ts';
import type { TaskEvent } from './tasks/events.ts';
import { taskStream, type TaskState } from './tasks/state.ts';

/**
 * What a unit may see of an event; office, auditor and admin see all. One rule, whichever way the event is asked for: in a
 * task's history, as a version of the task, by its receipt, or through what the views make of it.
 *
 * A unit sees the tasks that it carries or carried, what it says itself and what is said to it, and of what is said to
 * several its own part. What another unit says is never its own, on a task that both carry either.
 */

/** A unit that reads. */
export type UnitReader = {
  /** Whether a unit is the reader, or was merged into it. */
  readonly isOwn: (unit: string) => boolean;
  /** Whether it carries a task, or did. */
  readonly mayRead: (task: string) => boolean;
};

/** What is known of other events, as of the position up to which is read. */
export type Surroundings = {
  /** The unit that asked for an extension, by its number on the task. */
  readonly asked: (task: string, n: number) => string | undefined;
  /** The units that an inspection looks into. */
  readonly inspected: (inspection: string) => readonly string[];
  /** The units that a notice names, once it is issued: a draft is the office's alone. */
  readonly named: (notice: string) => readonly string[];
};

/** `redacted`: the data that is left of it. */
export type Shown = 'whole' | 'nothing' | { readonly redacted: object };

/** An event in its stream. */
export type Placed<Event extends DubanEvent = DubanEvent> = Event & { readonly stream: string };

type Of<Type extends DubanEvent['type']> = Placed<Extract<DubanEvent, { readonly type: Type }>>;
type Rule<Type extends DubanEvent['type']> = (event: Of<Type>, reader: UnitReader, around: Surroundings) => Shown;

const everybody = (): Shown => 'whole';
const nobody = (): Shown => 'nothing';
const wholeIf = (may: boolean): Shown => (may ? 'whole' : 'nothing');

/** Of things that are each about one unit, those about the reader. */
export const ownOf = <Item extends { readonly unit: string }>(
  items: readonly Item[],
  { isOwn }: Pick<UnitReader, 'isOwn'>,
): readonly Item[] => items.filter(({ unit }) => isOwn(unit));

const byOwn = ({ data }: { readonly data: { readonly unit: string } }, { isOwn }: UnitReader): Shown => wholeIf(isOwn(data.unit));

/** What becomes of a task is told without the words that went with it, and without whose they were. */
const withoutWords = (data: object): object => {
  const words = new Set(['unit', 'reason', 'authority']);
  return Object.fromEntries(Object.entries(data).filter(([name]) => !words.has(name)));
};

/** The name of another task, to who may read that one: a task's parent. */
export const nameShown = (task: string | null, mayRead: UnitReader['mayRead']): string | null =>
  task !== null && mayRead(task) ? task : null;

/** Without its parent, where that is none of the reader's. */
const assignedTo = (data: Extract<TaskEvent, { readonly type: 'TaskAssigned' }>['data'], mayRead: UnitReader['mayRead']): Shown => {
  const { parent, ...shown } = data;
  return parent === nameShown(parent, mayRead) ? 'whole' : { redacted: shown };
};

/** Of the tasks that a duty names those that the reader may read. */
export const dutiesShown = (duties: readonly Duty[], mayRead: UnitReader['mayRead']): readonly Duty[] =>
  duties.map((duty) =>
    duty.tasks === undefined ? duty : { ...duty, tasks: duty.tasks.filter((of) => typeof of !== 'string' || mayRead(of)) },
  );

const adopted: Rule<'PolicyAdopted'> = ({ data }, { mayRead }) => {
  const duties = dutiesShown(data.duties, mayRead);
  return duties.every(({ tasks }, index) => tasks?.length === data.duties[index]?.tasks?.length)
    ? 'whole'
    : { redacted: { ...data, duties } };
};

const ofTask = (event: Placed<TaskEvent>, { isOwn, mayRead }: UnitReader, { asked }: Surroundings): Shown => {
  const task = taskStream.idOf(event.stream);
  if (!mayRead(task)) return 'nothing';
  const { seen } = TASK_EFFECTS[event.type];
  const { data } = event;
  if (event.type === 'TaskAssigned') return assignedTo(event.data, mayRead);
  const unit = 'unit' in data ? data.unit : 'n' in data ? asked(task, data.n) : undefined;
  if (seen === 'all' || (unit !== undefined && isOwn(unit))) return 'whole';
  return seen === 'outcome' ? { redacted: withoutWords(data) } : 'nothing';
};

const isNamed = (event: { readonly stream: string }, { isOwn }: UnitReader, { named }: Surroundings): boolean =>
  named(noticeStream.idOf(event.stream)).some(isOwn);

/** What stands in an issued notice, to a unit that it names. */
const inNotice = (event: { readonly stream: string }, reader: UnitReader, around: Surroundings): Shown =>
  wholeIf(isNamed(event, reader, around));

/** And of that what is about one unit; null is about all. */
const inNoticeByOwn = (
  event: { readonly stream: string; readonly data: { readonly unit: string | null } },
  reader: UnitReader,
  around: Surroundings,
): Shown => wholeIf(isNamed(event, reader, around) && (event.data.unit === null || reader.isOwn(event.data.unit)));

/** Of the lines of a notice the reader's own; of the others how many there are. */
const linesFor = <Line extends { readonly unit: string }>(
  { lines: all }: { readonly lines: readonly Line[] },
  reader: Pick<UnitReader, 'isOwn'>,
): { readonly lines: readonly Line[]; readonly linesNotShown: number } => {
  const lines = ownOf(all, reader);
  return { lines, linesNotShown: all.length - lines.length };
};

/** Its own lines, and not the snapshot, which is of all units. */
const drafted: Rule<'NoticeDrafted'> = (event, reader, around) => {
  if (!isNamed(event, reader, around)) return 'nothing';
  const { snapshot: _, ...data } = event.data;
  return { redacted: { ...data, ...linesFor(data, reader) } };
};

/** That it was issued; not the letter, whose facts are of all units. */
const issued: Rule<'NoticeIssued'> = (event, reader, around) => {
  if (!isNamed(event, reader, around)) return 'nothing';
  const { document, ...shown } = event.data;
  return document === undefined ? 'whole' : { redacted: shown };
};

const opened: Rule<'InspectionOpened'> = ({ data }, { isOwn, mayRead }) => {
  const units = data.units.filter(isOwn);
  const tasks = data.tasks.filter(mayRead);
  if (units.length === 0) return 'nothing';
  return units.length === data.units.length && tasks.length === data.tasks.length ? 'whole' : { redacted: { ...data, units, tasks } };
};

/** Delivered to all that were inspected; to whom else is no matter of theirs. */
const concluded: Rule<'ConclusionIssued'> = ({ stream, data }, { isOwn }, { inspected }) => {
  if (!inspected(inspectionStream.idOf(stream)).some(isOwn)) return 'nothing';
  const deliveredTo = data.deliveredTo.filter(isOwn);
  return deliveredTo.length === data.deliveredTo.length ? 'whole' : { redacted: { ...data, deliveredTo } };
};

/** Events of a task have their rule in the table of what each does. */
const RULES: { readonly [Type in Exclude<DubanEvent['type'], TaskEvent['type']>]: Rule<Type> } = {
  UnitRegistered: everybody,
  UnitRenamed: everybody,
  UnitAliasAdded: everybody,
  UnitsMerged: everybody,
  CollectiveDefined: everybody,
  CollectiveMembershipChanged: everybody,
  PolicyAdopted: adopted,
  DirectiveImported: everybody,
  DirectiveIssued: everybody,
  DirectiveAmended: everybody,
  FindingRaised: nobody,
  FindingRaisedByHand: nobody,
  FindingDecided: nobody,
  ImportDrafted: nobody,
  ImportCorrected: nobody,
  ImportCommitBegun: nobody,
  ImportCommitted: nobody,
  ReturnFiled: byOwn,
  SnapshotTaken: nobody,
  NoticeDrafted: drafted,
  NoticeIssued: issued,
  NoticeCorrected: inNoticeByOwn,
  NoticeWithdrawn: inNotice,
  ObjectionRaised: inNoticeByOwn,
  ObjectionAnswered: inNoticeByOwn,
  InspectionOpened: opened,
  FindingRecorded: byOwn,
  ConclusionIssued: concluded,
  RectificationOrdered: byOwn,
  RectificationReported: byOwn,
  RectificationVerified: byOwn,
  // Whoever holds a receipt must be able to tell by which key it was signed, and under which name.
  KeyRotated: everybody,
  LedgerRestarted: everybody,
  LegalRemovalRecorded: nobody,
  SourceAnomalyDetected: nobody,
  ContactsRecorded: byOwn,
  PersonalDataErased: byOwn,
  ReminderRulesSet: nobody,
  // What a unit was reminded of stands on its tasks; what its leader or the office was told of it is no matter of its own.
  ReminderClaimed: ({ data: { heading } }, { isOwn }) => wholeIf(heading.to === 'unit' && heading.unit !== null && isOwn(heading.unit)),
  ReminderAnswered: nobody,
  ReminderMissed: nobody,
};

const isOfTask = (event: Placed): event is Placed<TaskEvent> => Object.hasOwn(TASK_EFFECTS, event.type);

export const shownTo = (event: Placed, reader: UnitReader, around: Surroundings): Shown => {
  if (isOfTask(event)) return ofTask(event, reader, around);
  // The cast: the rule under a type takes events of that type.
  const rule = RULES[event.type] as (event: Placed, reader: UnitReader, around: Surroundings) => Shown;
  return rule(event, reader, around);
};

/** A task's state as far as the reader may see what made it. */
export const taskShownTo = (task: TaskState, reader: Pick<UnitReader, 'isOwn'>): TaskState =>
  task && {
    ...task,
    acknowledgedBy: task.acknowledgedBy.filter(reader.isOwn),
    plans: ownOf(task.plans, reader),
    extensions: ownOf(task.extensions, reader),
    claims: ownOf(task.claims, reader),
    reports: Object.fromEntries(Object.entries(task.reports).filter(([, { unit }]) => reader.isOwn(unit))),
  };

/** Facts to judge a unit's own part by: what others have reported is not said to it, nor what follows from that. */
export const factsShownTo = (facts: Facts, { isOwn }: Pick<UnitReader, 'isOwn'>): Facts => ({
  ...facts,
  reports: new Map([...facts.reports].map(([task, of]) => [task, of.filter(({ unit }) => isOwn(unit))])),
});

type NoticeDocument = {
  readonly status: string;
  readonly lines: readonly { readonly unit: string }[];
  readonly corrections: readonly { readonly unit: string | null }[];
  readonly objections: readonly { readonly unit: string }[];
};

/** A notice as its events make it, as far as a unit may see those; undefined where it may see none. */
export const noticeShownTo = <Notice extends NoticeDocument>(
  notice: Notice,
  reader: Pick<UnitReader, 'isOwn'>,
): (Omit<Notice, 'snapshot'> & { readonly snapshot: null; readonly linesNotShown: number }) | undefined => {
  const own = linesFor(notice, reader);
  if (notice.status === 'drafted' || own.lines.length === 0) return undefined;
  return {
    ...notice,
    snapshot: null,
    document: null,
    ...own,
    corrections: notice.corrections.filter(({ unit }) => unit === null || reader.isOwn(unit)),
    objections: ownOf(notice.objections, reader),
  };
};
