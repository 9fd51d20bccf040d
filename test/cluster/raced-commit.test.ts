import { test, type Test } from 'tap';
import { temporaryDir, type CommandBody, type ProblemBody, type World } from '../support/app.ts';
import { directiveOf, doubled, noticeOf } from '../support/commits.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { eventually, openReplica, siblingDir, untilReady } from './fixture.ts';

/** One document, committed on two replicas at the same time: with a draft, and in one call. */

const TASKS = 20;

const givenReplicas = async (t: Test) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dir = temporaryDir(t);
  const one = await openReplica(t, double.url, dir);
  const other = await openReplica(t, double.url, siblingDir(t, dir));
  for (const world of [one, other]) await untilReady(world);
  return { one, other };
};

const send = (world: World, url: string) =>
  world.office.send<CommandBody & ProblemBody>('POST', url, Buffer.from(noticeOf(TASKS)), { 'content-type': 'text/plain' });

const isOnce = async (t: Test, worlds: readonly World[]): Promise<void> => {
  const head = Math.max(...worlds.map((world) => world.head()));
  for (const world of worlds) {
    await eventually('it has all', () => world.head() >= head);
    const { store } = world.duban().services;
    const log = store.readAll(0, 10_000).map(({ envelope }) => envelope);
    t.same(doubled(log), []);
    t.equal(log.filter(({ type }) => type === 'TaskAssigned.v1').length, TASKS);
    await world.settled();
    t.match((await world.auditor.get(`/v1/directives/${directiveOf()}`)).body, { status: 'issued' });
    t.same(world.duban().services.commits.list(), []);
  }
};

await test('a draft that is committed on both at once is committed once', async (t) => {
  const { one, other } = await givenReplicas(t);
  const url = (await send(one, '/v1/imports?name=n.txt')).headers['location'] ?? '';
  await send(other, '/v1/imports?name=n.txt');
  const both = await Promise.all([one, other].map((world) => world.office.post<CommandBody & ProblemBody>(`${url}/commit`, {})));
  for (const { status, text } of both) t.ok(status === 200 || status === 201, text.slice(0, 200));
  await isOnce(t, [one, other]);
});

await test('so is a document that is imported on both at once in one call', async (t) => {
  const { one, other } = await givenReplicas(t);
  const both = await Promise.all([one, other].map((world) => send(world, '/v1/directives/import?commit=true')));
  for (const { status, text } of both) t.ok(status === 200 || status === 201, text.slice(0, 200));
  await isOnce(t, [one, other]);
});
