import { randomUUID } from 'node:crypto';
import { test, type Test } from 'tap';
import { openDubanOnCluster } from '../../src/main/duban.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { ACTS_AT, handTask } from '../support/acts.ts';
import { openWorld, TIME_ZONE, type BasisBody, type CommandBody, type ProblemBody, type World } from '../support/app.ts';
import { eventually, givenOffice, QUICK, siblingDir, untilReady } from './fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Replicas whose clocks differ from the cluster's: the machine's own clock, and what follows for everybody. */

const SECOND = 1000;
const HOUR = 3600 * SECOND;

type Replica = { readonly world: World; readonly warnings: readonly string[] };

const givenReplicas = async (t: Test) => {
  const office = await givenOffice(t);
  const clocked = { ...QUICK, clockWarning: 2_000, clockMost: 10_000 };
  const open = async (dataDir: string): Promise<Replica> => {
    const warnings: string[] = [];
    const world = await openWorld(t, {
      dataDir,
      at: ACTS_AT,
      open: (dir, clock) =>
        openDubanOnCluster({
          dataDir: dir,
          url: office.url,
          timeZone: TIME_ZONE,
          clock,
          timing: clocked,
          onError: (error) => t.fail(String(error)),
          onWarning: (text) => warnings.push(inEnglish(text)),
        }),
    });
    return { world, warnings };
  };
  const right = await open(office.dataDir);
  office.double.setClock(() => right.world.clock.now().epochMilliseconds);
  await untilReady(right.world);
  const other = await open(siblingDir(t, office.dataDir));
  await untilReady(other.world);
  return { right, other };
};

const hand = (world: World) => world.office.post<CommandBody & ProblemBody>('/v1/tasks', handTask(`of-${randomUUID()}`));

const isReady = (world: World) => (): boolean => world.duban().readiness().ready;

await test("by a clock that is far from the cluster's nothing is recorded or read as of now, and it is said by how much", async (t) => {
  const { right, other } = await givenReplicas(t);
  const { world } = other;
  for (const [ahead, said] of [
    [30 * SECOND, /(?:2[6-9]|30) seconds/u],
    [-30 * SECOND, /(?:2[6-9]|30) seconds/u],
    [90 * SECOND, /8\d seconds|9\d seconds|2 minutes/u],
    [-90 * SECOND, /8\d seconds|9\d seconds|2 minutes/u],
    [30 * HOUR, /30 hours|29 hours/u],
  ] as const) {
    const way = ahead > 0 ? "ahead of the cluster's" : "behind the cluster's";
    world.clock.advance(ahead);
    await eventually(`a clock ${ahead} ms off is noticed`, () => !isReady(world)());
    const head = right.world.head();
    t.match(await hand(world), { status: 503, body: { code: 'clock-behind', detail: said } }, way);
    t.match(world.duban().readiness().reasons.map(inEnglish).join('; '), way);
    t.match(await world.auditor.get<ProblemBody>('/v1/tasks?limit=1'), { status: 503, body: { code: 'clock-behind' } });
    t.match(await world.auditor.get(`/v1/tasks?limit=1&asOf=@${head}`), { status: 200 }, 'a position needs no clock');
    t.equal(right.world.head(), head, 'nothing is recorded');
    t.match(await hand(right.world), { status: 201 }, 'the others go on');
    world.clock.advance(-ahead);
    await eventually('it is ready again by itself', isReady(world));
    t.match(await hand(world), { status: 201 });
  }
  const metrics = await world.admin.send('GET', '/metrics');
  t.match(metrics.text, /^duban_clock_warnings_total [1-9]/mu);
  t.match(other.warnings.join('\n'), /this machine's clock is \S+ \S+ (?:ahead of|behind) the cluster's/u);
});

await test('a clock that is a little ahead is followed: times do not go back, and each that was answered can be asked for', async (t) => {
  const { right, other } = await givenReplicas(t);
  other.world.clock.advance(6 * SECOND);
  await eventually('it is warned of', () => other.warnings.length > 0);
  const { body: ahead } = await hand(other.world);
  const { body: after } = await hand(right.world);
  t.equal(after.position, ahead.position + 1);
  const basis = async (world: World, asOf: string): Promise<BasisBody> =>
    (await world.auditor.get<{ readonly basis: BasisBody }>(`/v1/tasks?limit=1&minPosition=${after.position}&asOf=${asOf}`)).body.basis;
  const { recordedAt } = await basis(right.world, `@${ahead.position}`);
  t.equal((await basis(right.world, `@${after.position}`)).recordedAt, recordedAt, 'not before it');
  t.equal((await basis(right.world, String(recordedAt))).position, after.position, 'though by the clock there it has not come');
  await other.world.settled();
  const times = other.world
    .duban()
    .services.store.readAll(0, 10_000)
    .map(({ envelope }) => envelope.time);
  t.same(times, times.toSorted(), 'in the bytes that are sealed');
  const report = await verifyLog(
    { kind: 'data', dir: right.world.dataDir },
    { memoryOf: undefined, skew: 0, threads: 1, clock: other.world.clock },
  );
  t.match(report, { ok: true, faults: [] });
});
