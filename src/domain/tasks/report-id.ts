import { sha256Hex } from '../../kernel/canonical.ts';

const MAX_ID_LENGTH = 80;

/**
 * A report's id within its task. A unit reports once on a period and amends after that, so unit and period name
 * the report: `shi-ke-ji-ju-2023-03`. Where that is too long for an id, the unit's part is cut and told apart by
 * its hash.
 */
export const reportId = (unit: string, period: string): string => {
  const id = `${unit}-${period}`;
  if (id.length <= MAX_ID_LENGTH) return id;
  const tail = `-${sha256Hex(unit).slice(0, 12)}-${period}`;
  return `${unit.slice(0, MAX_ID_LENGTH - tail.length)}${tail}`;
};
