import { test } from 'tap';
import { ACTS_AT, handTask, OTHER } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ListBody, type ProblemBody } from '../support/app.ts';

/** Leaders by name and by post: as a document prints them. */

const WHY = { reason: '分工调整', authority: '市长办公会' };

type Task = { readonly id: string; readonly leaders: readonly string[]; readonly leaderPosts: readonly object[] };

await test('a task is led by persons and by posts, and shows both', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const leaderPosts = [{ name: '万战伟', title: '副市长' }, { title: '协管副秘书长' }];
  t.match(await office.post('/v1/tasks', { ...handTask('led'), leaders: undefined, leaderPosts }), { status: 201 });
  const shown = {
    leaders: ['万战伟'],
    leaderPosts: [
      { name: '万战伟', title: '副市长' },
      { name: null, title: '协管副秘书长' },
    ],
  };
  t.match((await office.get<Task>('/v1/tasks/led')).body, shown);
  t.match((await office.get<Task>(`/v1/tasks/${SEED_DIRECTIVE}-item-1`)).body, { leaderPosts: [{ title: null }] }, 'made from the names');

  const found = await world.all<Task>(office, '/v1/tasks?leader=万战伟');
  t.ok(
    found.some(({ id }) => id === 'led'),
    'found by the name',
  );
  for (const list of ['deadlines', 'standings']) {
    const lines = await world.all<{ readonly task: string }>(office, `/v1/${list}?directive=${SEED_DIRECTIVE}`);
    t.match(
      lines.find(({ task }) => task === 'led'),
      shown,
      list,
    );
  }

  const change = (said: object) => office.post<ProblemBody>('/v1/tasks/led/leaders', { ...said, ...WHY }, { 'if-match': '*' });
  t.match(await change({ leaderPosts: [{ name: null, title: '分管副市长' }] }), { status: 201 });
  t.match((await office.get<Task>('/v1/tasks/led')).body, { leaders: [], leaderPosts: [{ name: null, title: '分管副市长' }] });
  const gaps = await world.all<{ readonly task: string }>(office, `/v1/gaps?directive=${SEED_DIRECTIVE}&kind=no-leader`);
  t.notOk(
    gaps.some(({ task }) => task === 'led'),
    'a post leads it',
  );
  t.match((await office.get<ListBody<object>>(`/v1/changes?directive=${SEED_DIRECTIVE}&task=led`)).body.items, [
    { kind: 'leaders', before: shown.leaderPosts, after: [{ name: null, title: '分管副市长' }], ...WHY },
  ]);
  const groups = await world.all<{ readonly key: string }>(office, `/v1/progress?directive=${SEED_DIRECTIVE}&by=leader`);
  t.ok(groups.some(({ key }) => key === '分管副市长'));

  t.match(await change({ leaders: ['秦迎军'] }), { status: 201 }, 'by name, as ever');
  t.match((await office.get<Task>('/v1/tasks/led')).body, { leaders: ['秦迎军'], leaderPosts: [{ name: '秦迎军', title: null }] });
});

await test('a leader without name and post is none, and two lists that differ are refused', async (t) => {
  const { office } = await openWorld(t, { at: ACTS_AT });
  t.equal((await office.post('/v1/tasks', handTask('led'))).status, 201);
  const refused = (pointer: string) => ({ status: 400, body: { code: 'invalid-input', errors: [{ pointer }] } });
  const change = (said: object) => office.post<ProblemBody>('/v1/tasks/led/leaders', { ...said, ...WHY }, { 'if-match': '*' });
  t.match(await change({}), refused('/leaders'));
  t.match(await change({ leaderPosts: [{ name: '万战伟', title: null }, {}] }), refused('/leaderPosts/1'));
  t.match(await change({ leaders: ['秦迎军'], leaderPosts: [{ name: '万战伟' }] }), refused('/leaders'));
  t.match(await office.post('/v1/tasks', { ...handTask('other'), leaderPosts: [{ title: '市长' }] }), refused('/leaders'));
  t.match(await change({ leaders: ['万战伟'], leaderPosts: [{ name: '万战伟', title: '副市长' }, { title: '市长' }] }), { status: 201 });
});

await test('a leader is found by the whole name or post, as it is written or as it sounds', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const leaderPosts = [{ name: '万战伟', title: '副市长' }, { title: '协管副秘书长' }];
  await office.post('/v1/tasks', { ...handTask('led'), leaders: undefined, leaderPosts });
  await world.settled();
  for (const path of ['/v1/tasks?', `/v1/standings?directive=${SEED_DIRECTIVE}&`]) {
    const found = async (leader: string): Promise<readonly unknown[]> => world.all(office, `${path}leader=${encodeURIComponent(leader)}`);
    const written = await found('万战伟');
    t.ok(written.length > 1, path);
    for (const sounds of ['wanzhanwei', 'Wàn Zhànwěi', 'wan zhan wei', 'wzw', ' 万战 伟']) t.same(await found(sounds), written, sounds);
    for (const post of ['协管副秘书长', 'xieguanfumishuzhang', '副市长']) t.equal((await found(post)).length, 1, post);
  }
});

await test('a leader whom no task has or had is refused with those who may be meant, and is no empty list', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const asked = (leader: string, client = office, more = '', headers = {}) =>
    client.get<ProblemBody>(`/v1/tasks?leader=${encodeURIComponent(leader)}${more}`, headers);
  const refused = (detail: RegExp) => ({ status: 400, body: { code: 'invalid-input', detail, errors: [{ pointer: '/leader' }] } });
  t.match(await asked('查无此人'), refused(/^no task that you may see has or had a leader called so, as it is written or as it sounds$/u));
  for (const near of ['战伟', '万战纬', 'zhanwei', 'zw']) t.match(await asked(near), refused(/called so: .*万战伟.* may be meant$/u), near);
  t.match(await asked('战伟', office, '', { 'accept-language': 'zh-CN' }), refused(/没有也不曾有此责任领导：是否指 万战伟？$/u));
  t.match(await office.get(`/v1/standings?directive=${SEED_DIRECTIVE}&leader=nobody`), refused(/called so/u));

  t.match(await asked('万战伟', office, '&status=cancelled'), { status: 200, body: { items: [] } }, 'who leads nothing of the kind');
  // Else what is recorded later would change this answer.
  t.match(
    await asked('万战伟', office, '&asOf=@1'),
    refused(/called so$|called so,/u),
    'nobody was called so before any task was assigned',
  );
  await office.post('/v1/tasks', { ...handTask('led'), leaders: ['前任甲'] });
  const { headers } = await office.get('/v1/tasks/led');
  const change = { leaders: ['万战伟'], ...WHY };
  t.equal((await office.post('/v1/tasks/led/leaders', change, { 'if-match': headers['etag'] ?? '' })).status, 201);
  await world.settled();
  t.match(await asked('前任甲'), { status: 200, body: { items: [] } }, 'nor anything any more');
  t.match(await asked('前任甲', world.unit(OTHER)), refused(/called so/u), 'a unit is told of the leaders of its own tasks alone');
});
