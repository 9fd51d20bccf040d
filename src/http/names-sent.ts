import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { id } from '../kernel/schema.ts';

/** Names that people send where the interface knows things by their ids. */

export const isId = (text: string): boolean => id.safeParse(text).success;

/** Whether a route has the parameter, or the field; on others it is one too many, which its schema says. */
const takes = (schema: unknown, field: string): boolean => schema instanceof z.ZodObject && Object.hasOwn(schema.shape, field);

const text = z.string();
const valueIn = (sent: unknown, field: string): string | undefined =>
  typeof sent === 'object' && sent !== null ? text.safeParse(new Map(Object.entries(sent)).get(field)).data : undefined;

/** What is asked for by a parameter of the query, as it was sent. */
export const askedBy = ({ query, routeOptions }: FastifyRequest, field: string): string | undefined =>
  takes(routeOptions.schema?.querystring, field) ? valueIn(query, field) : undefined;

/** Whether it asks what was known at another time: the names of that time are meant, and are understood once it is clear which. */
export const travels = (request: FastifyRequest): boolean => askedBy(request, 'asOf') !== undefined;

/** The rest of the request sees the id in its place. */
export const putInQuery = (request: FastifyRequest, field: string, found: string): void => {
  request.query = { ...z.looseObject({}).parse(request.query), [field]: found };
};

/** Text that is no id, in the path or in a body, where an id alone is taken; `under` is where the path has it. */
export const nameSent = (
  { params, body, routeOptions }: FastifyRequest,
  field: string,
  under: string,
): { readonly name: string; readonly pointer: string } | undefined => {
  const inPath = routeOptions.url?.startsWith(`${under}/:id`) === true ? valueIn(params, 'id') : undefined;
  if (inPath !== undefined && !isId(inPath)) return { name: inPath, pointer: '/id' };
  const inBody = takes(routeOptions.schema?.body, field) ? valueIn(body, field) : undefined;
  return inBody === undefined || isId(inBody) ? undefined : { name: inBody, pointer: `/${field}` };
};
