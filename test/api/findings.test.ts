import { test } from 'tap';
import { OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';

/** What a person finds to be open: raised, seen by those who may, and settled, on a directive and on a draft. */

type Finding = {
  readonly n: number;
  readonly kind: string;
  readonly subject: string;
  readonly line: number | null;
  readonly detail: string;
  readonly raised: { readonly by: string } | null;
  readonly decision: { readonly decision: string } | null;
};

const TASK = `${SEED_DIRECTIVE}-task-5`;
const FINDINGS = `/v1/directives/${SEED_DIRECTIVE}/findings`;

await test('the office raises a finding on a task, it stands among those of the import, and is decided as they are', async (t) => {
  const world = await openWorld(t);
  const before = await world.all<Finding>(world.office, FINDINGS);
  const raised = await world.office.post(FINDINGS, { task: TASK, address: '附件1第5行', detail: '完成时限与正文不一致' });
  const n = before.length + 1;
  t.match(raised, { status: 201, body: { subject: String(n), events: [{ type: 'FindingRaisedByHand.v1' }] } });
  await world.settled();
  const [found] = (await world.all<Finding>(world.auditor, FINDINGS)).filter((each) => each.n === n);
  t.match(found, { kind: 'other', subject: TASK, line: null, address: '附件1第5行', raised: { by: 'office' }, decision: null });
  t.equal(
    before.every((each) => each.raised === null),
    true,
    'those of the import name no person',
  );

  t.match(await world.office.post(`${FINDINGS}/${n}/decision`, { decision: '以正文为准' }), { status: 201 });
  t.match(await world.office.post(`${FINDINGS}/${n}/decision`, { decision: '以附表为准' }), {
    status: 409,
    body: { code: 'already-decided' },
  });
  await world.settled();
  t.match(
    (await world.all<Finding>(world.office, FINDINGS)).find((each) => each.n === n),
    { decision: { decision: '以正文为准' } },
  );
});

await test('a unit neither raises nor sees a finding, not even in the history of its own task', async (t) => {
  const world = await openWorld(t);
  const { body } = await world.unit(OWN).get<ListBody<{ readonly id: string }>>('/v1/tasks?limit=1');
  const task = body.items[0]?.id ?? '';
  t.match(await world.unit(OWN).post(FINDINGS, { task, detail: '有疑问' }), { status: 403 });
  t.match(await world.office.post(FINDINGS, { task, detail: '有疑问' }), { status: 201 });
  await world.settled();
  const typesFor = async (client: World['office']): Promise<readonly string[]> =>
    (await world.all<{ readonly type: string }>(client, `/v1/tasks/${task}/history`)).map(({ type }) => type);
  t.ok((await typesFor(world.office)).includes('FindingRaisedByHand.v1'));
  t.notOk((await typesFor(world.unit(OWN))).includes('FindingRaisedByHand.v1'));
  t.match(await world.unit(OWN).get(FINDINGS), { status: 403 });
});

await test('a directive that was registered by hand can have findings, of its own tasks alone', async (t) => {
  const world = await openWorld(t);
  await world.office.post('/v1/directives', { id: 'by-hand', number: '3号', title: '通知', issuer: '市政府', date: '2023-01-01' });
  t.match(await world.office.post('/v1/directives/by-hand/findings', { detail: '缺附件' }), { status: 201, body: { subject: '1' } });
  t.match(await world.office.post('/v1/directives/by-hand/findings', { detail: '缺附件', task: TASK }), {
    status: 400,
    body: { code: 'task-unknown', errors: [{ pointer: '/task' }] },
  });
  t.match(await world.office.post('/v1/directives/none/findings', { detail: '缺附件' }), {
    status: 404,
    body: { code: 'directive-unknown' },
  });
});

const NOTICE = [
  '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
  '河政办〔2024〕9号',
  '1、新建学校3所。(市教育局、市财政局)',
  '2、改造道路5公里。(市交通运输局)',
  '2024年2月1日',
].join('\n');

await test('a person’s finding on a draft holds its commit up until it is settled, and goes with it into the directive', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const { headers } = await world.office.send('POST', '/v1/imports', Buffer.from(NOTICE), { 'content-type': 'text/plain' });
  const url = headers['location'] ?? '';
  const shown = async (): Promise<ImportAnswer> => (await world.auditor.get<ImportAnswer>(url)).body;
  const add = (finding: object) => world.office.send<ProblemBody>('PATCH', url, { findings: [{ add: finding }] });
  t.same(
    (await shown()).findings.filter(({ blocks }) => blocks),
    [],
    'the reader itself asks nothing',
  );

  t.match(await add({ item: '2', detail: '公里数与附表不符' }), { status: 201 });
  const own = (await shown()).findings.find(({ raisedBy }) => raisedBy !== undefined);
  t.match(own, { kind: 'other', address: 'line 4', detail: '公里数与附表不符', blocks: true, raisedBy: 'office', decision: null });
  t.match(await add({ address: 'line 3', detail: '仅供参考', blocks: false }), { status: 201 });
  t.match(await add({ item: '2', detail: '公里数与附表不符' }), { status: 409, body: { code: 'nothing-changed' } }, 'the same once');
  t.match(await add({ item: '7', detail: '无此项' }), { status: 400, body: { code: 'item-unknown' } });
  t.match(await add({ address: 'line 99', detail: '无此行' }), { status: 400, body: { code: 'item-unknown' } });

  const open = await world.office.post<ProblemBody>(`${url}/commit`, {});
  const n = (await shown()).findings.find(({ detail }) => detail === own?.detail)?.n;
  t.match(open, { status: 409, body: { code: 'import-open', facts: { findings: [{ n, address: 'line 4' }] } } });
  const settle = { findings: [{ n, decision: '以附表为准，另行更正', reason: '经与市交通运输局核对' }] };
  t.match(await world.office.send('PATCH', url, settle), { status: 201 });
  t.match(await world.office.post(`${url}/commit`, {}), { status: 201 });
  await world.settled();
  const findings = await world.all<Finding>(world.office, '/v1/directives/hezhengban-2024-9/findings');
  t.match(
    findings
      .filter(({ detail }) => detail === own?.detail || detail === '仅供参考')
      .map(({ subject, decision }) => [subject, decision?.decision]),
    [
      ['hezhengban-2024-9-task-1', undefined],
      ['hezhengban-2024-9-task-2', '以附表为准，另行更正'],
    ],
  );
});
