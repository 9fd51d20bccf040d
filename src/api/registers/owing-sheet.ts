import { headingSaid, stateIn, stateSaid } from '../../messages/named.ts';
import { inEach } from '../../messages/words.ts';
import type { Column, Light, Sheet } from '../../publishing/sheets/sheet.ts';

/** Who owes, as a sheet: for programs a row a unit, as in JSON; for people a row a task, since a unit owes some dozens. */

type Owing = { readonly missing: readonly string[]; readonly notYetDue: readonly string[]; readonly settled: readonly string[] };

/** Fields that list tasks, in the order in which they are read, and how a task in one of them stands. */
const LISTS = ['missing', 'notYetDue', 'settled'] as const;
const STATES = { missing: 'missing', notYetDue: 'not-yet-due', settled: 'settled' } as const;
const LIGHTS = { missing: 'red', notYetDue: 'grey', settled: 'green' } as const satisfies Readonly<Record<keyof Owing, Light>>;
const NONE = { missing: [], notYetDue: [], settled: [] } as const;

const split = <Item extends Owing>(unit: Item): readonly Item[] => {
  const rows = LISTS.flatMap((list) => unit[list].map((task) => ({ ...unit, ...NONE, [list]: [task] })));
  return rows.length === 0 ? [unit] : rows;
};

/** The list in which a row, which has one task, has it. */
const listOf = (row: Owing): (typeof LISTS)[number] | undefined => LISTS.find((list) => row[list].length > 0);

const forPeople = (field: string, value: Column<Owing>['value']): Column<Owing> => ({
  heading: inEach(headingSaid(field) ?? field),
  width: 80,
  seen: 'people',
  value,
});

const TASK = forPeople('task-title', (row, { names }) => {
  const [id] = row[listOf(row) ?? 'missing'];
  return id === undefined ? null : (names?.task(id) ?? id);
});
const STATE = forPeople('state', (row, { language }) => {
  const list = listOf(row);
  return list === undefined ? null : stateIn(STATES[list], language);
});

/** `listed`: with a column for each field, whose English heading is its name. */
export const owingSheet = <Item extends Owing>(listed: Sheet<Item>): Sheet<Item> => {
  const ids = (column: Column<Item>): Column<Item> => {
    const list = LISTS.find((each) => each === column.heading.en);
    if (list === undefined) return column;
    const ownId = (row: Item): string | null => row[list][0] ?? null;
    return { ...column, seen: 'hidden', value: (row, reader) => (reader.names === undefined ? column.value(row, reader) : ownId(row)) };
  };
  const first = listed.columns.findIndex(({ heading }) => heading.en === LISTS[0]);
  const columns = [...listed.columns.slice(0, first), TASK, STATE, ...listed.columns.slice(first).map(ids)];
  const words = LISTS.flatMap((list) => Object.values(inEach(stateSaid(STATES[list]))).map((word) => [word, LIGHTS[list]] as const));
  return { ...listed, columns, split, lights: { column: columns.indexOf(STATE), of: Object.fromEntries(words) } };
};
