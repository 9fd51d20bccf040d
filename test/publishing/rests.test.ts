import { test } from 'tap';
import { nowAndThen } from '../../src/kernel/rests.ts';
import type { Sheet } from '../../src/publishing/sheets/sheet.ts';
import { xlsxOf } from '../../src/publishing/sheets/xlsx.ts';

/** A long work lets others go before. */

const busyFor = (millis: number): void => {
  const end = performance.now() + millis;
  while (performance.now() < end);
};

await test('a work that has gone on for a while rests for a turn, and one that has not goes on', async (t) => {
  const rest = nowAndThen();
  t.equal(rest(), undefined, 'at first it goes on');
  busyFor(20);
  let heard = false;
  setImmediate(() => {
    heard = true;
  });
  const pause = rest();
  t.ok(pause instanceof Promise);
  await pause;
  t.ok(heard, 'what waited was heard meanwhile');
  t.equal(rest(), undefined, 'and then it goes on again');
});

await test('while a long sheet is written the process hears others', async (t) => {
  let turns = 0;
  let goesOn = true;
  const turn = (): void => {
    turns += 1;
    if (goesOn) setImmediate(turn);
  };
  const at = new Set<number>();
  const sheet: Sheet<number> = {
    title: { en: 'Long', zh: '长表' },
    fileName: { en: 'long', zh: '长表' },
    columns: [{ heading: { en: 'n', zh: '序号' }, width: 10, value: (n) => (at.add(turns), n) }],
  };
  async function* onePage(): AsyncGenerator<readonly number[]> {
    yield Array.from({ length: 5_000 }, (_, n) => n);
  }
  setImmediate(turn);
  let bytes = 0;
  for await (const chunk of xlsxOf(sheet, onePage(), { language: 'en' })) bytes += (chunk as Buffer).length; // a stream of bytes
  goesOn = false;
  t.ok(bytes > 10_000);
  t.ok(at.size >= 5, `rows of one page were written in ${at.size} turns`);
});
