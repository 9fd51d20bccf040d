import type { ReadAssignee } from '../document-reading.ts';
import { say, type Clauses, type Message } from '../../messages/message.ts';
import { namesCounties, unitKind } from './unit-kinds.ts';

/** An item, by whom it names. */
type Naming = { readonly named: readonly ReadAssignee[] };

/** What becomes of a task's units in one of its rows; a row may show several, the first that holds gives it its name. */
export type Difference = {
  readonly name: Message;
  readonly detail: Clauses;
};

const carries = ({ role }: ReadAssignee): boolean => role !== 'cooperating';
const namesOf = (parties: readonly ReadAssignee[]): ReadonlySet<string> => new Set(parties.map(({ name }) => name));

const sideOf = (named: readonly ReadAssignee[]) => ({
  carrying: namesOf(named.filter(carries)),
  cooperating: namesOf(named.filter((party) => !carries(party))),
});

const list = (names: ReadonlySet<string>): string => [...names].join('、');

/**
 * Units of a row that its task does not name, neither by name nor under 各县 or 相关县: a county's government may be one of
 * those, a zone's committee is by the words none.
 */
export const unitsOutside = (row: Naming, task: Naming): readonly string[] => {
  const inTask = namesOf(task.named);
  const counties = [...inTask].some(namesCounties);
  const outside = row.named.filter(
    ({ kind, name }) => kind === 'unit' && !inTask.has(name) && !(counties && unitKind(name) === 'county-government'),
  );
  return [...namesOf(outside)];
};

/**
 * A lead of the task and a responsible unit of the row are the same side here: task and row use different words for who
 * carries the work. Null when both sides name the same units.
 */
export const differenceOf = (row: Naming, task: Naming): Difference | null => {
  const [there, here] = [sideOf(task.named), sideOf(row.named)];
  const [inTask, inRow] = [namesOf(task.named), namesOf(row.named)];
  const lowered = there.carrying.intersection(here.cooperating).difference(here.carrying);
  const raised = there.cooperating.intersection(here.carrying).difference(there.carrying);
  const left = inTask.difference(inRow);
  const added = inRow.difference(inTask);
  if (lowered.size + raised.size + left.size + added.size === 0) return null;

  const collectives = namesOf([...task.named, ...row.named].filter(({ kind }) => kind === 'collective'));
  const counties = new Set([...added].filter((name) => unitKind(name) === 'county-government'));
  const name = ((): Message => {
    if (lowered.size > 0 && there.carrying.isDisjointFrom(here.carrying)) return say('difference.inverted');
    if (raised.size > 0) return say('difference.promoted');
    if (lowered.size > 0) return say('difference.partly-demoted');
    if (!added.isDisjointFrom(collectives)) return say('difference.collective-differs');
    if (!counties.isDisjointFrom(here.carrying) && [...left].some(namesCounties)) return say('difference.collective-resolved');
    return unitsOutside(row, task).length === 0 ? say('difference.narrowed') : say('difference.widened');
  })();
  const clauses = [
    ...(lowered.size > 0 ? [say('difference.leads-there', { names: list(lowered) })] : []),
    ...(raised.size > 0 ? [say('difference.cooperates-there', { names: list(raised) })] : []),
    ...(left.size > 0 ? [say('difference.only-there', { names: list(left) })] : []),
    ...(added.size > 0 ? [say('difference.only-here', { names: list(added) })] : []),
  ];
  return { name, detail: { clauses } };
};
