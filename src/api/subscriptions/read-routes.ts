import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { plain, type Kit } from '../../http/routes.ts';
import { wording } from '../../messages/standing.ts';
import { createAnswerOf, byId, OFFICE, subscription, TAGS, unknown } from './subscription.ts';

/** Which subscriptions there are, and how each stands. */

export const readRoutes = (kit: Kit, services: Services): void => {
  const { subscriptions } = services;
  const answerOf = createAnswerOf(kit, services);

  plain(kit, {
    method: 'GET',
    url: '/v1/subscriptions',
    summary: wording('api.subscriptions.who-told-what-recorded-and-how'),
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    response: z.strictObject({ items: z.array(subscription) }),
    run: () => ({ json: { items: subscriptions.all().map(answerOf) } }),
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/subscriptions/:id',
    summary: wording('api.subscriptions.one-subscription'),
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byId,
    refuses: ['not-found'],
    response: subscription,
    run: ({ params: { id: name } }) => {
      const found = subscriptions.find(name);
      return found === undefined ? unknown() : { json: answerOf(found) };
    },
  });
};
