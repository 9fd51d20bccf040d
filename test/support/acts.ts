import { seedDocument } from '../../seed/index.ts';
import { SEED_DIRECTIVE, type Headers, type World } from './app.ts';

/**
 * Every command of the API, once: who says it, what must be before it, and a request that is accepted. Tests of roles,
 * preconditions, retries and answers go through this table, and one of them holds it to the routes of the app.
 */

/** Whose tasks these are. */
export const OWN = 'shi-ke-ji-ju';
/** A unit that carries none of them. */
export const OTHER = 'shi-cai-zheng-ju';

/** A day on which the reports of February are late, and those of March too. */
export const ACTS_AT = '2023-04-10T09:00:00+08:00';

/** A request ready to be sent. */
export type Prepared = {
  readonly url: string;
  /** As whoever's act it is sends it; text for a document. */
  readonly body: object | string;
  /** Another body that the route takes as well. */
  readonly otherBody: object | string;
  /** Where the ETag is read that `If-Match` takes; null where the act makes its subject. */
  readonly subject: string | null;
  readonly headers?: Headers;
};

export type Act = {
  /** As OpenAPI writes it. */
  readonly route: string;
  /** A unit's own act, which the office may enter from a paper, or the office's. */
  readonly whose: 'unit' | 'office';
  readonly roles: readonly ('office' | 'unit' | 'admin')[];
  readonly ifMatch: 'required' | 'honoured' | 'none';
  /** Makes what the act needs. `name` tells one preparation from another. */
  readonly prepare: (world: World, name: string) => Promise<Prepared>;
};

/** What the office adds where it enters a unit's act from a paper. */
export const asPaper = (body: object, unit = OWN): object => ({ ...body, unit, basis: '来文第7号' });

const must = async (sent: Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
  const { status, text } = await sent;
  if (status >= 300) throw new Error(`a preparation was refused: ${status} ${text}`);
};

const WHY = { reason: '职责调整', authority: '市长办公会纪要第3期' } as const;
export const REPORT = { status: 'on-track', percent: 40, narrative: '按计划推进' } as const;
const PLAN = { milestones: [{ title: '完成方案', due: '2023-06-30' }], leader: '王局长', measures: '专班推进' } as const;

export const handTask = (id: string): object => ({
  id,
  directive: SEED_DIRECTIVE,
  kind: 'task',
  text: `${id}的工作`,
  assignees: [{ role: 'lead', party: OWN }],
  leaders: ['万战伟'],
  effectiveFrom: '2023-01-10',
  deadline: '2023-10-31',
  measurements: [{ metric: '进度', comparator: 'gte', target: '60', unit: '%' }],
});

export const CONTACTS = { contacts: [{ name: '张三', post: '办公室主任', phone: '13800000000', email: 'zhangsan@example.org' }] } as const;

/** Contacts of OWN, by the event that recorded them. */
export const contactsGiven = async (world: World): Promise<string> => {
  await must(world.unit(OWN).post('/v1/contacts', CONTACTS));
  return (await world.office.get<{ readonly id: string }>(`/v1/units/${OWN}/contacts`)).body.id;
};

type Step = (world: World, task: string) => Promise<void>;

const unitSays =
  (path: string, body: object = {}): Step =>
  (world, task) =>
    must(world.unit(OWN).post(`/v1/tasks/${task}${path}`, body));
const officeSays =
  (path: string, body: object): Step =>
  (world, task) =>
    must(world.office.post(`/v1/tasks/${task}${path}`, body, { 'if-match': '*' }));

const reported = unitSays('/reports', { period: '2023-02', ...REPORT });
const reportOf = `/reports/${OWN}-2023-02`;

/** An act on a task of its own, after some steps. */
const onTask = (
  path: string,
  whose: Act['whose'],
  ifMatch: Act['ifMatch'],
  body: object,
  otherBody: object,
  before: readonly Step[] = [],
): Act => ({
  route: `POST /v1/tasks/{id}${path.replace(reportOf, '/reports/{reportId}').replace('/1/', '/{n}/')}`,
  whose,
  roles: whose === 'unit' ? ['unit', 'office'] : ['office'],
  ifMatch,
  prepare: async (world, name) => {
    const task = `t${path.replace(reportOf, '/report').replaceAll('/', '-')}-${name}`;
    await must(world.office.post('/v1/tasks', handTask(task)));
    for (const step of before) await step(world, task);
    return { url: `/v1/tasks/${task}${path}`, body, otherBody, subject: `/v1/tasks/${task}` };
  },
});

const making = (
  route: string,
  roles: Act['roles'],
  prepare: (name: string, world: World) => Promise<Omit<Prepared, 'subject'>> | Omit<Prepared, 'subject'>,
): Act => ({
  route,
  whose: 'office',
  roles,
  ifMatch: 'none',
  prepare: async (world, name) => ({ ...(await prepare(name, world)), subject: null }),
});

/** A directive whose notices name nobody but OWN: made once in a world, by retries after that. */
const SMALL = 'a-small-one';
const smallDirective = async ({ office }: World): Promise<void> => {
  const once = { 'idempotency-key': 'small' };
  await must(office.post('/v1/directives', { id: SMALL, number: '2号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' }, once));
  await must(
    office.post(
      `/v1/directives/${SMALL}/policies`,
      { effectiveFrom: '2023-01-01', monthly: { from: '2023-01', to: '2023-12', day: 25 } },
      once,
    ),
  );
  await must(office.post('/v1/tasks', { ...handTask(`task-of-${SMALL}`), directive: SMALL }, once));
};

const snapshotTaken = async (world: World, name: string): Promise<string> => {
  await smallDirective(world);
  await world.settled();
  const { body } = await world.office.post(
    '/v1/snapshots',
    { directive: SMALL, period: '2023-01' },
    { 'idempotency-key': `snapshot-for-${name}` },
  );
  return body.subject;
};

const noticeDrafted = async (world: World, name: string): Promise<string> => {
  const { body } = await world.office.post(
    '/v1/notices',
    { snapshot: await snapshotTaken(world, name) },
    { 'idempotency-key': `notice-for-${name}` },
  );
  return `/v1/notices/${body.subject}`;
};

const noticeIssued = async (world: World, name: string): Promise<string> => {
  const notice = await noticeDrafted(world, name);
  await must(world.office.post(`${notice}/issue`, { number: `通报〔2023〕${name}号` }));
  return notice;
};

const OBJECTION = { text: '我单位已于1月28日报送' } as const;
const INSPECTION = { directive: SEED_DIRECTIVE, title: '一季度督查', plan: '现场查看', units: [OWN] } as const;

const inspectionOpened = async (world: World): Promise<string> => {
  const { body } = await world.office.post('/v1/inspections', INSPECTION);
  return `/v1/inspections/${body.subject}`;
};
const rectificationOrdered = async (world: World): Promise<string> => {
  const inspection = await inspectionOpened(world);
  await must(world.office.post(`${inspection}/findings`, { unit: OWN, text: '台账不全' }));
  await must(world.office.post(`${inspection}/rectifications`, { finding: 1, text: '限期补齐', due: '2023-05-31' }));
  return inspection;
};

/** An act under a subject that is made first. */
const under = (
  route: string,
  whose: Act['whose'],
  ifMatch: Act['ifMatch'],
  make: (world: World, name: string) => Promise<string>,
  body: object,
  otherBody: object,
): Act => ({
  route: `POST ${route}`,
  whose,
  roles: whose === 'unit' ? ['unit', 'office'] : ['office'],
  ifMatch,
  prepare: async (world, name) => {
    const subject = await make(world, `${route.split('/').at(-1)}-${name}`);
    const path = route.slice(route.indexOf('{id}') + '{id}'.length).replace('{n}', '1');
    return { url: `${subject}${path}`, body, otherBody, subject };
  },
});

/** The notice under another number: another directive. */
export const anotherDirective = (number: number): string =>
  seedDocument().toString('utf8').replace('三政办〔2023〕1号', `三政办〔2023〕${number}号`);

let strangers = 0;

/** A notice of another city, each of another number. */
export const strangersNotice = (name: string): string => {
  strangers += 1;
  return [
    '河州市人民政府办公室关于印发2023年重点工作责任分解的通知',
    `河政办〔2023〕${strangers}号`,
    `1、新建学校3所(${name})。(市教育局、市财政局)`,
    '2023年2月1日',
  ].join('\n');
};

const drafted = async (world: World, name: string): Promise<string> => {
  const sent = await world.office.post('/v1/imports', strangersNotice(name), { 'content-type': 'text/plain' });
  if (sent.status !== 201) throw new Error(sent.text);
  return sent.headers['location'] ?? '';
};

let notices = 100;

export const acts: readonly Act[] = [
  making('POST /v1/units', ['office', 'admin'], (name) => ({
    url: '/v1/units',
    body: { id: `unit-${name}`, name: `单位${name}`, aliases: [`${name}处`] },
    otherBody: { id: `unit-${name}`, name: `单位${name}` },
  })),
  {
    route: 'PATCH /v1/units/{id}',
    whose: 'office',
    roles: ['office', 'admin'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      await must(world.office.post('/v1/units', { id: `renamed-${name}`, name: `旧名${name}` }));
      const body = { name: `新名${name}`, from: '2023-04-01', reason: '机构改革' };
      return { url: `/v1/units/renamed-${name}`, body, otherBody: { ...body, reason: '更名' }, subject: `/v1/units/renamed-${name}` };
    },
  },
  making('POST /v1/collectives', ['office', 'admin'], (name) => ({
    url: '/v1/collectives',
    body: { id: `collective-${name}`, name: `各${name}单位`, members: [OWN] },
    otherBody: { id: `collective-${name}`, name: `各${name}单位` },
  })),
  {
    route: 'PUT /v1/directives/{id}/reminders',
    whose: 'office',
    roles: ['office'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      const directive = `reminded-${name}`;
      const heading = { number: '3号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' };
      await must(world.office.post('/v1/directives', { id: directive, ...heading }));
      const url = `/v1/directives/${directive}/reminders`;
      const step = { id: 'before', when: 'before', days: 3, to: ['unit'], channel: 'email' };
      await must(world.office.send('PUT', url, { at: '09:00', workingDays: false, steps: [] }));
      const body = { at: '09:00', workingDays: false, steps: [step] };
      return { url, body, otherBody: { ...body, at: '10:00' }, subject: url };
    },
  },
  {
    route: 'PUT /v1/collectives/{id}/members',
    whose: 'office',
    roles: ['office', 'admin'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      await must(world.office.post('/v1/collectives', { id: `members-${name}`, name: `相关${name}单位` }));
      const body = { members: [OWN, OTHER], from: '2023-01-01', basis: '名单附件1' };
      return {
        url: `/v1/collectives/members-${name}/members`,
        body,
        otherBody: { ...body, members: [OTHER] },
        subject: `/v1/collectives/members-${name}`,
      };
    },
  },
  making('POST /v1/directives', ['office'], (name) => ({
    url: '/v1/directives',
    body: {
      id: `directive-${name}`,
      number: `三政办〔2023〕${name}号`,
      title: '关于某事的通知',
      issuer: '市政府办公室',
      date: '2023-03-01',
    },
    otherBody: {
      id: `directive-${name}`,
      number: `三政办〔2023〕${name}号`,
      title: '关于另一事的通知',
      issuer: '市政府办公室',
      date: '2023-03-01',
    },
  })),
  making('POST /v1/imports', ['office'], (name) => ({
    url: '/v1/imports?name=notice.txt',
    body: strangersNotice(name),
    otherBody: strangersNotice(`${name}-other`),
    headers: { 'content-type': 'text/plain' },
  })),
  {
    route: 'PATCH /v1/imports/{id}',
    whose: 'office',
    roles: ['office'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      const url = await drafted(world, `patch-${name}`);
      return { url, body: { directive: { title: '通知' } }, otherBody: { directive: { title: '另一通知' } }, subject: url };
    },
  },
  {
    route: 'POST /v1/imports/{id}/commit',
    whose: 'office',
    roles: ['office'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      const url = await drafted(world, `commit-${name}`);
      return { url: `${url}/commit`, body: {}, otherBody: { occurredAt: '2023-04-09T09:00:00+08:00' }, subject: url };
    },
  },
  making('POST /v1/directives/import', ['office'], () => {
    notices += 1;
    const body = anotherDirective(notices);
    return {
      url: '/v1/directives/import?commit=true',
      body,
      otherBody: body.replace('突破600亿元', '突破601亿元'),
      headers: { 'content-type': 'text/plain' },
    };
  }),
  {
    route: 'POST /v1/directives/{id}/findings',
    whose: 'office',
    roles: ['office'],
    ifMatch: 'honoured',
    prepare: () =>
      Promise.resolve({
        url: `/v1/directives/${SEED_DIRECTIVE}/findings`,
        body: { detail: '两处说法不一' },
        otherBody: { detail: '两处说法不一', task: `${SEED_DIRECTIVE}-task-1` },
        subject: `/v1/directives/${SEED_DIRECTIVE}`,
      }),
  },
  {
    route: 'POST /v1/directives/{id}/findings/{n}/decision',
    whose: 'office',
    roles: ['office'],
    ifMatch: 'honoured',
    prepare: async (world) => {
      const { body } = await world.office.get<{ readonly items: readonly { readonly n: number }[] }>(
        `/v1/directives/${SEED_DIRECTIVE}/findings?open=true&limit=1`,
      );
      return {
        url: `/v1/directives/${SEED_DIRECTIVE}/findings/${body.items[0]?.n}/decision`,
        body: { decision: '按原文执行' },
        otherBody: { decision: '按原文执行', reason: '已核对' },
        subject: `/v1/directives/${SEED_DIRECTIVE}`,
      };
    },
  },
  {
    route: 'POST /v1/directives/{id}/policies',
    whose: 'office',
    roles: ['office', 'admin'],
    ifMatch: 'honoured',
    prepare: async (world, name) => {
      const directive = `policy-${name}`;
      await must(
        world.office.post('/v1/directives', {
          id: directive,
          number: `${name}号`,
          title: '通知',
          issuer: '市政府办公室',
          date: '2023-01-01',
        }),
      );
      const body = { effectiveFrom: '2023-01-01', monthly: { from: '2023-01', to: '2023-12', day: 25 } };
      return {
        url: `/v1/directives/${directive}/policies`,
        body,
        otherBody: { ...body, monthly: { ...body.monthly, day: 28 } },
        subject: null,
      };
    },
  },
  making('POST /v1/tasks', ['office'], (name) => ({
    url: '/v1/tasks',
    body: handTask(`assigned-${name}`),
    otherBody: { ...handTask(`assigned-${name}`), deadline: null },
  })),
  onTask('/acknowledgements', 'unit', 'honoured', {}, { occurredAt: '2023-04-09T09:00:00+08:00' }),
  onTask('/plans', 'unit', 'honoured', PLAN, { ...PLAN, leader: '李局长' }),
  onTask('/plans/1/return', 'office', 'honoured', { reason: '缺少节点' }, { reason: '措施不具体' }, [unitSays('/plans', PLAN)]),
  onTask('/plans/1/accept', 'office', 'honoured', {}, { occurredAt: '2023-04-09T09:00:00+08:00' }, [unitSays('/plans', PLAN)]),
  onTask('/reports', 'unit', 'honoured', { period: '2023-03', ...REPORT }, { period: '2023-03', ...REPORT, percent: 41 }),
  onTask(`${reportOf}/amendments`, 'unit', 'honoured', { percent: 45, reason: '数据更正' }, { percent: 46, reason: '数据更正' }, [
    reported,
  ]),
  onTask(`${reportOf}/return`, 'office', 'honoured', { reason: '内容空泛' }, { reason: '缺数据' }, [reported]),
  onTask(`${reportOf}/accept`, 'office', 'honoured', {}, { occurredAt: '2023-04-09T09:00:00+08:00' }, [reported]),
  onTask(
    '/reassignments',
    'office',
    'required',
    { assignees: [{ role: 'lead', party: OTHER }], effectiveFrom: '2023-05-15', ...WHY },
    { assignees: [{ role: 'lead', party: OTHER }], effectiveFrom: '2023-05-16', ...WHY },
  ),
  onTask('/leaders', 'office', 'required', { leaders: ['秦迎军'], ...WHY }, { leaders: ['杨红忠'], ...WHY }),
  onTask('/amendments', 'office', 'required', { text: '新建学校4所', ...WHY }, { text: '新建学校5所', ...WHY }),
  onTask(
    '/extension-requests',
    'unit',
    'honoured',
    { until: '2023-11-30', reason: '征地未完' },
    { until: '2023-12-31', reason: '征地未完' },
  ),
  onTask('/extension-requests/1/decision', 'office', 'required', { granted: true, ...WHY }, { granted: false, ...WHY }, [
    unitSays('/extension-requests', { until: '2023-11-30', reason: '征地未完' }),
  ]),
  onTask(
    '/reminders',
    'office',
    'honoured',
    { unit: OWN, period: '2023-03', channel: '电话' },
    { unit: OWN, period: '2023-03', channel: '短信' },
  ),
  onTask('/completion-claims', 'unit', 'honoured', { evidence: '竣工验收表' }, { evidence: '竣工验收表及照片' }),
  onTask(
    '/completion-claims/1/decision',
    'office',
    'required',
    { verified: true, reason: '现场核实' },
    { verified: false, reason: '资料不全' },
    [unitSays('/completion-claims', { evidence: '竣工验收表' })],
  ),
  onTask('/suspension', 'office', 'required', WHY, { ...WHY, reason: '环评未批' }),
  onTask('/resumption', 'office', 'honoured', WHY, { ...WHY, reason: '环评已批' }, [officeSays('/suspension', WHY)]),
  onTask('/cancellation', 'office', 'required', WHY, { ...WHY, reason: '项目取消' }),
  onTask('/reopening', 'office', 'honoured', WHY, { ...WHY, reason: '项目恢复' }, [officeSays('/cancellation', WHY)]),
  {
    route: 'POST /v1/returns',
    whose: 'unit',
    roles: ['unit', 'office'],
    ifMatch: 'none',
    prepare: async (world, name) => {
      await must(world.office.post('/v1/tasks', handTask(`returned-${name}`)));
      const period = '2023-03';
      const entry = { task: `returned-${name}`, ...REPORT };
      return {
        url: '/v1/returns',
        body: { period, entries: [entry] },
        otherBody: { period, entries: [{ ...entry, percent: 41 }] },
        subject: null,
      };
    },
  },
  {
    route: 'POST /v1/contacts',
    whose: 'unit',
    roles: ['unit', 'office'],
    ifMatch: 'none',
    prepare: () => Promise.resolve({ url: '/v1/contacts', body: CONTACTS, otherBody: { contacts: [{ name: '李四' }] }, subject: null }),
  },
  making('POST /v1/personal-data/{event}/erasure', ['office'], async (_, world) => ({
    url: `/v1/personal-data/${await contactsGiven(world)}/erasure`,
    body: WHY,
    otherBody: { ...WHY, reason: '本人要求' },
  })),
  making('POST /v1/snapshots', ['office'], () => ({
    url: '/v1/snapshots',
    body: { directive: SEED_DIRECTIVE, period: '2023-01' },
    otherBody: { directive: SEED_DIRECTIVE, period: '2023-02' },
  })),
  making('POST /v1/notices', ['office'], async (name, world) => {
    const snapshot = await snapshotTaken(world, name);
    return { url: '/v1/notices', body: { snapshot }, otherBody: { snapshot, title: '关于一月份报送情况的通报' } };
  }),
  under('/v1/notices/{id}/issue', 'office', 'honoured', noticeDrafted, { number: '通报〔2023〕1号' }, { number: '督查通报〔2023〕1号' }),
  under(
    '/v1/notices/{id}/correction',
    'office',
    'required',
    noticeIssued,
    { unit: OWN, statement: '应为按时', ...WHY },
    { statement: '有误', ...WHY },
  ),
  under('/v1/notices/{id}/withdrawal', 'office', 'required', noticeIssued, WHY, { ...WHY, reason: '数据有误' }),
  under('/v1/notices/{id}/objections', 'unit', 'honoured', noticeIssued, OBJECTION, { text: '请复核' }),
  under(
    '/v1/notices/{id}/objections/{n}/answer',
    'office',
    'honoured',
    async (world, name) => {
      const notice = await noticeIssued(world, name);
      await must(world.unit(OWN).post(`${notice}/objections`, OBJECTION));
      return notice;
    },
    { upheld: true, text: '情况属实' },
    { upheld: false, text: '查无记录' },
  ),
  making('POST /v1/inspections', ['office'], () => ({
    url: '/v1/inspections',
    body: INSPECTION,
    otherBody: { ...INSPECTION, title: '二季度督查' },
  })),
  under(
    '/v1/inspections/{id}/findings',
    'office',
    'honoured',
    inspectionOpened,
    { unit: OWN, text: '进度滞后' },
    { unit: OWN, text: '台账不全' },
  ),
  under('/v1/inspections/{id}/conclusion', 'office', 'honoured', inspectionOpened, { text: '总体良好' }, { text: '整改到位' }),
  under(
    '/v1/inspections/{id}/rectifications',
    'office',
    'honoured',
    async (world) => {
      const inspection = await inspectionOpened(world);
      await must(world.office.post(`${inspection}/findings`, { unit: OWN, text: '台账不全' }));
      return inspection;
    },
    { finding: 1, text: '限期补齐' },
    { finding: 1, text: '立即补齐' },
  ),
  under(
    '/v1/inspections/{id}/rectifications/{n}/reports',
    'unit',
    'honoured',
    rectificationOrdered,
    { text: '已补齐' },
    { text: '已全部补齐' },
  ),
  under(
    '/v1/inspections/{id}/rectifications/{n}/verification',
    'office',
    'honoured',
    async (world) => {
      const inspection = await rectificationOrdered(world);
      await must(world.unit(OWN).post(`${inspection}/rectifications/1/reports`, { text: '已补齐' }));
      return inspection;
    },
    { done: true, text: '属实' },
    { done: false, text: '仍缺附件' },
  ),
];
