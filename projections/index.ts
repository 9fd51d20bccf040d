import type { AnyProjection } from '../src/projecting/projection.ts';
import { directives } from './directives.ts';
import { imports } from './imports.ts';
import { inspections } from './inspections.ts';
import { log } from './log.ts';
import { personal } from './personal.ts';
import { publications } from './publications.ts';
import { registers } from './registers.ts';
import { reminders } from './reminders.ts';
import { roster } from './roster.ts';
import { tasks } from './tasks.ts';

/**
 * Every view. One that is new, or whose version or tables have changed, has all of them rebuilt at the next start;
 * `npm run views:record` writes down what it makes of the demo year.
 */
export const projections: readonly AnyProjection[] = [
  log,
  roster,
  directives,
  tasks,
  publications,
  inspections,
  registers,
  imports,
  personal,
  reminders,
];
