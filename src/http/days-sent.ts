import { z } from 'zod';
import { ownValue } from '../kernel/own-value.ts';
import { FIRST_YEAR, hasYear, LAST_YEAR, yearly, YEARS } from '../kernel/schema.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * Days, periods and years that a request names are of the years that are judged: when a day of 9999 ends, RFC 3339 cannot
 * write in every zone.
 * The bound stands at the door and not in the schemas of what is recorded, so that what was once recorded stays valid.
 */

export type DayFault = { readonly path: readonly PropertyKey[]; readonly message: Message };

/** What zod wraps or holds is typed as its core has it; every schema here was made by `z` itself. */
const own = (schema: z.core.$ZodType): z.ZodType => schema as z.ZodType;

const isDayOutside = (schema: z.ZodType, value: string | number): boolean =>
  typeof value === 'string' && schema.meta()?.['format'] === 'date' && !hasYear(value);

/** Its first four digits are the year, or all of it is. */
const isYearOutside = (value: string | number): boolean => {
  const year = typeof value === 'number' ? value : Number(value.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR;
};

function* within(schema: z.ZodType, value: unknown, path: readonly PropertyKey[]): Generator<DayFault, void, undefined> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    yield* within(own(schema.unwrap()), value, path);
  } else if (schema instanceof z.ZodUnion) {
    const meant = schema.options.find((option) => own(option).safeParse(value).success);
    if (meant !== undefined) yield* within(own(meant), value, path);
  } else if (typeof value === 'string' || typeof value === 'number') {
    const isOutside = yearly.get(schema) === undefined ? isDayOutside(schema, value) : isYearOutside(value);
    if (isOutside) yield { path, message: say('kernel.must-be', { years: YEARS }) };
  } else if (schema instanceof z.ZodArray && Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield* within(own(schema.element), item, [...path, at]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const of =
        schema instanceof z.ZodObject ? ownValue(schema.shape, name) : schema instanceof z.ZodRecord ? schema.valueType : undefined;
      if (schema instanceof z.ZodRecord) yield* within(own(schema.keyType), name, [...path, name]);
      if (of !== undefined) yield* within(own(of), member, [...path, name]);
    }
  }
}

/** What is of no such year in a value that fits the schema. */
export const daysOutside = (schema: z.ZodType, value: unknown): readonly DayFault[] => [...within(schema, value, [])];
