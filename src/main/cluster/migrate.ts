import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFiles, sqliteSideFiles } from '../../kernel/data-files.ts';
import { STREAM_PREFIXES } from '../../domain/catalogue.ts';
import { systemClock } from '../../kernel/clock.ts';
import { HASH_SIZE, rootFromLeaves, type Hash } from '../../tlog/index.ts';
import { renameDurably } from '../../store/durable-file.ts';
import { lockDataDir } from '../../store/data-lock.ts';
import { openEventStoreDbStore, type EventStoreDbStore } from '../../store/eventstoredb.ts';
import { askAccess } from '../../store/eventstoredb/access.ts';
import { anomalyText } from '../../store/eventstoredb/anomaly.ts';
import { failureText } from '../../store/eventstoredb/failures.ts';
import { DEFAULT_TIMING, type Timing } from '../../store/eventstoredb/timing.ts';
import { openLogFile, type LogFile } from '../../store/log-file.ts';
import { MigrationRefused, sendLog } from './send-log.ts';
import type { OnStepAdvance } from '../../kernel/on-advance.ts';
import { sameBytes } from '../../tlog/bytes.ts';
import { say, type Message } from '../../messages/message.ts';

/**
 * Copies an embedded log into a cluster: the same bytes in the same order, so that every replica computes the same
 * tree and the checkpoints signed so far hold. What the cluster has is read back into a mirror, as any replica would,
 * and compared; when both are the same the log is put aside, so that nothing can be added to it any more, and the
 * mirror takes its place.
 */

export type Migrated = {
  readonly events: number;
  /** Those that this run has sent; an earlier one may have sent the others. */
  readonly sent: number;
  readonly root: Hash;
  /** Where the embedded log is now. */
  readonly putAside: string;
};

/** How long (ms) nothing may come, and what ends the waiting before. */
type Patience = { readonly patience: number; readonly signal: AbortSignal };
type LogPair = { readonly log: LogFile; readonly mirror: EventStoreDbStore };

/** If the mirror makes no progress for this long, the events that it lacks will not come. */
const PATIENCE_MILLIS = 30_000;
const POLL_MILLIS = 20;
/** Events compared at once. */
const PAGE = 1_000;

/** The cluster's log is not the beginning of this one, and cannot become it. */
class AnotherLog extends MigrationRefused {}

/** The mirror, or what of it is made already. */
const mirrorIn = (dataDir: string): string => {
  const { mirror, mirrorBegun } = dataFiles(dataDir);
  return existsSync(mirror) ? mirror : mirrorBegun;
};

/** Waits while the mirror comes on. */
const untilMirror = async (
  mirror: EventStoreDbStore,
  what: Message,
  isThere: () => boolean,
  { patience, signal }: Patience,
): Promise<void> => {
  let position = mirror.head().position;
  let since = performance.now();
  while (!isThere()) {
    const found = mirror.anomaly();
    if (found !== undefined) throw new AnotherLog(say('cli.another-cluster', { found: anomalyText(found) }));
    const { reasons } = mirror.ready();
    if (signal.aborted || performance.now() - since > patience)
      throw new MigrationRefused(
        say('cli.mirror-does-not-come-on', { what, reasons: { clauses: reasons.length === 0 ? [say('cli.nothing-comes')] : reasons } }),
      );
    await sleep(POLL_MILLIS);
    if (mirror.head().position === position) continue;
    ({ position } = mirror.head());
    since = performance.now();
  }
};

/** Everything that the cluster holds of ours must be the beginning of the log. */
const compare = ({ log, mirror }: LogPair, onAdvance: OnStepAdvance): void => {
  const { position: held } = mirror.head();
  const { position: end } = log.head();
  for (let from = 0; from < Math.min(held, end); from += PAGE) {
    const to = Math.min(held, end, from + PAGE);
    const [ours, theirs] = [log.leaves(from, to), mirror.leaves(from, to)];
    if (!sameBytes(ours, theirs)) {
      const differs = Array.from({ length: to - from }, (_, index) => index * HASH_SIZE).findIndex(
        (at) => ours.compare(theirs, at, at + HASH_SIZE, at, at + HASH_SIZE) !== 0,
      );
      throw new AnotherLog(say('cli.cluster-holds-other-events', { position: from + differs + 1 }));
    }
    onAdvance(say('cli.comparing'), to, end);
  }
  if (held > end) throw new AnotherLog(say('cli.cluster-in-use-already', { held, own: end }));
};

const rootOf = ({ head, leaves }: Pick<LogFile, 'head' | 'leaves'>): Hash => {
  const { position } = head();
  function* hashes(): Generator<Hash> {
    for (let from = 0; from < position; from += PAGE) {
      const page = leaves(from, Math.min(position, from + PAGE));
      for (let at = 0; at < page.length; at += HASH_SIZE) yield page.subarray(at, at + HASH_SIZE);
    }
  }
  return rootFromLeaves(hashes());
};

/** From then on the directory is that of a replica, and the log in it can be read but not be added to. */
const changeOver = (dataDir: string): string => {
  const { log, mirror, migratedLog } = dataFiles(dataDir);
  if (existsSync(sqliteSideFiles(log).wal)) throw new MigrationRefused(say('cli.log-read-by-another', { log }));
  renameDurably(mirrorIn(dataDir), mirror);
  renameDurably(log, migratedLog);
  return migratedLog;
};

const demandAccess = async (url: string, timing: Timing, signal: AbortSignal): Promise<void> => {
  const { append, read } = await askAccess({ url, timing, signal }).catch((error: unknown) => {
    throw new MigrationRefused(failureText(error));
  });
  if (!append || !read) throw new MigrationRefused(say('cli.user-may-not-write'));
};

/** What was read of a cluster that is of no use, so that another can be tried. */
const forget = (dataDir: string): void => {
  const { mirrorBegun } = dataFiles(dataDir);
  for (const path of [mirrorBegun, ...Object.values(sqliteSideFiles(mirrorBegun))]) rmSync(path, { force: true });
};

const withBoth = async <Result>(
  dataDir: string,
  url: string,
  timing: Timing,
  work: (pair: LogPair) => Promise<Result>,
): Promise<Result> => {
  const log = openLogFile(dataFiles(dataDir).log);
  try {
    const source = log.meta('source');
    const mirror = await openEventStoreDbStore({
      url,
      streamPrefixes: STREAM_PREFIXES,
      path: mirrorIn(dataDir),
      clock: systemClock,
      timing,
      ...(source === undefined ? {} : { source }),
    });
    try {
      return await work({ log, mirror });
    } finally {
      await mirror.close();
    }
  } finally {
    log.close();
  }
};

/**
 * Runs until all is copied and compared; interrupted anywhere, it goes on from there when it is run again.
 * @throws MigrationRefused, DataDirInUse
 */
export const migrateLog = async (options: {
  readonly dataDir: string;
  /** The cluster's connection string. */
  readonly url: string;
  readonly timing?: Partial<Timing>;
  /** How long (ms) nothing may come of the cluster. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly onAdvance?: OnStepAdvance;
}): Promise<Migrated> => {
  const { dataDir, url, onAdvance = () => undefined } = options;
  const waiting = { patience: options.patience ?? PATIENCE_MILLIS, signal: options.signal ?? new AbortController().signal };
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  if (!existsSync(dataFiles(dataDir).log))
    throw new MigrationRefused(
      existsSync(dataFiles(dataDir).migratedLog) ? say('cli.log-migrated-already', { dataDir }) : say('cli.no-embedded-log', { dataDir }),
    );
  const lock = lockDataDir(dataDir);
  try {
    const copied = await withBoth(dataDir, url, timing, async ({ log, mirror }) => {
      await demandAccess(url, timing, waiting.signal);
      await untilMirror(mirror, say('cli.cluster-cannot-be-read'), () => mirror.ready().ready, waiting);
      compare({ log, mirror }, onAdvance);
      const { position: held } = mirror.head();
      const { position: events } = log.head();
      await sendLog({
        log,
        after: held,
        url,
        timing,
        signal: waiting.signal,
        onAdvance: (sent, end) => onAdvance(say('cli.sending'), sent, end),
      });
      await untilMirror(mirror, say('cli.what-was-sent-does-not-come-back'), () => mirror.head().position >= events, waiting);
      compare({ log, mirror }, onAdvance);
      const [root, theirs] = [rootOf(log), rootOf(mirror)];
      if (!sameBytes(root, theirs)) throw new MigrationRefused(say('cli.another-root'));
      return { events, sent: events - held, root };
    });
    return { ...copied, putAside: changeOver(dataDir) };
  } catch (error) {
    if (error instanceof AnotherLog) forget(dataDir);
    throw error;
  } finally {
    lock.release();
  }
};
