import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { date, id, period, timeZone } from '../../kernel/schema.ts';

/** Stream `snapshot-<id>`: compliance at (position, moment), with the digest of what it showed. */

export const SnapshotTaken = defineEvent(
  'SnapshotTaken',
  1,
  z.strictObject({
    directive: id,
    /** null: every period of the directive and the tasks' own deadlines. */
    period: period.nullable(),
    position: z.int().min(1),
    /** The civil day of the moment judged. */
    on: date,
    /** The moment judged, RFC 3339 ms UTC. By the first rules it was the end of the day, and was not named. */
    at: z.iso.datetime({ precision: 3 }).optional(),
    timeZone,
    policyVersions: z.array(z.int().min(1)),
    /** Version of the judging rules that produced it. */
    judge: z.int().min(1),
    digest: z.string().regex(/^[0-9a-f]{64}$/u),
  }),
);

export const snapshotEvents = [SnapshotTaken] as const;
export type SnapshotEvent = EventOf<(typeof snapshotEvents)[number]>;
