import type { Moment } from '../../kernel/moment.ts';
import { perCut, type Reached } from '../../kernel/per-cut.ts';
import type { Milestone } from '../tasks/events.ts';
import { inDocumentOrder, type AmendmentFact, type Facts, type ReportFacts, type TaskFacts } from './facts.ts';

/**
 * The one cut (docs/judging.md, rule 2): of all facts only those that had been received at the moment judged. Founding
 * facts stay whenever they were received: the first list of assignees and of leaders, the first members of a collective,
 * a unit's first name. Mergers stay, for they say who answers today. Policies stay, for the schedule chooses among them.
 */
export type FactsAt = Facts & { readonly moment: Moment };

type Received = { readonly receivedAt: number };

/** What had come of a list; the list itself where all had. */
const kept = <Item>(items: readonly Item[], came: (item: Item, index: number) => boolean): readonly Item[] =>
  items.every(came) ? items : items.filter(came);

const received = <Item extends Received>(items: readonly Item[], reached: Reached): readonly Item[] =>
  kept(items, ({ receivedAt }) => reached(receivedAt));

/** The first item stays in any case. */
const founded = <Item extends Received>(items: readonly Item[], reached: Reached): readonly Item[] =>
  kept(items, ({ receivedAt }, index) => index === 0 || reached(receivedAt));

/** Items whose later turns, by these fields, had not come: as they were before. */
const unturned = <Field extends string, Item extends Readonly<Record<Field, number | null>>>(
  items: readonly Item[],
  fields: readonly Field[],
  reached: Reached,
): readonly Item[] => {
  const isAhead = (item: Item, field: Field): boolean => item[field] !== null && !reached(item[field]);
  if (!items.some((item) => fields.some((field) => isAhead(item, field)))) return items;
  return items.map((item) => ({
    ...item,
    ...Object.fromEntries(fields.filter((field) => isAhead(item, field)).map((field) => [field, null])),
  }));
};

type Amended = Pick<TaskFacts, 'number' | 'milestones' | 'measurements' | 'amendments'>;

/** What had fallen due before an amendment holds stays as it was; from its first day on its own stages count. */
const stagesAfter = (before: readonly Milestone[], after: readonly Milestone[], from: string): readonly Milestone[] => [
  ...before.filter(({ due }) => due < from),
  ...after.filter(({ due }) => due >= from),
];

/** What is judged otherwise since amendments that had come and held by then. */
const amendedBy = (task: Amended, amendments: readonly AmendmentFact[]): Amended => {
  let { number, milestones, measurements } = task;
  for (const { to, effectiveFrom } of amendments) {
    if (to.number !== undefined) ({ number } = to);
    if (to.measurements !== undefined) ({ measurements } = to);
    if (to.deadlineTerms !== undefined) milestones = stagesAfter(milestones, to.deadlineTerms?.milestones ?? [], effectiveFrom);
  }
  return { number, milestones, measurements, amendments };
};

/** The theme that a task belonged to when something fell due, by the amendments received before. */
export const themeOn = (
  { theme, amendments = [] }: TaskFacts,
  { day, end }: { readonly day: string; readonly end: number },
): number | null => {
  const amended = amendments.findLast(
    ({ to, effectiveFrom, receivedAt }) => to.theme !== undefined && effectiveFrom <= day && receivedAt < end,
  );
  return amended === undefined ? theme : (amended.to.theme?.number ?? null);
};

/** Of amendments, and of the deadlines that they name, those that hold on the moment's day. */
const holding = <Item extends { readonly effectiveFrom?: string }>(items: readonly Item[], { day }: Pick<Moment, 'day'>): readonly Item[] =>
  kept(items, ({ effectiveFrom }) => effectiveFrom === undefined || effectiveFrom <= day());

type Cut = Pick<Moment, 'reached' | 'day'>;

/** The amendments that had come and held by then. */
export const amendmentsAt = ({ amendments = [] }: Pick<TaskFacts, 'amendments'>, { reached, day }: Cut): readonly AmendmentFact[] =>
  holding(received(amendments, reached), { day });

/** One task's own facts. */
export const taskFactsAt = (task: TaskFacts, { reached, day }: Cut): TaskFacts => ({
  ...task,
  ...(task.amendments !== undefined && amendedBy(task, amendmentsAt(task, { reached, day }))),
  assignments: founded(task.assignments, reached),
  leaders: founded(task.leaders, reached),
  acknowledgements: received(task.acknowledgements, reached),
  deadlines: holding(received(task.deadlines, reached), { day }),
  requests: unturned(
    kept(task.requests, ({ requestedAt }) => reached(requestedAt)),
    ['decidedAt'],
    reached,
  ),
  pauses: received(task.pauses, reached),
  claims: unturned(
    kept(task.claims, ({ claimedAt }) => reached(claimedAt)),
    ['decidedAt'],
    reached,
  ),
  completions: unturned(
    kept(task.completions, ({ claimedAt, verifiedAt }) => reached(Math.max(claimedAt, verifiedAt))),
    ['reopenedAt'],
    reached,
  ),
  plans: unturned(
    kept(task.plans, ({ submittedAt }) => reached(submittedAt)),
    ['acceptedAt', 'returnedAt'],
    reached,
  ),
});

const reportAt = (report: ReportFacts, reached: Reached): ReportFacts => {
  const submissions = unturned(received(report.submissions, reached), ['acceptedAt', 'returnedAt'], reached);
  return submissions === report.submissions ? report : { ...report, submissions };
};

/** A report of which no version had come is none. */
const reportsAt = (reports: Facts['reports'], reached: Reached): Facts['reports'] =>
  new Map(
    [...reports].map(([task, of]) => [task, of.map((each) => reportAt(each, reached)).filter(({ submissions }) => submissions.length > 0)]),
  );

/** All receipts but of what founds. */
const later = (items: readonly Received[]): readonly number[] => items.slice(1).map(({ receivedAt }) => receivedAt);

type Units = Facts['units'];

const unitsAt = perCut(
  (units: Units) => [...units.values()].flatMap(({ names }) => later(names)),
  (units, reached): Units =>
    new Map(
      [...units].map(([id, unit]) => {
        const names = founded(unit.names, reached);
        // Each name ends where the next one begins that had been given by then.
        const since = (index: number): string | null => names[index]?.from ?? null;
        return [id, names === unit.names ? unit : { ...unit, names: names.map((name, index) => ({ ...name, to: since(index + 1) })) }];
      }),
    ),
);

const collectivesAt = perCut(
  (collectives: Facts['collectives']) => [...collectives.values()].flatMap(({ memberships }) => later(memberships)),
  (collectives, reached): Facts['collectives'] =>
    new Map([...collectives].map(([id, each]) => [id, { ...each, memberships: founded(each.memberships, reached) }])),
);

type RosterFacts = Pick<Facts, 'units' | 'collectives'>;

/** Units and collectives as they stood. */
export const rosterAt = ({ units, collectives }: RosterFacts, moment: Pick<Moment, 'reached'>): RosterFacts => ({
  units: unitsAt(units, moment),
  collectives: collectivesAt(collectives, moment),
});

/** In document order: an amendment may have moved a number. */
const inOrder = (tasks: readonly TaskFacts[]): readonly TaskFacts[] =>
  tasks.some(({ amendments }) => amendments !== undefined) ? inDocumentOrder(tasks) : tasks;

const last = new WeakMap<Facts, FactsAt>();

export const factsAt = (facts: Facts, moment: Moment): FactsAt => {
  const before = last.get(facts);
  if (before?.moment === moment) return before;
  const { reached } = moment;
  const cut: FactsAt = {
    ...facts,
    ...rosterAt(facts, moment),
    tasks: inOrder(facts.tasks.map((task) => taskFactsAt(task, moment))),
    reports: reportsAt(facts.reports, reached),
    moment,
  };
  last.set(facts, cut);
  return cut;
};
