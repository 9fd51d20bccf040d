import type { Clock } from '../../kernel/clock.ts';
import type { Guard } from '../../sending/addresses.ts';
import { newSecret } from '../../sending/signature.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Delivery, DeliveryState, Outbox, Subscription } from '../../store/outbox.ts';
import type { Message } from '../../messages/message.ts';

/** What the office says of its subscriptions. Who has one has been told nothing yet: `deliver.ts` does that. */

export type Said = {
  readonly url: string;
  readonly types: readonly string[];
  readonly units: readonly string[];
};

export type Change = { readonly [Field in keyof Said]?: Said[Field] | undefined } & {
  readonly state?: 'active' | 'paused' | undefined;
  /** Goes on after this position; what waited is not sent. */
  readonly from?: number | undefined;
  /** Another secret: made where none is given. The one before signs too for a day. */
  readonly secret?: { readonly given: string | undefined } | undefined;
};

export type Subscriptions = {
  /** Why a URL is not taken. */
  readonly refuses: (url: string) => Message | undefined;
  /** The same again under an id that is known: that one, as it is. */
  readonly create: (
    said: Said &
      Pick<Subscription, 'id' | 'sent'> & {
        readonly by: string;
        readonly from: number | undefined;
        readonly secret: string | undefined;
      },
  ) => { readonly subscription: Subscription; readonly isNew: boolean };
  readonly find: (id: string) => Subscription | undefined;
  readonly all: () => readonly Subscription[];
  /** Undefined where there is none; `other-log` where it cannot go on without being told from where. */
  readonly change: (id: string, change: Change) => Subscription | 'other-log' | undefined;
  readonly remove: (id: string) => Subscription | undefined;
  readonly count: (id: string, state: DeliveryState) => number;
  readonly deliveries: Outbox['deliveries'];
  readonly redeliver: (subscription: string, id: string) => Delivery | undefined;
};

const ROTATION_MILLIS = 86_400_000;

export const createSubscriptions = (deps: {
  readonly outbox: Outbox;
  readonly store: Pick<EventStore, 'head' | 'at'>;
  readonly guard: Guard;
  readonly clock: Clock;
}): Subscriptions => {
  const { outbox, store, guard, clock } = deps;
  const now = (): number => clock.now().epochMilliseconds;
  const cursorAt = (position: number): Pick<Subscription, 'readTo' | 'readEvent'> => ({
    readTo: position,
    readEvent: store.at(position)?.id ?? null,
  });

  return {
    refuses: guard.refuses,
    create: ({ id, url, types, units, by, sent, from, secret }) => {
      const known = outbox.find(id);
      if (known !== undefined) return { subscription: known, isNew: false };
      const subscription: Subscription = {
        id,
        url,
        types,
        units,
        secret: secret ?? newSecret(),
        before: undefined,
        state: 'active',
        why: null,
        createdAt: now(),
        createdBy: by,
        sent,
        ...cursorAt(from ?? store.head().position),
        notBefore: 0,
      };
      outbox.add(subscription);
      return { subscription, isNew: true };
    },
    find: outbox.find,
    all: outbox.all,
    change: (id, { url, types, units, state, from, secret }) => {
      const known = outbox.find(id);
      if (known === undefined) return undefined;
      const isLost = known.readEvent !== null && store.at(known.readTo)?.id !== known.readEvent;
      if (state === 'active' && from === undefined && isLost) return 'other-log';
      if (from !== undefined) outbox.dropPending(id);
      outbox.change(id, {
        ...(url === undefined ? {} : { url }),
        ...(types === undefined ? {} : { types }),
        ...(units === undefined ? {} : { units }),
        ...(state === undefined ? {} : { state, why: null, notBefore: 0 }),
        ...(from === undefined ? {} : cursorAt(from)),
        ...(secret === undefined
          ? {}
          : { secret: secret.given ?? newSecret(), before: { secret: known.secret, until: now() + ROTATION_MILLIS } }),
      });
      return outbox.find(id);
    },
    remove: (id) => {
      const known = outbox.find(id);
      outbox.remove(id);
      return known;
    },
    count: outbox.count,
    deliveries: outbox.deliveries,
    redeliver: (subscription, id) => {
      if (outbox.delivery(subscription, id) === undefined) return undefined;
      outbox.redeliver(id, now());
      return outbox.delivery(subscription, id);
    },
  };
};
