import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { say } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';
import type { IsRegistered } from './access.ts';
import { askedBy, isId, nameSent, putInQuery } from './names-sent.ts';
import { unitOf } from './principal.ts';
import { fieldProblem, type Problem } from './problem.ts';

/** The id of the unit that has, or had, a name or alias. */
export type UnitNamed = (name: string) => string | undefined;

type Roster = { readonly unitNamed: UnitNamed; readonly isRegistered: IsRegistered };

const LONGEST_NAME = 120;

/** `?unit=`: an id by the time that a route reads it. The document says text, for a name does too. */
export const unitAsked = z.string().min(1).max(LONGEST_NAME).refine(isId, wording('http.no-unit-of-yours'));

/** A unit is known by its own names only, so that what it is told of any other word does not depend on whether another is called so. */
const understood = (name: string, { principal }: FastifyRequest, unitNamed: UnitNamed): string | undefined => {
  const unit = unitNamed(name);
  const own = principal === null ? undefined : unitOf(principal);
  return own === undefined || own === unit ? unit : undefined;
};

/** In the query a name does. What names nothing is refused: nothing found would look like nothing owed. */
const unitInQuery = async (request: FastifyRequest, unit: string, { unitNamed, isRegistered }: Roster): Promise<string | Problem> =>
  (isId(unit) && (await isRegistered(unit)) ? unit : understood(unit, request, unitNamed)) ??
  fieldProblem('invalid-input', '/unit', say('http.no-unit-of-yours'));

/** People know units by name: `?unit=` takes one in place of an id, on every route that has it. */
export const registerUnitNames = (app: FastifyInstance, roster: Roster): void => {
  app.addHook('preValidation', async (request) => {
    const asked = askedBy(request, 'unit');
    if (asked !== undefined) {
      const unit = await unitInQuery(request, asked, roster);
      if (typeof unit !== 'string') throw unit;
      putInQuery(request, 'unit', unit);
    }
    // Elsewhere an id alone is taken; whoever sends the name is told the id.
    const sent = nameSent(request, 'unit', '/v1/units');
    const unit = sent === undefined ? undefined : understood(sent.name, request, roster.unitNamed);
    if (sent !== undefined && unit !== undefined)
      throw fieldProblem('invalid-input', sent.pointer, say('http.name-where-an-id-is-taken', { name: sent.name, unit }));
  });
};
