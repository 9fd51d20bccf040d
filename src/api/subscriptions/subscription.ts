import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import type { Problem } from '../../http/routes.ts';
import { problem, type Kit } from '../../http/routes.ts';
import { millisText } from '../../kernel/clock.ts';
import { instant } from '../../kernel/schema.ts';
import { SUBSCRIPTION_STATES, type Subscription } from '../../store/outbox.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { secret, saidOf } from './said.ts';

export const TAGS = ['Subscriptions'] as const;
export const OFFICE = ['office'] as const;

export const byId = z.strictObject({ id: z.uuid() });
export const unknown = (): Problem => problem('not-found', say('api.subscriptions.no-subscription-has-this-id'));

export const subscription = z
  .strictObject({
    id: z.uuid(),
    ...saidOf,
    state: z.enum(SUBSCRIPTION_STATES).meta({
      description: wording('api.subscriptions.held-what-waits-may-have-been'),
    }),
    why: z
      .enum(['copied', 'silent', 'other-log', 'gone'])
      .nullable()
      .meta({
        description: wording('api.subscriptions.why-does-not-send-outbox-was'),
      }),
    readTo: z
      .int()
      .min(0)
      .meta({ description: wording('api.subscriptions.last-position-log-that-was-looked') }),
    pending: z
      .int()
      .min(0)
      .meta({ description: wording('api.subscriptions.events-that-to-be-delivered') }),
    dead: z
      .int()
      .min(0)
      .meta({ description: wording('api.subscriptions.events-that-could-not-be-delivered') }),
    createdAt: instant,
    createdBy: z.string().meta({ description: wording('api.subscriptions.sub-token') }),
    secretBeforeUntil: instant.nullable().meta({ description: wording('api.subscriptions.until-then-secret-before-signs-too') }),
  })
  .meta({ id: 'Subscription' });
export const withSecret = subscription.extend({
  secret: secret.nullable().meta({ description: wording('api.subscriptions.shown-in-this-answer-alone-null') }),
});

/** As it is answered: with what waits and what was given up, and without its secret. */
export const createAnswerOf =
  ({ clock }: Kit, { subscriptions }: Services) =>
  (it: Subscription): z.infer<typeof subscription> => ({
    id: it.id,
    url: it.url,
    types: [...it.types],
    units: [...it.units],
    state: it.state,
    // The cast: the reasons are those that the outbox gives.
    why: it.why as z.infer<typeof subscription>['why'],
    readTo: it.readTo,
    pending: subscriptions.count(it.id, 'pending'),
    dead: subscriptions.count(it.id, 'dead'),
    createdAt: millisText(it.createdAt),
    createdBy: it.createdBy,
    secretBeforeUntil: it.before === undefined || it.before.until <= clock.now().epochMilliseconds ? null : millisText(it.before.until),
  });
