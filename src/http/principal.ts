import { z } from 'zod';
import type { Scope } from '../application/visibility.ts';
import type { Actor } from '../kernel/envelope.ts';
import { id } from '../kernel/schema.ts';
import { wording } from '../messages/standing.ts';

/** Who sends a request, as a verified token says. */

/** Printable, since it is recorded with every event and shown in every history. */
const subject = z.string().regex(/^\P{C}{1,200}$/u, wording('http.must-be-1-to-200-printable'));

/** The token's own name, by which it can be revoked. */
export const tokenId = z
  .string()
  .max(200)
  .regex(/^\P{C}{1,200}$/u, wording('http.must-be-1-to-200-printable'));

const common = { sub: subject, jti: tokenId.optional() };

export const principal = z.discriminatedUnion('role', [
  z.object({ role: z.literal('unit'), ...common, unit: id }),
  z.object({ role: z.literal(['office', 'auditor', 'admin']), ...common }),
]);

/** Only a unit's principal has a `unit`: it acts for that one, and for those that were merged into it. */
export type Principal = z.infer<typeof principal>;
export type Role = Principal['role'];

export const unitOf = (who: Principal): string | undefined => (who.role === 'unit' ? who.unit : undefined);

/** The actor of an act: `unit` is the one that acts by its token, or whose act the office enters. */
export const actorOf = (who: Principal, entered?: string): Actor => {
  const unit = unitOf(who) ?? entered;
  return { sub: who.sub, role: who.role, ...(unit === undefined ? {} : { unit }) };
};

/** The unit that asks, which is shown its own; null where all is shown: to the other roles, and by calls that need no token. */
export const scopeOf = (who: Principal | null): Scope => (who === null ? null : (unitOf(who) ?? null));

/** What a principal can see depends on nothing else: two of one audience get the same answer. */
export const audienceOf = (who: Principal): string => (who.role === 'unit' ? `unit:${who.unit}` : who.role);

/** Who asks, whatever token says so. */
export const subjectOf = (who: Principal): string => `${audienceOf(who)} ${who.sub}`;
