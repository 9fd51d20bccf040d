import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'tap';

/**
 * Imports go down only, and what decides is pure. The floors are data; every source file is held to them, and then
 * each rule is shown to find a violation that is planted among the files.
 */

/** Source texts by their path from the root of the repository. */
type Sources = ReadonlyMap<string, string>;

const ROOT = new URL('../', import.meta.url);
const sources: Sources = new Map(
  globSync(['src/**/*.ts', 'projections/**/*.ts', 'seed/**/*.ts'], { cwd: ROOT }).map((path) => [
    path,
    readFileSync(new URL(path, ROOT), 'utf8'),
  ]),
);

/** Rooms of the house, from the ground up. A file imports from its own room and from floors below, never beside it. */
const HOUSE: readonly (readonly string[])[] = [
  ['src/kernel', 'src/tlog'],
  ['src/domain', 'src/store'],
  ['src/importer', 'src/projecting'],
  ['projections', 'src/ledger'],
  ['src/application', 'src/verifying'],
  ['src/http', 'seed'],
  ['src/api'],
  ['src/main'],
];

/** Inside a room that is divided by feature, the same rule again. `.` stands for the files at its top. */
const INSIDE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'src/domain': [
    ['roster', 'directives', 'returns', 'inspections', 'ledger'],
    ['tasks'],
    ['compliance'],
    ['snapshots'],
    ['notices'],
    ['.'],
  ],
  'src/api': [
    ['shared'],
    [
      'attachments',
      'compliance',
      'directives',
      'inspections',
      'ledger',
      'log',
      'notices',
      'registers',
      'returns',
      'roster',
      'snapshots',
      'tasks',
    ],
    ['.'],
  ],
};

/** Where a room knows more by name than by its floor: nothing of ours but these. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  'src/kernel': [],
  'src/tlog': ['src/kernel'],
  'src/domain': ['src/kernel'],
  'src/importer': ['src/kernel', 'src/domain'],
  'src/store': ['src/kernel', 'src/tlog/hash.ts'],
  'src/projecting': ['src/kernel', 'src/tlog/hash.ts', 'src/store/event-store.ts'],
  projections: ['src/kernel', 'src/domain', 'src/projecting', 'src/store/event-store.ts', 'src/tlog/hash.ts'],
  'src/ledger': ['src/kernel', 'src/tlog', 'src/domain/ledger', 'src/domain/catalogue.ts', 'src/store', 'src/projecting'],
  // The auditor's side: nothing that signs or serves. What was published is kept in one format by both sides.
  'src/verifying': ['src/kernel', 'src/tlog', 'src/domain', 'src/store', 'src/ledger/checkpoint-store.ts'],
};

const FROM = /(?:\bfrom|\bimport|\bimport\s*\(|\bnew URL\s*\()\s*'([^']+)'/gu;

/** What a file imports: paths from the root, or names of modules that are not ours. */
const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(FROM)].map(([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));

const OURS = /^(?:src|projections|seed)\//u;
const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
const ROOMS = HOUSE.flat();
const roomOf = (path: string): string | undefined => ROOMS.find((room) => isIn(path, room));
const floorIn = (floors: readonly (readonly string[])[], room: string): number => floors.findIndex((floor) => floor.includes(room));
/** The feature's folder inside its room, `.` for a file at the room's top. */
const featureOf = (path: string, room: string): string => {
  const rest = path.slice(room.length + 1);
  return rest.includes('/') ? (rest.split('/')[0] ?? '.') : '.';
};

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
const IMPURE =
  /\bDate\.now\b|\bnew Date\s*\(\s*\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bTemporal\.Now\b|\bperformance\.now\b|\bprocess\.|\bfetch\s*\(|\bsetTimeout\b|\bfrom '(?:node:(?!crypto')[^']*|fastify[^']*|@fastify[^']*|pino[^']*|@eventstore[^']*)'/gu;

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
      "import { x } from '../c/d.ts';\nexport * from './e.ts';\nimport 'zod';\nawait import('../../projections/f.ts');\nnew URL('g.ts', import.meta.url)",
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
      "Date.now(); new Date(); Math.random(); randomUUID(); Temporal.Now.instant(); fetch(url); import { readFileSync } from 'node:fs'; import { DatabaseSync } from 'node:sqlite'; import { fastify } from 'fastify';",
    ),
    found.map((each) => `src/domain/planted.ts: ${each}`),
  );
  t.same(plant('projections/planted.ts', 'const late = due < Date.now();'), ['projections/planted.ts: Date.now']);
  t.same(plant('src/http/planted.ts', 'Date.now()'), [], 'elsewhere the clock is injected or an adapter’s own');
});
