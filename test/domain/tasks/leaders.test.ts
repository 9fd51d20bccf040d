import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { test } from 'tap';
import { taskDecider } from '../../../src/domain/tasks/decide.ts';
import { LeaderChanged, TaskAssigned, type LeaderPost, type TaskEvent } from '../../../src/domain/tasks/events.ts';
import { leadersOf, postsOf } from '../../../src/domain/tasks/leaders.ts';
import { given } from '../../support/given.ts';
import { assigned, commands } from './fixtures.ts';

const decided = { reason: '经研究', authority: '市政府督查室' };
const person = (name: string, title: string | null = null): LeaderPost => ({ name, title });
const post = (title: string): LeaderPost => ({ name: null, title });

const anyLeader = tuple(constantFrom('杨红忠', '万战伟', null), constantFrom('市长', '分管副市长', null))
  .filter(([name, title]) => name !== null || title !== null)
  .map(([name, title]): LeaderPost => ({ name, title }));
const anyLeaders = array(anyLeader, { maxLength: 4 });

await test('leaders written in one form are the same leaders, and their names are those in the posts', (t) => {
  assert(
    property(anyLeaders, (posts) => {
      const { leaders, leaderPosts } = leadersOf(posts);
      t.same(postsOf({ leaders, leaderPosts }), posts);
      t.same(
        leaders,
        posts.map(({ name }) => name).filter((name) => name !== null),
      );
      return leaderPosts === undefined || posts.some(({ title }) => title !== null);
    }),
  );
  t.end();
});

await test('whatever lists of leaders follow each other, the last one stands, and what is no change is none', (t) => {
  assert(
    property(array(anyLeaders, { maxLength: 5 }), (lists) => {
      const history: TaskEvent[] = [assigned];
      let before = postsOf(assigned.data);
      for (const leaderPosts of lists) {
        const { state, when } = given(taskDecider, history);
        t.same(postsOf(state ?? { leaders: [] }), before);
        const { decision } = when(commands.changeLeaders({ leaders: [], leaderPosts }));
        const events = decision.ok ? decision.events : [];
        t.equal(events.length === 0, JSON.stringify(before) === JSON.stringify(leaderPosts));
        history.push(...events);
        before = leaderPosts;
      }
      t.same(postsOf(given(taskDecider, history).state ?? { leaders: [] }), before);
    }),
  );
  t.end();
});

await test('a leader is named, has a post, or both; who has a name alone is recorded by it', async (t) => {
  const { assign, changeLeaders } = commands;
  const byPost = [person('杨红忠', '市长'), post('分管副市长')];
  await given(taskDecider, [])
    .when(assign({ leaders: [], leaderPosts: byPost }))
    .then([TaskAssigned({ ...assigned.data, leaders: ['杨红忠'], leaderPosts: byPost })])(t);
  await given(taskDecider, [])
    .when(assign({ leaders: [], leaderPosts: [person('杨红忠')] }))
    .then([assigned])(t);

  const to = [post('分管副市长')];
  const changed = LeaderChanged({ from: ['杨红忠'], to: [], posts: { from: [person('杨红忠')], to }, ...decided });
  const task = given(taskDecider, [assigned]);
  await task.when(changeLeaders({ leaders: [], leaderPosts: to })).then([changed])(t);
  await given(taskDecider, [assigned, changed])
    .when(changeLeaders({ leaders: [], leaderPosts: to }))
    .then([])(t);
  await given(taskDecider, [assigned, changed])
    .when(changeLeaders({ leaders: ['万战伟'] }))
    .then([LeaderChanged({ from: [], to: ['万战伟'], posts: { from: to, to: [person('万战伟')] }, ...decided })])(t);
});
