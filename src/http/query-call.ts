import type { z } from 'zod';
import { momentAt, type Moment } from '../kernel/moment.ts';
import type { IdNames } from './about.ts';
import type { Rest } from './limits/turns.ts';
import type { Language } from '../messages/language.ts';
import type { Principal, Role } from './principal.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { RouteWords } from './route.ts';

/** What the reads that travel in time, of one thing or of many, have in common. */

/**
 * What was known, and the moment judged. There is no other way to the moment than this one, which notes for how long what
 * is held against it holds: so it is known of every answer how long it stays the same.
 */
export type At = { readonly position: number; readonly moment: Moment };

export type QueryCall<Params extends z.ZodObject, Query extends z.ZodObject> = {
  readonly params: z.infer<Params>;
  /** The route's own parameters, without those of time and pages. */
  readonly query: z.infer<Query>;
  readonly principal: Principal;
  readonly at: At;
  /** In which a route that is `spoken` answers. */
  readonly language: Language;
  /** To be awaited between two pieces of a long work. */
  readonly rest: Rest;
};

export type QueryWords<Params extends z.ZodObject, Query extends z.ZodObject> = RouteWords & {
  readonly roles: readonly Role[];
  readonly params?: Params;
  readonly query?: Query;
  /** What `id` of the URL names, where the answer is about that. */
  readonly idNames?: IdNames;
  /** The answer holds sentences for people: in JSON too it is in the language of its reader, and kept for each apart. */
  readonly spoken?: true;
};

export type Given<Value> = Value | Problem | Promise<Value | Problem>;

export const atOf = ({ moment: { basis, millis } }: Reading): At => ({
  position: basis.position,
  moment: momentAt(millis, basis.timeZone),
});
