import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { seededDir, temporaryDir } from '../support/app.ts';
import { startServer, tokenFor } from '../support/process.ts';

/** The README's program, of other people's tools, on what a real server gives. */

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const PROGRAM = /```python\n(.*?)```/su.exec(README)?.[1] ?? '';
const missing = ['python3', 'openssl'].filter((tool) => spawnSync(tool, ['version']).error !== undefined);
const absent = missing.length > 0 && `missing: Debian packages ${missing.join(', ')}`;

await test('a receipt is checked by thirty lines of Python and openssl, and what is altered does not pass', { skip: absent }, async (t) => {
  t.ok(PROGRAM.split('\n').length - 1 <= 30);
  const dataDir = await seededDir(t);
  const server = await startServer(t, dataDir, { SEED: 'none' });
  const headers = { authorization: `Bearer ${await tokenFor(dataDir, { role: 'auditor' })}` };
  const textOf = async (url: string): Promise<string> => (await fetch(`${server.url}${url}`, { headers })).text();
  const { items } = JSON.parse(await textOf('/v1/log/events?after=300&limit=3')) as {
    readonly items: readonly { event: { id: string } }[];
  };
  const key = await textOf('/v1/ledger/key');
  const dir = temporaryDir(t);
  const program = join(dir, 'check_receipt.py');
  writeFileSync(program, PROGRAM);
  const check = (event: string, proof: string, by = key) => {
    writeFileSync(join(dir, 'event.json'), event);
    writeFileSync(join(dir, 'receipt.proof'), proof);
    return spawnSync('python3', [program, join(dir, 'event.json'), join(dir, 'receipt.proof'), by], { encoding: 'utf8' });
  };
  for (const { event } of items) {
    const [whole, proof] = [await textOf(`/v1/log/events/${event.id}`), await textOf(`/v1/log/events/${event.id}/proof`)];
    const { status, stdout, stderr } = check(whole, proof);
    t.equal(status, 0, stderr);
    t.match(stdout, /^UnitRegistered\.v\d of .* is in /mu);
    t.not(check(whole.replace('"role":"system"', '"role":"office"'), proof).status, 0, 'another event');
    t.not(
      check(
        whole,
        proof.replace(/^index (\d+)$/mu, (_, n) => `index ${Number(n) + 1}`),
      ).status,
      0,
      'another place',
    );
    const [text = '', signature = ''] = proof.split('\n— ');
    const at = signature.length - 20;
    const other = signature[at] === 'A' ? 'B' : 'A';
    t.not(check(whole, `${text}\n— ${signature.slice(0, at)}${other}${signature.slice(at + 1)}`).status, 0, 'another signature');
  }
});

const shellMissing = ['bash', 'curl', 'jq', 'python3', 'openssl'].find((tool) => spawnSync(tool, ['--version']).error !== undefined);

await test(
  'a unit gets by its own token what its receipt is checked by',
  { skip: shellMissing !== undefined && `missing: Debian package ${shellMissing}` },
  async (t) => {
    const [, commands = ''] = /^## Trust no one.*?^```sh\n(.*?)^```$/msu.exec(README) ?? [];
    const helpers = [...README.matchAll(/^(?:T=|get\(\)|post\(\)).*$/gmu)].map(([line]) => line);
    const usage = /^# (python3 check_receipt\.py .*)$/mu.exec(PROGRAM)?.[1] ?? '';
    const dataDir = await seededDir(t);
    const server = await startServer(t, dataDir, { SEED: 'none' });
    const dir = temporaryDir(t);
    writeFileSync(join(dir, 'check_receipt.py'), PROGRAM);
    const unit = await tokenFor(dataDir, { role: 'unit', unit: 'shi-ke-ji-ju' });
    const script = [`B=${server.url}`, `unit=${unit}`, ...helpers, commands, usage].join('\n');
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: dir, encoding: 'utf8', timeout: 60_000 });
    t.equal(status, 0, stderr);
    t.match(stdout, /^ReportSubmitted\.v\d of .* is in /mu);

    const other = await tokenFor(dataDir, { role: 'unit', unit: 'shi-cai-zheng-ju' });
    const { event } = JSON.parse(readFileSync(join(dir, 'event.json'), 'utf8')) as { readonly event: { readonly id: string } };
    const asOther = await fetch(`${server.url}/v1/log/events/${event.id}`, { headers: { authorization: `Bearer ${other}` } });
    t.equal(asOther.status, 404, 'another unit that carries the task has not sent it');
  },
);
