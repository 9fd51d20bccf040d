import { test } from 'tap';
import { handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, recorded, SEED_DIRECTIVE, type CommandBody, type World } from '../support/app.ts';

/** An inspection over HTTP, by the office and the units inspected. */

const BYSTANDER = 'shi-shang-wu-ju';
const AT = '2023-04-10T09:00:00+08:00';

/** Two units, a task of each and one that both carry. */
const inspected = async (world: World): Promise<string> => {
  await recorded(world.office.post('/v1/tasks', handTask('own')));
  await recorded(world.office.post('/v1/tasks', { ...handTask('others'), assignees: [{ role: 'lead', party: OTHER }] }));
  await recorded(
    world.office.post('/v1/tasks', {
      ...handTask('shared'),
      assignees: [
        { role: 'lead', party: OWN },
        { role: 'cooperating', party: OTHER },
      ],
    }),
  );
  const scope = {
    directive: SEED_DIRECTIVE,
    title: '一季度督查',
    plan: '现场查看',
    team: ['督查一组'],
    units: [OWN, OTHER],
    tasks: ['own', 'others', 'shared'],
  };
  const { subject } = await recorded(world.office.post('/v1/inspections', scope));
  return `/v1/inspections/${subject}`;
};

await test('a unit sees of an inspection its own part, and nothing of one that it is not in', async (t) => {
  const world = await openWorld(t, { at: AT });
  const url = await inspected(world);
  await recorded(world.office.post(`${url}/findings`, { unit: OWN, task: 'shared', text: '台账不全' }));
  await recorded(world.office.post(`${url}/findings`, { unit: OTHER, text: '未报方案' }));
  await recorded(world.office.post(`${url}/conclusion`, { text: '限期整改' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 2, text: '补报方案' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐台账', due: '2023-05-31' }));

  const whole = {
    units: [OWN, OTHER],
    tasks: ['own', 'others', 'shared'],
    openedOn: '2023-04-10',
    findings: [
      { n: 1, unit: OWN, state: 'open' },
      { n: 2, unit: OTHER, task: null, state: 'open' },
    ],
    conclusion: { text: '限期整改', deliveredTo: [OWN, OTHER], issuedOn: '2023-04-10' },
    rectifications: [
      { n: 1, finding: 2, unit: OTHER, due: null },
      { n: 2, finding: 1, unit: OWN, due: '2023-05-31' },
    ],
    open: 2,
  };
  for (const who of [world.office, world.auditor]) t.match((await who.get(url)).body, whole);

  const own = {
    units: [OWN],
    tasks: ['own', 'shared'],
    findings: [{ n: 1, unit: OWN }],
    conclusion: { deliveredTo: [OWN] },
    rectifications: [{ n: 2, unit: OWN, state: 'ordered' }],
    open: 1,
  };
  const seen = await world.unit(OWN).get(url);
  t.match(seen, { status: 200, body: own });
  t.notOk(seen.text.includes(OTHER) || seen.text.includes('未报方案') || seen.text.includes('others'), 'nothing of the other');
  t.match(await world.all(world.unit(OWN), '/v1/inspections'), [own]);
  t.match((await world.unit(OTHER).get(url)).body, {
    units: [OTHER],
    tasks: ['others', 'shared'],
    findings: [{ n: 2 }],
    rectifications: [{ n: 1 }],
  });

  t.match(await world.unit(BYSTANDER).get(url), { status: 404, body: { code: 'inspection-unknown' } });
  t.same(await world.all(world.unit(BYSTANDER), '/v1/inspections'), []);
  t.match(await world.unit(BYSTANDER).post(`${url}/rectifications/2/reports`, { text: '代报' }), {
    status: 404,
    body: { code: 'inspection-unknown' },
  });
  t.match(
    await world.unit(OTHER).post(`${url}/rectifications/2/reports`, { text: '代报' }),
    { status: 404, body: { code: 'rectification-unknown' } },
    'nor does one in it act for another',
  );
});

await test('a rectification goes round until it is verified', async (t) => {
  const world = await openWorld(t, { at: AT });
  const url = await inspected(world);
  await recorded(world.office.post(`${url}/findings`, { unit: OWN, text: '台账不全' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐台账', due: '2023-05-31' }));
  const verify = (done: boolean, text: string) => world.office.post(`${url}/rectifications/1/verification`, { done, text });
  const report = (text: string) => world.unit(OWN).post(`${url}/rectifications/1/reports`, { text });
  const seen = async () =>
    (
      await world.office.get<{ readonly open: number; readonly findings: readonly object[]; readonly rectifications: readonly object[] }>(
        url,
      )
    ).body;

  t.match(await verify(true, '未看'), { status: 409, body: { code: 'nothing-rectified' } });
  await recorded(report('已补齐'));
  world.clock.set('2023-05-02T09:00:00+08:00');
  await recorded(verify(false, '仍缺附件'));
  t.match(await verify(true, '又看'), { status: 409, body: { code: 'nothing-rectified' } }, 'a new report comes first');
  t.match(await seen(), { open: 1, findings: [{ state: 'open' }], rectifications: [{ state: 'returned' }] });
  world.clock.set('2023-05-20T09:00:00+08:00');
  await recorded(report('附件已补'));
  await recorded(verify(true, '属实'));
  const rounds = [
    { text: '已补齐', reportedAt: '2023-04-10T01:00:00.000Z', verdict: { done: false, text: '仍缺附件', at: '2023-05-02T01:00:00.000Z' } },
    { text: '附件已补', reportedAt: '2023-05-20T01:00:00.000Z', verdict: { done: true, text: '属实', at: '2023-05-20T01:00:00.000Z' } },
  ];
  t.match(await seen(), { open: 0, findings: [{ state: 'rectified' }], rectifications: [{ state: 'verified', rounds }] });
  t.match(await report('再报'), { status: 409, body: { code: 'rectification-closed' } });
  t.match(await verify(false, '再看'), { status: 409, body: { code: 'rectification-closed' } });
  t.same(await world.all(world.auditor, '/v1/inspections?open=true'), []);
  t.match(
    await world.office.get(`${url}?asOf=2023-05-10T00:00:00%2B08:00`),
    { body: { open: 1, rectifications: [{ state: 'returned' }] } },
    'as was known between the rounds',
  );
});

await test('the office enters a unit’s paper report on a rectification, naming the paper', async (t) => {
  const world = await openWorld(t, { at: AT });
  const url = await inspected(world);
  await recorded(world.office.post(`${url}/findings`, { unit: OWN, text: '台账不全' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐台账' }));
  const path = `${url}/rectifications/1/reports`;
  t.match(await world.office.post(path, { text: '来函称已补齐', basis: '来函' }), { status: 400, body: { code: 'unit-missing' } });
  t.match(await world.office.post(path, { text: '来函称已补齐', unit: OWN }), { status: 400, body: { code: 'basis-missing' } });
  t.match(await world.office.post(path, { text: '来函称已补齐', unit: OTHER, basis: '来函' }), {
    status: 404,
    body: { code: 'rectification-unknown' },
  });
  await recorded(
    world.office.post(path, { text: '来函称已补齐', unit: OWN, basis: '市科技局函〔2023〕9号', receivedAt: '2023-04-08T09:00:00+08:00' }),
  );
  t.match((await world.office.get(url)).body, {
    rectifications: [{ state: 'reported', rounds: [{ reportedAt: '2023-04-08T01:00:00.000Z', verdict: null }] }],
  });
});

await test('nothing of an inspection is ever overdue by itself', async (t) => {
  const world = await openWorld(t, { at: AT });
  const url = await inspected(world);
  const owed = async () =>
    (await world.office.get(`/v1/compliance?directive=${SEED_DIRECTIVE}&kind=deadline&on=2024-06-01`)).text.replace(/"basis".*/u, '');
  const before = await owed();
  await recorded(world.office.post(`${url}/findings`, { unit: OWN, text: '台账不全' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐台账', due: '2023-05-31' }));
  const head = world.head();
  world.clock.set('2024-06-01T09:00:00+08:00');
  await world.restart();
  t.equal(world.head(), head, 'no event came of time passing');
  const { body } = await world.office.get(url);
  t.match(body, { conclusion: null, open: 1, rectifications: [{ due: '2023-05-31', state: 'ordered', rounds: [] }] });
  t.notOk(JSON.stringify(body).includes('overdue'));
  t.equal(await owed(), before, 'and it is no obligation of the unit');
});

await test('what an inspection names must exist', async (t) => {
  const world = await openWorld(t, { at: AT });
  const scope = { directive: SEED_DIRECTIVE, title: '督查', plan: '现场查看', units: [OWN] };
  t.match(await world.office.post('/v1/inspections', { ...scope, directive: 'none' }), {
    status: 400,
    body: { code: 'directive-unknown', errors: [{ pointer: '/directive' }] },
  });
  t.match(await world.office.post('/v1/inspections', { ...scope, units: [OWN, 'none'] }), {
    status: 400,
    body: { code: 'unit-unknown', errors: [{ pointer: '/units/1' }] },
  });
  t.match(await world.office.post('/v1/inspections', { ...scope, tasks: ['none'] }), {
    status: 400,
    body: { code: 'task-unknown', errors: [{ pointer: '/tasks/0' }] },
  });
  const { subject } = await recorded(world.office.post('/v1/inspections', scope));
  const url = `/v1/inspections/${subject}`;
  t.match(await world.office.post(`${url}/findings`, { unit: OWN, task: 'none', text: '台账不全' }), {
    status: 400,
    body: { code: 'task-unknown', errors: [{ pointer: '/task' }] },
  });
  t.match(await world.office.post(`${url}/findings`, { unit: OTHER, text: '台账不全' }), {
    status: 400,
    body: { code: 'outside-scope', errors: [{ pointer: '/unit' }] },
  });
  t.match(await world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐' }), {
    status: 400,
    body: { code: 'inspection-finding-unknown', errors: [{ pointer: '/finding' }] },
  });
  await recorded(world.office.post(`${url}/conclusion`, { text: '总体良好' }));
  t.match(await world.office.post(`${url}/conclusion`, { text: '又一次' }), { status: 409, body: { code: 'inspection-concluded' } });
  t.match(await world.office.post(`${url}/findings`, { unit: OWN, text: '台账不全' }), {
    status: 409,
    body: { code: 'inspection-concluded' },
  });
  t.match(await world.office.post('/v1/inspections/none/conclusion', { text: '总体良好' }), {
    status: 404,
    body: { code: 'inspection-unknown' },
  });
  t.match(await world.office.get('/v1/inspections/none'), { status: 404, body: { code: 'inspection-unknown' } });
});

await test('a unit that has taken over another sees what was found of it', async (t) => {
  const world = await openWorld(t, { at: AT });
  const url = await inspected(world);
  await recorded(world.office.post(`${url}/findings`, { unit: OTHER, text: '未报方案' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补报方案' }));
  t.match(await world.unit(BYSTANDER).get(url), { status: 404 });
  await recorded(
    world.office.send<CommandBody>('PATCH', `/v1/units/${OTHER}`, { mergedInto: BYSTANDER, from: '2023-04-10', reason: '机构改革' }),
  );
  t.match(await world.unit(BYSTANDER).get(url), { status: 200, body: { units: [OTHER], findings: [{ unit: OTHER }], open: 1 } });
  t.match(await world.unit(BYSTANDER).post(`${url}/rectifications/1/reports`, { unit: OTHER, text: '已补报' }), { status: 201 });
});
