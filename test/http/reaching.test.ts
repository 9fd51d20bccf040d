import { test } from 'tap';
import { createReaching } from '../../src/http/reaching.ts';

/** Views that stand still are a double here: what makes real ones stand, a full disk, is slow to come and to go. */

await test('views that stand still are waited for once, and again when they have moved', async (t) => {
  let position = 5;
  const waits: number[] = [];
  const reaching = createReaching({
    log: { head: () => ({ position: 9, recordedAt: null }) },
    views: {
      position: () => position,
      waitFor: (wanted) => {
        waits.push(wanted);
        return Promise.resolve(false);
      },
    },
    singleWriter: true,
    behind: () => undefined,
  });
  for (let asked = 0; asked < 3; asked += 1) t.equal(await reaching.present(), undefined, 'the reader gets what there is, and its basis');
  t.same(waits, [9]);
  position = 6;
  await reaching.present();
  await reaching.present();
  t.same(waits, [9, 9]);
  position = 9;
  await reaching.present();
  t.same(waits, [9, 9], 'nor where there is nothing to wait for');
});
