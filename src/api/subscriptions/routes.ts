import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { catalogue } from '../../domain/catalogue.ts';
import { parseIdempotencyKey, newId } from '../../http/idempotency.ts';
import { actorOf, type Principal } from '../../http/principal.ts';
import { wholeFrom } from '../../http/parameters.ts';
import { fieldProblem, logPosition, nextLink, plain, problem, Problem, type Kit } from '../../http/routes.ts';
import { millisText } from '../../kernel/clock.ts';
import { parseWireType } from '../../kernel/event.ts';
import { id, instant } from '../../kernel/schema.ts';
import { SECRET_PATTERN } from '../../sending/signature.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES, type Delivery, type Subscription } from '../../store/outbox.ts';

/**
 * Who is told of what is recorded: systems of the office. A subscription is no event: the log goes to auditors whole and
 * forgets nothing, and a copy of it must not begin to send.
 */

const TAGS = ['Subscriptions'] as const;
const OFFICE = ['office'] as const;

const typeName = z
  .string()
  .max(100)
  .refine((text) => catalogue.types.includes(parseWireType(text)?.type ?? text), 'is no event type of this log');
const secret = z
  .string()
  .regex(SECRET_PATTERN, 'must be whsec_ and 24 to 64 bytes in base64')
  .meta({ description: 'By which is signed (Standard Webhooks). It is shown once.' });
const from = z.int().min(0).meta({ description: 'A position: events after it are sent.' });

const saidOf = {
  url: z.string().min(1).max(2000).meta({ description: 'Where events are sent: https, without credentials.' }),
  types: z.array(typeName).max(100).meta({ description: 'Event types, or single versions of them; all where none is named.' }),
  units: z
    .array(id)
    .max(100)
    .meta({ description: 'Events by or about these units, and of tasks that they carry; all where none is named.' }),
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
  state: z.enum(['active', 'paused']).optional().meta({ description: '`active` also takes up again what is held or disabled.' }),
  from: from.optional(),
  secret: secret.optional(),
  rotateSecret: z.literal(true).optional().meta({ description: 'Another secret is made. The one before signs too for a day.' }),
});

const subscription = z
  .strictObject({
    id: z.uuid(),
    ...saidOf,
    state: z.enum(SUBSCRIPTION_STATES).meta({
      description:
        '`held`: what waits may have been sent already, and a person says whether it goes on. `disabled`: its receiver wants no more.',
    }),
    why: z.enum(['copied', 'silent', 'other-log', 'gone']).nullable().meta({
      description:
        'Why it does not send: the outbox was copied, or not at work for 36 hours, the log is another one, or the receiver answers 410.',
    }),
    readTo: z.int().min(0).meta({ description: 'The last position of the log that was looked at for it.' }),
    pending: z.int().min(0).meta({ description: 'Events that are to be delivered.' }),
    dead: z.int().min(0).meta({ description: 'Events that could not be delivered, and wait for a person.' }),
    createdAt: instant,
    createdBy: z.string().meta({ description: 'The `sub` of the token.' }),
    secretBeforeUntil: instant.nullable().meta({ description: 'Until then the secret before signs too.' }),
  })
  .meta({ id: 'Subscription' });
const withSecret = subscription.extend({
  secret: secret.nullable().meta({ description: 'Shown in this answer alone; null where it was shown before.' }),
});

const delivery = z
  .strictObject({
    id: z.uuid().meta({ description: 'The `webhook-id`: the same however often it is sent.' }),
    event: z.uuid().meta({ description: 'Id of the event.' }),
    position: z.int().min(1),
    subject: z.string().meta({ description: 'The stream, in which order is kept.' }),
    type: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().min(0),
    queuedAt: instant,
    nextAt: instant.nullable().meta({ description: 'When it is tried next; null where it is not.' }),
    lastAt: instant.nullable().meta({ description: 'When it was tried last.' }),
    answer: z.string().nullable().meta({ description: 'What came of that: a status, or why there was none.' }),
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
const unknown = (): Problem => problem('not-found', 'no subscription has this id');

const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/u, 'must be a whole number, 1 to 500')
  .transform(Number)
  .refine((count) => count <= 500, 'must be 1 to 500')
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
    return odd === -1 ? undefined : fieldProblem('unit-unknown', `/units/${odd}`, `no unit ${units[odd]} is registered`);
  };
  const beyond = async (position: number | undefined): Promise<Problem | undefined> =>
    position === undefined ? undefined : kit.reaching.log(position, '/from');

  plain(kit, {
    method: 'POST',
    url: '/v1/subscriptions',
    summary: 'Have events sent to a system of the office',
    description:
      'CloudEvents 1.0 in structured mode, signed by the Standard Webhooks scheme, at least once, in order for each subject. ' +
      'Begins with what is recorded from now on, or after `from`. With an `Idempotency-Key` a retry makes no second one.',
    tags: TAGS,
    access: OFFICE,
    body: creation,
    keyed: true,
    refuses: ['beyond-the-log', 'invalid-header', { field: 'unit-unknown' }],
    response: withSecret,
    statuses: [200, 201],
    run: async ({ body, principal, request }) => {
      const key = parseIdempotencyKey(request.headers['idempotency-key']);
      if (key instanceof Problem) return key;
      const fault = faultIn(body) ?? (await beyond(body.from));
      if (fault !== undefined) return fault;
      const sender = senderOf(principal);
      const name = newId({ actor: actorOf(sender, undefined), key, route: 'POST /v1/subscriptions' }, kit.clock, kit.ids, 'subscription');
      const { subscription: made, isNew } = subscriptions.create({
        id: name,
        url: body.url,
        types: body.types ?? [],
        units: body.units ?? [],
        by: sender.sub,
        from: body.from,
        secret: body.secret,
      });
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
    summary: 'Who is told of what is recorded, and how far each has come',
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    response: z.strictObject({ items: z.array(subscription) }),
    run: () => ({ json: { items: subscriptions.all().map(answerOf) } }),
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/subscriptions/:id',
    summary: 'One subscription',
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
    summary: 'Change a subscription, pause it, take it up again, exchange its secret',
    description: 'With `from` it goes on after that position, and what waited is not sent.',
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
      if (changed === 'other-log')
        return fieldProblem('invalid-input', '/from', 'is required: the log is not the one that was read for this subscription');
      return { json: { ...answerOf(changed), secret: rotates ? changed.secret : null } };
    },
  });

  plain(kit, {
    method: 'DELETE',
    url: '/v1/subscriptions/:id',
    summary: 'Delete a subscription, with its secret and what was to be delivered',
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
    summary: 'What is to be delivered, was given up, or was delivered of late',
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byId,
    query: z.strictObject({ state: z.enum(DELIVERY_STATES).optional(), after: logPosition.optional(), limit: limit.optional() }),
    refuses: ['not-found'],
    response: z.strictObject({
      items: z.array(delivery),
      next: z.int().nullable().meta({ description: '`after` of the next page; null on the last one.' }),
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
    summary: 'Send an event again, under the same id',
    description: 'At once, before what waits of its subject: what was given up arrives after what was sent since.',
    tags: TAGS,
    reads: 'elsewhere',
    access: OFFICE,
    params: byDelivery,
    refuses: ['not-found'],
    response: delivery,
    run: ({ params: { id: name, delivery: of } }) => {
      const queued = subscriptions.redeliver(name, of);
      return queued === undefined ? problem('not-found', 'the subscription has no delivery of this id') : { json: deliveryAnswer(queued) };
    },
  });
};
