import { comparatorConflicts } from './comparator-conflict.ts';
import { drift } from './name-drift.ts';
import type { ReadFinding } from '../document-reading.ts';
import { differenceOf, unitsOutside } from './row-against-task.ts';
import { sharedProjects } from './shared-projects.ts';
import type { Draft } from './draft.ts';
import { entriesOf, type Entry } from './entries.ts';
import { ordinalOf } from './keys.ts';
import { lineOf } from './lines.ts';
import { measurementOf } from './measurements.ts';

/** What items leave open when they are held against each other: a task against its rows, a figure against another. */

type Found = Omit<ReadFinding, 'n'>;

const found = (kind: string, { item }: Entry, detail: string): Found => ({ kind, address: item.address, detail, blocks: false });

/** 1-4, 6: numbers in order, runs shortened. */
const ranges = (numbers: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

/** The number in an item's key: its place among those of its kind. */
const placeOf = ({ item: { key } }: Entry): number => Number(key.slice(key.lastIndexOf('-') + 1));
const numberOf = (entry: Entry): number => ordinalOf(entry.item.number) ?? placeOf(entry);

const collectives = (entries: readonly Entry[]): readonly Found[] => {
  const named = Map.groupBy(
    entries.flatMap((entry) => {
      const names = entry.item.assignees.filter(({ kind }) => kind === 'collective').map(({ name }) => name);
      return [...new Set(names)].map((name) => ({ name, entry }));
    }),
    ({ name }) => name,
  );
  return [...named].flatMap(([name, uses]) => {
    const naming = uses.map(({ entry }) => entry);
    const [first] = naming;
    const where = (['target', 'task', 'item'] as const).flatMap((kind) => {
      const of = naming.filter(({ item }) => item.kind === kind);
      return of.length === 0 ? [] : [`${of.length} ${kind}${of.length > 1 ? 's' : ''} (${ranges(of.map(numberOf))})`];
    });
    const detail = `${name} stands for units that the directive does not list; named in ${where.join(', ')}`;
    return first === undefined ? [] : [found('collective-unresolved', first, detail)];
  });
};

/** Names without the office's prefix that its profile has for units: which unit is meant, a person says. */
const names = (entries: readonly Entry[], { namePrefix, units }: Draft['profile']): readonly Found[] =>
  namePrefix === null
    ? []
    : entries.flatMap((entry) =>
        entry.item.assignees
          .filter(({ name }) => units.includes(name) && !name.startsWith(namePrefix))
          .map(({ name }) =>
            found('name-unresolved', entry, `“${name}” stands without ${namePrefix} after no name that has it; kept as printed`),
          ),
      );

const unlinked = (row: Entry, nearest: NonNullable<Entry['link']>['nearest']): Found => {
  const near = nearest.map(({ number, score }) => `task ${number} (${Math.round(score * 100)} % of its wording)`);
  return found('other', row, `row ${numberOf(row)} belongs to no task clearly; nearest: ${near.join(', ')}`);
};

const rowAgainstTask = (row: Entry, task: Entry): readonly Found[] => {
  const [of, to] = [{ named: row.assignees }, { named: task.assignees }];
  const difference = differenceOf(of, to);
  const outside = unitsOutside(of, to);
  const strange = drift(row.item.text, task.item.text);
  const number = numberOf(task);
  return [
    ...(difference === null ? [] : [found('row-differs', row, `${difference.name} against task ${number}: ${difference.detail}`)]),
    ...(outside.length === 0 ? [] : [found('unit-outside-task', row, `task ${number} does not name ${outside.join('、')}`)]),
    ...(strange.length === 0
      ? []
      : [
          found(
            'name-drift',
            row,
            `not in the words of task ${number}: ${strange.map(({ words, clause }) => `“${words}” in “${clause}”`).join(', ')}`,
          ),
        ]),
  ];
};

const rows = (entries: readonly Entry[]): readonly Found[] => {
  const byKey = new Map(entries.map((entry) => [entry.item.key, entry]));
  let latest = 0;
  return entries.flatMap((row) => {
    if (row.link === null) return [];
    const task = row.parent === null ? undefined : byKey.get(row.parent);
    if (task === undefined) return [unlinked(row, row.link.nearest)];
    const before = latest;
    latest = Math.max(latest, placeOf(task));
    const early =
      placeOf(task) < before
        ? [found('layout', row, `row ${numberOf(row)} belongs to task ${numberOf(task)} and stands after rows of task ${before}`)]
        : [];
    return [...early, ...rowAgainstTask(row, task)];
  });
};

/** What no row of a schedule of items says of a task, and what a row does not say. */
const gaps = (entries: readonly Entry[]): readonly Found[] => {
  const wholes = new Set(entries.map(({ parent }) => parent));
  const scheduled = entries.some(({ link }) => link !== null);
  const leads = entries.some(({ item }) => item.leaders.length > 0);
  return entries.flatMap((entry) => {
    const { item } = entry;
    if (wholes.has(item.key)) return [];
    const why = scheduled && entry.link === null ? `: no row of the schedule of items belongs to ${item.kind} ${numberOf(entry)}` : '';
    return [
      ...(item.leaders.length === 0 && leads ? [found('no-leader', entry, `no leader is named${why}`)] : []),
      ...(item.deadline === null ? [found('no-deadline', entry, `no deadline is set${why}`)] : []),
    ];
  });
};

const order = (entries: readonly Entry[], date: string | null): readonly Found[] =>
  entries.flatMap((entry) => {
    const day = entry.item.deadline?.date ?? null;
    if (day === null || date === null || day >= date) return [];
    return [found('date-order', entry, `the deadline, ${day}, lies before the document, of ${date}`)];
  });

const TWICE = /月月/u;

const doubled = (entries: readonly Entry[]): readonly Found[] => {
  const twice = entries.filter(({ item }) => TWICE.test(item.deadline?.printed ?? ''));
  const [first] = twice;
  if (first === undefined) return [];
  const where = ranges(twice.map(numberOf));
  return [found('layout', first, `deadlines print the word for month twice (月月底前), in rows ${where}; read as the end of the month`)];
};

const conflicts = (entries: readonly Entry[]): readonly Found[] =>
  comparatorConflicts(
    entries.map((entry) => ({
      entry,
      kind: entry.item.kind,
      number: numberOf(entry),
      sourceLine: lineOf(entry.item.address),
      measurements: entry.item.measurements.map(measurementOf),
    })),
  ).map(({ first, detail }) => found('comparator-conflict', first.entry, detail));

const projects = (entries: readonly Entry[]): readonly Found[] => {
  const tasks = new Map(
    entries.filter(({ item, parent }) => item.kind === 'task' && parent === null).map((entry) => [placeOf(entry), entry]),
  );
  return sharedProjects([...tasks].map(([number, { item }]) => ({ number, text: item.text }))).flatMap(({ project, listedIn, alsoIn }) => {
    const entry = tasks.get(listedIn);
    if (entry === undefined) return [];
    return [found('other', entry, `${project} is listed in task ${listedIn} and named in task ${ranges(alsoIn)} too`)];
  });
};

export const comparedItems = ({ items, profile, directive }: Pick<Draft, 'items' | 'profile' | 'directive'>): readonly Found[] => {
  const entries = entriesOf(items);
  return [
    ...doubled(entries),
    ...collectives(entries),
    ...names(entries, profile),
    ...rows(entries),
    ...gaps(entries),
    ...order(entries, directive.date),
    ...conflicts(entries),
    ...projects(entries),
  ];
};
