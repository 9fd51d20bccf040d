import type { Clock } from '../../kernel/clock.ts';
import type { Draft } from '../../kernel/envelope.ts';
import { recordTimeOnCluster } from '../../kernel/record-time.ts';
import { StoreUnavailable, WrongRevision, type Appended, type ExpectedRevision } from '../event-store.ts';
import type { LogFile, StreamHead } from '../log-file.ts';
import { sealFollowing, type Sealed } from '../seal-following.ts';
import type { Arrival } from './arrivals.ts';
import { actualRevision, failureOf, failureText, NotSettled } from './failures.ts';
import { EVENT_OVERHEAD_BYTES, MAX_APPEND_BYTES } from './outgoing.ts';
import { untilCertain } from './retry.ts';
import type { SendOnce } from './send-once.ts';
import type { Sequencer } from './sequencer.ts';
import type { StreamReader } from './stream-reader.ts';
import type { Timing } from './timing.ts';
import { sameBytes } from '../../tlog/bytes.ts';
import { say } from '../../messages/message.ts';

/**
 * Appends to the cluster. The ids are fixed before the first try and the expected revision is exact, so that
 * whatever becomes of an answer, sending the same again writes nothing twice: the server compares the ids that
 * follow the expected revision. It compares ids alone; where another replica's try came first, with another time
 * in its bytes, those bytes are the log's, and what is answered and linked to is taken from the log.
 */
export type Appender = {
  /** Calls for one stream must come one at a time. Throws as the port says. */
  readonly append: (stream: string, expected: ExpectedRevision, drafts: readonly Draft[]) => Promise<Appended>;
  readonly stats: () => AppenderStats;
};

/** Tries include those that got no certain answer and were sent again. */
export type AppenderStats = { readonly appends: number; readonly tries: number };

const checkSize = (sealed: readonly Sealed[]): void => {
  const bytes = sealed.reduce((sum, { event }) => sum + event.bytes.length + EVENT_OVERHEAD_BYTES, 0);
  if (bytes > MAX_APPEND_BYTES) throw new TypeError(`an append of ${bytes} bytes, and a cluster takes ${MAX_APPEND_BYTES} at once`);
};

const isConflict = (error: unknown): boolean => error instanceof WrongRevision || failureOf(error) === 'conflict';

const answerOf = (revision: number, count: number, held: readonly Arrival[], duplicate: boolean): Appended => ({
  revision,
  positions: Array.from({ length: count }, (_, index) => held[index]?.position ?? null),
  duplicate,
});

export const createAppender = (options: {
  readonly sendOnce: SendOnce;
  readonly log: LogFile;
  readonly sequencer: Sequencer;
  readonly reader: StreamReader;
  readonly clock: Clock;
  /** The log's incarnation as it is now. */
  readonly source: () => string;
  /** The name of this replica. */
  readonly replica: string | undefined;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** The cluster acknowledged an append at this time (monotonic ms), and it did not arrive here in time. */
  readonly onUndelivered: (acknowledged: number) => void;
}): Appender => {
  const { sendOnce, log, sequencer, reader, clock, source, timing, signal } = options;
  let stats: AppenderStats = { appends: 0, tries: 0 };

  /** The event that the append follows, as the log has it. */
  const predecessor = async (stream: string, expected: ExpectedRevision): Promise<StreamHead | undefined> => {
    if (expected === 'none') return undefined;
    const head = sequencer.sequenced.streamHead(stream);
    if (head?.revision === expected) return head;
    const found = sequencer.sequenced.eventAt(stream, expected) ?? (await reader.eventAt(stream, expected));
    if (found === undefined) throw new WrongRevision(stream, expected, await reader.lastRevision(stream));
    return { revision: expected, leaf: found.leaf };
  };

  const tryOnce = async (stream: string, expected: ExpectedRevision, sealed: readonly Sealed[]): Promise<number> => {
    stats = { ...stats, tries: stats.tries + 1 };
    try {
      return await sendOnce({
        stream,
        expected,
        events: sealed.map(({ event, envelope }) => ({ id: event.id, type: envelope.type, bytes: event.bytes })),
      });
    } catch (error) {
      if (isConflict(error) && (await reader.lastRevision(stream)) === expected) throw new NotSettled(stream);
      throw error;
    }
  };

  /** The last revision, as acknowledged. */
  const send = async (stream: string, expected: ExpectedRevision, sealed: readonly Sealed[]): Promise<number> => {
    try {
      return await untilCertain(say('store.appending-to', { stream }), timing, signal, () => tryOnce(stream, expected, sealed));
    } catch (error) {
      switch (failureOf(error)) {
        case 'conflict':
          throw new WrongRevision(stream, expected, actualRevision(error));
        case 'stream-deleted':
          throw sequencer.stop({ kind: 'stream-removed', stream, revision: null, detail: say('store.stream-deleted-for-good') });
        case 'permanent':
          throw new StoreUnavailable(say('store.appending-refused', { stream, why: failureText(error) }), { cause: error });
        default:
          throw error;
      }
    }
  };

  return {
    append: async (stream, expected, drafts) => {
      const first = expected === 'none' ? 0 : expected + 1;
      const last = first + drafts.length - 1;
      const before = log.readStream(stream, first, drafts.length);
      // What is sequenced here is certain, though the stream may have gone on meanwhile; no need to ask.
      if (before.some(({ id }, index) => id !== drafts[index]?.id))
        throw new WrongRevision(stream, expected, log.streamHead(stream)?.revision ?? 'none');
      if (before.length === drafts.length) return answerOf(last, drafts.length, before, true);

      const recordedAt = recordTimeOnCluster(log.head().recordedAt, clock.now().epochMilliseconds);
      const sealed = sealFollowing(await predecessor(stream, expected), drafts, { source: source(), recordedAt, replica: options.replica });
      checkSize(sealed);
      const revision = await send(stream, expected, sealed);
      const acknowledged = performance.now();
      stats = { ...stats, appends: stats.appends + 1 };
      // After a deletion that can be undone the server takes an append to no stream, and goes on with the old numbers.
      if (revision !== last)
        throw sequencer.stop({
          kind: 'stream-removed',
          stream,
          revision: null,
          detail: say('store.appended-elsewhere', { revision, expected: last }),
        });

      const held = await sequencer.arrival(stream, first, drafts.length, timing.positionsWithin);
      if (held.length < drafts.length) options.onUndelivered(acknowledged);
      const anothers = held.some(({ leaf }, index) => !sameBytes(leaf, sealed[index]?.event.leaf ?? leaf));
      return answerOf(last, drafts.length, held, anothers);
    },
    stats: () => stats,
  };
};
