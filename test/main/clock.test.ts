import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import { openDuban } from '../../src/main/duban.ts';
import { inEnglish } from '../../src/messages/words.ts';
import {
  openWorld,
  seededDir,
  TIME_ZONE,
  type BasisBody,
  type CommandBody,
  type ListBody,
  type ProblemBody,
  type World,
} from '../support/app.ts';
import { startServer, tokenFor } from '../support/process.ts';
import { hasFaketime, NO_FAKETIME, setClock } from '../support/set-clock.ts';

/** A clock that is wrong is not believed for longer than it can be helped, and nothing false is said by it. */

/** The tokens of these worlds are good for ten. */
const EIGHT_YEARS = 2922 * 86_400_000;

const newUnit = (id: string) => ({ id, name: `${id}办公室` });

const instant = ({ clock }: World): string => clock.now().toString({ fractionalSecondDigits: 3 });

await test('years ahead for one command: from then on nothing is recorded or judged by that clock', async (t) => {
  const world = await openWorld(t);
  const before = world.head();
  const right = instant(world);
  world.clock.advance(EIGHT_YEARS);
  const { position } = (await world.office.post('/v1/units', newUnit('a'))).body;
  t.equal(position, before + 1, 'which cannot be told from the truth then');
  t.match(world.duban().readiness(), { ready: true });

  world.clock.set(right);
  const said =
    /recorded at 2031-\S+, which is 2922 days ahead of this machine's clock \(2023-01-12T01:00:00\.000Z\)\. Set the clock right/u;
  const refused = { status: 503, headers: { 'retry-after': '2' }, body: { code: 'clock-behind', detail: said } };
  t.match(await world.office.post<ProblemBody>('/v1/units', newUnit('b')), refused);
  t.equal(world.head(), position, 'nothing is recorded');
  const { ready, reasons } = world.duban().readiness();
  t.notOk(ready);
  t.match(reasons.map(inEnglish), [said]);
  for (const url of ['/v1/tasks', '/v1/units?on=2023-01-12', `/v1/units?asOf=${right}`])
    t.match(await world.auditor.get<ProblemBody>(url), refused, `${url}: nobody knows what now is`);
  t.equal((await world.auditor.get(`/v1/units?asOf=@${position}`)).status, 200, 'a position needs no clock');
  t.equal((await world.auditor.get('/v1/log/events?limit=1')).status, 200, 'nor does the log');

  const heard: string[] = [];
  await world.close();
  const again = openDuban({
    dataDir: world.dataDir,
    timeZone: TIME_ZONE,
    clock: world.clock,
    onError: () => undefined,
    onWarning: (text) => heard.push(inEnglish(text)),
  });
  t.match(heard, [said], 'a start says so too');
  world.clock.advance(EIGHT_YEARS - 10_000);
  t.match(again.readiness(), { ready: true }, 'until the time has come, but for what clocks may differ');
  await again.close();
});

await test('set back a little, the log goes on, and what is known now leaves nothing out that was acknowledged', async (t) => {
  const world = await openWorld(t);
  const seeded = world.head();
  world.clock.advance(10_000);
  const early = instant(world);
  world.clock.advance(20_000);
  await world.office.post('/v1/units', newUnit('before'));
  world.clock.advance(30_000);
  await world.office.post('/v1/units', newUnit('a'));
  const asked = async (asOf: string) => {
    const { status, body } = await world.auditor.get<ListBody<{ readonly id: string }> & { readonly basis: BasisBody }>(
      `/v1/units?limit=500&asOf=${asOf}`,
    );
    return { status, position: body.basis?.position, ids: body.items?.map(({ id }) => id) ?? [] };
  };
  const first = world.head();
  world.clock.advance(-4_000);
  const b = (await world.office.post('/v1/units', newUnit('b'))).body.position;
  world.clock.advance(1_000);
  const c = (await world.office.post('/v1/units', newUnit('c'))).body.position;
  t.strictSame([b, c], [first + 1, first + 2]);
  t.match(await asked(instant(world)), { status: 200, position: c, ids: /\bc\b/u });
  t.match(await asked(world.clock.now().subtract({ seconds: 1 }).toString()), { position: c }, 'nor a second later');
  t.match(await asked(early), { position: seeded }, 'what is long ago stays as it was');
  world.clock.advance(60_000);
  t.match(await asked(instant(world)), { position: c });
});

await test('the clock of the real process is turned while it serves', { skip: hasFaketime() ? false : NO_FAKETIME }, async (t) => {
  const clock = setClock(t);
  const dataDir = await seededDir(t);
  const token = await tokenFor(dataDir, { role: 'office' });
  const server = await startServer(t, dataDir, clock.env);
  const ready = async (): Promise<string> => (await fetch(`${server.url}/health/ready`)).text();
  const register = async (id: string) => {
    const response = await fetch(`${server.url}/v1/units`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(newUnit(id)),
    });
    return { status: response.status, body: (await response.json()) as CommandBody & ProblemBody };
  };
  t.match(await register('a'), { status: 201 });
  const issued = await tokenFor(dataDir, { role: 'office' });
  clock.offBy(-7200);
  for (const path of ['/v1/tasks', '/v1/log/events?limit=1']) {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${issued}` } });
    t.match(
      { status: response.status, body: await response.json() },
      { status: 503, body: { code: 'clock-behind' } },
      'a token of the right time is good',
    );
  }
  clock.offBy(-30);
  t.match(await register('b'), { status: 503, body: { code: 'clock-behind', detail: /seconds ahead of this machine's clock/u } });
  t.match(await ready(), /"not-ready".*ahead of this machine's clock|ahead of this machine's clock.*"not-ready"/su);
  t.match(await (await fetch(`${server.url}/metrics`)).text(), /^duban_clock_behind_seconds (?:2\d|30)/mu);
  clock.offBy(0);
  while (!/"ready":true/u.test(await ready())) await sleep(50);
  t.match(await register('b'), { status: 201 }, 'set right, it goes on by itself');
  t.match(await server.kill('SIGTERM'), { code: 0 });
  t.match(server.stdout(), /"level":50[^\n]*ahead of this machine's clock/u, 'and its log has said why');
});
