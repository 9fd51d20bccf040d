import { test, type Test } from 'tap';
import type { Question } from '../../src/application/imports/reading.ts';
import { understanding } from '../../src/application/imports/understand.ts';
import { createReadingPool, type PoolSettings, type ReadingPool } from '../../src/application/imports/reading-pool.ts';
import { joined, partsOf, type ReadingSlice } from '../../src/application/imports/reading-parts.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Documents are read by threads of their own; what a thread says is what this one would have said. */

const ASKED: Question = { hint: { name: '通知.txt', mediaType: 'text/plain' }, profile: null, made: [], plans: true };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const NOTICE = utf8('河州市人民政府办公室关于分解任务的通知\n河政办〔2024〕9号\n1、新建学校3所。(市教育局、市财政局)\n2024年2月1日\n');
const LONG = utf8(
  Array.from(
    { length: 4_000 },
    (_, at) => `${at + 1}、新建学校${at}所。(市教育局、市财政局)\n学校要办好。\n要办得更好。\n要让人民满意。`,
  ).join('\n'),
);

const poolFor = (t: Test, settings?: PoolSettings): ReadingPool => {
  const pool = createReadingPool(settings);
  t.teardown(pool.close);
  return pool;
};

await test('a thread reads a document as it is read here, and one after the other', async (t) => {
  const { understand } = poolFor(t, { threads: 1 });
  const readings = await Promise.all([understand(NOTICE, ASKED), understand(LONG, ASKED), understand(NOTICE, ASKED)]);
  t.same(readings[0], await understanding()(NOTICE, ASKED));
  t.same(readings[2], readings[0]);
  const [, long] = readings;
  t.ok(long?.ok && long.draft.lines.length >= 16_000);
  t.match(await understand(utf8('%PDF-1.7'), ASKED), { ok: false, problem: { code: 'file-unknown' } });
});

await test('while a long document is read, others have their turn', async (t) => {
  const { understand } = poolFor(t);
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  await understand(LONG, ASKED);
  clearInterval(others);
  // Here it would have been none.
  t.ok(turns > 20, `${turns} turns`);
});

await test('a document that takes too long is broken off in a sentence, and the next one is read', async (t) => {
  const { understand } = poolFor(t, { threads: 1, limitMs: 1 });
  const brokenOff = await understand(LONG, ASKED);
  t.match(brokenOff, { ok: false, problem: { code: 'file-too-large' } });
  t.match(brokenOff.ok ? '' : inEnglish(brokenOff.problem.detail), /took longer than 0 s/u);
  const patient = poolFor(t, { threads: 1, idleMs: 0 });
  t.match(await patient.understand(NOTICE, ASKED), { ok: true });
  t.match(await patient.understand(NOTICE, ASKED), { ok: true }, 'by a new thread, where the first has been sent home');
});

await test('who is stopped answers nobody, and says so', async (t) => {
  const pool = createReadingPool({ threads: 1 });
  const waiting = [pool.understand(LONG, ASKED), pool.understand(NOTICE, ASKED)];
  const told = Promise.allSettled(waiting);
  await pool.close();
  t.match(
    (await told).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await t.rejects(pool.understand(NOTICE, ASKED), /stopped/u);
});

await test('a reading that is taken apart is put together again as it was', async (t) => {
  const read = await understanding()(LONG, ASKED);
  const [first, ...rest] = partsOf(read);
  if (first === undefined || !('shell' in first)) throw new Error('the shell comes first');
  const slices = rest.filter((part): part is ReadingSlice => !('shell' in part));
  t.equal(slices.length, first.slices);
  t.ok(slices.length > 10);
  t.same(joined(first.shell, slices), read);
});
