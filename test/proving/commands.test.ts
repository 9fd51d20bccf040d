import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { formatVerifierKey, parsePrivateKey, parseVerifierKey } from '../../src/ledger/index.ts';
import { grow, handClock, logLine, open, temporaryDir } from './fixture.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the program as a person does; what it says goes nowhere else. */
const duban = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, LOG_LEVEL: 'silent', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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

  const [verified, json, unknown, noArgument, neither, badPolicy, badSkew] = await Promise.all([
    duban(['verify', at('bundle'), '--state', at('state')]),
    duban(['verify', at('bundle'), '--state', at('state-json'), '--json']),
    duban(['verify', at('nowhere')]),
    duban(['verify']),
    duban(['verify', root]),
    duban(['verify', at('bundle'), '--policy', join(root, 'bundle', 'keys')]),
    duban(['verify', at('bundle'), '--skew', 'soon']),
  ]);
  t.match(verified, { code: 0, out: /30 events in \d+ streams[\s\S]*\nverified\n$/u });
  t.match(JSON.parse(json?.out ?? ''), { ok: true, size: 30, faults: [] });
  for (const [ran, says] of [[unknown, /there is no/u], [noArgument, /is expected/u], [neither, /neither a bundle nor a data directory/u], [badPolicy, /is no policy/u], [badSkew, /--skew/u]] as const)
    t.match(ran, { code: 2, out: '', err: says });

  cpSync(at('bundle'), at('damaged'), { recursive: true });
  const entries = at('damaged/tile/entries/000.p/30');
  writeFileSync(entries, readFileSync(entries, 'latin1').replace('"subject":"record-4"', '"subject":"record-5"'), 'latin1');
  const damaged = await duban(['verify', at('damaged'), '--state', at('state')]);
  t.match(damaged, { code: 1, out: /NOT VERIFIED: @\d+ tile: tile\/0\/000\.p\/30: hash \d+ is not that of the entry/u });
  t.notMatch(damaged.out, 'evidence', 'a file that is damaged is no evidence against the log');
  t.match(await duban(['verify', at('older'), '--state', at('state')]), { code: 1, out: /history: .* a checkpoint of size 30 is remembered, but the log shown has 20 events/u });

  const restored = await duban(['restore', '--from', at('bundle')], { DATA_DIR: at('older') });
  t.match(restored, { code: 0 });
  t.match(JSON.parse(restored.out), { added: 10, size: 30, checkpoints: 1 });
  t.match(await duban(['restore', '--from', at('damaged')], { DATA_DIR: at('older') }), { code: 1, err: /does not hold: @/u });

  const rotated = await duban(['rotate-key', '--reason', '例行更换', '--authority', '办公室'], env);
  t.match(rotated, { code: 0, err: /Give the new key/u });
  const { key, position } = JSON.parse(rotated.out) as { key: string; position: number }; // as it was just printed
  t.equal(position, 31);
  t.ok(parseVerifierKey(key).ok);
  t.equal((await duban(['rotate-key', '--reason', 'x'], env)).code, 2);
  t.match(await duban(['verify', at('data'), '--state', at('state')]), { code: 0, out: new RegExp(key.replaceAll(/[+.]/gu, '\\$&'), 'u') });

  rmSync(at('older/log.sqlite'));
  rmSync(at('older/views.sqlite'));
  const restarted = await duban(['restore', '--new-incarnation', '--reason', '机房失火', '--authority', '市政府', '--checkpoint', at('bundle/checkpoint')], { DATA_DIR: at('older') });
  t.match(restarted, { code: 0 });
  t.match(JSON.parse(restarted.out), { position: 1, origin: /\/2$/u, lost: { from: 1, to: 30 } });
  t.match(await duban(['verify', at('older'), '--state', at('state')]), { code: 0, out: /restart +@1, before that .*, of which 1 to 30 are lost: 机房失火/u });
  for (const args of [['restore'], ['restore', '--from', at('bundle'), '--new-incarnation'], ['restore', '--new-incarnation', '--reason', 'x']]) t.equal((await duban(args, env)).code, 2, args.join(' '));
});

await test('a task’s file, and a witness, from the command line', async (t) => {
  const root = temporaryDir(t);
  const clock = handClock();
  const log = open(t, join(root, 'data'), clock);
  await grow(log, clock, 3);
  await log.close();
  const env = { DATA_DIR: join(root, 'data') };
  const file = join(root, 'task.json');
  t.match(await duban(['export', '--task', 'no-such-task', '--out', file], env), { code: 1, err: /task-no-such-task: has no events/u });
  t.equal((await duban(['export', '--task', 'Not An Id', '--out', file], env)).code, 2);
  t.equal((await duban(['export', '--from', 'ftp://x', '--out', file], env)).code, 2);
  t.match(await duban(['export', '--from', 'http://127.0.0.1:9', '--out', file], env), { code: 1, err: /cannot be read: /u });
  writeFileSync(file, '{"format":"duban-task/1"}\n');
  t.match(await duban(['verify', file]), { code: 1, out: /is not as duban-task\/1 writes it/u });

  const policy = join(root, 'logs');
  writeFileSync(policy, `${logLine(log.services.ledger.verifierKeys[0] ?? '')}quorum none\n`);
  const key = join(root, 'witness.key');
  const args = ['witness', '--listen', '127.0.0.1:0', '--key', key, '--logs', policy, '--state', join(root, 'witness.sqlite')];
  const child = spawn(process.execPath, [CLI, ...args, '--new-key', 'w.example'], { stdio: ['ignore', 'pipe', 'pipe'] });
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
  t.match(await duban([...args, '--new-key', 'v.example']), { code: 2, err: /a key is not replaced/u });
  t.equal((await duban(args.with(2, 'everywhere'))).code, 2);
  t.match(await duban(args.with(6, join(root, 'nowhere'))), { code: 1, err: /ENOENT/u });
});
