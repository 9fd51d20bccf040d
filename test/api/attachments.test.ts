import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { openAttachments, TooLarge } from '../../src/application/attachments.ts';
import { mediaTypeFault } from '../../src/application/media-types.ts';
import { handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { seedDocument } from '../../seed/index.ts';
import {
  openWorld,
  recorded,
  SEED_DIRECTIVE,
  temporaryDir,
  type Answer,
  type Client,
  type CommandBody,
  type World,
} from '../support/app.ts';
import { startServer, tokenFor } from '../support/process.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Bytes that reports and findings cite: taken in as a stream, named by their digest, and never given out otherwise. */

const AT = '2023-04-10T09:00:00+08:00';
const OCTETS = { 'content-type': 'application/octet-stream' } as const;
const LIMIT = 64 * 1024 * 1024;
const BYSTANDER = 'shi-shang-wu-ju';

const digestOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pathOf = (dataDir: string, digest: string): string => join(dataDir, 'attachments', digest.slice(0, 2), digest);
/** The source of what every world here begins with is an attachment too. */
const SEEDED = digestOf(seedDocument());

/** Every file below, by its name; but that, and those that note who has sent what. */
const filesIn = (dataDir: string): readonly string[] => {
  const root = join(dataDir, 'attachments');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && !entry.parentPath.startsWith(join(root, 'senders')) ? [entry.name] : []))
    .filter((name) => name !== SEEDED)
    .sort();
};

type Uploaded = { readonly sha256: string; readonly size: number };
const upload = (client: Client, bytes: string): Promise<Answer<Uploaded>> => client.post('/v1/attachments', bytes, OCTETS);

/** Requests over a socket: chunked, and cut off where a test wants it. */
const opened = async (world: World, token: string, headers: Readonly<Record<string, string>> = OCTETS): Promise<ClientRequest> => {
  if (!world.app().server.listening) await world.app().listen({ port: 0, host: '127.0.0.1' });
  const { port } = world.app().server.address() as AddressInfo; // it listens on a port, not on a pipe
  return request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/attachments',
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
};
const answered = async (sent: ClientRequest): Promise<{ readonly status: number; readonly body: unknown }> => {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: JSON.parse((await response.toArray()).join('')) };
};

await test('the same bytes twice are one file, whoever sends them', async (t) => {
  const world = await openWorld(t, { at: AT });
  const bytes = '竣工验收表';
  const sha256 = digestOf(bytes);
  const stored = { sha256, size: 15 };
  t.match(await upload(world.unit(OWN), bytes), { status: 201, headers: { location: `/v1/attachments/${sha256}` }, body: stored });
  t.match(await upload(world.unit(OWN), bytes), { status: 200, body: stored });
  t.match(await upload(world.unit(OTHER), bytes), { status: 201, body: stored }, 'nobody is told that another had them');
  t.match(await upload(world.unit(OTHER), bytes), { status: 200, body: stored });
  t.match(await upload(world.office, `${bytes}2`), { status: 201 });
  t.same(filesIn(world.dataDir), [sha256, digestOf(`${bytes}2`)].sort());
  t.equal(readFileSync(pathOf(world.dataDir, sha256), 'utf8'), bytes);
  const read = await world.auditor.get(`/v1/attachments/${sha256}`);
  t.match(read, {
    status: 200,
    text: bytes,
    headers: { 'content-type': 'application/octet-stream', 'content-length': '15', 'cache-control': /immutable/u },
  });
  t.match(await upload(world.auditor, bytes), { status: 403 });
  t.match(await upload(world.nobody, bytes), { status: 401 });
});

await test('an upload may come in chunks, and one that breaks off leaves nothing', async (t) => {
  const world = await openWorld(t, { at: AT });
  const token = await world.tokenOf('office');
  const whole = await opened(world, token);
  whole.write('第一段');
  await sleep(5);
  whole.write('第二段');
  whole.end('第三段');
  t.match(await answered(whole), { status: 201, body: { sha256: digestOf('第一段第二段第三段'), size: 27 } });

  const broken = await opened(world, token);
  broken.on('error', () => undefined);
  broken.write(Buffer.alloc(100_000, '半'));
  while (filesIn(world.dataDir).length < 2) await sleep(1);
  broken.destroy();
  while (filesIn(world.dataDir).length > 1) await sleep(1);
  t.same(filesIn(world.dataDir), [digestOf('第一段第二段第三段')]);
});

await test('an upload past the limit is refused, announced or not, and nothing of it is kept', async (t) => {
  const world = await openWorld(t, { at: AT });
  const token = await world.tokenOf('office');
  const announced = await opened(world, token, { ...OCTETS, 'content-length': String(LIMIT + 1) });
  announced.on('error', () => undefined);
  announced.flushHeaders();
  t.match(await answered(announced), { status: 413, body: { code: 'body-too-large' } });
  announced.destroy();

  const chunked = await opened(world, token);
  const refusal = answered(chunked);
  const mebibyte = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent < 80; sent += 1) if (!chunked.write(mebibyte)) await once(chunked, 'drain');
  chunked.end();
  t.match(await refusal, { status: 413, body: { code: 'body-too-large' } });
  t.same(filesIn(world.dataDir), []);

  await t.test('to the byte', async (tt) => {
    const dataDir = temporaryDir(tt);
    const store = openAttachments(dataDir);
    tt.match(await store.put(Readable.from([Buffer.from('12345'), Buffer.from('67890')]), 10, { unit: null }), { size: 10, known: false });
    await tt.rejects(store.put(Readable.from([Buffer.from('12345'), Buffer.from('678901')]), 10, { unit: null }), TooLarge);
    tt.same(filesIn(dataDir), [digestOf('1234567890')]);
  });
});

await test('only octet streams are taken in here, and nowhere else', async (t) => {
  const world = await openWorld(t, { at: AT });
  const refused = { status: 415, body: { code: 'unsupported-media-type' } };
  for (const [type, body] of [
    ['application/json', '{"a":1}'],
    ['text/plain', 'text'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/pdf', '%PDF'],
  ] as const)
    t.match(await world.office.post('/v1/attachments', body, { 'content-type': type }), refused, type);
  t.match(await world.office.post('/v1/units', '{"id":"a","name":"甲局"}', OCTETS), refused);
  t.match(await world.office.post('/v1/directives/import?commit=true', 'text', OCTETS), refused);
  t.match(
    await world.unit(OWN).post('/v1/tasks/sanzhengban-2023-1-task-26/reports', JSON.stringify({ period: '2023-03', ...REPORT }), OCTETS),
    refused,
  );
  t.same(filesIn(world.dataDir), []);
  t.match(await upload(world.office, ''), { status: 201, body: { sha256: digestOf(''), size: 0 } }, 'of no bytes too');
});

await test('who cites it may read it, and of whom it tells; not who carries the same task', async (t) => {
  const world = await openWorld(t, { at: AT });
  const cite = async (bytes: string): Promise<{ readonly url: string; readonly attachment: object }> => {
    const { body } = await upload(world.unit(OWN), bytes);
    return { url: `/v1/attachments/${body.sha256}`, attachment: { ...body, name: `${bytes}.txt`, mediaType: 'text/plain' } };
  };
  const readers = async (url: string): Promise<readonly string[]> => {
    const clients = {
      office: world.office,
      auditor: world.auditor,
      own: world.unit(OWN),
      other: world.unit(OTHER),
      bystander: world.unit(BYSTANDER),
    };
    const may: string[] = [];
    for (const [name, client] of Object.entries(clients)) {
      const { status, text } = await client.get(url);
      if (status === 200) may.push(name);
      else t.match({ status, text }, { status: 404, text: /not-found/u }, `${name} is not told that it is there`);
    }
    return may;
  };
  await recorded(
    world.office.post('/v1/tasks', {
      ...handTask('shared'),
      assignees: [
        { role: 'lead', party: OWN },
        { role: 'cooperating', party: OTHER },
      ],
    }),
  );

  const uncited = await cite('还没有引用');
  t.same(await readers(uncited.url), ['office', 'auditor', 'own'], 'who has sent it may read it, cited or not');
  await recorded(world.unit(OTHER).post('/v1/tasks/shared/reports', { period: '2023-02', ...REPORT, attachments: [uncited.attachment] }));
  t.same(await readers(uncited.url), ['office', 'auditor', 'own'], 'and who cites what it has not sent may not');

  const reported = await cite('月报附件');
  await recorded(world.unit(OWN).post('/v1/tasks/shared/reports', { period: '2023-03', ...REPORT, attachments: [reported.attachment] }));
  t.same(await readers(reported.url), ['office', 'auditor', 'own'], 'what one unit reports is not for the others that carry the task');
  const amended = await cite('补充附件');
  await recorded(
    world.unit(OWN).post(`/v1/tasks/shared/reports/${OWN}-2023-03/amendments`, { attachments: [amended.attachment], reason: '补充' }),
  );
  t.same(await readers(amended.url), ['office', 'auditor', 'own']);
  const claimed = await cite('验收表');
  await recorded(world.unit(OWN).post('/v1/tasks/shared/completion-claims', { evidence: '见附件', attachments: [claimed.attachment] }));
  t.same(await readers(claimed.url), ['office', 'auditor', 'own']);

  const { subject } = await recorded(
    world.office.post('/v1/inspections', { directive: SEED_DIRECTIVE, title: '督查', plan: '现场', units: [OWN, OTHER] }),
  );
  const inspection = `/v1/inspections/${subject}`;
  const photo = await cite('现场照片');
  await recorded(world.office.post(`${inspection}/findings`, { unit: OWN, task: 'shared', text: '滞后', attachments: [photo.attachment] }));
  t.same(await readers(photo.url), ['office', 'auditor', 'own'], 'what was found of a unit is for that unit');
  await recorded(world.office.post(`${inspection}/rectifications`, { finding: 1, text: '限期' }));
  const mended = await cite('整改照片');
  await recorded(world.unit(OWN).post(`${inspection}/rectifications/1/reports`, { text: '已改', attachments: [mended.attachment] }));
  t.same(await readers(mended.url), ['office', 'auditor', 'own']);
  t.match((await world.unit(OWN).get(inspection)).body, {
    findings: [{ attachments: [photo.attachment] }],
    rectifications: [{ rounds: [{ attachments: [mended.attachment] }] }],
  });

  await recorded(
    world.office.send<CommandBody>('PATCH', `/v1/units/${OWN}`, { mergedInto: BYSTANDER, from: '2023-04-10', reason: '机构改革' }),
  );
  t.same(await readers(photo.url), ['office', 'auditor', 'own', 'bystander'], 'who took it over too');

  t.match(await world.office.get(`/v1/attachments/${digestOf('nowhere')}`), { status: 404 });
  t.match(await world.office.get('/v1/attachments/abc'), { status: 400, body: { errors: [{ pointer: '/sha256' }] } });
  t.match(await world.office.get('/v1/attachments/..%2F..%2Flog.sqlite'), { status: 400 });
});

await test('a file that no longer has its digest is refused, until its bytes are sent again', async (t) => {
  const world = await openWorld(t, { at: AT });
  const bytes = '竣工验收表';
  const sha256 = digestOf(bytes);
  const path = pathOf(world.dataDir, sha256);
  const url = `/v1/attachments/${sha256}`;
  await upload(world.office, bytes);
  const harms: readonly (() => void)[] = [
    () => writeFileSync(path, bytes.replace('竣', '峻')),
    () => appendFileSync(path, ' '),
    () => truncateSync(path, 3),
    () => writeFileSync(path, ''),
  ];
  for (const harm of harms) {
    harm();
    const read = await world.auditor.get(url);
    t.match(read, { status: 500, headers: { 'content-type': /^application\/problem\+json/u }, body: { code: 'attachment-damaged' } });
    t.match(await world.auditor.send('HEAD', url), { status: 500 });
    t.match(await upload(world.office, bytes), { status: 201, body: { sha256 } }, 'not known: it was not here any more');
    t.match(await world.auditor.get(url), { status: 200, text: bytes });
  }
  t.same(filesIn(world.dataDir), [sha256]);
});

const half = async (t: Test, dataDir: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  const server = await startServer(t, dataDir, { SEED: 'none' });
  const { port, hostname } = new URL(server.url);
  const token = await tokenFor(dataDir, { role: 'office' });
  const sent = request({
    port,
    host: hostname,
    method: 'POST',
    path: '/v1/attachments',
    headers: { authorization: `Bearer ${token}`, ...OCTETS },
  });
  sent.on('error', () => undefined);
  sent.write(Buffer.alloc(200_000, 'x'));
  while (filesIn(dataDir).length === 0) await sleep(1);
  await server.kill(signal);
};

await test('killed in the midst of an upload, there is no half file under a digest, and the next start sweeps up', async (t) => {
  const dataDir = temporaryDir(t);
  await half(t, dataDir, 'SIGKILL');
  const [left, ...others] = filesIn(dataDir);
  t.match(left, /^\.[0-9a-f-]{36}$/u);
  t.same(others, []);
  const server = await startServer(t, dataDir, { SEED: 'none' });
  t.same(filesIn(dataDir), []);
  const headers = { authorization: `Bearer ${await tokenFor(dataDir, { role: 'office' })}`, ...OCTETS };
  const answer = await fetch(`${server.url}/v1/attachments`, { method: 'POST', headers, body: 'x'.repeat(400_000) });
  t.match(await answer.json(), { sha256: digestOf('x'.repeat(400_000)), size: 400_000 });
  t.match(await server.kill('SIGTERM'), { code: 0 });
  t.same(filesIn(dataDir), [digestOf('x'.repeat(400_000))]);
});

await test('of what was taken in before senders were noted, the first who cited it is held to have sent it', async (t) => {
  const world = await openWorld(t, { at: AT });
  const bytes = '旧附件';
  const digest = digestOf(bytes);
  const url = `/v1/attachments/${digest}`;
  mkdirSync(join(world.dataDir, 'attachments', digest.slice(0, 2)), { recursive: true });
  writeFileSync(pathOf(world.dataDir, digest), bytes);
  const attachments = [{ sha256: digest, name: '附件.txt', size: 9, mediaType: 'text/plain' }];
  const statuses = async (): Promise<readonly number[]> =>
    Promise.all([OWN, OTHER].map(async (unit) => (await world.unit(unit).get(url)).status));
  for (const [unit, task] of [
    [OWN, 'old-own'],
    [OTHER, 'old-other'],
  ] as const) {
    const made = await world.office.post('/v1/tasks', { ...handTask(task), assignees: [{ role: 'lead', party: unit }] });
    t.equal(made.status, 201);
    t.equal((await world.unit(unit).post(`/v1/tasks/${task}/reports`, { period: '2023-03', ...REPORT, attachments })).status, 201);
    t.same(await statuses(), [200, 404], task);
  }
  t.match(await upload(world.unit(OTHER), bytes), { status: 201 }, 'who sends the bytes has them');
  t.same(await statuses(), [200, 200], 'and takes them from nobody');
});

await test('what a citation says of bytes that the citer may read must be so', async (t) => {
  const world = await openWorld(t, { at: AT });
  for (const id of ['cited', 'cited-too']) {
    const assignees = [OWN, OTHER].map((party) => ({ role: 'lead', party }));
    t.equal((await world.office.post('/v1/tasks', { ...handTask(id), assignees })).status, 201);
  }
  const pdf = '%PDF-1.7\n竣工验收表';
  const { body: stored } = await upload(world.unit(OWN), pdf);
  const right = { ...stored, name: '验收表.pdf', mediaType: 'application/pdf' };
  const report = (unit: string, attachment: object, task = 'cited'): Promise<Answer> =>
    world.unit(unit).post(`/v1/tasks/${task}/reports`, { period: '2023-03', ...REPORT, attachments: [attachment] });
  const head = world.head();
  t.match(await report(OWN, { ...right, size: 1 }), {
    status: 400,
    body: { code: 'invalid-input', errors: [{ pointer: '/attachments/0/size', message: `is ${stored.size}, in bytes` }] },
  });
  for (const mediaType of ['image/png', 'text/plain', 'application/zip'])
    t.match(await report(OWN, { ...right, mediaType }), {
      status: 400,
      body: { errors: [{ pointer: '/attachments/0/mediaType', message: 'is application/pdf, by the bytes' }] },
    });
  const entry = { task: 'cited', ...REPORT, attachments: [{ ...right, size: 2 }] };
  t.match(await world.unit(OWN).post('/v1/returns', { period: '2023-03', entries: [entry] }), {
    status: 400,
    body: { errors: [{ pointer: '/entries/0/attachments/0/size' }] },
  });
  t.equal(world.head(), head, 'nothing was recorded');
  t.equal((await report(OWN, right)).status, 201);
  t.equal((await report(OWN, { ...right, mediaType: 'application/octet-stream' }, 'cited-too')).status, 201, 'what anything may be called');

  await world.settled();
  const [wrong, nowhere] = [
    { ...right, size: 7, mediaType: 'image/png' },
    { ...right, size: 7, mediaType: 'image/png', sha256: digestOf('nowhere') },
  ];
  const told = async (attachment: object, period: string): Promise<unknown> => {
    const { status, body } = await world.unit(OTHER).post<Partial<CommandBody>>('/v1/tasks/cited/completion-claims', {
      evidence: `见附件 ${period}`,
      attachments: [attachment],
    });
    const { body: said } = await world
      .unit(OTHER)
      .get<{ readonly events: readonly { readonly data: unknown }[] }>('/v1/tasks/cited/completion-claims/1');
    return [status, Object.keys(body), said.events.length];
  };
  t.same(
    await told(wrong, '一'),
    [201, ['events', 'subject', 'revision', 'position', 'receipt'], 1],
    'another is not told that the bytes are here',
  );
  t.match((await world.office.get(`/v1/claims?directive=${SEED_DIRECTIVE}`)).body, {
    items: [{ attachments: [{ ...wrong, size: stored.size }] }],
  });
  t.match(await report(OTHER, nowhere, 'cited'), { status: 201 });
  const own = `/v1/tasks/cited/reports/${OTHER}-2023-03`;
  t.match((await world.unit(OTHER).get(own)).body, { attachments: [nowhere] });
  t.match((await world.office.get(own)).body, { attachments: [nowhere] }, 'of what is nowhere nothing else is known');
  t.match(await upload(world.unit(OTHER), 'nowhere'), { status: 201, body: { size: 7 } });
  t.match((await report(OTHER, { ...wrong }, 'cited-too')).status, 201);
  const seen = async (client: Client): Promise<unknown> =>
    (await client.get<{ readonly attachments: unknown }>(`/v1/tasks/cited-too/reports/${OTHER}-2023-03`)).body.attachments;
  t.match(await seen(world.unit(OTHER)), [wrong], 'as it was said, to who may not read it');
  t.match(await seen(world.auditor), [{ ...wrong, size: stored.size }], 'as it is, to who may');
});

await test('a file is called what its first bytes say', (t) => {
  const fault = (start: string | Uint8Array, type: string): string | undefined => {
    const said = mediaTypeFault(typeof start === 'string' ? Buffer.from(start, 'latin1') : start, type);
    return said && inEnglish(said);
  };
  t.equal(fault('\x89PNG\r\n\x1a\n', 'image/png'), undefined);
  t.equal(fault('\xff\xd8\xff\xe0', 'image/png'), 'is image/jpeg, by the bytes');
  t.equal(fault('PK\x03\x04', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'), undefined);
  t.equal(fault('PK\x03\x04', 'application/pdf'), 'is application/zip, by the bytes');
  t.equal(fault('PK\x03\x04', 'text/plain'), 'is application/zip, by the bytes');
  t.equal(fault(Buffer.from('进展情况'), 'text/markdown'), undefined);
  t.equal(fault(Buffer.from('进展情况'), 'application/pdf'), 'is text/plain, by the bytes');
  t.equal(fault('\x00\x01', 'image/gif'), 'is application/octet-stream, by the bytes');
  t.equal(fault('', 'application/x-anything'), undefined);
  t.end();
});
