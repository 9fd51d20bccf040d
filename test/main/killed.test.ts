import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { SEED_DIRECTIVE, seededDir, temporaryDir, type CommandBody, type ListBody } from '../support/app.ts';
import { runProgram, startProgram, startServer, tokenFor, type Server } from '../support/process.ts';

/** The real process, killed in the middle of its work: what was acknowledged is there, and nothing is there twice. */

const readLog = async (dataDir: string): Promise<readonly StoredEvent[]> => {
  const store = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock: systemClock });
  const log = store.readAll(0, Number.MAX_SAFE_INTEGER);
  await store.close();
  return log;
};

/** What an event says, whenever and under whatever id it was recorded. */
const sayings = (log: readonly StoredEvent[]): readonly string[] =>
  log.map(({ envelope }) => `${envelope.subject} ${envelope.type} ${JSON.stringify(envelope.data)}`).sort();

/** How many events a log that another process writes holds by now. */
const positionIn = (path: string): number => {
  if (!existsSync(path)) return 0;
  try {
    const log = openLogFile(path, { readOnly: true });
    const { position } = log.head();
    log.close();
    return position;
  } catch {
    return 0; // it is only being made
  }
};

await test('an import that is cut short again and again ends as if it had not been', async (t) => {
  const whole = await readLog(await seededDir(t));
  t.equal(whole.length, 508);
  const dataDir = temporaryDir(t);
  const reached: number[] = [];
  for (const round of [1, 2, 3]) {
    const before = (await readLog(dataDir)).length;
    const program = startProgram(t, ['serve'], { DATA_DIR: dataDir, PORT: '0' });
    await program.says(/importing|going on/u);
    // Some more was recorded than when it began, each time more.
    while (positionIn(join(dataDir, 'log.sqlite')) < before + round * 10 && !/: 508 events/u.test(program.stdout())) await sleep(1);
    t.match(await program.kill('SIGKILL'), { signal: 'SIGKILL' });
    const log = await readLog(dataDir);
    t.ok(log.length >= before, `round ${round}: at ${log.length}`);
    t.equal(new Set(sayings(log)).size, log.length, 'nothing stands twice');
    reached.push(log.length);
  }
  t.ok(
    reached.some((length) => length > 0 && length < 508),
    `it was cut short at ${reached.join(', ')}`,
  );
  const server = await startServer(t, dataDir);
  const headers = { authorization: `Bearer ${await tokenFor(dataDir, { role: 'office' })}` };
  const directive = await fetch(`${server.url}/v1/directives/${SEED_DIRECTIVE}`, { headers });
  t.match(await directive.json(), { status: 'issued' });
  const tasks = await fetch(`${server.url}/v1/tasks?limit=500`, { headers });
  t.equal(((await tasks.json()) as ListBody<object>).items.length, 197);
  t.match(await server.kill('SIGTERM'), { code: 0 });
  t.same(sayings(await readLog(dataDir)), sayings(whole), 'exactly what one import says');
});

await test('a commit of a draft that is killed goes on where it was', async (t) => {
  const dataDir = temporaryDir(t);
  const args = ['import', 'seed/notice.txt', '--profile', 'seed/profile.json', '--commit'];
  const program = startProgram(t, args, { DATA_DIR: dataDir });
  const state = { isOver: false };
  void program.ended.then(() => {
    state.isOver = true;
  });
  while (positionIn(join(dataDir, 'log.sqlite')) < 50 && !state.isOver) await sleep(1);
  t.match(await program.kill('SIGKILL'), { signal: 'SIGKILL' });
  const cut = await readLog(dataDir);
  const types = (log: readonly StoredEvent[]): readonly string[] => log.map(({ envelope }) => envelope.type);
  t.ok(types(cut).includes('ImportCommitBegun.v1') && !types(cut).includes('ImportCommitted.v1'), `cut short at ${cut.length}`);
  t.match(await runProgram(t, args, { DATA_DIR: dataDir }), { code: 0 });
  const whole = await readLog(dataDir);
  t.equal(new Set(sayings(whole)).size, whole.length, 'nothing stands twice');
  t.equal(whole.length, 509, 'the draft, the two ends of its commit, and what the document says');
  t.equal(types(whole).at(-1), 'ImportCommitted.v1');
});

type Report = { readonly task: string; readonly unit: string; readonly period: string; readonly key: string };
type Acknowledged = { readonly report: Report; readonly id: string; readonly position: number };

const PERIODS = ['2023-08', '2023-09', '2023-10'] as const;

/** Every report owed in some months, each with a key of its own. */
const reportsOwed = async (server: Server, token: string): Promise<readonly Report[]> => {
  const found: Report[] = [];
  for (const period of PERIODS) {
    const response = await fetch(`${server.url}/v1/obligations?directive=${SEED_DIRECTIVE}&kind=monthly&period=${period}&limit=500`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await response.json()) as ListBody<{ readonly task: string; readonly unit: string }>;
    found.push(...items.map(({ task, unit }) => ({ task, unit, period, key: `${task}/${unit}/${period}` })));
  }
  return found;
};

const CONNECTIONS = 20;

const agree = async (t: Test, server: Server, office: string, reports: number): Promise<void> => {
  const request = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${office}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  let received = 0;
  for (const period of PERIODS) {
    const { items } = (await request(
      'GET',
      `/v1/obligations?directive=${SEED_DIRECTIVE}&kind=monthly&period=${period}&limit=500`,
    )) as ListBody<{ readonly state: string }>;
    const board = (await request('GET', `/v1/compliance?directive=${SEED_DIRECTIVE}&period=${period}`)) as {
      readonly totals: { readonly owed: number; readonly late: number; readonly missing: number };
    };
    const late = items.filter(({ state }) => state === 'late').length;
    t.match(board.totals, { owed: items.length, late, missing: items.length - late }, period);
    received += late;
    const { subject } = (await request('POST', '/v1/snapshots', { directive: SEED_DIRECTIVE, period })) as CommandBody;
    t.match(await request('POST', `/v1/snapshots/${subject}/verify`, {}), { match: true }, `${period}: replayed`);
  }
  t.equal(received, reports);
};

await test('killed under a load of reports: each acknowledged one is there once, any other at most once', async (t) => {
  const dataDir = await seededDir(t);
  const tokens = new Map<string, string>();
  const tokenOf = async (unit: string): Promise<string> => {
    const known = tokens.get(unit) ?? (await tokenFor(dataDir, { role: 'unit', unit }));
    tokens.set(unit, known);
    return known;
  };
  const office = await tokenFor(dataDir, { role: 'office' });
  const acknowledged: Acknowledged[] = [];
  const unacknowledged: Report[] = [];

  const send = async (
    server: Server,
    { task, unit, period, key }: Report,
  ): Promise<{ readonly status: number; readonly body: CommandBody }> => {
    const response = await fetch(`${server.url}/v1/tasks/${task}/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf(unit)}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ period, status: 'on-track', narrative: `${unit}的进展` }),
    });
    return { status: response.status, body: (await response.json()) as CommandBody };
  };

  /** Sends from many connections at once until the process is gone. */
  const load = async (server: Server, queue: Report[], enough: () => void): Promise<void> => {
    const worker = async (): Promise<void> => {
      for (let report = queue.pop(); report !== undefined; report = queue.pop()) {
        try {
          const { status, body } = await send(server, report);
          if (status !== 201) throw new TypeError(`${status} for ${report.key}: ${JSON.stringify(body)}`);
          acknowledged.push({ report, id: body.events[0]?.id ?? '', position: body.position });
          enough();
        } catch (error) {
          if (error instanceof TypeError && /^\d/u.test(error.message)) throw error;
          unacknowledged.push(report);
          return; // the connection is gone, and so is the process
        }
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  };

  const check = (log: readonly StoredEvent[]): void => {
    const reports = log.filter(({ envelope }) => envelope.type === 'ReportSubmitted.v1');
    const times = Map.groupBy(reports, ({ stream, envelope }) => {
      const { unit, period } = envelope.data as { readonly unit: string; readonly period: string }; // what ReportSubmitted holds
      return `${stream.slice('task-'.length)}/${unit}/${period}`;
    });
    t.ok(
      [...times.values()].every((same) => same.length === 1),
      'no report stands twice',
    );
    const lost = acknowledged.filter(({ report, id, position }) => {
      const [event] = times.get(report.key) ?? [];
      return event?.id !== id || event.position !== position;
    });
    t.same(lost, [], `${acknowledged.length} acknowledged reports are there under their ids and positions`);
    t.ok(reports.length <= acknowledged.length + unacknowledged.length, 'and nothing that nobody sent');
  };

  let server = await startServer(t, dataDir);
  const owed = [...(await reportsOwed(server, office))];
  t.ok(owed.length > 1_000);
  for (const round of [1, 2, 3]) {
    const before = acknowledged.length;
    const running = server;
    let killed: Promise<unknown> | undefined;
    await load(running, owed, () => {
      if (acknowledged.length - before >= 60 * round) killed ??= running.kill('SIGKILL');
    });
    t.ok(killed !== undefined && acknowledged.length > before, `round ${round}: killed while reports came in`);
    await killed;
    check(await readLog(dataDir));
    server = await startServer(t, dataDir);
  }
  t.ok(unacknowledged.length > 0, `${unacknowledged.length} were under way when the process was killed`);

  await t.test('a retry with the same key has one effect', async (tt) => {
    await Promise.all(
      acknowledged.map(async ({ report, id, position }) => {
        const { status, body } = await send(server, report);
        if (status !== 200 || body.position !== position || body.events[0]?.id !== id)
          tt.fail(`${report.key}: ${status} ${JSON.stringify(body)}`);
      }),
    );
    for (const report of unacknowledged) {
      const first = await send(server, report);
      const second = await send(server, report);
      tt.ok(first.status === 201 || first.status === 200, report.key);
      tt.equal(second.status, 200, report.key);
      tt.same(second.body.events, first.body.events);
    }
  });

  await t.test('board, obligations and a replay of the log agree', (tt) =>
    agree(tt, server, office, acknowledged.length + unacknowledged.length),
  );
  t.match(await server.kill('SIGTERM'), { code: 0 });
  const reports = (await readLog(dataDir)).filter(({ envelope }) => envelope.type === 'ReportSubmitted.v1');
  t.equal(reports.length, acknowledged.length + unacknowledged.length, 'each report that was ever sent, once');
});
