import { understoodDirective } from './directive-names.ts';
import type { Kit } from './kit.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { Asked } from './time-travel.ts';
import { understoodUnit } from './unit-names.ts';

type Named = { readonly directive?: unknown; readonly unit?: unknown };

const orThrow = (found: string | Problem): string => {
  if (typeof found !== 'string') throw found;
  return found;
};

/**
 * The parameters of a read of another time, with ids in place of names. What is there was there at that time: what is
 * issued, registered or called so later changes no answer about what was known before.
 * @param sent  the route's own parameters; `directive` and `unit` are understood, where the route has them
 */
export const namesThen = async <Own extends object>(
  kit: Kit,
  { principal, moment }: Reading,
  asOf: Asked['asOf'],
  sent: Own,
): Promise<Own> => {
  if (asOf === undefined) return sent;
  const { position } = moment.basis;
  const { directive, unit }: Named = sent;
  const { directives, units } = kit.known;
  return {
    ...sent,
    ...(typeof directive === 'string' && { directive: orThrow(await understoodDirective(directive, directives, position)) }),
    ...(typeof unit === 'string' && { unit: orThrow(await understoodUnit(unit, principal, units, position)) }),
  };
};
