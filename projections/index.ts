import type { AnyProjection } from '../src/projecting/projection.ts';
import { directives } from './directives.ts';
import { inspections } from './inspections.ts';
import { log } from './log.ts';
import { publications } from './publications.ts';
import { registers } from './registers.ts';
import { roster } from './roster.ts';
import { tasks } from './tasks.ts';

/** Every view. A new one adds its line here; the views are then rebuilt at the next start. */
export const projections: readonly AnyProjection[] = [log, roster, directives, tasks, publications, inspections, registers];
