import { createHash } from 'node:crypto';
import { OWN, strangersNotice } from './acts.ts';
import type { World } from './app.ts';

/**
 * What there is to be seen of one unit, with a mark of its own in every text that somebody may write, each given to those
 * whom it is for: by the marks in an answer it shows who was told what.
 */

/** Carries one task together with OWN, in the same notice and the same inspection. */
export const PEER = 'shi-shang-wu-ju';

export const PERIOD = '2023-02';
export const DIRECTIVE = 'marked';

/**
 * Who is to find a mark: OWN alone, whoever carries the shared task or stands in the same notice or inspection, or no unit;
 * `kept` is for OWN and the office, and for no auditor, `office` for the office alone.
 */
export type Audience = 'own' | 'both' | 'kept' | 'no-unit' | 'office';

export type Planted = {
  /** Marks by those whom they are for. */
  readonly marks: Readonly<Record<Audience, readonly string[]>>;
  /** Values of path and query parameters, by name, that lead to what was planted. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly head: number;
};

export const plant = async (world: World): Promise<Planted> => {
  const marks: Record<Audience, string[]> = { own: [], both: [], kept: [], 'no-unit': [], office: [] };
  let count = 0;
  const mark = (audience: Audience, what: string): string => {
    count += 1;
    const made = `MARK${String(count).padStart(3, '0')}`;
    marks[audience].push(made);
    return `${what} ${made}`;
  };
  const own = (what: string): string => mark('own', what);
  const why = (what: string, audience: Audience = 'own') => ({ reason: mark(audience, what), authority: mark(audience, '会议纪要') });

  const events: string[] = [];
  const { office } = world;
  const [asOwn, asPeer] = [world.unit(OWN), world.unit(PEER)];
  const post = async (who: typeof office, url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    await world.settled();
    const answer = await who.post(url, body, headers);
    if (answer.status !== 201) throw new Error(`${url}: ${answer.text}`);
    events.push(...answer.body.events.map(({ id }) => id));
    return answer.body.subject;
  };
  const decided = { 'if-match': '*' };
  const attach = async (who: typeof office, name: string): Promise<object> => {
    const bytes = Buffer.from(own('附件正文'));
    const { status, body } = await who.send<{ readonly sha256: string }>('POST', '/v1/attachments', bytes, {
      'content-type': 'application/octet-stream',
    });
    if (status !== 201) throw new Error('an attachment was not taken');
    digests.push(body.sha256);
    if (createHash('sha256').update(bytes).digest('hex') !== body.sha256) throw new Error('another digest');
    return { sha256: body.sha256, name, size: bytes.length, mediaType: 'text/plain' };
  };
  const digests: string[] = [];

  await post(office, '/v1/directives', { id: DIRECTIVE, number: '3号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' });
  await post(office, `/v1/directives/${DIRECTIVE}/policies`, {
    effectiveFrom: '2023-01-01',
    monthly: { from: '2023-01', to: '2023-12', day: 25 },
    reporters: { target: ['responsible'], task: ['lead', 'cooperating'], item: ['responsible'] },
  });
  const task = async (id: string, audience: Audience, assignees: readonly object[], parent?: string): Promise<string> => {
    await post(office, '/v1/tasks', {
      id,
      directive: DIRECTIVE,
      kind: 'task',
      text: mark(audience, '工作内容'),
      theme: { number: 1, name: mark(audience, '主题') },
      group: { number: '1.1', name: mark(audience, '分组') },
      assignees,
      leaders: [mark(audience, '领导')],
      deadline: '2023-10-31',
      effectiveFrom: '2023-01-10',
      measurements: [{ metric: mark(audience, '指标'), comparator: 'gte', target: '60', unit: '%' }],
      ...(parent === undefined ? {} : { parent }),
    });
    return id;
  };
  const shared = await task('marked-shared', 'both', [
    { role: 'lead', party: OWN },
    { role: 'cooperating', party: PEER },
  ]);
  // Ids are marks too: what may be read must not name what may not, above it or below.
  const mine = await task('marked-mine', 'own', [{ role: 'lead', party: OWN }], shared);
  const above = await task('marked-above', 'own', [{ role: 'lead', party: OWN }]);
  const below = await task(
    'marked-below',
    'both',
    [OWN, PEER].map((party) => ({ role: 'lead', party })),
    above,
  );
  marks.own.push(mine, above);
  marks.both.push(shared, below);
  await post(
    office,
    `/v1/directives/${DIRECTIVE}/policies`,
    {
      effectiveFrom: '2023-03-01',
      duties: [
        {
          id: 'weekly',
          name: '周报',
          every: 'week',
          from: '2023-W20',
          to: '2023-W21',
          due: { weekday: 5 },
          who: { target: [], task: ['lead'], item: [] },
          tasks: [mine, above, shared, below],
        },
      ],
    },
    decided,
  );

  for (const at of [shared, mine]) {
    const url = `/v1/tasks/${at}`;
    const plan = () => ({ milestones: [{ title: own('节点'), due: '2023-06-30' }], leader: own('负责人'), measures: own('措施') });
    await post(asOwn, `${url}/acknowledgements`, {});
    await post(asOwn, `${url}/plans`, plan());
    await post(office, `${url}/plans/1/return`, { reason: own('退回理由') });
    await post(asOwn, `${url}/plans`, plan());
    await post(office, `${url}/plans/2/accept`, {});
    await post(asOwn, `${url}/reports`, {
      period: PERIOD,
      status: 'behind',
      percent: 17,
      narrative: own('进展'),
      attachments: [await attach(asOwn, own('附件名'))],
    });
    await post(office, `${url}/reports/${OWN}-${PERIOD}/return`, { reason: own('退回理由') });
    await post(asOwn, `${url}/reports/${OWN}-${PERIOD}/amendments`, { narrative: own('更正'), reason: own('更正理由') });
    await post(office, `${url}/reminders`, { unit: OWN, period: '2023-03', channel: own('渠道'), text: own('催办') });
    await post(asOwn, `${url}/extension-requests`, { until: '2023-11-30', reason: own('延期理由') });
    await post(office, `${url}/extension-requests/1/decision`, { granted: true, ...why('同意理由') }, decided);
    await post(asOwn, `${url}/extension-requests`, { until: '2023-12-31', reason: own('延期理由') });
    await post(office, `${url}/extension-requests/2/decision`, { granted: false, ...why('不同意理由') }, decided);
    await post(asOwn, `${url}/completion-claims`, { evidence: own('依据'), attachments: [await attach(asOwn, own('附件名'))] });
    await post(office, `${url}/completion-claims/1/decision`, { verified: false, reason: own('核实') }, decided);
    await post(asOwn, `${url}/completion-claims`, { evidence: own('依据') });
    await post(office, `${url}/completion-claims/2/decision`, { verified: true, reason: own('核实') }, decided);
    const audience = at === shared ? 'both' : 'own';
    await post(office, `${url}/reopening`, why('重启', audience));
    await post(office, `${url}/leaders`, { leaders: [mark(audience, '新领导')], ...why('调整', audience) }, decided);
    await post(office, `${url}/suspension`, why('中止', audience), decided);
    await post(office, `${url}/resumption`, why('恢复', audience));
  }
  await post(asOwn, '/v1/returns', {
    period: '2023-03',
    entries: [{ task: mine, status: 'on-track', narrative: own('汇总') }],
  });

  const snapshot = await post(office, '/v1/snapshots', { directive: DIRECTIVE, period: '2023-01' });
  const noticeOf = async (title: string): Promise<string> => post(office, '/v1/notices', { snapshot, title });
  const draft = await noticeOf(mark('no-unit', '草稿'));
  marks['no-unit'].push(snapshot, draft);
  const notice = await noticeOf(mark('both', '通报'));
  await post(office, `/v1/notices/${notice}/issue`, { number: mark('both', '通报') });
  await post(office, `/v1/notices/${notice}/correction`, { unit: OWN, statement: own('更正'), ...why('更正理由') }, decided);
  await post(office, `/v1/notices/${notice}/correction`, { statement: mark('both', '更正'), ...why('更正理由', 'both') }, decided);
  await post(asOwn, `/v1/notices/${notice}/objections`, { text: own('异议') });
  await post(office, `/v1/notices/${notice}/objections/1/answer`, { upheld: true, text: own('答复') });
  await post(asPeer, `/v1/notices/${notice}/objections`, { text: '我单位无异议' });

  const inspections: string[] = [];
  for (const [units, audience] of [
    [[OWN], 'own'],
    [[OWN, PEER], 'both'],
  ] as const) {
    const inspection = await post(office, '/v1/inspections', {
      directive: DIRECTIVE,
      title: mark(audience, '督查'),
      plan: mark(audience, '方案'),
      team: [mark(audience, '组员')],
      units,
      tasks: [shared, mine, above, below],
    });
    inspections.push(inspection);
    marks[audience].push(inspection);
    const url = `/v1/inspections/${inspection}`;
    await post(office, `${url}/findings`, {
      unit: OWN,
      task: shared,
      text: own('问题'),
      attachments: [await attach(office, own('附件名'))],
    });
    await post(office, `${url}/rectifications`, { finding: 1, text: own('整改'), due: '2023-05-31' });
    await post(asOwn, `${url}/rectifications/1/reports`, { text: own('整改情况'), attachments: [await attach(asOwn, own('附件名'))] });
    await post(office, `${url}/rectifications/1/verification`, { done: true, text: own('验收') });
    await post(office, `${url}/conclusion`, { text: mark(audience, '结论') });
  }
  const person = () => ({ name: mark('kept', '张三'), phone: mark('kept', '电话') });
  await post(asOwn, '/v1/contacts', { contacts: [person()] });
  const changed = { contact: person(), reason: own('换联系人') };
  await post(asOwn, `/v1/tasks/${mine}/reports/${OWN}-${PERIOD}/amendments`, changed);
  const sent = await office.post<{ readonly subject: string }>('/v1/imports', strangersNotice('planted'), { 'content-type': 'text/plain' });
  await world.settled();
  marks['no-unit'].push(sent.body.subject);
  const [address] = mark('office', '').trim().split(' ');
  const told = await office.post<{ readonly id: string }>('/v1/subscriptions', { url: `https://receiver.example/${address}` });
  if (told.status !== 201) throw new Error(told.text);
  marks.office.push(told.body.id);

  return {
    marks,
    head: world.head(),
    values: {
      'GET /v1/units/{id}': [OWN],
      'GET /v1/units/{id}/scorecard': [OWN],
      'GET /v1/units/{id}/reminder-letter': [OWN],
      'GET /v1/collectives/{id}': ['ge-xian-shi-qu-zheng-fu'],
      'GET /v1/directives/{id}': [DIRECTIVE],
      'GET /v1/tasks/{id}': [shared, mine, above, below],
      'GET /v1/snapshots/{id}': [snapshot],
      'GET /v1/notices/{id}': [notice, draft],
      'GET /v1/inspections/{id}': inspections,
      'GET /v1/imports/{id}': [sent.body.subject],
      'GET /v1/subscriptions/{id}': [told.body.id],
      'GET /v1/log/events/{id}': events,
      event: events,
      reportId: [`${OWN}-${PERIOD}`, `${OWN}-2023-03`],
      n: ['1', '2'],
      sha256: digests,
      path: [
        '0/000',
        `0/${Math.floor(world.head() / 256)
          .toString()
          .padStart(3, '0')}.p/1`,
        'entries/000',
        'entries/001',
        'entries/002.p/1',
      ],
      directive: [DIRECTIVE],
      task: [shared, mine, above, below],
      unit: [OWN],
      party: [OWN],
      period: [PERIOD, '2023-03'],
      year: ['2023'],
      q: ['MARK'],
      theme: ['1'],
      kind: ['task', 'monthly', 'deadline', 'no-plan', 'deadline-changed'],
      by: ['unit', 'leader', 'theme'],
      position: [String(world.head())],
      from: ['1', '@1'],
      to: [`@${world.head()}`],
      asOf: [`@${world.head()}`],
      on: ['2023-04-10'],
      state: ['behind', 'granted', 'claimed', 'accepted', 'amended', 'missing', 'late'],
      type: ['ReportSubmitted', 'InspectionOpened'],
    },
  };
};
