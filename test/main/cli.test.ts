import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { test } from 'tap';
import { seedDocument } from '../../seed/index.ts';
import { OWN, REPORT } from '../support/acts.ts';
import { SEED_DIRECTIVE, seededDir, temporaryDir } from '../support/app.ts';
import { freePort, runProgram, startProgram, startServer, tokenFor, type Ran } from '../support/process.ts';

/** The command line: exit codes, what goes to stdout and what to stderr, and who may have a data directory. */

const DOCUMENT = fileURLToPath(new URL('../../seed/notice.txt', import.meta.url));

await test('wrong usage is exit code 2: what is wrong, and where the usage is shown, on stderr', async (t) => {
  const dataDir = join(temporaryDir(t), 'none');
  const run = (args: readonly string[], env = {}): Promise<Ran> => runProgram(t, args, { DATA_DIR: dataDir, ...env });
  const wrong: readonly (readonly [args: readonly string[], says: RegExp, env?: Readonly<Record<string, string>>])[] = [
    [[], /a command is expected/u],
    [['destroy'], /destroy is no command$/mu],
    [['frob'], /frob is no command$/mu],
    [['serv'], /serv is no command: is serve meant\?/u],
    [['constructor'], /constructor is no command$/mu],
    [['__proto__'], /__proto__ is no command$/mu],
    [['serve', '--constructor'], /'--constructor'/u],
    [['serve', '--__proto__=1'], /'--__proto__'/u],
    [['token'], /--role must be one of office, unit, auditor, admin/u],
    [['token', '--role', 'unit'], /--unit is required/u],
    [['token', '--role', 'office', '--unit', OWN], /--unit goes with role unit/u],
    [['token', '--role', 'office', '--ttl', 'soon'], /--ttl must be/u],
    [['import'], /a file is expected/u],
    [['serve', 'now'], /now is not expected/u],
    [['rebuild', '--all'], /--all/u],
    [['serve'], /PORT must be a port/u, { PORT: '65536' }],
    [['serve'], /SEED must be notice or none/u, { SEED: 'some' }],
  ];
  for (const [index, ended] of (await Promise.all(wrong.map(([args, , env]) => run(args, env)))).entries()) {
    const [args, says] = wrong[index] ?? [[], /./u];
    t.match(ended, { code: 2, stdout: '', stderr: says }, `duban ${args.join(' ')}`);
    const lines = ended.stderr.trim().split('\n');
    t.match(lines.at(-1), / shows how it is called$/u);
    t.equal(lines.length, 2, 'nothing drives it off the screen');
    t.equal(lines.at(-1)?.includes(' --help'), !/is no command|^a command/u.test(lines[0] ?? ''), 'of the command meant, if it is one');
    t.notMatch(ended.stderr, /^ +at /mu, 'no stack');
  }
  t.match(await run(['--help']), { code: 0, stdout: /^ {2}serve\n {6}listen/mu, stderr: '' }, 'asked for, it is a result');
  const helps = [
    ['serve', '--help'],
    ['token', '--role', 'office', '-h'],
    ['help', 'token'],
    ['verify', '--version'],
    ['--version'],
  ] as const;
  for (const args of helps)
    t.match(await run(args), { code: 0, stdout: /^duban (?:serve|token|0\.\d+\.\d+)/u, stderr: '' }, `duban ${args.join(' ')}`);
  t.notOk(existsSync(dataDir), 'none of them made a data directory');
});

await test('what is linked runs, and a setting that is none is named', async (t) => {
  const dir = temporaryDir(t);
  const link = join(dir, 'duban');
  symlinkSync(fileURLToPath(new URL('../../src/main/duban.mjs', import.meta.url)), link);
  const ended = spawnSync(link, ['token', '--role', 'office'], {
    encoding: 'utf8',
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      DATA_DIR: join(dir, 'data'),
      DATADIR: dir,
      EVENTSTORE_URI: 'esdb://x',
      LOGLEVEL: 'info',
      LEDGER_COLOUR: 'red',
      DUBAN_PORT: 'tcp://10.0.0.1:3000',
      DUBAN_TOKEN: 'x',
    },
  });
  t.match(ended, { status: 0, stdout: /^[\w-]+\.[\w-]+\.[\w-]+\n$/u });
  t.same(ended.stderr.trim().split('\n').toSorted(), [
    'DATADIR is no setting: is DATA_DIR meant?',
    'EVENTSTORE_URI is no setting: is EVENTSTORE_URL meant?',
    'LEDGER_COLOUR is no setting',
    'LOGLEVEL is no setting: is LOG_LEVEL meant?',
  ]);
});

await test('a Node that is too old says with which one it starts', async (t) => {
  const entry = readFileSync(new URL('../../src/main/duban.mjs', import.meta.url));
  const dir = temporaryDir(t);
  const program = join(dir, 'src/main/duban.mjs');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, entry);
  const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })';
  const saidIn = (locale: string): string =>
    spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(old)}`, program, 'serve'], {
      encoding: 'utf8',
      env: { LC_ALL: locale },
    }).stderr;
  t.match(saidIn('C'), /^duban needs Node 26 or newer, and this is v20\.20\.2 \(\S+\): run npm ci, which brings it, and then npm start/u);
  const brought = join(dir, 'node_modules/.bin/node');
  mkdirSync(dirname(brought), { recursive: true });
  symlinkSync(process.execPath, brought);
  t.ok(saidIn('C').includes(`start it with the one that npm ci has brought, ${brought} ${program}, or by npm start\n`));
  t.match(saidIn('zh_CN.UTF-8'), /^duban 需要 Node 26 或更高版本，当前为 v20\.20\.2 .*请用 npm ci 装好的 Node 启动/u);
});

await test('what keeps it from starting is said in a sentence, with the place', async (t) => {
  const dir = temporaryDir(t);
  const file = join(dir, 'file');
  writeFileSync(file, '');
  const cases: readonly (readonly [env: Readonly<Record<string, string>>, says: RegExp])[] = [
    [{ DATA_DIR: file }, /^\S+\/file is not a directory \(EEXIST\): set DATA_DIR to a directory that this user can write\n$/u],
    [
      { DATA_DIR: join(dir, 'data'), AUTH_JWKS: '/nowhere.json' },
      /^AUTH_JWKS: \/nowhere\.json is not there \(ENOENT\): mend it, or set AUTH_JWKS to /u,
    ],
    [
      { DATA_DIR: join(dir, 'other'), LEDGER_KEY: '/nowhere.key' },
      /^\/nowhere\.key: the key that signs .* is not there: bring it, or set LEDGER_KEY to its file\n$/u,
    ],
    [{ DATA_DIR: join(dir, 'third'), HOST: '192.0.2.1' }, /^192\.0\.2\.1 is no address of this machine/u],
  ];
  for (const [env, says] of cases) {
    const ended = await runProgram(t, ['serve'], { SEED: 'none', PORT: '0', ...env });
    t.match(ended, { code: 1, stderr: says });
    t.notMatch(ended.stderr, /^ +at /mu, 'no stack');
  }
});

await test('token prints a token and nothing else', async (t) => {
  const dataDir = await seededDir(t);
  const first = await runProgram(t, ['token', '--role', 'unit', '--unit', OWN, '--sub', 'oa-system', '--ttl', '30m'], {
    DATA_DIR: dataDir,
  });
  t.match(first, { code: 0, stdout: /^[\w-]+\.[\w-]+\.[\w-]+\n$/u, stderr: '' });
  const { iat = 0, exp = 0, jti, ...claims } = decodeJwt(first.stdout.trim());
  t.match(jti, /^[0-9a-f-]{36}$/u);
  t.same(claims, { role: 'unit', unit: OWN, sub: 'oa-system' });
  t.equal(exp - iat, 1800);
  const keys = join(dataDir, 'keys');
  t.same(
    readdirSync(keys).map((name) => (statSync(join(keys, name)).mode & 0o777).toString(8)),
    ['600', '600'],
    'the key is its owner’s alone',
  );
});

await test('import: a result on stdout, once', async (t) => {
  const dataDir = join(temporaryDir(t), 'imported');
  const env = { DATA_DIR: dataDir };
  const other = join(temporaryDir(t), 'minutes.txt');
  const lines = seedDocument().toString('utf8').split('\n');
  writeFileSync(other, lines.with(29, '三十、这一行不成样子').join('\n'));
  const missing = await runProgram(t, ['import', join(dataDir, 'nowhere.txt')], env);
  t.match(missing, { code: 1, stdout: '', stderr: /nowhere\.txt is not there \(ENOENT\)\n$/u });
  t.notOk(existsSync(dataDir), 'and nothing was written');
  const asks = await runProgram(t, ['import', other, '--commit'], env);
  t.match(asks, { code: 3, stderr: '', stdout: /[1-9]\d* open that block\n[^]* line 30: / }, 'a person is needed, and told for what');
  t.notMatch(asks.stdout, /"events"/u, 'nothing is appended but the draft');
  const table = await runProgram(t, ['import', DOCUMENT, '--profile', 'seed/profile.json'], env);
  t.match(table, { code: 0, stderr: '', stdout: /^item +no\. +text +parties/mu });
  t.match(table.stdout, /^task-23 +23 .*牵头 市科技局/mu);
  t.match(table.stdout, /^lines: 685, 0 unread$/mu);

  const first = await runProgram(t, ['import', DOCUMENT, '--commit'], env);
  t.match(first, { code: 0, stderr: '' });
  const resultOf = (stdout: string): object => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as object; // below the table
  const imported = resultOf(first.stdout);
  t.match(imported, {
    directive: SEED_DIRECTIVE,
    events: 508,
    counts: {
      targets: 13,
      themes: 8,
      groups: 35,
      tasks: 99,
      items: 85,
      units: 73,
      collectives: 4,
      tasksWithCooperating: 89,
      tasksWithoutCooperating: 10,
    },
    findings: 229,
  });
  const second = await runProgram(t, ['import', DOCUMENT, '--commit'], env);
  t.match(second, { code: 0, stderr: '' });
  t.same(resultOf(second.stdout), { ...imported, events: 0 }, 'the same bytes again change nothing');
});

await test('serve: on the address it is given, alone in its directory, to a graceful end', async (t) => {
  const dataDir = await seededDir(t);
  const port = await freePort('127.0.0.2');
  const env = { DATA_DIR: dataDir, HOST: '127.0.0.2', PORT: String(port) };
  const server = startProgram(t, ['serve'], env);
  await server.says(/"msg":"listening on/u);
  const url = `http://127.0.0.2:${port}`;
  const logged = server
    .stdout()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly msg: string });
  t.same(
    logged.filter(({ msg }) => msg.startsWith('listening on')).map(({ msg }) => msg),
    [`listening on ${url}`],
    'one line says so',
  );
  t.notOk(
    logged.some(({ msg }) => /import/u.test(msg)),
    'what is there already is not imported again',
  );

  const [again, rebuilt, imported, token] = await Promise.all([
    runProgram(t, ['serve'], { ...env, PORT: '0' }),
    runProgram(t, ['rebuild'], env),
    runProgram(t, ['import', DOCUMENT], env),
    runProgram(t, ['token', '--role', 'auditor'], env),
  ]);
  const inUse = new RegExp(`is in use by process ${server.pid}`, 'u');
  t.match(again, { code: 1, stderr: inUse }, 'a second server fails, and says who is there');
  t.match(rebuilt, { code: 1, stdout: '', stderr: inUse });
  t.match(imported, { code: 1, stdout: '', stderr: inUse });
  t.match(token, { code: 0, stderr: '' }, 'a token is given all the same');
  t.equal((await fetch(`${url}/health/ready`)).status, 200);
  const authorization = `Bearer ${token.stdout.trim()}`;
  const units = await fetch(`${url}/v1/units?limit=500`, { headers: { authorization } });
  t.equal(((await units.json()) as { readonly items: readonly object[] }).items.length, 73);
  t.equal((await fetch(`${url}/metrics`)).status, 200, 'to the machine itself');

  // A command of which half has arrived when the service is told to stop, and a reader of the stream.
  const stream = await fetch(`${url}/v1/log/stream`, { headers: { authorization } });
  const body = JSON.stringify({ period: '2023-03', ...REPORT });
  const socket = connect(port, '127.0.0.2').setEncoding('utf8');
  let answer = '';
  socket.on('data', (text: string) => {
    answer += text;
  });
  const head = [
    `POST /v1/tasks/${SEED_DIRECTIVE}-target-3/reports HTTP/1.1`,
    'host: duban',
    `authorization: Bearer ${await tokenFor(dataDir, { role: 'unit', unit: OWN })}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`);
  await fetch(`${url}/health/live`); // by now that has arrived, too
  const ended = server.kill('SIGTERM');
  await server.says(/SIGTERM: stopping/u);
  socket.write(body.slice(20));
  await once(socket, 'close');
  t.match(answer, /^HTTP\/1\.1 201 Created\r\n/u, 'what had begun is answered');
  t.match(answer, /ReportSubmitted\.v1/u);
  t.match(await stream.text(), /^retry: \d+\n\n/u, 'the stream has ended');
  t.match(await ended, { code: 0, signal: null });
  t.match(server.stdout(), /"msg":"stopped"/u);
  t.equal(server.stderr(), '');

  await t.test('and what was answered is there when it starts again', async (tt) => {
    const restarted = await startServer(tt, dataDir);
    const { position } = JSON.parse(answer.slice(answer.indexOf('{'))) as { readonly position: number };
    const read = await fetch(`${restarted.url}/v1/tasks/${SEED_DIRECTIVE}-target-3/reports/${OWN}-2023-03?minPosition=${position}`, {
      headers: { authorization },
    });
    tt.match(await read.json(), { state: 'submitted', percent: 40 });
    tt.match(await restarted.kill('SIGINT'), { code: 0 }, 'an interrupt is as graceful');
  });
});

await test('rebuild prints what it made, and changes nothing', async (t) => {
  const dataDir = await seededDir(t);
  const env = { DATA_DIR: dataDir };
  const first = await runProgram(t, ['rebuild'], env);
  t.match(first, { code: 0, stderr: '' });
  const made = JSON.parse(first.stdout) as object;
  t.match(made, { position: 508, digest: /^[0-9a-f]{64}$/u });
  for (const name of readdirSync(dataDir)) if (name.startsWith('views.sqlite')) rmSync(join(dataDir, name));
  const again = await runProgram(t, ['rebuild'], env);
  t.same(JSON.parse(again.stdout), made, 'from nothing but the log, the same');
});

await test('a port that is taken is said, without a stack', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const address = taken.address();
  const PORT = String(typeof address === 'object' && address !== null ? address.port : 0);
  const ended = await runProgram(t, ['serve'], { DATA_DIR: temporaryDir(t), SEED: 'none', PORT });
  t.match(ended, { code: 1, stderr: /EADDRINUSE/u });
  t.notMatch(ended.stderr, /^ +at /mu);
});
