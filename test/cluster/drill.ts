import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { OTHER, OWN } from '../support/acts.ts';
import { runProgram, tokenFor } from '../support/process.ts';
import { checksOf, type Check, type Drilled, type Repeat } from './drill-checks.ts';
import { readLog, rootOf } from './drill-log.ts';
import { watch } from './drill-readers.ts';
import {
  createReplica,
  keepKeys,
  shareKeys,
  takeKeys,
  untilAlike,
  untilReady,
  type Life,
  type Replica,
  type Stopped,
} from './drill-replicas.ts';
import { reportOf, textOf } from './drill-report.ts';
import { acknowledgementOf, runWriters, send, type Carried, type Senders } from './drill-writers.ts';

/**
 * `npm run drill:eventstore -- [--disturb <command> --after <s>] [--stop-replica <signal> --stop-after <s>] …`
 *
 * Two servers on the cluster that EVENTSTORE_URL names, clients that command and read without pause, and whatever the
 * command does to the cluster meanwhile, or who runs it by hand. Then: was everything that was acknowledged kept, once,
 * by both? Exit code 1 where anything of it does not hold. The cluster may hold what earlier drills wrote, where
 * `--keys` names the directory in which they kept their keys.
 */

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '40' },
    pause: { type: 'string', default: '50' },
    disturb: { type: 'string' },
    after: { type: 'string', default: '10' },
    'stop-replica': { type: 'string' },
    'stop-after': { type: 'string', default: '10' },
    'max-gap': { type: 'string', default: '10' },
    keys: { type: 'string' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const url = process.env['EVENTSTORE_URL'];
const signal = (['SIGKILL', 'SIGTERM'] as const).find((known) => known === values['stop-replica']);
if (url === undefined || url === '' || (values['stop-replica'] !== undefined && signal === undefined)) {
  process.stderr.write('EVENTSTORE_URL must name a cluster; --stop-replica takes SIGKILL or SIGTERM\n');
  process.exit(2);
}

const say = (text: string): void => void process.stderr.write(`  ${text}\n`);

const READY_SECONDS = 120;

/** The first imports the notice where the log is empty; the second has its keys. */
const startReplicas = async (life: Life, dir: string): Promise<readonly [Replica, Replica]> => {
  const made = (name: string, seed: string): Replica => {
    mkdirSync(join(dir, name));
    return createReplica(life, name, join(dir, name), { EVENTSTORE_URL: url, SEED: seed });
  };
  const [one, other] = [made('one', 'notice'), made('other', 'none')] as const;
  takeKeys(values.keys, one);
  await one.start();
  await untilReady(one, READY_SECONDS);
  keepKeys(one, values.keys);
  shareKeys(one, other);
  await other.start();
  await untilReady(other, READY_SECONDS);
  return [one, other];
};

/** The operator's hand on the cluster. What it says is passed on. */
const disturb = async (): Promise<void> => {
  if (values.disturb === undefined) return;
  await sleep(Number(values.after) * 1000);
  say(`disturbing: ${values.disturb}`);
  // A node that it starts would take EVENTSTORE_URL for a setting of its own.
  const env = { ...process.env, EVENTSTORE_URL: undefined };
  // What the event carries.
  const [code] = (await once(spawn(values.disturb, { shell: true, stdio: ['ignore', 2, 2], env }), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the disturbance ended with ${code}`);
};

/** A replica stops, as its operator or a failing machine stops it, and is started again. */
const stopReplica = async (replica: Replica): Promise<Stopped | undefined> => {
  if (signal === undefined) return undefined;
  await sleep(Number(values['stop-after']) * 1000);
  say(`${signal} to the replica ${replica.name}`);
  const stopped = await replica.stop(signal);
  say(`it ended after ${Math.round(stopped.millis)} ms with ${stopped.code ?? stopped.signal}`);
  await replica.start();
  return stopped;
};

/** Of the commands that were acknowledged at the first try every so manieth is repeated, and all others. */
const REPEAT_EVERY = 20;

const repeat = async (senders: Senders, carried: readonly Carried[]): Promise<readonly Repeat[]> => {
  const chosen = carried.filter(
    ({ acknowledged, tries }, index) => acknowledged !== undefined && (tries.length > 1 || index % REPEAT_EVERY === 0),
  );
  const repeats: Repeat[] = [];
  for (const { command } of chosen)
    for (const replica of senders.replicas) {
      const reply = await send(senders, command, replica);
      repeats.push({ command, reply, said: acknowledgementOf(reply) });
    }
  return repeats;
};

/** The auditor's own tool on what a replica holds. */
const verified = async (life: Life, { name, dataDir }: Replica, state: string): Promise<Check> => {
  const { code, stdout, stderr } = await runProgram(life, ['verify', dataDir, '--state', state, '--json'], {});
  const { ok = false, size } = (code === 0 ? JSON.parse(stdout) : {}) as { readonly ok?: boolean; readonly size?: number }; // its report
  return { name: `duban verify holds on ${name}`, holds: ok, found: ok ? `${size} events` : `${stdout}${stderr}` };
};

const stopsCleanly = (name: string, { code, millis }: Stopped): Check => ({
  name: `${name} stops cleanly on SIGTERM`,
  holds: code === 0,
  found: `code ${code} after ${Math.round(millis)} ms`,
});

const quiet = (replicas: readonly Replica[]): Check => {
  const said = replicas.map((replica) => replica.stderr()).join('');
  const foreseen = /^(?:.*ExperimentalWarning.*|\(Use `node --trace-warnings.*)$/gmu;
  return { name: 'nothing came on stderr', holds: said.replaceAll(foreseen, '').trim() === '', found: said.slice(0, 500) || 'nothing' };
};

const drill = async (life: Life, dir: string): Promise<readonly Check[]> => {
  const replicas = await startReplicas(life, dir);
  const [one, other] = replicas;
  const token = (request: Parameters<typeof tokenFor>[1]): Promise<string> => tokenFor(one.dataDir, request);
  const tokens = {
    office: await token({ role: 'office' }),
    [OWN]: await token({ role: 'unit', unit: OWN }),
    [OTHER]: await token({ role: 'unit', unit: OTHER }),
  } as Senders['tokens'];
  const auditor = await token({ role: 'auditor' });
  const senders: Senders = { replicas, tokens };

  const loadOver = new AbortController();
  const watching = Promise.all(replicas.map((replica) => watch(replica, auditor, loadOver.signal)));
  const begun = performance.now();
  const load = { writers: Number(values.writers), seconds: Number(values.seconds), pause: Number(values.pause) };
  const [carried, stopped] = await Promise.all([runWriters(senders, load), stopReplica(other), disturb()]);
  const ended = begun + load.seconds * 1000;
  for (const replica of replicas) await untilReady(replica, READY_SECONDS);
  loadOver.abort();
  const watched = await watching;
  say(`${carried.length} commands; waiting until both have caught up`);
  await untilAlike(replicas, READY_SECONDS);
  const repeats = await repeat(senders, carried);
  const head = await untilAlike(replicas, READY_SECONDS);

  const after = await Promise.all(
    replicas.map(async (replica) => ({
      name: replica.name,
      log: await readLog(replica, auditor),
      root: await rootOf(replica, head, auditor),
    })),
  );
  const ends = [await one.stop('SIGTERM'), await other.stop('SIGTERM')] as const;
  const drilled: Drilled = { begun, ended, carried, repeats, stopped: stopped !== undefined, watched, replicas: after };
  const checks: readonly Check[] = [
    ...checksOf(drilled, Number(values['max-gap'])),
    ...(stopped === undefined || signal !== 'SIGTERM' ? [] : [stopsCleanly(`${other.name} in mid-load`, stopped)]),
    ...replicas.map(({ name }, index) => stopsCleanly(name, ends[index] ?? ends[0])),
    quiet(replicas),
    ...(await Promise.all(replicas.map((replica) => verified(life, replica, join(dir, `state-${replica.name}`))))),
  ];
  const report = reportOf(drilled, replicas);
  process.stdout.write(values.json ? `${JSON.stringify({ ...report, checks }, null, 2)}\n` : textOf(report, checks));
  return checks;
};

const dir = mkdtempSync(join(tmpdir(), 'duban-drill-'));
const ends: (() => Promise<unknown>)[] = [];
let held = false;
try {
  const checks = await drill({ teardown: (end) => void ends.push(end) }, dir);
  held = checks.every(({ holds }) => holds);
} finally {
  await Promise.all(ends.map((end) => end()));
  if (held && !values.keep) rmSync(dir, { recursive: true });
  else say(`the data directories are in ${dir}`);
}
process.exitCode = held ? 0 : 1;
