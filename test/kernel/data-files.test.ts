import { basename } from 'node:path';
import { test } from 'tap';
import { dataFiles, sqliteSideFiles } from '../../src/kernel/data-files.ts';
import { sources, type Sources } from '../support/house.ts';

/** What joins a path onto a data directory, or knows the name of a file in one: `keys` and the like are words of every day. */
const NAMES = Object.values(dataFiles('')).flatMap((path) => (typeof path === 'string' && path.includes('.') ? [basename(path)] : []));
const JOINS = new RegExp(
  `\\b(?:join|resolve)\\(\\s*[\\w.]*data_?dir\\b|\\$\\{[\\w.]*data_?dir\\}/|` +
    `['"\`/](?:${NAMES.map((name) => RegExp.escape(name)).join('|')})\\b`,
  'giu',
);

const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//gu, '').replace(/\/\/.*$/gmu, '');

const joined = (all: Sources): readonly string[] =>
  [...all]
    .filter(([path]) => path !== 'src/kernel/data-files.ts')
    .flatMap(([path, text]) => [...withoutComments(text).matchAll(JOINS)].map(([found]) => `${path}: ${found}`));

// Stated again: a data directory of an earlier version is found as it was left.
await test('everything in a data directory keeps its place', (t) => {
  const { checkpointsBefore, ...files } = dataFiles('/srv/duban');
  t.strictSame(files, {
    log: '/srv/duban/log.sqlite',
    mirror: '/srv/duban/mirror.sqlite',
    mirrorBegun: '/srv/duban/migration.sqlite',
    migratedLog: '/srv/duban/log-migrated.sqlite',
    views: '/srv/duban/views.sqlite',
    checkpoints: '/srv/duban/ledger.sqlite',
    attachments: '/srv/duban/attachments',
    keys: '/srv/duban/keys',
    ledgerKey: '/srv/duban/keys/ledger.key',
    tokenKey: '/srv/duban/keys/auth.json',
    personal: '/srv/duban/personal',
    personalValues: '/srv/duban/personal/values.sqlite',
    outbox: '/srv/duban/outbox',
    outboxQueue: '/srv/duban/outbox/outbox.sqlite',
    revokedTokens: '/srv/duban/keys/revoked',
    lock: '/srv/duban/lock.sqlite',
    lockHolder: '/srv/duban/lock.pid',
  });
  t.equal(checkpointsBefore(281), '/srv/duban/ledger-before-281.sqlite');
  t.strictSame(sqliteSideFiles(files.log), {
    wal: '/srv/duban/log.sqlite-wal',
    shm: '/srv/duban/log.sqlite-shm',
    journal: '/srv/duban/log.sqlite-journal',
  });
  t.end();
});

await test('paths in a data directory are joined in one file', (t) => {
  t.same(joined(sources), []);
  const plant = (text: string): readonly string[] => joined(new Map([['src/main/planted.ts', text]]));
  t.same(plant("join(dataDir, 'new.sqlite'); resolve(config.dataDir, name); `${config.dataDir}/new`;"), [
    'src/main/planted.ts: join(dataDir',
    'src/main/planted.ts: resolve(config.dataDir',
    'src/main/planted.ts: ${config.dataDir}/',
  ]);
  t.same(plant("const log = join(dir, 'log.sqlite'); const key = `${dir}/ledger.key`; // beside lock.pid"), [
    "src/main/planted.ts: 'log.sqlite",
    'src/main/planted.ts: /ledger.key',
  ]);
  t.same(plant('const { log } = dataFiles(dataDir); say(`${dataDir} holds a log: ${log}`);'), []);
  t.end();
});
