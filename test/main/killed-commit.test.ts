import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryDir, type ListBody, type ProblemBody } from '../support/app.ts';
import { startServer, tokenFor, type Server } from '../support/process.ts';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';

/** The real server, killed while it commits a draft: what is missing is said, and sent again the commit goes on with it. */

const TASKS = 150;
const NOTICE = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  ...Array.from({ length: TASKS }, (_, index) => `${index + 1}、完成第${index + 1}片区改造，年底前完工。(市教育局、市财政局)`),
  '2024年2月1日',
].join('\n');

type Answer = { readonly status: number; readonly body: ImportAnswer & ProblemBody & ListBody<{ readonly id: string }> };

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

await test('a server that is killed in a commit says what is missing, and the commit sent again ends it, once', async (t) => {
  const dataDir = temporaryDir(t);
  const written = (): number => sizeOf(join(dataDir, 'log.sqlite')) + sizeOf(join(dataDir, 'log.sqlite-wal'));
  const start = (): Promise<Server> => startServer(t, dataDir, { SEED: 'none' });
  let server = await start();
  const authorization = `Bearer ${await tokenFor(dataDir, { role: 'office' })}`;
  const call = async (method: string, path: string, body?: string): Promise<Answer> => {
    const type = path === '/v1/imports' ? 'text/plain' : 'application/json';
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const { body: sent } = await call('POST', '/v1/imports', NOTICE);
  const url = `/v1/imports/${(sent as { readonly subject?: string }).subject ?? ''}`;
  t.match((await call('GET', url)).body, { state: 'draft', progress: null, findings: [] });

  const reached: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const from = written();
    const committing = call('POST', `${url}/commit`, '{}').catch(() => undefined);
    while (written() < from + 60_000) await sleep(1);
    t.match(await server.kill('SIGKILL'), { signal: 'SIGKILL' });
    await committing;
    server = await start();
    const { body } = await call('GET', url);
    t.match(body, { state: 'draft', progress: { of: TASKS, next: `POST ${url}/commit` } });
    reached.push(body.progress?.tasks ?? -1);
    t.match(await call('PATCH', url, JSON.stringify({ directive: { title: '别的' } })), {
      status: 409,
      body: { code: 'import-committed', detail: /has begun: send the commit again, which goes on with it$/u },
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

  const both = await Promise.all([call('POST', `${url}/commit`, '{}'), call('POST', `${url}/commit`, '{}')]);
  t.ok(
    both.every(({ status }) => status === 200 || status === 201),
    both.map(({ status }) => status).join(),
  );
  t.match((await call('GET', url)).body, { state: 'committed', progress: { tasks: TASKS, of: TASKS, next: null } });
  t.equal((await call('GET', '/v1/directives')).body.items.length, 1);
  t.equal((await call('GET', '/v1/tasks?limit=500')).body.items.length, TASKS);
  t.match(await server.kill('SIGTERM'), { code: 0 });

  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock: systemClock });
  const log = store.readAll(0, 10_000).map(({ envelope: { subject, type, data } }) => `${subject} ${type} ${JSON.stringify(data)}`);
  await store.close();
  t.equal(new Set(log).size, log.length, 'nothing stands twice');
  t.equal(log.filter((said) => said.includes('ImportCommitted.v1')).length, 1);
});
