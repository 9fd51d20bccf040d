import type { Clock } from '../../kernel/clock.ts';
import type { Measure } from '../../kernel/measure.ts';
import type { Post, Posted } from '../../sending/post.ts';
import { signatureHeaders } from '../../sending/signature.ts';
import type { EventStore, StoredEvent } from '../../store/event-store.ts';
import type { Delivery, Outbox, Subscription } from '../../store/outbox.ts';
import { isChosen, type Carries } from './chosen.ts';
import { CLOUD_EVENT_TYPE, cloudEventText } from './cloud-event.ts';
import { deliveryId } from './delivery-id.ts';
import { RETRIES, verdictOn, type RetrySchedule } from './schedule.ts';

/**
 * Hands on what is recorded, at least once: an event is done with when its receiver has said so, and not before; who is
 * killed in between sends it again under the same id. Events of one subject arrive in their order: the next one waits for
 * the one before, until that has arrived or was given up. Others go on meanwhile.
 */

const PAGE = 200;
/** Taken from the log and not done with; what follows waits in the log. */
const MOST_PENDING = 5_000;
/** To one receiver. */
const AT_ONCE = 4;
const KEPT_DELIVERED = 1_000;
const PRUNED_AFTER = 100;
const POLL_MILLIS = 1_000;
const LEAD_MILLIS = 30_000;

export type Delivering = { readonly measures: readonly Measure[]; readonly stop: () => Promise<void> };

export type DeliveringOptions = {
  readonly outbox: Outbox;
  readonly store: Pick<EventStore, 'readAll' | 'at' | 'head' | 'subscribeAll'>;
  /** How far the views are: who carries a task is read there. */
  readonly viewed: () => number;
  readonly carriesAt: (position: number) => Carries;
  /** Not everything that is recorded can be read yet. */
  readonly isBehind: () => boolean;
  /** Whether no other process can be at work on the outbox. */
  readonly singleWriter: boolean;
  readonly sender: string;
  readonly clock: Clock;
  readonly post: Post;
  readonly retries?: RetrySchedule;
  readonly random?: () => number;
  readonly onWarning: (message: string) => void;
};

const answerOf = (posted: Posted): string => (posted.kind === 'failed' ? posted.words : `HTTP ${posted.status}`);

export const startDelivering = (options: DeliveringOptions): Delivering => {
  const { outbox, store, viewed, carriesAt, isBehind, singleWriter, sender, clock, post, onWarning } = options;
  const { retries = RETRIES, random = Math.random } = options;
  const now = (): number => clock.now().epochMilliseconds;
  const outcomes = { delivered: 0, failed: 0, dead: 0 };
  /** Subjects on their way, by subscription: from here on they are in nobody else's hands. */
  const inFlight = new Map<string, Set<string>>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let leadUntil = 0;
  let wanted: NodeJS.Timeout | undefined;

  /** Takes from the log what it is for, as far as there is room. */
  const fill = (subscription: Subscription): void => {
    let { readTo } = subscription;
    const end = subscription.units.length === 0 ? store.head().position : Math.min(viewed(), store.head().position);
    while (readTo < end && outbox.count(subscription.id, 'pending') < MOST_PENDING) {
      const events = store.readAll(readTo, PAGE).filter(({ position }) => position <= end);
      const last = events.at(-1);
      if (last === undefined) return;
      const taken = events
        .filter((event) => isChosen(event, subscription, carriesAt(event.position)))
        .map(({ position, id, stream, envelope }) => ({
          id: deliveryId(subscription.id, id),
          position,
          event: id,
          subject: stream,
          type: envelope.type,
        }));
      if (!outbox.take(subscription.id, readTo, { position: last.position, event: last.id }, taken, now())) return;
      readTo = last.position;
    }
  };

  /** Whether the log is the one that was read: an older copy in its place would give the same positions to other events. */
  const isSameLog = ({ readTo, readEvent }: Subscription): boolean =>
    readEvent === null ? readTo <= store.head().position : store.at(readTo)?.id === readEvent;

  const settle = (subscription: Subscription, delivery: Delivery, posted: Posted): void => {
    const at = now();
    const outcome = { at, answer: answerOf(posted) };
    const answered = posted.kind === 'answered' ? posted : { status: undefined, retryAfter: undefined };
    const verdict = verdictOn(answered, { attempts: delivery.attempts + 1, ageMillis: at - delivery.queuedAt }, retries, random());
    switch (verdict.kind) {
      case 'delivered':
        outcomes.delivered += 1;
        if (outcomes.delivered % PRUNED_AFTER === 0) outbox.prune(subscription.id, KEPT_DELIVERED);
        return outbox.delivered(delivery.id, outcome);
      case 'dead':
        outcomes.dead += 1;
        onWarning(`event ${delivery.event} could not be delivered to subscription ${subscription.id}: ${outcome.answer}`);
        return outbox.bury(delivery.id, outcome);
      case 'gone':
        outcomes.failed += 1;
        outbox.retry(delivery.id, outcome, at);
        onWarning(`subscription ${subscription.id} is disabled: its receiver answers 410`);
        return outbox.change(subscription.id, { state: 'disabled', why: 'gone' });
      case 'retry':
        outcomes.failed += 1;
        outbox.retry(delivery.id, outcome, at + verdict.waitMillis);
        if (verdict.all) outbox.change(subscription.id, { notBefore: at + verdict.waitMillis });
    }
  };

  const send = async (subscription: Subscription, delivery: Delivery, event: StoredEvent): Promise<void> => {
    const { id, url, secret, before } = subscription;
    const body = cloudEventText(event);
    const secrets = before !== undefined && before.until > now() ? [secret, before.secret] : [secret];
    const signed = signatureHeaders(secrets, { id: delivery.id, seconds: Math.floor(now() / 1000), body });
    const posted = await post(url, { 'content-type': CLOUD_EVENT_TYPE, 'user-agent': 'duban', ...signed }, body);
    // Whoever was deleted or paused meanwhile: the answer counts all the same.
    if (outbox.delivery(id, delivery.id)?.state === 'pending') settle(subscription, delivery, posted);
  };

  const dispatch = (subscription: Subscription): void => {
    const { id } = subscription;
    const flying = inFlight.get(id) ?? new Set();
    inFlight.set(id, flying);
    if (subscription.notBefore > now() || flying.size >= AT_ONCE) return;
    for (const delivery of outbox.due(id, now(), AT_ONCE + flying.size)) {
      if (flying.size >= AT_ONCE) return;
      if (flying.has(delivery.subject)) continue;
      const event = store.at(delivery.position);
      if (event === undefined || event.id !== delivery.event) {
        outbox.change(id, { state: 'held', why: 'other-log' });
        return;
      }
      flying.add(delivery.subject);
      const sending = send(subscription, delivery, event)
        .catch((error: unknown) => onWarning(`a delivery of subscription ${id} was not recorded: ${String(error)}`))
        .finally(() => {
          flying.delete(delivery.subject);
          underWay.delete(sending);
          soon(0);
        });
      underWay.add(sending);
    }
  };

  /** One process sends at a time, so that a subject keeps its order. Who has said so need not say it again at once. */
  const leads = (): boolean => {
    if (now() < leadUntil - LEAD_MILLIS / 2) return true;
    const until = now() + LEAD_MILLIS;
    if (!outbox.lead(sender, now(), until, singleWriter && leadUntil === 0)) return false;
    leadUntil = until;
    return true;
  };

  const work = (): void => {
    if (isBehind()) return;
    if (!leads()) return;
    for (const subscription of outbox.all()) {
      if (subscription.state !== 'active') continue;
      if (!isSameLog(subscription)) {
        onWarning(`subscription ${subscription.id} is held: the log is not the one that was read for it`);
        outbox.change(subscription.id, { state: 'held', why: 'other-log' });
        continue;
      }
      fill(subscription);
      dispatch(subscription);
    }
  };

  const soon = (millis: number): void => {
    if (stopped) return;
    clearTimeout(wanted);
    wanted = setTimeout(() => {
      try {
        work();
      } catch (error) {
        onWarning(`the outbox cannot be worked on: ${error instanceof Error ? error.message : String(error)}`);
      }
      soon(POLL_MILLIS);
    }, millis).unref();
  };
  const news = store.subscribeAll(store.head().position, () => soon(0));
  news.ended.catch(() => undefined); // then it is looked every second
  soon(0);

  const counted = (name: string, kind: keyof typeof outcomes, help: string): Measure => ({
    kind: 'counter',
    name,
    help,
    read: () => outcomes[kind],
  });
  return {
    measures: [
      counted('duban_deliveries_delivered_total', 'delivered', 'Events that a subscription’s receiver has taken.'),
      counted('duban_deliveries_failed_total', 'failed', 'Attempts to deliver an event that will be made again.'),
      counted('duban_deliveries_dead_total', 'dead', 'Events that were given up after a day.'),
      { kind: 'gauge', name: 'duban_deliveries_dead', help: 'Events given up, that wait for a person.', read: () => outbox.counts().dead },
      { kind: 'gauge', name: 'duban_deliveries_pending', help: 'Events that are to be delivered.', read: () => outbox.counts().pending },
      {
        kind: 'gauge',
        name: 'duban_deliveries_oldest_seconds',
        help: 'For how long the oldest of them has waited.',
        read: () => Math.max(0, (now() - (outbox.counts().oldest ?? now())) / 1000),
      },
      {
        kind: 'gauge',
        name: 'duban_subscriptions_stopped',
        help: 'Subscriptions that are held or disabled, and wait for a person.',
        read: () => outbox.all().filter(({ state }) => state === 'held' || state === 'disabled').length,
      },
    ],
    stop: async () => {
      stopped = true;
      clearTimeout(wanted);
      await news.close();
      await Promise.all(underWay);
    },
  };
};
