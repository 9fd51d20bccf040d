import { globSync, readFileSync } from 'node:fs';
import { test } from 'tap';
import { askedByAnyName } from './support/outside-keys.ts';

/** What no tool of ours holds: the length of lines of comments, strings and patterns, and names from outside. */

const ROOT = new URL('../', import.meta.url);
const MAX = 140;

type Line = { readonly place: string; readonly length: number };

/** Lines that have too many characters; a character is one code point, however many bytes it takes. */
const longLines = (path: string, text: string): readonly Line[] =>
  text.split('\n').flatMap((line, index) => {
    const { length } = Array.from(line);
    return length > MAX ? [{ place: `${path}:${index + 1}`, length }] : [];
  });

await test(`no line of a source has more than ${MAX} characters`, async (t) => {
  const sources = globSync(['src/**/*.ts', 'projections/**/*.ts', 'seed/**/*.ts', 'test/**/*.ts'], {
    cwd: ROOT,
    exclude: ['**/node_modules/**'],
  });
  t.ok(sources.length > 300);
  t.same(
    sources.flatMap((path) => longLines(path, readFileSync(new URL(path, ROOT), 'utf8'))),
    [],
  );
  t.same(longLines('a.ts', `${'督'.repeat(140)}\n${'督'.repeat(141)}\n`), [{ place: 'a.ts:2', length: 141 }]);
});

/** Where a name that may be any text is right: what it is asked of, and why. */
const NAMED_BY_US: ReadonlyMap<string, string> = new Map([
  ['src/kernel/own-value.ts of[name]', 'own members alone, which is what it is for'],
  ['src/projecting/cells.ts row[column.name]', 'columns that the code declares'],
  ['src/projecting/cells.ts row[name]', 'columns that the code declares'],
  ['src/projecting/cells.ts one[name]', 'columns that the code declares'],
  ['src/projecting/cells.ts other[name]', 'columns that the code declares'],
  ['src/domain/compliance/facts-at.ts item[field]', 'fields that the calling code names'],
  ['src/projecting/projection.ts projection.tables[name]', 'a table that the code declares'],
]);

await test('no plain object is asked by a name that may come from outside', async (t) => {
  const found = new Set(askedByAnyName().map(({ path, text }) => `${path} ${text}`));
  t.same(
    [...found].filter((place) => !NAMED_BY_US.has(place)),
    [],
  );
  t.same(
    [...NAMED_BY_US.keys()].filter((place) => !found.has(place)),
    [],
    'what is let through is there',
  );

  const planted = `
    type Kind = 'one' | 'two';
    const table: Readonly<Record<string, string>> = {};
    const both: Readonly<Record<Kind, string>> = { one: '1', two: '2' };
    const made: Record<string, string> = {};
    export const all = (name: string, kind: Kind, any: unknown, n: number): unknown => {
      made[name] = name;
      const { [name]: taken } = table;
      for (const each in made) table[each]?.trim();
      return [table[name], name in table, both[kind], [1][n], table['one'], table[\`a \${name}\`], table[name.trim()], taken, any];
    };`;
  t.same(
    askedByAnyName(new Map([['src/kernel/ttl.ts', planted]])).map(({ text }) => text),
    [
      'made[name]',
      '[name]: taken',
      'for (const each in made) table[each]?.trim();',
      'table[each]',
      'table[name]',
      'name in table',
      'table[name.trim()]',
    ],
  );
});
