import { z } from 'zod';
import { wording } from '../../messages/standing.ts';

/** How many of a list are in each state. */

export const countsOf = <State extends string>(
  states: readonly State[],
  items: readonly { readonly state: State }[],
): Record<State, number> =>
  // The cast gives the entries back the names that Object.fromEntries takes away.
  Object.fromEntries(states.map((state) => [state, items.filter((item) => item.state === state).length])) as Record<State, number>;

/** A count for each state. */
export const countsAnswer = <State extends string>(states: readonly State[]): z.ZodObject<Record<State, z.ZodInt>, z.core.$strict> =>
  // The cast as above.
  z.strictObject(Object.fromEntries(states.map((state) => [state, z.int()])) as Record<State, z.ZodInt>);

export const OF_ALL = { description: wording('api.compliance.by-state-over-all-pages-and') };
