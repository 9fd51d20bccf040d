import { test } from 'tap';
import { OTHER, OWN, REPORT } from '../support/acts.ts';
import { noticeDecider } from '../../src/domain/notices/decide.ts';
import { NAMING_RULE } from '../../src/domain/notices/draft.ts';
import { noticeStream } from '../../src/domain/notices/state.ts';
import { snapshotDecider } from '../../src/domain/snapshots/decide.ts';
import { snapshotStream } from '../../src/domain/snapshots/state.ts';
import { openWorld, recorded, type CommandBody, type ProblemBody, type World } from '../support/app.ts';
import { SMALL, smallDirective } from '../support/small-directive.ts';

/** A circulation notice over HTTP, by the office and the units that it names. */

const BYSTANDER = 'shi-shang-wu-ju';
const WHY = { reason: '数据有误', authority: '市政府办公室' } as const;
type Line = {
  readonly unit: string;
  readonly match: boolean;
  readonly says: object | null;
  readonly facts: object | null;
  readonly factsNow: object | null;
};

/** Three units owe reports on March; the bystander's have come in time. */
const late = async (world: World): Promise<void> => {
  await smallDirective(world.office, { own: [OWN, BYSTANDER], others: [OTHER] });
  await recorded(world.unit(BYSTANDER).post('/v1/tasks/own/reports', { period: '2023-03', ...REPORT }));
};

const begun = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { at: '2023-03-20T09:00:00+08:00' });
  await late(world);
  world.clock.set('2023-03-28T09:00:00+08:00');
  return world;
};

const drafted = async (world: World): Promise<string> => {
  const { subject: snapshot } = await recorded(
    world.office.post('/v1/snapshots', { directive: SMALL, period: '2023-03', asOf: `@${world.head()}`, on: '2023-03-28' }),
  );
  const { subject } = await recorded(world.office.post('/v1/notices', { snapshot }));
  return `/v1/notices/${subject}`;
};

const issued = async (world: World): Promise<string> => {
  const notice = await drafted(world);
  await recorded(world.office.post(`${notice}/issue`, { number: '通报〔2023〕3号' }));
  return notice;
};

const etagOf = async (world: World, url: string): Promise<string> => (await world.office.get(url)).headers['etag'] ?? '';

await test('a notice names who was late or missing, with the facts; a draft is the office’s, an issued one its units’ too', async (t) => {
  const world = await begun(t);
  const notice = await drafted(world);
  const missing = (unit: string, task: string) => ({ unit, owed: 1, onTime: 0, late: [], missing: [{ task, period: '2023-03' }] });
  const own = missing(OWN, 'own');
  const lines = [own, missing(OTHER, 'others')];
  t.match((await world.office.get(notice)).body, {
    status: 'drafted',
    title: '关于2023年3月份重点工作进展情况报送的通报',
    period: '2023-03',
    on: '2023-03-28',
    number: null,
    lines,
    linesNotShown: 0,
  });
  for (const unit of [OWN, BYSTANDER]) {
    t.match(await world.unit(unit).get(notice), { status: 404, body: { code: 'notice-unknown' } });
    t.same(await world.all(world.unit(unit), '/v1/notices'), []);
    t.match(await world.unit(unit).post(`${notice}/objections`, { text: '异议' }), { status: 404, body: { code: 'notice-unknown' } });
  }
  t.match(await world.auditor.get(notice), { status: 200 });
  await recorded(world.office.post(`${notice}/issue`, { number: '通报〔2023〕3号', issuedOn: '2023-03-29' }));
  const { body: toOwn } = await world.unit(OWN).get<{ readonly lines: readonly object[] }>(notice);
  t.match(toOwn, { status: 'issued', number: '通报〔2023〕3号', issuedOn: '2023-03-29', linesNotShown: 1 });
  t.match(toOwn.lines, [own]);
  t.equal(toOwn.lines.length, 1, 'a unit is told what is said of it, and of how many others');
  const toOther = await world.all<{ readonly lines: readonly object[] }>(world.unit(OTHER), '/v1/notices');
  t.match(toOther, [{ status: 'issued', lines: [{ unit: OTHER }], linesNotShown: 1 }]);
  t.equal(toOther[0]?.lines.length, 1, 'in the list, too');
  t.match(await world.unit(BYSTANDER).get(notice), { status: 404, body: { code: 'notice-unknown' } });
  t.same(await world.all(world.unit(BYSTANDER), '/v1/notices'), []);
  t.match(await world.office.post(`${notice}/issue`, { number: '通报〔2023〕4号' }), { status: 409, body: { code: 'notice-issued' } });
  t.match(await world.office.post('/v1/notices', { snapshot: 'none' }), {
    status: 400,
    body: { code: 'snapshot-unknown', errors: [{ pointer: '/snapshot' }] },
  });
});

await test('nothing is put on record, and nobody is named, for a moment that has not come', async (t) => {
  const world = await begun(t);
  const take = (on: string | undefined) =>
    world.office.post<ProblemBody & CommandBody>('/v1/snapshots', {
      directive: SMALL,
      period: '2023-04',
      ...(on === undefined ? {} : { on }),
    });
  const head = world.head();
  for (const on of ['2023-03-29', '2023-04-26', '2024-03-31', '2023-03-28T09:00:00.001+08:00'])
    t.match(await take(on), { status: 409, body: { code: 'moment-not-come', errors: [{ pointer: '/on' }] } }, on);
  t.equal(world.head(), head);
  t.match(await take('2023-03-28T10:00:00+08:00'), { status: 409 });
  world.clock.set('2023-03-28T10:00:00+08:00');
  for (const on of [undefined, '2023-03-27', '2023-03-28', '2023-03-28T10:00:00+08:00']) {
    const { subject: snapshot } = await recorded(take(on));
    t.match(await world.office.post('/v1/notices', { snapshot }), { status: 201 }, on ?? 'now');
  }
  // As they were once taken, and drafted from: of the end of a day that is to come, or not over.
  const meta = { actor: { sub: 'clerk', role: 'office' as const }, receivedAt: world.clock.now() };
  const { handler } = world.duban();
  for (const on of ['2023-03-28', '2023-04-26']) {
    const of = { directive: SMALL, period: '2023-04', position: head, on };
    const taken = { ...of, timeZone: 'Asia/Shanghai', policyVersions: [1], judge: 1, digest: '0'.repeat(64) };
    await handler.handle(snapshotDecider, snapshotStream(on), { type: 'TakeSnapshot', taken }, meta);
    t.match(await world.office.post('/v1/notices', { snapshot: on }), {
      status: 409,
      body: { code: 'moment-not-come', errors: [{ pointer: '/snapshot' }] },
    });
    const draft = { ...of, snapshot: on, snapshotDigest: taken.digest, rule: NAMING_RULE, title: '通报', lines: [] };
    await handler.handle(noticeDecider, noticeStream(on), { type: 'DraftNotice', draft }, meta);
    t.match(await world.office.post(`/v1/notices/${on}/issue`, { number: '通报1号' }), { status: 409, body: { code: 'moment-not-come' } });
  }
  world.clock.set('2023-03-29T00:00:00+08:00');
  t.equal((await world.office.post('/v1/notices/2023-03-28/issue', { number: '通报1号' })).status, 201, 'the day is over');
  t.equal(
    (await world.office.get(`/v1/compliance?directive=${SMALL}&period=2023-04&on=2023-04-26`)).text.match(/"forecast":true/gu)?.length,
    1,
    'it can be read all the same, and says what it is',
  );
});

await test('a unit that is named objects, one objection at a time; for another the notice is not there', async (t) => {
  const world = await begun(t);
  const notice = await issued(world);
  const object = (unit: string, text = '我单位已报送') => world.unit(unit).post(`${notice}/objections`, { text });
  const answer = (n: number) => world.office.post(`${notice}/objections/${n}/answer`, { upheld: false, text: '查无记录' });
  t.match(await object(OWN), { status: 201, body: { subject: '1', events: [{ type: 'ObjectionRaised.v1' }] } });
  t.match(await object(OWN), { status: 409, body: { code: 'objection-pending' } });
  t.match(await object(OTHER), { status: 201, body: { subject: '2' } });
  t.match(await object(BYSTANDER), { status: 404, body: { code: 'notice-unknown' } });
  t.match(await world.office.post(`${notice}/objections`, { text: '来函', unit: BYSTANDER, basis: '来函' }), {
    status: 400,
    body: { code: 'not-named', errors: [{ pointer: '/unit' }] },
  });
  t.match(await world.unit(OWN).post(`${notice}/objections/1/answer`, { upheld: true, text: '自答' }), { status: 403 });
  t.match(await answer(1), { status: 201 });
  t.match(await answer(1), { status: 409, body: { code: 'already-decided' } });
  t.match(await answer(3), { status: 404, body: { code: 'objection-unknown' } });
  t.match(await object(OWN, '仍有异议'), { status: 201, body: { subject: '3' } });
  t.match((await world.auditor.get(notice)).body, {
    objections: [
      { n: 1, unit: OWN, raisedAt: '2023-03-28T01:00:00.000Z', answer: { upheld: false } },
      { n: 2, unit: OTHER, answer: null },
      { n: 3, text: '仍有异议', answer: null },
    ],
  });
});

await test('what others rely on is corrected or withdrawn with If-Match, and an objection is answered even after that', async (t) => {
  const world = await begun(t);
  const notice = await issued(world);
  const correction = { unit: OWN, statement: '逾期三日,非未报', ...WHY };
  for (const [path, body] of [
    ['/correction', correction],
    ['/withdrawal', WHY],
  ] as const) {
    t.match(await world.office.post<ProblemBody>(`${notice}${path}`, body), { status: 428, body: { code: 'precondition-required' } }, path);
    t.match(
      await world.office.post<ProblemBody>(`${notice}${path}`, body, { 'if-match': '"0"' }),
      { status: 412, body: { code: 'precondition-failed', currentRevision: 1 } },
      path,
    );
  }
  const etag = await etagOf(world, notice);
  t.equal(etag, '"1"');
  t.match(await world.office.post(`${notice}/correction`, { ...correction, unit: BYSTANDER }, { 'if-match': etag }), {
    status: 400,
    body: { code: 'not-named', errors: [{ pointer: '/unit' }] },
  });
  t.match(await world.office.post(`${notice}/correction`, correction, { 'if-match': etag }), { status: 201 });
  t.match(await world.office.post(`${notice}/correction`, correction, { 'if-match': etag }), { status: 412 }, 'that revision is past');
  await recorded(world.unit(OWN).post(`${notice}/objections`, { text: '我单位已报送' }));
  t.match(await world.office.post(`${notice}/withdrawal`, WHY, { 'if-match': etag }), { status: 412 }, 'an objection came in between');
  const now = await etagOf(world, notice);
  t.match(await world.office.post(`${notice}/withdrawal`, WHY, { 'if-match': now }), { status: 201, body: { revision: 4 } });
  t.match(await world.office.post(`${notice}/withdrawal`, WHY, { 'if-match': '"4"' }), { status: 409, body: { code: 'notice-withdrawn' } });
  t.match(await world.unit(OTHER).post(`${notice}/objections`, { text: '异议' }), { status: 409, body: { code: 'notice-withdrawn' } });
  t.match(
    await world.office.post(`${notice}/objections/1/answer`, { upheld: true, text: '情况属实' }),
    { status: 201 },
    'whoever asked is owed an answer',
  );
  const shown = {
    status: 'withdrawn',
    withdrawal: WHY,
    corrections: [{ n: 1, unit: OWN, statement: '逾期三日,非未报' }],
    objections: [{ n: 1, answer: { upheld: true } }],
    lines: [{ unit: OWN, missing: [{ task: 'own' }] }],
    linesNotShown: 1,
  };
  t.match(await world.unit(OWN).get(notice), { status: 200, body: shown }, 'what it said stands beside what was said of it since');
  t.match(
    await world.unit(OTHER).get(notice),
    { status: 200, body: { status: 'withdrawn', corrections: [], objections: [], lines: [{ unit: OTHER }] } },
    'and not what was said of another unit, or by it',
  );
  t.match(await world.office.get(`${notice}?asOf=@${world.head() - 4}`), {
    body: { status: 'issued', corrections: [], objections: [], withdrawal: null },
  });
});

await test('a draft is neither corrected nor withdrawn, and one that is not there not at all', async (t) => {
  const world = await begun(t);
  const notice = await drafted(world);
  for (const path of ['/correction', '/withdrawal']) {
    const body = path === '/withdrawal' ? WHY : { statement: '有误', ...WHY };
    t.match(await world.office.post(`${notice}${path}`, body, { 'if-match': '*' }), { status: 409, body: { code: 'notice-not-issued' } });
    t.match(await world.office.post(`/v1/notices/none${path}`, body, { 'if-match': '*' }), { status: 404 });
  }
  t.match(await world.office.post('/v1/notices/none/issue', { number: '1号' }), { status: 404, body: { code: 'notice-unknown' } });
  t.match(await world.office.post('/v1/notices/none/objections/1/answer', { upheld: true, text: '属实' }), {
    status: 404,
    body: { code: 'notice-unknown' },
  });
  t.match(await world.auditor.get('/v1/notices/none/consistency'), { status: 404, body: { code: 'notice-unknown' } });
});

await test('what came after a notice’s position changes nothing of what it rests on, and is listed', async (t) => {
  const world = await begun(t);
  const notice = await drafted(world);
  const consistency = async (more = '') =>
    (
      await world.auditor.get<{
        readonly match: boolean;
        readonly changedSince: boolean;
        readonly lines: readonly Line[];
        readonly arrivedBeforeIssue: readonly object[];
        readonly arrivedLater: readonly object[];
      }>(`${notice}/consistency${more}`)
    ).body;
  t.match(await consistency(), { match: true, changedSince: false, arrivedBeforeIssue: [], arrivedLater: [] });

  // Late, and on the day judged itself: by its end the report is no longer missing.
  const first = await recorded(world.unit(OTHER).post('/v1/tasks/others/reports', { period: '2023-03', ...REPORT }));
  t.match(
    await consistency(),
    { match: true, arrivedBeforeIssue: [{ position: first.position, type: 'ReportSubmitted', unit: OTHER, subject: 'task-others' }] },
    'the office sees it before it signs',
  );
  await recorded(world.office.post(`${notice}/issue`, { number: '通报〔2023〕3号' }));
  const issuedAt = world.head();

  world.clock.set('2023-04-10T09:00:00+08:00');
  await recorded(world.unit(OWN).post('/v1/tasks/own/reports', { period: '2023-04', ...REPORT }));
  t.match((await consistency()).arrivedLater, [{ position: first.position }], 'a report on another month says nothing of this one');
  await recorded(world.unit(BYSTANDER).post(`/v1/tasks/own/reports/${BYSTANDER}-2023-03/amendments`, { percent: 50, reason: '更正' }));
  t.equal((await consistency()).arrivedLater.length, 1, 'nor does what another says of the same task');
  const paper = { period: '2023-03', ...REPORT, unit: OWN, basis: '市科技局3月24日来文', receivedAt: '2023-03-24T09:00:00+08:00' };
  const second = await recorded(world.office.post('/v1/tasks/own/reports', paper));

  const found = await consistency();
  t.match(found, {
    match: true,
    changedSince: true,
    arrivedBeforeIssue: [{ position: first.position }],
    arrivedLater: [
      { position: first.position, unit: OTHER },
      { position: second.position, unit: OWN },
    ],
  });
  t.equal(found.arrivedLater.length, 2);
  const lineOf = (unit: string): Line | undefined => found.lines.find((line) => line.unit === unit);
  t.match(
    lineOf(OWN),
    { match: true, says: { missing: [{ task: 'own' }] }, facts: { missing: [{ task: 'own' }] }, factsNow: null },
    'it had come in time, on paper',
  );
  t.match(lineOf(OTHER), {
    match: true,
    facts: { missing: [{ task: 'others' }] },
    factsNow: { late: [{ task: 'others', daysLate: 3 }], missing: [] },
  });
  t.match(
    await consistency(`?asOf=@${issuedAt}`),
    { match: true, lines: [{ unit: OWN, factsNow: { missing: [{ task: 'own' }] } }, {}] },
    'as was known when it was issued',
  );
});

await test('a unit that has taken over one that is named sees the notice and objects for it', async (t) => {
  const world = await begun(t);
  const notice = await issued(world);
  t.match(await world.unit(BYSTANDER).get(notice), { status: 404 });
  await recorded(
    world.office.send<CommandBody>('PATCH', `/v1/units/${OTHER}`, { mergedInto: BYSTANDER, from: '2023-03-28', reason: '机构改革' }),
  );
  t.match(await world.unit(BYSTANDER).get(notice), { status: 200 });
  t.match(await world.all(world.unit(BYSTANDER), '/v1/notices'), [{ status: 'issued' }]);
  t.match(await world.unit(BYSTANDER).post(`${notice}/objections`, { unit: OTHER, text: '合并前已报送' }), { status: 201 });
  t.match((await world.office.get(notice)).body, { objections: [{ unit: OTHER, text: '合并前已报送' }] });
});
