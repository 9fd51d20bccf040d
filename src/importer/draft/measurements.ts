import type { Measurement } from '../../domain/tasks/events.ts';
import type { ReadMeasurement } from '../document-reading.ts';

const DECIMAL = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/u;
const LONGEST = 200;

/** A range, and a figure that is no exact number, bind nobody by a number of their own; their words stay. */
export const measurementOf = ({ metric, comparator, target, unit }: ReadMeasurement): Measurement =>
  comparator === 'range' || (target !== null && !DECIMAL.test(target))
    ? { metric: `${metric} ${target ?? ''}${unit ?? ''}`.trim().slice(0, LONGEST), comparator: 'qualitative', target: null, unit: null }
    : { metric, comparator, target, unit };
