import { test, type Test } from 'tap';
import { temporaryDir } from '../support/app.ts';
import { callsTo, directiveOf, doubled, noticeOf, until, untilDone } from '../support/commits.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { startServer, tokenFor } from '../support/process.ts';
import { siblingDir } from './fixture.ts';

/** A replica that is killed in a commit: the others go on with it by themselves, and what all have appended is that of one commit. */

const TASKS = 30;
/** How many of its tasks are in the log when the replica dies, by the number of the document. */
const CUT_AT = new Map([
  [1, 0],
  [2, 1],
  [3, TASKS / 2],
  [4, TASKS - 1],
]);
const numbers = [...CUT_AT.keys()];

const givenReplicas = async (t: Test) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dirs = [temporaryDir(t)];
  const token = await tokenFor(dirs[0] ?? '', { role: 'office' });
  dirs.push(siblingDir(t, dirs[0] ?? ''));
  const start = async (dir: string) => {
    const server = await startServer(t, dir, { SEED: 'none', EVENTSTORE_URL: double.url });
    return { ...server, calls: callsTo(server.url, token) };
  };
  const own = () => double.log.all().filter(({ stream }) => !stream.startsWith('$'));
  const tasksOf = (number: number): number => own().filter(({ stream }) => stream.startsWith(`task-${directiveOf(number)}-`)).length;
  const [one, other] = await Promise.all([start(dirs[0] ?? ''), start(dirs[1] ?? '')]);
  const drafts: string[] = [];
  for (const number of numbers) {
    await one.calls.send(noticeOf(TASKS, number));
    drafts.push(await other.calls.send(noticeOf(TASKS, number)));
  }
  /** Begins to commit all, each of which stops on its way: no answer comes from the cluster. */
  const stallAll = async (): Promise<void> => {
    const { faults } = double.node;
    const stalled = new Set<number>();
    faults.append = (stream) => {
      const number = numbers.find((each) => stream.startsWith(`task-${directiveOf(each)}-`));
      if (number === undefined || tasksOf(number) < (CUT_AT.get(number) ?? 0)) return 'answer';
      stalled.add(number);
      return 'hang';
    };
    for (const draft of drafts) one.calls.call('POST', `${draft}/commit`, '{}').catch(() => undefined);
    await until('each is where it is to be cut', () => stalled.size === numbers.length || undefined);
    t.match(await one.kill('SIGKILL'), { signal: 'SIGKILL' });
    t.same(numbers.map(tasksOf), [...CUT_AT.values()]);
    faults.append = () => 'answer';
  };
  const once = (): void => {
    t.same(numbers.map(tasksOf), [TASKS, TASKS, TASKS, TASKS], 'each task of each is there once');
    const said = own().map(({ stream: subject, type, data }) => ({ subject, type, data: Buffer.from(data).toString() }));
    t.same(
      doubled(said.map(({ subject, type, data }) => ({ subject, type, data: (JSON.parse(data) as { data: unknown }).data }))),
      [],
      'and so is all else',
    );
    for (const draft of drafts)
      t.same(
        own().flatMap(({ stream, type }) => (stream === `import-${draft.split('/').at(-1)}` ? [type] : [])),
        ['ImportDrafted.v1', 'ImportCommitBegun.v1', 'ImportCommitted.v1'],
      );
  };
  return { dirs, start, other, drafts, stallAll, once };
};

await test('what a killed replica has begun to commit the one that lives on ends by itself, wherever it was', async (t) => {
  const { other, drafts, stallAll, once } = await givenReplicas(t);
  await stallAll();
  for (const draft of drafts)
    t.match(await other.calls.call('GET', draft), { body: { state: 'draft', progress: { state: 'going-on', of: TASKS } } });
  for (const draft of drafts)
    t.match(await untilDone(other.calls, draft), { state: 'committed', progress: { tasks: TASKS, of: TASKS, next: null } });
  t.match(await other.calls.call('POST', `${drafts[0]}/commit`, '{}'), { status: 200, body: { events: [] } });
  once();
});

await test('replicas that were all killed go on with it together when they are back, and it is done once', async (t) => {
  const { dirs, start, other, drafts, stallAll, once } = await givenReplicas(t);
  await stallAll();
  await other.kill('SIGKILL');
  const back = await Promise.all(dirs.map(start));
  for (const { calls } of back)
    for (const draft of drafts) t.match(await untilDone(calls, draft), { state: 'committed', progress: { tasks: TASKS, of: TASKS } });
  once();
});

await test('sent again to the other replica it goes on at once', async (t) => {
  const { other, drafts, stallAll, once } = await givenReplicas(t);
  await stallAll();
  const sent = await Promise.all(drafts.map((draft) => other.calls.call('POST', `${draft}/commit`, '{}')));
  t.same(
    sent.map(({ status }) => status),
    [201, 201, 201, 201],
  );
  for (const draft of drafts) t.match(await other.calls.call('GET', draft), { body: { state: 'committed', progress: { state: 'done' } } });
  once();
});
