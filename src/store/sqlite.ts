import type { Clock } from '../kernel/clock.ts';
import type { Draft } from '../kernel/envelope.ts';
import { recordTimeAfter } from '../kernel/record-time.ts';
import {
  checkAppend,
  NameTaken,
  StoreUnavailable,
  WrongRevision,
  type Appended,
  type Claim,
  type EventStore,
  type ExpectedRevision,
  type LogDamaged,
  type StoredEvent,
} from './event-store.ts';
import { createFanOut } from './fan-out.ts';
import { openLogFile, type LogFile, type LogWriter, type StreamHead } from './log-file.ts';
import { markIn, type MarkKeeper } from './signed-mark.ts';
import { sourceOf } from './log-source.ts';
import { sealFollowing, type Sealed } from './seal-following.ts';
import { say } from '../messages/message.ts';

/**
 * The embedded store: one log file, written by this process alone. Appends that arrive together commit together,
 * so that many commands share one fsync, yet each gets its own verdict, and hears it only after the commit.
 */

/** Counted since the store was opened; for metrics. */
export type StoreStats = {
  /** Transactions committed, each with one fsync if it wrote. */
  readonly commits: number;
  /** Transactions that failed; every append in them was told `StoreUnavailable`. */
  readonly failedCommits: number;
  /** Appends that wrote, and the events they wrote. */
  readonly appends: number;
  readonly events: number;
};

export type SqliteStore = EventStore & {
  readonly stats: () => StoreStats;
  /** What the file was found to hold that is not as it was recorded. From then on appends are refused with it. */
  readonly damage: () => LogDamaged | undefined;
  readonly mark: MarkKeeper;
};

/** A bound on how long the process is busy with one transaction. */
const MAX_BATCH_EVENTS = 2000;
/** Without appends for this long, the WAL is moved into the database while nobody waits. */
const IDLE_CHECKPOINT_MS = 250;

type Pending = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly Draft[];
  readonly claim: Claim | undefined;
  readonly answer: PromiseWithResolvers<Appended>;
};

type Verdict =
  | { readonly kind: 'appended'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'repeated'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'refused'; readonly error: unknown };

/** What all appends of one transaction have in common. */
type Batch = { readonly log: LogFile; readonly writer: LogWriter; readonly source: string; readonly recordedAt: number };

/** As in EventStoreDB: what follows the expected revision bears the same ids, so this is the first try again. */
const repeatedOrWrong = ({ stream, expected, events }: Pending, head: StreamHead | undefined, log: LogFile): Verdict => {
  const held = log.readStream(stream, expected === 'none' ? 0 : expected + 1, events.length);
  const same = held.length === events.length && held.every(({ id }, index) => id === events[index]?.id);
  return same
    ? { kind: 'repeated', events: held }
    : { kind: 'refused', error: new WrongRevision(stream, expected, head?.revision ?? 'none') };
};

/** Everything is verified, sealed and claimed before the first event is written, so an append that is refused leaves nothing to undo. */
const decideAppend = (append: Pending, batch: Batch): Verdict => {
  const head = batch.log.streamHead(append.stream);
  if (append.expected !== (head?.revision ?? 'none')) return repeatedOrWrong(append, head, batch.log);
  let sealed: readonly Sealed[];
  try {
    sealed = sealFollowing(head, append.events, batch);
  } catch (error) {
    return { kind: 'refused', error };
  }
  const { claim } = append;
  if (claim !== undefined && !batch.writer.claim(claim)) return { kind: 'refused', error: new NameTaken(claim) };
  return { kind: 'appended', events: sealed.map(({ event, envelope }) => batch.writer.append(event, envelope)) };
};

const tell = ({ answer }: Pending, verdict: Verdict): void => {
  if (verdict.kind === 'refused') answer.reject(verdict.error);
  else
    answer.resolve({
      revision: verdict.events.at(-1)?.revision ?? 0,
      positions: verdict.events.map(({ position }) => position),
      duplicate: verdict.kind === 'repeated',
    });
};

export type SqliteStoreOptions = {
  readonly path: string;
  readonly clock: Clock;
  /** The log's incarnation; a log keeps the one it was made with. */
  readonly source?: string;
  /** Events after which a transaction takes no further append; with 1 each append has its own. */
  readonly maxBatch?: number | undefined;
  /** Whether appends are acknowledged before they are durable (see `LogFileOptions`). */
  readonly relaxedDurability?: boolean | undefined;
};

/** Opens the log at `path`, and makes it where there is none. The caller holds the data directory's lock (`lockDataDir`). */
export const openSqliteStore = (options: SqliteStoreOptions): SqliteStore => {
  const { maxBatch = MAX_BATCH_EVENTS } = options;
  const log = openLogFile(options.path, { relaxedDurability: options.relaxedDurability });
  const source = sourceOf(log, options.source);
  const fanOut = createFanOut(log.readAll);
  const queue: Pending[] = [];
  let stats: StoreStats = { commits: 0, failedCommits: 0, appends: 0, events: 0 };
  let closing: Promise<void> | undefined;

  const tryCheckpoint = (): void => {
    try {
      log.checkpoint();
    } catch {
      // Nothing is lost: the WAL keeps the pages, and a disk that is at fault shows at the next commit.
    }
  };
  const idle = setTimeout(tryCheckpoint, IDLE_CHECKPOINT_MS).unref();

  const takeBatch = (): readonly Pending[] => {
    let events = 0;
    const end = queue.findIndex((append) => (events += append.events.length) > maxBatch);
    // An append that is larger than a batch by itself goes alone: it is one transaction in any case.
    return queue.splice(0, end === -1 ? queue.length : Math.max(end, 1));
  };

  const commit = (batch: readonly Pending[]): readonly Verdict[] | undefined => {
    try {
      return log.write((writer) => {
        const recordedAt = recordTimeAfter(log.head().recordedAt, options.clock.now().epochMilliseconds);
        return batch.map((append) => decideAppend(append, { log, writer, source, recordedAt }));
      });
    } catch (error) {
      stats = { ...stats, failedCommits: stats.failedCommits + 1 };
      // A refusal found in this batch may rest on an append that is undone now, so it is not told either.
      for (const { answer } of batch) answer.reject(new StoreUnavailable(say('store.append-not-written'), { cause: error }));
      // Where the disk is full, a WAL that is moved into the database can be written anew from its start.
      tryCheckpoint();
      return undefined;
    } finally {
      idle.refresh();
    }
  };

  const flush = (): void => {
    const batch = takeBatch();
    if (batch.length === 0) return;
    const verdicts = commit(batch);
    if (queue.length > 0) setImmediate(flush);
    if (verdicts === undefined) return;
    const appended = verdicts.flatMap((verdict) => (verdict.kind === 'appended' ? [verdict.events] : []));
    const events = appended.flat();
    stats = { ...stats, commits: stats.commits + 1, appends: stats.appends + appended.length, events: stats.events + events.length };
    for (const [index, verdict] of verdicts.entries()) {
      const append = batch[index];
      if (append !== undefined) tell(append, verdict);
    }
    fanOut.publish(events);
  };

  const shutDown = async (): Promise<void> => {
    while (queue.length > 0) flush();
    await fanOut.close();
    clearTimeout(idle);
    log.close();
  };

  return {
    append: async (stream, expected, events, claim) => {
      checkAppend(stream, expected, events);
      if (closing !== undefined) throw new StoreUnavailable(say('store.is-closed'));
      const damage = log.damage();
      if (damage !== undefined) throw damage;
      const answer = Promise.withResolvers<Appended>();
      queue.push({ stream, expected, events, claim, answer });
      if (queue.length === 1) setImmediate(flush);
      return answer.promise;
    },
    readStream: async (stream, fromRevision = 0) => log.readStream(stream, fromRevision),
    readKnown: (stream, fromRevision = 0) => log.readStream(stream, fromRevision),
    readAll: log.readAll,
    readHistory: log.readHistory,
    at: log.at,
    leaves: log.leaves,
    head: log.head,
    positionAt: log.positionAt,
    subscribeAll: fanOut.subscribe,
    stats: () => stats,
    damage: log.damage,
    mark: markIn(log),
    close: () => (closing ??= shutDown()),
  };
};
