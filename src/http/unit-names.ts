import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { id } from '../kernel/schema.ts';
import { unitOf } from './principal.ts';

/** The id of the unit that has, or had, a name or alias. */
export type UnitNamed = (name: string) => string | undefined;

const naming = z.looseObject({ unit: z.string() });

/**
 * People know units by name: `?unit=` takes a name in place of an id, on every route that has it. A unit is known by its
 * own names only, so that what it is told of any other word does not depend on whether another unit is called so.
 */
export const registerUnitNames = (app: FastifyInstance, unitNamed: UnitNamed): void => {
  app.addHook('preValidation', (request, _reply, done) => {
    const asked = naming.safeParse(request.query).data;
    if (asked !== undefined && !id.safeParse(asked.unit).success) {
      const unit = unitNamed(asked.unit);
      const own = request.principal === null ? undefined : unitOf(request.principal);
      if (unit !== undefined && (own === undefined || own === unit)) request.query = { ...asked, unit };
    }
    done();
  });
};
