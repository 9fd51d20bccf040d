import * as fc from 'fast-check';
import { test } from 'tap';
import { aheadOfClock, clockFault, MOST_AHEAD_MILLIS, recordTimeAfter, spanText } from '../../src/kernel/record-time.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** The one rule about the log's times and the clock. */

const NOW = Date.parse('2026-11-28T18:00:00.000Z');
const millis = fc.integer({ min: 0, max: 4_000_000_000_000 });

await test('record times never go back, and are the clock’s wherever it is not behind', async () => {
  fc.assert(
    fc.property(millis, millis, (last, now) => {
      const time = recordTimeAfter(last, now);
      return time >= last && time >= now && (time === last || time === now);
    }),
  );
});

await test('a clock is at fault exactly where the log is further ahead of it than the bound', async (t) => {
  fc.assert(fc.property(millis, millis, (last, now) => (clockFault(last, now) !== undefined) === last - now > MOST_AHEAD_MILLIS));
  fc.assert(fc.property(millis, millis, (last, now) => aheadOfClock(last, now) === Math.max(0, last - now)));
  t.equal(clockFault(null, 0), undefined, 'an empty log contradicts nobody');
  t.equal(aheadOfClock(null, NOW), 0);
});

await test('the sentence names both times, the difference and what to do', async (t) => {
  const fault = (last: number): string => inEnglish(clockFault(last, NOW) ?? '');
  t.match(
    fault(Date.parse('2036-11-26T18:00:00.000Z')),
    /at 2036-11-26T18:00:00\.000Z, which is 3651 days ahead of this machine's clock \(2026-11-28T18:00:00\.000Z\)\. Set the clock/u,
  );
  t.match(fault(NOW + 10_001), /which is 10 seconds ahead/u);
  t.strictSame(
    [0, 1999, 2000, 119_999, 120_000, 7_200_000, 172_800_000].map((each) => inEnglish(spanText(each))),
    ['0 ms', '1999 ms', '2 seconds', '119 seconds', '2 minutes', '2 hours', '2 days'],
  );
});
