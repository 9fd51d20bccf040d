import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { revoke } from '../../src/application/revocations.ts';
import { importIdOf } from '../../src/domain/imports/state.ts';
import { sha256Hex } from '../../src/kernel/canonical.ts';
import type { Envelope } from '../../src/kernel/envelope.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryDir } from '../support/app.ts';
import { callsTo, directiveOf, doubled, noticeOf, until, untilDone } from '../support/commits.ts';
import { startProgram, startServer, tokenFor } from '../support/process.ts';

/** A commit that is cut short goes on by itself at the next start, wherever it was, in the name of who sent it. */

const TASKS = 40;
/** Enough of them that a server is caught at it. */
const MANY = 150;

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

await test('so it is with a document that is imported in one call, though its sender lost the token meanwhile', async (t) => {
  const dataDir = temporaryDir(t);
  const written = (): number => statSync(join(dataDir, 'log.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0;
  const first = await startServer(t, dataDir, { SEED: 'none' });
  const sender = await tokenFor(dataDir, { role: 'office', sub: 'li-si', jti: 'of-li-si' });
  const from = written();
  const notice = noticeOf(MANY);
  const sent = callsTo(first.url, sender).call('POST', '/v1/directives/import?commit=true', notice, 'text/plain');
  const lost = sent.catch(() => undefined);
  await until('it is under way', () => written() > from + 120_000 || undefined);
  t.match(await first.kill('SIGKILL'), { signal: 'SIGKILL' });
  await lost;
  const cut = tasksIn(await logIn(dataDir));
  t.ok(cut > 0 && cut < MANY, `it was cut short at ${cut} tasks`);
  revoke(dataDir, {
    jti: 'of-li-si',
    exp: Math.ceil(Date.now() / 1000) + 3600,
    reason: null,
    by: 'admin',
    at: systemClock.now().toString(),
  });

  const server = await startServer(t, dataDir, { SEED: 'none' });
  t.equal((await callsTo(server.url, sender).call('GET', '/v1/directives')).status, 401);
  const calls = callsTo(server.url, await tokenFor(dataDir, { role: 'auditor' }));
  const draft = `/v1/imports/${importIdOf(sha256Hex(Buffer.from(notice)))}`;
  t.match(await untilDone(calls, draft), { state: 'committed', progress: { tasks: MANY, of: MANY, next: null } });
  t.match(await calls.call('GET', `/v1/directives/${directiveOf()}`), { body: { status: 'issued' } });
  t.match(await server.kill('SIGTERM'), { code: 0 });

  const log = await logIn(dataDir);
  t.same(doubled(log), []);
  t.equal(tasksIn(log), MANY);
  t.same([...new Set(log.map(({ actor }) => actor.sub))], ['li-si'], 'what was accepted is the act of who sent it');
  const accepted = log.find(({ type }) => type === 'DirectiveImported.v1');
  t.equal(log.at(-1)?.causation, accepted?.id);
});
