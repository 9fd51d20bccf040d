import { join } from 'node:path';
import { test } from 'tap';
import type { Envelope } from '../../src/kernel/envelope.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryDir } from '../support/app.ts';
import { callsTo, directiveOf, doubled, noticeOf, untilDone } from '../support/commits.ts';
import { startProgram, startServer, tokenFor } from '../support/process.ts';

/** A commit that is cut short goes on by itself at the next start, wherever it was, in the name of who sent it. */

const TASKS = 40;

const logIn = async (dataDir: string): Promise<readonly Envelope[]> => {
  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock: systemClock });
  const log = store.readAll(0, 10_000).map(({ envelope }) => envelope);
  await store.close();
  return log;
};
const tasksIn = (log: readonly Envelope[]): number => log.filter(({ type }) => type === 'TaskAssigned.v1').length;

await test('killed before a task, after one, half, all but one, all, a commit is ended by the next start', async (t) => {
  const dataDir = temporaryDir(t);
  const first = await startServer(t, dataDir, { SEED: 'none' });
  const token = await tokenFor(dataDir, { role: 'office' });
  const draft = await callsTo(first.url, token).send(noticeOf(TASKS));
  await first.kill('SIGTERM');

  const reached: number[] = [];
  for (const more of [0, 1, TASKS / 2 - 1, TASKS / 2 - 1, TASKS]) {
    const child = startProgram(t, [dataDir, draft.split('/').at(-1) ?? '', String(more)], {}, 'test/main/children/commit-until.ts');
    t.match(await child.ended, { signal: 'SIGKILL' }, child.stderr());
    reached.push(tasksIn(await logIn(dataDir)));
  }
  t.same(reached, [0, 1, TASKS / 2, TASKS - 1, TASKS]);

  const server = await startServer(t, dataDir, { SEED: 'none' });
  const calls = callsTo(server.url, token);
  t.match(await untilDone(calls, draft), { state: 'committed', progress: { tasks: TASKS, of: TASKS, reason: null, next: null } });
  t.match(await calls.call('GET', `/v1/directives/${directiveOf()}`), { body: { status: 'issued' } });
  t.match(await server.kill('SIGTERM'), { code: 0 });

  const log = await logIn(dataDir);
  t.same(doubled(log), []);
  const begun = log.find(({ type }) => type === 'ImportCommitBegun.v1');
  const appended = log.slice(log.findIndex(({ type }) => type === 'ImportCommitBegun.v1') + 1);
  t.equal(log.filter(({ type }) => type === 'ImportCommitted.v1').length, 1);
  t.same([...new Set(appended.map(({ causation }) => causation))], [begun?.id], 'each names the event that accepted it');
  t.same(
    [...new Set(appended.map(({ actor }) => JSON.stringify(actor)))],
    ['{"role":"office","sub":"li-si"}'],
    'is the act of who sent it',
  );
  t.same([...new Set(appended.map(({ receivedat }) => receivedat))], [begun?.receivedat], 'and was received then');
});
