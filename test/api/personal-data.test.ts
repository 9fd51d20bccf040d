import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { backUp } from '../../src/main/backup.ts';
import { canonicalText } from '../../src/kernel/canonical.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openErasableStore } from '../../src/store/erasable.ts';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { ACTS_AT, contactsGiven, CONTACTS, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, seededDir, temporaryDir, type ProblemBody, type World } from '../support/app.ts';

/** Personal data is held apart from the log, is read by those whose it is and by the office, and can be erased. */

const WHY = { reason: '本人要求删除', authority: '个人信息保护法第四十七条' };
const PHONE = '13800000000';
const PERSON = { name: '王五', phone: PHONE };

type Kept = {
  readonly commitment: string;
  readonly state: string;
  readonly value: unknown;
  readonly salt: string | null;
  readonly erasure: { readonly reason: string } | null;
};

const saysOf = (dir: string, word: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dir, name);
    return statSync(path).isFile() && readFileSync(path).includes(word);
  });

const reportWith = (world: World, contact: object, headers = {}) =>
  world.unit(OWN).post('/v1/tasks/mine/reports', { period: '2023-02', ...REPORT, contact }, headers);

const contactOf = async (world: World): Promise<string> => {
  const { body } = await world.office.get<{ readonly contact: { readonly commitment: string } }>(`/v1/tasks/mine/reports/${OWN}-2023-02`);
  return body.contact.commitment;
};

/** The last event of the task that names a person. */
const eventOf = async (world: World): Promise<string> => {
  type Item = { readonly id: string; readonly type: string };
  const items = await world.all<Item>(world.office, '/v1/tasks/mine/history');
  return items.findLast(({ type }) => /^Report(?:Submitted|Amended)/u.test(type))?.id ?? '';
};

const withTask = async (world: World): Promise<void> => {
  await world.office.post('/v1/tasks', handTask('mine'));
};

await test('what a report says of a person is nowhere but in the store that can erase it', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  t.equal((await reportWith(world, PERSON)).status, 201);
  t.same((await world.office.get<Kept>(`/v1/personal-data/${await eventOf(world)}`)).body.value, PERSON);
  await world.close();
  t.same(saysOf(world.dataDir, PHONE), ['personal/values.sqlite']);
});

await test('whoever may read it can tell that it is what the event commits to', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  await reportWith(world, PERSON);
  const { headers, body } = await world.unit(OWN).get<Kept>(`/v1/personal-data/${await eventOf(world)}`);
  t.equal(headers['cache-control'], 'no-store', 'nobody keeps what may be erased');
  t.equal(
    createHash('sha256')
      .update(Buffer.from(body.salt ?? '', 'hex'))
      .update(canonicalText(body.value))
      .digest('hex'),
    body.commitment,
  );
});

await test('erasing is an act on record, and what was erased is gone from every file', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  await reportWith(world, PERSON);
  const commitment = await contactOf(world);
  const url = `/v1/personal-data/${await eventOf(world)}`;
  t.match(await world.office.post(`${url}/erasure`, WHY), { status: 201, body: { events: [{ type: 'PersonalDataErased.v1' }] } });
  const erased = { status: 200, body: { state: 'erased', value: null, salt: null, erasure: WHY } };
  t.match(await world.office.get<Kept>(url), erased);
  t.match(await world.unit(OWN).get<Kept>(url), erased);
  t.same(saysOf(world.dataDir, PHONE), []);
  t.equal(await contactOf(world), commitment, 'the report stays as it was');
  t.match(await world.office.post<ProblemBody>(`${url}/erasure`, WHY), { status: 409, body: { code: 'already-erased' } });
  t.match(await world.office.post<ProblemBody>(`/v1/personal-data/00000000-0000-4000-8000-000000000000/erasure`, WHY), {
    status: 404,
    body: { code: 'personal-data-unknown' },
  });
});

await test('every proof is valid after an erasure, and no bundle holds what was held apart', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  await reportWith(world, PERSON);
  await contactsGiven(world);
  t.equal((await world.office.post(`/v1/personal-data/${await eventOf(world)}/erasure`, WHY)).status, 201);
  await world.settled();
  await world.close();
  const out = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir: world.dataDir });
  await exportBundle(source, out);
  source.close();
  t.same(saysOf(out, PHONE), []);
  const report = await verifyLog({ kind: 'bundle', dir: out }, { memoryOf: undefined, skew: 60_000 });
  t.match(report, { ok: true, faults: [] });
});

await test('a retry is seen to be one, and neither another person nor an erased one passes for the same', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  const key = { 'idempotency-key': 'one' };
  t.equal((await reportWith(world, PERSON, key)).status, 201);
  t.equal((await reportWith(world, PERSON, key)).status, 200);
  t.match(await reportWith(world, { ...PERSON, phone: '139' }, key), { status: 422, body: { code: 'idempotency-key-reused' } });
  const event = await eventOf(world);
  await world.restart();
  t.equal((await reportWith(world, PERSON, key)).status, 200, 'after a restart too');
  t.match(await reportWith(world, { ...PERSON, phone: '139' }, key), { status: 422 });
  await world.office.post(`/v1/personal-data/${event}/erasure`, WHY);
  t.match(await reportWith(world, PERSON, key), { status: 422 });
  t.same(saysOf(world.dataDir, PHONE), [], 'and leaves nothing');
});

await test('a refused command leaves nothing behind', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  t.match(await world.unit(OTHER).post('/v1/tasks/mine/reports', { period: '2023-02', ...REPORT, contact: PERSON }), { status: 404 });
  t.match(await world.unit(OWN).post('/v1/tasks/mine/reports', { period: '2024-02', ...REPORT, contact: PERSON }), { status: 400 });
  t.same(saysOf(world.dataDir, PHONE), []);
});

await test('an amendment names another person, and of both each can be erased', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await withTask(world);
  await reportWith(world, PERSON);
  const [first, named] = [await eventOf(world), await contactOf(world)];
  const amended = { contact: { name: '赵六' }, reason: '换人' };
  t.equal((await world.unit(OWN).post(`/v1/tasks/mine/reports/${OWN}-2023-02/amendments`, amended)).status, 201);
  const second = await eventOf(world);
  t.not(await contactOf(world), named);
  await world.office.post(`/v1/personal-data/${first}/erasure`, WHY);
  t.match(await world.office.get<Kept>(`/v1/personal-data/${first}`), { body: { state: 'erased' } });
  t.match(await world.office.get<Kept>(`/v1/personal-data/${second}`), { body: { state: 'held', value: { name: '赵六' } } });
});

await test('a backup leaves personal data out unless it is asked for; a restored copy erases what its log has erased', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const event = await contactsGiven(world);
  const backed = async (withPersonal: boolean): Promise<string> => {
    const out = join(temporaryDir(t), 'copy');
    const done = await backUp({ dataDir: world.dataDir, out, withKeys: true, withPersonal, onAdvance: () => undefined });
    t.equal(done.personal, withPersonal);
    return out;
  };
  const [without, withIt] = [await backed(false), await backed(true)];
  t.equal(existsSync(dataFiles(without).personal), false);
  const fromCopy = await openWorld(t, { dataDir: without, at: ACTS_AT });
  t.match(await fromCopy.office.get<Kept>(`/v1/units/${OWN}/contacts`), { body: { state: 'absent', value: null, erasure: null } });
  await world.office.post(`/v1/personal-data/${event}/erasure`, WHY);
  t.same(saysOf(world.dataDir, PHONE), []);
  await world.restart(() => cpSync(dataFiles(withIt).personal, dataFiles(world.dataDir).personal, { recursive: true }));
  t.match(await world.office.get<Kept>(`/v1/units/${OWN}/contacts`), { body: { state: 'erased', value: null } });
  const until = Date.now() + 30_000;
  while (saysOf(world.dataDir, PHONE).length > 0 && Date.now() < until) await sleep(20);
  t.same(saysOf(world.dataDir, PHONE), [], 'what came back with the copy is erased again');
});

const CHILD = fileURLToPath(new URL('children/die-around-append.ts', import.meta.url));

for (const when of ['before', 'after'] as const)
  await test(`killed ${when} the log has the event: the value is ${when === 'before' ? 'removed' : 'there'} afterwards`, async (t) => {
    const dataDir = await seededDir(t);
    const child = spawn(process.execPath, [CHILD, dataDir, when, OWN], { stdio: ['ignore', 'ignore', 'inherit'] });
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    t.equal(signal, 'SIGKILL');
    t.same(saysOf(dataDir, PHONE), ['personal/values.sqlite'], 'the value comes first');
    const world = await openWorld(t, { dataDir, at: new Date().toISOString() });
    const contacts = `/v1/units/${OWN}/contacts`;
    if (when === 'after') {
      t.match(await world.office.get<Kept>(contacts), { body: { state: 'held', value: CONTACTS.contacts } });
      await world.restart();
      t.match(await world.office.get<Kept>(contacts), { body: { state: 'held' } });
      return;
    }
    t.match(await world.office.get<ProblemBody>(contacts), { status: 404 });
    const until = Date.now() + 30_000;
    while (saysOf(dataDir, PHONE).length > 0 && Date.now() < until) await sleep(20);
    t.same(saysOf(dataDir, PHONE), []);
  });

await test('a file of values that was there before is read by whoever opens it later', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await contactsGiven(world);
  const { commitment } = (await world.office.get<Kept>(`/v1/units/${OWN}/contacts`)).body;
  const beside = openErasableStore(dataFiles(world.dataDir).personalValues);
  t.same(beside.read(commitment)?.value, CONTACTS.contacts);
  t.equal(beside.erase(commitment), true, 'as another replica that shares it does');
  beside.close();
  t.match(await world.office.get<Kept>(`/v1/units/${OWN}/contacts`), { body: { state: 'absent' } });
});
