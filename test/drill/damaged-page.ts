import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFiles } from '../../src/kernel/data-files.ts';
import type { Check } from '../cluster/drill-checks.ts';
import { ask, kindOf } from '../cluster/drill-http.ts';
import { measured } from '../cluster/drill-replicas.ts';
import { saidOf, standingReads } from '../support/standing-reads.ts';
import { between, holds, type Drill, type Round } from './drill.ts';
import { also, copyOf, examined, load, officeAt, READY_SECONDS, started, type Office } from './office.ts';
import { notInWords, overwrite, pageBytes, putBack, sizeOf, tryStart, type Trial } from './trial.ts';

type Right = ReadonlyMap<string, string>;
type Up = Extract<Trial, { kind: 'up' }>;

const rightAnswers = async (office: Office): Promise<Right> => {
  const head = await measured(office.replica, 'duban_log_head_position');
  const right = new Map<string, string>();
  for (const path of standingReads(head)) {
    const reply = await ask(office.replica.url(), { path, token: office.auditor });
    if (reply.status !== 200) throw new Error(`${path}: ${kindOf(reply)}`);
    right.set(path, saidOf(reply.body));
  }
  return right;
};

/** Each answer is the right one, or 503. */
const falseAnswers = async ({ get }: Up, right: Right, token: string): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [path, said] of right) {
    const reply = await get(path, token);
    if (reply.status !== 503 && (reply.status !== 200 || saidOf(reply.body) !== said))
      wrong.push(`${path}: ${kindOf(reply)} ${reply.text.slice(0, 200)}`);
  }
  return wrong;
};

/** A page overwritten by chance, of any file: where SQLite begins a page, a whole one. */
const damage = (round: Round, path: string): string => {
  const bytes = pageBytes(path);
  const pages = sizeOf(path) / bytes;
  const page = between(round, 0, pages - 1);
  overwrite(
    path,
    page * bytes,
    Uint8Array.from({ length: bytes }, () => between(round, 0, 255)),
  );
  return `page ${page + 1} of ${pages} of ${basename(path)}`;
};

const untilReady = async ({ notReady }: Up): Promise<string | undefined> => {
  for (let tries = READY_SECONDS * 10; tries > 0; tries -= 1) {
    if ((await notReady()) === undefined) return undefined;
    await sleep(100);
  }
  return notReady();
};

const tried = async (round: Round, office: Office, right: Right, path: string, what: string): Promise<readonly Check[]> => {
  const file = basename(path);
  const isMadeAgain = path === dataFiles(office.replica.dataDir).views;
  const name = 'a damaged page is told or healed, and no answer is false';
  const trial = await tryStart(round.life, office.replica.dataDir);
  if (trial.kind === 'refused')
    return [holds(name, isMadeAgain ? `${what}: ${trial.stderr}` : notInWords(trial, file), `${what}: no start`)];
  const wrong = [...(await falseAnswers(trial, right, office.auditor))];
  const command = await trial.post('/v1/units', office.senders.tokens.office, { id: 'after-the-damage', name: '受损后的单位' });
  if (command.status !== 201 && command.status !== 503) wrong.push(`a command: ${kindOf(command)}`);
  const late = isMadeAgain ? await untilReady(trial) : undefined;
  if (late !== undefined) wrong.push(`it is not ready again: ${late}`);
  wrong.push(...(await falseAnswers(trial, right, office.auditor)));
  const reason = await trial.notReady();
  await trial.program.kill('SIGKILL');
  const state = reason === undefined ? 'ready' : 'not ready';
  return [holds(name, wrong.length === 0 ? undefined : `${what}: ${wrong.join('; ')}`, `${what}: ${state}`)];
};

export const damagedPage: Drill = {
  name: 'damaged-page',
  what: 'a page of log.sqlite, views.sqlite or ledger.sqlite is overwritten at random; afterwards the copy is put back',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const { dataDir } = office.replica;
    const carried = await load(office, 0.6);
    const right = await rightAnswers(office);
    await office.replica.stop('SIGTERM');
    const kept = join(round.dir, 'kept-copy');
    cpSync(dataDir, kept, { recursive: true });
    const { log, views, checkpoints } = dataFiles(dataDir);
    const path = [log, views, checkpoints][between(round, 0, 2)] ?? log;
    const checks = await tried(round, office, right, path, damage(round, path));
    putBack(kept, dataDir);
    await office.replica.start();
    return also(await examined(office, round, carried), ...checks);
  },
};
