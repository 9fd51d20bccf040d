import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'tap';

/** Every link between the pages leads somewhere, and every file that they name is there. */

const ROOT = new URL('../../', import.meta.url);
const PAGES = globSync(['*.md', 'docs/**/*.md', 'test/**/*.md'], { cwd: ROOT, exclude: ['**/node_modules/**'] });
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** A page without its fenced blocks and inline code, which hold no links. */
const prose = (text: string): string => text.replaceAll(/^```.*?^```$/gmsu, '').replaceAll(/`[^`\n]*`/gu, '');

/** The fragment under which a heading is reached: lower case, no punctuation, hyphens for spaces. */
const fragmentOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-');

const fragments = (text: string): ReadonlySet<string> =>
  new Set([...text.replaceAll(/^```.*?^```$/gmsu, '').matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) => fragmentOf(heading)));

type Link = { readonly target: string; readonly fragment: string | undefined };

const linksOf = (text: string): readonly Link[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/u.test(link))
    .map((link) => {
      const [target = '', fragment] = link.split('#');
      return { target, fragment };
    });

const faults = (page: string, text: string): readonly string[] =>
  linksOf(text).flatMap(({ target, fragment }) => {
    const path = target === '' ? page : posix.join(posix.dirname(page), target);
    if (path !== page && !existsSync(new URL(path, ROOT))) return [`${page}: ${path} is not there`];
    if (fragment === undefined || !path.endsWith('.md')) return [];
    return fragments(path === page ? text : read(path)).has(fragment) ? [] : [`${page}: ${path} has no heading #${fragment}`];
  });

await test('every link between the pages leads to a file and a heading that are there', async (t) => {
  t.ok(PAGES.length > 5);
  t.same(
    PAGES.flatMap((page) => faults(page, read(page))),
    [],
  );
});

await test('a link that leads nowhere is found, and one in code is none', async (t) => {
  t.same(faults('docs/page.md', '# A page (of `mine`)\n[a](#a-page-of-mine) [b](../README.md) [c](https://example.org/)'), []);
  t.same(faults('docs/page.md', '[a](none.md) [b](#none) [c](../README.md#none)'), [
    'docs/page.md: docs/none.md is not there',
    'docs/page.md: docs/page.md has no heading #none',
    'docs/page.md: README.md has no heading #none',
  ]);
  t.same(faults('docs/page.md', '`[a](none.md)`\n```\n[b](none.md)\n```\n'), []);
});

/** Files and folders of the repository that a page names in code; a name with a placeholder or a star names several. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|projections|seed|test|docs)\/[\w./-]*)`/gu)].map(([, path = '']) => path);

const missing = (page: string, text: string): readonly string[] =>
  pathsIn(text)
    .filter((path) => !existsSync(new URL(path, ROOT)))
    .map((path) => `${page}: ${path} is not there`);

await test('every file that a page names is there', async (t) => {
  t.ok(PAGES.flatMap((page) => pathsIn(read(page))).length > 20);
  t.same(
    PAGES.flatMap((page) => missing(page, read(page))),
    [],
  );
  t.same(missing('docs/page.md', '`src/kernel/event.ts`, `test/docs/`, `src/none.ts`, `src/<name>.ts`'), [
    'docs/page.md: src/none.ts is not there',
  ]);
});

const SOURCES = globSync(['src/**/*.ts', 'projections/**/*.ts', 'seed/**/*.ts', 'test/!(docs)/**/*.ts'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
});

/** Pages that comments cite, with the heading where one is named: docs/http.md, "Tasks". Headings may be numbered. */
const wrongCitations = (path: string, text: string): readonly string[] =>
  [...text.matchAll(/\b(docs\/[\w/-]+\.md)(?:, "([^"\n]+)")?/gu)].flatMap(([, page = '', heading]) => {
    if (!existsSync(new URL(page, ROOT))) return [`${path}: ${page} is not there`];
    const headings = [...read(page).matchAll(/^#{1,6} (?:\d+\. )?(.+)$/gmu)].map(([, each]) => each);
    return heading === undefined || headings.includes(heading) ? [] : [`${path}: ${page} has no heading "${heading}"`];
  });

await test('every page that the sources cite is there, with the heading cited', async (t) => {
  t.ok(SOURCES.length > 300);
  t.same(
    SOURCES.flatMap((path) => wrongCitations(path, read(path))),
    [],
  );
  t.same(wrongCitations('src/a.ts', '/** docs/http.md, "Tasks"; docs/http.md, "Tusks"; docs/none.md */'), [
    'src/a.ts: docs/http.md has no heading "Tusks"',
    'src/a.ts: docs/none.md is not there',
  ]);
});

await test('no comment cites what is not in the repository', async (t) => {
  const outside = /\b(?:CONTRACT|DESIGN|STYLE)\b|\bresearch\//u;
  t.same(
    SOURCES.filter((path) => outside.test(read(path))),
    [],
  );
});

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }; // npm's own shape

const unknownScripts = (page: string, text: string): readonly string[] =>
  [...text.matchAll(/\bnpm run (?:-s )?([a-z][\w:]*)/gu)]
    .map(([, name = '']) => name)
    .filter((name) => scripts[name] === undefined)
    .map((name) => `${page}: there is no script ${name}`);

await test('every script that a page names is there', async (t) => {
  t.same(
    PAGES.flatMap((page) => unknownScripts(page, read(page))),
    [],
  );
  t.same(unknownScripts('docs/page.md', '`npm run check`, `npm run -s nothing`'), ['docs/page.md: there is no script nothing']);
});
