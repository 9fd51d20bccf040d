import type { z } from 'zod';
import type { Committed } from '../kernel/commitment.ts';
import type { ValueOf } from '../kernel/schema.ts';
import type { Meta, Outcome } from '../application/handler.ts';
import type { CommandBody } from './command-body.ts';
import type { OnBehalfOf } from './on-behalf-of.ts';
import type { Principal, Role } from './principal.ts';
import type { Problem } from './problem.ts';
import type { Method, NoFields, RouteWords } from './route.ts';
import type { Language } from '../messages/language.ts';

/** What a feature says of a command, and what it is given when one comes. */

export type CommandCall<Params extends z.ZodObject, Query extends z.ZodObject, Body extends CommandBody, Party extends OnBehalfOf> = {
  readonly params: z.infer<Params>;
  readonly query: z.infer<Query>;
  /** Without the common fields: those are in `meta`. */
  readonly body: z.infer<Body>;
  readonly principal: Principal;
  /** The unit whose act it is, by its token or as the office entered it. */
  readonly unit: Party extends 'unit' ? string : undefined;
  readonly meta: Meta;
  /** Of the sender. */
  readonly language: Language;
  /** What the sender calls the body; nothing that decides what it is. */
  readonly contentType: string | undefined;
  /** Whether `If-Match` was sent: for a rule that demands it from some and not from others. */
  readonly preconditioned: boolean;
  /** In place of the field that is held apart, where it was sent: what the event says of it. */
  readonly committed: Committed | undefined;
  /** An id for what the command makes; the same again in a retry with the same idempotency key. */
  readonly newId: (kind: string) => string;
};

export type CommandResult<More extends z.ZodObject = NoFields> =
  /** The handler's outcome, the subject that it is about, and where that is read. */
  | {
      readonly outcome: Outcome<unknown>;
      readonly subject: string;
      readonly location: string;
      readonly more?: ValueOf<More> | undefined;
    }
  /** An answer for which nothing was to be appended. */
  | { readonly preview: object }
  | Problem;

export type CommandSpec<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends CommandBody,
  Party extends OnBehalfOf,
  More extends z.ZodObject,
> = RouteWords & {
  readonly method: Exclude<Method, 'GET' | 'DELETE'>;
  readonly roles: readonly Role[];
  /** On whose behalf it is sent: a unit's, for which the office may enter it from a paper, or the office's. */
  readonly onBehalfOf: Party;
  /** `none` where it makes its subject: then there is no revision to match. */
  readonly ifMatch: 'required' | 'honoured' | 'none';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Bytes, where the default does not fit. */
  readonly bodyLimit?: number;
  /** A field of the body whose value must never come into the log, which commits to it alone (`store/erasable.ts`). */
  readonly apart?: 'contact' | 'contacts';
  /** Members of the answer beside the common ones. */
  readonly more?: More;
  /** The schema of `preview`, where the call can be asked to append nothing. */
  readonly preview?: z.ZodType;
  /** Whether an accepted answer may hold refusals of single things of many: they rest on the log itself then, from the first. */
  readonly manyVerdicts?: boolean;
  readonly run: (call: CommandCall<Params, Query, Body, Party>) => Promise<CommandResult<More>> | CommandResult<More>;
  /** The same of many things, said in a file of rows. Its common fields stand in the query: a file has no place for them. */
  readonly runFile?: (call: FileCall<Params, Query, Party>) => Promise<CommandResult<More>>;
};

export type FileCall<Params extends z.ZodObject, Query extends z.ZodObject, Party extends OnBehalfOf> = Omit<
  CommandCall<Params, Query, NoFields, Party>,
  'body'
> & { readonly bytes: Buffer };
