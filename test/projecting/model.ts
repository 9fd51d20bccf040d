import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Views } from '../../src/projecting/views.ts';
import { actTable, shelfTable, thingTable, type Act } from './toy.ts';

/** The toy log on plain maps, one state for each position: what the views must agree with. */

export type History = readonly (readonly Act[])[];
type Thing = { readonly name: string; readonly part: number; readonly shelf: string | null; readonly weight: number };
type State = ReadonlyMap<string, Thing>;

const NAMES = ['a', 'b', 'c'];
const PARTS = [0, 1];
const SHELVES = ['x', 'y', null];
const WEIGHTS = [1, 2];

const key = { name: fc.constantFrom(...NAMES), part: fc.constantFrom(...PARTS) };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('put' as const),
      ...key,
      shelf: fc.constantFrom(...SHELVES),
      weight: fc.constantFrom(...WEIGHTS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('close' as const), ...key }) },
);

/** Few keys and values, so that histories put, close, reopen and leave alone the same things again and again. */
export const histories = (maxLength: number): fc.Arbitrary<History> =>
  fc.array(fc.array(act, { maxLength: 4 }), { minLength: 1, maxLength });

const keyOf = ({ name, part }: { readonly name: string; readonly part: number }): string => `${name}/${part}`;

const actOn = (state: State, { op, ...of }: Act): State => {
  const next = new Map(state);
  if (op === 'close') next.delete(keyOf(of));
  else if ('shelf' in of) next.set(keyOf(of), { name: of.name, part: of.part, shelf: of.shelf, weight: of.weight });
  return next;
};

/** By position; the first is the state at position 0. */
const replay = (history: History): readonly State[] => {
  const states: State[] = [new Map()];
  for (const acts of history) states.push(acts.reduce(actOn, states.at(-1) ?? new Map()));
  return states;
};

const rowOf = (thing: Thing) => ({ ...thing, label: { shelf: thing.shelf, tags: [thing.name] } });

const rowsOf = (state: State, matches: (thing: Thing) => boolean) =>
  [...state.values()]
    .filter(matches)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(rowOf);

/** A version begins where a row differs from the position before, and ends where it differs again. */
const versionsOf = (rows: readonly (Thing | undefined)[]) => {
  const changes = [...rows.entries()].filter(
    ([position, row]) => position > 0 && JSON.stringify(row) !== JSON.stringify(rows[position - 1]),
  );
  return changes.flatMap(([from, row], index) =>
    row === undefined ? [] : [{ row: rowOf(row), from, to: changes[index + 1]?.[0] ?? null }],
  );
};

const assertListsEqual = (views: Views, state: State, position: number): void => {
  for (const shelf of SHELVES) {
    const on = (thing: Thing): boolean => thing.shelf === shelf;
    deepEqual(views.asOf(thingTable, { shelf }, position), rowsOf(state, on));
    for (const weight of WEIGHTS)
      deepEqual(
        views.asOf(thingTable, { weight, shelf }, position),
        rowsOf(state, (thing) => on(thing) && thing.weight === weight),
      );
  }
  deepEqual(
    views.asOf(thingTable, {}, position),
    rowsOf(state, () => true),
  );
  const counts = ['x', 'y'].map((shelf) => ({ shelf, things: rowsOf(state, (thing) => thing.shelf === shelf).length }));
  deepEqual(views.asOf(shelfTable, {}, position), position === 0 ? [] : counts);
};

const assertAppendedEqual = (views: Views, history: History, position: number): void => {
  const acts = history
    .slice(0, position)
    .flatMap((some, index) => some.map(({ name, op }, seq) => ({ position: index + 1, seq, name, op })));
  const appended = acts.map((each, index) => ({ ...each, earlier: acts.slice(0, index).filter(({ name }) => name === each.name).length }));
  const read = views.appended(actTable, {}, { upTo: position });
  deepEqual(
    read.map(({ event: _event, ordinal: _ordinal, mark: _mark, ...each }) => each),
    appended.map(({ position: at, seq, ...each }) => ({ ...each, position: at, seq })),
  );
};

/** Whatever is asked as of whatever position, the views say what the replay up to it says. */
export const assertEqualToReplay = (views: Views, history: History): void => {
  equal(views.position(), history.length);
  const states = replay(history);
  for (const [position, state] of states.entries()) {
    assertListsEqual(views, state, position);
    assertAppendedEqual(views, history, position);
  }
  for (const name of NAMES)
    for (const part of PARTS) {
      const rows = states.map((state) => state.get(keyOf({ name, part })));
      for (const [position, thing] of rows.entries()) {
        deepEqual(views.one(thingTable, { name, part }, position), thing && rowOf(thing));
        const known = versionsOf(rows.slice(0, position + 1));
        deepEqual(views.versions(thingTable, { name, part }, position), known);
      }
    }
};
