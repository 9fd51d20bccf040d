import { join } from 'node:path';
import { projections } from '../projections/index.ts';
import { openAttachments } from './attachments/store.ts';
import { catalogue, type DubanEvent } from './catalogue.ts';
import { createKnowledge } from './compliance/knowledge.ts';
import { createHandler, type Handler } from './handling/handler.ts';
import type { Measure, Readiness } from './http/operations.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { randomIds, type Ids } from './kernel/ids.ts';
import { startProjector, type Projector } from './projecting/projector.ts';
import type { Progress } from './projecting/rebuild.ts';
import type { Ledger } from './proving/ledger.ts';
import { startLedger, type LedgerService, type LedgerSettings } from './proving/service.ts';
import { ledgerSink } from './proving/tiles-sink.ts';
import { openViews } from './projecting/views.ts';
import type { Services } from './services.ts';
import { lockDataDir, type DataLock } from './store/data-lock.ts';
import { StoreUnavailable, type EventStore } from './store/event-store.ts';
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
  /** What the ledger does of its own accord, and what went wrong there. */
  readonly onLedger?: (message: string, detail: object) => void;
  readonly ledger?: LedgerSettings;
  /** Of the embedded store: events after which a transaction takes no further append. */
  readonly maxBatch?: number;
  /** Of the embedded store: appends are acknowledged before they are durable, which only a log made at one go can bear. */
  readonly hasty?: boolean;
};

/** Views further behind than this are not ready. */
const MAX_LAG = 10_000;

/** What would be added to a log with a part missing would stand in the place of what is missing, and could not make room for it. */
const wholeLog = (log: EventStore, ledger: Ledger): EventStore => ({
  ...log,
  append: async (stream, expected, events) => {
    if (ledger.contradicted()) throw new StoreUnavailable(`the log is not whole: ${ledger.stopped()}`);
    return log.append(stream, expected, events);
  },
});

/** A log that is open, and what only its kind can say. */
type OpenLog = {
  readonly store: EventStore;
  /** Whether nobody else adds to it, so that its end here is its end. */
  readonly alone: boolean;
  /** Why what is read here may not be as new as the log. */
  readonly notReady: () => readonly string[];
  /** What in the log contradicts what was sequenced from it. */
  readonly anomaly: () => string | undefined;
  readonly measures: readonly Measure[];
};

const counter = (name: string, help: string, read: () => number): Measure => ({ kind: 'counter', name, help, read });

const openEmbedded = ({ dataDir, clock = systemClock, maxBatch, hasty }: DubanOptions): OpenLog => {
  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock, maxBatch, hasty });
  return {
    store,
    alone: true,
    notReady: () => [],
    anomaly: () => undefined,
    measures: [
      counter('duban_store_commits_total', 'Transactions that appended events.', () => store.stats().commits),
      counter('duban_store_appends_total', 'Appends acknowledged.', () => store.stats().appends),
    ],
  };
};

/** The client of a cluster is loaded only here: it costs the start of an embedded log nothing. */
const openOnCluster = async ({ dataDir, clock = systemClock }: DubanOptions, url: string): Promise<OpenLog> => {
  const { openEventStoreDbStore } = await import('./store/eventstoredb.ts');
  const { anomalyText } = await import('./store/eventstoredb/anomaly.ts');
  const store = await openEventStoreDbStore({ url, path: join(dataDir, 'mirror.sqlite'), clock });
  return {
    store,
    alone: false,
    notReady: () => store.ready().reasons,
    anomaly: () => {
      const found = store.anomaly();
      return found && anomalyText(found);
    },
    measures: [
      counter('duban_store_appends_total', 'Appends acknowledged.', () => store.stats().appends),
      counter('duban_store_tries_total', 'Tries that appends took.', () => store.stats().tries),
      counter('duban_store_sequenced_total', 'Events of the cluster given a position here.', () => store.stats().sequenced),
      counter('duban_store_subscriptions_total', 'How often the cluster was subscribed to.', () => store.stats().subscriptions),
    ],
  };
};

/** Works on the embedded log of the data directory. @throws DataDirInUse */
export const openDuban = (options: DubanOptions): Duban => {
  const lock = lockDataDir(options.dataDir);
  try {
    return assemble(options, lock, openEmbedded(options));
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** Works on the log of a cluster; the data directory holds its mirror. @throws DataDirInUse */
export const openDubanOnCluster = async (options: DubanOptions & { readonly url: string }): Promise<Duban> => {
  const lock = lockDataDir(options.dataDir);
  try {
    return assemble(options, lock, await openOnCluster(options, options.url));
  } catch (error) {
    lock.release();
    throw error;
  }
};

const assemble = (options: DubanOptions, lock: DataLock, { store: log, alone, notReady, anomaly, measures }: OpenLog): Duban => {
  const { dataDir, timeZone, clock = systemClock, ids = randomIds, onError, onRebuild, onLedger = () => undefined } = options;
  const views = openViews(join(dataDir, 'views.sqlite'), projections, catalogue, { sink: ledgerSink });
  const projector = startProjector({ store: log, views, onError, ...(onRebuild === undefined ? {} : { onProgress: onRebuild }) });
  const closeLog = async (): Promise<void> => {
    await projector.close();
    views.close();
    await log.close();
    lock.release();
  };
  let proving: LedgerService;
  try {
    proving = startLedger({ dataDir, settings: options.ledger ?? {}, store: log, alone, anomaly, views, clock, onEvent: onLedger });
  } catch (error) {
    void closeLog();
    throw error;
  }
  const { ledger, notebook } = proving;
  const store = wholeLog(log, ledger);
  const handler = createHandler({ store, catalogue, clock, ids });
  const knowledge = createKnowledge(views);
  const services: Services = {
    handler,
    store,
    views,
    knowledge,
    tasks: createTaskReader(views, store, knowledge),
    attachments: openAttachments(dataDir),
    ledger,
    notebook,
    timeZone,
  };

  const readiness = (): Readiness => {
    const state = projector.state();
    const lag = projector.lag();
    const reasons = [
      ...notReady(),
      ...(state.state === 'halted' ? [`the views halted at @${state.position}: ${state.reason}`] : []),
      ...(ledger.stopped() === undefined ? [] : [`the ledger does not sign: ${ledger.stopped()}`]),
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
    measures,
    close: async () => {
      await proving.close();
      await closeLog();
    },
  };
};
