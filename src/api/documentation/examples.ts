import type { Example, Examples } from '../../http/openapi-examples.ts';
import { contactsStream } from '../../domain/personal/state.ts';
import { importIdOf } from '../../domain/imports/state.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { derivedId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';

/**
 * A request for each call that succeeds when it is sent in this order to the demo year: to a directive, a task, a notice
 * and an inspection made by earlier ones, or to what the year left open. A test sends them.
 */

const D = 'sanzhengban-2023-1';
const NEW = 'example-2024-1';
const TASK = 'example-task-1';
const ITEM = `${D}-item-45`;
const UNIT = 'shi-ke-ji-ju';
const REPORT = `${UNIT}-2024-01`;
/** What the office enters for a unit, from its paper. */
const PAPER = { unit: UNIT, basis: '来文第7号' };
const WHY = { reason: '职责调整', authority: '市长办公会纪要第3期' };
const ANY = { headers: { 'If-Match': '*' } };
/** An event of the demo year. */
const EVENT = '05e22a92-df49-88a6-8d4e-2167022efc26';
const FILE = '竣工验收表';
const FILE_SHA256 = '72cd318cb21366f00d7e52abe49f575dff098732b7bee33833d1a9b6857ad68f';

/** With its key a command of the office’s own token makes this id, whenever and wherever it is sent. */
const made = (kind: string, url: string): string => derivedId('id', 'office', '', `example-${kind}`, `POST ${url}`, kind);
const keyed = (kind: string): NonNullable<Example['headers']> => ({ 'Idempotency-Key': `example-${kind}` });
const SNAPSHOT = made('snapshot', '/v1/snapshots');
const NOTICE = made('notice', '/v1/notices');
const INSPECTION = made('inspection', '/v1/inspections');
/** One of those that the notice names. */
const NAMED = 'hu-bin-qu-zheng-fu';

const at = (id: string, n?: number): Example => ({ path: n === undefined ? { id } : { id, n } });
const onTask = (body: Json, n?: number): Example => ({ ...at(TASK, n), ...ANY, body });
const onNotice = (body: Json, n?: number): Example => ({ ...at(NOTICE, n), ...ANY, body });
const onInspection = (body: Json, n?: number): Example => ({ ...at(INSPECTION, n), body });
const of = (query: Example['query'] = {}): Example => ({ query: { directive: D, ...query } });

const DOCUMENT = `河州市人民政府办公室关于明确2024年重点工作责任单位的通知
河政办〔2024〕7号
各县(市、区)人民政府,市人民政府各部门:
各责任单位从2024年2月起,每月28日前向市政府报告当月进展情况,11月30日前报告全年落实情况。
一、2024年主要预期目标分解
1.地区生产总值增长6%。(市发展改革委)
二、2024年重点工作分工
(一)办好民生实事。让人民满意。
1.提升教育质量。
(1)新建学校3所。(牵头单位:市教育局)
附件:重点项目台账
2024年1月31日
附 件
重点项目台账
序号 | 项目(任务) | 责任领导 | 责任单位 | 配合单位 | 拟完成时限 |
1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2024年6月月底前 |
`;

const SCAN = `河州市人民政府办公室关于印发2024年重点工作责任分解的通知
河政办〔2024〕8号
1、新建学校3所。(市教育局、市财政局)
2024年2月1日
`;
const IMPORT = importIdOf(sha256Hex(SCAN));

const roster: Examples = {
  'POST /v1/units': { body: { id: 'shi-shu-ju-ju', name: '市数据局', kind: '局' } },
  'GET /v1/units': { query: { q: '数据', limit: 10 } },
  'PATCH /v1/units/{id}': { ...at('shi-shu-ju-ju'), ...ANY, body: { name: '市数据管理局', from: '2024-06-01', reason: '机构改革' } },
  'GET /v1/units/{id}': at('shi-shu-ju-ju'),
  'GET /v1/units/{id}/reminder-letter': { ...at(UNIT), query: { period: '2023-03' } },
  'GET /v1/units/{id}/scorecard': { ...at(UNIT), query: { year: '2023' } },
  'POST /v1/collectives': { body: { id: 'example-collective', name: '两局', members: [UNIT] } },
  'GET /v1/collectives': {},
  'PUT /v1/collectives/{id}/members': {
    ...at('example-collective'),
    ...ANY,
    body: { members: [UNIT, 'shi-shu-ju-ju'], from: '2024-02-01', basis: '市政府会议纪要第5期' },
  },
  'GET /v1/collectives/{id}': at('example-collective'),
};

const directives: Examples = {
  'POST /v1/directives': {
    body: { id: NEW, number: '三政办〔2024〕1号', title: '关于明确2024年重点工作的通知', issuer: '市政府办公室', date: '2024-01-01' },
  },
  'GET /v1/directives': {},
  'GET /v1/directives/{id}': at(NEW),
  'GET /v1/directives/{id}/findings': { ...at(D), query: { open: true, limit: 5 } },
  'POST /v1/directives/{id}/findings': {
    ...at(D),
    ...ANY,
    body: { task: `${D}-task-1`, address: 'line 12', detail: '正文与附表的完成时限不一致' },
  },
  'POST /v1/directives/{id}/findings/{n}/decision': { ...at(D, 1), ...ANY, body: { decision: '按原文执行', reason: '已核对' } },
  'POST /v1/directives/{id}/policies': {
    ...at(NEW),
    body: {
      effectiveFrom: '2024-01-01',
      monthly: { from: '2024-01', to: '2024-12', day: 28 },
      reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
    },
  },
  'GET /v1/directives/{id}/policies': at(NEW),
  'POST /v1/directives/import': { query: { commit: false }, body: DOCUMENT },
};

const imports: Examples = {
  'POST /v1/imports': { query: { name: '通知.txt' }, body: SCAN },
  'GET /v1/imports': { query: { state: 'draft' } },
  'GET /v1/imports/{id}': at(IMPORT),
  'GET /v1/imports/{id}/lines': { ...at(IMPORT), query: { limit: 10 } },
  'GET /v1/imports/{id}/source': at(IMPORT),
  'PATCH /v1/imports/{id}': { ...at(IMPORT), ...ANY, body: { directive: { title: '2024年重点工作责任分解' } } },
  'POST /v1/imports/{id}/commit': { ...at(IMPORT), ...ANY, body: {} },
  'GET /v1/import-profiles': {},
};

const tasks: Examples = {
  'POST /v1/tasks': {
    body: {
      id: TASK,
      directive: NEW,
      kind: 'task',
      number: 1,
      text: '全年研发投入强度达到2.4%。',
      assignees: [{ role: 'lead', party: UNIT }],
      leaders: ['万战伟'],
      deadline: '2024-12-31',
      effectiveFrom: '2024-01-01',
      measurements: [{ metric: '研发投入强度', comparator: 'gte', target: '2.4', unit: '%' }],
    },
  },
  'GET /v1/tasks': of({ kind: 'item', status: 'in-progress', limit: 10 }),
  'GET /v1/tasks/{id}': at(TASK),
  'POST /v1/tasks/{id}/acknowledgements': onTask(PAPER),
  'POST /v1/tasks/{id}/plans': onTask({
    ...PAPER,
    milestones: [{ title: '完成方案', due: '2024-06-30' }],
    leader: '王局长',
    measures: '专班推进,按月调度',
  }),
  'GET /v1/tasks/{id}/plans/{n}': at(TASK, 1),
  'POST /v1/tasks/{id}/plans/{n}/accept': onTask({}, 1),
  'POST /v1/tasks/{id}/plans/{n}/return': { ...at(`${D}-task-6`, 1), ...ANY, body: { reason: '缺少时间节点' } },
  'POST /v1/tasks/{id}/extension-requests': onTask({ ...PAPER, until: '2025-03-31', reason: '征地未完' }),
  'GET /v1/tasks/{id}/extension-requests/{n}': at(TASK, 1),
  'POST /v1/tasks/{id}/extension-requests/{n}/decision': onTask({ granted: true, ...WHY }, 1),
  'POST /v1/tasks/{id}/reminders': onTask({ unit: UNIT, period: '2024-01', channel: '电话', text: '请尽快报送' }),
  'POST /v1/tasks/{id}/reports': onTask({
    ...PAPER,
    period: '2024-01',
    status: 'on-track',
    percent: 10,
    narrative: '按计划推进',
    measurements: [{ metric: '研发投入强度', value: '2.1' }],
  }),
  'GET /v1/tasks/{id}/reports/{reportId}': { path: { id: TASK, reportId: REPORT } },
  'POST /v1/tasks/{id}/reports/{reportId}/amendments': {
    path: { id: TASK, reportId: REPORT },
    ...ANY,
    body: { ...PAPER, percent: 12, reason: '数据更正' },
  },
  'POST /v1/tasks/{id}/reports/{reportId}/return': {
    path: { id: `${D}-item-10`, reportId: 'san-men-xia-hai-guan-2023-11' },
    ...ANY,
    body: { reason: '内容空泛' },
  },
  'POST /v1/tasks/{id}/reports/{reportId}/accept': { path: { id: TASK, reportId: REPORT }, ...ANY, body: {} },
  'GET /v1/returns/template': { query: { unit: UNIT, period: '2024-02' } },
  'POST /v1/returns': {
    body: { ...PAPER, period: '2024-02', entries: [{ task: TASK, status: 'on-track', percent: 20, narrative: '按计划推进' }] },
  },
  'POST /v1/tasks/{id}/completion-claims': onTask({ ...PAPER, evidence: '竣工验收表' }),
  'GET /v1/tasks/{id}/completion-claims/{n}': at(TASK, 1),
  'POST /v1/tasks/{id}/completion-claims/{n}/decision': onTask({ verified: false, reason: '资料不全' }, 1),
  'POST /v1/tasks/{id}/leaders': onTask({ leaders: ['秦迎军'], ...WHY }),
  'POST /v1/tasks/{id}/reassignments': onTask({
    assignees: [
      { role: 'lead', party: UNIT },
      { role: 'cooperating', party: 'shi-cai-zheng-ju' },
    ],
    effectiveFrom: '2024-03-01',
    ...WHY,
  }),
  'POST /v1/tasks/{id}/amendments': onTask({ deadline: '2024-11-30', effectiveFrom: '2024-03-02', ...WHY }),
  'POST /v1/tasks/{id}/suspension': onTask(WHY),
  'POST /v1/tasks/{id}/resumption': onTask(WHY),
  'POST /v1/tasks/{id}/cancellation': onTask(WHY),
  'POST /v1/tasks/{id}/reopening': onTask(WHY),
  'GET /v1/tasks/{id}/responsibility': at(TASK),
  'GET /v1/tasks/{id}/statements': { ...at(TASK), query: { period: '2024-01' } },
  'GET /v1/tasks/{id}/history': { ...at(ITEM), query: { limit: 10 } },
  'GET /v1/tasks/{id}/timemap': at(ITEM),
  'GET /v1/directives/{id}/briefing': { path: { id: D }, query: { period: '2023-12' } },
  'GET /v1/directives/{id}/ledger': { path: { id: D }, query: { kind: 'item' } },
};

const compliance: Examples = {
  'GET /v1/obligations': of({ period: '2023-03', state: 'late', limit: 10 }),
  'GET /v1/compliance': of({ period: '2023-03', on: '2023-03-31' }),
  'GET /v1/owing': of({ period: '2023-12' }),
  'GET /v1/deadlines': of({ from: '2023-06-01', to: '2023-06-30' }),
  'GET /v1/gaps': of({ kind: 'no-leader' }),
  'GET /v1/plans': of({ state: 'submitted', limit: 10 }),
  'GET /v1/standings': of({ state: 'behind' }),
  'GET /v1/progress': of({ by: 'theme' }),
  'GET /v1/measurements': of({ limit: 10 }),
  'GET /v1/reports': of({ period: '2023-04', unit: 'shi-shui-li-ju' }),
  'GET /v1/contradictions': of({ period: '2023-06' }),
  'GET /v1/extensions': of(),
  'GET /v1/diff': { query: { from: '@6000', to: '@6010' } },
};

const publications: Examples = {
  'POST /v1/snapshots': { headers: keyed('snapshot'), body: { directive: D, period: '2023-12' } },
  'GET /v1/snapshots': of(),
  'GET /v1/snapshots/{id}': at(SNAPSHOT),
  'POST /v1/snapshots/{id}/verify': { ...at(SNAPSHOT), body: {} },
  'POST /v1/notices': { headers: keyed('notice'), body: { snapshot: SNAPSHOT, title: '关于12月份报送情况的通报' } },
  'GET /v1/notices': of(),
  'POST /v1/notices/{id}/issue': onNotice({ number: '通报〔2024〕1号' }),
  'POST /v1/notices/{id}/objections': onNotice({ unit: NAMED, basis: '来文第9号', text: '系统故障导致未能报送' }),
  'POST /v1/notices/{id}/objections/{n}/answer': onNotice({ upheld: false, text: '未见故障记录' }, 1),
  'POST /v1/notices/{id}/correction': onNotice({ unit: NAMED, statement: '应为逾期,非未报', ...WHY }),
  'GET /v1/notices/{id}/consistency': at(NOTICE),
  'POST /v1/notices/{id}/withdrawal': onNotice({ reason: '需重新核对', authority: '市政府办公室' }),
  'GET /v1/notices/{id}': at(NOTICE),
  'POST /v1/inspections': {
    headers: keyed('inspection'),
    body: { directive: NEW, title: '一季度督查', plan: '现场核查', team: ['督查一组'], units: [UNIT], tasks: [TASK] },
  },
  'GET /v1/inspections': of(),
  'POST /v1/inspections/{id}/findings': onInspection({ unit: UNIT, task: TASK, text: '台账不全' }),
  'POST /v1/inspections/{id}/rectifications': onInspection({ finding: 1, text: '限期补齐' }),
  'POST /v1/inspections/{id}/rectifications/{n}/reports': onInspection({ ...PAPER, text: '已补齐' }, 1),
  'POST /v1/inspections/{id}/rectifications/{n}/verification': onInspection({ done: true, text: '属实' }, 1),
  'POST /v1/inspections/{id}/conclusion': onInspection({ text: '总体良好' }),
  'GET /v1/inspections/{id}': at(INSPECTION),
};

const audit: Examples = {
  'POST /v1/attachments': { body: FILE },
  'GET /v1/attachments/{sha256}': { path: { sha256: FILE_SHA256 } },
  'GET /v1/changes': of(),
  'GET /v1/claims': of({ selfVerified: true }),
  'GET /v1/backdated': { query: { limit: 10 } },
  'GET /v1/like-cases': of({ period: '2023-03' }),
  'GET /v1/log/events': { query: { after: 600, limit: 5 } },
  'GET /v1/log/events/{id}': at(EVENT),
  'GET /v1/log/events/{id}/proof': at(EVENT),
  'GET /v1/log/stream': { query: { after: 6300 } },
  'GET /v1/ledger/checkpoint': {},
  'GET /v1/ledger/checkpoints': { query: { after: 0 } },
  'GET /v1/ledger/key': {},
  'GET /v1/ledger/proof/inclusion': { query: { position: 1 } },
  'GET /v1/ledger/proof/consistency': { query: { from: 1 } },
  'GET /v1/ledger/tile/{path}': { path: { path: '0/000' } },
  /** Only a witness that this log knows can sign one: sent as it stands it is refused. */
  'POST /v1/ledger/cosignatures': {
    body: { size: 230, cosignature: '— witness.example Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo=' },
  },
  'POST /v1/tokens/revocations': { as: 'admin', body: { jti: 'c0ffee00-0000-4000-8000-000000000001', reason: '设备遗失' } },
  'GET /v1/tokens/revocations': { as: 'admin' },
};

/** The event that records the contacts below. */
const CONTACTS = derivedId(derivedId('command', 'office', UNIT, 'example-contacts', contactsStream(UNIT)), '0');

const personal: Examples = {
  'POST /v1/contacts': {
    headers: keyed('contacts'),
    body: { ...PAPER, contacts: [{ name: '张三', post: '办公室主任', phone: '0398-2800000', email: 'zhangsan@example.org' }] },
  },
  'GET /v1/units/{id}/contacts': at(UNIT),
  'GET /v1/personal-data/{event}': { path: { event: CONTACTS } },
  'POST /v1/personal-data/{event}/erasure': {
    path: { event: CONTACTS },
    body: { reason: '本人要求删除', authority: '个人信息保护法第四十七条' },
  },
};

/** Nothing was to be sent in the demo year: to send again is refused as it stands here. */
const reminding: Examples = {
  'PUT /v1/directives/{id}/reminders': {
    ...at(D),
    body: {
      at: '09:00',
      workingDays: false,
      steps: [
        { id: 'three-days-before', when: 'before', days: 3, to: ['unit'], channel: 'email' },
        { id: 'on-the-day', when: 'on', to: ['unit'], channel: 'email' },
        { id: 'overdue', when: 'after', days: 2, times: 3, to: ['unit', 'leader', 'office'], channel: 'email' },
      ],
    },
  },
  'GET /v1/directives/{id}/reminders': at(D),
  'GET /v1/reminders': of(),
  'POST /v1/reminders/{id}/resend': { ...at(SNAPSHOT), body: { reason: '对方没有收到' } },
};

const HOOK = made('subscription', '/v1/subscriptions');
const subscriptions: Examples = {
  'POST /v1/subscriptions': {
    headers: keyed('subscription'),
    body: { url: 'https://oa.example.gov.cn/hooks/duban', types: ['TaskAssigned', 'ReminderSent'], units: [UNIT] },
  },
  'GET /v1/subscriptions': {},
  'GET /v1/subscriptions/{id}': at(HOOK),
  'PATCH /v1/subscriptions/{id}': { ...at(HOOK), body: { types: ['TaskAssigned'], rotateSecret: true } },
  'GET /v1/subscriptions/{id}/deliveries': { ...at(HOOK), query: { state: 'dead' } },
  /** Only what could not be delivered somewhere has an id here: sent as it stands it is refused. */
  'POST /v1/subscriptions/{id}/deliveries/{delivery}/redeliver': { path: { id: HOOK, delivery: EVENT } },
  'DELETE /v1/subscriptions/{id}': at(HOOK),
};

export const examples: Examples = {
  ...roster,
  ...directives,
  ...imports,
  ...tasks,
  ...compliance,
  ...publications,
  ...audit,
  ...personal,
  ...subscriptions,
  ...reminding,
};
