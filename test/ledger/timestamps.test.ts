import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { systemClock, type Clock } from '../../src/kernel/clock.ts';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { readTimestampReply, timestampRequest } from '../../src/tlog/timestamp.ts';
import { stampedHash } from '../../src/ledger/timestamper.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { serveHttp } from '../support/serve-http.ts';
import { eventually, fileIn, grow, handClock, open, temporaryDir } from './fixture.ts';

const openssl = (args: readonly string[], options: { readonly cwd?: string } = {}) => spawnSync('openssl', args, options);

/** An authority of openssl's, with a certificate of its own. */
const authority = (t: Test) => {
  const dir = temporaryDir(t);
  const made = openssl(
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      'tsa.key',
      '-out',
      'tsa.pem',
      '-subj',
      '/CN=tsa.example',
      '-days',
      '3650',
      '-addext',
      'extendedKeyUsage=critical,timeStamping',
    ],
    { cwd: dir },
  );
  if (made.status !== 0) throw new Error(made.stderr.toString('utf8'));
  fileIn(dir, 'serial', '01\n');
  const config = [
    '[tsa]',
    'default_tsa = authority',
    '[authority]',
    `serial = ${join(dir, 'serial')}`,
    'default_policy = 1.2.3.4.1',
    'digests = sha256',
    'signer_digest = sha256',
    '',
  ];
  fileIn(dir, 'tsa.cnf', config.join('\n'));
  const at = (name: string): string => join(dir, name);
  const command = `openssl ts -reply -config ${at('tsa.cnf')} -queryfile "$1" -signer ${at('tsa.pem')} -inkey ${at('tsa.key')} -out "$2"`;
  const reply = (request: Uint8Array): Buffer => {
    const files = [fileIn(dir, 'query', ''), at('reply')] as const;
    writeFileSync(files[0], request);
    spawnSync('sh', ['-c', command, 'sh', ...files]);
    return readFileSync(files[1]);
  };
  return { command, reply, certificates: at('tsa.pem') };
};

/** The same over HTTP. */
const served = async (t: Test, reply: (request: Uint8Array) => Buffer): Promise<string> => {
  const url = await serveHttp(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.writeHead(request.headers['content-type'] === 'application/timestamp-query' ? 200 : 415).end(reply(Buffer.concat(chunks))),
    );
  });
  return `${url}/`;
};

const verify = (dir: string, certificates?: string, clock: Clock = systemClock): Promise<Report> =>
  verifyLog({ kind: 'bundle', dir }, { memoryOf: undefined, skew: 60_000, certificates, clock });

const missing = openssl(['version']).status === 0 ? false : 'openssl is not here';

/** Every so many bytes of a stamp are changed: each time openssl is asked. */
const SWEEP = 67;

await test('once a day a checkpoint is time-stamped, and openssl bears it out', { skip: missing }, async (t) => {
  const { command, certificates } = authority(t);
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock, { authority: command });
  const { ledger, checkpointStore } = duban.services;
  await grow(duban, clock, 12);
  ledger.seal();
  await eventually('it is stamped', () => checkpointStore.lastStamp() !== undefined);
  const first = checkpointStore.lastStamp()?.size ?? 0;
  clock.advance(3_600_000);
  await grow(duban, clock, 12);
  ledger.seal();
  clock.advance(20 * 3_600_000);
  await grow(duban, clock, 5);
  ledger.seal();
  t.equal(checkpointStore.lastStamp()?.size, first, 'not twice a day');
  clock.advance(4 * 3_600_000);
  await eventually('the next day it is stamped again', () => checkpointStore.lastStamp()?.size === 29);
  await duban.close();

  const out = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir });
  await exportBundle(source, out);
  source.close();
  const stamp = join(out, 'timestamps', '29.tsr');
  t.ok(existsSync(stamp));
  const note = readFileSync(join(out, 'checkpoint'));
  const text = fileIn(temporaryDir(t), 'text', `${note.toString('utf8').split('\n\n')[0]}\n`);
  t.equal(openssl(['ts', '-verify', '-in', stamp, '-data', text, '-CAfile', certificates]).status, 0, 'by hand, with openssl alone');
  t.match(await verify(out), { ok: true, stamped: null, remarks: [/no witnesses/u, /2 time stamps are there/u] });
  const report = await verify(out, certificates);
  t.match(report, { ok: true, stamped: { size: 29 } });
  t.ok(Math.abs(Date.parse(report.stamped?.time ?? '') - Date.now()) < 600_000, 'the time is the authority’s');

  const bad = join(temporaryDir(t), 'bad');
  cpSync(out, bad, { recursive: true });
  const reply = readFileSync(stamp);
  const damaged = Buffer.from(reply);
  damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1;
  const cases: readonly (readonly [what: string, bytes: Buffer, detail: RegExp])[] = [
    ['of another checkpoint', readFileSync(join(out, 'timestamps', `${first}.tsr`)), /about something else/u],
    ['with a signature that is bad', damaged, /openssl does not accept it/u],
    ['cut short', reply.subarray(0, 200), /is no time stamp/u],
    ['empty', Buffer.alloc(0), /is no time stamp/u],
  ];
  for (const [what, bytes, detail] of cases) {
    writeFileSync(join(bad, 'timestamps', '29.tsr'), bytes);
    t.match((await verify(bad, certificates)).faults, [{ check: 'timestamp', place: 'checkpoints/29, time stamp', detail }], what);
  }
  const missed: number[] = [];
  for (let byte = 0; byte < reply.length; byte += SWEEP) {
    const changed = Buffer.from(reply);
    changed[byte] = (changed[byte] ?? 0) ^ 1;
    writeFileSync(join(bad, 'timestamps', '29.tsr'), changed);
    const [fault] = (await verify(bad, certificates)).faults;
    if (fault?.check !== 'timestamp') missed.push(byte);
  }
  t.same(missed, [], 'no byte of it can be changed');
  const stranger = authority(t).certificates;
  t.equal((await verify(out, stranger)).faults.length, 2, 'an authority that the auditor does not know counts for nothing');
});

await test('an authority over HTTP, and a clock that is ahead of it', { skip: missing }, async (t) => {
  const { reply, certificates } = authority(t);
  const dir = temporaryDir(t);
  const clock = handClock(Date.now() + 10 * 365 * 86_400_000);
  const duban = open(t, dir, clock, { authority: await served(t, reply) });
  await grow(duban, clock, 3);
  duban.services.ledger.seal();
  await eventually('it is stamped', () => duban.services.checkpointStore.lastStamp()?.size === 3);
  await duban.close();
  const out = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir });
  await exportBundle(source, out);
  source.close();
  t.match((await verify(out)).faults[0], { check: 'time', position: 1, detail: /after this audit/ }, 'today that shows in itself');
  clock.advance(86_400_000);
  t.ok((await verify(out, undefined, clock)).ok, 'and no more once the time has come');
  t.match((await verify(out, certificates, clock)).faults[0], {
    check: 'time',
    position: 1,
    detail: /but it was vouched for among the first 3 at /,
  });
});

await test('an authority that fails costs nothing but its stamp', { skip: missing }, async (t) => {
  const { command, reply } = authority(t);
  const other = fileIn(temporaryDir(t), 'other', 'another checkpoint');
  const failing: readonly (readonly [what: string, authority: string])[] = [
    ['it ends badly', 'exit 3'],
    ['it answers nothing', 'true'],
    ['it answers what it was asked', 'cp "$1" "$2"'],
    ['it stamps something else', `openssl ts -query -data ${other} -sha256 -out "$1" && ${command}`],
    [
      'it answers another request about the same',
      await served(t, (request) => reply(timestampRequest(request.subarray(24, 56), Buffer.alloc(8, 0x99)))),
    ],
    ['nobody is there', 'http://127.0.0.1:9/'],
  ];
  for (const [what, failed] of failing) {
    const dir = temporaryDir(t);
    const clock = handClock();
    const duban = open(t, dir, clock, { authority: failed });
    await grow(duban, clock, 3);
    await eventually(what, () => duban.told.includes('a checkpoint was not time-stamped, which is tried again'));
    t.equal(duban.services.checkpointStore.lastStamp(), undefined, what);
    t.same(duban.readiness(), { ready: true, reasons: [] });
    await duban.close();
    rmSync(dir, { recursive: true });
  }
});

await test('a request and a reply, byte by byte', { skip: missing }, async (t) => {
  const { reply: replyTo } = authority(t);
  const hash =
    stampedHash(Buffer.from('log.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 log.example AAAAAAAA\n')) ??
    Buffer.alloc(0);
  const nonce = Buffer.from('f00dfacecafe0102', 'hex');
  const request = timestampRequest(hash, nonce);
  const query = join(temporaryDir(t), 'query');
  writeFileSync(query, request);
  const shown = openssl(['ts', '-query', '-in', query, '-text']).stdout.toString('utf8');
  t.match(shown, /Hash Algorithm: sha256/u);
  t.match(shown, /Nonce: 0xF00DFACECAFE0102/u);
  t.match(shown, /Certificate required: yes/u);
  const reply = replyTo(request);
  const read = readTimestampReply(reply);
  t.ok(read !== undefined && hash.equals(read.hash) && nonce.equals(read.nonce ?? Buffer.alloc(0)));
  for (let length = 0; length < reply.length; length += 1)
    if (readTimestampReply(reply.subarray(0, length)) !== undefined) t.fail(`a reply of ${length} bytes`);
  for (let at = 0; at < reply.length; at += 1) {
    const changed = Buffer.from(reply);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    readTimestampReply(changed); // whatever it is, it is read without an exception
  }
});
