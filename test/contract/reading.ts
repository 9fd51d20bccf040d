import { canonicalBytes } from '../../src/kernel/canonical.ts';
import { instantMillis } from '../../src/kernel/clock.ts';
import type { ExpectedRevision, StoredEvent } from '../../src/store/event-store.ts';
import { draft, drafts, freshStream } from './drafts.ts';
import { checkLinks, hex, idsOf, positionsOf, range, type Contract } from './harness.ts';

const leavesOf = (events: readonly StoredEvent[]): string => events.map(({ leaf }) => hex(leaf)).join('');

const factsOf = (events: readonly StoredEvent[]): unknown =>
  events.map((event) => ({ ...event, bytes: hex(event.bytes), leaf: hex(event.leaf), envelope: event.envelope }));

/** What is read back, and how it is found. */
export const readingContract = (contract: Contract): void => {
  contract('a stream is read from a revision to its end', async ({ t, store, base, stream, logged }) => {
    const events = drafts(stream, 5);
    await store.append(stream, 'none', events);
    await logged(5);
    const read = async (from?: number): Promise<string[]> => idsOf(await store.readStream(stream, from));
    t.same(await read(), idsOf(events));
    t.same(await read(0), idsOf(events));
    t.same(await read(3), idsOf(events.slice(3)));
    t.same(await read(4), idsOf(events.slice(4)));
    t.same(await read(5), []);
    t.same(await read(99), []);
    t.same(await store.readStream(freshStream()), [], 'a stream that does not exist');
    const known = (from?: number): string[] => idsOf(store.readKnown(stream, from));
    t.same([undefined, 0, 3, 5].map(known), [events, events, events.slice(3), []].map(idsOf), 'and without asking anybody');
    t.same(positionsOf(store.readKnown(stream)), range(base + 1, 5));
  });

  contract('the log is read in order, in pages', async ({ t, store, base, logged }) => {
    const streams = range(0, 3).map(() => freshStream());
    for (const revision of range(0, 7))
      for (const each of streams) await store.append(each, revision === 0 ? 'none' : revision - 1, [draft(each)]);
    const log = await logged(21);
    t.same(positionsOf(log), range(base + 1, 21), 'dense positions');
    t.same(
      log.map((event) => event.stream),
      range(0, 7).flatMap(() => streams),
      'in the order of the answers',
    );
    for (const size of [1, 4, 7, 21, 50]) {
      const paged: StoredEvent[] = [];
      for (let after = base; ;) {
        const page = store.readAll(after, size);
        if (page.length > size) t.fail(`a page of ${page.length} where ${size} were asked`);
        if (page.length === 0) break;
        paged.push(...page);
        after = paged.at(-1)?.position ?? after;
      }
      t.same(idsOf(paged), idsOf(log), `pages of ${size}`);
    }
    t.same(store.readAll(base + 21, 10), [], 'nothing after the head');
  });

  contract('one event, and a stream as it was, are found by position', async ({ t, store, base, stream, logged }) => {
    const other = freshStream();
    const [a, b, c] = [draft(stream), draft(stream), draft(stream)];
    const o = draft(other);
    await store.append(stream, 'none', [a]);
    await store.append(other, 'none', [o]);
    await store.append(stream, 0, [b, c]);
    await logged(4);
    t.same(
      range(base + 1, 4).map((position) => store.at(position)?.id),
      idsOf([a, o, b, c]),
    );
    t.equal(store.at(base + 5), undefined);
    t.equal(store.at(0), undefined);
    const history = (position: number): string[] => idsOf(store.readHistory(stream, position));
    t.same(range(base, 6).map(history), [[], [a], [a], [a, b], [a, b, c], [a, b, c]].map(idsOf));
    t.same(store.readHistory(freshStream(), base + 4), []);
  });

  contract('bytes are the canonical JSON of what was given, character for character', async ({ t, store, stream, logged }) => {
    const data = {
      control: '\u0018\u0001\u001f\u007f\t\r\n',
      latin: 'Ę \u0118 ß "quoted" \\ / \u2028',
      chinese: '各县(市、区)政府〔2023〕1号 督办',
      emoji: '👩‍🚀🏳️‍🌈 𠮷',
      nfd: 'e\u0301 Å',
      nfc: 'é Å',
      '\u20ac': 1,
      '😂': [0, -1, 9_007_199_254_740_991, 1e21, 0.1, true, false, null, {}, []],
      '\ufb33': { z: 1, a: { '2': '', '10': '' } },
    };
    const given = draft(stream, { data, basis: '三政办〔2023〕1号', occurredat: '2023-03-29T00:00:00.000Z' });
    await store.append(stream, 'none', [given]);
    const [event] = await logged(1);
    if (event === undefined) throw new Error('no event');
    const { source, time } = event.envelope;
    const expected = { ...given, specversion: '1.0', datacontenttype: 'application/json', streamrev: '0', source, time };
    t.same(event.envelope, expected, 'the envelope');
    t.same(event.envelope.data, data, 'the data');
    const bytes = hex(canonicalBytes(expected));
    t.equal(hex(event.bytes), bytes, 'read from the log');
    t.equal(hex((await store.readStream(stream))[0]?.bytes ?? new Uint8Array()), bytes, 'read from the stream');
    t.equal(hex(store.at(event.position)?.bytes ?? new Uint8Array()), bytes, 'read by position');
  });

  contract('a stream links itself, and every leaf is the hash of its event', async ({ t, store, base, stream, logged }) => {
    const other = freshStream();
    await store.append(stream, 'none', drafts(stream, 3));
    await store.append(other, 'none', drafts(other, 2));
    await store.append(stream, 2, drafts(stream, 2));
    const log = await logged(7);
    checkLinks(await store.readStream(stream));
    checkLinks(await store.readStream(other));
    t.equal(hex(store.leaves(base, base + 7)), leavesOf(log));
    t.equal(hex(store.leaves(base + 2, base + 5)), leavesOf(log.slice(2, 5)));
    t.equal(store.leaves(base + 3, base + 3).length, 0);
    t.throws(() => store.leaves(base, base + 8), RangeError, 'beyond the log');
    t.throws(() => store.leaves(base + 2, base + 1), RangeError, 'backwards');
  });

  contract('recorded-at never goes back, though the clock does', async ({ t, store, clock, start, stream, reopen, logged, positions }) => {
    for (const [revision, offset] of [0, 500, -60_000, 499, 501].entries()) {
      clock.set(start + offset);
      await store.append(stream, revision === 0 ? 'none' : revision - 1, [draft(stream)]);
    }
    const recorded = (events: readonly StoredEvent[]): number[] => events.map(({ recordedAt }) => recordedAt - start);
    const log = await logged(5);
    t.same(recorded(log), [0, 500, 500, 500, 501]);
    t.equal(store.head().recordedAt, start + 501);
    if (positions === 'at-once')
      t.same(
        log.map(({ envelope }) => instantMillis(envelope.time)),
        log.map(({ recordedAt }) => recordedAt),
        'the bytes say the same',
      );
    clock.set(start - 60_000);
    const reopened = await reopen();
    await reopened.append(stream, 4, [draft(stream)]);
    t.same(recorded(await logged(6, reopened)), [0, 500, 500, 500, 501, 501], 'nor over a restart');
  });

  contract('an instant is resolved to the last position recorded by then', async ({ t, store, clock, start, stream, base, logged }) => {
    const append = async (millis: number, revision: ExpectedRevision, count: number): Promise<void> => {
      clock.set(millis);
      await store.append(stream, revision, drafts(stream, count));
    };
    await append(start, 'none', 2);
    await append(start + 1000, 1, 1);
    await append(start + 1000, 2, 2);
    await logged(5);
    const at = (offset: number): number => store.positionAt(start + offset) - base;
    t.same([at(-1), at(0), at(1), at(999), at(1000), at(1001), at(1e9)], [0, 2, 2, 2, 5, 5, 5]);
    t.equal(store.positionAt(0), 0, 'before everything');
  });

  contract('a log that is opened again is the same log', async ({ t, store, base, stream, reopen, logged }) => {
    await store.append(stream, 'none', drafts(stream, 4));
    const before = factsOf(await logged(4));
    const leaves = hex(store.leaves(base, base + 4));
    const reopened = await reopen();
    t.same(factsOf(await logged(4, reopened)), before);
    t.equal(hex(reopened.leaves(base, base + 4)), leaves);
    await reopened.append(stream, 3, drafts(stream, 1));
    checkLinks(await reopened.readStream(stream));
    await logged(5, reopened);
  });
};
