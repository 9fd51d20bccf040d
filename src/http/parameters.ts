import { z } from 'zod';
import { wording } from '../messages/standing.ts';

/** Path and query parameters come as text; these make of it what it says, and nothing of `1e3`, ` 1` or `yes`. */

/** How the document shows text that is a whole number: to a client it is one. */
export const wholeFrom = (minimum: number, maximum?: number) => ({
  type: 'integer' as const,
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});

/** `{n}`: 1, 2, 3 … */
export const ordinal = z
  .string()
  .regex(/^[1-9]\d{0,8}$/u, wording('http.must-be-number-from-1'))
  .transform(Number)
  .meta(wholeFrom(1));

/** A position of the log, from 0. */
export const logPosition = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,14})$/u, wording('http.must-be-position'))
  .transform(Number)
  .meta(wholeFrom(0));

/** `true` or `false`. */
export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean', enum: undefined });
