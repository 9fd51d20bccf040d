import { test } from 'tap';
import { PAGES, recorded } from '../docs/tour.ts';
import { missing } from '../docs/transcript.ts';

const program = missing();
const skip = program === undefined ? false : `${program} is not here; Debian’s package of that name has it`;

/** What is another one in every log: ids, digests, keys, signatures, and when it was recorded. */
const VARIES: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<id>'],
  [/\b[0-9a-f]{64}\b/gu, '<digest>'],
  [/"recordedAt":"[^"]+"/gu, '"recordedAt":"<instant>"'],
  [/(?<=duban\.localhost\/)[0-9a-f]{16}(?:\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+)?/gu, '<log>'],
  [/(?<=\/<log> )[A-Za-z0-9+/=]{90,}/gu, '<signature>'],
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/gu, '<root>'],
  [/"checkpoints":\d+|^(?:checkpoints|检查点) +\d+/gmu, '<checkpoints>'],
];
const lasting = (page: string): string => VARIES.reduce((text, [varies, name]) => text.replaceAll(varies, name), page);

await test('what the READMEs show is what the commands answer (`npm run docs:tour` writes it)', { skip }, async (t) => {
  const tours = await Promise.all(PAGES.map(recorded));
  t.ok(tours.length > 1);
  for (const { page, now } of tours) t.equal(lasting(now), lasting(page));
  const [english, chinese] = tours.map(({ now }) => now);
  t.match(english, /^# .*"message":"is required"/mu);
  t.match(chinese, /^# .*"message":"必须填写"/mu, 'and who asks in Chinese is answered in Chinese');
});
