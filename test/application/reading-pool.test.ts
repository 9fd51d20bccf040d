import { test, type Test } from 'tap';
import { readFile } from '../../src/application/imports/read-file.ts';
import { createReadingPool, type PoolSettings, type ReadingPool } from '../../src/application/imports/reading-pool.ts';
import { joined, partsOf, type ReadingSlice } from '../../src/application/imports/reading-parts.ts';

/** Documents are read by threads of their own; what a thread says is what this one would have said. */

const HINT = { name: '通知.txt', mediaType: 'text/plain' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const NOTICE = utf8('河州市人民政府办公室关于分解任务的通知\n河政办〔2024〕9号\n1、新建学校3所。(市教育局、市财政局)\n2024年2月1日\n');
const LONG = utf8(Array.from({ length: 20_000 }, (_, at) => `${at + 1}、新建学校${at}所。(市教育局、市财政局)`).join('\n'));

const poolFor = (t: Test, settings?: PoolSettings): ReadingPool => {
  const pool = createReadingPool(settings);
  t.teardown(pool.close);
  return pool;
};

await test('a thread reads a document as it is read here, and one after the other', async (t) => {
  const { read } = poolFor(t, { threads: 1 });
  const readings = await Promise.all([read(NOTICE, HINT, null), read(LONG, HINT, null), read(NOTICE, HINT, null)]);
  t.same(readings[0], await readFile(NOTICE, HINT, null));
  t.same(readings[2], readings[0]);
  const [, long] = readings;
  t.ok(long?.ok && long.reading.lines.length >= 20_000);
  t.match(await read(utf8('%PDF-1.7'), HINT, null), { ok: false, problem: { code: 'file-unknown' } });
});

await test('while a long document is read, others have their turn', async (t) => {
  const { read } = poolFor(t);
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  await read(LONG, HINT, null);
  clearInterval(others);
  // Here it would have been none.
  t.ok(turns > 20, `${turns} turns`);
});

await test('a document that takes too long is broken off in a sentence, and the next one is read', async (t) => {
  const { read } = poolFor(t, { threads: 1, limitMs: 1 });
  t.match(await read(LONG, HINT, null), { ok: false, problem: { code: 'file-too-large', detail: /took longer than 0 s/u } });
  const patient = poolFor(t, { threads: 1, idleMs: 0 });
  t.match(await patient.read(NOTICE, HINT, null), { ok: true });
  t.match(await patient.read(NOTICE, HINT, null), { ok: true }, 'by a new thread, where the first has been sent home');
});

await test('who is stopped answers nobody, and says so', async (t) => {
  const pool = createReadingPool({ threads: 1 });
  const waiting = [pool.read(LONG, HINT, null), pool.read(NOTICE, HINT, null)];
  const told = Promise.allSettled(waiting);
  await pool.close();
  t.match(
    (await told).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await t.rejects(pool.read(NOTICE, HINT, null), /stopped/u);
});

await test('a reading that is taken apart is put together again as it was', async (t) => {
  const read = await readFile(LONG, HINT, null);
  const [first, ...rest] = partsOf(read);
  if (first === undefined || !('shell' in first)) throw new Error('the shell comes first');
  const slices = rest.filter((part): part is ReadingSlice => !('shell' in part));
  t.equal(slices.length, first.slices);
  t.ok(slices.length > 10);
  t.same(joined(first.shell, slices), read);
});
