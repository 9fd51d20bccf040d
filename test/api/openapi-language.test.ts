import tap, { test } from 'tap';
import { openWorld } from '../support/app.ts';
import { LANGUAGES, TAGS } from '../../src/messages/language.ts';

/** The OpenAPI document in the reader's language: all that it says to people, and nothing that programs read. */

const HAN = /\p{Script=Han}/u;
/** What stands in no language: codes, names and addresses in backticks, abbreviations of standards. */
const NAMES = /`[^`]*`|\b(?:GET|POST|PUT|PATCH|DELETE) \S+|RFC \d+|[A-Za-z]+[-/.:@_<>\d][\w./:@<>{}[\]-]*/gu;

type Said = { readonly place: string; readonly text: string };

const saidIn = (value: unknown, place = ''): readonly Said[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => saidIn(item, `${place}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): readonly Said[] => {
    if (['example', 'examples', 'enum', 'const'].includes(key)) return [];
    if ((key === 'description' || key === 'summary') && typeof member === 'string') return [{ place: `${place}/${key}`, text: member }];
    return saidIn(member, `${place}/${key}`);
  });
};

const world = await openWorld(tap, { seeded: false });
const documentIn = async (query: string, headers: Readonly<Record<string, string>> = {}) =>
  (await world.app().inject({ url: `/openapi.json${query}`, headers })).json<Record<string, unknown>>();

await test('every description is in the language that is asked for', async (t) => {
  const english = saidIn(await documentIn(''));
  const chinese = saidIn(await documentIn('', { 'accept-language': 'zh-CN' }));
  t.ok(english.length > 1000);
  t.same(
    chinese.map(({ place }) => place),
    english.map(({ place }) => place),
    'both say something of the same',
  );
  const untold = chinese.filter(({ text }) => !HAN.test(text) && /[a-z]{3,} [a-z]{2,}/u.test(text.replaceAll(NAMES, '')));
  t.same(untold, []);
});

await test('the language is that of Accept-Language or of ?lang=, and is named', async (t) => {
  for (const language of LANGUAGES)
    for (const [query, accept] of [
      ['', TAGS[language]],
      [`?lang=${TAGS[language]}`, 'de'],
    ] as const) {
      const { headers } = await world.app().inject({ url: `/openapi.json${query}`, headers: { 'accept-language': accept } });
      t.match(headers, { 'content-language': TAGS[language], vary: 'accept-language' });
    }
  t.strictSame(await documentIn('?lang=zh'), await documentIn('', { 'accept-language': 'zh-CN' }));
  const page = await world.app().inject({ url: '/docs/json', headers: { 'accept-language': 'zh-CN' } });
  t.strictSame(page.json(), await documentIn('?lang=zh'), 'the page shows it too');
});

await test('but for what it says the document is the same', async (t) => {
  const machine = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(machine);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !['description', 'summary', 'tags'].includes(key))
        .map(([key, member]) => [key, machine(member)]),
    );
  };
  t.strictSame(machine(await documentIn('?lang=zh')), machine(await documentIn('?lang=en')));
});
