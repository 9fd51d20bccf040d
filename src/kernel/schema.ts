import { z } from 'zod';
import { CUTOFF_PATTERN, isTimeZone, parseDate } from './calendar.ts';
import { ID_PATTERN } from './ids.ts';
import { PERIOD_PATTERN, periodForm } from './periods.ts';
import { say } from '../messages/message.ts';
import { standingText, wording } from '../messages/standing.ts';

/** Building blocks of events, commands and answers. Wire forms only: text, safe integers, decimals as text. */

/** The same type with every member read-only, in whatever depth. */
export type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T;

/** What fits a schema, as it is passed on: nobody changes what was said. */
export type ValueOf<Schema extends z.ZodType> = ReadOnly<z.infer<Schema>>;

export const id = z
  .string()
  .regex(ID_PATTERN, wording('kernel.must-match-z0-9-z0-9'))
  .meta({ id: 'Id', description: wording('kernel.small-letters-digits-and-hyphens-1') });

export const date = z
  .string()
  .refine((text) => parseDate(text) !== undefined, wording('kernel.must-be-civil-date-yyyy-mm'))
  .meta({ format: 'date' });

/** What begins with a year, or is one: its schemas are kept here, for where a request says it the year is bounded (days-sent.ts). */
export const yearly = z.registry<{ readonly isYearly: true }>();
const YEARLY = { isYearly: true } as const;

const FORMS = say('kernel.period-forms');
const PERIOD = wording('field.must-be', { what: FORMS });
export const period = z
  .string()
  .regex(PERIOD_PATTERN, { message: PERIOD, abort: true })
  .refine((text) => periodForm(text) !== undefined, PERIOD)
  .meta({ id: 'Period', description: standingText(FORMS) })
  .register(yearly, YEARLY);

export const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, wording('kernel.must-be-month-yyyy-mm'))
  .register(yearly, YEARLY);

export const yearText = z
  .string()
  .regex(/^\d{4}$/u, wording('kernel.must-be-year'))
  .register(yearly, YEARLY);

export const yearNumber = z.int().min(1900).max(9999).register(yearly, YEARLY);

/** Temporal reads nanoseconds, and no more. */
const TOO_FINE = /\.\d{10}/u;

/** The years that are judged, in UTC: with every zone's day in them RFC 3339 can write them. */
export const YEARS = say('kernel.years-0001-to-9998');
/** Of an instant or a day. What is neither is told by its own fault. */
export const hasYear = (text: string): boolean => {
  const millis = Date.parse(text);
  return Number.isNaN(millis) || (millis >= FIRST_MILLIS && millis <= LAST_MILLIS);
};
export const FIRST_YEAR = 1;
export const LAST_YEAR = 9998;
export const FIRST_MILLIS = Date.parse('0001-01-01T00:00:00.000Z');
export const LAST_MILLIS = Date.parse(`${LAST_YEAR}-12-31T23:59:59.999Z`);

const RFC_3339 = z.iso.datetime({ offset: true, message: wording('kernel.must-be-rfc-3339-date-time') });

/** RFC 3339 with any offset. What is finer than a millisecond is cut off when it is stored. */
export const instant = RFC_3339.refine((text) => !TOO_FINE.test(text), wording('kernel.must-not-be-finer-than-nanosecond'));

/** As a request says it: of a year that can be stored. */
export const instantSent = instant.refine(hasYear, wording('kernel.must-be', { years: YEARS }));

export const timeZone = z.string().max(64).refine(isTimeZone, wording('kernel.must-be-iana-time-zone'));

export const cutoff = z.string().regex(CUTOFF_PATTERN, wording('kernel.must-be-hh-mm-or-24'));

/**
 * A line of text: trimmed, not empty. One that shows nothing is refused where it enters (json.ts), so that what was once
 * recorded stays valid.
 */
export const line = (max: number): z.ZodString => z.string().trim().min(1).max(max);

export const reason = line(2000);
export const authority = line(500);

/** An exact number: a safe integer, or a decimal as text. Stored as text. */
export const decimal = z.string().regex(/^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/u, wording('kernel.must-be-decimal-number-such-as'));

/** A document that stays outside the log, named by its SHA-256; `size` in bytes. */
export const attachment = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/u, wording('kernel.must-be-64-lower-case-hex')),
  name: line(255),
  size: z.int().min(0),
  mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/u, wording('kernel.must-be-media-type')),
});
export type Attachment = ValueOf<typeof attachment>;

/** As a command cites it: names of types have at most 127 characters on either side (RFC 6838 §4.2). */
export const citedAttachments = z
  .array(attachment.extend({ mediaType: z.string().regex(/^[\w.+-]{1,127}\/[\w.+-]{1,127}$/u, wording('kernel.must-be-media-type')) }))
  .max(50);
