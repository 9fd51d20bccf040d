import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { say } from '../messages/message.ts';
import type { IsRegistered } from './access.ts';
import { askedBy, isId, nameSent, putInQuery, travels } from './names-sent.ts';
import { unitOf, type Principal } from './principal.ts';
import { fieldProblem, type Problem } from './problem.ts';

/** The id of the unit that has, or had, a name or alias, as known at a position or by now. */
export type UnitNamed = (name: string, position?: number) => string | undefined;

export type KnownUnits = { readonly unitNamed: UnitNamed; readonly isRegistered: IsRegistered };

const LONGEST_NAME = 120;

/** `?unit=`: an id by the time that a route reads it. The document says text, for a name does too. */
export const unitAsked = z.string().min(1).max(LONGEST_NAME);

/** A unit is known by its own names only, so that what it is told of any other word does not depend on whether another is called so. */
const unitMeant = (name: string, principal: Principal | null, unitNamed: UnitNamed, position?: number): string | undefined => {
  const unit = unitNamed(name, position);
  const own = principal === null ? undefined : unitOf(principal);
  return own === undefined || own === unit ? unit : undefined;
};

/** In the query a name does. What names nothing is refused: nothing found would look like nothing owed. */
export const understoodUnit = async (
  unit: string,
  principal: Principal | null,
  { unitNamed, isRegistered }: KnownUnits,
  position?: number,
): Promise<string | Problem> =>
  (isId(unit) && (await isRegistered(unit, position)) ? unit : unitMeant(unit, principal, unitNamed, position)) ??
  fieldProblem('invalid-input', '/unit', say('http.no-unit-of-yours'));

/** People know units by name: `?unit=` takes one in place of an id, on every route that has it. */
export const registerUnitNames = (app: FastifyInstance, roster: KnownUnits): void => {
  app.addHook('preValidation', async (request) => {
    const asked = askedBy(request, 'unit');
    if (asked !== undefined && !travels(request)) {
      const unit = await understoodUnit(asked, request.principal, roster);
      if (typeof unit !== 'string') throw unit;
      putInQuery(request, 'unit', unit);
    }
    // Elsewhere an id alone is taken; whoever sends the name is told the id.
    const sent = nameSent(request, 'unit', '/v1/units');
    const unit = sent === undefined ? undefined : unitMeant(sent.name, request.principal, roster.unitNamed);
    if (sent !== undefined && unit !== undefined)
      throw fieldProblem('invalid-input', sent.pointer, say('http.name-where-an-id-is-taken', { name: sent.name, unit }));
  });
};
