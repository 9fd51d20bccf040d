import { globSync, readFileSync } from 'node:fs';
import { test } from 'tap';

/** What the formatter leaves: the length of lines of comments, strings and patterns. */

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
