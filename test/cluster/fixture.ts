import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { seed } from '../../seed/index.ts';
import { migrateLog } from '../../src/main/cluster/migrate.ts';
import { openDubanOnCluster } from '../../src/main/duban.ts';
import type { Timing } from '../../src/store/eventstoredb/timing.ts';
import { eventually } from '../contract/store.ts';
import { realUrl, QUICK } from '../store/cluster-fixture.ts';
import { ACTS_AT } from '../support/acts.ts';
import { openWorld, seededDir, temporaryDir, TIME_ZONE, type World } from '../support/app.ts';
import { startDouble, type Double } from '../support/eventstoredb-double.ts';
import { Told } from '../../src/messages/told.ts';

export { eventually, realUrl, QUICK };

const rethrow = (error: unknown): never => {
  throw error;
};

/** A whole Duban on a cluster. It need not have caught up, nor the cluster be there. */
export const openReplica = (t: Pick<Test, 'teardown'>, url: string, dataDir: string, timing: Partial<Timing> = QUICK): Promise<World> =>
  openWorld(t, {
    dataDir,
    at: ACTS_AT,
    open: (dir, clock) => openDubanOnCluster({ dataDir: dir, url, timeZone: TIME_ZONE, clock, timing, onError: rethrow }),
  });

/** An empty directory with the keys of another: one office, one log. */
export const siblingDir = (t: Pick<Test, 'teardown'>, dataDir: string): string => {
  const sibling = temporaryDir(t);
  cpSync(join(dataDir, 'keys'), join(sibling, 'keys'), { recursive: true });
  return sibling;
};

export const untilReady = (world: World): Promise<void> => eventually('the replica is ready', () => world.duban().readiness().ready);

export type Office = {
  readonly url: string;
  /** The directory of the first replica. */
  readonly dataDir: string;
  /** Opens a replica, the first one or another with the same keys, and waits until it is ready. */
  readonly replica: (dataDir?: string) => Promise<World>;
};

/** A double's cluster that holds the seeded notice. */
export const givenOffice = async (
  t: Test,
  { nodes = 1 }: { readonly nodes?: number } = {},
): Promise<Office & { readonly double: Double }> => {
  const double = await startDouble({ nodes });
  t.teardown(double.close);
  const dataDir = await seededDir(t);
  await migrateLog({ dataDir, url: double.url, timing: QUICK });
  const replica = async (dir = siblingDir(t, dataDir)): Promise<World> => {
    const world = await openReplica(t, double.url, dir);
    await untilReady(world);
    return world;
  };
  return { double, url: double.url, dataDir, replica };
};

/** On the server that EVENTSTORE_URL names, which must hold nothing but what these tests have written there; otherwise on a double. */
export const givenAnyOffice = async (t: Test): Promise<Office> => {
  if (realUrl === undefined) return givenOffice(t);
  const url = realUrl;
  const dataDir = temporaryDir(t);
  const replica = async (dir = siblingDir(t, dataDir)): Promise<World> => {
    const world = await openReplica(t, url, dir, { clockWarning: Infinity, clockMost: Infinity }); // the tests' clock is not the server's
    await eventually('the replica has caught up', world.duban().caughtUp);
    await world.settled();
    return world;
  };
  const first = await replica(dataDir);
  const outcome = await seed(first.duban().handler, { actor: { sub: 'seed', role: 'system' }, receivedAt: first.clock.now() });
  if (!outcome.ok) throw new Told(outcome.refusal.detail);
  await first.close();
  return { url, dataDir, replica };
};
