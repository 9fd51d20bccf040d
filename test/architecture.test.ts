import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'tap';

/**
 * Imports point one way, and what decides is pure. The rules are read against every source file; then each is shown
 * to find a violation planted among them.
 */

/** Source texts by their path from the root of the repository. */
type Sources = ReadonlyMap<string, string>;

const ROOT = new URL('../', import.meta.url);
const sources: Sources = new Map(globSync(['src/**/*.ts', 'projections/**/*.ts', 'seed/**/*.ts'], { cwd: ROOT }).map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]));

const FROM = /(?:\bfrom|\bimport|\bimport\s*\(|\bnew URL\s*\()\s*'([^']+)'/gu;

/** What a file imports: paths from the root, or names of modules that are not ours. */
const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(FROM)].map(([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));

const OURS = /^(?:src|projections|seed)\//u;
/** The folder under `src`, or the top one: `src/store/` of `src/store/eventstoredb/retry.ts`. */
const roomOf = (path: string): string => `${posix.dirname(path).split('/').slice(0, 2).join('/')}/`;

/** Rooms that know nothing above them: what else of ours they may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/kernel/': [],
  'src/ledger/': ['src/kernel/'],
  'src/store/': ['src/kernel/', 'src/ledger/hash.ts'],
  'src/projecting/': ['src/kernel/', 'src/ledger/hash.ts', 'src/store/event-store.ts'],
  'src/handling/': ['src/kernel/', 'src/store/event-store.ts'],
  'src/http/': ['src/kernel/', 'src/store/event-store.ts', 'src/handling/'],
};

const importsUpwards = (all: Sources): readonly string[] =>
  [...all].flatMap(([path, text]) => {
    const room = roomOf(path);
    const allowed = MAY_IMPORT[room];
    if (allowed === undefined) return [];
    return importsOf(path, text)
      .filter((imported) => OURS.test(imported) && ![room, ...allowed].some((known) => imported.startsWith(known)))
      .map((imported) => `${path} imports ${imported}`);
  });

/** The importer acts through the commands of every feature. */
const foreignDecides = (all: Sources): readonly string[] =>
  [...all].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter((imported) => /^src\/[^/]+\/decide\.ts$/u.test(imported) && ![roomOf(imported), 'src/importer/'].includes(roomOf(path)))
      .map((imported) => `${path} imports ${imported}`),
  );

/** What decides, folds, judges or projects: the same answer whenever and wherever it is asked. */
const PURE = [
  /^src\/[^/]+\/(?:decide|state|events|commands)\.ts$/u,
  /^src\/compliance\/(?:board|evolve-facts|facts|judge|replay|schedule)\.ts$/u,
  /^src\/tasks\/(?:assignment|attainment|changes|report-id)\.ts$/u,
  /^src\/(?:snapshots\/body|notices\/draft)\.ts$/u,
  /^projections\//u,
];
const IMPURE = /\bDate\.now\b|\bnew Date\s*\(|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bTemporal\.Now\b|\bperformance\.now\b|\bprocess\.|\bfrom 'node:/gu;

const impurities = (all: Sources): readonly string[] =>
  [...all]
    .filter(([path]) => PURE.some((pattern) => pattern.test(path)))
    .flatMap(([path, text]) => [...text.matchAll(IMPURE)].map(([found]) => `${path}: ${found}`));

const planted = (path: string, text: string): Sources => new Map([...sources, [path, text]]);

await test('the source files are found', async (t) => {
  for (const path of ['src/kernel/event.ts', 'src/tasks/decide.ts', 'src/store/event-store.ts', 'src/projecting/views.ts', 'src/ledger/hash.ts', 'projections/tasks.ts', 'seed/index.ts'])
    t.ok(sources.has(path), path);
  for (const room of Object.keys(MAY_IMPORT)) t.ok([...sources.keys()].some((path) => roomOf(path) === room), `${room} holds files`);
  for (const pattern of PURE) t.ok([...sources.keys()].some((path) => pattern.test(path)), `${pattern.source} names files`);
  t.same(importsOf('src/a/b.ts', "import { x } from '../c/d.ts';\nexport * from './e.ts';\nimport 'zod';\nawait import('../../projections/f.ts');\nnew URL('g.ts', import.meta.url)"), [
    'src/c/d.ts',
    'src/a/e.ts',
    'zod',
    'projections/f.ts',
    'g.ts',
  ]);
});

await test('kernel, ledger, store, projecting, handling and http know nothing above them', async (t) => {
  t.same(importsUpwards(sources), []);
  const plant = (path: string, imported: string) => importsUpwards(planted(path, `import type { X } from '${imported}';`));
  t.same(plant('src/kernel/planted.ts', '../store/event-store.ts'), ['src/kernel/planted.ts imports src/store/event-store.ts']);
  t.same(plant('src/kernel/planted.ts', '../catalogue.ts'), ['src/kernel/planted.ts imports src/catalogue.ts']);
  t.same(plant('src/kernel/planted.ts', './event.ts'), []);
  t.same(plant('src/store/planted.ts', '../tasks/events.ts'), ['src/store/planted.ts imports src/tasks/events.ts']);
  t.same(plant('src/store/deep/planted.ts', '../../ledger/tree.ts'), ['src/store/deep/planted.ts imports src/ledger/tree.ts']);
  t.same(plant('src/ledger/planted.ts', '../projecting/views.ts'), ['src/ledger/planted.ts imports src/projecting/views.ts']);
  t.same(plant('src/projecting/planted.ts', '../../projections/tasks.ts'), ['src/projecting/planted.ts imports projections/tasks.ts']);
  t.same(plant('src/projecting/planted.ts', '../store/sqlite.ts'), ['src/projecting/planted.ts imports src/store/sqlite.ts'], 'the port, not an adapter');
  t.same(plant('src/handling/planted.ts', '../tasks/state.ts'), ['src/handling/planted.ts imports src/tasks/state.ts']);
  t.same(plant('src/http/planted.ts', '../tasks/read.ts'), ['src/http/planted.ts imports src/tasks/read.ts']);
  t.same(plant('src/tasks/planted.ts', '../http/problem.ts'), [], 'a feature’s routes are built on http');
});

await test('nobody but the importer decides for another feature', async (t) => {
  t.same(foreignDecides(sources), []);
  const plant = (path: string, imported: string) => foreignDecides(planted(path, `import { d } from '${imported}';`));
  t.same(plant('src/notices/planted.ts', '../tasks/decide.ts'), ['src/notices/planted.ts imports src/tasks/decide.ts']);
  t.same(plant('src/planted.ts', './roster/decide.ts'), ['src/planted.ts imports src/roster/decide.ts']);
  t.same(plant('projections/planted.ts', '../src/tasks/decide.ts'), ['projections/planted.ts imports src/tasks/decide.ts']);
  t.same(plant('src/tasks/planted.ts', './decide.ts'), []);
  t.same(plant('src/importer/planted.ts', '../tasks/decide.ts'), []);
});

await test('what decides, folds, judges or projects asks no clock and no chance', async (t) => {
  t.same(impurities(sources), []);
  const plant = (path: string, text: string) => impurities(planted(path, text));
  const found = ['Date.now', 'new Date(', 'Math.random', 'randomUUID', 'Temporal.Now', "from 'node:"];
  t.same(
    plant('src/planted/decide.ts', 'Date.now(); new Date(0); Math.random(); randomUUID(); Temporal.Now.instant(); import { readFileSync } from \'node:fs\';'),
    found.map((each) => `src/planted/decide.ts: ${each}`),
  );
  t.same(plant('projections/planted.ts', 'const late = due < Date.now();'), ['projections/planted.ts: Date.now']);
  t.same(plant('src/compliance/judge.ts', 'new Date ()'), ['src/compliance/judge.ts: new Date (']);
  t.same(plant('src/http/planted.ts', 'Date.now()'), [], 'elsewhere the clock is injected or an adapter’s own');
});
