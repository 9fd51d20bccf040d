import { linkRows, type Link } from './links.ts';
import type { DraftItem } from './items.ts';

/** The items of a draft as the tasks that they are to be: in which order, part of which other, carried by whom. */

export type Entry = {
  readonly item: DraftItem;
  /** Of the item that it is a part of, or of the task whose words it repeats. */
  readonly parent: string | null;
  readonly assignees: DraftItem['assignees'];
  /** Of a row of a schedule of items beside tasks: the tasks nearest to it in wording. */
  readonly link: Link | null;
};

const KIND_ORDER = { target: 0, task: 1, item: 2 } as const;

/** A part is given to those who have the whole, where it names nobody. */
const walk = (items: readonly DraftItem[], parent: Entry | null): readonly Entry[] =>
  items.flatMap((item) => {
    const assignees = item.assignees.length > 0 ? item.assignees : (parent?.assignees ?? []);
    const entry: Entry = { item, parent: parent?.item.key ?? null, assignees, link: null };
    return [entry, ...walk(item.children, entry)];
  });

/** Targets, tasks and items, each in the document's order. Rows of a schedule of items belong to the tasks whose words they repeat. */
export const entriesOf = (items: readonly DraftItem[]): readonly Entry[] => {
  const entries = walk(items, null).toSorted((a, b) => KIND_ORDER[a.item.kind] - KIND_ORDER[b.item.kind]);
  const tasks = entries.filter(({ item, parent }) => item.kind === 'task' && parent === null);
  const rows = entries.filter(({ item, parent }) => item.kind === 'item' && parent === null);
  if (tasks.length === 0 || rows.length === 0) return entries;
  const links = linkRows(
    rows.map(({ item }) => item.text),
    tasks.map(({ item }) => item.text),
  );
  const linked = new Map(rows.map((row, index) => [row, links[index] ?? null]));
  return entries.map((entry) => {
    const link = linked.get(entry) ?? null;
    if (link === null) return entry;
    return { ...entry, link, parent: link.task === null ? null : (tasks[link.task - 1]?.item.key ?? null) };
  });
};
