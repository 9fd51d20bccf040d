import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { fieldProblem, plain, type Kit } from '../../http/routes.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { createAnswerOf, byId, OFFICE, TAGS, unknown, withSecret } from './subscription.ts';
import { createFaultIn, from, saidOf, secret } from './said.ts';

/** A subscription changed, paused, taken up again or deleted. */

const change = z.strictObject({
  url: saidOf.url.optional(),
  types: saidOf.types.optional(),
  units: saidOf.units.optional(),
  state: z
    .enum(['active', 'paused'])
    .optional()
    .meta({ description: wording('api.subscriptions.active-also-takes-up-again-what') }),
  from: from.optional(),
  secret: secret.optional(),
  rotateSecret: z
    .literal(true)
    .optional()
    .meta({ description: wording('api.subscriptions.another-secret-made-one-before-signs') }),
});

export const changeRoutes = (kit: Kit, services: Services): void => {
  const { subscriptions } = services;
  const answerOf = createAnswerOf(kit, services);
  const faultIn = createFaultIn(kit, services);

  plain(kit, {
    method: 'PATCH',
    url: '/v1/subscriptions/:id',
    summary: wording('api.subscriptions.change-subscription-pause-take-up-again'),
    description: wording('api.subscriptions.with-from-goes-on-after-that'),
    tags: TAGS,
    access: OFFICE,
    params: byId,
    body: change,
    refuses: ['not-found', 'beyond-the-log', { field: 'unit-unknown' }],
    response: withSecret,
    run: async ({ params: { id: name }, body }) => {
      const { rotateSecret, secret: given, ...said } = body;
      const fault = await faultIn(said);
      if (fault !== undefined) return fault;
      const rotates = rotateSecret === true || given !== undefined;
      const changed = subscriptions.change(name, { ...said, ...(rotates ? { secret: { given } } : {}) });
      if (changed === undefined) return unknown();
      if (changed === 'other-log') return fieldProblem('invalid-input', '/from', say('api.subscriptions.required-log-not-one-that-was'));
      return { json: { ...answerOf(changed), secret: rotates ? changed.secret : null } };
    },
  });

  plain(kit, {
    method: 'DELETE',
    url: '/v1/subscriptions/:id',
    summary: wording('api.subscriptions.delete-subscription-with-secret-and-what'),
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byId,
    refuses: ['not-found'],
    response: z.strictObject({ id: z.uuid() }),
    run: ({ params: { id: name } }) => {
      const removed = subscriptions.remove(name);
      return removed === undefined ? unknown() : { json: { id: removed.id } };
    },
  });
};
