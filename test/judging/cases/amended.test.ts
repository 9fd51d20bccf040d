import { test } from 'tap';
import { DECEMBER, duty, openCounty, RULES, WHY, type County } from './county.ts';

/** docs/judging.md, rules 4, 6 and 7: what is printed of a task is amended, and what had fallen due before stays as it was. */

const amend = (county: County, body: object, receivedAt: string) =>
  county.office('/v1/tasks/t/amendments', { ...body, ...WHY }, receivedAt);
const june = async (t: Parameters<typeof openCounty>[0], more: object = {}): Promise<County> => {
  const county = await openCounty(t);
  await county.units('jia');
  await county.directive('d', DECEMBER);
  await county.task('d', 't', 'jia', { deadline: '2026-06-30', ...more });
  return county;
};
const stateOn = async (county: County, on: string): Promise<string> => {
  const [row] = await county.obligations(`task=t&kind=deadline&on=${on}`);
  return row === undefined ? 'none' : `${row.due.slice(0, 10)} ${row.state} ${row.daysLate}`;
};
type Shown = {
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly deadline: string | null;
  readonly deadlineTerms: { readonly milestones: readonly { readonly title: string; readonly state: string }[] };
};
const shown = (county: County, query: string): Promise<Shown> => county.get<Shown>(`/v1/tasks/t?${query}`);

await test('a deadline that has not fallen due is moved by an amendment, and none that has', async (t) => {
  const county = await june(t);
  await amend(county, { deadline: '2026-08-31', effectiveFrom: '2026-06-30' }, '2026-07-05T09:00:00+08:00');
  t.equal(await stateOn(county, '2026-07-04'), '2026-07-01 missing 4', 'on that day nobody knew');
  t.equal(await stateOn(county, '2026-07-05'), '2026-09-01 not-yet-due 0', 'it holds from the very day on which the old one ends');
  await amend(county, { deadline: '2026-10-31', effectiveFrom: '2026-09-01' }, '2026-09-01T09:00:00+08:00');
  t.equal(await stateOn(county, '2026-09-30'), '2026-09-01 missing 30', 'what had fallen due the day before stays');
  t.equal((await shown(county, 'on=2026-09-30')).deadline, '2026-08-31');
});

await test('an amendment that is to hold later binds from that day, and not before', async (t) => {
  const county = await june(t);
  await amend(county, { deadline: '2026-05-31', effectiveFrom: '2026-05-15' }, '2026-03-01T09:00:00+08:00');
  t.equal(await stateOn(county, '2026-05-14'), '2026-07-01 not-yet-due 0');
  t.equal(await stateOn(county, '2026-05-15'), '2026-06-01 not-yet-due 0');
  t.equal(await stateOn(county, '2026-06-02'), '2026-06-01 missing 2');
  await amend(county, { deadline: null, effectiveFrom: '2026-05-31' }, '2026-05-30T09:00:00+08:00');
  t.equal(await stateOn(county, '2026-06-02'), 'none', 'taken away in time, it is owed by nobody');
});

await test('the text that is shown is the one that was valid on the day judged', async (t) => {
  const county = await june(t, { text: '新建学校3所', number: 3 });
  await amend(county, { text: '新建学校5所', number: 4, effectiveFrom: '2026-05-01' }, '2026-04-20T09:00:00+08:00');
  const before = { number: 3, title: '新建学校3所', text: '新建学校3所' };
  t.match(await shown(county, 'on=2026-04-19'), before, 'it had not come');
  t.match(await shown(county, 'on=2026-04-30'), before, 'it did not hold');
  t.match(await shown(county, 'on=2026-05-01'), { number: 4, title: '新建学校5所', text: '新建学校5所' });
});

await test('stages that had fallen due stay judged; of the later ones those count that are printed now', async (t) => {
  const terms = (...milestones: readonly [string, string][]): object => ({
    printed: '年底前',
    kind: 'period',
    precision: 'year',
    milestones: milestones.map(([title, due]) => ({ title, due })),
  });
  const county = await june(t, { deadline: '2026-12-31', deadlineTerms: terms(['立项', '2026-03-31'], ['开工', '2026-06-30']) });
  await amend(
    county,
    { deadlineTerms: terms(['招标', '2026-03-15'], ['封顶', '2026-09-30']), effectiveFrom: '2026-05-01' },
    '2026-04-20T09:00:00+08:00',
  );
  const stages = async (on: string): Promise<readonly string[]> =>
    (await shown(county, `on=${on}`)).deadlineTerms.milestones.map(({ title, state }) => `${title} ${state}`);
  t.same(await stages('2026-04-30'), ['立项 missed', '开工 due']);
  t.same(await stages('2026-05-01'), ['立项 missed', '封顶 due'], 'nobody is held to a day that had passed when it was named');
});

await test('a duty of a theme is owed by the tasks that belonged to it when it fell due', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  const rules = { ...RULES, monthly: undefined, annual: undefined, reporters: undefined };
  await county.directive('d', { ...rules, duties: [duty('month', '2026-01', '2026-06', { day: 30 }, { tasks: [{ theme: 1 }] })] });
  await county.task('d', 't', 'jia', { theme: { number: 1, name: '甲' } });
  const all = (on: string): Promise<readonly string[]> => county.rows(`task=t&kind=report&on=${on}`);
  const before = await all('2026-04-10');
  await amend(county, { theme: { number: 2, name: '乙' }, effectiveFrom: '2026-04-15' }, '2026-04-12T09:00:00+08:00');
  t.same(await all('2026-04-10'), before, 'as it was');
  t.same(
    (await all('2026-11-01')).map((row) => row.split(' ').slice(1, 3).join(' ')),
    ['2026-01 missing', '2026-02 missing', '2026-03 missing'],
  );
});
