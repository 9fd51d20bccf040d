import { comparatorConflicts } from './comparator-conflict.ts';
import { drift } from './name-drift.ts';
import type { ReadFinding } from '../document-reading.ts';
import { differenceOf, unitsOutside } from './row-against-task.ts';
import { sharedProjects } from './shared-projects.ts';
import type { Draft } from './draft.ts';
import { say, type Message } from '../../messages/message.ts';
import { kept } from '../../messages/kept.ts';
import { stateSaid } from '../../messages/named.ts';
import { entriesOf, type Entry } from './entries.ts';
import { ordinalOf } from './keys.ts';
import { lineOf } from './lines.ts';
import { measurementOf } from './measurements.ts';

/** What items leave open when they are held against each other: a task against its rows, a figure against another. */

type Found = Omit<ReadFinding, 'n'>;

const found = (kind: string, { item }: Entry, said: Message): Found => ({ kind, address: item.address, ...kept(said), blocks: false });

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
      if (of.length === 0) return [];
      return [
        say(of.length > 1 ? `finding.several-${kind}s` : `finding.one-${kind}`, { count: of.length, numbers: ranges(of.map(numberOf)) }),
      ];
    });
    const detail = say('finding.stands-for-units-that-the-directive-does', { name, where });
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
          .map(({ name }) => found('name-unresolved', entry, say('finding.stands-without-after-no-name-that-has', { name, namePrefix }))),
      );

const unlinked = (row: Entry, nearest: NonNullable<Entry['link']>['nearest']): Found => {
  const near = nearest.map(({ number, score }) => say('finding.task-of-its-wording', { number, share: Math.round(score * 100) }));
  return found('other', row, say('finding.row-belongs-to-no-task-clearly-nearest', { row: numberOf(row), near }));
};

const rowAgainstTask = (row: Entry, task: Entry): readonly Found[] => {
  const [of, to] = [{ named: row.assignees }, { named: task.assignees }];
  const difference = differenceOf(of, to);
  const outside = unitsOutside(of, to);
  const strange = drift(row.item.text, task.item.text);
  const number = numberOf(task);
  return [
    ...(difference === null
      ? []
      : [found('row-differs', row, say('finding.against-task', { name: difference.name, number, detail: difference.detail }))]),
    ...(outside.length === 0
      ? []
      : [found('unit-outside-task', row, say('finding.task-does-not-name', { number, outside: outside.join('、') }))]),
    ...(strange.length === 0
      ? []
      : [
          found(
            'name-drift',
            row,
            say('finding.not-in-the-words-of-task', { number, strange: strange.map((each) => say('finding.words-in-clause', each)) }),
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
        ? [found('layout', row, say('finding.row-belongs-to-task-and-stands-after', { row: numberOf(row), task: numberOf(task), before }))]
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
    const of = scheduled && entry.link === null ? { kind: stateSaid(item.kind), number: numberOf(entry) } : null;
    return [
      ...(item.leaders.length === 0 && leads
        ? [found('no-leader', entry, of === null ? say('finding.no-leader-is-named') : say('finding.no-leader-and-no-row', of))]
        : []),
      ...(item.deadline === null
        ? [found('no-deadline', entry, of === null ? say('finding.no-deadline-of-item') : say('finding.no-deadline-and-no-row', of))]
        : []),
    ];
  });
};

const order = (entries: readonly Entry[], date: string | null): readonly Found[] =>
  entries.flatMap((entry) => {
    const day = entry.item.deadline?.date ?? null;
    if (day === null || date === null || day >= date) return [];
    return [found('date-order', entry, say('finding.the-deadline-lies-before-the-document-of', { day, date }))];
  });

const TWICE = /月月/u;

const doubled = (entries: readonly Entry[]): readonly Found[] => {
  const twice = entries.filter(({ item }) => TWICE.test(item.deadline?.printed ?? ''));
  const [first] = twice;
  if (first === undefined) return [];
  const where = ranges(twice.map(numberOf));
  return [found('layout', first, say('finding.deadlines-print-the-word-for-month-twice', { where }))];
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
    return [found('other', entry, say('finding.is-listed-in-task-and-named-in', { project, listedIn, alsoIn: ranges(alsoIn) }))];
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
