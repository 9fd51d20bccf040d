import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { exportCommand } from '../../src/main/commands/export.ts';
import { Failed, UsageError, type Command } from '../../src/main/commands/kit.ts';
import { restoreCommand } from '../../src/main/commands/restore.ts';
import { rotateKeyCommand } from '../../src/main/commands/rotate-key.ts';
import { verifyCommand } from '../../src/main/commands/verify.ts';
import { witnessCommand } from '../../src/main/commands/witness.ts';
import { readConfig, type Config } from '../../src/main/config.ts';
import { formatPrivateKey, formatVerifierKey, generateKey, parsePrivateKey, parseVerifierKey } from '../../src/tlog/index.ts';
import { fileIn, grow, handClock, logLine, open, temporaryDir } from './fixture.ts';

const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the program as a person does; what it says goes nowhere else. */
const duban = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, LC_ALL: 'C', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};

await test('a log is exported, verified, lost, restored and given another key from the command line', async (t) => {
  const root = temporaryDir(t);
  const at = (name: string): string => join(root, name);
  const clock = handClock();
  const log = open(t, at('data'), clock);
  await grow(log, clock, 20);
  await log.close();
  cpSync(at('data'), at('older'), { recursive: true });
  const longer = open(t, at('data'), clock);
  await grow(longer, clock, 10);
  longer.services.ledger.seal();
  await longer.close();
  const env = { DATA_DIR: at('data') };

  const first = await duban(['export', '--out', at('bundle')], env);
  t.match(first, { code: 0, err: '' });
  t.match(JSON.parse(first.out), { from: 0, size: 30, checkpoints: 2 });

  t.match(await duban(['verify', at('bundle'), '--state', at('state')]), { code: 0, out: /30 events in \d+ streams[\s\S]*\nverified\n$/u });
  t.match(await duban(['verify', join(root, 'nowhere')]), { code: 2, out: '', err: /there is no/u });

  cpSync(at('bundle'), at('damaged'), { recursive: true });
  const entries = at('damaged/tile/entries/000.p/30');
  writeFileSync(entries, readFileSync(entries, 'latin1').replace('"subject":"record-4"', '"subject":"record-5"'), 'latin1');
  const damaged = await duban(['verify', at('damaged'), '--state', at('state')]);
  t.match(damaged, { code: 1, out: /NOT VERIFIED: @\d+ tile: tile\/0\/000\.p\/30: hash \d+ is not that of the entry/u });
  t.notMatch(damaged.out, 'evidence', 'a file that is damaged is no evidence against the log');
  const older = await duban(['verify', at('older'), '--state', at('state'), '--json']);
  t.equal(older.code, 1);
  t.match(JSON.parse(older.out), {
    ok: false,
    size: 20,
    remembered: 30,
    faults: [{ check: 'history', position: 21, detail: /a checkpoint of size 30 is remembered, but the log shown has 20 events/u }],
  });

  const restored = await duban(['restore', '--from', at('bundle')], { DATA_DIR: at('older') });
  t.match(restored, { code: 0 });
  t.match(JSON.parse(restored.out), { added: 10, size: 30, checkpoints: 1 });

  const rotated = await duban(['rotate-key', '--reason', '例行更换', '--authority', '办公室'], env);
  t.match(rotated, { code: 0, err: /Give the new key/u });
  const { key, position } = JSON.parse(rotated.out) as { key: string; position: number }; // as it was just printed
  t.equal(position, 31);
  t.ok(parseVerifierKey(key).ok);
  t.match(await duban(['verify', at('data'), '--state', at('state')]), { code: 0, out: new RegExp(key.replaceAll(/[+.]/gu, '\\$&'), 'u') });

  rmSync(at('older/log.sqlite'));
  rmSync(at('older/views.sqlite'));
  const restarted = await duban(
    ['restore', '--new-incarnation', '--reason', '机房失火', '--authority', '市政府', '--checkpoint', at('bundle/checkpoint')],
    { DATA_DIR: at('older') },
  );
  t.match(restarted, { code: 0 });
  t.match(JSON.parse(restarted.out), { position: 1, origin: /\/2$/u, lost: { from: 1, to: 30 } });
  t.match(await duban(['verify', at('older'), '--state', at('state')]), {
    code: 0,
    out: /restart +@1, before that .*, of which 1 to 30 are lost: 机房失火/u,
  });
});

const failureOf = async (
  command: Command,
  args: readonly string[],
  config: Config,
): Promise<{ readonly kind: string; readonly message: string }> => {
  try {
    return { kind: 'none', message: String(await command(args, config)) };
  } catch (error) {
    const kind = error instanceof UsageError ? 'usage' : error instanceof Failed ? 'failed' : 'other';
    return { kind, message: error instanceof Error ? error.message : String(error) };
  }
};

await test('what is not said as it should be is refused before anything is done', async (t) => {
  const root = temporaryDir(t);
  const dataDir = join(root, 'data');
  const clock = handClock();
  const log = open(t, dataDir, clock);
  await grow(log, clock, 3);
  await log.close();
  const out = join(root, 'out');
  const config = readConfig({ DATA_DIR: dataDir });
  const empty = readConfig({ DATA_DIR: join(root, 'empty') });
  const logs = fileIn(root, 'logs', `${logLine(log.services.ledger.verifierKeys()[0] ?? '')}quorum none\n`);
  const none = fileIn(root, 'none', 'quorum none\n');
  const key = join(root, 'witness.key');
  const witness = ['--listen', '127.0.0.1:0', '--key', key, '--logs', logs, '--state', join(root, 'witness.sqlite')];
  const usage: readonly (readonly [Command, readonly string[], RegExp])[] = [
    [verifyCommand, [], /is expected/u],
    [verifyCommand, [root], /neither a bundle nor a data directory/u],
    [verifyCommand, [dataDir, 'more'], /more is not expected/u],
    [verifyCommand, [dataDir, '--policy', key], /ENOENT/u],
    [verifyCommand, [dataDir, '--policy', join(dataDir, 'keys', 'ledger.key')], /is no policy/u],
    [verifyCommand, [dataDir, '--skew', 'soon'], /--skew/u],
    [verifyCommand, [dataDir, '--task', 'Not An Id'], /--task/u],
    [verifyCommand, ['http://'], /is no address/u],
    [exportCommand, [], /--out is required/u],
    [exportCommand, ['--out', out, '--task', 'Not An Id'], /--task/u],
    [exportCommand, ['--out', out, '--from', 'ftp://x'], /--from/u],
    [restoreCommand, [], /either --from/u],
    [restoreCommand, ['--from', out, '--new-incarnation'], /either --from/u],
    [restoreCommand, ['--new-incarnation', '--reason', 'x'], /--authority is required/u],
    [restoreCommand, ['--new-incarnation', '--reason', 'x', '--authority', 'y', '--origin', 'two words'], /--origin/u],
    [rotateKeyCommand, ['--reason', 'x'], /--authority is required/u],
    [witnessCommand, witness.with(1, 'everywhere'), /--listen/u],
    [witnessCommand, witness.with(1, '127.0.0.1:70000'), /--listen/u],
    [witnessCommand, witness.with(5, none), /names no log/u],
    [witnessCommand, [...witness, '--new-key', 'two words'], /--new-key/u],
    [
      witnessCommand,
      [...witness.with(3, fileIn(root, 'held', formatPrivateKey(generateKey('w.example', 'cosignature')))), '--new-key', 'v.example'],
      /a key is not replaced/u,
    ],
  ];
  for (const [command, args, message] of usage)
    t.match(await failureOf(command, args, config), { kind: 'usage', message }, `${command.name} ${args.join(' ')}`);
  const failures: readonly (readonly [Command, readonly string[], Config, RegExp])[] = [
    [exportCommand, ['--out', out, '--task', 'no-such-task'], config, /task-no-such-task: has no events/u],
    [exportCommand, ['--out', out, '--from', 'http://127.0.0.1:9'], config, /cannot be read: /u],
    [exportCommand, ['--out', out], empty, /cannot be opened/u],
    [rotateKeyCommand, ['--reason', 'x', '--authority', 'y'], empty, /nothing was signed yet/u],
    [restoreCommand, ['--new-incarnation', '--reason', 'x', '--authority', 'y'], empty, /nothing to go on from/u],
    [restoreCommand, ['--from', root], config, /does not hold: bundle: bundle\.json: is missing/u],
  ];
  for (const [command, args, settings, message] of failures)
    t.match(await failureOf(command, args, settings), { kind: 'failed', message }, `${command.name} ${args.join(' ')}`);
  t.notOk(existsSync(out));
});

await test('a witness, from the command line', async (t) => {
  const root = temporaryDir(t);
  const clock = handClock();
  const log = open(t, join(root, 'data'), clock);
  await log.close();
  const policy = join(root, 'logs');
  writeFileSync(policy, `${logLine(log.services.ledger.verifierKeys()[0] ?? '')}quorum none\n`);
  const key = join(root, 'witness.key');
  const args = ['witness', '--listen', '127.0.0.1:0', '--key', key, '--logs', policy, '--state', join(root, 'witness.sqlite')];
  const child = spawn(process.execPath, [CLI, ...args, '--new-key', 'w.example'], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const errors = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const vkey = String((await lines.next()).value);
  const url = /listening on (http:\S+)/u.exec(String((await errors.next()).value))?.[1] ?? '';
  const made = parsePrivateKey(readFileSync(key, 'utf8'));
  t.equal(made.ok && formatVerifierKey(made.value), vkey, 'it prints the key that others need');
  t.match(vkey, /^w\.example\+/u);
  t.equal(statSync(key).mode & 0o777, 0o600);
  t.equal((await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'hello' })).status, 400);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  t.equal(code, 0);
});
