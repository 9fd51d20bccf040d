import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import {
  createFile,
  linkDurably,
  makeDirectory,
  PRIVATE,
  removeDurably,
  renameDurably,
  replaceFile,
} from '../../src/store/durable-file.ts';
import { sources, type Sources } from '../support/house.ts';
import { temporaryDir } from './temporary-dir.ts';

const CHILD = fileURLToPath(new URL('children/interrupted.ts', import.meta.url));
const OLD = 'old'.repeat(50_000);
const NEW = 'new'.repeat(40_000);

type Run = { readonly ended: number | null; readonly calls: readonly string[] };

/** Runs the operation in a process of its own, interrupted at its nth call, or not at all with 0. */
const run = (operation: 'create' | 'replace', path: string, how: 'kill' | 'fail', at: number): Run => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, operation, path, NEW, how, String(at)], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return { ended: status, calls: stdout === '' ? [] : (JSON.parse(stdout) as readonly string[]) };
};

const contentOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
const draftsIn = (dir: string): readonly string[] => readdirSync(dir).filter((name) => name.startsWith('.'));

await test('a file is synced before it has its name, and its name before anybody is told', async (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  for (const [operation, word] of [
    ['create', 'link'],
    ['replace', 'rename'],
  ] as const) {
    const path = join(dir.path, operation, 'deep', 'file');
    const { calls, ended } = run(operation, path, 'kill', 0);
    t.equal(ended, 0);
    const draft = calls.find((call) => call.startsWith('write '))?.slice('write '.length) ?? '';
    t.equal(dirname(draft), dirname(path));
    const named = calls.indexOf(`${word} ${draft} ${path}`);
    const at = (call: string): number => calls.indexOf(call);
    t.ok(at(`write ${draft}`) < at(`sync ${draft}`) && at(`sync ${draft}`) < named, 'its bytes before its name');
    t.ok(calls.lastIndexOf(`sync ${dirname(path)}`) > named, 'then its name');
    for (const above of [dir.path, join(dir.path, operation)]) {
      const synced = calls.indexOf(`sync ${above}`);
      t.ok(synced > 0 && synced < named, 'directories that were made for it have durable names before that');
    }
    t.same(draftsIn(dirname(path)), []);
  }
});

for (const operation of ['create', 'replace'] as const)
  for (const how of ['kill', 'fail'] as const)
    await test(`${operation}: whatever call it is ${how === 'kill' ? 'killed at' : 'failed by'}, the file is whole`, async (t) => {
      const dir = temporaryDir();
      t.teardown(dir.remove);
      const seen = new Set<string>();
      let at = 1;
      for (let done = false; !done; at += 1) {
        const folder = join(dir.path, String(at));
        const path = join(folder, 'file');
        mkdirSync(folder);
        const before = operation === 'replace' ? OLD : undefined;
        if (before !== undefined) writeFileSync(path, before);
        const { ended, calls } = run(operation, path, how, at);
        done = ended === 0;
        const content = contentOf(path);
        seen.add(content === NEW ? 'new' : 'old');
        if (content !== before && content !== NEW) t.fail(`${at}: it is neither what it was nor what it becomes`);
        if (done) t.equal(content, NEW);
        if (how === 'fail' && !calls.at(-1)?.startsWith('rm ')) t.same(draftsIn(folder), [], `${at}: no draft is left`);
        // Whatever was left there is in nobody's way.
        replaceFile(path, 'next');
        t.equal(contentOf(path), 'next');
      }
      t.ok(at > 8, `${at} calls`);
      t.same([...seen], ['old', 'new'], 'up to the moment at which it has its name it is as it was');
    });

await test('where the name cannot be given what is there stays, and nothing is left beside it', (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const path = join(dir.path, 'taken');
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), OLD);
  t.throws(() => replaceFile(path, NEW), /EISDIR|ENOTEMPTY|EEXIST/u);
  t.equal(contentOf(join(path, 'inside')), OLD);
  t.same(readdirSync(dir.path), ['taken']);
  t.throws(() => replaceFile(join(path, 'inside', 'file'), NEW), /ENOTDIR|EEXIST/u, 'a file is no directory');
  t.end();
});

await test('what is there first stands', (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const path = join(dir.path, 'keys', 'key');
  t.equal(createFile(path, OLD, PRIVATE), true);
  t.equal(createFile(path, NEW, PRIVATE), false);
  t.equal(contentOf(path), OLD);
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  t.same(draftsIn(dirname(path)), []);
  t.end();
});

await test('a draft lies where it is asked to, and files are moved, linked and removed by name', (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const at = (name: string): string => join(dir.path, name);
  t.throws(() => replaceFile(at('a/file'), NEW, { draftIn: at('nowhere') }), { code: 'ENOENT' });
  replaceFile(at('a/file'), Buffer.from(NEW), { draftIn: dir.path });
  makeDirectory(at('b/c'));
  makeDirectory(at('b/c'));
  renameDurably(at('a/file'), at('b/c/file'));
  t.equal(linkDurably(at('b/c/file'), at('linked')), true);
  t.equal(linkDurably(at('b/c/file'), at('linked')), false);
  removeDurably(at('b/c/file'));
  removeDurably(at('b/c/file'));
  t.notOk(existsSync(at('b/c/file')));
  t.equal(contentOf(at('linked')), NEW);
  t.throws(() => renameDurably(at('nothing'), at('x')), { code: 'ENOENT' });
  t.throws(() => linkDurably(at('nothing'), at('x')), { code: 'ENOENT' });
  t.end();
});

await test('nothing else renames, links or syncs by name', (t) => {
  // What `file.sync()` of an open file does is not of this kind: it gives nothing a name.
  const NAMING = /import \{[^}]*\b(?:rename|renameSync|link|linkSync|fsync|fsyncSync)\b[^}]*\} from 'node:fs(?:\/promises)?'/u;
  const naming = (all: Sources): readonly string[] => [...all].flatMap(([path, text]) => (NAMING.test(text) ? [path] : []));
  t.same(naming(sources), ['src/store/durable-file.ts']);
  t.same(naming(new Map([['src/main/planted.ts', "import { readFile, rename } from 'node:fs/promises';"]])), ['src/main/planted.ts']);
  t.end();
});
