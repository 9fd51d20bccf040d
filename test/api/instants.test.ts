import { test } from 'tap';
import { openWorld } from '../support/app.ts';

/** Instants that a grammar admits and no clock shows: finer than a nanosecond, or of a year that RFC 3339 cannot write in UTC. */

const ODD = [
  '2023-01-01T00:00:00.1234567890Z',
  `2023-01-01T00:00:00.${'1'.repeat(30_000)}Z`,
  '0000-01-01T00:00:00Z',
  '0000-01-01T00:00:00+14:00',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-14:00',
];
const STORABLE = ['0001-01-01T00:00:00Z', '1969-12-31T23:59:59.999999999-12:00', '2023-01-01T00:00:00.123456789+14:00'];

await test('an instant that cannot be read or stored is refused, and everything goes on', async (t) => {
  const world = await openWorld(t, { seeded: false });
  let n = 0;
  const unit = (more: object): object => {
    n += 1;
    return { id: `unit-${n}`, name: `第${n}局`, basis: '来文', ...more };
  };
  for (const at of ODD) {
    for (const field of ['occurredAt', 'receivedAt'])
      t.match(
        await world.office.post('/v1/units', unit({ [field]: at })),
        { status: 400, body: { errors: [{ pointer: `/${field}` }] } },
        at,
      );
    for (const name of at.length < 100 ? ['asOf', 'on'] : []) {
      const asked = await world.office.get(`/v1/units?${name}=${encodeURIComponent(at)}`);
      t.match(asked, { status: 400, body: { errors: [{ pointer: `/${name}` }] } }, at);
    }
  }
  t.equal(world.head(), 0, 'nothing is recorded');
  for (const at of STORABLE) t.equal((await world.office.post('/v1/units', unit({ occurredAt: at, receivedAt: at }))).status, 201, at);
  t.match(await world.office.get('/v1/units'), { status: 200, body: { items: [{}, {}, {}] } });
  t.equal((await world.nobody.get('/health/ready')).status, 200);
});
