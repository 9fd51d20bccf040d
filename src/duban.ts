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
import { openLedger } from './proving/ledger.ts';
import { loadLedgerKey, ownOrigin } from './proving/ledger-key.ts';
import { openNotebook } from './proving/notebook.ts';
import { readPolicy } from './proving/policy-file.ts';
import { startSigning } from './proving/signing.ts';
import { ledgerSink } from './proving/tiles-sink.ts';
import { createWitnesses } from './proving/witnesses.ts';
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
  /** What the ledger does of its own accord, and what went wrong there. */
  readonly onLedger?: (message: string, detail: object) => void;
  readonly ledger?: LedgerSettings;
  /** Of the embedded store: events after which a transaction takes no further append. */
  readonly maxBatch?: number;
};

export type LedgerSettings = {
  /** The name under which a new log signs. */
  readonly origin?: string | undefined;
  /** A file with the signing key, in place of the local one. */
  readonly key?: string | undefined;
  /** A file that names witnesses and their quorum. */
  readonly policy?: string | undefined;
};

/** Views further behind than this are not ready. */
const MAX_LAG = 10_000;

/** @throws DataDirInUse */
export const openDuban = (options: DubanOptions): Duban => {
  const { dataDir, timeZone, clock = systemClock, ids = randomIds, onError, onRebuild, onLedger = () => undefined } = options;
  const lock = lockDataDir(dataDir);
  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock, maxBatch: options.maxBatch });
  const views = openViews(join(dataDir, 'views.sqlite'), projections, catalogue, { sink: ledgerSink });
  const projector = startProjector({ store, views, onError, ...(onRebuild === undefined ? {} : { onProgress: onRebuild }) });
  const handler = createHandler({ store, catalogue, clock, ids });
  const knowledge = createKnowledge(views);
  const notebook = openNotebook(dataDir);
  const policy = readPolicy(options.ledger?.policy);
  const key = loadLedgerKey(dataDir, options.ledger?.key, () => notebook.origin() ?? options.ledger?.origin ?? ownOrigin());
  const ledger = openLedger({ views, head: () => store.head().position, notebook, key, clock, policy });
  const witnesses = policy && createWitnesses({ ledger, policy, onEvent: onLedger });
  const signing = startSigning(ledger, witnesses, onError);
  const services: Services = {
    handler,
    store,
    views,
    knowledge,
    tasks: createTaskReader(views, store, knowledge),
    ledger,
    notebook,
    timeZone,
  };

  const readiness = (): Readiness => {
    const state = projector.state();
    const lag = projector.lag();
    const reasons = [
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
    measures: [
      { kind: 'counter', name: 'duban_store_commits_total', help: 'Transactions that appended events.', read: () => store.stats().commits },
      { kind: 'counter', name: 'duban_store_appends_total', help: 'Appends acknowledged.', read: () => store.stats().appends },
    ],
    close: async () => {
      await signing.close();
      await projector.close();
      notebook.close();
      views.close();
      await store.close();
      lock.release();
    },
  };
};
