import * as fc from 'fast-check';
import { test } from 'tap';
import { z } from 'zod';
import { catalogue } from '../../src/domain/catalogue.ts';
import { EventTooLarge, MAX_EVENT_BYTES, openEvent, sealEvent, type Draft, type Place } from '../../src/kernel/envelope.ts';
import { catalogueOf, defineEvent, parseWireType, wireType } from '../../src/kernel/event.ts';
import { derivedId, randomIds, UUID_PATTERN, uuidBytes } from '../../src/kernel/ids.ts';

const Moved = defineEvent('Moved', 3, z.strictObject({ to: z.string(), why: z.string() }), {
  1: ({ place }: { place: string }) => ({ destination: place }),
  2: ({ destination }: { destination: string }) => ({ to: destination, why: 'not recorded' }),
});
const Stopped = defineEvent('Stopped', 1, z.strictObject({ at: z.int() }));
const known = catalogueOf([Moved, Stopped]);

await test('old versions are read through every upcast between', async (t) => {
  t.strictSame(known.fromWire('Moved.v1', { place: 'A' }), Moved({ to: 'A', why: 'not recorded' }));
  t.strictSame(known.fromWire('Moved.v2', { destination: 'B' }), Moved({ to: 'B', why: 'not recorded' }));
  t.strictSame(known.fromWire('Moved.v3', { to: 'C', why: 'so' }), Moved({ to: 'C', why: 'so' }));
});

await test('what this program does not know is not read at all', async (t) => {
  for (const type of [
    'Moved.v4',
    'Stopped.v2',
    'Vanished.v1',
    'Moved',
    'Moved.v0',
    'Moved.v01',
    'moved.v1',
    'Moved.v1 ',
    'Moved.v12345',
    '',
    '__proto__.v1',
  ])
    t.throws(() => known.fromWire(type, {}), /not known/u, type);
});

await test('an event is written only as its schema has it', async (t) => {
  t.strictSame(known.toWire(Stopped({ at: 7 })), { type: 'Stopped.v1', data: { at: 7 } });
  t.strictSame(known.toWire(Moved({ to: 'C', why: 'so' })).type, 'Moved.v3', 'always in the current version');
  const nested = catalogueOf([
    defineEvent(
      'Nested',
      1,
      z.strictObject({ b: z.array(z.strictObject({ d: z.int(), c: z.int() })), a: z.null(), no: z.int().optional() }),
    ),
  ]);
  const { data } = nested.toWire({ type: 'Nested', data: { b: [{ d: 1, c: 2 }], a: null, no: undefined } });
  t.equal(JSON.stringify(data), '{"a":null,"b":[{"c":2,"d":1}]}');
  t.notOk('no' in Object(data), 'with its members as the canonical bytes will give them back');
  t.throws(() => known.toWire({ type: 'Stopped', data: { at: 1.5 } }), z.ZodError);
  t.throws(
    () => known.toWire({ type: 'Stopped', data: { at: 1, more: true } } as never),
    z.ZodError,
    'no field that the schema does not name',
  );
  t.throws(() => known.toWire({ type: 'Vanished', data: {} } as never), /unknown event type/u);
});

await test('a version without a way from the one before cannot be defined', async (t) => {
  t.throws(() => defineEvent('Broken', 3, z.null(), { 2: (data) => data }), /no upcast from version 1/u);
  t.throws(() => defineEvent('Broken', 2, z.null()), /no upcast from version 1/u);
  t.throws(() => catalogueOf([Stopped, defineEvent('Stopped', 1, z.null())]), /share a type/u);
});

await test('the catalogue of the log names every type once, in a form that is read back', async (t) => {
  t.equal(new Set(catalogue.types).size, catalogue.types.length);
  for (const type of catalogue.types) t.same(parseWireType(wireType({ type, version: 1 })), { type, version: 1 });
});

await test('the same parts always derive the same id, and other parts another', async (t) => {
  t.equal(derivedId('command', 'clerk-1', 'shi-ke-ji-ju', 'key-1', 'task-1'), 'e831c0e2-e02f-8661-869f-c6c344889144');
  t.equal(derivedId('三门峡', '0'), 'b961dacb-715b-8baf-b040-c09c0596a2e5');
  const ids = [
    derivedId('a', 'b'),
    derivedId('b', 'a'),
    derivedId('ab'),
    derivedId('a,b'),
    derivedId('a","b'),
    derivedId('a', 'b', ''),
    derivedId(),
  ];
  t.equal(new Set(ids).size, ids.length, 'where one part ends and the next begins is part of it');
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(derivedId(...parts)),
    ),
  );
});

await test('fresh ids are UUIDs of version 7, in order of time', async (t) => {
  const times = [0, 1, Date.UTC(2023, 0, 10), Date.UTC(2023, 0, 10) + 1, 2 ** 48 - 1];
  const ids = times.map((time) => randomIds.next(time));
  for (const [index, id] of ids.entries()) {
    t.match(id, UUID_PATTERN);
    t.match(id, /^.{14}7.{4}[89ab]/u, 'version and variant');
    t.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), times[index]);
    t.equal(uuidBytes(id).toString('hex'), id.replaceAll('-', ''));
  }
  t.same(ids.toSorted(), ids);
  t.equal(new Set(Array.from({ length: 1000 }, () => randomIds.next(0))).size, 1000);
});

const draft = (data: unknown): Draft => ({
  id: '018f0000-0000-7000-8000-000000000000',
  type: 'Moved.v3',
  subject: 'task-1',
  actor: { sub: 'clerk-1', role: 'unit', unit: 'shi-ke-ji-ju' },
  receivedat: '2023-03-30T02:00:00.000Z',
  correlation: '018f0000-0000-7000-8000-000000000001',
  data,
});
const place: Place = { source: '/duban/1', time: '2023-03-30T02:00:00.001Z', revision: 0, prevLeaf: undefined };

await test('an event is sealed as a CloudEvent in canonical bytes', async (t) => {
  const { envelope, bytes } = sealEvent(draft({ to: '三门峡', why: 'so' }), place);
  t.equal(
    bytes.toString('utf8'),
    '{"actor":{"role":"unit","sub":"clerk-1","unit":"shi-ke-ji-ju"},"correlation":"018f0000-0000-7000-8000-000000000001",' +
      '"data":{"to":"三门峡","why":"so"},"datacontenttype":"application/json","id":"018f0000-0000-7000-8000-000000000000",' +
      '"receivedat":"2023-03-30T02:00:00.000Z","source":"/duban/1",' +
      '"specversion":"1.0","streamrev":"0","subject":"task-1","time":"2023-03-30T02:00:00.001Z","type":"Moved.v3"}',
  );
  t.strictSame(openEvent(bytes), envelope);
  for (const name of Object.keys(envelope)) t.match(name, /^[a-z]+$/u, 'attribute names as CloudEvents 1.0 §3.1 wants them');
});

await test('the first event of a stream names no leaf before it, the others do', async (t) => {
  t.notOk('prevleaf' in sealEvent(draft({}), place).envelope);
  t.match(sealEvent(draft({}), { ...place, revision: 12, prevLeaf: 'ab12' }).envelope, { streamrev: '12', prevleaf: 'ab12' });
});

await test('stored bytes are read wherever they lie in a buffer', async (t) => {
  const { envelope, bytes } = sealEvent(draft({ to: '灵宝', why: 'so' }), place);
  const among = Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('yy')]).subarray(2, 2 + bytes.length);
  t.strictSame(openEvent(among), envelope);
});

await test('an event takes at most 60 KiB, counted in bytes', async (t) => {
  const room = MAX_EVENT_BYTES - sealEvent(draft(''), place).bytes.length;
  t.equal(sealEvent(draft('x'.repeat(room)), place).bytes.length, MAX_EVENT_BYTES);
  t.throws(() => sealEvent(draft('x'.repeat(room + 1)), place), EventTooLarge);
  const characters = Math.floor(room / 3) + 1;
  const bytes = MAX_EVENT_BYTES - room + 3 * characters;
  t.throws(() => sealEvent(draft('市'.repeat(characters)), place), {
    message: `the event takes ${bytes} bytes, ${MAX_EVENT_BYTES} are allowed`,
  });
});
