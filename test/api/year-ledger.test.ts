import { test } from 'tap';
import { taskLight } from '../../src/domain/compliance/task-light.ts';
import type { Obligation } from '../../src/domain/compliance/obligation.ts';
import { momentAt } from '../../src/kernel/moment.ts';
import { ACTS_AT, OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, TIME_ZONE } from '../support/app.ts';

/** The year's ledger: the document's own columns, and how each row stands. */

type Line = {
  readonly task: string;
  readonly cells: readonly string[];
  readonly light: string;
  readonly status: string;
  readonly lastReport: { readonly name: string; readonly period: string; readonly narrative: string } | null;
};
type Ledger = { readonly columns: readonly { readonly heading: string; readonly kind: string }[]; readonly lines: readonly Line[] };

const LEDGER = `/v1/directives/${SEED_DIRECTIVE}/ledger`;

await test('it has the columns of the notice in its order, and its rows as they are printed', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { body } = await world.office.get<Ledger>(LEDGER);
  t.same(
    body.columns.map(({ heading, kind }) => `${heading} ${kind}`),
    ['序号 number', '项目(任务) text', '责任领导 leader', '责任单位 responsible', '配合单位 cooperating', '拟完成时限 deadline'],
  );
  t.equal(body.lines.length, 85);
  t.same(body.lines[0]?.cells, [
    '1',
    '加快推进2023年省市重点项目建设,全年完成投资1400亿元以上。',
    '万战伟',
    '市发展改革委',
    '各县(市、区)政府',
    '2023年12月月底前',
  ]);
  t.same(body.lines[4]?.cells.slice(2, 4), ['万战伟\n秦迎军', '市发展改革委\n市商务局'], 'several stand below each other');
  t.same(body.lines[10]?.cells.slice(3), ['市商务局', '', '2023年12月月底前'], 'nobody cooperates');
  const { body: targets } = await world.office.get<Ledger>(`${LEDGER}?kind=target`);
  t.equal(targets.lines.length, 13);
});

await test('a row says its light and its last report; a unit sees its own rows and reports', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const before = (await world.office.get<Ledger>(LEDGER)).body.lines.find(({ task }) => task.endsWith('-item-22'));
  t.match(before, { light: 'red', status: 'assigned', lastReport: null }, 'January and February are missing');
  const unit = world.unit(OWN);
  for (const period of ['2023-01', '2023-02']) {
    const { status, text } = await unit.post(`/v1/tasks/${SEED_DIRECTIVE}-item-22/reports`, {
      period,
      status: 'behind',
      narrative: `${period}的进展`,
    });
    t.equal(status, 201, text);
  }
  const { body } = await unit.get<Ledger>(LEDGER);
  t.ok(body.lines.length > 0 && body.lines.every(({ cells }) => `${cells[3] ?? ''}${cells[4] ?? ''}`.includes('市科技局')));
  t.match(
    body.lines.find(({ task }) => task.endsWith('-item-22')),
    { light: 'red', lastReport: { name: '市科技局', period: '2023-02', narrative: '2023-02的进展' } },
    'late reports',
  );
  const other = (await world.unit('shi-cai-zheng-ju').get<Ledger>(LEDGER)).body.lines.find(({ task }) => task.endsWith('-item-22'));
  t.match(other, { lastReport: null }, 'what another says is not for it');
  t.equal((await world.office.get('/v1/directives/none/ledger')).status, 404);
});

await test('the light of a task', (t) => {
  const at = momentAt(Date.parse('2023-03-15T00:00:00Z'), TIME_ZONE);
  const owed = (state: Obligation['state'], due: string): Obligation => ({
    unit: 'u',
    name: '甲',
    task: 't',
    taskKind: 'task',
    period: due.slice(0, 7),
    kind: 'monthly',
    due: `${due}T00:00:00+08:00`,
    dueRule: '',
    receivedAt: null,
    state,
    daysLate: 0,
    onTheDay: false,
    report: null,
    policy: null,
  });
  const light = (status: 'assigned' | 'completed' | 'suspended' | 'cancelled', ...owes: readonly Obligation[]) =>
    taskLight(status, owes, [], at);
  t.equal(light('assigned'), 'grey', 'nothing is owed');
  t.equal(light('assigned', owed('not-yet-due', '2023-05-01')), 'grey');
  t.equal(light('assigned', owed('not-yet-due', '2023-03-17')), 'yellow', 'within three days');
  t.equal(light('assigned', owed('on-time', '2023-02-01'), owed('late', '2023-03-01')), 'red', 'as the last was kept');
  t.equal(light('assigned', owed('late', '2023-02-01'), owed('on-time', '2023-03-01')), 'green');
  t.equal(light('assigned', owed('missing', '2023-02-01'), owed('on-time', '2023-03-01'), owed('awaiting', '2023-03-02')), 'red');
  t.equal(light('assigned', owed('awaiting', '2023-03-01'), owed('not-yet-due', '2023-03-17')), 'blue');
  t.equal(light('completed', owed('missing', '2023-02-01')), 'green');
  t.equal(light('suspended', owed('missing', '2023-02-01')), 'grey');
  t.equal(light('cancelled', owed('late', '2023-02-01')), 'grey');
  t.end();
});
