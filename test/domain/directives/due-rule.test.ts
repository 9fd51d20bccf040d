import * as fc from 'fast-check';
import { test } from 'tap';
import type { Duty } from '../../../src/domain/directives/duty.ts';
import { ruleText } from '../../../src/domain/directives/due.ts';
import { dueRuleSaid } from '../../../src/domain/directives/due-rule.ts';
import { inWords } from '../../../src/messages/words.ts';

/** The rule by which something is due stands in English under the digest of snapshots, and is said in Chinese from that. */

const chinese = (rule: string): string => inWords(dueRuleSaid(rule), 'zh');

await test('rules are said in Chinese', (t) => {
  const said = [
    [
      'each month by the 30, clamped to its end, inclusive to 24:00 Asia/Shanghai (policy 1)',
      '每月 30 日（不足则为最后一日），含当日，24:00 前（Asia/Shanghai），第 1 版规则',
    ],
    ['each year by 12-25, inclusive to 24:00 Asia/Shanghai (policy 2)', '每年 12-25，含当日，24:00 前（Asia/Shanghai），第 2 版规则'],
    [
      'each month by the 3rd working day in the period after it, exclusive to 18:00 Asia/Shanghai (policy 1)',
      '每月的下一期第 3 个工作日，不含当日，18:00 前（Asia/Shanghai），第 1 版规则',
    ],
    [
      'each quarter by the 10 of its 1st month, clamped to its end in the 2nd period after it, inclusive to 24:00 UTC, ' +
        'from a day of rest to the next working day (policy 12)',
      '每季度之后第 2 期第 1 个月 10 日（不足则为最后一日），含当日，24:00 前（UTC），遇休息日顺延至下一工作日，第 12 版规则',
    ],
    ["the task's own deadline, inclusive to 24:00 Asia/Shanghai", '任务自身时限，当日 24:00 前（Asia/Shanghai）'],
  ] as const;
  for (const [rule, zh] of said) t.equal(chinese(rule), zh, rule);
  t.equal(chinese('as somebody else wrote it'), 'as somebody else wrote it', 'no rule of this program');
  t.end();
});

const due = fc.oneof(
  fc.record({ day: fc.integer({ min: 1, max: 31 }), month: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }) }),
  fc.record({ weekday: fc.integer({ min: 1, max: 7 }) }),
  fc.constantFrom({ date: '12-25' }, { date: '2023-06-30' }),
);
const duty = fc
  .record({
    every: fc.constantFrom<Duty['every']>('month', 'quarter', 'half-year', 'year', 'week', 'ten-days', 'once'),
    due,
    offset: fc.integer({ min: 0, max: 3 }),
    shift: fc.constantFrom<Duty['due']['shift']>('none', 'next-working-day', 'nth-working-day'),
    bound: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    version: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ every, due: day, offset, shift, bound, version }) => ({
    every,
    due: { ...day, offset, shift, cutoff: '18:00' },
    bound,
    version,
  }));

await test('every rule that the domain writes is read back', (t) => {
  fc.assert(
    fc.property(duty, ({ bound, version, ...of }) => {
      const rule = ruleText(of, { bound, version, timeZone: 'Asia/Shanghai' });
      return inWords(dueRuleSaid(rule), 'en') === rule && !/[a-z]{3,} [a-z]/u.test(chinese(rule));
    }),
  );
  t.end();
});
