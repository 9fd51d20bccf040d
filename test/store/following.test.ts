import * as fc from 'fast-check';
import { convertGrpcEvent } from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ResolvedEvent } from '@eventstore/db-client';
import { test } from 'tap';
import { delivered } from '../../src/store/eventstoredb/delivered.ts';
import { progressFrom } from '../../src/store/eventstoredb/progress.ts';
import { remoteEvent } from '../../src/store/eventstoredb/remote-event.ts';
import { WireReader } from '../../src/store/eventstoredb/wire-reader.ts';

/** What a subscription is sent, and how far the log is known to go. */

const MAX_UINT64 = 2n ** 64n - 1n;
const uint64 = fc.oneof(fc.bigInt({ min: 0n, max: MAX_UINT64 }), fc.bigInt({ min: 0n, max: 200n }));

/** As the protocol has it: the bits of either half, as a number with a sign. */
const half = (hex: string): string => String(BigInt.asIntN(64, BigInt(`0x${hex}`)));

const uuid = fc.tuple(fc.uuid({ version: [1, 3, 4, 5] }), fc.boolean()).map(([text, isText]) => {
  const hex = text.replaceAll('-', '');
  const structured = new shared.UUID.Structured()
    .setMostSignificantBits(half(hex.slice(0, 16)))
    .setLeastSignificantBits(half(hex.slice(16)));
  return isText ? new shared.UUID().setString(text) : new shared.UUID().setStructured(structured);
});

const recorded = fc
  .record({
    id: uuid,
    stream: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    revision: uint64,
    // Both are there on what `$all` gives, and the client takes 0 for a position that is not.
    commit: uint64,
    prepare: uint64,
    type: fc.string({ unit: 'grapheme' }),
    contentType: fc.constantFrom('application/octet-stream', 'application/json'),
    created: fc.bigInt({ min: 0n, max: 4_000_000_000_000n }).map((millis) => String(millis * 10_000n + 5_678n)),
    more: fc.dictionary(fc.constantFrom('schema', 'x'), fc.string()),
    custom: fc.uint8Array(),
    data: fc.uint8Array({ maxLength: 500 }),
  })
  .map(({ id, stream, revision, commit, prepare, type, contentType, created, more, custom, data }) => {
    const event = new streams.ReadResp.ReadEvent.RecordedEvent()
      .setId(id)
      .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8')))
      .setStreamRevision(String(revision))
      .setCommitPosition(String(commit))
      .setPreparePosition(String(prepare))
      .setCustomMetadata(custom)
      .setData(data);
    const metadata = event.getMetadataMap().set('type', type).set('content-type', contentType).set('created', created);
    for (const [key, value] of Object.entries(more)) metadata.set(key, value);
    return event;
  });

const bytesOf = (response: InstanceType<typeof streams.ReadResp>): Buffer => Buffer.from(response.serializeBinary());

await test('what is delivered is read as the client reads it', (t) => {
  fc.assert(
    fc.property(recorded, (event) => {
      const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(event.getCommitPosition());
      const here = delivered(bytesOf(new streams.ReadResp().setEvent(read)));
      const theirs = remoteEvent(convertGrpcEvent<ResolvedEvent>(read));
      if (here.kind !== 'event' || here.event === undefined || theirs === undefined) throw new Error('no event');
      const plain = (one: typeof theirs) => ({ ...one, bytes: one.bytes && Buffer.from(one.bytes).toString('hex') });
      t.same(plain(here.event), plain(theirs));
    }),
    { numRuns: 500 },
  );
  t.end();
});

await test('what else is delivered is known by what it is', (t) => {
  const { ReadResp } = streams;
  const position = new ReadResp.Checkpoint().setCommitPosition(String(MAX_UINT64)).setPreparePosition('7');
  t.same(delivered(bytesOf(new ReadResp().setCheckpoint(position))), {
    kind: 'checkpoint',
    position: { commit: MAX_UINT64, prepare: 7n },
  });
  const confirmation = new ReadResp.SubscriptionConfirmation().setSubscriptionId('one');
  t.same(delivered(bytesOf(new ReadResp().setConfirmation(confirmation))), { kind: 'confirmed' });
  t.same(delivered(bytesOf(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()))), { kind: 'caught-up' });
  t.same(delivered(bytesOf(new ReadResp().setFellBehind(new ReadResp.FellBehind()))), { kind: 'other' });
  t.same(delivered(Buffer.alloc(0)), { kind: 'other' });
  const gone = new ReadResp.ReadEvent().setLink(new ReadResp.ReadEvent.RecordedEvent()).setCommitPosition('1');
  t.same(delivered(bytesOf(new ReadResp().setEvent(gone))), { kind: 'event', event: undefined }, 'a link to an event that is gone');
  t.end();
});

await test('a message that is cut off is no message, and fields that nobody knows are passed over', (t) => {
  fc.assert(
    fc.property(recorded, fc.nat(), (event, at) => {
      const whole = bytesOf(new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event)));
      t.throws(() => delivered(whole.subarray(0, 1 + (at % (whole.length - 1)))), RangeError);
    }),
    { numRuns: 100 },
  );
  // Field 99 as a varint, in 8 bytes, in 4, and as bytes; then field 1 with the number 5.
  const reader = new WireReader(
    Buffer.from([0x98, 0x06, 0xff, 0x01, 0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0x9d, 0x06, 1, 2, 3, 4, 0x9a, 0x06, 2, 9, 9, 0x08, 5]),
  );
  for (const _ of [1, 2, 3, 4]) {
    t.equal(reader.next(), 99);
    reader.skip();
  }
  t.equal(reader.next(), 1);
  t.equal(reader.uint64(), 5n);
  t.equal(reader.next(), 0);
  const group = new WireReader(Buffer.from([0x0b]));
  t.equal(group.next(), 1);
  t.throws(() => group.skip(), RangeError);
  t.end();
});

await test('what is still to come is judged by the bytes that are', (t) => {
  const at = (commit: bigint) => ({ commit, prepare: commit });
  const progress = progressFrom('start', 0);
  t.same(progress.now(0), { position: 0, behind: undefined });
  progress.reached(at(500n));
  t.same(progress.now(10), { position: 10, behind: undefined }, 'the end is not known yet');
  progress.endsAt(at(2_000n));
  t.same(progress.now(10), { position: 10, behind: 30 });
  progress.reached(at(300n));
  t.same(progress.now(10), { position: 10, behind: 30 }, 'it never goes back');
  progress.reached(at(2_100n));
  t.same(progress.now(42), { position: 42, behind: 0 });

  const later = progressFrom(at(1_000n), 100);
  later.endsAt(at(3_000n));
  t.same(later.now(100), { position: 100, behind: undefined }, 'nothing has come yet');
  later.reached(at(2_000n));
  t.same(later.now(150), { position: 150, behind: 50 }, 'judged by what came since');
  t.end();
});
