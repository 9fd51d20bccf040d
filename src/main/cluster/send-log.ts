import { STREAM_PREFIXES } from '../../domain/catalogue.ts';
import { StoreUnavailable, WrongRevision, type StoredEvent } from '../../store/event-store.ts';
import { superviseClients } from '../../store/eventstoredb/clients.ts';
import { connectionOf } from '../../store/eventstoredb/connection.ts';
import { actualRevision, failureOf, failureText } from '../../store/eventstoredb/failures.ts';
import { EVENT_OVERHEAD_BYTES, MAX_APPEND_BYTES } from '../../store/eventstoredb/outgoing.ts';
import { untilCertain } from '../../store/eventstoredb/retry.ts';
import { createSendOnce } from '../../store/eventstoredb/send-once.ts';
import { isLogged } from '../../store/eventstoredb/stream-names.ts';
import type { Timing } from '../../store/eventstoredb/timing.ts';
import type { LogFile } from '../../store/log-file.ts';
import { say } from '../../messages/message.ts';
import { Told, toldBy } from '../../messages/told.ts';

export class MigrationRefused extends Told {}

/** Events read to be sent at once. */
const PAGE = 1_000;
/** An event with its neighbours: a bound on what is sent again where an answer is lost. */
const MAX_RUN_BYTES = MAX_APPEND_BYTES / 2;

/** Neighbours in the log that are neighbours in one stream: they can go in one append without changing the order. */
const runsOf = (events: readonly StoredEvent[]): readonly (readonly [StoredEvent, ...StoredEvent[]])[] => {
  const runs: [StoredEvent, ...StoredEvent[]][] = [];
  let bytes = 0;
  for (const event of events) {
    const run = runs.at(-1);
    bytes += event.bytes.length + EVENT_OVERHEAD_BYTES;
    if (run !== undefined && run[0].stream === event.stream && bytes <= MAX_RUN_BYTES) run.push(event);
    else {
      runs.push([event]);
      bytes = event.bytes.length + EVENT_OVERHEAD_BYTES;
    }
  }
  return runs;
};

const refusalOf = (error: unknown, stream: string): unknown => {
  if (error instanceof WrongRevision || failureOf(error) === 'conflict')
    return new MigrationRefused(
      say('cli.somebody-else-writes', { stream, revision: error instanceof WrongRevision ? error.actual : actualRevision(error) }),
    );
  if (error instanceof StoreUnavailable) return new MigrationRefused(say('cli.run-again', { why: toldBy(error) }));
  return new MigrationRefused(say('cli.appending-refused', { stream, why: failureText(error) }));
};

/**
 * Sends the events after a position. Each append waits for the one before, so that the cluster has them in the log's
 * order: without waiting, one could be refused (not ready, busy, no quorum in time) and the next be taken, and then the
 * cluster's order could never again be the log's. Expected revisions are exact and ids are the log's, so what is sent
 * twice is there once.
 * @throws MigrationRefused
 */
export const sendLog = async ({
  log,
  after,
  url,
  timing,
  signal,
  onAdvance,
}: {
  readonly log: LogFile;
  readonly after: number;
  readonly url: string;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  readonly onAdvance: (sent: number, end: number) => void;
}): Promise<void> => {
  const module = await import('@eventstore/db-client');
  const { open, credentials } = connectionOf(module, url);
  const clients = superviseClients(open);
  const sendOnce = await createSendOnce({ clients, module, credentials, timing });
  const { position: end } = log.head();
  try {
    for (let sent = after; sent < end;) {
      const events = log.readAll(sent, PAGE);
      for (const run of runsOf(events)) {
        const [{ stream, revision }] = run;
        if (!isLogged(STREAM_PREFIXES, stream)) throw new MigrationRefused(say('cli.no-stream-of-replicas', { stream }));
        const last = await untilCertain(say('cli.appending-to', { stream }), timing, signal, () =>
          sendOnce({
            stream,
            expected: revision === 0 ? 'none' : revision - 1,
            events: run.map(({ id, bytes, envelope }) => ({ id, bytes, type: envelope.type })),
          }),
        ).catch((error: unknown) => {
          throw refusalOf(error, stream);
        });
        // A stream that was deleted, and can be again, goes on with its old numbers.
        if (last !== revision + run.length - 1) throw new MigrationRefused(say('cli.stream-was-deleted', { stream, last }));
      }
      sent += events.length;
      onAdvance(sent, end);
    }
  } finally {
    await clients.close();
  }
};
