import { test } from 'tap';
import { letterDocx } from '../../src/publishing/letters/docx.ts';
import { briefingLetter, type BriefingFacts } from '../../src/publishing/letters/briefing.ts';
import { letterLines } from '../../src/publishing/letters/letter.ts';
import { ACTS_AT, OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE } from '../support/app.ts';
import { lacks, printed, textOf } from '../support/printed.ts';

/** One page for a leader: counts, who is behind, what came about, what is to be decided. */

type Briefing = Omit<BriefingFacts, 'issuer'> & {
  readonly decisions: readonly {
    readonly kind: string;
    readonly task: string | null;
    readonly until: string | null;
    readonly text: string;
  }[];
};

const BRIEFING = `/v1/directives/${SEED_DIRECTIVE}/briefing`;
const ITEM = `${SEED_DIRECTIVE}-item-22`;

await test('it counts what is known, and names what awaits a decision', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const unit = world.unit(OWN);
  const must = async (sent: Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
    const { status, text } = await sent;
    t.equal(status, 201, text);
  };
  await must(unit.post(`/v1/tasks/${ITEM}/reports`, { period: '2023-02', status: 'behind', narrative: '进展' }));
  await must(unit.post(`/v1/tasks/${ITEM}/extension-requests`, { until: '2024-03-31', reason: '施工延误' }));
  await must(
    world.office.post('/v1/inspections', {
      directive: SEED_DIRECTIVE,
      title: '督查',
      plan: '实地查看',
      units: [OWN],
    }),
  );
  const [inspection] = (await world.office.get<{ readonly items: readonly { readonly id: string }[] }>('/v1/inspections')).body.items;
  await must(world.office.post(`/v1/inspections/${inspection?.id ?? ''}/findings`, { unit: OWN, text: '台账不全' }));

  const { body, status } = await world.office.get<Briefing>(`${BRIEFING}?period=2023-02`);
  t.equal(status, 200);
  const { body: board } = await world.office.get<{ readonly totals: Briefing['totals'] }>(
    `/v1/compliance?directive=${SEED_DIRECTIVE}&period=2023-02&kind=monthly`,
  );
  t.same(body.totals, board.totals, 'the figures of the board');
  t.equal(body.tasks, 13 + 99 + 85);
  t.equal(
    Object.values(body.lights).reduce((sum, count) => sum + count, 0),
    body.tasks,
  );
  t.equal(body.reports, 1);
  t.ok(
    body.behind.every((each, at, all) => at === 0 || each.missing <= (all[at - 1]?.missing ?? 0)),
    'the worst first',
  );
  t.match(body.decisions, [
    { kind: 'extension', task: ITEM, until: '2024-03-31', text: '施工延误', label: /^台账第22项“/u },
    { kind: 'finding', task: null, text: '台账不全', name: '市科技局' },
  ]);
  t.equal((await unit.get(BRIEFING)).status, 403, 'it is for those who see all');
  t.equal((await world.office.get('/v1/directives/none/briefing')).status, 404);
  const html = await world.office.get(`${BRIEFING}?period=2023-02&format=html`);
  t.match(html.text, '2023年2月份重点工作情况专报');
  t.match(html.text, '申请延期至2024年3月31日');
  t.notMatch(html.text, /sanzhengban|shi-ke-ji/u, 'no id');
});

const FULL: BriefingFacts = {
  issuer: '市政府办公室',
  period: '2023-12',
  date: '2023-01-10',
  on: '2023-12-31',
  since: '2023-11-30',
  tasks: 1197,
  lights: { green: 1000, yellow: 100, red: 97, blue: 100, grey: 100 },
  totals: { owed: 1374, onTime: 1242, late: 121, missing: 111, notYetDue: 100, awaiting: 100 },
  behind: Array.from({ length: 30 }, (_, n) => ({ name: `城乡一体化示范区管理委员会办公室${n}`, owed: 125, late: 100, missing: 125 })),
  completed: Array.from({ length: 30 }, () => ({ label: '台账第100项“推动42家乡镇敬老院转化为区域性养老服务中心”' })),
  reports: 1374,
  decisions: Array.from({ length: 30 }, (_, n) => ({
    kind: n % 2 === 0 ? 'extension' : 'finding',
    name: '城乡一体化示范区管理委员会办公室',
    label: '台账第100项“推动42家乡镇敬老院转化为区域性养老服务中心”',
    text: '未建立工作台账，1月份进展情况未报送，推进措施不具体。',
    until: n % 2 === 0 ? '2024-12-31' : null,
  })),
};

await test('it is one page, however much there is', { skip: lacks }, async (t) => {
  const pdf = printed('briefing.docx', await letterDocx(briefingLetter(FULL)));
  t.match(textOf(pdf, 1).replaceAll(/\s+/gu, ''), /专报.*其余27个单位.*其余27项见系统.*2023年12月31日—1—$/su);
  t.equal(textOf(pdf, 2).trim(), '');
});

await test('where nothing is wrong it says so', (t) => {
  const lines = letterLines(briefingLetter({ ...FULL, period: null, behind: [], completed: [], decisions: [] })).join('\n');
  t.match(lines, '2023年重点工作情况专报');
  t.match(lines, '没有单位逾期或未报送。');
  t.match(lines, '没有事项办结，收到报告1374份。');
  t.match(lines, '没有需要决定的事项。');
  t.end();
});
