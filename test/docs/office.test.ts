import { test } from 'tap';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { missing, PAGE, playedMonth } from './month/month.ts';

const program = missing();

await test(
  'what the month of docs/office.md shows is what the commands answer (`npm run docs:pictures` writes it)',
  { skip: program ?? false },
  async (t) => {
    const { page, now } = await playedMonth(t);
    t.equal(now, page);
    t.match(now, /refused 报送表!J4/u, 'a bad row is named');
    t.match(now, /【催办提醒】/u, 'a mail was sent');
  },
);

await test('its pictures are there, each is shown, and none is large', async (t) => {
  const folder = new URL('../../docs/pictures/', import.meta.url);
  const shown = new Set([...readFileSync(PAGE, 'utf8').matchAll(/\]\(pictures\/([\w-]+\.png)\)/gu)].map(([, name = '']) => name));
  t.same(readdirSync(folder).toSorted(), [...shown].toSorted());
  for (const name of shown) t.ok(statSync(new URL(name, folder)).size <= 150 * 1024, name);
});
