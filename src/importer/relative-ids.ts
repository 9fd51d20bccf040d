import type { ReadItem } from './document-reading.ts';

/**
 * The ids of items within their document: `task-3`, `item-12`, counted by kind in the document's order; what is read becomes
 * a task under the document's own id before it. Duties of single items name them so.
 */
export const relativeIds = (items: readonly ReadItem[]): ReadonlyMap<ReadItem, string> => {
  const ids = new Map<ReadItem, string>();
  const counts = new Map<string, number>();
  const add = (item: ReadItem): void => {
    const count = (counts.get(item.kind) ?? 0) + 1;
    counts.set(item.kind, count);
    ids.set(item, `${item.kind}-${count}`);
    item.children.forEach(add);
  };
  items.forEach(add);
  return ids;
};
