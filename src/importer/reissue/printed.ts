import type { Duty } from '../../domain/directives/duty.ts';
import type { Said, Standing } from '../../domain/tasks/edition.ts';
import { postsOf } from '../../domain/tasks/leaders.ts';
import { foldText, sameJson } from '../../kernel/json.ts';
import { bare } from '../../kernel/text-folding.ts';
import type { Plan, PlannedTask } from '../draft/planned.ts';
import { FIELD_NAMES, valueIn, type FieldName } from './fields.ts';
import { matchItems } from './matching.ts';

/**
 * What two editions say by themselves, read in one way and without what a person corrected. Where both say the same, the new
 * one changes nothing: what a person made of it in the edition before stays.
 */

type Head = { readonly number: string | null; readonly title: string | null; readonly issuer: string | null; readonly date: string | null };
export type Edition = { readonly head: Head; readonly plan: Plan };
export type Editions = { readonly before: Edition; readonly after: Edition };

export type Printed = {
  /** Whether a field of a task stands in the new edition as in the one before, and nobody has corrected it in the new one. */
  readonly isAsBefore: (standing: string, planned: PlannedTask, field: FieldName) => boolean;
  /** Whether the edition before had it too, and it was left out by a person. */
  readonly wasLeftOut: (planned: PlannedTask) => boolean;
  /** @param after  what the new edition says, under the ids of tasks that stand */
  readonly isScheduleAsBefore: (after: readonly Duty[], taskId: (planned: string) => string) => boolean;
  readonly isHeadAsBefore: (field: keyof Head, after: string) => boolean;
};

export const saidBy = (planned: PlannedTask, idOf: (party: string) => string): Said => {
  const { number, title, text, theme, group, deadline, deadlineTerms = null, measurements } = planned;
  const assignees = planned.assignees.map(({ role, party, kind }) => ({ role, party: idOf(party), kind }));
  return { number, title, text, theme, group, deadline, deadlineTerms, measurements, assignees, leaders: postsOf(planned) };
};

/** Duties under the ids of the tasks that stand. */
export const dutiesUnder = (plan: Pick<Plan, 'rules'>, taskId: (planned: string) => string): readonly Duty[] =>
  (plan.rules?.duties ?? []).map((duty) =>
    duty.tasks === undefined ? duty : { ...duty, tasks: duty.tasks.map((task) => (typeof task === 'string' ? taskId(task) : task)) },
  );

/** Parties by their names: under which ids two readings have them is theirs alone. */
const namesIn = ({ units, collectives }: Plan): ((party: string) => string) => {
  const names = new Map([...units, ...collectives].map(({ id, name }) => [id, foldText(name)]));
  return (party) => names.get(party) ?? party;
};

export const printedIn = ({ before, after }: Editions, plan: Plan, standings: readonly Standing[]): Printed => {
  const [old, fresh, corrected] = [before.plan, after.plan, plan].map(namesIn);
  const saidIn = (names: typeof old, planned: PlannedTask | undefined): Said | undefined =>
    planned && saidBy(planned, names ?? ((party) => party));
  const freshById = new Map(after.plan.tasks.map((task) => [task.id, task]));

  const items = before.plan.tasks.map((planned) => ({ kind: planned.kind, number: planned.number, text: planned.text, planned }));
  const known = standings
    .filter(({ isFromDocument }) => isFromDocument)
    .map((standing) => ({ kind: standing.task.kind, number: standing.said.number, text: standing.said.text, standing }));
  const matching = matchItems(known, items);
  const printed = new Map(matching.pairs.map((pair) => [pair.old.standing.id, pair.new.planned]));
  const standingIds = new Map(matching.pairs.map((pair) => [pair.new.planned.id, pair.old.standing.id]));
  const leftOut = Map.groupBy(
    matching.added.map(({ planned }) => planned),
    ({ text }) => bare(text),
  );

  const isSame = (was: Said | undefined, planned: PlannedTask, field: FieldName): boolean => {
    const is = saidIn(fresh, freshById.get(planned.id));
    const wanted = saidIn(corrected, planned);
    if (was === undefined || is === undefined || wanted === undefined) return false;
    const value = valueIn(field, is);
    return sameJson(valueIn(field, was), value) && sameJson(value, valueIn(field, wanted));
  };

  return {
    isAsBefore: (standing, planned, field) => isSame(saidIn(old, printed.get(standing)), planned, field),
    wasLeftOut: (planned) =>
      (leftOut.get(bare(planned.text)) ?? []).some((was) =>
        FIELD_NAMES.every((field) => field === 'number' || isSame(saidIn(old, was), planned, field)),
      ),
    isScheduleAsBefore: (duties, taskId) => {
      const was = dutiesUnder(before.plan, (task) => standingIds.get(task) ?? task);
      const is = dutiesUnder(after.plan, taskId);
      return sameJson(was, is) && sameJson(is, duties);
    },
    isHeadAsBefore: (field, value) => before.head[field] === after.head[field] && after.head[field] === value,
  };
};
