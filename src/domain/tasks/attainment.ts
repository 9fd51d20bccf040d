import { unreachable } from '../../kernel/decider.ts';
import { compareDecimals } from '../../kernel/decimal.ts';
import type { Measurement } from './events.ts';

/**
 * Whether a figure attains its target. null where the comparator leaves it to a person: 左右 gives no tolerance,
 * and a qualitative target no number.
 */
export const attained = ({ comparator, target }: Measurement, value: string): boolean | null => {
  if (target === null || comparator === 'approx' || comparator === 'qualitative') return null;
  const order = compareDecimals(value, target);
  switch (comparator) {
    case 'gte':
      return order >= 0;
    case 'gt':
      return order > 0;
    case 'lte':
      return order <= 0;
    case 'lt':
      return order < 0;
    case 'eq':
      return order === 0;
    default:
      return unreachable(comparator);
  }
};
