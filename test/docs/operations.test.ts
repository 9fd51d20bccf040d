import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { DEFAULT_BODY_LIMIT } from '../../src/http/kit.ts';
import { readConfig } from '../../src/main/config.ts';
import { limitSettings } from '../../src/main/limit-settings.ts';
import { runProgram } from '../support/process.ts';

/** docs/operations.md tells of the settings, commands and metrics that there are. */

/** Limits to which 300 is no value. */
const OTHERS: Readonly<Record<string, string>> = {
  TRUSTED_PROXIES: '10.0.0.1,fd00::/8',
  STREAM_STALL: '7s',
  HEADERS_TIMEOUT: '7s',
  REQUEST_TIMEOUT: '7s',
  JSON_DEPTH: '8',
  PAGE_BYTES: '4096',
};

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const page = read('docs/operations.md');

const sectionOf = (heading: string): string => page.slice(page.indexOf(`## ${heading}\n`)).split('\n## ', 1)[0] ?? '';

/** Rows of the table under a heading: the name in the first cell, and what the second says. */
const rowsUnder = (heading: string): readonly (readonly [name: string, second: string])[] =>
  [...sectionOf(heading).matchAll(/^\| `([\w-]+)` \| ([^|]*) \|/gmu)].map(([, name = '', second = '']) => [name, second]);

await test('the settings are those that are read, with their defaults', async (t) => {
  const settings = rowsUnder('Settings');
  const known = [...read('src/main/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gmu)].map(([, name = '']) => name);
  t.ok(known.length > 10);
  t.same(settings.map(([name]) => name).toSorted(), known.toSorted());
  const { limits: _limits, ...others } = readConfig({});
  const defaults = new Map(Object.entries(others).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, shown] of settings) {
    const key = name.replaceAll('_', '').toLowerCase();
    t.ok(defaults.has(key), name);
    const value = name === 'BODY_LIMIT' ? DEFAULT_BODY_LIMIT : defaults.get(key);
    t.equal(shown, value === undefined ? '–' : `\`${String(value)}\``, name);
  }
});

/** As it is written in the settings: what is kept in ms is given in seconds or minutes. */
const written = (name: string, shown: string): Record<string, string> => ({ [name]: shown.replaceAll('`', '') });

await test('the limits are those that can be set, with their defaults', async (t) => {
  const limits = rowsUnder('What one client may take');
  t.same(limits.map(([name]) => name).toSorted(), Object.keys(limitSettings).toSorted());
  const { limits: defaults } = readConfig({});
  for (const [name, shown] of limits)
    if (shown !== '–') t.same(readConfig(written(name, shown)).limits, defaults, `${name} is ${shown} by default`);
  for (const [name] of limits) t.notSame(readConfig({ [name]: OTHERS[name] ?? '300' }).limits, defaults, `${name} is heard`);
});

await test('the commands are those that the program has', async (t) => {
  const { stdout } = await runProgram(t, ['help'], {});
  const commands = [...stdout.matchAll(/^ {2}([a-z][\w-]*)/gmu)].map(([, name = '']) => name);
  t.same(
    rowsUnder('Commands')
      .map(([name]) => name)
      .toSorted(),
    [...new Set(commands)].toSorted(),
  );
});

await test('the metrics are those that are measured', async (t) => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(read).join('\n');
  const measured = new Set([...sources.matchAll(/'(duban_\w+)'/gu)].map(([, name]) => name));
  t.ok(measured.size > 5);
  t.same(new Set([...page.matchAll(/`(duban_\w+)`/gu)].map(([, name]) => name)), measured);
});

await test('the service starts with the Node that npm ci brings', async (t) => {
  const [, command = ''] = /^ExecStart=(.*) serve$/mu.exec(page) ?? [];
  const [node = '', program = ''] = command.replace('/opt/duban/', fileURLToPath(ROOT)).split(' ');
  t.match(spawnSync(node, [program, '--version'], { cwd: fileURLToPath(ROOT), encoding: 'utf8' }), { status: 0, stdout: /^duban 0\./u });
});
