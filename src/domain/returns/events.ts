import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { id, period } from '../../kernel/schema.ts';

/** Stream `return-<unit>-<period>`: the cover of a unit's reports of one period. */

export const ReturnFiled = defineEvent(
  'ReturnFiled',
  1,
  z.strictObject({
    unit: id,
    period,
    /** The reports it covers that were not in it before. */
    entries: z
      .array(z.strictObject({ task: id, report: id }))
      .min(1)
      .max(500),
  }),
);

export const returnEvents = [ReturnFiled] as const;
export type ReturnEvent = EventOf<(typeof returnEvents)[number]>;
