import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { id, period } from '../../kernel/schema.ts';

/** Stream `return-<unit>-<period>`: the cover of a unit's reports of one period. */

/** One entry for each task, as it is recorded, or as a request says it. */
export const entriesOf = <Entry extends z.ZodType>(entry: Entry): z.ZodArray<Entry> => z.array(entry).min(1).max(500);

/** What is said in filing a return: the reports that it covers. */
export const returnActs = {
  FileReturn: z.strictObject({ unit: id, period, entries: entriesOf(z.strictObject({ task: id, report: id })) }),
} as const;

/** Its entries are those that were not in the return before. */
export const ReturnFiled = defineEvent('ReturnFiled', 1, returnActs.FileReturn);

export const returnEvents = [ReturnFiled] as const;
export type ReturnEvent = EventOf<(typeof returnEvents)[number]>;
