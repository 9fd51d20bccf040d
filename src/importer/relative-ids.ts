import type { ReadItem } from './document-reading.ts';

/** Names items by kind, counted in the order in which they are asked about: `task-3`, `item-12`. */
export const countedByKind = (): ((kind: string) => string) => {
  const counts = new Map<string, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}-${count}`;
  };
};

/**
 * The ids of items within their document: `task-3`, `item-12`, counted by kind in the document's order; what is read becomes
 * a task under the document's own id before it. Duties of single items name them so.
 */
export const relativeIds = (items: readonly ReadItem[]): ReadonlyMap<ReadItem, string> => {
  const ids = new Map<ReadItem, string>();
  const next = countedByKind();
  const add = (item: ReadItem): void => {
    ids.set(item, next(item.kind));
    item.children.forEach(add);
  };
  items.forEach(add);
  return ids;
};
