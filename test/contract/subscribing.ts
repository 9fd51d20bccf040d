import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { draft, drafts, freshStream } from './drafts.ts';
import { eventually, idsOf, positionsOf, range, type Contract } from './harness.ts';

/** What a subscriber may rely on, and what closing waits for. */
export const subscribingContract = (contract: Contract): void => {
  contract(
    'a subscription gives what is there and what comes, once, in order, without a seam',
    async ({ t, store, base, stream, logged }) => {
      await store.append(stream, 'none', drafts(stream, 1200));
      await store.append(stream, 1199, drafts(stream, 1300));
      await logged(2500);
      const given = (after: number) => {
        const events: StoredEvent[] = [];
        let running = false;
        const subscription = store.subscribeAll(after, async (batch) => {
          if (running) t.fail('called while the call before was running');
          if (batch.length === 0) t.fail('called without events');
          running = true;
          await nextTurn();
          events.push(...batch);
          running = false;
        });
        return { events, subscription };
      };
      const subscribers = [base, base + 700, base + 2499, base + 2500, base + 2510].map(given);
      const single = freshStream();
      for (let revision = 0; revision < 150; revision += 1) {
        await store.append(single, revision === 0 ? 'none' : revision - 1, [draft(single)]);
        if (revision === 75) subscribers.push(given(base + 2400));
      }
      const log = await logged(2650);
      for (const { events, subscription } of subscribers) {
        await eventually('the subscriber has seen the head', () => events.at(-1)?.position === base + 2650);
        const first = (events[0]?.position ?? 0) - base - 1;
        t.same(idsOf(events), idsOf(log.slice(first)), `from position ${first + 1} on`);
        await subscription.close();
        await subscription.ended;
      }
      t.same(
        subscribers.map(({ events }) => (events[0]?.position ?? 0) - base),
        [1, 701, 2500, 2501, 2511, 2401],
      );
      t.same(
        subscribers[3]?.events.map(({ envelope }) => envelope.streamrev),
        range(0, 150).map(String),
        'envelopes as in the bytes',
      );
    },
  );

  contract('a slow subscriber misses nothing', async ({ t, store, base, stream, logged }) => {
    const gate = Promise.withResolvers<void>();
    const events: StoredEvent[] = [];
    const subscription = store.subscribeAll(base, async (batch) => {
      await gate.promise;
      events.push(...batch);
    });
    for (let revision = -1; revision < 7000 - 1; revision += 500)
      await store.append(stream, revision === -1 ? 'none' : revision, drafts(stream, 500));
    await logged(7000);
    t.same(events, [], 'still at its first batch');
    gate.resolve();
    await eventually('it has caught up', () => events.length >= 7000);
    t.same(positionsOf(events), range(base + 1, 7000));
    await store.append(stream, 6999, drafts(stream, 1));
    await eventually('it is live again', () => events.length > 7000);
    await subscription.close();
    t.same(positionsOf(events.slice(7000)), [base + 7001]);
  });

  contract('who leaves is not called again, and leaving waits for the call that runs', async ({ t, store, base, stream, logged }) => {
    await store.append(stream, 'none', drafts(stream, 3));
    await logged(3);
    const gate = Promise.withResolvers<void>();
    const calls: string[] = [];
    const subscription = store.subscribeAll(base, async () => {
      calls.push('begun');
      await gate.promise;
      calls.push('done');
    });
    await eventually('the first call', () => calls.length === 1);
    const left = subscription.close().then(() => calls.push('left'));
    await nextTurn();
    t.same(calls, ['begun']);
    gate.resolve();
    await left;
    await store.append(stream, 2, drafts(stream, 2));
    await logged(5);
    await nextTurn();
    t.same(calls, ['begun', 'done', 'left']);
    await subscription.close();
  });

  contract('a subscriber that fails gets nothing more, and its failure is told', async ({ t, store, base, stream, logged }) => {
    await store.append(stream, 'none', drafts(stream, 2));
    await logged(2);
    const seen: number[] = [];
    const subscription = store.subscribeAll(base, (batch) => {
      seen.push(...positionsOf(batch));
      throw new Error('the view is broken');
    });
    await t.rejects(subscription.ended, { message: 'the view is broken' });
    const others = await store.append(stream, 1, drafts(stream, 1));
    t.equal(others.revision, 2, 'the store goes on');
    await logged(3);
    await nextTurn();
    t.same(seen, range(base + 1, 2));
    await subscription.close();
  });

  contract('closing answers what was sent, and waits for the subscribers', async ({ t, store, stream, reopen, logged }) => {
    let running = 0;
    store.subscribeAll(store.head().position, async () => {
      running += 1;
      await sleep(5);
      running -= 1;
    });
    await store.append(stream, 'none', drafts(stream, 1));
    const pending = store.append(stream, 0, drafts(stream, 2));
    const closed = store.close();
    await t.rejects(store.append(stream, 2, drafts(stream, 1)), { name: 'StoreUnavailable' }, 'too late');
    t.equal((await pending).revision, 2);
    await closed;
    t.equal(running, 0);
    await store.close();
    const reopened = await reopen();
    t.equal((await logged(3, reopened)).length, 3);

    const last = reopened.append(stream, 2, drafts(stream, 1));
    await reopened.close();
    t.equal((await last).revision, 3, 'also where nobody had subscribed');
  });
};
