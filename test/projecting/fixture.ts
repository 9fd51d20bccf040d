import { join } from 'node:path';
import type { Test } from 'tap';
import type { Draft } from '../../src/kernel/envelope.ts';
import { openViews, type Views } from '../../src/projecting/views.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite.ts';
import { draft, settableClock } from '../contract/drafts.ts';
import { temporaryDir } from '../store/temporary-dir.ts';
import { NothingSaid, ThingsHandled, ThingSpoilt, toyCatalogue, toyProjection, type Act, type ToyEvent } from './toy.ts';

const STREAM = 'things';

type ToyOptions = Parameters<typeof toyProjection>[0];

const drafted = (event: ToyEvent): Draft => draft(STREAM, toyCatalogue.toWire(event));

export const handled = (...acts: readonly Act[]): ToyEvent => ThingsHandled({ acts: [...acts] });
export const put = (name: string, shelf: string | null, weight = 1, part = 0): Act => ({ op: 'put', name, part, shelf, weight });
export const close = (name: string, part = 0): Act => ({ op: 'close', name, part });
export const spoilt = (how: 'throws' | 'repeats' = 'throws'): ToyEvent => ThingSpoilt({ how });
export const silences = (count: number): ToyEvent[] => Array.from({ length: count }, () => NothingSaid({}));

export const openToyViews = (path: string, options: ToyOptions = {}): Views => openViews(path, [toyProjection(options)], toyCatalogue);

export const openLog = (dir: string): SqliteStore =>
  openSqliteStore({ path: join(dir, 'log.sqlite'), clock: settableClock(1_680_000_000_000) });

/** A log in a directory of its own, and its views; `end` closes and removes all of it, at the latest with the test. */
export const given = (t?: Test) => {
  const dir = temporaryDir();
  let store = openLog(dir.path);
  const opened: Views[] = [];
  let revision: number | 'none' = 'none';
  const end = async (): Promise<void> => {
    for (const views of opened) views.close();
    await store.close();
    dir.remove();
  };
  t?.teardown(end);
  return {
    dir: dir.path,
    path: join(dir.path, 'views.sqlite'),
    store,
    /** After it was closed, so that another process could have the log. */
    reopenStore: (): SqliteStore => (store = openLog(dir.path)),
    /** Appends the events at once. */
    append: async (...events: readonly ToyEvent[]): Promise<void> => {
      ({ revision } = await store.append(STREAM, revision, events.map(drafted)));
    },
    views: (options: ToyOptions = {}, file = 'views.sqlite'): Views => {
      const views = openToyViews(join(dir.path, file), options);
      opened.push(views);
      return views;
    },
    end,
  };
};
