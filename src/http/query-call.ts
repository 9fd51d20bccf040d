import type { z } from 'zod';
import { momentAt, type Moment } from '../kernel/moment.ts';
import type { IdNames } from './about.ts';
import type { Lifetime } from './lifetimes.ts';
import type { Principal, Role } from './principal.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { RouteWords } from './route.ts';
import type { Basis } from './time-travel.ts';

/** What the reads that travel in time, of one thing or of many, have in common. */

/** What was known, and the moment judged, also in epoch ms, and as one that notes for how long what it is held against holds. */
export type At = Basis & { readonly millis: number; readonly moment: Moment };

export type QueryCall<Params extends z.ZodObject, Query extends z.ZodObject> = {
  readonly params: z.infer<Params>;
  /** The route's own parameters, without those of time and pages. */
  readonly query: z.infer<Query>;
  readonly principal: Principal;
  readonly at: At;
  /**
   * Tells in which time around the moment judged the answer, or a part of it, stays the same at this position. Whoever
   * asks again in that time and has the answer is spared it; a route that tells nothing makes it each time.
   */
  readonly holds: (part: Lifetime) => void;
};

export type QueryWords<Params extends z.ZodObject, Query extends z.ZodObject> = RouteWords & {
  readonly roles: readonly Role[];
  readonly params?: Params;
  readonly query?: Query;
  /** What `id` of the URL names, where the answer is about that. */
  readonly idNames?: IdNames;
};

export type Given<Value> = Value | Problem | Promise<Value | Problem>;

export const momentOf = ({ moment: { basis: known, millis } }: Reading): At => ({
  ...known,
  millis,
  moment: momentAt(millis, known.timeZone),
});
