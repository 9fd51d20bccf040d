import type { TaskStatus } from '../tasks/status.ts';
import type { AdoptedPolicy } from '../directives/schedule.ts';
import { lightOf, type Light } from './lights.ts';
import type { Obligation } from './obligation.ts';
import type { Moment } from '../../kernel/moment.ts';

/** How a task stands as a whole, from what is owed on it: a ledger has one light for each row. */

/** What is worse, or nearer, goes before what is not. */
const FIRST: readonly Light[] = ['blue', 'yellow'];

/**
 * Done is green, paused and cancelled are grey. Else red while something is missing, blue while something awaits the office,
 * yellow while something is due soon; else as the last thing that was due was kept; grey where nothing has been due yet.
 */
export const taskLight = (
  status: TaskStatus,
  obligations: readonly Obligation[],
  policies: readonly AdoptedPolicy[],
  moment: Moment,
): Light => {
  if (status === 'completed') return 'green';
  if (status === 'suspended' || status === 'cancelled') return 'grey';
  if (obligations.some(({ state }) => state === 'missing')) return 'red';
  const lights = obligations.map((obligation) => lightOf(obligation, policies, moment));
  const first = FIRST.find((light) => lights.includes(light));
  if (first !== undefined) return first;
  const last = obligations
    .filter(({ state }) => state === 'on-time' || state === 'late')
    .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due))
    .at(-1);
  return last === undefined ? 'grey' : lightOf(last, policies, moment);
};
