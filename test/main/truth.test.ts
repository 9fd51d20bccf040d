import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { SEED_DIRECTIVE, temporaryDir, type ListBody, type ProblemBody } from '../support/app.ts';
import { freePort, startProgram, tokenFor } from '../support/process.ts';
import { writeLog } from '../bench/logs.ts';
import { directiveId, periodOf, reportingOffice } from '../bench/synthetic.ts';

/**
 * Whatever the views have come to, nothing false is served: from the first connection on that the real process accepts
 * a read is right, or it is 503 and says how far the views are.
 */

const EVENTS = 25_000;
const OFFICE = { directives: 2, tasks: 100, carriers: 3, units: 120 };

type Seen = { readonly status: number; readonly body: unknown; readonly retryAfter: string | null };

const ask = async (url: string, token: string): Promise<Seen> => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, connection: 'close' } });
  return { status: response.status, body: await response.json(), retryAfter: response.headers.get('retry-after') };
};

/** Of an answer what does not say when it was asked: a cursor does. */
const said = ({ body }: Seen): string => {
  const { basis: _, next: __, ...rest } = body as Readonly<Record<string, unknown>>; // every answer of these tests is an object
  return JSON.stringify(rest);
};

/** Asks again and again, from before the process listens until it is ready and a little longer. */
const poll = async (t: Test, dataDir: string, paths: readonly string[], env: Readonly<Record<string, string>> = { SEED: 'none' }) => {
  const port = String(await freePort());
  const token = await tokenFor(dataDir, { role: 'auditor' });
  const program = startProgram(t, ['serve'], { DATA_DIR: dataDir, PORT: port, ...env });
  const answers = new Map<string, Seen[]>(paths.map((path) => [path, []]));
  let isReady = false;
  let reasons: string[] = [];
  const reader = async (path: string): Promise<void> => {
    for (let more = 2; more > 0;) {
      const wasReady = isReady;
      const seen = await ask(`http://127.0.0.1:${port}${path}`, token).catch(() => undefined);
      if (seen === undefined) await sleep(2);
      else answers.get(path)?.push(seen);
      if (wasReady) more -= 1;
      if (wasReady && seen?.status !== 200) t.fail(`${path}: ${seen?.status} after it was ready`);
    }
  };
  const watcher = async (): Promise<void> => {
    while (!isReady) {
      const seen = await ask(`http://127.0.0.1:${port}/health/ready`, token).catch(() => undefined);
      if (seen?.status === 503) reasons = [...reasons, (seen.body as ProblemBody).detail];
      isReady = seen?.status === 200;
      await sleep(2);
    }
  };
  await Promise.all([watcher(), ...paths.map(reader)]);
  t.match(await program.kill('SIGTERM'), { code: 0 });
  return { answers, reasons, log: program.stdout() };
};

const spoil = (dataDir: string): void => {
  const db = new DatabaseSync(join(dataDir, 'views.sqlite'));
  db.exec("UPDATE _stamps SET definition = 'another'");
  db.close();
};

const lose = (dataDir: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `views.sqlite${suffix}`), { force: true });
};

await test('views that must be built again are never taken for an empty world', async (t) => {
  const dataDir = temporaryDir(t);
  writeLog(dataDir, reportingOffice(OFFICE).take(EVENTS));
  const first = directiveId(2023, 1);
  const paths = [
    '/v1/tasks?limit=200&on=2023-05-01',
    '/v1/units?limit=500',
    `/v1/directives/${first}`,
    `/v1/compliance?directive=${first}&period=${periodOf(2023, 3)}&on=2023-05-01`,
    `/v1/obligations?directive=${first}&limit=20&on=2023-05-01`,
    '/v1/tasks?limit=200&asOf=@20000&on=2023-05-01',
    '/v1/log/events?type=TaskAssigned&limit=5',
    '/v1/ledger/proof/inclusion?position=20000',
  ];
  const right = new Map<string, string>();
  const built = await poll(t, dataDir, paths);
  for (const path of paths) {
    const last = built.answers.get(path)?.at(-1);
    t.equal(last?.status, 200, path);
    right.set(path, last === undefined ? '' : said(last));
  }
  t.equal((JSON.parse(right.get(paths[0] ?? '') ?? '{}') as ListBody<object>).items.length, 200);

  for (const [how, change] of [
    ['never built', () => lose(dataDir)],
    ['of other definitions', () => spoil(dataDir)],
  ] as const) {
    change();
    const { answers, reasons, log } = await poll(t, dataDir, paths);
    for (const path of paths) {
      const seen = answers.get(path) ?? [];
      const refused = seen.filter(({ status }) => status === 503);
      t.ok(refused.length > 0, `${how}: ${path} was refused ${refused.length} times of ${seen.length}`);
      for (const { body, retryAfter } of refused) {
        const { code, facts } = body as ProblemBody;
        if (code !== 'views-behind' || retryAfter === null || facts?.['head'] !== EVENTS || Number(facts['position']) > EVENTS)
          t.fail(`${path}: ${JSON.stringify(body)}`);
      }
      const wrong = seen.filter((each) => each.status !== 503 && (each.status !== 200 || said(each) !== right.get(path)));
      t.equal(wrong.length, 0, `${how}: ${path} is right or refused`);
    }
    t.ok(
      reasons.some((reason) => /^the views are being rebuilt: at \d+ of 25000$/u.test(reason)),
      `${how}: not ready, and says why: ${reasons[0]}`,
    );
    t.match(log, /rebuilding the views: /u);
    t.match(log, /the views are rebuilt: at 25000/u);
  }
});

await test('while the seed is imported nothing is said of the log', async (t) => {
  const dataDir = temporaryDir(t);
  const paths = ['/v1/tasks?limit=500', `/v1/directives/${SEED_DIRECTIVE}`, '/v1/log/events?limit=1', '/v1/tasks?asOf=@0'];
  const { answers, log } = await poll(t, dataDir, paths, { SEED: 'notice' });
  const [tasks = [], directive = [], ...others] = paths.map((path) => answers.get(path) ?? []);
  t.ok(tasks.length > 1 && tasks.every(({ status, body }) => status === 503 || (body as ListBody<object>).items.length === 197));
  t.ok(directive.every(({ status, body }) => status === 503 || (body as { readonly status: string }).status === 'issued'));
  t.ok(others.flat().every(({ status }) => status === 503 || status === 200));
  t.match(log, /listening on[^]*the log is empty: importing[^]*imported sanzhengban/u, 'it listened before');
});
