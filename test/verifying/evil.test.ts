import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { formatVerifierKey, generateKey, leafHash, MAX_NOTE_BYTES, parsePolicy, type Policy } from '../../src/tlog/index.ts';
import type { Check } from '../../src/verifying/fault.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import type { SourceSpec } from '../../src/verifying/open-source.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { serveFiles } from './evil-server.ts';
import {
  cosignedByBoth,
  event,
  events,
  filesOf,
  idOf,
  leavesOf,
  LOG,
  logLine,
  ORIGIN,
  POLICY_TEXT,
  writeFiles,
  type Event,
  type Signing,
} from './forge.ts';

const temporaryDir = (t: Pick<Test, 'teardown'>): string => {
  const path = mkdtempSync(join(tmpdir(), 'duban-verifying-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const policyOf = (text: string): Policy => {
  const policy = parsePolicy(Buffer.from(text));
  if (!policy.ok) throw new Error(policy.reason);
  return policy.value;
};
const POLICY = policyOf(POLICY_TEXT);
const SKEW = 60_000;

const verify = (
  spec: SourceSpec,
  memoryDir: string,
  policy: Policy | undefined = POLICY,
  more: { readonly threads?: number; readonly run?: number } = {},
): Promise<Report> => verifyLog(spec, { policy, memoryOf: (origin) => openMemory(memoryDir, origin), skew: SKEW, ...more });

const SIZE = 700;
const SIZES = [100, 256, 400, SIZE];
const HONEST = events(SIZE);
const LEAVES = leavesOf(HONEST);
const SIGNED: Signing = { sizes: SIZES, cosigned: cosignedByBoth };

await test('an honest log is verified, in every way that it can be shown', async (t) => {
  const files = filesOf(LEAVES, SIGNED);
  const dir = writeFiles(temporaryDir(t), files);
  const memory = temporaryDir(t);
  const expected = {
    ok: true,
    origin: ORIGIN,
    trust: 'policy',
    size: SIZE,
    streams: 12,
    checkpoints: 4,
    anchored: { size: SIZE },
    keys: [formatVerifierKey(LOG)],
    faults: [],
    remarks: [],
  } as const;
  t.match(await verify({ kind: 'bundle', dir }, memory), { ...expected, remembered: null });
  t.match(await verify({ kind: 'bundle', dir }, memory), { ...expected, remembered: SIZE }, 'and again, with what is remembered');
  t.match(await verify({ kind: 'server', url: await serveFiles(t, files, ORIGIN), token: undefined }, memory), expected);

  const fresh = temporaryDir(t);
  t.match(await verifyLog({ kind: 'bundle', dir }, { memoryOf: (origin) => openMemory(fresh, origin), skew: SKEW }), {
    ok: true,
    trust: 'first-use',
    anchored: null,
    remarks: [/no witnesses/u],
  });
  t.match(await verifyLog({ kind: 'bundle', dir }, { memoryOf: (origin) => openMemory(fresh, origin), skew: SKEW }), {
    ok: true,
    trust: 'remembered',
  });
  const other = writeFiles(temporaryDir(t), filesOf(LEAVES, { ...SIGNED, by: () => [generateKey(ORIGIN, 'ed25519')] }));
  t.match(
    await verifyLog({ kind: 'bundle', dir: other }, { memoryOf: (origin) => openMemory(fresh, origin), skew: SKEW }),
    { ok: false, faults: [{ check: 'key' }] },
    'another key is not trusted the second time',
  );
});

await test('a log of many runs is checked by threads as it is without', async (t) => {
  const run = 1024;
  const size = 3 * run + 77;
  const log = events(size);
  const signing: Signing = { sizes: [100, 2000, size] };
  const dir = writeFiles(temporaryDir(t), filesOf(leavesOf(log), signing));
  const memory = temporaryDir(t);
  const policy = policyOf(`${logLine()}quorum none\n`);
  const one = await verify({ kind: 'bundle', dir }, memory, policy, { threads: 1, run });
  const two = await verify({ kind: 'bundle', dir }, memory, policy, { threads: 2, run });
  t.match(one, { ok: true, size, streams: 12 });
  t.same({ ...two, remembered: null }, one);

  // A stream that is cut at the seam of two runs, and a time that jumps there.
  const seam = 2 * run;
  const { stream } = log[seam] ?? event(0);
  const cut = leavesOf(log.map((entry, n) => (n < seam && entry.stream === stream ? { ...entry, stream: 'task-elsewhere' } : entry)));
  const late = leavesOf(log.map((entry, n) => (n < seam ? { ...entry, time: entry.time + 30 * 86_400_000 } : entry)));
  const whole = leavesOf(log);
  const spliced = [...whole.slice(0, seam), ...cut.slice(seam)];
  /** Over a server that shows nothing of the first run before another thread asks for a later one. */
  const byTwo = async (leaves: readonly Uint8Array[]): Promise<Report> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const gate = (path: string): Promise<void> | undefined => {
      const bundle = Number(/entries\/(\d{3})/u.exec(path)?.[1] ?? Number.NaN);
      if (bundle >= run / 256) resolve();
      return bundle < run / 256 ? promise : undefined;
    };
    return verify(
      { kind: 'server', url: await serveFiles(t, filesOf(leaves, signing), ORIGIN, gate), token: undefined },
      temporaryDir(t),
      policy,
      { threads: 2, run },
    );
  };
  t.match(await byTwo(whole), { ok: true, size, streams: 12, faults: [] });
  const links = await byTwo(spliced);
  t.match(links.faults[0], { check: 'link', position: seam + 1, place: `stream ${stream}` });
  const times = await byTwo(late);
  t.match(times.faults[0], { check: 'time', position: seam + 1 });

  // One id in three runs.
  const twice = leavesOf(log.map((entry, n) => (n === 2 * run + 5 || n === size - 1 ? { ...entry, id: idOf(3) } : entry)));
  for (const ids of [
    await byTwo(twice),
    await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), filesOf(twice, signing)) }, temporaryDir(t), policy, {
      threads: 1,
      run,
    }),
  ]) {
    t.match(ids.faults, [
      { check: 'id', position: 2 * run + 6, place: `event ${2 * run + 6}`, detail: 'has the id of the event at position 4' },
      { check: 'id', position: size, detail: 'has the id of the event at position 4' },
    ]);
    t.equal(ids.faults.length, 2);
  }
});

const replaced = (n: number, by: Partial<Event>): readonly Event[] => HONEST.map((one, at) => (at === n ? { ...one, ...by } : one));
const text = (n: number): string => (LEAVES[n] ?? Buffer.alloc(0)).toString('utf8');
const withLeaf = (n: number, leaf: string | Uint8Array): readonly Uint8Array[] =>
  LEAVES.map((one, at) => (at === n ? Buffer.from(leaf) : one));
const without = <Item>(items: readonly Item[], n: number): readonly Item[] => items.filter((_, at) => at !== n);

type Attack = readonly [what: string, files: () => ReadonlyMap<string, Uint8Array>, check: Check, position: number | null, detail: RegExp];

const changed = (files: ReadonlyMap<string, Uint8Array>, path: string, bytes: Uint8Array | undefined): ReadonlyMap<string, Uint8Array> => {
  const copy = new Map(files);
  if (bytes === undefined) copy.delete(path);
  else copy.set(path, bytes);
  return copy;
};

/** The attacker has the server and the log's key; of the witnesses he has what they cosigned, or nothing. */
const STOLEN: Signing = { sizes: SIZES };
const forged = (log: readonly Event[], sizes = SIZES): ReadonlyMap<string, Uint8Array> => filesOf(leavesOf(log), { sizes });
const rewritten = (leaves: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> => filesOf(leaves, STOLEN);

await test('a server that has its own key and lies is caught by what was remembered', async (t) => {
  const policy = policyOf(`${logLine()}quorum none\n`);
  const attacks: readonly Attack[] = [
    [
      'an event is edited, and everything after it made again',
      () => forged(replaced(50, { data: { position: 1, what: 'x', reason: 'x', authority: 'x' } })),
      'history',
      null,
      /rewritten/u,
    ],
    ['an event is taken out', () => forged(without(HONEST, 300), [...SIZES.slice(0, 3), SIZE - 1]), 'history', SIZE, /rolled back/u],
    ['one is taken out and another put at the end', () => forged([...without(HONEST, 300), event(SIZE)]), 'history', null, /rewritten/u],
    [
      'a backdated event is put in',
      () => forged([...HONEST.slice(0, 300), event(299, { stream: 'task-new' }), ...HONEST.slice(300)], [...SIZES, SIZE + 1]),
      'history',
      null,
      /rewritten/u,
    ],
    [
      'two events change places',
      () =>
        forged(
          HONEST.map((one, n) => (n === 10 ? event(11) : n === 11 ? event(10) : one)).map((one, n) => ({ ...one, time: event(n).time })),
        ),
      'history',
      null,
      /rewritten/u,
    ],
    [
      'the end is cut off',
      () => forged(HONEST.slice(0, 600), [100, 256, 400, 600]),
      'history',
      601,
      /rolled back, or this is an older copy/u,
    ],
    ['an old checkpoint is shown as the newest', () => filesOf(LEAVES, { sizes: SIZES.slice(0, 3) }), 'history', 401, /rolled back/u],
    [
      'it was rolled back and went on',
      () =>
        forged(
          [
            ...HONEST.slice(0, 500),
            ...events(900)
              .slice(500)
              .map((one) => ({ ...one, stream: 'task-late' })),
          ],
          [...SIZES.slice(0, 3), 900],
        ),
      'history',
      null,
      /rewritten/u,
    ],
  ];
  for (const [what, make, check, position, detail] of attacks) {
    const memory = temporaryDir(t);
    const honest = await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), filesOf(LEAVES, STOLEN)) }, memory, policy);
    t.ok(honest.ok, 'it is remembered first');
    const report = await verify({ kind: 'server', url: await serveFiles(t, make(), ORIGIN), token: undefined }, memory, policy);
    t.match(report.faults, [{ check, position, detail }], what);
    t.equal(report.faults.length, 1, `${what}: and nothing else is wrong with it`);
    t.equal(report.remembered, SIZE);
    const kept = openMemory(memory, ORIGIN);
    t.equal(kept.checkpoint()?.checkpoint.size, SIZE, `${what}: what is remembered stays`);
    const evidence = join(kept.dir, 'fork-evidence.txt');
    if (!/rewritten/u.test(detail.source)) t.notOk(existsSync(evidence));
    else {
      const both = readFileSync(evidence, 'utf8');
      t.equal([...both.matchAll(/^\u2014 log\.example\/duban /gmu)].length, 2, `${what}: both signed notes are kept`);
      t.ok(
        both.includes(
          Buffer.from(filesOf(LEAVES, STOLEN).get('checkpoint') ?? [])
            .toString('utf8')
            .split('\n')[2] ?? 'no root',
        ),
      );
    }
  }
});

await test('what is damaged is no evidence against the log', async (t) => {
  const policy = policyOf(`${logLine()}quorum none\n`);
  const memory = temporaryDir(t);
  t.ok(
    (await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), filesOf(LEAVES, { sizes: [100, 256, 400] })) }, memory, policy)).ok,
  );
  let files = filesOf(LEAVES, STOLEN);
  const entries = Buffer.from(files.get('tile/entries/000') ?? []);
  entries[900] = (entries[900] ?? 0) ^ 1;
  files = changed(files, 'tile/entries/000', entries);
  const report = await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), files) }, memory, policy);
  t.notOk(report.ok);
  t.notOk(
    report.faults.some(({ check }) => check === 'history'),
    'the note shown is the log’s, its events are not',
  );
  t.notOk(existsSync(join(openMemory(memory, ORIGIN).dir, 'fork-evidence.txt')));
  const stranger = filesOf(leavesOf(replaced(50, { data: {} })), { sizes: SIZES, by: () => [generateKey(ORIGIN, 'ed25519')] });
  t.notOk((await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), stranger) }, memory, policy)).ok);
  t.notOk(existsSync(join(openMemory(memory, ORIGIN).dir, 'fork-evidence.txt')), 'and what a stranger signed is not the log’s');
});

await test('to who sees a log for the first time, the witnesses tell', async (t) => {
  const attacks: readonly Attack[] = [
    [
      'a rewritten log that no witness cosigned',
      () => forged(replaced(50, { data: { position: 1, what: 'x', reason: 'x', authority: 'x' } })),
      'quorum',
      null,
      /no checkpoint is cosigned/u,
    ],
    [
      'one of two',
      () => filesOf(LEAVES, { sizes: SIZES, cosigned: (size) => cosignedByBoth(size).slice(1) }),
      'quorum',
      null,
      /no checkpoint is cosigned/u,
    ],
    [
      'cosigned notes of the true log beside the forged events',
      () => {
        const truth = filesOf(LEAVES, SIGNED);
        let files = forged(replaced(50, { data: { position: 1, what: 'x', reason: 'x', authority: 'x' } }));
        for (const path of ['checkpoint', ...SIZES.map((size) => `checkpoints/${size}`)]) files = changed(files, path, truth.get(path));
        return files;
      },
      'root',
      null,
      /the first 100 events give the root/u,
    ],
    [
      'an event recorded now under an old time',
      () => filesOf(leavesOf(replaced(650, { time: event(350).time })), SIGNED),
      'time',
      651,
      /recorded .* but the 400 events before it were cosigned|recorded .* ms before an event/u,
    ],
    [
      'an event from the future',
      () => filesOf(leavesOf(replaced(255, { time: event(255).time + 3_600_000 })), SIGNED),
      'time',
      256,
      /vouched for among the first 256/u,
    ],
    [
      'a whole log recorded a day late under its old times',
      () => filesOf(LEAVES, { sizes: SIZES, cosigned: (size) => cosignedByBoth(size).map(([key, seconds]) => [key, seconds + 86_400]) }),
      'time',
      101,
      /the 100 events before it were cosigned/u,
    ],
    [
      'a cosignature by a stranger in a witness’s name',
      () =>
        filesOf(LEAVES, {
          sizes: SIZES,
          cosigned: (size) => [[generateKey('one.example', 'cosignature'), 1_700_000_000], ...cosignedByBoth(size).slice(1)],
        }),
      'quorum',
      null,
      /no checkpoint is cosigned/u,
    ],
    [
      'a log under a name that the policy does not have',
      () => filesOf(LEAVES, { ...SIGNED, origin: 'other.example' }),
      'key',
      null,
      /does not name the log other\.example/u,
    ],
    [
      'a log signed by a stranger',
      () => filesOf(LEAVES, { ...SIGNED, by: () => [generateKey(ORIGIN, 'ed25519')] }),
      'key',
      null,
      /no checkpoint is signed by a key that is trusted/u,
    ],
  ];
  for (const [what, make, check, position, detail] of attacks) {
    const files = make();
    const origin = Buffer.from(files.get('bundle.json') ?? [])
      .toString('utf8')
      .includes('other.example')
      ? 'other.example'
      : ORIGIN;
    const memory = temporaryDir(t);
    const report = await verify({ kind: 'server', url: await serveFiles(t, files, origin), token: undefined }, memory);
    t.notOk(report.ok, what);
    t.match(report.faults[0], { check, position, detail }, what);
    t.equal(openMemory(memory, origin).checkpoint(), undefined, `${what}: it is not remembered as true`);
  }

  const tail: Signing = { sizes: SIZES, cosigned: (size) => (size === SIZE ? [] : cosignedByBoth(size)) };
  t.match(await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), filesOf(LEAVES, tail)) }, temporaryDir(t)), {
    ok: true,
    anchored: { size: 400 },
    remarks: [/the last 300 events are vouched for by the log alone/u],
  });
});

await test('events that are not what they should be are named, though all hashes are right', async (t) => {
  const policy = policyOf(`${logLine()}quorum none\n`);
  const inLeaf = (n: number, from: string | RegExp, to: string): ReadonlyMap<string, Uint8Array> => {
    const leaf = text(n).replace(from, to);
    if (leaf === text(n)) throw new Error(`${String(from)} is not in leaf ${n}`);
    return rewritten(withLeaf(n, leaf));
  };
  const last = SIZE - 1; // so that no link of a later event breaks
  const attacks: readonly Attack[] = [
    ['a member that stands twice', () => inLeaf(last, '"reason":', '"reason":"甲","reason":'), 'entry', SIZE, /RFC 8785/u],
    [
      'a member that stands twice, with the same value',
      () => inLeaf(last, '"specversion":"1.0"', '"specversion":"1.0","specversion":"1.0"'),
      'entry',
      SIZE,
      /RFC 8785/u,
    ],
    [
      'members in another order',
      () => inLeaf(last, /"authority":"办公室",("position":\d+)/u, '$1,"authority":"办公室"'),
      'entry',
      SIZE,
      /RFC 8785/u,
    ],
    ['a space', () => inLeaf(last, '"data":{', '"data": {'), 'entry', SIZE, /RFC 8785/u],
    ['a newline at the end', () => rewritten(withLeaf(last, `${text(last)}\n`)), 'entry', SIZE, /RFC 8785/u],
    ['a byte order mark', () => rewritten(withLeaf(last, `\uFEFF${text(last)}`)), 'entry', SIZE, /is not JSON/u],
    [
      'a number that is not written as it should be',
      () => inLeaf(last, /"position":(\d+)/u, '"position":$1.0'),
      'entry',
      SIZE,
      /RFC 8785/u,
    ],
    ['a number with an exponent', () => inLeaf(last, /"position":\d+/u, '"position":1e3'), 'entry', SIZE, /RFC 8785/u],
    ['an escape that need not be', () => inLeaf(last, '依法', String.raw`\u4f9d法`), 'entry', SIZE, /RFC 8785/u],
    ['a lone surrogate', () => inLeaf(last, '依法', String.raw`\ud800`), 'entry', SIZE, /well-formed Unicode/u],
    [
      'bytes that are not UTF-8',
      () => rewritten(withLeaf(last, Buffer.concat([LEAVES[last] ?? Buffer.alloc(0), Buffer.of(0xff)]))),
      'entry',
      SIZE,
      /not UTF-8/u,
    ],
    ['no JSON', () => rewritten(withLeaf(last, '')), 'entry', SIZE, /is not JSON/u],
    ['a list', () => rewritten(withLeaf(last, '[]')), 'entry', SIZE, /no JSON object/u],
    ['no event', () => rewritten(withLeaf(last, '{}')), 'entry', SIZE, /no CloudEvents/u],
    ['a day that does not exist', () => inLeaf(last, /"time":"2023-03-01/u, '"time":"2023-02-30'), 'entry', SIZE, /no time/u],
    ['a time in another zone', () => inLeaf(last, /Z","type"/u, '+00:00","type"'), 'entry', SIZE, /no time/u],
    ['a revision that is missing', () => inLeaf(last, /"streamrev":"(\d+)"/u, '"streamrev":"99"'), 'link', SIZE, /revision 99/u],
    ['a revision that is there already', () => inLeaf(last, /"streamrev":"(\d+)"/u, '"streamrev":"3"'), 'link', SIZE, /revision 3/u],
    ['a link to no hash', () => inLeaf(last, /"prevleaf":"[0-9a-f]/u, '"prevleaf":"Z'), 'link', SIZE, /prevleaf is not the hash/u],
    [
      'a link that is no text',
      () => inLeaf(last, /"prevleaf":"[0-9a-f]{64}"/u, '"prevleaf":7'),
      'entry',
      SIZE,
      /has a prevleaf that is no text/u,
    ],
    [
      'an id that another event has',
      () => inLeaf(last, /"id":"[0-9a-f-]{36}"/u, `"id":"${idOf(3)}"`),
      'id',
      SIZE,
      /^has the id of the event at position 4$/u,
    ],
    [
      'an id in capitals',
      () => inLeaf(last, /"id":"[0-9a-f-]{36}"/u, '"id":"AAAAAAAA-0000-8000-8000-000000000000"'),
      'entry',
      SIZE,
      /no id that is a UUID/u,
    ],
    [
      'an id that names nothing',
      () => inLeaf(last, /"id":"[0-9a-f-]{36}"/u, '"id":"00000000-0000-0000-0000-000000000000"'),
      'entry',
      SIZE,
      /no id that is a UUID/u,
    ],
    ['an id that is too long', () => inLeaf(last, /("id":"[0-9a-f-]{36})"/u, '$1a"'), 'entry', SIZE, /no id that is a UUID/u],
    ['an id that is too short', () => inLeaf(last, /("id":"[0-9a-f-]{35})[0-9a-f]"/u, '$1"'), 'entry', SIZE, /no id that is a UUID/u],
    [
      'an id without its hyphens',
      () => inLeaf(last, /"id":"[0-9a-f-]{36}"/u, `"id":"${'0123456789abcdef'.repeat(2)}0000"`),
      'entry',
      SIZE,
      /no id that is a UUID/u,
    ],
    ['an id that is no text', () => inLeaf(last, /"id":"[0-9a-f-]{36}"/u, '"id":7'), 'entry', SIZE, /has no id/u],
    [
      'data with a member too few',
      () => inLeaf(last, '"authority":"办公室",', ''),
      'schema',
      SIZE,
      /is no LegalRemovalRecorded\.v1: authority: /u,
    ],
    [
      'data with a member too many',
      () => inLeaf(last, '"authority":', '"Authority":"","authority":'),
      'schema',
      SIZE,
      /is no LegalRemovalRecorded\.v1: its data: Unrecognized key: "Authority"/u,
    ],
    [
      'data with another kind of value',
      () => inLeaf(last, /"position":\d+/u, '"position":"1"'),
      'schema',
      SIZE,
      /is no LegalRemovalRecorded\.v1: position: .*expected number/u,
    ],
    [
      'data of another type',
      () => inLeaf(last, 'LegalRemovalRecorded.v1', 'ReportAccepted.v1'),
      'schema',
      SIZE,
      /is no ReportAccepted\.v1/u,
    ],
    [
      'a type that nobody knows',
      () => inLeaf(last, 'LegalRemovalRecorded.v1', 'TaskEnchanted.v1'),
      'schema',
      SIZE,
      /TaskEnchanted\.v1 is not known to this version/u,
    ],
    [
      'a version that comes later',
      () => inLeaf(last, 'LegalRemovalRecorded.v1', 'LegalRemovalRecorded.v2'),
      'schema',
      SIZE,
      /LegalRemovalRecorded\.v2 is not known to this version/u,
    ],
    [
      'a link to another event',
      () => inLeaf(last, /"prevleaf":"[0-9a-f]{64}"/u, `"prevleaf":"${leafHash(LEAVES[3] ?? Buffer.alloc(0)).toHex()}"`),
      'link',
      SIZE,
      /prevleaf is not the hash/u,
    ],
    [
      'a stream that begins in the middle',
      () => inLeaf(last, /"subject":"task-t\d+"/u, '"subject":"task-unheard"'),
      'link',
      SIZE,
      /no event of its stream/u,
    ],
    [
      'a first event with something before it',
      () => inLeaf(0, '"receivedat"', `"prevleaf":"${'0'.repeat(64)}","receivedat"`),
      'entry',
      1,
      /first of its stream/u,
    ],
    ['another log’s event', () => inLeaf(last, '"source":"/duban/1"', '"source":"/duban/2"'), 'restart', SIZE, /no LedgerRestarted/u],
  ];
  for (const [what, make, check, position, detail] of attacks) {
    const report = await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), make()) }, temporaryDir(t), policy);
    t.match(report.faults[0], { check, position, detail }, what);
    if (position === SIZE) t.equal(report.faults.length, 1, `${what}: and nothing else is wrong`);
  }

  const memory = temporaryDir(t);
  t.notOk(
    (
      await verify(
        { kind: 'bundle', dir: writeFiles(temporaryDir(t), inLeaf(last, 'LegalRemovalRecorded.v1', 'TaskEnchanted.v1')) },
        memory,
        policy,
      )
    ).ok,
  );
  t.equal(
    openMemory(memory, ORIGIN).checkpoint()?.checkpoint.size,
    SIZE,
    'what this program cannot read is yet the log that was signed, and is remembered',
  );
});

await test('notes that cannot be', async (t) => {
  const policy = policyOf(`${logLine()}quorum none\n`);
  const files = filesOf(LEAVES, STOLEN);
  const note = Buffer.from(files.get('checkpoint') ?? []).toString('utf8');
  const shown = (bytes: string | Uint8Array): ReadonlyMap<string, Uint8Array> =>
    changed(changed(files, 'checkpoint', Buffer.from(bytes)), `checkpoints/${SIZE}`, Buffer.from(bytes));
  const attacks: readonly (readonly [string, ReadonlyMap<string, Uint8Array>, RegExp])[] = [
    ['oversized', shown(`${note}${'x'.repeat(MAX_NOTE_BYTES)}`), /note-too-large/u],
    ['too many signatures', shown(note + `\u2014 a AAAAAAAA\n`.repeat(200)), /too-many-signatures/u],
    ['a size with a leading zero', shown(note.replace(`\n${SIZE}\n`, `\n0${SIZE}\n`)), /bad-checkpoint-size/u],
    ['a size beyond all numbers', shown(note.replace(`\n${SIZE}\n`, '\n99999999999999999999\n')), /bad-checkpoint-size/u],
    ['another size', shown(note.replace(`\n${SIZE}\n`, `\n${SIZE - 1}\n`)), /is not signed by a key of this log, or badly/u],
    ['another origin', shown(note.replace(ORIGIN, 'other.example')), /is a checkpoint of other\.example/u],
    ['two notes', shown(note + note), /no signed note|no checkpoint|not signed|too-many|bad-signature-line/u],
    ['no note at all', changed(changed(files, 'checkpoint', undefined), `checkpoints/${SIZE}`, undefined), /is missing/u],
    ['an empty one', shown(''), /no-signature-block/u],
    [
      'a newest one that is not kept for its size',
      changed(files, 'checkpoint', Buffer.from(`${note}\u2014 stranger AAAAAAAA\n`)),
      /is not the note that is kept for its size/u,
    ],
  ];
  for (const [what, evil, detail] of attacks) {
    const report = await verify({ kind: 'bundle', dir: writeFiles(temporaryDir(t), evil) }, temporaryDir(t), policy);
    t.notOk(report.ok, what);
    t.ok(
      report.faults.some((fault) => detail.test(fault.detail)),
      `${what}: ${JSON.stringify(report.faults)}`,
    );
  }
});
