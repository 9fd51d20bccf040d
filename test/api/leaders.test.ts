import { test } from 'tap';
import { ACTS_AT, handTask } from '../support/acts.ts';
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
