import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFiles, sqliteSideFiles } from '../../src/kernel/data-files.ts';
import type { Check } from '../cluster/drill-checks.ts';
import { between, holds, type Drill, type Round } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';
import { cut, notInWords, overwrite, putBack, sizeOf, tryStart } from './trial.ts';

const one = (path: string, sql: string): number => {
  const db = new DatabaseSync(path);
  try {
    return Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
  } finally {
    db.close();
  }
};

/** How far log and views of a directory go, read from a copy: opening a file moves its WAL into it. */
const reach = ({ dir }: Pick<Round, 'dir'>, dataDir: string, name: string): { readonly log: number; readonly views: number } => {
  const copy = join(dir, name);
  cpSync(dataDir, copy, { recursive: true });
  const { log, views } = dataFiles(copy);
  return { log: one(log, 'SELECT max(position) FROM event'), views: one(views, 'SELECT position FROM _projected') };
};

/** A log that is shorter than what was seen of it is not gone on with; one of which nobody has seen more is whole. */
const tried = async (round: Round, dataDir: string, before: number, after: number, seen: number): Promise<Check> => {
  const found = `cut to ${after} of ${before} events, ${seen} of them seen by the views`;
  const trial = await tryStart(round.life, dataDir);
  if (trial.kind === 'refused') {
    const wrong = after < seen ? notInWords(trial, 'log.sqlite') : `refused: ${trial.stderr}`;
    return holds('a torn log is told', wrong && `${found}: ${wrong}`, found);
  }
  const reason = await trial.notReady();
  await trial.program.kill('SIGKILL');
  const wrong = after < seen && !/the log|log\.sqlite/u.test(reason ?? '') ? `it goes on: ${reason ?? 'ready'}` : undefined;
  return holds('a torn log is told', wrong && `${found}: ${wrong}`, found);
};

export const tornWal: Drill = {
  name: 'torn-wal',
  what: 'SIGKILL under load; then the write-ahead log of log.sqlite has a torn end, or is cut at any byte, and the copy is put back',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const { dataDir } = office.replica;
    const { wal } = sqliteSideFiles(dataFiles(dataDir).log);
    const loading = load(office, 1);
    await sleep(between(round, 200, 900));
    await office.replica.stop('SIGKILL');
    const length = sizeOf(wal);
    const isTorn = round.random() < 0.5;
    const checks: Check[] = [];
    if (isTorn) {
      // What was being written when the power went: no acknowledged event is in it.
      overwrite(
        wal,
        length,
        Uint8Array.from({ length: between(round, 1, 9_000) }, () => between(round, 0, 255)),
      );
    } else {
      const kept = join(round.dir, 'kept-copy');
      cpSync(dataDir, kept, { recursive: true });
      const before = reach(round, dataDir, 'before');
      cut(wal, between(round, 0, length));
      const after = reach(round, dataDir, 'after');
      checks.push(await tried(round, dataDir, before.log, after.log, before.views));
      putBack(kept, dataDir);
    }
    await office.replica.start();
    return also(await examined(office, round, await loading), ...checks);
  },
};
