import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import type { CatchingUp } from '../../src/kernel/measure.ts';
import { logCatchingUp } from '../../src/main/catching-up-log.ts';
import { withPace, type Reached } from '../../src/main/catching-up.ts';

/** How a service that is on its way to the log's end tells of it. */

await test('the pace counts from when a stage was first seen', (t) => {
  let now = 0;
  let reached: Reached | undefined = { stage: 'mirror', position: 1_000, behind: null };
  const catchingUp = withPace(
    () => reached,
    () => now,
  );
  t.same(catchingUp(), { stage: 'mirror', position: 1_000, behind: null, eventsPerSecond: null });
  now = 2_000;
  reached = { stage: 'mirror', position: 5_000, behind: 3_000 };
  t.same(catchingUp(), { stage: 'mirror', position: 5_000, behind: 3_000, eventsPerSecond: 2_000 });
  reached = { stage: 'views', position: 5_500, behind: 2_500 };
  t.same(catchingUp(), { ...reached, eventsPerSecond: null }, 'the views have a pace of their own');
  now = 3_000;
  reached = { stage: 'views', position: 6_500, behind: 1_500 };
  t.same(catchingUp(), { ...reached, eventsPerSecond: 1_000 });
  reached = undefined;
  t.equal(catchingUp(), undefined);
  t.end();
});

await test('the log of the service says how far it is, until it is caught up', async (t) => {
  const lines: { readonly facts: unknown; readonly text: string }[] = [];
  const info = (...said: readonly unknown[]): void =>
    void lines.push({ facts: said.length > 1 ? said[0] : undefined, text: String(said.at(-1)) });
  let catchingUp: CatchingUp | undefined = { stage: 'mirror', position: 7, behind: null, eventsPerSecond: null };
  let caughtUp = false;
  const until = async (count: number): Promise<void> => {
    while (lines.length < count) await sleep(1);
  };
  const telling = logCatchingUp({ info }, { catchingUp: () => catchingUp, caughtUp: () => caughtUp }, 5);
  t.teardown(telling.stop);
  await until(1);
  t.same(lines[0], { facts: catchingUp, text: 'taking in the log of the cluster: 7 events' });
  catchingUp = { stage: 'mirror', position: 40, behind: 60, eventsPerSecond: 20 };
  const said = lines.length;
  await until(said + 2);
  t.same(lines.at(-1), { facts: catchingUp, text: 'taking in the log of the cluster: 40 events, some 60 to come, 20 a second' });
  catchingUp = { stage: 'views', position: 90, behind: 10, eventsPerSecond: 20 };
  caughtUp = true;
  while (lines.at(-1)?.text !== 'the log of the cluster is taken in') await sleep(1);
  const ended = lines.length;
  await sleep(30);
  t.equal(lines.length, ended, 'then it says no more');
});

await test('of a replica that is caught up before anybody could look nothing is said', async (t) => {
  const lines: unknown[] = [];
  const asked: true[] = [];
  const caughtUp = (): boolean => asked.push(true) > 0;
  const telling = logCatchingUp(
    { info: (...said: readonly unknown[]) => void lines.push(said) },
    { catchingUp: () => undefined, caughtUp },
    1,
  );
  t.teardown(telling.stop);
  while (asked.length === 0) await sleep(1);
  t.same(lines, []);
});
