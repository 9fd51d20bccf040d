import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { openOutboxFile } from './outbox-file.ts';

/**
 * Who is told of what is recorded, and how far each has come: outside the log, which is exported whole and cannot forget
 * a secret. The log itself is the queue; here stand the events that were taken from it for a subscription and are not
 * done with. What is taken and how far was read is one transaction, so that no event is left out or taken twice.
 */

export const SUBSCRIPTION_STATES = ['active', 'paused', 'held', 'disabled'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];
export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Times are epoch ms. */
export type Subscription = {
  readonly id: string;
  readonly url: string;
  /** Every type, or every unit, where none is named. */
  readonly types: readonly string[];
  readonly units: readonly string[];
  readonly secret: string;
  /** The secret before it, by which is signed too until then. */
  readonly before: { readonly secret: string; readonly until: number } | undefined;
  readonly state: SubscriptionState;
  /** Why it is not active. */
  readonly why: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Digest of the request that made it; null where it came without an Idempotency-Key, or before digests were kept. */
  readonly sent: string | null;
  /** The last position of the log that was read for it, and the id of the event there. */
  readonly readTo: number;
  readonly readEvent: string | null;
  /** Nothing is sent before. */
  readonly notBefore: number;
};

export type Delivery = {
  readonly n: number;
  readonly id: string;
  readonly subscription: string;
  readonly position: number;
  readonly event: string;
  readonly subject: string;
  readonly type: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly queuedAt: number;
  readonly nextAt: number;
  readonly lastAt: number | null;
  readonly answer: string | null;
};

export type Taken = Pick<Delivery, 'id' | 'position' | 'event' | 'subject' | 'type'>;
type Outcome = { readonly at: number; readonly answer: string };

export type Outbox = {
  /** From when on all that was sent is known here, epoch ms. */
  readonly since: number;
  readonly add: (subscription: Subscription) => void;
  readonly find: (id: string) => Subscription | undefined;
  readonly all: () => readonly Subscription[];
  readonly change: (id: string, to: Partial<Omit<Subscription, 'id'>>) => void;
  /** With its deliveries and its secrets. */
  readonly remove: (id: string) => void;
  /** Queues events read up to a position. False where another process has read on meanwhile. */
  readonly take: (
    id: string,
    from: number,
    to: { readonly position: number; readonly event: string },
    taken: readonly Taken[],
    at: number,
  ) => boolean;
  /** The first of each subject that are due, in order. */
  readonly due: (id: string, now: number, limit: number) => readonly Delivery[];
  /** When the next delivery is due; undefined where none waits. */
  readonly nextAt: (id: string) => number | undefined;
  readonly delivered: (id: string, outcome: Outcome) => void;
  readonly retry: (id: string, outcome: Outcome, nextAt: number) => void;
  readonly bury: (id: string, outcome: Outcome) => void;
  /** To be sent again at once, before the others of its subject. */
  readonly redeliver: (id: string, at: number) => void;
  readonly dropPending: (subscription: string) => void;
  readonly delivery: (subscription: string, id: string) => Delivery | undefined;
  readonly deliveries: (subscription: string, state: DeliveryState | undefined, after: number, limit: number) => readonly Delivery[];
  readonly count: (subscription: string, state: DeliveryState) => number;
  readonly counts: () => { readonly dead: number; readonly pending: number; readonly oldest: number | undefined };
  /** Keeps the newest of those delivered. */
  readonly prune: (subscription: string, keep: number) => void;
  /** Whether this process is the one that sends, until `until`; `force` where no other can be at work here. */
  readonly lead: (sender: string, now: number, until: number, force: boolean) => boolean;
  readonly close: () => void;
};

type Row = Readonly<Record<string, SQLOutputValue>>;
const text = (value: SQLOutputValue | undefined): string => String(value);
const textOrNull = (value: SQLOutputValue | undefined): string | null => (value === null || value === undefined ? null : String(value));
// The casts of this file: what stands in its columns was written here, of these types.
const names = (value: SQLOutputValue | undefined): readonly string[] => JSON.parse(text(value)) as readonly string[];

const subscriptionOf = (row: Row): Subscription => ({
  id: text(row['id']),
  url: text(row['url']),
  types: names(row['types']),
  units: names(row['units']),
  secret: text(row['secret']),
  before: row['secret_before'] === null ? undefined : { secret: text(row['secret_before']), until: Number(row['secret_before_until']) },
  state: text(row['state']) as SubscriptionState,
  why: textOrNull(row['why']),
  createdAt: Number(row['created_at']),
  createdBy: text(row['created_by']),
  sent: textOrNull(row['sent']),
  readTo: Number(row['read_to']),
  readEvent: textOrNull(row['read_event']),
  notBefore: Number(row['not_before']),
});

const deliveryOf = (row: Row): Delivery => ({
  n: Number(row['n']),
  id: text(row['id']),
  subscription: text(row['subscription']),
  position: Number(row['position']),
  event: text(row['event']),
  subject: text(row['subject']),
  type: text(row['type']),
  state: text(row['state']) as DeliveryState,
  attempts: Number(row['attempts']),
  queuedAt: Number(row['queued_at']),
  nextAt: Number(row['next_at']),
  lastAt: row['last_at'] === null ? null : Number(row['last_at']),
  answer: textOrNull(row['answer']),
});

/** @throws an error of SQLite where the file is not one */
export const openOutbox = (path: string, now: () => number, silenceMillis: number): Outbox => {
  const { db, since, doubt } = openOutboxFile(path, now(), silenceMillis);
  if (doubt !== undefined) db.prepare("UPDATE subscription SET state = 'held', why = ? WHERE state = 'active'").run(doubt);

  const statements = new Map<string, StatementSync>();
  /** Each is prepared at its first use: deliveries come many a second. */
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const atOnce = <Result>(work: () => Result): Result => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  const find: Outbox['find'] = (id) => {
    const row = prepared('SELECT * FROM subscription WHERE id = ?').get(id);
    return row && subscriptionOf(row);
  };
  const put = (it: Subscription): void => {
    prepared(
      'INSERT OR REPLACE INTO subscription (id, url, types, units, secret, secret_before, secret_before_until, state, why, created_at, ' +
        'created_by, read_to, read_event, not_before, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      it.id,
      it.url,
      JSON.stringify(it.types),
      JSON.stringify(it.units),
      it.secret,
      it.before?.secret ?? null,
      it.before?.until ?? null,
      it.state,
      it.why,
      it.createdAt,
      it.createdBy,
      it.readTo,
      it.readEvent,
      it.notBefore,
      it.sent,
    );
  };
  const settle = (state: DeliveryState, id: string, { at, answer }: Outcome, nextAt: number): void => {
    prepared('UPDATE delivery SET state = ?, attempts = attempts + 1, last_at = ?, answer = ?, next_at = ? WHERE id = ?').run(
      state,
      at,
      answer,
      nextAt,
      id,
    );
  };
  const count: Outbox['count'] = (subscription, state) =>
    Number(prepared('SELECT count(*) AS many FROM delivery WHERE subscription = ? AND state = ?').get(subscription, state)?.['many']);

  return {
    since,
    add: put,
    find,
    all: () => prepared('SELECT * FROM subscription ORDER BY created_at, id').all().map(subscriptionOf),
    change: (id, to) =>
      atOnce(() => {
        const known = find(id);
        if (known !== undefined) put({ ...known, ...to });
      }),
    remove: (id) =>
      atOnce(() => {
        prepared('DELETE FROM delivery WHERE subscription = ?').run(id);
        prepared('DELETE FROM subscription WHERE id = ?').run(id);
      }),
    take: (id, from, to, taken, at) =>
      atOnce(() => {
        const moved = prepared('UPDATE subscription SET read_to = ?, read_event = ? WHERE id = ? AND read_to = ?');
        if (moved.run(to.position, to.event, id, from).changes === 0) return false;
        const insert = prepared(
          'INSERT OR IGNORE INTO delivery (id, subscription, position, event, subject, type, state, attempts, queued_at, next_at) ' +
            "VALUES (?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?)",
        );
        for (const each of taken) insert.run(each.id, id, each.position, each.event, each.subject, each.type, at, at);
        return true;
      }),
    due: (id, at, limit) =>
      prepared(
        "SELECT * FROM delivery d WHERE subscription = ? AND state = 'pending' AND next_at <= ? AND NOT EXISTS " +
          '(SELECT 1 FROM delivery e WHERE e.subscription = d.subscription AND e.subject = d.subject ' +
          "AND e.state = 'pending' AND e.n < d.n) ORDER BY n LIMIT ?",
      )
        .all(id, at, limit)
        .map(deliveryOf),
    nextAt: (id) => {
      const found = prepared("SELECT min(next_at) AS next FROM delivery WHERE subscription = ? AND state = 'pending'").get(id)?.['next'];
      return found === null || found === undefined ? undefined : Number(found);
    },
    delivered: (id, outcome) => settle('delivered', id, outcome, outcome.at),
    retry: (id, outcome, nextAt) => settle('pending', id, outcome, nextAt),
    bury: (id, outcome) => settle('dead', id, outcome, outcome.at),
    redeliver: (id, at) => {
      prepared("UPDATE delivery SET state = 'pending', attempts = 0, queued_at = ?, next_at = ? WHERE id = ?").run(at, at, id);
    },
    dropPending: (subscription) => {
      prepared("DELETE FROM delivery WHERE subscription = ? AND state = 'pending'").run(subscription);
    },
    delivery: (subscription, id) => {
      const row = prepared('SELECT * FROM delivery WHERE subscription = ? AND id = ?').get(subscription, id);
      return row && deliveryOf(row);
    },
    deliveries: (subscription, state, after, limit) =>
      prepared('SELECT * FROM delivery WHERE subscription = ? AND (? IS NULL OR state = ?) AND n > ? ORDER BY n LIMIT ?')
        .all(subscription, state ?? null, state ?? null, after, limit)
        .map(deliveryOf),
    count,
    counts: () => {
      const row = prepared(
        "SELECT count(*) FILTER (WHERE state = 'dead') AS dead, count(*) FILTER (WHERE state = 'pending') AS pending, " +
          "min(queued_at) FILTER (WHERE state = 'pending') AS oldest FROM delivery",
      ).get();
      const oldest = row?.['oldest'];
      return {
        dead: Number(row?.['dead']),
        pending: Number(row?.['pending']),
        oldest: oldest === null || oldest === undefined ? undefined : Number(oldest),
      };
    },
    prune: (subscription, keep) => {
      prepared(
        "DELETE FROM delivery WHERE subscription = ? AND state = 'delivered' AND n <= (SELECT n FROM delivery WHERE subscription = ? " +
          "AND state = 'delivered' ORDER BY n DESC LIMIT 1 OFFSET ?)",
      ).run(subscription, subscription, keep);
    },
    lead: (sender, at, until, force) =>
      prepared(
        'UPDATE mark SET sender = ?, sender_until = ?, alive = ? WHERE sender IS NULL OR sender = ? OR sender_until < ? OR ? = 1',
      ).run(sender, until, at, sender, at, force ? 1 : 0).changes === 1,
    close: () => db.close(),
  };
};
