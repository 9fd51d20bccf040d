import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliDecompressSync } from 'node:zlib';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openWorld, SEED_DIRECTIVE, temporaryDir, type ListBody, type World } from '../support/app.ts';
import { runProgram } from '../support/process.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { english } from '../support/english.ts';

/** A data directory of version 0.1.0, opened by this program as it is (`test/vectors/data-directory-0.1.0`). */

const kept = (name: string): Buffer => readFileSync(new URL(`../vectors/data-directory-0.1.0/${name}`, import.meta.url));

const asItWas = (t: Test): string => {
  const dataDir = temporaryDir(t);
  const { log, views, checkpoints, ledgerKey } = dataFiles(dataDir);
  mkdirSync(dirname(ledgerKey), { mode: 0o700 });
  writeFileSync(log, brotliDecompressSync(kept('log.sqlite.br')));
  writeFileSync(views, brotliDecompressSync(kept('views.sqlite.br')));
  writeFileSync(checkpoints, brotliDecompressSync(kept('ledger.sqlite.br')));
  writeFileSync(ledgerKey, kept('ledger.key'), { mode: 0o600 });
  return dataDir;
};

/** What stands in the log, as SQLite has it. */
const rowsOf = (dataDir: string): readonly string[] => {
  const db = new DatabaseSync(dataFiles(dataDir).log, { readOnly: true });
  const rows = db.prepare('SELECT position, hex(leaf) AS leaf, hex(bytes) AS bytes FROM event ORDER BY position').all();
  db.close();
  return rows.map(({ position, leaf, bytes }) => `${String(position)} ${String(leaf)} ${String(bytes)}`);
};

type Snapshot = {
  readonly id: string;
  readonly digest: string;
  readonly body: { readonly obligations: readonly object[]; readonly totals: object };
};

const readyAgain = async (world: World): Promise<void> => {
  await world.settled();
  if (!world.duban().readiness().ready) throw new Error(world.duban().readiness().reasons.map(inEnglish).join('; '));
};

await test('it opens: the log stays as it was, the views are built again, what was published and proved holds', async (t) => {
  const dataDir = asItWas(t);
  const before = rowsOf(dataDir);
  t.equal(before.length, 513);
  const then = JSON.parse(brotliDecompressSync(kept('snapshot.json.br')).toString('utf8')) as Snapshot; // as it was answered
  const world = await openWorld(t, { dataDir, at: '2023-04-11T09:00:00+08:00' });

  t.match(english(world.duban().services.views.stale()), /other projections or other versions of them/u);
  for (const url of ['/v1/tasks', `/v1/directives/${SEED_DIRECTIVE}`, `/v1/snapshots/${then.id}`, '/v1/tasks?asOf=@513'])
    t.match(
      await world.auditor.send('GET', url),
      { status: 503, headers: { 'retry-after': '1' }, body: { code: 'views-behind', facts: { head: 513 } } },
      `${url}: while they are built nothing is told`,
    );
  const { ready, reasons } = world.duban().readiness();
  t.notOk(ready);
  t.match(reasons.map(inEnglish), [/^the views are being rebuilt: at \d+ of 513$/u]);

  await readyAgain(world);
  t.equal((await world.auditor.get<ListBody<object>>('/v1/tasks?limit=500')).body.items.length, 197);
  const now = await world.auditor.get<Snapshot>(`/v1/snapshots/${then.id}`);
  t.equal(now.body.digest, then.digest);
  t.same(now.body.body, then.body, 'the snapshot is the one that was taken');
  t.match(
    (await world.office.post(`/v1/snapshots/${then.id}/verify`, {})).body,
    { match: true, digest: then.digest, recomputed: then.digest },
    'and is computed again, to the byte',
  );
  t.equal((await world.office.post('/v1/units', { id: 'new', name: '新单位' })).status, 201, 'the log goes on');
  await world.settled();
  world.duban().services.ledger.seal();
  await world.close();

  const after = rowsOf(dataDir);
  t.equal(after.length, 514);
  t.same(after.slice(0, 513), before, 'byte for byte');
  const verified = await runProgram(t, ['verify', dataDir, '--state', temporaryDir(t), '--json'], {});
  t.match(JSON.parse(verified.stdout), { ok: true, size: 514, snapshots: 1, notices: 1, faults: [] });
  t.equal(verified.code, 0);

  await t.test('and its views are good from then on', async (tt) => {
    const again = await openWorld(tt, { dataDir, at: '2023-04-12T09:00:00+08:00' });
    tt.equal(again.duban().services.views.stale(), undefined);
    tt.equal((await again.auditor.send('GET', '/v1/tasks')).status, 200);
  });
});
