import { globSync, readFileSync } from 'node:fs';
import { test } from 'tap';
import { catalogue } from '../../src/messages/catalogue.ts';
import { LANGUAGES, languageNamed } from '../../src/messages/language.ts';
import { say, type Entry, type Value } from '../../src/messages/message.ts';
import { foundAgain, standingText } from '../../src/messages/standing.ts';
import { Told, toldBy } from '../../src/messages/told.ts';
import { inEnglish, inWords, NAME, writtenIn } from '../../src/messages/words.ts';

/** Messages: the same in every language but for the words. */

const ROOT = new URL('../../', import.meta.url);
const entries: readonly (readonly [key: string, entry: Entry])[] = Object.entries(catalogue);

const namesIn = (text: string): readonly string[] => [...new Set([...text.matchAll(NAME)].map(([, name = '']) => name))].toSorted();

await test('every message has words in each language, and names the same values in all of them', async (t) => {
  t.ok(entries.length > 200);
  for (const [key, entry] of entries) {
    for (const language of LANGUAGES) t.not(writtenIn(entry, language).trim(), '', `${key} in ${language}`);
    t.same(namesIn(writtenIn(entry, 'zh')), namesIn(writtenIn(entry, 'en')), key);
  }
});

await test('no key is given twice, in whichever file, and no file is left out', async (t) => {
  const parts = globSync('src/messages/**/*.ts', { cwd: ROOT }).map((path) => readFileSync(new URL(path, ROOT), 'utf8'));
  const keys = parts.flatMap((text) => [...text.matchAll(/^ {2}'([^']+)': \{/gmu)].map(([, key = '']) => key));
  t.equal(new Set(keys).size, keys.length);
  t.same(keys.toSorted(), entries.map(([key]) => key).toSorted());
});

await test('every message is said: by its key, or by one that the code makes of a family and its words', async (t) => {
  const sources = globSync(['src/**/*.ts', 'seed/**/*.ts'], { cwd: ROOT }).map((path) => readFileSync(new URL(path, ROOT), 'utf8'));
  const isPart = (text: string): boolean => text.includes(' = messages({');
  const beside = sources.filter((text) => !isPart(text));
  const keys = new Set(beside.flatMap((text) => text.match(/'[a-z][^'\s]+'/gu) ?? []));
  const families = beside.flatMap((text) => [...text.matchAll(/[`'](\w[\w.-]*[.-])\$\{/gu)].map(([, family = '']) => family));
  const words = new Set(beside.flatMap((text) => text.match(/\w[\w-]*/gu) ?? []));
  const isMade = (key: string): boolean =>
    families.some(
      (family) =>
        key.startsWith(family) &&
        key
          .slice(family.length)
          .split('.')
          .every((word) => words.has(word)),
    );
  t.same(
    entries.map(([key]) => key).filter((key) => !keys.has(`'${key}'`) && !isMade(key)),
    [],
  );
});

await test('what stands in schemas as the same English says the same in Chinese', async (t) => {
  const said = new Map<string, string>();
  // Words for codes and titles of sheets are said at run time, and never found again by their English.
  for (const [key, entry] of entries.filter(([each]) => !/^(?:state|heading|sheet|cell|finding)\./u.test(each))) {
    const [english, chinese] = [writtenIn(entry, 'en'), writtenIn(entry, 'zh')];
    const before = said.get(english);
    if (/^(?:word|api|kernel|application|openapi|chapter)\./u.test(key)) t.equal(before ?? chinese, chinese, `${key}: ${english}`);
    said.set(english, chinese);
  }
});

await test('values are put where they are named, in whatever order a language has them', async (t) => {
  const shown = (value: Value): readonly string[] => LANGUAGES.map((language) => inWords(say('http.method', { method: value }), language));
  t.same(shown('PUT'), ['PUT is not allowed here', '此处不接受 PUT']);
  t.same(shown(['GET', 'PUT']), ['GET, PUT is not allowed here', '此处不接受 GET、PUT'], 'a list');
  t.same(shown({ clauses: ['a', 'b'] }), ['a; b is not allowed here', '此处不接受 a；b'], 'clauses');
  t.same(shown({ anyOf: ['a', 'b'] }), ['a or b is not allowed here', '此处不接受 a或b'], 'a choice');
  t.same(shown({ day: '2023-06-30' }), ['2023-06-30 is not allowed here', '此处不接受 2023年6月30日'], 'a day');
  t.same(shown({ day: 'soon' }), ['soon is not allowed here', '此处不接受 soon'], 'what is no day');
  t.same(shown({ count: 12_345 }), ['12,345 is not allowed here', '此处不接受 12,345'], 'a count');
  t.same(shown(12_345), ['12345 is not allowed here', '此处不接受 12345'], 'a plain number');
  t.same(shown(say('http.the-body')), ['the body is not allowed here', '此处不接受 请求正文'], 'a message in a message');
  t.same(shown('{$method} $& $1'), ['{$method} $& $1 is not allowed here', '此处不接受 {$method} $& $1'], 'a value is no pattern');
  t.equal(inWords('as a person wrote it', 'zh'), 'as a person wrote it', 'a text that is no message');
});

await test('a standing text is found again by its English', async (t) => {
  const message = say('field.at-least', { n: 7 });
  t.equal(foundAgain(inEnglish(message)), 'must be at least 7');
  t.equal(standingText(message), 'must be at least 7');
  t.same(foundAgain('must be at least 7'), message);
});

await test('an error tells what it says, and its message is the English one', async (t) => {
  const error = new Told(say('http.nothing'), { cause: 'x' });
  t.equal(error.message, 'nothing is here');
  t.equal(error.cause, 'x');
  t.same(toldBy(error), say('http.nothing'));
  t.equal(toldBy(new Error('broken')), 'broken');
  t.equal(toldBy('thrown'), 'thrown');
});

await test('a language is known by the first part of its tag or locale', async (t) => {
  for (const tag of ['zh', 'zh-CN', 'ZH-Hans', 'zh_CN.UTF-8', ' zh ']) t.equal(languageNamed(tag), 'zh', tag);
  for (const tag of ['en', 'en_GB.UTF-8', 'en-US']) t.equal(languageNamed(tag), 'en', tag);
  for (const tag of ['', 'C', 'POSIX', 'de', 'zhuang']) t.equal(languageNamed(tag), undefined, tag);
});
