/** Fetched while what comes before is still being looked at. */
const AHEAD = 4;

/** Each item with what was fetched for it, in order; a few are fetched before they are asked for. */
export async function* readAhead<Item, Fetched>(
  items: readonly Item[],
  fetch: (item: Item) => Promise<Fetched>,
): AsyncGenerator<readonly [Item, Fetched]> {
  const fetching: Promise<Fetched>[] = [];
  const begin = (item: Item | undefined): void => {
    if (item === undefined) return;
    const promise = fetch(item);
    // It is told where it is awaited; if that never happens, nobody needed it.
    promise.catch(() => undefined);
    fetching.push(promise);
  };
  for (const item of items.slice(0, AHEAD)) begin(item);
  for (const [at, item] of items.entries()) {
    begin(items[at + AHEAD]);
    const fetched = await fetching.shift();
    if (fetched === undefined) return;
    yield [item, fetched];
  }
}
