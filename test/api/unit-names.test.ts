import { test } from 'tap';
import { ACTS_AT, handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, type ProblemBody } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';

type Task = { readonly id: string };

await test('a unit is asked for by its name or a name it had, as by its id', async (t) => {
  const world = await openWorld(t);
  const { body: unit } = await world.office.get<{ readonly name: string }>(`/v1/units/${OWN}`);
  const tasksOf = async (name: string): Promise<readonly Task[]> =>
    world.all<Task>(world.office, `/v1/tasks?unit=${encodeURIComponent(name)}`);
  const byId = await tasksOf(OWN);
  t.ok(byId.length > 0);
  t.same(await tasksOf(unit.name), byId);
  const renaming = { name: 'ＡＢＣ新设局', from: '2023-06-01', reason: '机构改革' };
  t.equal((await world.office.send('PATCH', `/v1/units/${OWN}`, renaming)).status, 201);
  t.same(await tasksOf('ABC新设局'), byId, 'full and half width alike');
  t.same(await tasksOf(unit.name), byId, 'the name before the renaming');
  t.match(await world.office.get(`/v1/tasks?unit=${encodeURIComponent('无此局')}`), {
    status: 400,
    body: { code: 'invalid-input', errors: [{ pointer: '/unit', message: /is no id of a unit, and no name/u }] },
  });
  t.equal((await world.office.get(`/v1/units?unit=${encodeURIComponent(unit.name)}`)).status, 400, 'where no unit is asked for');
});

await test('a unit is known to itself by its own names, and learns nothing of others', async (t) => {
  const world = await openWorld(t);
  const nameOf = async (unit: string): Promise<string> =>
    (await world.office.get<{ readonly name: string }>(`/v1/units/${unit}`)).body.name;
  const asked = (name: string) => world.unit(OWN).get<{ readonly detail: string }>(`/v1/tasks?unit=${encodeURIComponent(name)}`);
  t.equal((await asked(await nameOf(OWN))).status, 200);
  const [other, nobody] = [await asked(await nameOf(OTHER)), await asked('无此局')];
  t.equal(other.status, 400);
  t.same([other.status, other.body.detail], [nobody.status, nobody.body.detail]);
});

await test('an id of which no unit is registered is refused wherever a unit is asked for, by whoever asks', async (t) => {
  const world = await openWorld(t);
  const refusal = { status: 400, body: { code: 'invalid-input', errors: [{ pointer: '/unit', message: /is no id of a unit/u }] } };
  const { paths } = await documentOf(world);
  const asking = Object.entries(paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'unit') === true);
  t.ok(asking.length > 5);
  for (const [path] of asking) t.match(await world.office.get(`${path}?unit=shi-ke-ji-jv`), refusal, path);
  t.match(await world.unit(OWN).get('/v1/tasks?unit=shi-ke-ji-jv'), refusal);
  t.equal((await world.unit(OWN).get(`/v1/tasks?unit=${OTHER}`)).status, 200, 'who the others are is no secret');

  t.equal((await world.office.post('/v1/units', { id: 'new', name: '新局', aliases: ['xinju'] })).status, 201);
  for (const unit of ['new', 'xinju'])
    t.match(await world.office.get(`/v1/tasks?unit=${unit}`), { status: 200, body: { items: [] } }, 'known, though it has nothing to do');
  t.match(await world.office.get('/v1/tasks?unit=new&asOf=@1'), refusal, 'of a time before it was registered it names nothing');
});

await test('a name where an id is taken is refused with the id', async (t) => {
  const world = await openWorld(t);
  const { name } = (await world.office.get<{ readonly name: string }>(`/v1/units/${OWN}`)).body;
  const named = (pointer: string) => ({
    status: 400,
    body: { detail: `${name} is a name of the unit ${OWN}: here its id is taken`, errors: [{ pointer }] },
  });
  for (const path of ['', '/scorecard?year=2023', '/contacts'])
    t.match(await world.office.get(`/v1/units/${encodeURIComponent(name)}${path}`), named('/id'), path);
  const body = { period: '2023-03', progress: '已完成', unit: name, basis: { reference: '纸质', note: '' } };
  t.match(await world.office.post('/v1/tasks/task-1/reports', body), named('/unit'));
  const other = await world.unit(OTHER).get<{ readonly detail: string }>(`/v1/units/${encodeURIComponent(name)}`);
  t.match(
    other,
    { status: 400, body: { detail: /an id, of small letters.* is no name; GET \/v1\/units\?q=… finds units/u } },
    'a unit is known by its own names only',
  );
  const chinese = await world.office.get(`/v1/units/${encodeURIComponent('无此局')}`, { 'accept-language': 'zh-CN' });
  t.match(chinese, { status: 400, body: { detail: /应为编号，不是名称.*GET \/v1\/units\?q=… 查找/u } });
});

await test('an act that is refused names its unit as people do, and by its new name where it has one', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await world.office.post('/v1/tasks', handTask('hand'));
  const report = { period: '2023-03', status: 'on-track', narrative: '按计划推进' };
  const reported = (headers = {}) => world.unit(OWN).post<ProblemBody>('/v1/tasks/hand/reports', report, headers);
  t.equal((await reported()).status, 201);
  t.match(await reported(), {
    status: 409,
    body: { detail: '市科技局 has reported on 2023-03; amend report shi-ke-ji-ju-2023-03 instead' },
  });
  const renaming = { name: '市科创局', from: '2023-04-01', reason: '机构改革' };
  t.equal((await world.office.send('PATCH', `/v1/units/${OWN}`, renaming)).status, 201);
  t.match(await reported({ 'accept-language': 'zh-CN' }), { status: 409, body: { detail: /^市科创局 已报送 2023-03/u } });
  await world.unit(OWN).post('/v1/tasks/hand/acknowledgements', {});
  t.match(await world.unit(OWN).post('/v1/tasks/hand/acknowledgements', {}), { body: { detail: '市科创局 has signed for it' } });
  const paper = { ...report, unit: OTHER, basis: '来文第7号' };
  t.match(await world.office.post('/v1/tasks/hand/reports', paper), { body: { detail: '市财政局 does not carry this task' } });
});

await test('the document says so wherever a unit is asked for', async (t) => {
  const { paths } = await documentOf(await openWorld(t, { seeded: false }));
  const asking = Object.entries(paths).flatMap(([path, { get }]) =>
    (get?.parameters ?? []).filter(({ name }) => name === 'unit').map(({ schema, description }) => ({ path, schema, description })),
  );
  t.ok(asking.some(({ path }) => path === '/v1/tasks') && asking.length > 5);
  for (const { path, schema, description } of asking) {
    t.same(schema, { type: 'string', minLength: 1, maxLength: 120 }, `${path}: as long as a name`);
    t.match(description, /its id, or a name, an alias or a former name/u, path);
  }
});
