import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { test, type Test } from 'tap';
import { leafHash } from '../../src/tlog/index.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { openWorld, temporaryDir, type World } from '../support/app.ts';

/**
 * Logs that version 0.1.0 wrote, with snapshots and notices that it published by the first rules: what was published
 * keeps its judge, byte for byte (`src/domain/compliance/first-rules`).
 */

type Stored = {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly streamrev: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
};

type Old = { readonly lines: readonly string[]; readonly events: readonly Stored[] };

const readOld = (name: string): Old => {
  const text = readFileSync(new URL(`../vectors/first-rules/${name}.jsonl`, import.meta.url), 'utf8');
  const lines = text.trimEnd().split('\n');
  // The casts, here and below, are the shapes of what is stored.
  return { lines, events: lines.map((line) => JSON.parse(line) as Stored) };
};

/** The log file as it was, from the events' bytes. */
const writeLog = (dataDir: string, { lines, events }: Old): void => {
  const log = openLogFile(join(dataDir, 'log.sqlite'));
  log.write((writer) => {
    for (const [index, { id, subject, streamrev, time }] of events.entries()) {
      const bytes = Buffer.from(lines[index] ?? '');
      writer.append({ stream: subject, revision: Number(streamrev), id, recordedAt: Date.parse(time), bytes, leaf: leafHash(bytes) });
    }
    writer.setMeta('source', '/duban/1');
  });
  log.close();
};

const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');

type Snapshot = {
  readonly id: string;
  readonly digest: string;
  readonly body: { readonly judge: number; readonly basis: { readonly at?: string }; readonly obligations: readonly object[] };
};
type Taken = {
  readonly directive: string;
  readonly period: string | null;
  readonly position: number;
  readonly on: string;
  readonly digest: string;
};
type Notice = { readonly lines: readonly object[] };
type Consistency = { readonly match: boolean; readonly lines: readonly { readonly match: boolean }[] };

const openOld = async (t: Parameters<typeof openWorld>[0], old: Old): Promise<World> => {
  const dataDir = temporaryDir(t);
  writeLog(dataDir, old);
  const world = await openWorld(t, { dataDir, at: '2023-07-10T09:00:00+08:00' });
  await world.settled();
  return world;
};

const checkOld = async (t: Test, old: Old): Promise<void> => {
  const world = await openOld(t, old);
  const published = (type: string): readonly Stored[] => old.events.filter((event) => event.type === type);
  const snapshots = published('SnapshotTaken.v1');
  const notices = published('NoticeDrafted.v1');
  t.ok(snapshots.length > 5 && notices.length > 3);
  let otherwise = 0;
  for (const { subject, data } of snapshots) {
    const { directive, period, position, on, digest } = data as Taken;
    const url = `/v1/${subject.replace('-', 's/')}`;
    const { body } = (await world.auditor.get<Snapshot>(url)).body;
    t.same([body.judge, sha256(body)], [1, digest], 'is shown as it was');
    t.notOk('at' in body.basis, 'which judged a day and no moment');
    t.match(await world.auditor.post(`${url}/verify`, {}), { status: 200, body: { match: true, digest, recomputed: digest } });
    const again = await world.office.post('/v1/snapshots', { directive, ...(period === null ? {} : { period }), asOf: `@${position}`, on });
    const now = await world.auditor.get<Snapshot>(`/v1/snapshots/${again.body.subject}`);
    t.equal(now.body.body.judge, 2);
    if (sha256(now.body.body.obligations) !== sha256(body.obligations)) otherwise += 1;
  }
  t.ok(otherwise > 4, `${otherwise} of ${snapshots.length} come out otherwise by the rules of today`);
  for (const { subject, data } of notices) {
    const url = `/v1/${subject.replace('-', 's/')}`;
    t.same((await world.auditor.get<Notice>(url)).body.lines, data['lines'], 'says what it said');
    const { body } = await world.auditor.get<Consistency>(`${url}/consistency`);
    t.equal(body.match, true, 'and the facts of its position bear it out');
  }
  await world.close();
  const memory = temporaryDir(t);
  const report = await verifyLog({ kind: 'data', dir: world.dataDir }, { memoryOf: (origin) => openMemory(memory, origin), skew: 60_000 });
  t.match(report, { ok: true, snapshots: 2 * snapshots.length, notices: notices.length, faults: [] });
};

for (const name of ['one', 'other'])
  await test(`what version 0.1.0 published in the log ${name} is still computed by its rules, byte for byte`, (t) =>
    checkOld(t, readOld(name)));
