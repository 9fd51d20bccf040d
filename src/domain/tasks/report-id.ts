import { sha256Hex } from '../../kernel/canonical.ts';

const MAX_ID_LENGTH = 80;
const HASH_LENGTH = 12;
const hashOf = (text: string): string => sha256Hex(text).slice(0, HASH_LENGTH);

/** A period as it stands in an id, without capitals. */
const PERIOD = /^\d{4}(?:-(?:(?:0[1-9]|1[0-2])(?:-t[1-3])?|q[1-4]|h[12]|w[0-5]\d))?$/u;
/** The most parts that a period has between hyphens: those of 2023-03-T1. */
const MAX_PARTS = 3;

/** The unit and period that an id would be read as having: the last place in it where a period begins. */
const read = (id: string): { readonly unit: string; readonly period: string } | undefined => {
  const parts = id.split('-');
  for (let from = parts.length - 1; from > 0; from -= 1)
    for (let to = Math.min(from + MAX_PARTS, parts.length); to > from; to -= 1) {
      const period = parts.slice(from, to).join('-');
      if (PERIOD.test(period)) return { unit: parts.slice(0, from).join('-'), period };
    }
  return undefined;
};

const onPeriod = (unit: string, period: string): string => {
  const id = `${unit}-${period}`;
  if (id.length <= MAX_ID_LENGTH) return id;
  const tail = `-${hashOf(unit)}-${period}`;
  return `${unit.slice(0, MAX_ID_LENGTH - tail.length)}${tail}`;
};

const onDuty = (unit: string, period: string, duty: string): string => {
  const id = `${unit}-${period}-${duty}`;
  const found = read(id);
  if (id.length <= MAX_ID_LENGTH && found?.unit === unit && found.period === period) return id;
  const tail = `-${hashOf(JSON.stringify([unit, period, duty]))}`;
  return `${id.slice(0, MAX_ID_LENGTH - tail.length)}${tail}`;
};

/**
 * A report's id within its task. A unit reports once on a period, or once on it for each duty that a report names, and amends
 * after that; so these name the report: `shi-ke-ji-ju-2023-03`, `shi-ke-ji-ju-2023-q1-progress`. Ids have no capitals. Where
 * that is too long for an id, or would be read as another report's, it is cut and told apart by a hash.
 */
export const reportId = (unit: string, period: string, duty?: string): string =>
  duty === undefined ? onPeriod(unit, period.toLowerCase()) : onDuty(unit, period.toLowerCase(), duty);
