import { z } from 'zod';
import { ownValue } from '../kernel/own-value.ts';
import type { plainText } from './bodies.ts';
import { commonFields, type OnBehalfOf } from './on-behalf-of.ts';
import { assertStrict } from './route.ts';

/** What a command takes: one object or one of several, or the bytes of a document. */
export type CommandBody = z.ZodObject | z.ZodUnion<readonly z.ZodObject[]> | typeof plainText;

type Extended = { readonly schema: z.ZodType; readonly added: readonly string[] };

/** The body with those common fields it does not have itself; its own checks stay. */
export const withCommonFields = (url: string, body: CommandBody, onBehalfOf: OnBehalfOf): Extended => {
  if (!('options' in body) && !('shape' in body)) return { schema: body, added: [] };
  const objects = 'options' in body ? body.options : [body];
  for (const object of objects) assertStrict(url, object);
  const common: z.ZodRawShape = commonFields[onBehalfOf];
  const added = Object.keys(common).filter((field) => objects.every(({ shape }) => !Object.hasOwn(shape, field)));
  const extra = Object.fromEntries(added.map((field) => [field, ownValue(common, field)]));
  const extended = objects.map((object) => object.safeExtend(extra as z.ZodRawShape)); // its keys are those of `common`
  if (!('options' in body)) return { schema: extended[0] ?? body, added };
  // The cast: each object keeps its discriminator, which the type of a mapped list no longer shows.
  return {
    schema: body instanceof z.ZodDiscriminatedUnion ? z.discriminatedUnion(body.def.discriminator, extended as never) : z.union(extended),
    added,
  };
};
