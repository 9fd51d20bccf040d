import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test, type Test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { DataDirInUse, lockDataDir } from '../../src/store/data-lock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import { temporaryDir } from './temporary-dir.ts';

const childPath = (name: string): string => fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));

type Child = ChildProcessByStdio<null, Readable, null>;

/** A process that does not outlive its test. */
const run = (t: Test, command: string, args: readonly string[]): Child => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
};

const start = (t: Test, name: string, ...args: string[]): Child => run(t, process.execPath, ['--expose-gc', childPath(name), ...args]);

const firstLine = async (child: Child): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended without a word');
};

const readLog = async (path: string): Promise<readonly StoredEvent[]> => {
  const store = openSqliteStore({ path, clock: systemClock });
  const log = store.readAll(0, Number.MAX_SAFE_INTEGER);
  await store.close();
  return log;
};

const lines = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []);

await test('a process killed in the middle of many appends has kept every promise', async (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const path = join(dir.path, 'log.sqlite');
  const acknowledged = join(dir.path, 'acknowledged');

  for (let round = 1; round <= 6; round += 1) {
    const before = lines(acknowledged).length;
    const child = start(t, 'append-until-killed', path, acknowledged);
    await eventually('the process appends', () => lines(acknowledged).length > before);
    await sleep(Math.random() * 250);
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    t.equal(signal, 'SIGKILL', `round ${round}: killed, and not ended before`);

    const log = await readLog(path);
    const promises = lines(acknowledged);
    const stored = new Map(log.map((event) => [event.id, event]));
    t.equal(stored.size, log.length, 'no id is there twice');
    const broken = promises.filter((line) => {
      const [id, stream, position] = line.split(' ');
      const event = stored.get(id ?? '');
      return event?.stream !== stream || String(event?.position) !== position;
    });
    t.same(broken, [], `all of ${promises.length} acknowledged events are where they were said to be, of ${log.length}`);
    t.ok(
      log.every(({ position }, index) => position === index + 1),
      'positions are dense',
    );
    const streams = Map.groupBy(log, ({ stream }) => stream);
    for (const events of streams.values()) checkLinks(events);
    t.ok(streams.size > 1, 'streams are contiguous and linked, and leaves are the hashes of their events');
  }
});

await test('a commit that fails on the disk is told, leaves nothing, and succeeds once there is room', async (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const path = join(dir.path, 'log.sqlite');
  // 1 MiB (POSIX counts 512 bytes): the write-ahead log meets it first, so it is COMMIT that fails. Node ignores the
  // signal that tells of it, but not with what the test runner preloads.
  const limited = 'ulimit -f 2048 && unset NODE_OPTIONS && exec "$0" "$@"';
  const child = run(t, 'sh', ['-c', limited, process.execPath, childPath('append-until-refused'), path]);
  const told: unknown = JSON.parse(await firstLine(child));
  if (child.exitCode === null) await once(child, 'exit');
  const { promised, ...rest } = told as { promised: string[] }; // as the child prints it
  t.match(rest, { failure: { cause: /disk I\/O error|full/u, head: promised.length - 1 } });
  t.same(
    (await readLog(path)).map(({ id }) => id),
    promised,
    'all that was promised, once, in order',
  );
});

await test('one process at a time owns a data directory', async (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const data = join(dir.path, 'data');

  const holder = start(t, 'hold-lock', data);
  t.equal(await firstLine(holder), 'locked');
  t.throws(() => lockDataDir(data), {
    name: 'DataDirInUse',
    dir: data,
    pid: holder.pid,
    message: `${data} is in use by process ${holder.pid}`,
  });

  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = lockDataDir(data);
  t.equal(
    await firstLine(start(t, 'hold-lock', data)),
    `${data} is in use by process ${process.pid}`,
    'free once the holder is dead, and taken again',
  );
  t.throws(() => lockDataDir(data), DataDirInUse, 'in one process too');
  t.equal(await firstLine(start(t, 'hold-lock', data)), `${data} is in use by process ${process.pid}`, 'which did not let go of it');

  lock.release();
  lock.release();
  const next = start(t, 'hold-lock', data);
  t.equal(await firstLine(next), 'locked', 'free once released');
  next.kill('SIGKILL');
  await once(next, 'exit');
});
