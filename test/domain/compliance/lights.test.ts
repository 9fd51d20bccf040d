import { test } from 'tap';
import { lightOf } from '../../../src/domain/compliance/lights.ts';
import type { ObligationState } from '../../../src/domain/compliance/obligation.ts';
import { momentAt } from '../../../src/kernel/moment.ts';
import { openWorld } from '../../support/app.ts';

const ZONE = 'Asia/Shanghai';
const DUE = '2023-03-31T00:00:00+08:00';
const at = (text: string) => momentAt(Date.parse(text), ZONE);
const owed = (state: ObligationState, policy: number | null = null) => ({ state, due: DUE, policy });

await test('what was kept is green, late or missing red, with the office blue, owed by nobody grey', (t) => {
  const light = (state: ObligationState): string => lightOf(owed(state), [], at('2023-03-30T12:00:00+08:00'));
  t.same((['on-time', 'late', 'missing', 'awaiting', 'excused', 'waived'] as const).map(light), [
    'green',
    'red',
    'red',
    'blue',
    'grey',
    'grey',
  ]);
  t.end();
});

await test('it is yellow from three days before the due instant on, grey till then, and says for how long', (t) => {
  const early = at('2023-03-27T23:59:59.999+08:00');
  t.equal(lightOf(owed('not-yet-due'), [], early), 'grey');
  t.equal(early.holds().until, Date.parse('2023-03-28T00:00:00+08:00'), 'an answer is kept no longer than it is true');
  t.equal(lightOf(owed('not-yet-due'), [], at('2023-03-28T00:00:00+08:00')), 'yellow');
  t.end();
});

await test('the days are those of the policy that judges', async (t) => {
  const world = await openWorld(t, { at: '2023-03-25T09:00:00+08:00' });
  const url = '/v1/obligations?directive=sanzhengban-2023-1&period=2023-03&unit=shi-ke-ji-ju';
  const lights = async (): Promise<readonly string[]> => [
    ...new Set((await world.all<{ readonly light: string }>(world.office, url)).map(({ light }) => light)),
  ];
  t.same(await lights(), ['grey'], 'due on the 30th, five days on');
  const policies = '/v1/directives/sanzhengban-2023-1/policies';
  const adopted = await world.office.post(
    policies,
    {
      effectiveFrom: '2023-03-01',
      monthly: { from: '2023-01', to: '2023-12', day: 30 },
      annual: { year: 2023, due: '12-25' },
      reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
      lights: { dueWithinDays: 7 },
    },
    { 'if-match': '"0"' },
  );
  t.equal(adopted.status, 201, adopted.text);
  t.match((await world.all<{ readonly lights?: object }>(world.office, policies)).at(-1), { lights: { dueWithinDays: 7 } });
  t.same(await lights(), ['yellow']);
});
