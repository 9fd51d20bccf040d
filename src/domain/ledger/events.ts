import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { authority, line, reason } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';

/** Stream `ledger`: what the log says of itself. */

const verifierKey = line(500).meta({ description: wording('ledger.verifier-key-c2sp-signed-note-name') });
const position = z.int().min(1);
const stream = line(200);

/** From the checkpoint on that covers this event, which both sign, `to` signs instead of `from`. */
export const KeyRotated = defineEvent('KeyRotated', 1, z.strictObject({ from: verifierKey, to: verifierKey, reason, authority }));

/**
 * Events were lost for good, and the log goes on under another name. `checkpoint` is the last one known of the old
 * name, as the signed note; the first `survived` events are those of the old name, and what it promised beyond is lost.
 */
export const LedgerRestarted = defineEvent(
  'LedgerRestarted',
  1,
  z.strictObject({
    old: z.strictObject({ origin: line(200), key: verifierKey, source: line(100) }),
    checkpoint: z.string().min(1).max(20_000).nullable(),
    survived: z.int().min(0),
    lost: z.strictObject({ from: position, to: position }).nullable(),
    origin: line(200),
    key: verifierKey,
    reason,
    authority,
  }),
);

/** Something outside the log that an event names by its digest was removed because a law asks for it. The event stays. */
export const LegalRemovalRecorded = defineEvent(
  'LegalRemovalRecorded',
  1,
  z.strictObject({ position, what: line(1000), reason, authority }),
);

/** What a cluster's log holds is no longer what was sequenced from it. */
export const SourceAnomalyDetected = defineEvent(
  'SourceAnomalyDetected',
  1,
  z.strictObject({
    kind: z.enum(['event-altered', 'revision-gap', 'late-start', 'foreign-event', 'broken-link', 'stream-removed', 'log-behind']),
    stream,
    revision: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: wording('ledger.null-whole-stream') }),
    position: position.nullable().meta({ description: wording('ledger.where-that-event-was-sequenced-if') }),
    detail: line(2000),
  }),
);

export const ledgerEvents = [KeyRotated, LedgerRestarted, LegalRemovalRecorded, SourceAnomalyDetected] as const;
export type LedgerEvent = EventOf<(typeof ledgerEvents)[number]>;

export const LEDGER_STREAM = 'ledger';
