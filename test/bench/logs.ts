import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuban, type Duban } from '../../src/main/duban.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { sourceOf } from '../../src/store/log-source.ts';
import { sealFollowing } from '../../src/store/seal-following.ts';
import { reportingOffice, type Office, type Step } from './synthetic.ts';

/** Data directories with logs of a size, made once in a run, in a temporary directory that goes with it. */
export type Logs = {
  /** A directory whose log holds the office's years up to this number of events; it has no views before somebody opens it. */
  readonly reporting: (events: number) => string;
  /** An empty directory. */
  readonly empty: () => string;
  readonly remove: () => void;
};

/** Events of one transaction. */
const BATCH = 5000;

/**
 * Writes steps to the log in an empty directory, as the store does in its transactions but without its queue: each
 * recorded when it says, or later where one before it was. Gives their number.
 */
export const writeLog = (dir: string, steps: Iterable<Step>): number => {
  const log = openLogFile(join(dir, 'log.sqlite'));
  const source = sourceOf(log, undefined);
  let recordedAt = 0;
  const write = (batch: readonly Step[]): void =>
    log.write((writer) => {
      for (const { draft, at } of batch) {
        recordedAt = Math.max(recordedAt, at);
        for (const { event, envelope } of sealFollowing(log.streamHead(draft.subject), [draft], { source, recordedAt }))
          writer.append(event, envelope);
      }
    });
  let batch: Step[] = [];
  for (const step of steps) {
    batch.push(step);
    if (batch.length < BATCH) continue;
    write(batch);
    batch = [];
  }
  write(batch);
  const { position } = log.head();
  log.close();
  return position;
};

/** The number of tasks and units never changes; what grows with a log is how many such directives three years saw. */
const officeOf = (events: number): Office => ({
  directives: Math.max(1, Math.round(events / 12_500)),
  tasks: 100,
  carriers: 3,
  units: 120,
});

export const createLogs = (say: (text: string) => void): Logs => {
  const root = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const made = new Map<number, string>();
  const write = (events: number): string => {
    const dir = mkdtempSync(join(root, `${events}-`));
    const start = performance.now();
    writeLog(dir, reportingOffice(officeOf(events)).take(events));
    const rate = Math.round((events / (performance.now() - start)) * 1000);
    say(`wrote ${events.toLocaleString('en')} events, ${rate.toLocaleString('en')} a second`);
    return dir;
  };
  return {
    reporting: (events) => {
      const known = made.get(events) ?? write(events);
      made.set(events, known);
      return known;
    },
    empty: () => mkdtempSync(join(root, 'empty-')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** Opens a directory and waits for its views. Whatever halts them is thrown. */
export const openCaughtUp = async (dir: string): Promise<Duban> => {
  const duban = openDuban({
    dataDir: dir,
    timeZone: 'Asia/Shanghai',
    onError: (error) => {
      throw error;
    },
  });
  await duban.projector.caughtUp();
  return duban;
};
