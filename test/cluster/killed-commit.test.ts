import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import { temporaryDir } from '../support/app.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { startServer, tokenFor } from '../support/process.ts';
import { siblingDir } from './fixture.ts';

/** A replica that is killed in a commit: the other ends it, and what both have appended is that of one commit. */

const TASKS = 60;
const NOTICE = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  ...Array.from({ length: TASKS }, (_, index) => `${index + 1}、完成第${index + 1}片区改造，年底前完工。(市教育局、市财政局)`),
  '2024年2月1日',
].join('\n');

await test('what a killed replica has begun to commit the other one ends, once', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dir = temporaryDir(t);
  const authorization = `Bearer ${await tokenFor(dir, { role: 'office' })}`;
  const env = { SEED: 'none', EVENTSTORE_URL: double.url };
  const [one, other] = [await startServer(t, dir, env), await startServer(t, siblingDir(t, dir), env)];
  type Answered = {
    readonly status: number;
    readonly body: { readonly subject?: string; readonly state?: string; readonly items?: readonly object[] };
  };
  const call = async (url: string, method: string, path: string, body?: string, type = 'application/json'): Promise<Answered> => {
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  };
  const own = () => double.log.all().filter(({ stream }) => !stream.startsWith('$'));
  let draft = '';
  for (const { url } of [one, other]) {
    const { status, body } = await call(url, 'POST', '/v1/imports', NOTICE, 'text/plain');
    t.ok(status === 201 || status === 200, `${url}: ${status}`);
    draft = `/v1/imports/${body.subject}`;
  }
  const committing = call(one.url, 'POST', `${draft}/commit`, '{}').catch(() => undefined);
  while (own().filter(({ stream }) => stream.startsWith('task-')).length < 10) await sleep(1);
  t.match(await one.kill('SIGKILL'), { signal: 'SIGKILL' });
  await committing;
  const cut = own().filter(({ stream }) => stream.startsWith('task-')).length;
  t.ok(cut < TASKS, `cut short at ${cut} tasks`);

  t.match(await call(other.url, 'POST', `${draft}/commit`, '{}'), { status: 201, body: { directive: 'hezhengban-2024-9' } });
  t.match(await call(other.url, 'GET', draft), { body: { state: 'committed', progress: { tasks: TASKS, of: TASKS, next: null } } });
  t.match(await call(other.url, 'POST', `${draft}/commit`, '{}'), { status: 200, body: { events: [] } });
  const streams = own().map(({ stream }) => stream);
  t.equal(new Set(streams.filter((stream) => stream.startsWith('task-'))).size, TASKS);
  t.equal(streams.filter((stream) => stream.startsWith('task-')).length, TASKS, 'each once');
  t.same(
    own().flatMap(({ stream, type }) => (stream.startsWith('import-') ? [type] : [])),
    ['ImportDrafted.v1', 'ImportCommitBegun.v1', 'ImportCommitted.v1'],
  );
});
