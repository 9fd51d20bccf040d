import { join } from 'node:path';
import { projections } from '../projections/index.ts';
import { catalogue, type DubanEvent } from './catalogue.ts';
import { createKnowledge } from './compliance/knowledge.ts';
import { createHandler, type Handler } from './handling/handler.ts';
import type { Measure, Readiness } from './http/operations.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { randomIds, type Ids } from './kernel/ids.ts';
import { startProjector, type Projector } from './projecting/projector.ts';
import type { Progress } from './projecting/rebuild.ts';
import { openViews } from './projecting/views.ts';
import type { Services } from './services.ts';
import { lockDataDir } from './store/data-lock.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { createTaskReader } from './tasks/read.ts';

/** A data directory at work: the log, the views that follow it, and what reads and writes them. */
export type Duban = {
  readonly services: Services;
  readonly handler: Handler<DubanEvent>;
  readonly projector: Projector;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly readiness: () => Readiness;
  readonly measures: readonly Measure[];
  readonly close: () => Promise<void>;
};

export type DubanOptions = {
  readonly dataDir: string;
  readonly timeZone: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Hears why the projector halted. */
  readonly onError: (error: unknown) => void;
  readonly onRebuild?: Progress;
};

/** Views further behind than this are not ready. */
const MAX_LAG = 10_000;

/** @throws DataDirInUse */
export const openDuban = (options: DubanOptions): Duban => {
  const { dataDir, timeZone, clock = systemClock, ids = randomIds, onError, onRebuild } = options;
  const lock = lockDataDir(dataDir);
  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock });
  const views = openViews(join(dataDir, 'views.sqlite'), projections, catalogue);
  const projector = startProjector({ store, views, onError, ...(onRebuild === undefined ? {} : { onProgress: onRebuild }) });
  const handler = createHandler({ store, catalogue, clock, ids });
  const knowledge = createKnowledge(views);
  const services: Services = { handler, store, views, knowledge, tasks: createTaskReader(views, store, knowledge), timeZone };

  const readiness = (): Readiness => {
    const state = projector.state();
    const lag = projector.lag();
    const reasons = [
      ...(state.state === 'halted' ? [`the views halted at @${state.position}: ${state.reason}`] : []),
      ...(lag > MAX_LAG ? [`the views are ${lag} events behind`] : []),
    ];
    return { ready: reasons.length === 0, reasons };
  };

  return {
    services,
    handler,
    projector,
    clock,
    ids,
    readiness,
    measures: [
      { kind: 'counter', name: 'duban_store_commits_total', help: 'Transactions that appended events.', read: () => store.stats().commits },
      { kind: 'counter', name: 'duban_store_appends_total', help: 'Appends acknowledged.', read: () => store.stats().appends },
    ],
    close: async () => {
      await projector.close();
      views.close();
      await store.close();
      lock.release();
    },
  };
};
