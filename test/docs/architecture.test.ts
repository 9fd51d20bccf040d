import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { ROOMS } from '../support/house.ts';
import { held, parts, withPart } from './generated.ts';

/** The pages show the house as it is. */

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

for (const part of parts)
  await test(`the ${part.name} of ${part.page} is that of the code (\`npm run docs:record\` writes it)`, async (t) => {
    const page = read(part.page);
    t.equal(held(page, part), part.make());
    const spoiled = page.replace(part.make(), 'something else');
    t.equal(held(spoiled, part), 'something else');
    t.equal(withPart(spoiled, part), page, 'and is written again where it is not');
  });

const page = read('docs/architecture.md');

await test('every room is described', async (t) => {
  const described = [...page.matchAll(/^\| `([\w/]*\w)` \|/gmu)].map(([, room = '']) => room);
  t.same(described.toSorted(), ROOMS.toSorted());
});

await test('every file of a data directory is named', async (t) => {
  const { checkpointsBefore, ...files } = dataFiles('');
  const names = [...Object.values(files), checkpointsBefore(7).replace('7', '<position>')];
  t.ok(names.length > 3);
  t.same(
    names.filter((name) => !page.includes(`\`${name}`)),
    [],
  );
});
