import { posix } from 'node:path';
import { test } from 'tap';
import { featureOf, floorIn, HOUSE, importsOf, INSIDE, isIn, ONLY, OURS, roomOf, ROOMS, sources, type Sources } from './support/house.ts';

/**
 * Imports go down only, and what decides is pure. The floors are data; every source file is held to them, and then
 * each rule is shown to find a violation that is planted among the files.
 */

/** Why a file may not import another; undefined where it may. */
const objection = (from: string, to: string): string | undefined => {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === undefined || other === undefined) return 'stands in no room of the house';
  if (room !== other) {
    if (floorIn(HOUSE, other) >= floorIn(HOUSE, room)) return `${room} does not stand above ${other}`;
    const only = ONLY[room];
    return only === undefined || only.some((place) => isIn(to, place)) ? undefined : `${room} does not know ${other}`;
  }
  const floors = INSIDE[room];
  if (floors === undefined) return undefined;
  const [feature, below] = [featureOf(from, room), featureOf(to, room)];
  if (feature === below) return undefined;
  if (floorIn(floors, feature) === -1 || floorIn(floors, below) === -1) return 'is a feature that the floors do not name';
  return floorIn(floors, below) < floorIn(floors, feature) ? undefined : `${feature} does not stand above ${below}`;
};

const wrongImports = (all: Sources): readonly string[] =>
  [...all].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter((imported) => OURS.test(imported))
      .flatMap((imported) => {
        const reason = objection(path, imported);
        return reason === undefined ? [] : [`${path} imports ${imported}: ${reason}`];
      }),
  );

/** What decides, folds, judges or projects: the same answer whenever and wherever it is asked, with no I/O on the way. */
const PURE = ['src/domain', 'src/importer', 'projections'];
const CALLS = /\bDate\.now\b|\bnew Date\s*\(\s*\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bTemporal\.Now\b|\bperformance\.now\b/u;
const OUTSIDE = /\bprocess\.|\bfetch\s*\(|\bsetTimeout\b|\bfrom '(?:node:(?!crypto')|fastify|@fastify|pino|@eventstore)[^']*'/u;
const IMPURE = new RegExp(`${CALLS.source}|${OUTSIDE.source}`, 'gu');

const impurities = (all: Sources): readonly string[] =>
  [...all]
    .filter(([path]) => PURE.some((room) => isIn(path, room)))
    .flatMap(([path, text]) => [...text.matchAll(IMPURE)].map(([found]) => `${path}: ${found}`));

const planted = (path: string, text: string): Sources => new Map([...sources, [path, text]]);

await test('every source file stands in a room of the house, and every room holds files', async (t) => {
  t.same(
    [...sources.keys()].filter((path) => roomOf(path) === undefined),
    [],
  );
  t.same(
    ROOMS.filter((room) => ![...sources.keys()].some((path) => isIn(path, room))),
    [],
  );
  for (const [room, floors] of Object.entries(INSIDE)) {
    const features = new Set([...sources.keys()].filter((path) => isIn(path, room)).map((path) => featureOf(path, room)));
    t.same([...features].toSorted(), floors.flat().toSorted(), `the features of ${room} are those that its floors name`);
  }
  t.same(
    importsOf(
      'src/a/b.ts',
      "import { x } from '../c/d.ts';\nexport * from './e.ts';\nimport 'zod';\n" +
        "await import('../../projections/f.ts');\nnew URL('g.ts', import.meta.url)",
    ),
    ['src/c/d.ts', 'src/a/e.ts', 'zod', 'projections/f.ts', 'g.ts'],
  );
});

await test('imports go down only', async (t) => {
  t.same(wrongImports(sources), []);
  const plant = (path: string, imported: string): readonly string[] => wrongImports(planted(path, `import type { X } from '${imported}';`));
  const up = (path: string, imported: string, reason: string): void => {
    const target = posix.join(posix.dirname(path), imported);
    t.same(plant(path, imported), [`${path} imports ${target}: ${reason}`], reason);
  };
  up('src/kernel/planted.ts', '../domain/tasks/events.ts', 'src/kernel does not stand above src/domain');
  up('src/store/planted.ts', '../domain/tasks/events.ts', 'src/store does not stand above src/domain');
  up('src/http/planted.ts', '../api/tasks/routes.ts', 'src/http does not stand above src/api');
  up('src/domain/tasks/planted.ts', '../../application/handler.ts', 'src/domain does not stand above src/application');
  up('src/application/planted.ts', '../http/problem.ts', 'src/application does not stand above src/http');
  up('src/verifying/planted.ts', '../ledger/signers.ts', 'src/verifying does not know src/ledger');
  up('src/projecting/planted.ts', '../store/sqlite.ts', 'src/projecting does not know src/store');
  up('src/planted.ts', './kernel/event.ts', 'stands in no room of the house');
  t.same(plant('src/kernel/planted.ts', './event.ts'), []);
  t.same(plant('src/api/planted.ts', '../http/problem.ts'), []);
});

await test('a feature keeps out of the inside of another', async (t) => {
  const plant = (path: string, imported: string): readonly string[] => wrongImports(planted(path, `import { d } from '${imported}';`));
  t.same(plant('src/api/notices/planted.ts', '../tasks/act-routes.ts'), [
    'src/api/notices/planted.ts imports src/api/tasks/act-routes.ts: notices does not stand above tasks',
  ]);
  t.same(plant('src/domain/tasks/planted.ts', '../compliance/judge.ts'), [
    'src/domain/tasks/planted.ts imports src/domain/compliance/judge.ts: tasks does not stand above compliance',
  ]);
  t.same(plant('src/domain/roster/planted.ts', '../tasks/decide.ts'), [
    'src/domain/roster/planted.ts imports src/domain/tasks/decide.ts: roster does not stand above tasks',
  ]);
  t.same(plant('src/api/planned/planted.ts', '../tasks/act-routes.ts'), [
    'src/api/planned/planted.ts imports src/api/tasks/act-routes.ts: is a feature that the floors do not name',
  ]);
  t.same(plant('src/domain/tasks/planted.ts', './decide.ts'), []);
  t.same(plant('src/domain/notices/planted.ts', '../snapshots/body.ts'), []);
});

await test('what decides, folds, judges, reads or projects asks no clock, no chance and nothing outside', async (t) => {
  t.same(impurities(sources), []);
  const plant = (path: string, text: string): readonly string[] => impurities(planted(path, text));
  const found = [
    'Date.now',
    'new Date()',
    'Math.random',
    'randomUUID',
    'Temporal.Now',
    'fetch(',
    "from 'node:fs'",
    "from 'node:sqlite'",
    "from 'fastify'",
  ];
  t.same(
    plant(
      'src/domain/planted.ts',
      'Date.now(); new Date(); Math.random(); randomUUID(); Temporal.Now.instant(); fetch(url); ' +
        "import { readFileSync } from 'node:fs'; import { DatabaseSync } from 'node:sqlite'; import { fastify } from 'fastify';",
    ),
    found.map((each) => `src/domain/planted.ts: ${each}`),
  );
  t.same(plant('projections/planted.ts', 'const late = due < Date.now();'), ['projections/planted.ts: Date.now']);
  t.same(plant('src/http/planted.ts', 'Date.now()'), [], 'elsewhere the clock is injected or an adapter’s own');
});
