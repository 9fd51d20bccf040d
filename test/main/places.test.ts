import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { fileSource } from '../../src/http/key-source.ts';
import { loadLocalKey } from '../../src/http/local-key.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { readKeyFile } from '../../src/ledger/key-file.ts';
import { readPinned } from '../../src/ledger/pinned-checkpoints.ts';
import { readPolicy } from '../../src/ledger/policy-file.ts';
import { readConfig } from '../../src/main/config.ts';
import { readNoticeTemplate } from '../../src/main/notice-template.ts';
import { plainWords } from '../../src/main/plain-words.ts';
import { lockDataDir } from '../../src/store/data-lock.ts';
import { noSmallDisk, smallDisk } from '../drill/small-disk.ts';
import { temporaryDir } from '../support/app.ts';
import { runProgram } from '../support/process.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** A place that is of no use is said in one sentence, with its path and what to do, and at once. */

const refusalOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

const saidOf = (...what: Parameters<typeof plainWords>): string | undefined => {
  const words = plainWords(...what);
  return words && inEnglish(words);
};

const wordsAt = (dataDir: string): string | undefined =>
  saidOf(
    refusalOf(() => lockDataDir(dataDir).release()),
    readConfig({ DATA_DIR: dataDir }),
  );

/** What stands in a directory for every way in which a path can be wrong. */
const badPlaces = (dir: string) => {
  const at = (name: string): string => join(dir, name);
  writeFileSync(at('file'), 'not what is wanted');
  mkdirSync(at('directory'));
  symlinkSync(at('nowhere'), at('dangling'));
  symlinkSync(at('loop'), at('loop'));
  execFileSync('mkfifo', [at('pipe')]);
  writeFileSync(at('huge'), '');
  truncateSync(at('huge'), 2 ** 31);
  return at;
};

await test('a data directory that cannot be one', async (t) => {
  const at = badPlaces(temporaryDir(t));
  const SET = ': set DATA_DIR to a directory that this user can write';
  const long = 'x'.repeat(300);
  const places: readonly (readonly [string, string])[] = [
    ['/proc/duban', 'cannot be made: /proc takes no directories'],
    ['/proc/1/duban/x', 'cannot be made: /proc/1/duban cannot be made: /proc/1 takes no directories'],
    ['/dev/null', 'is not a directory (EEXIST)'],
    ['/dev/null/x', 'cannot be made: /dev/null is not a directory (EEXIST)'],
    [at('file'), 'is not a directory (EEXIST)'],
    [at('file/a/b'), `cannot be made: ${at('file')} is not a directory (EEXIST)`],
    [at('pipe'), 'is not a directory (EEXIST)'],
    [at('dangling'), `is a link to ${at('nowhere')}, which is not there (ENOENT)`],
    [at('dangling/x'), `cannot be made: ${at('dangling')} is a link to ${at('nowhere')}, which is not there (ENOENT)`],
    [at('loop'), 'is a link that leads back to itself (ELOOP)'],
    [at(`deep/${'abcdefgh/'.repeat(60)}`), 'is too long a path: that of a data directory may have 460 bytes'],
  ];
  for (const [place, words] of places) t.ok(wordsAt(place)?.endsWith(`${words}${SET}`), `${place.slice(0, 60)}: ${wordsAt(place)}`);
  t.match(wordsAt(at(long)), /xxx…xxx.* is too long a path \(ENAMETOOLONG\): set DATA_DIR/u);
  t.ok((wordsAt(at('y/'.repeat(5000))) ?? '').length < 500, 'of a path without end its two ends are shown');
  t.match(wordsAt('/sys/duban'), /^\/sys\/duban (?:may not be used by this user|cannot be written).*: set DATA_DIR/u);
  t.equal(wordsAt(at('new/one')), undefined, 'and one that is not there yet is made');
});

await test('a data directory on a read-only file system', { skip: noSmallDisk() ?? false }, async (t) => {
  const disk = smallDisk({ life: t, dir: temporaryDir(t) }, 1);
  mkdirSync(join(disk.path, 'there'));
  disk.readOnly(true);
  for (const name of ['missing', 'there', 'a/b'])
    t.match(
      wordsAt(join(disk.path, name)),
      /cannot be written: its file system is mounted read-only \(EROFS\): set DATA_DIR to a directory/u,
    );
});

await test('something else in the place of a file of the data directory', async (t) => {
  for (const kind of ['log', 'views', 'checkpoints', 'tokenKey', 'personalValues', 'lock'] as const) {
    const dir = temporaryDir(t);
    mkdirSync(dataFiles(dir)[kind], { recursive: true });
    t.equal(wordsAt(dir), `${dataFiles(dir)[kind]} is not a file: bring the right one, or move it away`);
  }
  for (const kind of ['keys', 'attachments', 'personal'] as const) {
    const dir = temporaryDir(t);
    writeFileSync(dataFiles(dir)[kind], '');
    t.equal(wordsAt(dir), `${dataFiles(dir)[kind]} is not a directory (EEXIST): bring the right one, or move it away`);
  }
  const dir = temporaryDir(t);
  mkdirSync(join(dir, 'keys'));
  writeFileSync(dataFiles(dir).tokenKey, '{');
  await t.rejects(loadLocalKey(dir), { message: `${dataFiles(dir).tokenKey} does not hold an Ed25519 private key (JWK)` });
});

await test('a file that a setting names', async (t) => {
  const at = badPlaces(temporaryDir(t));
  const readers: Readonly<Record<string, (path: string) => unknown>> = {
    LEDGER_KEY: (path) => readKeyFile(path, 'ed25519'),
    LEDGER_POLICY: readPolicy,
    LEDGER_REMEMBERED: (path) => readPinned(path, 'here', []),
    NOTICE_TEMPLATE: readNoticeTemplate,
  };
  const always: readonly (readonly [string, RegExp])[] = [
    [at('pipe'), /is a pipe or a device, not a file/u],
    ['/dev/zero', /is a pipe or a device, not a file/u],
    [at('huge'), /is longer than 4194304 bytes/u],
  ];
  const besides: readonly (readonly [string, RegExp])[] = [
    [at('missing'), /is not there/u],
    [at('dangling'), /is a link to \S+, which is not there/u],
    [at('loop'), /is a link that leads back to itself/u],
    [at('file/x'), /cannot be there: a part of the path is a file/u],
    [at('z'.repeat(300)), /is too long a path/u],
  ];
  for (const [setting, read] of Object.entries(readers)) {
    const isDirectoryToo = setting === 'LEDGER_REMEMBERED' ? [] : [[at('directory'), /is a directory, not a file/u] as const];
    // Where no key is, its reader says so in its own words.
    const cases = [...always, ...isDirectoryToo, ...(setting === 'LEDGER_KEY' ? [] : besides)];
    for (const [path, words] of cases) {
      const said = saidOf(
        refusalOf(() => read(path)),
        readConfig({ [setting]: path }),
      );
      t.match(said, words, `${setting} ${path.slice(-20)}`);
      t.match(said, new RegExp(`: mend it, or set ${setting} to a file that this user can read$`, 'u'));
    }
    const unfit = refusalOf(() => read(at('file')));
    t.ok(unfit instanceof Error && unfit.name !== 'Error', `${setting}: what it holds is of no use, and no stack is shown for that`);
  }
  for (const [path, words] of [...always.slice(0, 2), ...besides])
    await t.rejects(fileSource(path).read(), words, `AUTH_JWKS ${path.slice(-20)}`);
});

await test('the program says it, and ends at once', async (t) => {
  const dir = temporaryDir(t);
  const at = badPlaces(dir);
  const data = { DATA_DIR: join(dir, 'data'), SEED: 'none', PORT: '0', LOG_LEVEL: 'silent' };
  const cases: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
    [['serve'], { ...data, DATA_DIR: '/proc/duban' }],
    [['token', '--role', 'office'], { DATA_DIR: '/proc/duban' }],
    [['rebuild'], { DATA_DIR: at('dangling') }],
    [['serve'], { ...data, AUTH_JWKS: at('pipe'), AUTH_AUDIENCE: 'duban' }],
    [['serve'], { ...data, LEDGER_POLICY: at('file') }],
    [['serve'], { ...data, LEDGER_KEY: at('pipe') }],
  ];
  await Promise.all(
    cases.map(async ([args, env], n) => {
      const begun = performance.now();
      const ended = await runProgram(t, args, { ...env, ...(env['DATA_DIR'] === data.DATA_DIR && { DATA_DIR: join(dir, `data-${n}`) }) });
      t.match(ended, { code: 1, stdout: '', stderr: /^[^\n]+: (?:set|mend it, or set|bring) [^\n]+\n$/u }, JSON.stringify(env));
      t.ok(performance.now() - begun < 30_000);
    }),
  );
});
