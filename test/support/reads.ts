import { contactsGiven, handTask, OWN, REPORT, strangersNotice } from './acts.ts';
import { recorded, SEED_DIRECTIVE, type Answer, type World } from './app.ts';

/** Every read of the API, once: a request that is answered, and who may send it. */

export const REPORTED = `${OWN}-2023-02`;

/** What there must be to read each thing once: OWN's task, report, event, snapshot, notice and inspection. */
export type Things = {
  readonly event: string;
  readonly snapshot: string;
  readonly notice: string;
  readonly draft: string;
  readonly inspection: string;
  readonly import: string;
  readonly contacts: string;
};

export const prepareThings = async (world: World): Promise<Things> => {
  const subjectOf = async (sent: Promise<Answer<{ readonly subject: string }>>): Promise<string> => (await recorded(sent)).subject;
  const { office } = world;
  // A directive of its own, whose notice names nobody but OWN.
  await subjectOf(office.post('/v1/directives', { id: 'small', number: '2号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' }));
  await subjectOf(
    office.post('/v1/directives/small/policies', { effectiveFrom: '2023-01-01', monthly: { from: '2023-01', to: '2023-12', day: 25 } }),
  );
  await subjectOf(office.send('PUT', '/v1/directives/small/reminders', { at: '09:00', workingDays: false, steps: [] }));
  await subjectOf(office.post('/v1/tasks', { ...handTask('mine'), directive: 'small' }));
  const reported = await world.unit(OWN).post('/v1/tasks/mine/reports', { period: '2023-02', ...REPORT });
  const own = world.unit(OWN);
  await subjectOf(
    own.post('/v1/tasks/mine/plans', { milestones: [{ title: '过半', due: '2023-06-30' }], leader: '张三', measures: '按月调度' }),
  );
  await subjectOf(own.post('/v1/tasks/mine/extension-requests', { until: '2024-03-31', reason: '汛期' }));
  await subjectOf(own.post('/v1/tasks/mine/completion-claims', { evidence: '验收报告' }));
  await world.settled();
  const snapshot = await subjectOf(office.post('/v1/snapshots', { directive: 'small', period: '2023-02' }));
  const draft = await subjectOf(office.post('/v1/notices', { snapshot, title: '草稿' }));
  const notice = await subjectOf(office.post('/v1/notices', { snapshot }));
  await subjectOf(office.post(`/v1/notices/${notice}/issue`, { number: '通报1号' }));
  const inspection = await subjectOf(office.post('/v1/inspections', { directive: 'small', title: '督查', plan: '现场', units: [OWN] }));
  const sent = await office.post('/v1/imports?name=notice.txt', strangersNotice('read'), { 'content-type': 'text/plain' });
  const contacts = await contactsGiven(world);
  return { import: sent.body.subject, event: reported.body.events[0]?.id ?? '', snapshot, notice, draft, inspection, contacts };
};

/**
 * `all`: every role. `readers`: every role but a unit. `own`: a unit sees its own, and 404 where it is another's. `kept`:
 * the office, and a unit its own.
 */
export type Readers = 'all' | 'readers' | 'own' | 'kept' | 'admin-or-loopback' | 'open';

export const reads: Readonly<Record<string, { readonly url: string | ((things: Things) => string); readonly who: Readers }>> = {
  'GET /v1/units': { url: '/v1/units', who: 'all' },
  'GET /v1/units/{id}': { url: `/v1/units/${OWN}`, who: 'all' },
  'GET /v1/returns/template': { url: `/v1/returns/template?unit=${OWN}&period=2023-02`, who: 'own' },
  'GET /v1/units/{id}/scorecard': { url: `/v1/units/${OWN}/scorecard?year=2023`, who: 'own' },
  'GET /v1/units/{id}/reminder-letter': { url: `/v1/units/${OWN}/reminder-letter?period=2023-03`, who: 'own' },
  'GET /v1/units/{id}/contacts': { url: `/v1/units/${OWN}/contacts`, who: 'kept' },
  'GET /v1/personal-data/{event}': { url: ({ contacts }) => `/v1/personal-data/${contacts}`, who: 'kept' },
  'GET /v1/collectives': { url: '/v1/collectives', who: 'all' },
  'GET /v1/collectives/{id}': { url: '/v1/collectives/ge-xian-shi-qu-zheng-fu', who: 'all' },
  'GET /v1/directives': { url: '/v1/directives', who: 'all' },
  'GET /v1/directives/{id}': { url: '/v1/directives/small', who: 'all' },
  'GET /v1/directives/{id}/ledger': { url: `/v1/directives/${SEED_DIRECTIVE}/ledger`, who: 'all' },
  'GET /v1/directives/{id}/briefing': { url: `/v1/directives/${SEED_DIRECTIVE}/briefing`, who: 'readers' },
  'GET /v1/directives/{id}/policies': { url: '/v1/directives/small/policies', who: 'all' },
  'GET /v1/directives/{id}/reminders': { url: '/v1/directives/small/reminders', who: 'readers' },
  'GET /v1/reminders': { url: '/v1/reminders', who: 'readers' },
  'GET /v1/directives/{id}/findings': { url: `/v1/directives/${SEED_DIRECTIVE}/findings`, who: 'readers' },
  'GET /v1/imports': { url: '/v1/imports', who: 'readers' },
  'GET /v1/imports/{id}': { url: (things) => `/v1/imports/${things.import}`, who: 'readers' },
  'GET /v1/imports/{id}/lines': { url: (things) => `/v1/imports/${things.import}/lines`, who: 'readers' },
  'GET /v1/imports/{id}/source': { url: (things) => `/v1/imports/${things.import}/source`, who: 'readers' },
  'GET /v1/import-profiles': { url: '/v1/import-profiles', who: 'readers' },
  'GET /v1/tasks': { url: '/v1/tasks', who: 'all' },
  'GET /v1/tasks/{id}': { url: '/v1/tasks/mine', who: 'own' },
  'GET /v1/tasks/{id}/history': { url: '/v1/tasks/mine/history', who: 'own' },
  'GET /v1/tasks/{id}/timemap': { url: '/v1/tasks/mine/timemap', who: 'own' },
  'GET /v1/tasks/{id}/reports/{reportId}': { url: `/v1/tasks/mine/reports/${REPORTED}`, who: 'own' },
  'GET /v1/tasks/{id}/plans/{n}': { url: '/v1/tasks/mine/plans/1', who: 'own' },
  'GET /v1/tasks/{id}/extension-requests/{n}': { url: '/v1/tasks/mine/extension-requests/1', who: 'own' },
  'GET /v1/tasks/{id}/completion-claims/{n}': { url: '/v1/tasks/mine/completion-claims/1', who: 'own' },
  'GET /v1/tasks/{id}/responsibility': { url: '/v1/tasks/mine/responsibility', who: 'own' },
  'GET /v1/tasks/{id}/statements': { url: '/v1/tasks/mine/statements?period=2023-02', who: 'readers' },
  'GET /v1/obligations': { url: '/v1/obligations?directive=small', who: 'all' },
  'GET /v1/compliance': { url: '/v1/compliance?directive=small&period=2023-02', who: 'all' },
  'GET /v1/deadlines': { url: '/v1/deadlines?directive=small', who: 'all' },
  'GET /v1/plans': { url: '/v1/plans?directive=small', who: 'all' },
  'GET /v1/standings': { url: '/v1/standings?directive=small', who: 'all' },
  'GET /v1/progress': { url: '/v1/progress?directive=small&by=unit', who: 'all' },
  'GET /v1/measurements': { url: '/v1/measurements?directive=small', who: 'all' },
  'GET /v1/gaps': { url: '/v1/gaps?directive=small', who: 'readers' },
  'GET /v1/owing': { url: '/v1/owing?directive=small&period=2023-02', who: 'all' },
  'GET /v1/reports': { url: '/v1/reports?directive=small&period=2023-02', who: 'all' },
  'GET /v1/contradictions': { url: '/v1/contradictions?directive=small&period=2023-02', who: 'readers' },
  'GET /v1/extensions': { url: '/v1/extensions?directive=small', who: 'all' },
  'GET /v1/changes': { url: '/v1/changes?directive=small', who: 'readers' },
  'GET /v1/claims': { url: '/v1/claims?directive=small', who: 'readers' },
  'GET /v1/backdated': { url: '/v1/backdated', who: 'readers' },
  'GET /v1/like-cases': { url: '/v1/like-cases?directive=small&period=2023-02', who: 'readers' },
  'GET /v1/diff': { url: '/v1/diff?from=@508&to=@510', who: 'readers' },
  'GET /v1/snapshots': { url: '/v1/snapshots', who: 'readers' },
  'GET /v1/snapshots/{id}': { url: ({ snapshot }) => `/v1/snapshots/${snapshot}`, who: 'readers' },
  'POST /v1/snapshots/{id}/verify': { url: ({ snapshot }) => `/v1/snapshots/${snapshot}/verify`, who: 'readers' },
  'GET /v1/notices': { url: '/v1/notices', who: 'all' },
  'GET /v1/notices/{id}': { url: ({ notice }) => `/v1/notices/${notice}`, who: 'own' },
  'GET /v1/notices/{id}/consistency': { url: ({ notice }) => `/v1/notices/${notice}/consistency`, who: 'readers' },
  'GET /v1/inspections': { url: '/v1/inspections', who: 'all' },
  'GET /v1/inspections/{id}': { url: ({ inspection }) => `/v1/inspections/${inspection}`, who: 'own' },
  'GET /v1/log/events': { url: '/v1/log/events?limit=1', who: 'readers' },
  'GET /v1/log/events/{id}': { url: ({ event }) => `/v1/log/events/${event}`, who: 'own' },
  'GET /v1/log/events/{id}/proof': { url: ({ event }) => `/v1/log/events/${event}/proof`, who: 'own' },
  'GET /v1/ledger/checkpoint': { url: '/v1/ledger/checkpoint', who: 'all' },
  'GET /v1/ledger/checkpoints': { url: '/v1/ledger/checkpoints', who: 'all' },
  'GET /v1/ledger/key': { url: '/v1/ledger/key', who: 'all' },
  'GET /v1/ledger/proof/inclusion': { url: '/v1/ledger/proof/inclusion?position=1', who: 'all' },
  'GET /v1/ledger/proof/consistency': { url: '/v1/ledger/proof/consistency?from=1', who: 'all' },
  'GET /v1/ledger/tile/{path}': { url: '/v1/ledger/tile/0/000', who: 'all' },
  'GET /v1/tokens/revocations': { url: '/v1/tokens/revocations', who: 'readers' },
  'GET /': { url: '/', who: 'open' },
  'GET /health/live': { url: '/health/live', who: 'open' },
  'GET /health/ready': { url: '/health/ready', who: 'open' },
  'GET /openapi.json': { url: '/openapi.json', who: 'open' },
  'GET /problems': { url: '/problems', who: 'open' },
  'GET /problems/{code}': { url: '/problems/task-unknown', who: 'open' },
  'GET /metrics': { url: '/metrics', who: 'admin-or-loopback' },
};
