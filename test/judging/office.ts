import type { Test } from 'tap';
import { openDuban, openDubanOnCluster } from '../../src/main/duban.ts';
import { QUICK } from '../store/cluster-fixture.ts';
import { openWorld, type CommandBody, type World } from '../support/app.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { eventually } from '../contract/store.ts';
import type { Act, History } from './acts.ts';
import type { Entry } from './entries.ts';

/** An office at work in which histories happen, one after the other, each with units, tasks and a directive of its own. */

const rethrow = (error: unknown): never => {
  throw error;
};

export const openOffice = (t: Pick<Test, 'teardown'>, timeZone: string): Promise<World> =>
  openWorld(t, {
    seeded: false,
    at: '2020-01-01T00:00:00Z',
    open: (dataDir, clock) =>
      openDuban({
        dataDir,
        timeZone,
        clock,
        relaxedDurability: true,
        unproven: true,
        mostAhead: Infinity, // histories in one office happen side by side
        onError: rethrow,
      }),
  });

/** The same on the log of a cluster. */
export const openOfficeOnCluster = async (t: Pick<Test, 'teardown'>, timeZone: string): Promise<World> => {
  const double = await startDouble();
  t.teardown(double.close);
  const world = await openWorld(t, {
    seeded: false,
    at: '2020-01-01T00:00:00Z',
    open: (dataDir, clock) => openDubanOnCluster({ dataDir, timeZone, clock, url: double.url, timing: QUICK, onError: rethrow }),
  });
  await eventually('the replica is ready', () => world.duban().readiness().ready);
  return world;
};

/** What became of a history: the events of it, and the codes of what was refused. */
export type Happened = { readonly entries: readonly Entry[]; readonly refused: readonly string[] };

const instant = (millis: number): string => new Date(millis).toISOString();

/** By stream; it is kept where a history happens in parts. */
type Revisions = Map<string, number>;

/** Every act in its order, by the requests that clients send; the clock of the office follows. */
export const happen = async (world: World, { acts }: History, revisions: Revisions = new Map()): Promise<Happened> => {
  const before = world.head();
  const refused: string[] = [];
  /** Policies as they were sent in their short form, by position: how it is read is judged as well. */
  const short = new Map<number, object>();

  const send = async ({ received, entered, unit, method, path, body, stream }: Act): Promise<void> => {
    world.clock.set(instant(entered));
    const paper = entered > received ? { receivedAt: instant(received), basis: '纸质来文' } : {};
    const own = unit !== null && entered === received;
    const revision = revisions.get(stream);
    const answer = await (own ? world.unit(unit) : world.office).send<CommandBody & { readonly code?: string }>(
      method,
      path,
      { ...body, ...(own || unit === null ? {} : { unit }), ...paper },
      revision === undefined || stream === 'roster' ? {} : { 'if-match': `"${revision}"` },
    );
    if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.text}`);
    if (answer.status !== 201) {
      // What the schemas refuse was drawn up wrongly: it would be as if such acts were never tried.
      if (answer.body.code === 'invalid-input') throw new Error(`${method} ${path}: ${answer.text}`);
      refused.push(answer.body.code ?? '');
      return;
    }
    revisions.set(stream, answer.body.revision);
    if ('monthly' in body) for (const { position } of answer.body.events) short.set(position, body);
  };
  for (const act of acts) await send(act);

  const entries = world
    .duban()
    .services.store.readAll(before, 100_000)
    .map(({ position, stream, recordedAt, envelope }): Entry => {
      const data = envelope.data as Entry['data']; // the edge between stored bytes and the second judge: a type has its own members
      const sent = short.get(position);
      return {
        position,
        stream,
        recordedAt,
        type: envelope.type.replace(/\.v\d+$/u, ''),
        data: sent === undefined ? data : { ...data, duties: undefined, withdrawn: undefined, ...sent },
        receivedAt: Date.parse(envelope.receivedat),
      } as Entry;
    });
  return { entries, refused };
};
