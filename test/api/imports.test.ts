import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { createImports, type Imports } from '../../src/application/imports/imports.ts';
import type { Unreadable } from '../../src/documents/source.ts';
import { problemTypes, statusOf } from '../../src/http/problems.ts';
import { openWorld, type Answer, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';

/** A document of any office, from its bytes to a directive, by way of a draft that a person finishes. */

const NOTICE = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  '1、新建学校3所。(市教育局、市财政局)',
  '2、改造道路5公里。(市交通运输局、各区政府)',
  '此行另有所指',
  '2024年2月1日',
].join('\n');

const bytes = Buffer.from(NOTICE);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const AT = '2024-02-05T09:00:00+08:00';

type Sent = CommandBody & ProblemBody;
const send = (world: World, body: Buffer = bytes, query = '?name=notice.txt', headers = {}): Promise<Answer<Sent>> =>
  world.office.send('POST', `/v1/imports${query}`, body, { 'content-type': 'text/plain', ...headers });

const shown = async (world: World, url: string): Promise<ImportAnswer & { readonly etag: string }> => {
  const { status, text, body, headers } = await world.auditor.get<ImportAnswer>(url);
  if (status !== 200) throw new Error(text);
  return { ...body, etag: headers['etag'] ?? '' };
};

/** The same, but for what reads files. */
const createWith = (world: World, code: Unreadable['code']): { readonly imports: Imports } => {
  const { handler, attachments, views } = world.duban().services;
  const understand = () => Promise.resolve({ ok: false, problem: { code, detail: 'no' } } as const);
  return { imports: createImports({ handler, attachments, views, understand }) };
};

const patch = (world: World, url: string, body: object, headers = {}): Promise<Answer<Sent>> =>
  world.office.send('PATCH', url, body, headers);

await test('a document becomes a draft, is corrected, and becomes a directive', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT, overHttp: true });
  const sent = await send(world);
  t.match(sent, { status: 201, body: { events: [{ type: 'ImportDrafted.v1' }] } });
  const url = sent.headers['location'] ?? '';
  t.match(url, /^\/v1\/imports\/[0-9a-f]+$/u);
  t.match(await send(world), { status: 200, headers: { location: url }, body: { events: [] } }, 'the same bytes are the same draft');

  const draft = await shown(world, url);
  t.match(draft, {
    state: 'draft',
    source: { sha256, name: 'notice.txt', mediaType: 'text/plain', encoding: 'utf-8' },
    directive: { id: 'hezhengban-2024-9', number: '河政办〔2024〕9号', issuer: '河州市人民政府办公室', date: '2024-02-01' },
    coverage: { lines: 6, accounted: 6, unread: [] },
  });
  t.same(
    draft.items.map(({ key, number, assignees }) => [key, number, assignees.map(({ name }) => name)]),
    [
      ['task-1', '1', ['市教育局', '市财政局']],
      ['task-2', '2', ['市交通运输局', '各区政府']],
    ],
  );
  t.same(
    draft.units.map(({ name, state, unit }) => [name, state, unit]),
    [
      ['市教育局', 'new', 'shi-jiao-yu-ju'],
      ['市财政局', 'new', 'shi-cai-zheng-ju'],
      ['市交通运输局', 'new', 'shi-jiao-tong-yun-shu-ju'],
    ],
  );
  const unread = draft.findings.find(({ kind }) => kind === 'prose-set-aside');
  t.match(unread, { address: 'line 5', blocks: true, decision: null });

  const refused = await world.office.post<ProblemBody>(`${url}/commit`, {});
  t.match(refused, { status: 409, body: { code: 'import-open', facts: { findings: [{ n: unread?.n, address: 'line 5' }] } } });
  t.equal(world.head(), 1, 'nothing was appended');
  t.equal((await world.office.get('/v1/directives/hezhengban-2024-9')).status, 404);

  await world.office.post('/v1/units', { id: 'jiao-tong', name: '市交通局' });
  t.match(
    await patch(
      world,
      url,
      {
        segments: [{ address: 'line 5', use: 'noise' }],
        units: [{ name: '市交通运输局', alias: 'jiao-tong' }],
        collectives: [{ name: '各区政府', members: ['市财政局'], basis: '机构名录' }],
        items: [
          {
            item: 'task-1',
            set: {
              deadline: { printed: '年底前', date: '2024-12-31', precision: 'year' },
              milestones: [{ printed: '6月底前开工', date: '2024-06-30' }],
              leaders: [{ name: null, title: '分管副市长' }],
            },
          },
        ],
        duties: [
          {
            id: 'quarterly',
            name: '季报',
            every: 'quarter',
            from: '2024-Q1',
            to: '2024-Q4',
            due: { day: 5, offset: 1, cutoff: '24:00', shift: 'none' },
            monthEnd: 'clamp',
            who: { target: ['responsible'], task: ['lead', 'responsible'], item: ['responsible'] },
            asks: 'report',
          },
        ],
      },
      { 'if-match': draft.etag },
    ),
    { status: 201, body: { events: [{ type: 'ImportCorrected.v1' }] } },
  );
  t.match(
    await patch(world, url, { directive: { title: '别的' } }, { 'if-match': draft.etag }),
    { status: 412 },
    'decided on what has changed',
  );

  const corrected = await shown(world, url);
  t.same(
    corrected.findings.filter(({ blocks }) => blocks),
    [],
  );
  t.match(corrected, {
    coverage: { unread: [] },
    items: [{ correctedBy: 'office', deadline: { date: '2024-12-31' } }, { correctedBy: null }],
    duties: [{ id: 'quarterly' }],
  });
  t.match(
    corrected.units.find(({ name }) => name === '市交通运输局'),
    { state: 'alias', unit: 'jiao-tong' },
  );

  const committed = await world.office.post<CommandBody & { readonly directive: string }>(`${url}/commit`, {}, { 'idempotency-key': 'c' });
  t.match(committed, { status: 201, body: { directive: 'hezhengban-2024-9' }, headers: { location: '/v1/directives/hezhengban-2024-9' } });
  const types = committed.body.events.map(({ type }) => type);
  t.match(types, [/ImportCommitBegun/u, /DirectiveImported/u]);
  t.equal(types.at(-1), 'ImportCommitted.v1');
  const head = world.head();
  t.match(await world.office.post(`${url}/commit`, {}), { status: 200, body: { events: [] } }, 'once is enough');
  t.same(
    (await world.office.post(`${url}/commit`, {}, { 'idempotency-key': 'c' })).body.events,
    committed.body.events,
    'the first answer again',
  );
  t.match(await send(world), { status: 200, headers: { location: url } });
  t.match(await patch(world, url, { directive: { title: '别的' } }), { status: 409, body: { code: 'import-committed' } });
  t.equal(world.head(), head);

  t.match(await shown(world, url), { state: 'committed', directive: { id: 'hezhengban-2024-9' } });
  t.match(await world.office.get('/v1/tasks/hezhengban-2024-9-task-1'), {
    body: {
      number: 1,
      source: { sha256, address: 'line 3' },
      deadline: '2024-12-31',
      deadlineTerms: { printed: '年底前', precision: 'year', milestones: [{ title: '6月底前开工', due: '2024-06-30' }] },
      leaders: [],
      leaderPosts: [{ name: null, title: '分管副市长' }],
      assignees: [{ role: 'responsible', party: 'shi-jiao-yu-ju' }, { party: 'shi-cai-zheng-ju' }],
    },
  });
  t.match(await world.office.get('/v1/tasks/hezhengban-2024-9-task-2'), {
    body: { assignees: [{ party: 'jiao-tong' }, { party: 'ge-qu-zheng-fu', members: ['shi-cai-zheng-ju'] }] },
  });
  t.match(await world.office.get('/v1/units/jiao-tong'), { body: { name: '市交通局', aliases: ['市交通运输局'] } });
  t.match(await world.office.get('/v1/directives/hezhengban-2024-9/policies'), {
    body: { items: [{ duties: [{ id: 'quarterly' }], effectiveFrom: '2024-01-01' }] },
  });
  const source = await world.auditor.get(`${url}/source`);
  t.match(source, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  t.equal(source.text, NOTICE, 'as it came');
  await world.restart();
  t.match(await shown(world, url), { state: 'committed', items: [{ key: 'task-1' }, { key: 'task-2' }] });
  t.match(await world.office.get<ListBody<object>>('/v1/imports?state=committed'), {
    body: { items: [{ sha256, directive: 'hezhengban-2024-9', by: 'office' }] },
  });
  t.match(await world.office.get<ListBody<object>>('/v1/import-profiles?issuer=河州市人民政府办公室'), {
    body: { items: [{ version: 1, issuer: '河州市人民政府办公室' }] },
  });
});

await test('what a finding asks for is answered, and what only blocks can be set aside with a reason', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const { headers } = await send(world, Buffer.from(NOTICE.replace('河政办〔2024〕9号\n', '')));
  const url = headers['location'] ?? '';
  const open = async () => (await shown(world, url)).findings.filter(({ blocks, decision }) => blocks && decision === null);
  const asked = await open();
  const n = (kind: string): number => asked.find((finding) => finding.kind === kind)?.n ?? 0;
  t.same(asked.map(({ kind }) => kind).toSorted(), ['number-missing', 'prose-set-aside']);
  t.match(await patch(world, url, { findings: [{ n: n('number-missing'), decision: '不管', reason: '无' }] }), {
    status: 400,
    body: { code: 'answer-missing', errors: [{ pointer: '/findings/0/n' }] },
  });
  t.match(await patch(world, url, { findings: [{ n: 99, decision: '不管', reason: '无' }] }), {
    status: 400,
    body: { code: 'finding-unknown', errors: [{ pointer: '/findings/0/n' }] },
  });
  t.match(await patch(world, url, { items: [{ item: '7', drop: '重复' }] }), {
    status: 400,
    body: { code: 'item-unknown', errors: [{ pointer: '/items/0/item' }] },
  });
  t.match(await patch(world, url, {}), { status: 409, body: { code: 'nothing-changed' } });
  t.match(await patch(world, '/v1/imports/0123', { directive: { id: 'x' } }), { status: 404, body: { code: 'import-unknown' } });
  const settled = await patch(world, url, {
    findings: [{ n: n('prose-set-aside'), decision: '不是任务', reason: '已与起草处核对' }],
    directive: { id: 'he-2024-fen-jie' },
    items: [
      { item: '2', drop: '已完成' },
      { add: { number: '3', text: '清理积案', assignees: [{ role: 'lead', name: '市信访局', kind: 'unit' }] } },
    ],
  });
  t.equal(settled.status, 201);
  t.same(await open(), []);
  t.match(await shown(world, url), {
    dropped: [{ key: 'task-2', reason: '已完成', by: 'office' }],
  });
  const aside = (await shown(world, url)).findings.find(({ kind }) => kind === 'prose-set-aside');
  t.match(aside, { decision: { decision: '不是任务', by: 'office' } });
  t.equal((await world.office.post(`${url}/commit`, {})).status, 201);
  t.match(await world.office.get('/v1/directives/he-2024-fen-jie/findings?open=false'), {
    body: { items: [{ kind: 'prose-set-aside', line: 4, subject: 'he-2024-fen-jie', decision: { reason: '已与起草处核对' } }] },
  });
  t.same(
    (await world.all<{ readonly id: string }>(world.office, '/v1/tasks?directive=he-2024-fen-jie')).map(({ id }) => id),
    ['he-2024-fen-jie-task-1', 'he-2024-fen-jie-item-1'],
  );
});

await test('what cannot be read is not kept, and is told why', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  t.match(await send(world, Buffer.alloc(0)), { status: 400, body: { code: 'file-damaged' } });
  t.match(await send(world, Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 89 + 7) % 256))), {
    status: 415,
    body: { code: 'file-unknown' },
  });
  t.match(await send(world, Buffer.alloc(20 * 1024 * 1024 + 1, 65)), { status: 413, body: { code: 'body-too-large' } });
  t.match(await send(world, bytes, '?profile=0123'), { status: 400, body: { code: 'import-unknown', errors: [{ pointer: '/profile' }] } });
  t.equal(world.head(), 0);
  const statuses = { 'file-unknown': 415, 'file-damaged': 400, 'file-encrypted': 400, 'file-too-large': 413 } as const;
  for (const [code, status] of Object.entries(statuses)) {
    const { imports } = createWith(world, code as keyof typeof statuses); // the keys of the table
    const meta = { actor: { sub: 'office', role: 'office' as const }, receivedAt: world.clock.now() };
    const sent = await imports.send(bytes, { name: null, mediaType: null }, null, meta, 1);
    t.match(sent, { ok: false, unreadable: { code } });
    t.equal(statusOf(problemTypes[code as keyof typeof statuses], false), status);
  }
  t.equal(world.head(), 0);
});

await test('a document whose bytes are lost is not made up', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const { headers } = await send(world);
  const url = headers['location'] ?? '';
  await world.restart(() => rmSync(join(world.dataDir, 'attachments'), { recursive: true }));
  t.match(await world.office.get(url), { status: 404, body: { code: 'source-missing' } });
  t.match(await world.office.get(`${url}/source`), { status: 404, body: { code: 'source-missing' } });
  t.match(await world.office.post(`${url}/commit`, {}), { status: 404, body: { code: 'source-missing' } });
  t.match(await send(world), { status: 200 }, 'sent again, it is there again');
  t.match(await world.office.get(url), { status: 200, body: { state: 'draft' } });
});

await test('two commits at a time have the effect of one', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT, overHttp: true });
  const { headers } = await send(world, Buffer.from(NOTICE.replace('此行另有所指\n', '')));
  const url = headers['location'] ?? '';
  const answers = await Promise.all(Array.from({ length: 4 }, () => world.office.post(`${url}/commit`, {})));
  t.ok(
    answers.every(({ status }) => status === 200 || status === 201),
    answers.map(({ text }) => text).join(),
  );
  const types = answers.flatMap(({ body }) => body.events.map(({ type, id }) => `${type} ${id}`));
  t.equal(new Set(types).size, types.length, 'no event is answered twice');
  for (const type of ['ImportCommitBegun.v1', 'DirectiveImported.v1', 'DirectiveIssued.v1', 'ImportCommitted.v1'])
    t.equal(types.filter((each) => each.startsWith(type)).length, 1, type);
  t.equal((await world.all(world.office, '/v1/tasks?directive=hezhengban-2024-9')).length, 2);
});
