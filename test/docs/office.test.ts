import { test } from 'tap';
import { readdirSync, statSync } from 'node:fs';
import { answered, CHINESE, ENGLISH, missing, playedMonth, textOf, typedIn, type Page } from './month/month.ts';

const program = missing();

await test(
  'what the month of docs/office.md shows is what the commands answer, in both languages (`npm run docs:pictures` writes it)',
  { skip: program ?? false },
  async (t) => {
    const month = await playedMonth(t);
    for (const page of [ENGLISH, CHINESE]) t.equal(answered(page, month), textOf(page));
    t.match(textOf(CHINESE), /refused 报送表!J4/u, 'a bad row is named');
    t.match(textOf(CHINESE), /【催办提醒】/u, 'a mail was sent');
  },
);

await test('the month has the same commands in both languages', async (t) => {
  t.ok(typedIn(ENGLISH).length > 30);
  t.same(typedIn(CHINESE), typedIn(ENGLISH));
});

const picturesOf = (page: Page): readonly string[] =>
  [...textOf(page).matchAll(/\]\(pictures\/([\w-]+\.png)\)/gu)].map(([, name = '']) => name);

await test('its pictures are there, each is shown in both languages, and none is large', async (t) => {
  const folder = new URL('../../docs/pictures/', import.meta.url);
  const shown = picturesOf(ENGLISH);
  t.same(readdirSync(folder).toSorted(), [...new Set(shown)].toSorted());
  t.same(picturesOf(CHINESE), shown);
  for (const name of shown) t.ok(statSync(new URL(name, folder)).size <= 150 * 1024, name);
});
