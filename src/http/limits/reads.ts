import type { FastifyRequest } from 'fastify';
import { subjectOf } from '../principal.ts';
import type { Rest, Turns } from './turns.ts';

/** Who asks, by token or else by address. */
export const askerOf = ({ principal, ip }: FastifyRequest): string => (principal === null ? ip : subjectOf(principal));

/** Makes an answer when its turn comes. @throws TooManyWaiting, Gone */
export const inTurn = <Result>(
  { turns }: { readonly turns: Turns },
  request: FastifyRequest,
  work: (rest: Rest) => Result | Promise<Result>,
): Result | Promise<Result> =>
  turns.take({ subject: askerOf(request), route: request.routeOptions.url ?? '' }, work, () => request.raw.socket.destroyed);
