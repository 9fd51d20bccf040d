import { join, resolve } from 'node:path';

/** The data directory itself, as it is told to people: by its whole path. */
export const wholePathOf = (dataDir: string): string => resolve(dataDir);

/** Where everything stands in a data directory. Nothing else joins a path onto one. */
export type DataFiles = {
  /** The embedded log; there is none where a cluster keeps it. */
  readonly log: string;
  /** What was sequenced here of a cluster's log. */
  readonly mirror: string;
  /**
   * The mirror that a migration is making. Until the mirror is finished and gets its own name, the directory still
   * belongs to the embedded log.
   */
  readonly mirrorBegun: string;
  /** The embedded log once it was migrated into a cluster. */
  readonly migratedLog: string;
  readonly views: string;
  /** The checkpoints that were signed. */
  readonly checkpoints: string;
  /**
   * The checkpoint store of a log's old name, kept beside that of the new one. `position` is where the log was
   * restarted.
   */
  readonly checkpointsBefore: (position: number) => string;
  readonly attachments: string;
  readonly keys: string;
  /** Signs checkpoints, unless the settings name another file. */
  readonly ledgerKey: string;
  /** Signs tokens, where no issuer is configured. */
  readonly tokenKey: string;
  /** What may have to be erased, outside the log: shared by replicas. */
  readonly personal: string;
  readonly personalValues: string;
  /** What is handed on to other systems and is not of the log: subscriptions with their secrets, and how far each has come. */
  readonly outbox: string;
  readonly outboxQueue: string;
  /** What was revoked, a file for each token: shared with the keys. */
  readonly revokedTokens: string;
  /** Held by the process that works in the directory, whose id stands in the file beside it. */
  readonly lock: string;
  readonly lockHolder: string;
};

export const dataFiles = (dataDir: string): DataFiles => {
  const keys = join(dataDir, 'keys');
  const personal = join(dataDir, 'personal');
  const outbox = join(dataDir, 'outbox');
  return {
    log: join(dataDir, 'log.sqlite'),
    mirror: join(dataDir, 'mirror.sqlite'),
    mirrorBegun: join(dataDir, 'migration.sqlite'),
    migratedLog: join(dataDir, 'log-migrated.sqlite'),
    views: join(dataDir, 'views.sqlite'),
    checkpoints: join(dataDir, 'ledger.sqlite'),
    checkpointsBefore: (position) => join(dataDir, `ledger-before-${position}.sqlite`),
    attachments: join(dataDir, 'attachments'),
    keys,
    ledgerKey: join(keys, 'ledger.key'),
    tokenKey: join(keys, 'auth.json'),
    personal,
    personalValues: join(personal, 'values.sqlite'),
    outbox,
    outboxQueue: join(outbox, 'outbox.sqlite'),
    revokedTokens: join(keys, 'revoked'),
    lock: join(dataDir, 'lock.sqlite'),
    lockHolder: join(dataDir, 'lock.pid'),
  };
};

/** What SQLite keeps beside a file while it is open: its write-ahead log, that one's index, its rollback journal. */
export const sqliteSideFiles = (path: string): { readonly wal: string; readonly shm: string; readonly journal: string } => ({
  wal: `${path}-wal`,
  shm: `${path}-shm`,
  journal: `${path}-journal`,
});
