import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { parseIdempotencyKey, newId } from '../../http/idempotency.ts';
import { actorOf, type Principal } from '../../http/principal.ts';
import { plain, problem, Problem, type Kit } from '../../http/routes.ts';
import { digestOf } from '../../kernel/canonical.ts';
import type { Subscription } from '../../store/outbox.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { createAnswerOf, OFFICE, TAGS, withSecret } from './subscription.ts';
import { createFaultIn, from, saidOf, secret } from './said.ts';

const creation = z.strictObject({
  url: saidOf.url,
  types: saidOf.types.optional(),
  units: saidOf.units.optional(),
  secret: secret.optional(),
  from: from.optional(),
});

const keyReused = (): Problem => problem('idempotency-key-reused', say('application.this-idempotency-key-came-with-another'));
/** Of one that was made before digests were kept nobody can tell. */
const isOfAnother = ({ sent: before }: Subscription, sent: string | null): boolean => before !== null && before !== sent;

/** Who sends is known: these calls are open to nobody. */
const senderOf = (principal: Principal | null): Principal => {
  if (principal === null) throw new Error('this call is open to nobody');
  return principal;
};

export const creationRoute = (kit: Kit, services: Services): void => {
  const { subscriptions } = services;
  const answerOf = createAnswerOf(kit, services);
  const faultIn = createFaultIn(kit, services);

  plain(kit, {
    method: 'POST',
    url: '/v1/subscriptions',
    summary: wording('api.subscriptions.have-events-sent-to-system-office'),
    description: wording('api.subscriptions.cloudevents-1-0-in-structured-mode'),
    tags: TAGS,
    access: OFFICE,
    body: creation,
    keyed: true,
    refuses: ['beyond-the-log', 'idempotency-key-reused', 'invalid-header', { field: 'unit-unknown' }],
    response: withSecret,
    statuses: [200, 201],
    run: async ({ body, principal, request }) => {
      const key = parseIdempotencyKey(request.headers['idempotency-key']);
      if (key instanceof Problem) return key;
      const sender = senderOf(principal);
      const name = newId({ actor: actorOf(sender, undefined), key, route: 'POST /v1/subscriptions' }, kit.clock, kit.ids, 'subscription');
      const sent = key === undefined ? null : digestOf(body);
      // First of all, since with another request the key is what is wrong, whatever else is.
      const known = subscriptions.find(name);
      if (known !== undefined && isOfAnother(known, sent)) return keyReused();
      const fault = await faultIn(body);
      if (fault !== undefined) return fault;
      const { subscription: made, isNew } = subscriptions.create({
        id: name,
        url: body.url,
        types: body.types ?? [],
        units: body.units ?? [],
        by: sender.sub,
        sent,
        from: body.from,
        secret: body.secret,
      });
      if (!isNew && isOfAnother(made, sent)) return keyReused();
      return {
        status: isNew ? 201 : 200,
        headers: { location: `/v1/subscriptions/${name}` },
        json: { ...answerOf(made), secret: isNew ? made.secret : null },
      };
    },
  });
};
