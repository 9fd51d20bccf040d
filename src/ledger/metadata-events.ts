import { catalogue } from '../domain/catalogue.ts';
import { instantText, type Clock } from '../kernel/clock.ts';
import type { Draft } from '../kernel/envelope.ts';
import { randomIds } from '../kernel/ids.ts';
import { clockFault, recordTimeAfter } from '../kernel/record-time.ts';
import { ClockBehind } from '../store/event-store.ts';
import type { LogFile } from '../store/log-file.ts';
import { sealFollowing } from '../store/seal-following.ts';
import { LEDGER_STREAM, type LedgerEvent } from '../domain/ledger/events.ts';
import type { MetadataEvent } from '../domain/ledger/key-steps.ts';

/** The log's events about itself. */

export const metadataEvents = (log: Pick<LogFile, 'readHistory' | 'head'>): readonly MetadataEvent[] =>
  log.readHistory(LEDGER_STREAM, log.head().position).map(({ position, envelope }) => {
    const { type, data } = catalogue.fromWire(envelope.type, envelope.data);
    return { position, type, data };
  });

/** An event about the log itself, as `sub` writes it: a person at the command line, or the program of its own accord. */
export const metadataDraft = (
  event: LedgerEvent,
  sub: 'cli' | 'duban',
  clock: Clock,
  id: string = randomIds.next(clock.now().epochMilliseconds),
): Draft => ({
  id,
  ...catalogue.toWire(event),
  subject: LEDGER_STREAM,
  actor: { sub, role: 'system' },
  receivedat: instantText(clock.now()),
  correlation: id,
});

/** Appends an event under a source, which is the log's own from then on, in one transaction. Gives its position. */
export const appendMetadataEvent = (log: LogFile, event: LedgerEvent, source: string, clock: Clock): number => {
  const draft = metadataDraft(event, 'cli', clock);
  return log.write((writer) => {
    const last = log.head().recordedAt;
    const now = clock.now().epochMilliseconds;
    const fault = clockFault(last, now);
    if (fault !== undefined) throw new ClockBehind(fault);
    const recordedAt = recordTimeAfter(last, now);
    const [sealed] = sealFollowing(log.streamHead(LEDGER_STREAM), [draft], { source, recordedAt });
    if (sealed === undefined) throw new Error('nothing was sealed');
    writer.setMeta('source', source);
    return writer.append(sealed.event, sealed.envelope).position;
  });
};
