import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { catalogue } from '../../domain/catalogue.ts';
import { parseIdempotencyKey, newId } from '../../http/idempotency.ts';
import { actorOf, type Principal } from '../../http/principal.ts';
import { wholeFrom } from '../../http/parameters.ts';
import { fieldProblem, logPosition, nextLink, plain, problem, Problem, type Kit } from '../../http/routes.ts';
import { millisText } from '../../kernel/clock.ts';
import { digestOf } from '../../kernel/canonical.ts';
import { parseWireType } from '../../kernel/event.ts';
import { id, instant } from '../../kernel/schema.ts';
import { SECRET_PATTERN } from '../../sending/signature.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES, type Delivery, type Subscription } from '../../store/outbox.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Who is told of what is recorded: systems of the office. A subscription is no event: the log goes to auditors whole and
 * forgets nothing, and a copy of it must not begin to send.
 */

const TAGS = ['Subscriptions'] as const;
const OFFICE = ['office'] as const;

const typeName = z
  .string()
  .max(100)
  .refine((text) => catalogue.types.includes(parseWireType(text)?.type ?? text), wording('api.subscriptions.no-event-type-this-log'));
const secret = z
  .string()
  .regex(SECRET_PATTERN, wording('api.subscriptions.must-be-whsec-and-24-to'))
  .meta({ description: wording('api.subscriptions.by-which-signed-standard-webhooks-shown') });
const from = z
  .int()
  .min(0)
  .meta({ description: wording('api.subscriptions.position-events-after-sent') });

const saidOf = {
  url: z
    .string()
    .min(1)
    .max(2000)
    .meta({ description: wording('api.subscriptions.where-events-sent-https-without-credentials') }),
  types: z
    .array(typeName)
    .max(100)
    .meta({ description: wording('api.subscriptions.event-types-or-single-versions-them') }),
  units: z
    .array(id)
    .max(100)
    .meta({ description: wording('api.subscriptions.events-by-or-about-these-units') }),
};

const creation = z.strictObject({
  url: saidOf.url,
  types: saidOf.types.optional(),
  units: saidOf.units.optional(),
  secret: secret.optional(),
  from: from.optional(),
});
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

const subscription = z
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
const withSecret = subscription.extend({
  secret: secret.nullable().meta({ description: wording('api.subscriptions.shown-in-this-answer-alone-null') }),
});

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

const byId = z.strictObject({ id: z.uuid() });
const byDelivery = z.strictObject({ id: z.uuid(), delivery: z.uuid() });
const unknown = (): Problem => problem('not-found', say('api.subscriptions.no-subscription-has-this-id'));

const keyReused = (): Problem => problem('idempotency-key-reused', say('application.this-idempotency-key-came-with-another'));
/** Of one that was made before digests were kept nobody can tell. */
const isOfAnother = ({ sent: before }: Subscription, sent: string | null): boolean => before !== null && before !== sent;

const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/u, wording('api.subscriptions.must-be-whole-number-1-to'))
  .transform(Number)
  .refine((count) => count <= 500, wording('api.subscriptions.must-be-1-to-500'))
  .meta(wholeFrom(1, 500));

/** Who sends is known: these calls are open to nobody. */
const senderOf = (principal: Principal | null): Principal => {
  if (principal === null) throw new Error('this call is open to nobody');
  return principal;
};

export const subscriptionRoutes = (kit: Kit, { subscriptions, views, knowledge }: Services): void => {
  const answerOf = (it: Subscription): z.infer<typeof subscription> => ({
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
    secretBeforeUntil: it.before === undefined || it.before.until <= kit.clock.now().epochMilliseconds ? null : millisText(it.before.until),
  });

  /** What is said can be kept: a URL that may be reached, and units that there are. */
  const faultIn = ({
    url,
    units = [],
  }: {
    readonly url?: string | undefined;
    readonly units?: readonly string[] | undefined;
  }): Problem | undefined => {
    const refused = url === undefined ? undefined : subscriptions.refuses(url);
    if (refused !== undefined) return fieldProblem('invalid-input', '/url', refused);
    const roster = knowledge.roster(views.position());
    const odd = units.findIndex((unit) => !roster.units.has(unit));
    return odd === -1
      ? undefined
      : fieldProblem('unit-unknown', `/units/${odd}`, say('api.subscriptions.no-unit-registered', { units: units[odd] }));
  };
  const beyond = async (position: number | undefined): Promise<Problem | undefined> =>
    position === undefined ? undefined : kit.reaching.log(position, '/from');

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
      const fault = faultIn(body) ?? (await beyond(body.from));
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
      const fault = faultIn(said) ?? (await beyond(said.from));
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
