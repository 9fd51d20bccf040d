import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'tap';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import { leafHash, parsePolicy, parseTilePath, verifyTlogProof } from '../../src/tlog/index.ts';
import { Unreadable } from '../../src/verifying/fault.ts';
import { openSource, type SourceSpec } from '../../src/verifying/open-source.ts';
import { makeTaskFile, verifyTaskFile } from '../../src/verifying/task-file.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { openWorld, type CommandBody, type World } from '../support/app.ts';
import { grow, handClock, open, temporaryDir, type HandClock, type Opened } from '../ledger/fixture.ts';

const filesIn = (dir: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(dir, path), readFileSync(path)]),
  );

const exported = async (spec: SourceSpec, out: string) => {
  const source = openSource(spec);
  try {
    return await exportBundle(source, out);
  } finally {
    source.close();
  }
};

const verify = (spec: SourceSpec): Promise<Report> => verifyLog(spec, { memoryOf: undefined, skew: 60_000 });

const REPORT = { period: '2023-02', status: 'on-track', narrative: '按计划推进' } as const;

/** A seeded office that took a snapshot and issued a notice; then its log went on. */
const office = async (world: World): Promise<void> => {
  const { clock } = world;
  clock.set('2023-03-01T09:00:00+08:00');
  const [task] = await world.all<{ readonly id: string; readonly assignees: readonly { readonly party: string; readonly kind: string }[] }>(
    world.office,
    '/v1/tasks?kind=task',
  );
  const unit = task?.assignees.find(({ kind }) => kind === 'unit')?.party ?? '';
  await world.unit(unit).post(`/v1/tasks/${task?.id}/reports`, REPORT);
  clock.set('2023-04-02T09:00:00+08:00');
  await world.settled();
  const snapshot = await world.office.post<CommandBody & { readonly digest: string }>('/v1/snapshots', {
    directive: 'sanzhengban-2023-1',
    period: '2023-02',
  });
  const notice = await world.office.post('/v1/notices', { snapshot: snapshot.body.subject });
  const issued = await world.office.post(`/v1/notices/${notice.body.subject}/issue`, { number: '通报〔2023〕1号' });
  if (issued.status !== 201) throw new Error(issued.text);
  await world.settled();
};

await test('a bundle out of a data directory and one out of its server are the same, and hold', async (t) => {
  const world = await openWorld(t);
  await office(world);
  world.duban().services.ledger.seal();
  const head = world.head();

  const local = join(temporaryDir(t), 'local');
  const first = await exported({ kind: 'data', dir: world.dataDir }, local);
  t.match(first, { from: 0, size: head });

  const url = await world.app().listen({ host: '127.0.0.1', port: 0 });
  const token = await mintToken(await loadLocalKey(world.dataDir), { role: 'auditor', ttl: 10_000_000 }, world.clock);
  const server: SourceSpec = { kind: 'server', url, token };
  const remote = join(temporaryDir(t), 'remote');
  await exported(server, remote);
  t.same([...filesIn(remote).keys()], [...filesIn(local).keys()]);
  for (const [path, bytes] of filesIn(local)) t.ok(filesIn(remote).get(path)?.equals(bytes), path);

  const expected = { ok: true, size: head, trust: 'first-use', snapshots: 1, notices: 1, faults: [] } as const;
  t.match(await verify({ kind: 'bundle', dir: local }), expected);
  t.match(await verify({ kind: 'data', dir: world.dataDir }), expected, 'the directory beside its server');
  t.match(await verify(server), expected, 'and the server itself');
  t.match(await verify({ kind: 'server', url, token: undefined }), {
    ok: false,
    faults: [{ check: 'bundle', detail: /answers 401 \(a token of an auditor is needed/u }],
  });

  // Every tile over HTTP is the exported one, and every checkpoint.
  for (const [path, bytes] of filesIn(local)) {
    if (!parseTilePath(path).ok) continue;
    const answer = await world.app().inject({ url: `/v1/ledger/${path}`, headers: { authorization: `Bearer ${token}` } });
    t.ok(answer.rawPayload.equals(bytes), path);
  }
  t.equal((await world.auditor.get(`/v1/ledger/tile/0/000.p/${head % 256}`)).status, head < 256 ? 200 : 404);
  for (const path of ['tile/0/999', 'tile/entries/999', 'tile/9/000', 'tile/0/0', 'tile/../../keys'])
    t.equal((await world.auditor.get(`/v1/ledger/${path}`)).status, 404, path);
  t.equal((await world.unit('shi-ke-ji-ju').get('/v1/ledger/tile/0/000.p/9')).status, 200, 'hashes are for everyone');
  t.equal((await world.unit('shi-ke-ji-ju').get('/v1/ledger/tile/entries/000.p/9')).status, 404, 'what others reported is not for a unit');
  const shown = await world.auditor.get<{
    items: { size: number; note: string }[];
    anchoredThrough: number;
    unanchored: number;
    unanchoredSince: string | null;
    stopped: string | null;
    waiting: string | null;
  }>('/v1/ledger/checkpoints');
  t.match(shown.body, {
    anchoredThrough: 0,
    unanchored: head,
    unanchoredSince: world.duban().services.store.readAll(0, 1)[0]?.envelope.time ?? '',
    stopped: null,
    waiting: null,
  });
  for (const { size, note } of shown.body.items) t.equal(filesIn(local).get(`checkpoints/${size}`)?.toString('utf8'), note);

  // Receipts of single events, under the key that the server shows.
  const vkey = (await world.auditor.get('/v1/ledger/key')).text;
  const policy = parsePolicy(Buffer.from(`log ${vkey}quorum none\n`));
  if (!policy.ok) throw new Error(policy.reason);
  const events = world.duban().services.store.readAll(0, head);
  for (const stored of [events[0], events[100], events.at(-1)]) {
    if (stored === undefined) throw new Error('no event');
    const receipt = await world.app().inject({ url: `/v1/log/events/${stored.id}/proof`, headers: { authorization: `Bearer ${token}` } });
    t.match(verifyTlogProof(receipt.rawPayload, leafHash(stored.bytes), policy.value), { ok: true, value: { index: stored.position - 1 } });
    t.match(
      verifyTlogProof(receipt.rawPayload, leafHash(events[7]?.bytes ?? Buffer.alloc(0)), policy.value),
      { ok: false },
      'a right proof of another event',
    );
  }

  // One task's history, from wherever.
  const task = events.find(({ stream }) => stream.startsWith('task-'))?.stream.slice('task-'.length) ?? '';
  const histories = await Promise.all(
    ([{ kind: 'data', dir: world.dataDir }, server, { kind: 'bundle', dir: local }] as const).map(async (spec) => {
      const source = openSource(spec);
      const file = await makeTaskFile(source, task);
      source.close();
      return file;
    }),
  );
  t.match(verifyTaskFile('file', histories[0] ?? '', policy.value), {
    ok: true,
    task,
    events: events.filter(({ stream }) => stream === `task-${task}`).length,
  });
  t.equal(histories[0], histories[2]);
  t.match(verifyTaskFile('file', histories[1] ?? '', policy.value), { ok: true, task });
  const source = openSource({ kind: 'bundle', dir: local });
  await t.rejects(makeTaskFile(source, 'no-such-task'), Unreadable);
  t.match(await verifyLog({ kind: 'bundle', dir: local }, { memoryOf: undefined, skew: 60_000, stream: `task-${task}` }), {
    ok: true,
    stream: { name: `task-${task}`, positions: events.filter(({ stream }) => stream === `task-${task}`).map(({ position }) => position) },
  });
});

const bundled = async (duban: Opened, dataDir: string, out: string) => {
  duban.services.ledger.seal();
  return exported({ kind: 'data', dir: dataDir }, out);
};

const started = (
  t: Parameters<typeof open>[0],
): { readonly dir: string; readonly clock: HandClock; readonly duban: Opened; readonly out: string } => {
  const dir = temporaryDir(t);
  const clock = handClock();
  return { dir, clock, duban: open(t, dir, clock), out: join(temporaryDir(t), 'bundle') };
};

await test('a bundle is brought up to date without a full tile being written again', async (t) => {
  const { dir, clock, duban, out } = started(t);
  await t.rejects(exported({ kind: 'data', dir }, out), /has no signed checkpoint|nothing was signed/u);
  await grow(duban, clock, 300);
  t.match(await bundled(duban, dir, out), { from: 0, size: 300 });
  t.ok(existsSync(join(out, 'tile/entries/001.p/44')));
  const full = ['tile/entries/000', 'tile/0/000'];
  const inodes = full.map((path) => statSync(join(out, path)).ino);
  await grow(duban, clock, 230);
  t.match(await bundled(duban, dir, out), { from: 300, size: 530 });
  t.same(
    full.map((path) => statSync(join(out, path)).ino),
    inodes,
    'the same files',
  );
  t.notOk(existsSync(join(out, 'tile/entries/001.p')), 'what was partial and is full now has gone');
  t.notOk(existsSync(join(out, 'tile/1/000.p/1')), 'and what has become wider');
  t.match(await verify({ kind: 'bundle', dir: out }), { ok: true, size: 530 });

  const again = filesIn(out);
  const before = [...again.keys()].map((path) => statSync(join(out, path)).ino);
  t.match(await bundled(duban, dir, out), { from: 530, size: 530 });
  t.same(
    [...again.keys()].map((path) => statSync(join(out, path)).ino),
    before,
    'nothing new, nothing written',
  );
  const fresh = join(temporaryDir(t), 'fresh');
  await exported({ kind: 'data', dir }, fresh);
  t.same([...filesIn(out)], [...filesIn(fresh)], 'it is the bundle that would be made at once');
});

await test('an export that was cut short goes on where it was', async (t) => {
  const { dir, clock, duban, out } = started(t);
  await grow(duban, clock, 20 * 256 + 10);
  duban.services.ledger.seal();
  const fresh = join(temporaryDir(t), 'fresh');
  await exported({ kind: 'data', dir }, fresh);
  for (const breaks of [17, 18, 20]) {
    const source = openSource({ kind: 'data', dir });
    const breaking: typeof source = {
      ...source,
      entries: async (index, width) => {
        if (index >= breaks) throw new Unreadable('the line', 'is down');
        return source.entries(index, width);
      },
    };
    await t.rejects(exportBundle(breaking, out), Unreadable);
    t.notOk(existsSync(join(out, 'checkpoint')), 'a bundle that is not finished is none');
    source.close();
  }
  const fetched: number[] = [];
  const source = openSource({ kind: 'data', dir });
  await exportBundle(
    {
      ...source,
      entries: (index, width) => {
        fetched.push(index);
        return source.entries(index, width);
      },
    },
    out,
  );
  source.close();
  t.same(fetched, [16, 17, 18, 19, 20], 'what was there is not fetched again');
  t.same([...filesIn(out)], [...filesIn(fresh)]);
});

await test('a bundle of one history is not continued with another', async (t) => {
  const { dir, clock, duban, out } = started(t);
  await grow(duban, clock, 300);
  await bundled(duban, dir, out);
  await duban.close();
  const older = join(temporaryDir(t), 'older');
  cpSync(dir, older, { recursive: true });
  const longer = open(t, dir, clock);
  await grow(longer, clock, 50);
  await bundled(longer, dir, out);
  await longer.close();
  const files = [...filesIn(out)];

  await t.rejects(exported({ kind: 'data', dir: older }, out), /holds 350 events, but .* has only 300 signed: was it rolled back/u);
  t.same([...filesIn(out)], files, 'the bundle is as it was');

  const forked = open(t, older, clock);
  await grow(forked, clock, 400);
  forked.services.ledger.seal();
  await forked.close();
  await t.rejects(exported({ kind: 'data', dir: older }, out), {
    name: 'ExportRefused',
    message: /the first 350 events of .* are not those/u,
  });
  t.same([...filesIn(out)], files, 'and is so after a fork too');
  t.match(await verify({ kind: 'bundle', dir: out }), { ok: true, size: 350 });

  const source = openSource({ kind: 'data', dir });
  const changed: typeof source = {
    ...source,
    entries: async (index, width) => {
      const { bytes } = await source.entries(index, width);
      return { bytes: bytes.with(3, Buffer.from('{}')) };
    },
  };
  const fresh = join(temporaryDir(t), 'fresh');
  await t.rejects(exportBundle(changed, fresh), {
    name: 'ExportRefused',
    message: /do not give the root that was signed for 350 of them/u,
  });
  t.notOk(existsSync(join(fresh, 'checkpoint')));
  source.close();

  const elsewhere = temporaryDir(t);
  const stranger = open(t, elsewhere, clock);
  await grow(stranger, clock, 1);
  await stranger.close();
  await t.rejects(exported({ kind: 'data', dir: elsewhere }, out), { name: 'ExportRefused', message: /is a bundle of .*, not of/u });
  t.same([...filesIn(out)], files);
});
