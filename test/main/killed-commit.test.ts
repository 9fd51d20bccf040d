import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryDir } from '../support/app.ts';
import { callsTo, doubled, noticeOf, untilDone } from '../support/commits.ts';
import { startServer, tokenFor, type Server } from '../support/process.ts';

/** The real server, killed while it commits a draft and while it goes on with it: what it says meanwhile is true. */

const TASKS = 150;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

await test('a server that is killed in a commit goes on with it when it is back, each time, and all is there once', async (t) => {
  const dataDir = temporaryDir(t);
  const written = (): number => sizeOf(join(dataDir, 'log.sqlite')) + sizeOf(join(dataDir, 'log.sqlite-wal'));
  const start = (): Promise<Server> => startServer(t, dataDir, { SEED: 'none' });
  let server = await start();
  const token = await tokenFor(dataDir, { role: 'office' });
  let calls = callsTo(server.url, token);
  const url = await calls.send(noticeOf(TASKS));
  t.match((await calls.call('GET', url)).body, { state: 'draft', progress: null, findings: [] });

  const reached: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const from = written();
    const committing = round === 0 ? calls.call('POST', `${url}/commit`, '{}').catch(() => undefined) : undefined;
    while (written() < from + 60_000) await sleep(1);
    t.match(await server.kill('SIGKILL'), { signal: 'SIGKILL' });
    await committing;
    server = await start();
    calls = callsTo(server.url, token);
    const { body } = await calls.call('GET', url);
    t.match(body, { state: 'draft', progress: { state: 'going-on', of: TASKS, reason: null, next: `POST ${url}/commit` } });
    reached.push(body.progress?.tasks ?? -1);
    t.match(await calls.call('PATCH', url, JSON.stringify({ directive: { title: '别的' } })), {
      status: 409,
      body: { code: 'import-committed', detail: /has begun: how it was read is corrected no more$/u },
    });
  }
  t.ok(
    reached.some((tasks) => tasks > 0 && tasks < TASKS),
    `it was cut short at ${reached.join(', ')} tasks`,
  );
  t.same(
    reached,
    reached.toSorted((a, b) => a - b),
    'and went on each time from where it was',
  );

  const both = await Promise.all([calls.call('POST', `${url}/commit`, '{}'), calls.call('POST', `${url}/commit`, '{}')]);
  t.ok(
    both.every(({ status }) => status === 200 || status === 201),
    both.map(({ status }) => status).join(),
  );
  t.match(await untilDone(calls, url), { state: 'committed', progress: { tasks: TASKS, of: TASKS, next: null } });
  t.equal((await calls.call('GET', '/v1/directives')).body.items.length, 1);
  t.equal((await calls.call('GET', '/v1/tasks?limit=500')).body.items.length, TASKS);
  t.match(await server.kill('SIGTERM'), { code: 0 });

  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock: systemClock });
  const log = store.readAll(0, 10_000).map(({ envelope }) => envelope);
  await store.close();
  t.same(doubled(log), [], 'nothing stands twice');
  t.equal(log.filter(({ type }) => type === 'ImportCommitted.v1').length, 1);
});
