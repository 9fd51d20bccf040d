import { dutiesOn, type AdoptedPolicy } from '../../domain/directives/schedule.ts';
import type { Duty } from '../../domain/directives/duty.ts';
import type { Said, Standing } from '../../domain/tasks/edition.ts';
import type { TaskKind } from '../../domain/tasks/events.ts';
import type { TaskStatus } from '../../domain/tasks/status.ts';
import { sameJson } from '../../kernel/json.ts';
import type { Plan, PlannedTask } from '../draft/planned.ts';
import { changesOf, NEEDS_OPEN, type FieldChange, type FieldName } from './fields.ts';
import { matchItems } from './matching.ts';
import { dutiesUnder, printedIn, saidBy, type Editions } from './printed.ts';
import { headingSaid, stateSaid } from '../../messages/named.ts';
import { say, type Message, type Text } from '../../messages/message.ts';

/**
 * What a new edition of a document would change of the tasks that the one before made, as they stand now. A line is taken
 * unless a person leaves it; a line that asks is neither before a person has said.
 */

/** What a person said of a line: `fields`, where only these of it are taken. */
export type LineDecision = { readonly line: string; readonly take: boolean; readonly fields?: readonly string[] | undefined };

type Line = {
  /** By which it is named. */
  readonly line: string;
  /** Why a person has to say whether it is taken; null: it is, unless a person leaves it. */
  readonly asks: Message | null;
  readonly decision: 'take' | 'leave' | null;
};
export type AddedLine = Line & {
  /** The item's key in the draft. */
  readonly item: string;
  /** Under which it is to stand. */
  readonly task: string;
  readonly planned: PlannedTask;
};
export type ChangedLine = Line & {
  readonly item: string;
  readonly standing: Standing;
  readonly planned: PlannedTask;
  readonly wanted: Said;
  readonly fields: readonly (FieldChange & { readonly taken: boolean })[];
};
export type DroppedLine = Line & { readonly standing: Standing };
export type ScheduleLine = Line & {
  readonly before: readonly Duty[];
  readonly after: readonly Duty[];
  readonly withdrawn: readonly string[];
};
export type HeadingLine = Line & {
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
};

export type Difference = {
  readonly added: readonly AddedLine[];
  readonly changed: readonly ChangedLine[];
  readonly dropped: readonly DroppedLine[];
  readonly schedule: ScheduleLine | null;
  readonly heading: HeadingLine | null;
  readonly unchanged: number;
};

/** What the directive is now. */
export type Base = {
  readonly directive: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly issuer: string;
    readonly date: string;
  };
  readonly policies: readonly AdoptedPolicy[];
  readonly standings: readonly Standing[];
};

/** A day after which nothing is adopted. */
const LAST_DAY = '9999-12-31';

/** All that is owed once every policy holds that was adopted. */
const dutiesIn = (policies: readonly AdoptedPolicy[]): readonly Duty[] => dutiesOn(policies, LAST_DAY, 'UTC', { reached: () => true });

/** As events carry them: what is left out is not there. */
const byId = (duties: readonly Duty[]): unknown => JSON.parse(JSON.stringify(Object.fromEntries(duties.map((duty) => [duty.id, duty]))));

const isClosed = (status: TaskStatus): boolean => status === 'completed' || status === 'cancelled';

export const isEmpty = ({ added, changed, dropped, schedule, heading }: Difference): boolean =>
  added.length + changed.length + dropped.length === 0 && schedule === null && heading === null;

/** The lines that ask, and of which nobody has said anything. */
export const askingIn = ({ added, changed, dropped, schedule, heading }: Difference): readonly Line[] =>
  [...added, ...changed, ...dropped, ...(schedule === null ? [] : [schedule]), ...(heading === null ? [] : [heading])].filter(
    ({ decision }) => decision === null,
  );

/** Ids for added items: the next ones of their kind. */
const freeIds = (directive: string, taken: readonly string[]): ((kind: TaskKind) => string) => {
  const used = new Set(taken);
  return (kind) => {
    let n = 1;
    while (used.has(`${directive}-${kind}-${n}`)) n += 1;
    const id = `${directive}-${kind}-${n}`;
    used.add(id);
    return id;
  };
};

const fieldSaid = (field: string): Text => headingSaid(field) ?? field;

const whyAsked = (status: TaskStatus, fields: readonly FieldChange[], isRewritten: boolean): Message | null => {
  const acted = fields.filter((each) => each.acted).map(({ field }) => field);
  const closed = isClosed(status) ? fields.filter(({ field }) => NEEDS_OPEN.has(field)).map(({ field }) => field) : [];
  if (isRewritten) return say('finding.the-number-is-the-same-and-the');
  if (acted.length > 0) return say('finding.since-the-last-edition-an-act-has', { acted: acted.map(fieldSaid) });
  return closed.length > 0
    ? say('finding.the-task-is-and-takes-no-other', { status: stateSaid(status), closed: closed.map(fieldSaid) })
    : null;
};

/**
 * @param idOf the roster's id for each of the plan's parties
 * @param editions both as they were printed; null where the one before is not here to be read
 */
export const differenceOf = (
  plan: Plan,
  base: Base,
  idOf: (party: string) => string,
  said: readonly LineDecision[],
  editions: Editions | null = null,
): Difference => {
  const { directive, policies, standings } = base;
  const printed = editions && printedIn(editions, plan, standings);
  const saidOf = new Map(said.map((each) => [each.line, each]));
  const decided = (line: string, asks: Message | null): Line => {
    const decision = saidOf.get(line);
    return { line, asks, decision: decision === undefined ? (asks === null ? 'take' : null) : decision.take ? 'take' : 'leave' };
  };
  const keyOf = ({ id }: PlannedTask): string => id.slice(plan.directive.id.length + 1);

  const candidates = standings
    .filter(({ isFromDocument, isWithdrawn }) => isFromDocument && !isWithdrawn)
    .map((standing) => ({ kind: standing.task.kind, number: standing.now.number, text: standing.now.text, standing }));
  const items = plan.tasks.map((planned) => ({ kind: planned.kind, number: planned.number, text: planned.text, planned }));
  const matching = matchItems(candidates, items);

  const freeId = freeIds(
    directive.id,
    standings.map(({ id }) => id),
  );
  const newIds = new Map(matching.added.map(({ planned }) => [planned.id, freeId(planned.kind)]));
  /** Under which a planned task stands, or is to stand. */
  const taskIds = new Map([...newIds, ...matching.pairs.map((pair) => [pair.new.planned.id, pair.old.standing.id] as const)]);
  const taskId = (planned: string): string => taskIds.get(planned) ?? planned;

  const added = matching.added.flatMap(({ planned }): readonly AddedLine[] => {
    if (printed?.wasLeftOut(planned) === true) return [];
    const item = keyOf(planned);
    const task = { ...planned, id: taskId(planned.id), parent: planned.parent === null ? null : taskId(planned.parent) };
    return [{ ...decided(`added ${item}`, null), item, task: task.id, planned: task }];
  });
  const changed = matching.pairs.flatMap(({ old: { standing }, new: { planned }, isRewritten }): readonly ChangedLine[] => {
    const wanted = saidBy(planned, idOf);
    const fields = changesOf(standing.now, standing.said, wanted).filter(
      ({ field }) => printed?.isAsBefore(standing.id, planned, field) !== true,
    );
    if (fields.length === 0) return [];
    const line = decided(`changed ${standing.id}`, whyAsked(standing.task.status, fields, isRewritten));
    const only = saidOf.get(line.line)?.fields;
    const taken = (field: FieldName): boolean => line.decision === 'take' && (only === undefined || only.includes(field));
    return [
      { ...line, item: keyOf(planned), standing, planned, wanted, fields: fields.map((each) => ({ ...each, taken: taken(each.field) })) },
    ];
  });
  const dropped = matching.dropped
    .filter(({ standing }) => standing.task.status !== 'cancelled')
    .map(({ standing }): DroppedLine => {
      const isDone = standing.task.status === 'completed';
      const line = decided(`dropped ${standing.id}`, isDone ? null : say('finding.the-new-edition-leaves-it-out-is'));
      return { ...line, decision: isDone ? 'leave' : line.decision, standing };
    });

  const before = dutiesIn(policies);
  const after = dutiesUnder(plan, taskId);
  const schedule = (): ScheduleLine | null => {
    if (sameJson(byId(before), byId(after)) || printed?.isScheduleAsBefore(after, taskId) === true) return null;
    const others = policies.length > 1 ? say('finding.the-schedule-has-been-adopted-anew-since') : null;
    const line = decided('schedule', after.length === 0 ? say('finding.the-new-edition-says-nothing-of-reports') : others);
    return { ...line, before, after, withdrawn: before.map(({ id }) => id).filter((id) => !after.some((duty) => duty.id === id)) };
  };
  const heading = (): HeadingLine | null => {
    const fields = (['number', 'title', 'issuer', 'date'] as const).flatMap((field) =>
      directive[field] === plan.directive[field] || printed?.isHeadAsBefore(field, plan.directive[field]) === true
        ? []
        : { field, before: directive[field], after: plan.directive[field] },
    );
    return fields.length === 0 ? null : { ...decided('heading', null), fields };
  };
  return { added, changed, dropped, schedule: schedule(), heading: heading(), unchanged: matching.pairs.length - changed.length };
};
