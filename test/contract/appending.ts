import { EventTooLarge, MAX_EVENT_BYTES, type Draft } from '../../src/kernel/envelope.ts';
import { NameTaken, WrongRevision, type EventStore, type ExpectedRevision } from '../../src/store/event-store.ts';
import { draft, drafts, freshId, freshStream } from './drafts.ts';
import { checkLinks, idsOf, positionsOf, range, type Contract } from './harness.ts';

const wrongRevision = async (append: Promise<unknown>): Promise<WrongRevision> => {
  try {
    await append;
  } catch (error) {
    if (error instanceof WrongRevision) return error;
    throw error;
  }
  throw new Error('the append was made');
};

/** Appends until it wins; answers how often it lost. */
const appendContending = async (store: EventStore, stream: string, event: Draft): Promise<number> => {
  let expected: ExpectedRevision = 'none';
  for (let lost = 0; ; lost += 1)
    try {
      await store.append(stream, expected, [event]);
      return lost;
    } catch (error) {
      if (!(error instanceof WrongRevision)) throw error;
      expected = error.actual;
    }
};

/** What an append promises, and refuses. */
export const appendingContract = (contract: Contract): void => {
  contract('an append needs the exact revision, none before the first event', async ({ t, store, stream, base, samePositions, logged }) => {
    const [a, b, c] = [draft(stream), draft(stream), draft(stream)];
    const first = await store.append(stream, 'none', [a, b]);
    const second = await store.append(stream, 1, [c]);

    t.same([first.revision, second.revision], [1, 2], 'the answer has the revision of the last event');
    t.same([first.duplicate, second.duplicate], [false, false]);
    samePositions(first.positions, [base + 1, base + 2], 'positions of the first');
    samePositions(second.positions, [base + 3], 'positions of the second');
    const log = await logged(3);
    t.same(idsOf(log), idsOf([a, b, c]));
    t.same(
      log.map((event) => [event.stream, event.revision]),
      [0, 1, 2].map((revision) => [stream, revision]),
    );
  });

  contract('a wrong revision is refused and told the actual one', async ({ t, store, stream, logged }) => {
    await store.append(stream, 'none', drafts(stream, 3));
    const missing = freshStream();
    const cases: readonly (readonly [string, ExpectedRevision, ExpectedRevision])[] = [
      [stream, 'none', 2],
      [stream, 0, 2],
      [stream, 1, 2],
      [stream, 3, 2],
      [stream, 99, 2],
      [missing, 0, 'none'],
      [missing, 7, 'none'],
    ];
    for (const [into, expected, actual] of cases) {
      const error = await wrongRevision(store.append(into, expected, drafts(into, 1)));
      t.same([error.stream, error.expected, error.actual], [into, expected, actual], `expecting ${expected} where it is ${actual}`);
    }
    await logged(3);
    t.same(await store.readStream(missing), [], 'no stream was made');
  });

  contract(
    'the same ids at the same revision are a success with the first answer',
    async ({ t, store, stream, reopen, logged, samePositions }) => {
      const [a, b, c] = [draft(stream), draft(stream), draft(stream)];
      const first = await store.append(stream, 'none', [a, b]);
      const held = positionsOf(await logged(2));
      const again = await store.append(stream, 'none', [a, b]);
      t.same([again.revision, again.duplicate], [first.revision, true], 'at once');
      samePositions(again.positions, held, 'the first positions');

      const next = await store.append(stream, 1, [c]);
      t.same([next.revision, next.duplicate], [2, false]);
      const late = await store.append(stream, 'none', [a, b]);
      t.same([late.revision, late.duplicate], [1, true], 'after others followed');
      samePositions(late.positions, held, 'the first positions still');
      t.same((await store.append(stream, 'none', [a])).revision, 0, 'also a part of what was appended');
      t.same((await store.append(stream, 0, [b, c])).revision, 2, 'also across two appends');

      const reopened = await reopen();
      t.same((await reopened.append(stream, 1, [c])).duplicate, true, 'also after a restart');
      await logged(3, reopened);
    },
  );

  contract('partly the same ids are a wrong revision', async ({ t, store, stream, logged }) => {
    const [a, b, x] = [draft(stream), draft(stream), draft(stream)];
    await store.append(stream, 'none', [a, b]);
    for (const [why, expected, events] of [
      ['the first differs', 'none', [x, b]],
      ['the last differs', 'none', [a, x]],
      ['more than were appended', 'none', [a, b, x]],
      ['another order', 'none', [b, a]],
      ['at another revision', 0, [a]],
      ['what is there, at a revision ahead', 5, [a, b]],
    ] as const)
      t.equal((await wrongRevision(store.append(stream, expected, events))).actual, 1, why);
    t.same(idsOf(await logged(2)), idsOf([a, b]));
  });

  contract('the same ids with another payload leave the first payload in place', async ({ t, store, stream, logged }) => {
    const first = draft(stream, { data: { percent: 10 } });
    await store.append(stream, 'none', [first]);
    const again = await store.append(stream, 'none', [{ ...first, data: { percent: 99 } }]);
    t.equal(again.duplicate, true);
    t.same((await logged(1))[0]?.envelope.data, { percent: 10 });
  });

  contract('an id is known in its own stream only', async ({ t, store, stream, logged }) => {
    const other = freshStream();
    const id = freshId();
    await store.append(stream, 'none', [draft(stream, { id })]);
    t.equal((await store.append(other, 'none', [draft(other, { id })])).duplicate, false);
    t.same(idsOf(await logged(2)), [id, id]);
  });

  contract('a caller that breaks the rules is told so', async ({ t, store, stream, logged }) => {
    const one = draft(stream);
    await t.rejects(store.append(stream, 'none', []), TypeError, 'no events');
    await t.rejects(store.append(stream, 'none', [one, draft(stream), { ...one }]), TypeError, 'an id twice');
    await t.rejects(store.append(stream, 'none', [draft(stream, { id: 'report-1' })]), TypeError, 'an id that is no UUID');
    await t.rejects(store.append(stream, 'none', [draft(freshStream())]), TypeError, 'an event about another stream');
    for (const revision of [-1, 0.5, Number.NaN]) await t.rejects(store.append(stream, revision, [one]), TypeError, `revision ${revision}`);
    for (const bad of ['', '$all']) await t.rejects(store.append(bad, 'none', [draft(bad)]), TypeError, `stream "${bad}"`);
    await logged(0);
  });

  contract(
    'an event has at most 60 KiB, and one too large takes its whole append with it, nothing else',
    async ({ t, store, stream, logged }) => {
      const sized = (padding: number): Draft => draft(stream, { data: { padding: 'x'.repeat(padding) } });
      await store.append(stream, 'none', [sized(0)]);
      // The second event of a stream is longer by its link alone, which is the same for every second event.
      const { revision } = await store.append(stream, 0, [sized(0)]);
      const room = MAX_EVENT_BYTES - ((await store.readStream(stream, revision))[0]?.bytes.length ?? 0);

      const largest = sized(room);
      const tooLarge = sized(room + 1);
      const neighbour = freshStream();
      const [refused, alone, beside, after] = await Promise.allSettled([
        store.append(stream, 1, [draft(stream), tooLarge]),
        store.append(stream, 1, [tooLarge]),
        store.append(neighbour, 'none', drafts(neighbour, 2)),
        store.append(stream, 1, [largest]),
      ]);
      t.ok(refused.status === 'rejected' && refused.reason instanceof EventTooLarge, 'refused with the event before it');
      t.match(alone, { status: 'rejected', reason: { name: 'EventTooLarge', bytes: MAX_EVENT_BYTES + 1 } });
      t.match(beside, { status: 'fulfilled', value: { revision: 1 } });
      t.match(after, { status: 'fulfilled', value: { revision: 2 } }, 'exactly 60 KiB are taken');
      await logged(5);
      t.equal((await store.readStream(stream, 2))[0]?.bytes.length, MAX_EVENT_BYTES);
    },
  );

  contract('what has no canonical JSON is refused alone', async ({ t, store, stream, logged }) => {
    const neighbour = freshStream();
    const [lone, beside] = await Promise.allSettled([
      store.append(stream, 'none', [draft(stream), draft(stream, { data: { name: '\ud800' } })]),
      store.append(neighbour, 'none', [draft(neighbour)]),
    ]);
    t.equal(lone.status, 'rejected', 'a lone surrogate');
    t.equal(beside.status, 'fulfilled');
    t.same(
      (await logged(1)).map((event) => event.stream),
      [neighbour],
    );
  });

  contract('of writers racing for a revision exactly one wins', async ({ t, store, stream, logged }) => {
    const events = drafts(stream, 60);
    const lost = await Promise.all(events.map((event) => appendContending(store, stream, event)));
    t.equal(lost.filter((times) => times === 0).length, 1, 'one writer won the first round');
    const log = await logged(60);
    t.same(
      log.map(({ revision }) => revision),
      range(0, 60),
      'one event a revision',
    );
    t.same(idsOf(log).sort(), idsOf(events).sort(), 'each event once');
    checkLinks(log);
  });

  contract('a flood of writers loses nothing, and appends of several events stay whole', async ({ t, store, base, logged }) => {
    const streams = range(0, 25).map(() => freshStream());
    const write = async (own: string): Promise<Draft[]> => {
      const written: Draft[] = [];
      while (written.length < 24) {
        const events = drafts(own, 1 + (written.length % 3));
        await store.append(own, written.length === 0 ? 'none' : written.length - 1, events);
        written.push(...events);
      }
      return written;
    };
    const written = await Promise.all(streams.map(write));
    const total = written.flat().length;
    const log = await logged(total);
    t.same(positionsOf(log), range(base + 1, total), 'dense positions');
    for (const [index, own] of streams.entries()) {
      const events = await store.readStream(own);
      t.same(idsOf(events), idsOf(written[index] ?? []), 'each stream as its writer wrote it');
      checkLinks(events);
    }
    t.same(idsOf(log).sort(), idsOf(written.flat()).sort());
  });

  contract('appends sent together see each other, in the order sent', async ({ t, store, stream, logged }) => {
    const [a, b, c] = [draft(stream), draft(stream), draft(stream)];
    const answers = await Promise.allSettled([
      store.append(stream, 'none', [a]),
      store.append(stream, 'none', [a]),
      store.append(stream, 0, [b]),
      store.append(stream, 'none', [c]),
      store.append(stream, 1, [c]),
    ]);
    t.match(answers, [
      { status: 'fulfilled', value: { revision: 0, duplicate: false } },
      { status: 'fulfilled', value: { revision: 0, duplicate: true } },
      { status: 'fulfilled', value: { revision: 1, duplicate: false } },
      { status: 'rejected', reason: { name: 'WrongRevision', actual: 1 } },
      { status: 'fulfilled', value: { revision: 2, duplicate: false } },
    ]);
    t.same(idsOf(await logged(3)), idsOf([a, b, c]));
  });

  contract('a name has one use for ever, on whatever stream, at once and after a restart', async ({ t, store, reopen, stream, logged }) => {
    const name = freshId();
    const claims = ['one', 'two', 'three'].map((use) => ({ name, use }));
    const streams = claims.map(() => freshStream());
    const first = draft(streams[0] ?? stream);
    const answers = await Promise.allSettled(
      claims.map((claim, index) => {
        const on = streams[index] ?? stream;
        return store.append(on, 'none', [index === 0 ? first : draft(on)], claim);
      }),
    );
    t.same(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected', 'rejected'], 'of three uses at one time it has one');
    for (const answer of answers) if (answer.status === 'rejected') t.ok(answer.reason instanceof NameTaken, String(answer.reason));
    await logged(1);
    const won = answers.findIndex(({ status }) => status === 'fulfilled');
    const [use = claims[0], lost = claims[1]] = [claims[won], claims.at(won - 1)];
    await store.append(stream, 'none', [draft(stream)], use);
    const again = await reopen();
    const other = freshStream();
    await t.rejects(again.append(other, 'none', [draft(other)], lost), NameTaken, 'another use is refused');
    t.match(await again.append(stream, 0, [draft(stream)], use), { revision: 1 }, 'the same use is none but the first');
    await again.append(other, 'none', [draft(other)], { name: freshId(), use: 'one' });
    await logged(4, again);
  });

  contract('an append that is refused leaves a name to others, or to the same use', async ({ t, store, stream }) => {
    const use = { name: freshId(), use: 'one' };
    await t.rejects(store.append(stream, 3, [draft(stream)], use), WrongRevision);
    await store.append(stream, 'none', [draft(stream)], use);
  });
};
