import { abbreviatesAnywhere } from '../../kernel/abbreviation.ts';
import { findable, isFoundBy, type Findable, type Word } from '../../kernel/finding.ts';
import { foldText } from '../../kernel/json.ts';
import { membersOn, successorOn, type Collective, type Unit } from './state.ts';

/** Finding units by any name that they ever had, or an alias, and what stands for them. */

type Standing = Pick<Collective, 'name' | 'memberships'>;

const once = <Thing extends object>(make: (thing: Thing) => Findable): ((thing: Thing) => Findable) => {
  const known = new WeakMap<Thing, Findable>();
  return (thing) => {
    let found = known.get(thing);
    if (found === undefined) known.set(thing, (found = make(thing)));
    return found;
  };
};

const unitFindable = once(({ names, aliases }: Unit) => findable([...names.map(({ name }) => name), ...aliases]));
const collectiveFindable = once(({ name }: Standing) => findable([name]));

const isUnit = (unit: Unit, word: Word): boolean => unit.id === word.folded || isFoundBy(unitFindable(unit), word);

/** By a short form too, of three characters and more: of two so many names are made that everything would be found. */
const SHORTEST = 3;
const isShortFor = (unit: Unit, { folded }: Word): boolean =>
  folded.length >= SHORTEST && unitFindable(unit).folded.some((name) => abbreviatesAnywhere(folded, name));

export const unitIsFound = (unit: Unit, words: readonly Word[]): boolean =>
  words.every((word) => isUnit(unit, word) || isShortFor(unit, word));

/** The unit that has, or had, a whole name or alias. */
export const unitCalled = (units: ReadonlyMap<string, Unit>, name: string): Unit | undefined => {
  const wanted = foldText(name);
  return units
    .values()
    .find(({ names, aliases }) => [...names.map((each) => each.name), ...aliases].some((each) => foldText(each) === wanted));
};

/**
 * Parties that a word finds on a civil day: units, those that were merged into one of them, and collectives by their name
 * or that of a member.
 */
export const partiesFound = (
  { units, collectives }: { readonly units: ReadonlyMap<string, Unit>; readonly collectives: ReadonlyMap<string, Standing> },
  word: Word,
  day: string,
): ReadonlySet<string> => {
  const named = new Set([...units.values()].filter((unit) => isUnit(unit, word)).map(({ id }) => id));
  const found = (unit: string): boolean => named.has(unit) || named.has(successorOn(units, unit, day));
  const standing = [...collectives].filter(
    ([, each]) => isFoundBy(collectiveFindable(each), word) || (membersOn(each.memberships, day) ?? []).some(found),
  );
  return new Set([...[...units.keys()].filter(found), ...standing.map(([id]) => id)]);
};
