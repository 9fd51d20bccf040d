import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { test, type Test } from 'tap';
import { commitmentOf } from '../../src/kernel/commitment.ts';
import { openErasableStore } from '../../src/store/erasable.ts';

const pathIn = (t: Pick<Test, 'teardown'>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-erasable-'));
  t.teardown(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'personal', 'values.sqlite');
};

const nothing = { isRecorded: () => false, isErased: () => false };

await test('a value is read as it was held, and its commitment can be computed again from salt and value', (t) => {
  const store = openErasableStore(pathIn(t));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { commitment } = store.hold(value);
      const read = store.read(commitment);
      t.same(read?.value, JSON.parse(JSON.stringify(value)));
      t.equal(commitmentOf(read?.salt ?? new Uint8Array(), value), commitment);
      t.equal(read?.salt.length, 32);
    }),
    { numRuns: 25 },
  );
  store.close();
  t.end();
});

await test('equal values have nothing in common but in retries of one request', (t) => {
  const store = openErasableStore(pathIn(t));
  const phone = { phone: '13800000000' };
  t.not(store.hold(phone).commitment, store.hold(phone).commitment);
  const first = store.hold(phone, 'request 1');
  t.equal(store.hold(phone, 'request 1').commitment, first.commitment);
  t.not(store.hold(phone, 'request 2').commitment, first.commitment);
  t.not(store.hold({ phone: '13900000000' }, 'request 1').commitment, first.commitment, 'what else came with the key');
  store.close();
  t.end();
});

await test('nothing is left in the file of what was erased, nor beside it', (t) => {
  const path = pathIn(t);
  const store = openErasableStore(path);
  const held = store.hold({ name: 'ERASE-ME-PLEASE' }, 'request');
  held.keep();
  const holds = (): boolean =>
    readdirSync(dirname(path)).some((name) => readFileSync(join(dirname(path), name)).includes('ERASE-ME-PLEASE'));
  t.ok(holds());
  t.equal(store.erase(held.commitment), true);
  t.equal(store.erase(held.commitment), false);
  t.equal(store.read(held.commitment), undefined);
  t.notOk(holds());
  store.close();
  t.notOk(holds());
  t.end();
});

await test('what was dropped is gone, what was kept stays, and a retry brings its value back', (t) => {
  const store = openErasableStore(pathIn(t));
  const refused = store.hold(1, 'request');
  const retried = store.hold(1, 'request');
  refused.drop();
  t.equal(store.read(refused.commitment), undefined);
  retried.keep();
  t.equal(store.read(retried.commitment)?.value, 1);
  refused.drop();
  t.equal(store.read(retried.commitment)?.value, 1);
  store.close();
  t.end();
});

await test('settling removes what never came into the log and what was erased there, and nothing else', (t) => {
  let now = 1_000;
  const path = pathIn(t);
  const store = openErasableStore(path, () => now);
  const kept = store.hold('kept');
  kept.keep();
  const recorded = store.hold('recorded, and the process died').commitment;
  const erased = store.hold('erased, and the process died');
  erased.keep();
  const orphan = store.hold('orphan').commitment;
  now = 2_000;
  const underWay = store.hold('under way').commitment;
  const known = {
    isRecorded: (one: string) => one === recorded || one === erased.commitment,
    isErased: (one: string) => one === erased.commitment,
    until: 1_500,
  };
  t.same(store.settle(known), { erased: 1, orphans: 1 });
  t.same(store.settle(known), { erased: 0, orphans: 0 });
  t.equal(store.read(orphan), undefined);
  t.equal(store.read(erased.commitment), undefined);
  for (const there of [kept.commitment, recorded, underWay]) t.ok(store.read(there));
  t.same(store.settle({ ...nothing, until: 3_000 }), { erased: 0, orphans: 1 }, 'what was recorded is kept from then on');
  store.close();
  t.end();
});

await test('a directory that holds no such value gets no file by being read', (t) => {
  const path = pathIn(t);
  const store = openErasableStore(path);
  t.equal(store.read('0'.repeat(64)), undefined);
  t.equal(store.erase('0'.repeat(64)), false);
  t.same(store.settle({ ...nothing, until: Infinity }), { erased: 0, orphans: 0 });
  t.notOk(existsSync(path));
  const { commitment } = store.hold('first');
  t.equal(statSync(path).mode & 0o077, 0, 'nobody else may read it');
  const other = openErasableStore(path);
  t.equal(other.read(commitment)?.value, 'first', 'a second process sees it');
  other.hold('second');
  other.close();
  store.close();
  t.end();
});

await test('what was held survives SIGKILL', async (t) => {
  const path = pathIn(t);
  const script = `
    import { openErasableStore } from ${JSON.stringify(new URL('../../src/store/erasable.ts', import.meta.url).href)};
    const { commitment } = openErasableStore(${JSON.stringify(path)}).hold({ name: 'held' });
    process.stdout.write(commitment, () => process.kill(process.pid, 'SIGKILL'));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let commitment = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    commitment += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  t.equal(signal, 'SIGKILL');
  const store = openErasableStore(path);
  t.same(store.read(commitment)?.value, { name: 'held' });
  t.same(store.settle({ ...nothing, until: Date.now() }), { erased: 0, orphans: 1 });
  t.equal(store.read(commitment), undefined);
  store.close();
});
