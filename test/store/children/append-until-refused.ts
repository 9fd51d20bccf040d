import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { Draft } from '../../../src/kernel/envelope.ts';
import { StoreUnavailable } from '../../../src/store/event-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { draft } from '../../contract/drafts.ts';

/**
 * A process whose files may not grow past a limit: it appends until a commit fails, and then sends the same ids
 * again until the store has made room by itself. Prints as JSON what it was promised, and how the commit failed.
 */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: append-until-refused <log>');

const store = openSqliteStore({ path, clock: systemClock });

/** Appends until it is done; how the first try failed, if it did. */
const append = async (stream: string, event: Draft): Promise<{ readonly cause: string; readonly head: number } | undefined> => {
  let failure: { readonly cause: string; readonly head: number } | undefined;
  for (let tries = 0; tries < 100; tries += 1)
    try {
      const { duplicate } = await store.append(stream, 'none', [event]);
      if (duplicate) throw new Error('what was reported as not written had been written');
      return failure;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      failure ??= { cause: String(error.cause), head: store.head().position };
      await sleep(20);
    }
  throw new Error('the store never recovered');
};

const promised: string[] = [];
for (;;) {
  const stream = `task-${promised.length}`;
  const event = draft(stream, { data: { text: 'x'.repeat(10_000) } });
  const failure = await append(stream, event);
  promised.push(event.id);
  if (failure !== undefined) {
    await store.close();
    console.log(JSON.stringify({ promised, failure }));
    break;
  }
}
