import { test } from 'tap';
import { seedDocument } from '../../seed/index.ts';
import { OWN } from '../support/acts.ts';
import { openWorld, type Answer, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';

/** What a commit does and does not begin, what stays on record of a draft, and its document as it is given back. */

const NOTICE = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  '1、新建学校3所。(市教育局、市教育体育局)',
  '2、改造道路5公里。(市交通运输局)',
  '此行另有所指',
  '2024年2月1日',
].join('\n');
const AT = '2024-02-05T09:00:00+08:00';

type Sent = CommandBody & ProblemBody;

const drafted = async (world: World, name = 'notice.txt', body: Buffer = Buffer.from(NOTICE)): Promise<string> => {
  const query = `?name=${encodeURIComponent(name)}`;
  const { headers, status, text } = await world.office.send('POST', `/v1/imports${query}`, body, { 'content-type': 'text/plain' });
  if (status !== 201) throw new Error(text);
  return headers['location'] ?? '';
};
const patch = (world: World, url: string, body: object): Promise<Answer<Sent>> => world.office.send('PATCH', url, body);
const shown = async (world: World, url: string): Promise<ImportAnswer> => (await world.auditor.get<ImportAnswer>(url)).body;

await test('what would be refused on the way is refused before a commit begins, and can still be corrected', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await world.office.post('/v1/units', { id: 'jiao-yu', name: '市教体局' });
  const same = ['市教育局', '市教育体育局'].map((name) => ({ name, alias: 'jiao-yu' }));
  t.equal((await patch(world, url, { units: same, segments: [{ address: 'line 5', use: 'noise' }] })).status, 201);
  const head = world.head();
  t.match(await world.office.post(`${url}/commit`, {}), {
    status: 400,
    body: { code: 'duplicate-party', detail: 'line 3: jiao-yu is named twice' },
  });
  t.match(await shown(world, url), { state: 'draft', progress: null });
  t.equal(world.head(), head, 'nothing was recorded');

  await patch(world, url, { units: [{ name: '市教育体育局', match: 'nobody' }] });
  t.match(await world.office.post(`${url}/commit`, {}), {
    status: 400,
    body: { code: 'unit-unknown', detail: /^市教育体育局 is said to be nobody/u },
  });
  await patch(world, url, { units: [{ name: '市教育体育局', register: {} }] });

  await world.office.post('/v1/directives', { id: 'other', number: '1号', title: '通知', issuer: '市政府', date: '2024-01-01' });
  const own = { kind: 'task', text: '办事', assignees: [{ role: 'lead', party: 'jiao-yu' }], directive: 'other' };
  t.equal((await world.office.post('/v1/tasks', { ...own, id: 'hezhengban-2024-9-task-2' })).status, 201);
  t.match(await world.office.post(`${url}/commit`, {}), {
    status: 409,
    body: {
      code: 'task-exists',
      detail: /^hezhengban-2024-9-task-2 exist already, but not from this document: give the directive another id$/u,
    },
  });
  t.equal((await patch(world, url, { directive: { id: 'he-2024-9' } })).status, 201, 'a person has a way on');
  t.match(await world.office.post(`${url}/commit`, {}), { status: 201, body: { directive: 'he-2024-9' } });
  t.match(await shown(world, url), { state: 'committed', progress: { tasks: 2, of: 2, next: null } });
});

await test('a name that is a collective’s in the roster and a unit’s in a draft is asked about before anything is appended', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  await world.office.post('/v1/collectives', { id: 'jiao-yu-xi-tong', name: '市教育局' });
  const url = await drafted(world);
  await patch(world, url, { segments: [{ address: 'line 5', use: 'noise' }] });
  const head = world.head();
  t.match(await world.office.post(`${url}/commit`, {}), {
    status: 409,
    body: { code: 'name-taken', detail: '市教育局 is a name of jiao-yu-xi-tong' },
  });
  t.equal(world.head(), head, 'nothing was recorded');
  const { profile } = await shown(world, url);
  t.equal((await patch(world, url, { profile: { ...profile, collectives: ['市教育局'] } })).status, 201);
  t.equal((await world.office.post(`${url}/commit`, {})).status, 201, 'a person has a way on');
  await world.settled();
  t.match(await world.office.get('/v1/tasks/hezhengban-2024-9-task-1'), {
    body: {
      assignees: [
        { party: 'jiao-yu-xi-tong', kind: 'collective' },
        { name: '市教育体育局', kind: 'unit' },
      ],
    },
  });
});

await test('a draft whose profile leaves names open does not take from the import in one call what it knows of the issuer', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const numbered = (n: number): Buffer => Buffer.from(seedDocument().toString().replaceAll('〔2023〕1号', `〔2023〕${n}号`));
  const atOnce = (n: number): Promise<Answer<Sent>> =>
    world.office.send('POST', '/v1/directives/import?commit=true', numbered(n), { 'content-type': 'text/plain' });
  t.equal((await atOnce(11)).status, 201);

  const url = await drafted(world, 'notice.txt', numbered(12));
  const { profile, findings } = await shown(world, url);
  t.equal(profile.namePrefix, null);
  const decided = findings.filter(({ blocks }) => blocks).map(({ n }) => ({ n, decision: 'as printed', reason: 'as printed' }));
  const patched = await patch(world, url, { findings: decided });
  t.equal(patched.status, 201, patched.text);
  const committed = await world.office.post(`${url}/commit`, {});
  t.equal(committed.status, 201, committed.text);
  await world.settled();
  const third = await atOnce(13);
  t.equal(third.status, 201, third.text);
});

await test('a correction that comes in while a commit begins is in what is committed, or is refused', async (t) => {
  for (let round = 0; round < 4; round += 1) {
    const world = await openWorld(t, { seeded: false, at: AT, overHttp: true });
    const url = await drafted(world);
    await patch(world, url, { segments: [{ address: 'line 5', use: 'noise' }] });
    const [corrected, committed] = await Promise.all([
      patch(world, url, { directive: { title: '更正后的标题' } }),
      world.office.post(`${url}/commit`, {}),
    ]);
    t.equal(committed.status, 201, committed.text);
    await world.settled();
    const { title } = (await world.office.get<{ readonly title: string }>('/v1/directives/hezhengban-2024-9')).body;
    t.equal(title === '更正后的标题', corrected.status === 201, `${corrected.status}: ${title}`);
  }
});

await test('who corrected what, and why, stands in the stream of the import and can be read by those who may', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await world.office.post('/v1/units', { id: 'jiao-tong', name: '市交通局' });
  const { profile } = await shown(world, url);
  const chosen = { ...profile, name: '河州市人民政府办公室', firstListedLeads: true };
  await patch(world, url, { profile: chosen });
  const n = (await shown(world, url)).findings.find(({ kind }) => kind === 'prose-set-aside')?.n;
  await patch(world, url, {
    units: [{ name: '市交通运输局', match: 'jiao-tong' }],
    items: [{ item: '1', set: { deadline: { printed: '年底前', date: '2024-12-31' } } }],
    findings: [{ n, decision: '不是任务', reason: '已与起草处核对' }, { add: { item: '2', detail: '里程与附表不符', blocks: false } }],
  });
  const committed = await world.office.post(`${url}/commit`, {});
  t.equal(committed.status, 201, committed.text);
  await world.settled();
  type Logged = { readonly type: string; readonly subject: string; readonly actor: { readonly sub: string }; readonly data: object };
  const { body } = await world.auditor.get<ListBody<{ readonly event: Logged }>>('/v1/log/events?after=0&limit=100');
  const own = body.items.map(({ event }) => event).filter(({ subject }) => subject === `import-${url.split('/').at(-1)}`);
  t.match(own, [
    { type: 'ImportDrafted.v1', actor: { sub: 'office' }, data: { name: 'notice.txt', mediaType: 'text/plain' } },
    { type: 'ImportCorrected.v1', actor: { sub: 'office' }, data: { profile: chosen } },
    {
      type: 'ImportCorrected.v1',
      data: {
        units: [{ name: '市交通运输局', match: 'jiao-tong' }],
        items: [{ item: 'task-1', set: { deadline: { date: '2024-12-31' } } }],
        findings: [{ kind: 'prose-set-aside', address: 'line 5', decision: '不是任务', reason: '已与起草处核对' }],
        raised: [{ kind: 'other', address: 'line 4', detail: '里程与附表不符', blocks: false }],
      },
    },
    { type: 'ImportCommitBegun.v1', data: { directive: 'hezhengban-2024-9' } },
    { type: 'ImportCommitted.v1', data: { profile: chosen, counts: { setAside: 1 } } },
  ]);
  t.equal(own.length, 5);
});

await test('the document is given back under its own name and type, byte for byte, to those who may read drafts', async (t) => {
  const world = await openWorld(t, { at: AT });
  const source = async (url: string, client = world.auditor) => client.get(`${url}/source`);
  const url = await drafted(world, '关于印发2024年重点工作的通知（定稿）.txt');
  const given = await source(url);
  t.match(given.headers, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition':
      /^attachment; filename="[0-9a-f]{20}\.txt"; filename\*=UTF-8''%E5%85%B3%E4%BA%8E.*2024.*%EF%BC%88%E5%AE%9A%E7%A8%BF%EF%BC%89\.txt$/u,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  });
  t.equal(given.text, NOTICE);
  const page = `<html><body><p>${NOTICE.split('\n').join('</p><p>')}</p></body></html>`;
  const html = await source(await drafted(world, '..\\..\\etc/网页 "一".html', Buffer.from(page)));
  t.match(html.headers, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': /^attachment; filename="[0-9a-f]{20}\.html"; filename\*=UTF-8''%E7%BD%91%E9%A1%B5%20%22%E4%B8%80%22\.html$/u,
  });
  t.equal((await source(url, world.unit(OWN))).status, 403);
  t.equal((await source(url, world.nobody)).status, 401);
  for (const client of [world.office, world.admin]) t.equal((await source(url, client)).status, 200);
});
