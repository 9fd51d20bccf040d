import { test } from 'tap';
import type { CommandBody, ListBody, ProblemBody } from '../../support/app.ts';
import { openCounty, WHY, type Board } from './county.ts';

/** docs/judging.md, rules 1 and 2: the moment judged, and what counts at it. */

await test('on the due day a unit that can still report in time is not missing, whatever is asked', async (t) => {
  const county = await openCounty(t, '2026-03-16T09:00:00+08:00');
  await county.units('shuili');
  const d = await county.directive('live', { effectiveFrom: '2026-03-01', monthly: { from: '2026-03', to: '2026-03', day: 16 } });
  await county.task(d, 't', 'shuili', { deadline: '2026-03-16', effectiveFrom: '2026-03-01' });
  const look = async (query: string) => {
    const { totals } = await county.board(`directive=${d}&period=2026-03${query}`);
    const owing = await county.get<ListBody<{ readonly missing: readonly string[]; readonly notYetDue: readonly string[] }>>(
      `/v1/owing?directive=${d}&period=2026-03${query}`,
    );
    const task = await county.get<{ readonly compliance: { readonly missing: number; readonly notYetDue: number } }>(
      `/v1/tasks/t?${query.slice(1)}`,
    );
    const deadlines = await county.get<ListBody<{ readonly state: string }>>(`/v1/deadlines?directive=${d}${query}`);
    return {
      board: [totals.missing, totals.notYetDue],
      owing: owing.items.map(({ missing, notYetDue }) => [missing, notYetDue]),
      obligations: (await county.obligations(`directive=${d}${query}`)).map(({ kind, state }) => `${kind} ${state}`),
      task: [task.compliance.missing, task.compliance.notYetDue],
      deadlines: deadlines.items.map(({ state }) => state),
    };
  };
  const open = {
    board: [0, 1],
    owing: [[[], ['t']]],
    obligations: ['monthly not-yet-due', 'deadline not-yet-due'],
    task: [0, 2],
    deadlines: ['open'],
  };
  county.now('2026-03-16T23:59:59.999+08:00');
  for (const query of ['', '&on=2026-03-16', '&asOf=2026-03-16T23:59:59.999%2B08:00', '&on=2026-03-16T23:59:59.999%2B08:00'])
    t.same(await look(query), open, query);
  t.same(await county.named({ directive: d, period: '2026-03' }), [], 'a notice drafted now names nobody');

  county.now('2026-03-17T00:00:00+08:00');
  const over = {
    board: [1, 0],
    owing: [[['t'], []]],
    obligations: ['monthly missing', 'deadline missing'],
    task: [2, 0],
    deadlines: ['overdue'],
  };
  t.same(await look(''), over, 'one millisecond later the day is over');
  t.same(await look('&on=2026-03-16'), open, 'a day that is over is judged at its last instant: then it could still come');
  t.same((await county.board(`directive=${d}&period=2026-03&on=2026-03-16`)).basis.at, '2026-03-16T15:59:59.999Z');
});

await test('the report that comes in the last millisecond is in time, the next one is late', async (t) => {
  const county = await openCounty(t);
  await county.units('jia', 'yi');
  const d = await county.directive('edge');
  await county.task(d, 'a', 'jia');
  await county.task(d, 'b', 'yi');
  await county.report('a', 'jia', '2026-03', '2026-03-30T23:59:59.999+08:00');
  await county.report('b', 'yi', '2026-03', '2026-03-31T00:00:00+08:00');
  t.same(await county.rows(`directive=${d}&period=2026-03&on=2026-04-30`), ['jia 2026-03 on-time 0', 'yi 2026-03 late 1']);
});

await test('nothing is put on record for a moment that has not come', async (t) => {
  const county = await openCounty(t);
  await county.units('nongye');
  const d = await county.directive('ahead', { monthly: { from: '2027-03', to: '2027-03', day: 30 } });
  await county.task(d, 't', 'nongye');
  t.equal(await county.refused('/v1/snapshots', { directive: d, period: '2027-03', on: '2027-03-31' }), 'moment-not-come');
  t.equal(
    await county.refused('/v1/snapshots', { directive: d, period: '2027-03', on: '2026-11-28T09:00:00.001+08:00' }),
    'moment-not-come',
  );
  const { totals, basis } = await county.board(`directive=${d}&period=2027-03&on=2027-03-31`);
  t.match(
    { totals, basis },
    { totals: { missing: 1 }, basis: { forecast: true, at: '2027-03-31T15:59:59.999Z', on: '2027-03-31' } },
    'a read may look ahead, and says so',
  );
  t.equal((await county.board(`directive=${d}&period=2027-03`)).basis.forecast, undefined);
});

await test('an answer is asked for again by its basis, to the byte, whatever is entered since', async (t) => {
  const county = await openCounty(t, '2026-03-30T12:00:00+08:00');
  await county.units('jia');
  const d = await county.directive('again');
  await county.task(d, 't', 'jia');
  const asked = `/v1/compliance?directive=${d}&period=2026-03`;
  const { basis } = await county.get<Board>(asked);
  t.match(basis, { on: '2026-03-30', at: '2026-03-30T04:00:00.000Z', timeZone: 'Asia/Shanghai' });
  const again = `${asked}&asOf=@${basis.position}&on=${basis.at}`;
  const first = await county.world.office.get(again);
  county.now('2026-05-10T09:00:00+08:00');
  await county.report('t', 'jia', '2026-03', '2026-03-20T10:00:00+08:00');
  const second = await county.world.office.get(again);
  t.equal(second.text, first.text);
  t.match(second.body, { totals: { notYetDue: 1 } });
  t.match(
    await county.get(`${asked}&on=${basis.at}`),
    { totals: { notYetDue: 0, onTime: 1 } },
    'what is known now of that moment is another answer',
  );
});

await test('a day is one of the office’s zone, a due day one of the directive’s', async (t) => {
  const county = await openCounty(t, '2026-07-15T09:00:00+08:00');
  await county.units('jia');
  const d = await county.directive(
    'abroad',
    { timeZone: 'America/New_York', monthly: { from: '2026-03', to: '2026-03', day: 30 } },
    { timeZone: 'America/New_York' },
  );
  await county.task(d, 't', 'jia', { deadline: '2026-03-30' });
  const [report, deadline] = await county.obligations(`directive=${d}`);
  t.equal(report?.due, '2026-03-31T00:00:00-04:00');
  t.equal(deadline?.due, '2026-03-31T00:00:00-04:00');
  // 31 March ends in Shanghai at 12:00 of that day in New York.
  t.same(await county.rows(`directive=${d}&on=2026-03-30`), ['jia 2026-03 not-yet-due 0', 'jia 2026-03 not-yet-due 0']);
  t.same(await county.rows(`directive=${d}&on=2026-03-31`), ['jia 2026-03 missing 1', 'jia 2026-03 missing 1']);
  t.match((await county.board(`directive=${d}&period=2026-03&on=2026-03-31`)).basis, {
    timeZone: 'Asia/Shanghai',
    directiveTimeZone: 'America/New_York',
  });
});

await test('what was received after the moment judged is nowhere in an answer', async (t) => {
  const county = await openCounty(t);
  await county.units('jiaoyu', 'qian', 'hou');
  const d = await county.directive('day');
  await county.task(d, 't', 'jiaoyu', { leaders: ['万战伟'] });
  await county.report('t', 'jiaoyu', '2026-03', '2026-04-05T10:00:00+08:00');
  await county.office('/v1/tasks/t/reports/jiaoyu-2026-03/return', { reason: '数据不全' }, '2026-04-06T10:00:00+08:00');
  await county.office('/v1/tasks/t/leaders', { leaders: ['杨红忠'], ...WHY }, '2026-04-06T10:00:00+08:00');
  await county.office('/v1/tasks/t/reminders', { unit: 'jiaoyu', period: '2026-03', channel: '电话' }, '2026-04-02T10:00:00+08:00');
  const on = '2026-03-31';
  t.same(await county.rows(`task=t&period=2026-03&on=${on}`), ['jiaoyu 2026-03 missing 1']);
  t.same((await county.get<ListBody<unknown>>(`/v1/reports?directive=${d}&period=2026-03&on=${on}`)).items, []);
  t.match(await county.get(`/v1/tasks/t?on=${on}`), { progress: { lastReport: null }, leaders: ['万战伟'], status: 'assigned' });
  t.match(await county.get(`/v1/tasks/t/statements?period=2026-03&on=${on}`), { items: [{ status: null }] });
  t.match(await county.get(`/v1/owing?directive=${d}&period=2026-03&on=${on}`), { items: [{ lastReminder: null }] });
  const report = '/v1/tasks/t/reports/jiaoyu-2026-03';
  t.equal((await county.world.office.get(`${report}?on=${on}`)).status, 404);
  t.match(await county.get(`${report}?on=2026-04-05`), { state: 'submitted', versions: { length: 1 } });
  t.match(await county.get(report), { state: 'returned', versions: { length: 2 } });
  const history = async (query: string): Promise<readonly string[]> =>
    (await county.get<ListBody<{ readonly type: string }>>(`/v1/tasks/t/history${query}`)).items.map(({ type }) => type.replace('.v1', ''));
  const begun = ['TaskAssigned'];
  t.same(await history(`?on=${on}`), begun, 'an assignment counts whenever it was received');
  t.same(await history('?on=2026-04-05'), [...begun, 'ReportSubmitted', 'ReminderSent']);
  t.same((await history('')).length, 5);

  await county.task(d, 'two', 'qian', {
    assignees: [
      { role: 'lead', party: 'qian' },
      { role: 'cooperating', party: 'hou' },
    ],
  });
  await county.report('two', 'qian', '2026-03', '2026-03-20T10:00:00+08:00');
  await county.report('two', 'hou', '2026-03', '2026-04-20T10:00:00+08:00', { status: 'behind' });
  t.same((await county.get<ListBody<unknown>>(`/v1/contradictions?directive=${d}&period=2026-03&on=${on}`)).items, []);
  t.equal((await county.get<ListBody<unknown>>(`/v1/contradictions?directive=${d}&period=2026-03&on=2026-04-20`)).items.length, 1);
});

await test('who reads after a command was acknowledged sees what it did', async (t) => {
  const county = await openCounty(t);
  await county.units('dangan');
  const d = await county.directive('ryw');
  await county.task(d, 't', 'dangan');
  for (let round = 0; round < 50; round += 1) {
    const reminded = await county.world.office.post<CommandBody & ProblemBody>('/v1/tasks/t/reminders', {
      unit: 'dangan',
      period: '2026-03',
      channel: '电话',
    });
    // `send` waits for nothing: what is asked is asked at once.
    const read = await county.world.office.send<Board>('GET', '/v1/tasks/t');
    if (read.body.basis.position < reminded.body.position)
      t.fail(`read ${round} shows ${read.body.basis.position}, the command had ${reminded.body.position}`);
    const next = await county.world.office.post(
      '/v1/tasks/t/leaders',
      { leaders: [`第${round}号`], ...WHY },
      { 'if-match': read.headers['etag'] ?? '' },
    );
    if (next.status !== 201) t.fail(`the ETag that it gave is refused: ${next.text}`);
  }
});

await test('a file that Excel opens begins with the mark of its encoding', async (t) => {
  const county = await openCounty(t);
  await county.units('minzheng');
  const d = await county.directive('csv');
  await county.task(d, 't', 'minzheng');
  const { subject } = await county.office('/v1/snapshots', { directive: d, period: '2026-03', on: '2026-04-01' });
  const { app, tokenOf } = county.world;
  const answer = await app().inject({
    url: `/v1/snapshots/${subject}`,
    headers: { accept: 'text/csv', authorization: `Bearer ${await tokenOf('office')}` },
  });
  t.equal(answer.rawPayload.subarray(0, 3).toString('hex'), 'efbbbf');
});
