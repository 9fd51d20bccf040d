import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { wholeFrom } from '../../http/parameters.ts';
import { logPosition, nextLink, plain, problem, type Kit } from '../../http/routes.ts';
import { millisText } from '../../kernel/clock.ts';
import { instant } from '../../kernel/schema.ts';
import { DELIVERY_STATES, type Delivery } from '../../store/outbox.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { byId, OFFICE, TAGS, unknown } from './subscription.ts';

/** What is sent to a subscription, and what is sent again. */

const delivery = z
  .strictObject({
    id: z.uuid().meta({ description: wording('api.subscriptions.webhook-id-same-however-often-sent') }),
    event: z.uuid().meta({ description: wording('api.subscriptions.id-event') }),
    position: z.int().min(1),
    subject: z.string().meta({ description: wording('api.subscriptions.stream-in-which-order-kept') }),
    type: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().min(0),
    queuedAt: instant,
    nextAt: instant.nullable().meta({ description: wording('api.subscriptions.when-tried-next-null-where-not') }),
    lastAt: instant.nullable().meta({ description: wording('api.subscriptions.when-was-tried-last') }),
    answer: z
      .string()
      .nullable()
      .meta({ description: wording('api.subscriptions.what-came-that-status-or-why') }),
  })
  .meta({ id: 'Delivery' });

const deliveryAnswer = (it: Delivery): z.infer<typeof delivery> => ({
  id: it.id,
  event: it.event,
  position: it.position,
  subject: it.subject,
  type: it.type,
  state: it.state,
  attempts: it.attempts,
  queuedAt: millisText(it.queuedAt),
  nextAt: it.state === 'pending' ? millisText(it.nextAt) : null,
  lastAt: it.lastAt === null ? null : millisText(it.lastAt),
  answer: it.answer,
});

const byDelivery = z.strictObject({ id: z.uuid(), delivery: z.uuid() });

const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/u, wording('api.subscriptions.must-be-whole-number-1-to'))
  .transform(Number)
  .refine((count) => count <= 500, wording('api.subscriptions.must-be-1-to-500'))
  .meta(wholeFrom(1, 500));

export const deliveryRoutes = (kit: Kit, { subscriptions }: Services): void => {
  plain(kit, {
    method: 'GET',
    url: '/v1/subscriptions/:id/deliveries',
    summary: wording('api.subscriptions.what-to-be-delivered-was-given'),
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byId,
    query: z.strictObject({ state: z.enum(DELIVERY_STATES).optional(), after: logPosition.optional(), limit: limit.optional() }),
    refuses: ['not-found'],
    response: z.strictObject({
      items: z.array(delivery),
      next: z
        .int()
        .nullable()
        .meta({ description: wording('api.subscriptions.after-next-page-null-on-last') }),
    }),
    run: ({ params: { id: name }, query: { state, after = 0, limit: count = 100 }, request }) => {
      if (subscriptions.find(name) === undefined) return unknown();
      const found = subscriptions.deliveries(name, state, after, count + 1);
      const last = found.length > count ? (found[count - 1]?.n ?? null) : null;
      return {
        ...(last === null ? {} : { headers: nextLink(request.url, 'after', last) }),
        json: { items: found.slice(0, count).map(deliveryAnswer), next: last },
      };
    },
  });

  plain(kit, {
    method: 'POST',
    url: '/v1/subscriptions/:id/deliveries/:delivery/redeliver',
    summary: wording('api.subscriptions.send-event-again-under-same-id'),
    description: wording('api.subscriptions.at-once-before-what-waits-subject'),
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byDelivery,
    refuses: ['not-found'],
    response: delivery,
    run: ({ params: { id: name, delivery: of } }) => {
      const queued = subscriptions.redeliver(name, of);
      return queued === undefined
        ? problem('not-found', say('api.subscriptions.subscription-has-no-delivery-this-id'))
        : { json: deliveryAnswer(queued) };
    },
  });
};
