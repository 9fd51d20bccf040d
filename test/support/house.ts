import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The house: which rooms there are, from the ground up, and what each may know. */

/** Source texts by their path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

const ROOT = new URL('../../', import.meta.url);
export const sources: Sources = new Map(
  globSync(['src/**/*.ts', 'projections/**/*.ts', 'seed/**/*.ts'], { cwd: ROOT }).map((path) => [
    path,
    readFileSync(new URL(path, ROOT), 'utf8'),
  ]),
);

/** Rooms of the house, from the ground up. A file imports from its own room and from floors below, never beside it. */
export const HOUSE: readonly (readonly string[])[] = [
  ['src/messages'],
  ['src/kernel', 'src/tlog'],
  ['src/domain', 'src/store', 'src/documents', 'src/sending'],
  ['src/importer', 'src/projecting', 'src/publishing'],
  ['projections', 'src/ledger'],
  ['src/application', 'src/verifying'],
  ['src/http', 'seed'],
  ['src/api'],
  ['src/main'],
];

/** Inside a room that is divided by feature, the same rule again. `.` stands for the files at its top. */
export const INSIDE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'src/domain': [
    ['roster', 'directives', 'returns', 'inspections', 'ledger', 'personal'],
    ['tasks'],
    ['compliance', 'imports'],
    ['snapshots', 'reminders'],
    ['notices'],
    ['.'],
  ],
  'src/api': [
    ['documentation', 'shared'],
    [
      'attachments',
      'compliance',
      'directives',
      'imports',
      'inspections',
      'ledger',
      'log',
      'notices',
      'personal',
      'progress',
      'registers',
      'reminders',
      'returns',
      'roster',
      'snapshots',
      'subscriptions',
      'tasks',
      'tokens',
    ],
    ['.'],
  ],
};

/** Where a room knows more by name than by its floor: nothing of ours but these. */
export const ONLY: Readonly<Record<string, readonly string[]>> = {
  'src/messages': [],
  'src/kernel': ['src/messages'],
  'src/tlog': ['src/kernel', 'src/messages'],
  'src/documents': ['src/kernel', 'src/messages'],
  'src/domain': ['src/kernel', 'src/messages'],
  'src/importer': ['src/kernel', 'src/messages', 'src/domain', 'src/documents'],
  'src/publishing': ['src/kernel', 'src/messages', 'src/domain'],
  'src/store': ['src/kernel', 'src/messages', 'src/tlog/hash.ts', 'src/tlog/bytes.ts'],
  'src/projecting': ['src/kernel', 'src/messages', 'src/tlog/hash.ts', 'src/store/event-store.ts', 'src/store/durable-file.ts'],
  projections: ['src/kernel', 'src/messages', 'src/domain', 'src/projecting', 'src/store/event-store.ts', 'src/tlog/hash.ts'],
  'src/ledger': ['src/kernel', 'src/messages', 'src/tlog', 'src/domain/ledger', 'src/domain/catalogue.ts', 'src/store', 'src/projecting'],
  // What goes out to others, and where it may go: it knows nothing of what is sent.
  'src/sending': ['src/kernel', 'src/messages'],
  // The auditor's side: nothing that signs or serves. What was published is kept in one format by both sides.
  'src/verifying': [
    'src/kernel',
    'src/messages',
    'src/tlog',
    'src/domain',
    'src/store',
    'src/ledger/checkpoint-store.ts',
    'src/publishing/letters',
  ],
};

const FROM = /(?:\bfrom|\bimport|\bimport\s*\(|\bnew URL\s*\()\s*'([^']+)'/gu;

/** What a file imports: paths from the root, or names of modules that are not ours. */
export const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(FROM)].map(([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));

export const OURS = /^(?:src|projections|seed)\//u;
export const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
export const ROOMS = HOUSE.flat();
export const roomOf = (path: string): string | undefined => ROOMS.find((room) => isIn(path, room));
export const floorIn = (floors: readonly (readonly string[])[], room: string): number => floors.findIndex((floor) => floor.includes(room));
/** The feature's folder inside its room, `.` for a file at the room's top. */
export const featureOf = (path: string, room: string): string => {
  const rest = path.slice(room.length + 1);
  return rest.includes('/') ? (rest.split('/')[0] ?? '.') : '.';
};
