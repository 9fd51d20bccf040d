import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { markIn } from '../../src/store/signed-mark.ts';
import { lostBook } from '../../src/ledger/proof-book.ts';
import { openCheckpointStore } from '../../src/ledger/checkpoint-store.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { eventually, temporaryDir } from './fixture.ts';

const CHILD = fileURLToPath(new URL('children/sign-until-killed.ts', import.meta.url));

type Published = { readonly size: number; readonly note: string };

const publishedIn = (path: string): readonly Published[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Published)
    : []; // as the child writes it

await test('whenever the process dies, no size is signed in two ways, and the next start goes on', async (t) => {
  const root = temporaryDir(t);
  const dir = join(root, '.');
  const published = join(root, 'published');
  // Every step between an append and what others see of it; then moments that nobody chose.
  const steps: readonly (readonly [step: string, nth: number])[] = [
    ['before-note', 1],
    ['after-note', 1],
    ['after-append', 2],
    ['after-tiles', 2],
    ['after-note', 3],
    ['after-mark', 2],
    ['after-publishing', 2],
    ['random', 0],
    ['random', 0],
  ];
  let head = 0;
  for (const [step, nth] of steps) {
    const before = publishedIn(published).length;
    const child = spawn(process.execPath, [CHILD, dir, published, step, String(nth)], { stdio: ['ignore', 'ignore', 'inherit'] });
    t.teardown(() => child.kill('SIGKILL'));
    if (step === 'random') {
      await eventually('it publishes', () => publishedIn(published).length > before);
      await sleep(Math.random() * 80);
      child.kill('SIGKILL');
    }
    const [, signal] = child.exitCode === null ? await once(child, 'exit') : [];
    t.equal(signal, 'SIGKILL', `killed ${step}`);

    const notes = publishedIn(published);
    const bySize = Map.groupBy(notes, ({ size }) => size);
    t.ok(
      [...bySize.values()].every((same) => new Set(same.map(({ note }) => note)).size === 1),
      'one note for each size that anybody saw',
    );
    const checkpointStore = openCheckpointStore(dir);
    const signed = checkpointStore.after(0, 100_000);
    t.ok(
      notes.every(({ size, note }) => Buffer.from(checkpointStore.at(size)?.note ?? []).toString('base64') === note),
      'all of them were written down first',
    );
    const log = openLogFile(dataFiles(dir).log);
    const marked = markIn(log).read();
    log.close();
    t.ok(
      notes.every(({ size }) => size <= (marked?.size ?? 0)),
      'the log remembers the last that anybody saw',
    );
    const origin = checkpointStore.origin() ?? '';
    t.equal(
      lostBook({ marked, book: checkpointStore, origin, restartedAs: undefined, pinned: [] }),
      undefined,
      'and none that is not kept',
    );
    checkpointStore.close();
    if (signed.length === 0) continue;
    const report = await verifyLog({ kind: 'data', dir }, { memoryOf: undefined, skew: 60_000, threads: 1 });
    t.match(report, { ok: true, checkpoints: signed.length, faults: [] }, 'and all of them are of one tree');
    t.ok(report.size >= head, 'which has not become smaller');
    head = report.size;
  }
  t.ok(head > 300, `it has gone on all the while, to ${head}`);
  t.equal(statSync(join(dir, 'keys', 'ledger.key')).mode & 0o777, 0o600);
});
