import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { catalogue } from '../../src/messages/catalogue.ts';
import type { Entry } from '../../src/messages/message.ts';
import { NAME, writtenIn } from '../../src/messages/words.ts';

/** The Chinese of the catalogue: typeset as Chinese is, in the words of the glossary, with nothing left in English. */

type Text = { readonly key: string; readonly en: string; readonly zh: string };

const entries: readonly (readonly [key: string, entry: Entry])[] = Object.entries(catalogue);
/** How a command is called stands in signs of its own. */
const TEXTS: readonly Text[] = entries
  .filter(([key]) => !key.startsWith('cli.use.'))
  .map(([key, entry]) => ({ key, en: writtenIn(entry, 'en'), zh: writtenIn(entry, 'zh') }));

/** A sentence without what stands in code: that is the same in every language. */
const proseOf = (said: string): string => said.replaceAll(/`[^`]*`/gu, '`');

const faulty = (texts: readonly Text[], isFaulty: (zh: string, text: Text) => boolean): readonly string[] =>
  texts.filter((text) => isFaulty(proseOf(text.zh), text)).map(({ key, zh }) => `${key}: ${zh}`);

const one = (zh: string, en = ''): readonly Text[] => [{ key: 'a', en, zh }];

/** `,` or `:` after a Chinese character, or a bracket around Chinese. */
const halfWidth = (zh: string): boolean => /[\p{Script=Han}”」）][,;:!?.]|[,;!?]\p{Script=Han}|\([^)]*\p{Script=Han}[^)]*\)/u.test(zh);

await test('Chinese sentences have full-width punctuation', async (t) => {
  t.same(faulty(TEXTS, halfWidth), []);
  for (const wrong of ['已签收,不再办理', '应为月份: 2023-03', '月(如 2023-03)']) t.equal(faulty(one(wrong), halfWidth).length, 1, wrong);
  t.same(faulty(one('见 `a, b`；a:b 与 (RFC 6962)'), halfWidth), []);
});

/** Chinese beside a letter or digit without a space; a value may stand without one where it is Chinese itself. */
const unspaced = (zh: string): boolean => /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u.test(zh.replaceAll(NAME, '＄'));

await test('a space stands between Chinese and letters, digits or code', async (t) => {
  t.same(faulty(TEXTS, unspaced), []);
  t.equal(faulty(one('第1号'), unspaced).length, 1);
  t.same(faulty(one('第 1 号，见 `asOf`。RFC 6962'), unspaced), []);
});

/** A text ends with a full stop in both languages, or in none. */
const endsOtherwise = (_: string, { en, zh }: Text): boolean => /\s.*[.]$/u.test(en) !== /[。]$/u.test(zh);

await test('what is a sentence in English is one in Chinese', async (t) => {
  t.same(faulty(TEXTS, endsOtherwise), []);
  t.equal(faulty(one('已签收', 'Signed for.'), endsOtherwise).length, 1);
});

/** Words in letters. Hyphens are of no matter: a field is called sha256. */
const lettersIn = (said: string): readonly string[] =>
  (said.replaceAll(NAME, ' ').match(/[A-Za-z][\w-]*/gu) ?? []).map((word) => word.replaceAll('-', ''));

/** What the English does not have either would be left over from another text. */
const leftOver = (zh: string, { en }: Text): boolean => {
  const there = lettersIn(en).map((word) => word.toLowerCase());
  return lettersIn(zh).some(
    (word) =>
      word !== 'true' && word !== 'false' && !there.some((each) => each === word.toLowerCase() || each === `${word.toLowerCase()}s`),
  );
};

/** What is called the same in every language, without capitals: members, values, roles, commands, kinds of files, formats. */
const NAMES = new Set(
  [
    'true false null none notice on commit facts errors detail position deadline leaders assignees measurements item part',
    'office unit auditor admin role sub kid iat exp nbf iss aud jti zh en fatal error warn info debug trace silent',
    'id source subject type time data prevleaf streamrev replica openssl rebuild serve jwt',
    'csv xlsx docx html base64 webhook whsec https signed note tlog checkpoint proof cosignature tiles server sent events',
    'kejiju kjj duban',
  ]
    .join(' ')
    .split(' '),
);

/** Commands with their options; addresses, paths, files and numbers: no words. */
const NO_WORDS = [
  NAME,
  /\b[A-Z_]+=.*/gu,
  /http\(s\)/gu,
  /\bduban [a-z-]+/gu,
  /--[a-z-]+( [a-z0-9|]+)?/gu,
  /\S*[/?=&^@[\]<>{}]\S*/gu,
  /\.?\w+\.\w+/gu,
  /\.\w+/gu,
];

const english = (zh: string): boolean =>
  (NO_WORDS.reduce((left, each) => left.replaceAll(each, ' '), zh).match(/(?<![A-Za-z0-9])[a-z]{2,}(?![A-Za-z0-9])/gu) ?? []).some(
    (word) => !NAMES.has(word),
  );

await test('no English word is left in a Chinese sentence', async (t) => {
  t.same(faulty(TEXTS, leftOver), []);
  t.same(faulty(TEXTS, english), []);
  t.equal(faulty(one('任务现为 suspended'), english).length, 1);
});

/** Words that are not used, and the word of the glossary for the thing. */
const INSTEAD: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/实施方案|工作方案/u, '落实方案'],
  [/里程碑/u, '时间节点'],
  [/申报/u, '办结申请'],
  [/销账|注销/u, '销号'],
  [/免除|豁免/u, '免责, 免报'],
  [/到期日|截止日期|截止期/u, '截止日'],
  [/(?:完成|办理|报送|整改)期限/u, '时限'],
  [/超前/u, '提前'],
  [/责任方|承办单位|主办单位|协办单位/u, '责任单位, 牵头单位, 配合单位'],
  [/督办单位|督查室|督查部门|办公室/u, '督查机构'],
  [/审计员|审计师/u, '审计人员'],
  [/补记|补登/u, '补录'],
  [/(?:存证|验证|哈希|证明)台账/u, '存证账本'],
  [/施行/u, '生效'],
  [/任务[^，。；]*更改/u, '变更'],
  [/重启/u, '重新启动'],
  [/撤消|取消/u, '撤销'],
  [/任务[^，。；]*暂停/u, '中止'],
  [/通告/u, '通报'],
  [/上报|呈报|汇报/u, '报送'],
  [/收据/u, '回执'],
  [/散列|杂凑/u, '哈希'],
  [/见证人/u, '见证方'],
  [/副署|会签/u, '联署'],
  [/(?:检查点|树)[^，。；：]*大小/u, '规模'],
  [/缺省/u, '默认'],
  [/其它|登陆|帐|做出|阀值|的的|了了/u, 'as it is spelt'],
];

await test('one thing has one word, that of the glossary', async (t) => {
  for (const [wrong, right] of INSTEAD)
    t.same(
      faulty(TEXTS, (zh) => wrong.test(zh)),
      [],
      right,
    );
  const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  const words = glossary.match(/(?<=^\| )[\p{Script=Han}]+(?= \|)/gmu) ?? [];
  t.ok(words.length > 100);
  t.same(
    words.filter((word) => INSTEAD.some(([wrong]) => wrong.test(word))),
    [],
    'nor does the glossary have another',
  );
});
