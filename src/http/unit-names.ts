import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { id } from '../kernel/schema.ts';
import { say } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';
import { unitOf } from './principal.ts';
import { fieldProblem } from './problem.ts';

/** The id of the unit that has, or had, a name or alias. */
export type UnitNamed = (name: string) => string | undefined;

const isId = (text: string): boolean => id.safeParse(text).success;

const LONGEST_NAME = 120;

/** `?unit=`: an id by the time that a route reads it. The document says text, for a name does too. */
export const unitAsked = z.string().min(1).max(LONGEST_NAME).refine(isId, wording('http.no-unit-of-yours'));

const naming = z.looseObject({ unit: z.string() });

/** Whether a route has the parameter; on others it is a field too many, which its schema says. */
const takesUnit = (query: unknown): boolean => query instanceof z.ZodObject && Object.hasOwn(query.shape, 'unit');

/**
 * People know units by name: `?unit=` takes a name in place of an id, on every route that has it. A unit is known by its
 * own names only, so that what it is told of any other word does not depend on whether another unit is called so.
 */
export const registerUnitNames = (app: FastifyInstance, unitNamed: UnitNamed): void => {
  app.addHook('preValidation', (request, _reply, done) => {
    const asked = naming.safeParse(request.query).data;
    if (asked === undefined || isId(asked.unit)) return done();
    const unit = unitNamed(asked.unit);
    const own = request.principal === null ? undefined : unitOf(request.principal);
    const understood = unit !== undefined && (own === undefined || own === unit);
    if (understood) request.query = { ...asked, unit };
    else if (takesUnit(request.routeOptions.schema?.querystring))
      return done(fieldProblem('invalid-input', '/unit', say('http.no-unit-of-yours')));
    done();
  });
};
