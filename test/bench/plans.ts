import { directives } from '../../projections/directives.ts';
import { log } from '../../projections/log.ts';
import { roster } from '../../projections/roster.ts';
import { tasks } from '../../projections/tasks.ts';
import { tableOf } from '../../src/projecting/projection.ts';
import type { Views } from '../../src/projecting/views.ts';
import { ROSTER_STREAM } from '../../src/domain/roster/state.ts';
import { JUDGED, periodOf, unitId } from './synthetic.ts';

/** Every list that reads of tasks and compliance go by, with values for its columns. */
const lists = [
  [tableOf(tasks, 'task'), { directive: JUDGED.directive }],
  [tableOf(tasks, 'task'), { parent: JUDGED.task(0) }],
  [tableOf(tasks, 'report'), { task: JUDGED.task(0) }],
  [tableOf(tasks, 'report'), { directive: JUDGED.directive, period: periodOf(JUDGED.year, 1) }],
  [tableOf(tasks, 'assignee'), { party: unitId(0) }],
  [tableOf(directives, 'policy'), { directive: JUDGED.directive }],
  [tableOf(directives, 'directive'), {}],
  [tableOf(roster, 'unit'), {}],
  [tableOf(roster, 'collective'), {}],
  [tableOf(log, 'event'), { stream: ROSTER_STREAM }],
] as const;

/** `SCAN path VIRTUAL TABLE` is the list of tree nodes that the query itself brings; any other scan reads a table whole. */
const isScan = (step: string): boolean => /^SCAN (?!path\b)/u.test(step) || step.startsWith('USE TEMP B-TREE');

/** Tells how SQLite answers each list. Throws where it would read a whole table, or sort. */
export const checkPlans = (views: Views, past: number, say: (text: string) => void): void => {
  for (const [table, where] of lists)
    for (const position of [past, views.position()]) {
      const steps = views.plan(table.name, where, position);
      const asked = `${table.name} by ${Object.keys(where).join(', ') || 'nothing'}, ${position === past ? 'then' : 'now'}`;
      say(`${asked}: ${steps.join(' | ')}`);
      if (steps.some(isScan)) throw new Error(`${asked} is answered by a scan: ${steps.join(' | ')}`);
    }
};
