import { readFileSync } from 'node:fs';
import { test } from 'tap';

/** The README in its two languages: the same sections, the same commands, the same links. */

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const [english, chinese, chineseMonth] = [read('README.md'), read('README.zh-CN.md'), read('docs/office.zh-CN.md')];

/** Each heading of the English page, and what it is in the Chinese one, in their order. */
const HEADINGS: readonly (readonly [english: string, chinese: string])[] = [
  ['# Duban (督办)', '# 督办（Duban）'],
  ['## Run it', '## 运行'],
  ['## Five minutes', '## 五分钟走一遍'],
  ['## Trust no one: tools that are not ours', '## 谁都不必信：用别人的工具核验'],
  ['## A unit’s client', '## 责任单位怎样接入'],
  ['## The office', '## 督查机构怎样使用'],
  ['## An auditor', '## 审计人员怎样核验'],
  ['## An operator', '## 运维人员怎样部署'],
  ['## Limits', '## 局限'],
];

const BLOCK = /^```(?<language>\w*)\n(?<body>.*?)^```$/gmsu;

const headingsOf = (page: string): readonly string[] =>
  [...page.replaceAll(BLOCK, '').matchAll(/^#+ .+$/gmu)].map(([heading]) => heading.replaceAll("'", '’'));

/** What only the Chinese page says to have its answers in Chinese. */
const askedInChinese = / -H 'Accept-Language: zh-CN'|LANG=zh_CN\.UTF-8 /gu;

/** The lines of a block that are run or read by a program: without answers and comments beside them. */
const codeOf = (language: string, body: string): readonly string[] => {
  const lines = body.split('\n').filter((line) => line !== '');
  if (language === 'python' || language === 'go') return lines;
  const commands = body.startsWith('$ ') ? lines.filter((line) => line.startsWith('$ ')) : lines.filter((line) => !line.startsWith('#'));
  return commands.map((line) => line.replaceAll(askedInChinese, '').replace(/\s+# .*$/u, ''));
};

const blocksOf = (page: string): readonly { readonly language: string; readonly code: readonly string[] }[] =>
  [...page.matchAll(BLOCK)].map(({ groups }) => {
    const language = groups?.['language'] ?? '';
    return { language, code: codeOf(language, groups?.['body'] ?? '') };
  });

/** Where the links and pictures of a page lead: those to the page’s own headings, by which heading in the order it is. */
const targetsOf = (page: string): readonly string[] => {
  const anchors = headingsOf(page).map((heading) =>
    heading
      .replace(/^#+ /u, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...page.replaceAll(BLOCK, '').matchAll(/\]\((?<target>[^)\s]+)\)/gu)]
    .map(({ groups }) => groups?.['target'] ?? '')
    .map((target) => (target.startsWith('#') ? `#${anchors.indexOf(target.slice(1))}` : target));
};

await test('both READMEs have the same sections in the same order', async (t) => {
  t.same(
    headingsOf(english),
    HEADINGS.map(([heading]) => heading),
  );
  t.same(
    headingsOf(chinese),
    HEADINGS.map(([, heading]) => heading),
  );
});

await test('both READMEs show the same commands and the same programs', async (t) => {
  const shown = blocksOf(english);
  t.ok(shown.length > 7);
  t.match(shown[0]?.code, ['npm ci && npm start', 'npm ci && npm test'], 'two commands, and it runs');
  t.same(blocksOf(chinese), shown);
});

await test('both READMEs lead to the same pages, and each to the other', async (t) => {
  const [here, there] = [targetsOf(english), targetsOf(chinese)];
  t.ok(here.length > 20);
  t.equal(here[0], 'README.zh-CN.md');
  t.equal(there[0], 'README.md');
  const inEnglish = there.map((target) => target.replace(/^docs\/office\.zh-CN\.md$/u, 'docs/office.md#a-month'));
  t.same(inEnglish.slice(1).toSorted(), here.slice(1).toSorted(), 'but for the month, which is there in Chinese');
  t.same([...here, ...there].includes('#-1'), false, 'every section that is named is there');
});

await test('where the Chinese README wants answers in Chinese, it asks for them', async (t) => {
  const asked = [...chinese.matchAll(askedInChinese)].map(([text]) => text.trim());
  t.same(new Set(asked), new Set(["-H 'Accept-Language: zh-CN'", 'LANG=zh_CN.UTF-8']));
  t.notMatch(english, askedInChinese);
});

/** A Chinese sentence has Chinese punctuation: what stands in code and in the address of a link is neither. */
const proseOf = (page: string): string =>
  page
    .replaceAll(BLOCK, '')
    .replaceAll(/`[^`\n]*`/gu, '码')
    .replaceAll(/\]\([^)]*\)/gu, ']');

await test('Chinese prose has full-width punctuation', async (t) => {
  const half = (text: string): readonly string[] =>
    [...text.matchAll(/.{0,8}\p{Script=Han}[,;:?!](?!\S).{0,4}|.{0,6}\p{Script=Han}[,;:?!]\p{Script=Han}.{0,6}/gu)].map(([found]) => found);
  for (const page of [chinese, chineseMonth]) t.same(half(proseOf(page)), []);
  t.same(half('报送,签收'), ['报送,签收']);
  t.same(half('报送: `x`'), ['报送: `x`']);
});
