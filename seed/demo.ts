import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { dice } from './demo-random.ts';
import { SEED_DIRECTIVE } from './index.ts';
import type { OnAdvance } from '../src/kernel/on-advance.ts';

/**
 * A synthetic year over the real directive: every name and number of the reports is made up. It goes through the HTTP
 * commands with a clock that is moved by hand, so every rule holds as it does in earnest, and it is the same on
 * every run. What was planted for the questions of auditor and office stands in `PLANTED`.
 */

export type DemoDeps = {
  readonly app: FastifyInstance;
  /** Moves the clock of the application; time never goes back. */
  readonly setNow: (instant: Temporal.Instant) => void;
  /** A token for the office, or for a unit. */
  readonly token: (unit?: string) => Promise<string>;
  /** The last position of the log so far. */
  readonly from: number;
  readonly onAdvance?: OnAdvance;
};

const D = SEED_DIRECTIVE;
const task = (kind: 'target' | 'task' | 'item', n: number): string => `${D}-${kind}-${n}`;

export const PLANTED = {
  directive: D,
  /** Never signs for anything. */
  silent: 'shi-tai-ban',
  /** Reports on March two days late on every task, and is circulated for it. */
  lateInMarch: 'shi-ke-ji-ju',
  /** As late as the one above, but spared by the notice that is withdrawn. */
  missingInFebruary: 'shi-min-zheng-ju',
  /** Its April report on this task is returned, then amended after the due day. */
  returned: { unit: 'shi-shui-li-ju', task: task('task', 71), period: '2023-04' },
  /** Reassigned on 15 May. */
  reassigned: { task: task('task', 5), from: 'shi-shang-wu-ju', to: 'shi-cai-zheng-ju', effectiveFrom: '2023-05-15' },
  leaderChanged: { task: task('item', 7), before: '卫祥玉', after: '杨红忠' },
  /** Asked before it expired, granted. */
  extended: { task: task('item', 50), unit: 'shan-zhou-qu-zheng-fu', deadline: '2023-04-30', until: '2023-05-31' },
  /** Asked after it expired, granted all the same: excused, not kept. */
  excused: { task: task('item', 75), unit: 'shi-jiao-yu-ju', deadline: '2023-08-31', until: '2023-09-30' },
  /** Asked after it expired, refused. */
  refused: { task: task('item', 51), unit: 'shi-gong-lu-shi-ye-fa-zhan-zhong-xin', deadline: '2023-10-31', until: '2023-12-15' },
  /** Claimed by the office from a paper and verified by the same hand. */
  selfVerified: task('item', 85),
  inspected: { unit: 'mian-chi-xian-zheng-fu', task: task('item', 39) },
  renamed: { unit: 'ren-hang-san-men-xia-shi-zhong-xin-zhi-hang', from: '2023-08-18', name: '人行三门峡市分行' },
  /** Two leads that contradict each other on this task in June. */
  contradiction: { task: task('task', 9), period: '2023-06', ahead: 'shi-cheng-jian-ji-tuan', behind: 'hu-bin-qu-zheng-fu' },
  suspended: task('task', 47),
  cancelled: task('task', 99),
  /** Asked for on 20 December, and not decided yet. */
  pending: { task: task('item', 45), unit: 'shi-jiao-tong-yun-shu-ju', deadline: '2023-12-31', until: '2024-03-31' },
  /** Verified as done on 20 October, and reopened on 15 November. */
  reopened: { task: task('item', 77), unit: 'shi-wei-sheng-jian-kang-wei' },
  /** Assigned by hand on 15 September: owes nothing before. */
  added: { task: `${D}-added-1`, unit: 'mian-chi-xian-zheng-fu' },
  /** Its only report on August came on paper in time, and was entered after the notice had named it as missing. */
  onPaper: { unit: 'shi-yan-cao-ju', task: task('task', 42), period: '2023-08', receivedAt: '2023-08-29T07:00:00.000Z' },
  /**
   * Adopted for what comes after the year, with the exclusive reading of 前 and a shift to working days: asked for by
   * number, it judges the year otherwise.
   */
  otherReading: 2,
} as const;

type Obligation = { readonly unit: string; readonly task: string; readonly period: string; readonly kind: string; readonly state: string };
type Adopted = { readonly version: number; readonly revision: number; readonly duties: unknown; readonly withdrawn: unknown };
type Act = { readonly at: string; readonly run: () => Promise<void> };

/** Holidays and make-up days of 2023, as announced. */
const CALENDAR = new URL('calendar-2023.json', import.meta.url);

/** About how many acts the year has: for the line that shows how far it has come. */
const EXPECTED_ACTS = 6_000;

const MONTHS = Array.from({ length: 12 }, (_, index) => `2023-${String(index + 1).padStart(2, '0')}`);

export const runDemo = async ({ app, setNow, token, from, onAdvance }: DemoDeps): Promise<{ readonly events: number }> => {
  const { between, chance } = dice(20230110);
  const tokens = new Map<string, string>();
  const office = await token();
  const tokenOf = async (unit: string): Promise<string> => {
    const known = tokens.get(unit) ?? (await token(unit));
    tokens.set(unit, known);
    return known;
  };

  let newest = from;
  /** Revisions of tasks and notices, as their last acts answered. */
  const revisions = new Map<string, number>();
  const request = async (
    bearer: string,
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    body?: object,
    revision?: number,
  ): Promise<{ readonly json: Record<string, unknown>; readonly location: string }> => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
    const json = answer.json<Record<string, unknown>>();
    if (typeof json['position'] === 'number') newest = json['position'];
    const subject = /^\/v1\/(?:tasks|notices)\/[^/]+(?=\/)/u.exec(url)?.[0];
    if (subject !== undefined && typeof json['revision'] === 'number') revisions.set(subject, json['revision']);
    return { json, location: answer.headers.location ?? '' };
  };
  const byOffice = (url: string, body: object = {}) => request(office, 'POST', url, body);
  const byUnit = async (unit: string, url: string, body: object = {}) => request(await tokenOf(unit), 'POST', url, body);
  /** Reads what was written until now: the views follow the log without being waited for by each act. */
  const read = (url: string) =>
    request(office, 'GET', `${url}${url.includes('?') ? '&' : '?'}minPosition=${newest}`).then(({ json }) => json);
  const revisionOf = async (url: string): Promise<number> => revisions.get(url) ?? Number((await read(url))['revision']);
  /** What changes what others rely on says which revision it was decided on. */
  const decided = async (subject: string, path: string, body: object) =>
    request(office, 'POST', `${subject}${path}`, body, await revisionOf(subject));

  const obligations = async (query: string): Promise<readonly Obligation[]> => {
    const found: Obligation[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await read(`/v1/obligations?directive=${D}&limit=500&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      // The casts are the shapes that docs/http.md names.
      found.push(...(page['items'] as Obligation[]));
      cursor = page['next'] as string | null;
    }
    return found;
  };

  const acts: Act[] = [];
  let played = '';
  /** Local time in Shanghai. */
  const on = (at: string, run: () => Promise<unknown>): void => {
    if (at < played) throw new Error(`${at} is past: the year has been played to ${played}`);
    acts.push({ at, run: async () => void (await run()) });
  };
  let ran = 0;
  /** Runs what is planned, in the order of time; what is planned at one moment runs as it was written. */
  const play = async (): Promise<void> => {
    const byTime = (): void => void acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    byTime();
    for (let act = acts.shift(); act !== undefined; act = acts.shift()) {
      const planned = acts.length;
      played = act.at;
      setNow(Temporal.Instant.from(`${act.at}+08:00`));
      await act.run();
      if (acts.length > planned) byTime(); // an act may plan further ones
      ran += 1;
      onAdvance?.(ran, Math.max(ran, EXPECTED_ACTS));
    }
  };

  const two = (least: number, most: number): string => String(between(least, most)).padStart(2, '0');
  const clock = (day: string): string => `${day}T${two(8, 17)}:${two(0, 59)}:${two(0, 59)}`;
  const dayOf = (month: string, day: number): string => {
    const first = Temporal.PlainDate.from(`${month}-01`);
    return first.with({ day: Math.min(day, first.daysInMonth) }).toString();
  };
  const dueDay = (month: string): string => dayOf(month, 30);
  const after = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

  const report = (owed: Obligation, at: string, standing: 'ahead' | 'on-track' | 'behind'): void => {
    const month = Number(owed.period.slice(5) || '12');
    const pace = standing === 'ahead' ? 10 : standing === 'behind' ? -15 : 0;
    on(at, () =>
      byUnit(owed.unit, `/v1/tasks/${owed.task}/reports`, {
        period: owed.period,
        status: standing,
        percent: Math.max(0, Math.min(100, Math.round((month / 12) * 100) + pace + between(-3, 3))),
        narrative: `【演示数据】${owed.period} ${standing === 'behind' ? '进度滞后,正在采取措施' : '按计划推进'}。`,
        ...(owed.task === task('target', 1) ? { measurements: [{ metric: '地区生产总值', value: `${between(50, 85) / 10}` }] } : {}),
      }),
    );
  };

  const remind = async (month: string): Promise<void> => {
    const outstanding = await obligations(`period=${month}&kind=monthly&state=not-yet-due`);
    const units = new Map(outstanding.map((owed) => [owed.unit, owed.task]));
    for (const [unit, of] of units)
      await byOffice(`/v1/tasks/${of}/reminders`, { unit, period: month, channel: '电话', text: '【演示数据】请尽快报送' });
  };

  const circulate = async (month: string): Promise<void> => {
    // The moment at which the due day is over.
    const over = `${after(dueDay(month), 1)}T00:00:00+08:00`;
    const { json: taken } = await byOffice('/v1/snapshots', { directive: D, period: month, asOf: `@${newest}`, on: over });
    const { json: drafted } = await byOffice('/v1/notices', { snapshot: taken['subject'], title: `【演示】关于${month}报送情况的通报` });
    const notice = `/v1/notices/${String(drafted['subject'])}`;
    await byOffice(`${notice}/issue`, { number: `演示督〔2023〕${Number(month.slice(5))}号` });
    if (month === '2023-02') {
      await byUnit(PLANTED.missingInFebruary, `${notice}/objections`, { text: '【演示】系统故障导致未能报送' });
      await byOffice(`${notice}/objections/1/answer`, { upheld: false, text: '【演示】未见故障记录' });
      await decided(notice, '/withdrawal', { reason: '【演示】需重新核对', authority: '【演示】市政府办公室' });
    }
    if (month === '2023-03')
      await decided(notice, '/correction', {
        unit: PLANTED.lateInMarch,
        statement: '【演示】逾期两日,非未报',
        reason: '【演示】表述有误',
        authority: '【演示】市政府办公室',
      });
  };

  /** Facts that the questions of auditor and office find again. */
  const plantIn = (month: string): void => {
    const { returned, reassigned, leaderChanged, extended, excused, refused, inspected, renamed, pending, reopened, added, onPaper } =
      PLANTED;
    const office2 = { reason: '【演示】工作需要', authority: '【演示】市政府常务会议' };
    switch (month) {
      case '2023-04':
        on('2023-04-26T10:00:00', () =>
          byUnit(returned.unit, `/v1/tasks/${returned.task}/reports`, { period: month, status: 'on-track', narrative: '【演示数据】略' }),
        );
        on('2023-04-27T10:00:00', () =>
          byOffice(`/v1/tasks/${returned.task}/reports/${returned.unit}-${month}/return`, { reason: '【演示】内容过于简略' }),
        );
        on('2023-05-03T10:00:00', () =>
          byUnit(returned.unit, `/v1/tasks/${returned.task}/reports/${returned.unit}-${month}/amendments`, {
            narrative: '【演示数据】补充进展情况',
            reason: '【演示】按要求补充',
          }),
        );
        on('2023-04-20T10:00:00', () =>
          byUnit(extended.unit, `/v1/tasks/${extended.task}/extension-requests`, { until: extended.until, reason: '【演示】汛期影响' }),
        );
        on('2023-04-24T10:00:00', () =>
          decided(`/v1/tasks/${extended.task}`, '/extension-requests/1/decision', { granted: true, ...office2 }),
        );
        break;
      case '2023-05':
        on('2023-05-15T09:00:00', () =>
          decided(`/v1/tasks/${reassigned.task}`, '/reassignments', {
            assignees: [
              { role: 'lead', party: reassigned.to },
              { role: 'cooperating', party: 'ge-xian-shi-qu-zheng-fu' },
            ],
            effectiveFrom: reassigned.effectiveFrom,
            ...office2,
          }),
        );
        on('2023-05-29T10:00:00', () =>
          byUnit(extended.unit, `/v1/tasks/${extended.task}/completion-claims`, { evidence: '【演示】竣工验收报告' }),
        );
        on('2023-06-02T10:00:00', () =>
          decided(`/v1/tasks/${extended.task}`, '/completion-claims/1/decision', { verified: true, reason: '【演示】现场核查通过' }),
        );
        break;
      case '2023-06':
        on('2023-06-20T10:00:00', () => decided(`/v1/tasks/${PLANTED.suspended}`, '/suspension', office2));
        on('2023-06-28T10:00:00', () =>
          byOffice(`/v1/tasks/${PLANTED.selfVerified}/completion-claims`, {
            unit: 'hu-bin-qu-zheng-fu',
            basis: '【演示】湖滨区政府来函',
            evidence: '【演示】建成照片',
          }),
        );
        on('2023-06-29T10:00:00', () =>
          decided(`/v1/tasks/${PLANTED.selfVerified}`, '/completion-claims/1/decision', { verified: true, reason: '【演示】已建成' }),
        );
        break;
      case '2023-07':
        on('2023-07-10T10:00:00', () =>
          decided(`/v1/tasks/${leaderChanged.task}`, '/leaders', { leaders: [leaderChanged.after], ...office2 }),
        );
        break;
      case '2023-08':
        on('2023-08-18T09:00:00', () =>
          request(office, 'PATCH', `/v1/units/${renamed.unit}`, { name: renamed.name, from: renamed.from, reason: '【演示】机构改革' }),
        );
        on('2023-09-05T10:00:00', () =>
          byUnit(excused.unit, `/v1/tasks/${excused.task}/extension-requests`, { until: excused.until, reason: '【演示】施工延误' }),
        );
        break;
      case '2023-09':
        on('2023-09-08T10:00:00', () =>
          decided(`/v1/tasks/${excused.task}`, '/extension-requests/1/decision', { granted: true, ...office2 }),
        );
        on('2023-09-20T10:00:00', () =>
          byUnit(excused.unit, `/v1/tasks/${excused.task}/completion-claims`, { evidence: '【演示】学校投用' }),
        );
        on('2023-09-25T10:00:00', () =>
          decided(`/v1/tasks/${excused.task}`, '/completion-claims/1/decision', { verified: true, reason: '【演示】已投用' }),
        );
        on('2023-09-11T10:00:00', () =>
          byOffice(`/v1/tasks/${onPaper.task}/reports`, {
            unit: onPaper.unit,
            basis: '【演示】市烟草局8月29日来文',
            receivedAt: onPaper.receivedAt,
            period: onPaper.period,
            status: 'on-track',
            narrative: '【演示数据】纸质报告',
          }),
        );
        on('2023-09-12T10:00:00', () => inspect(inspected));
        on('2023-09-15T10:00:00', () =>
          byOffice('/v1/tasks', {
            id: added.task,
            directive: D,
            kind: 'item',
            text: '【演示】新增项目',
            assignees: [{ role: 'responsible', party: added.unit }],
            leaders: [leaderChanged.after],
            deadline: '2023-12-31',
          }),
        );
        break;
      case '2023-10':
        on('2023-10-18T10:00:00', () =>
          byUnit(reopened.unit, `/v1/tasks/${reopened.task}/completion-claims`, { evidence: '【演示】验收报告' }),
        );
        on('2023-10-20T10:00:00', () =>
          decided(`/v1/tasks/${reopened.task}`, '/completion-claims/1/decision', { verified: true, reason: '【演示】资料齐全' }),
        );
        on('2023-11-05T10:00:00', () =>
          byUnit(refused.unit, `/v1/tasks/${refused.task}/extension-requests`, { until: refused.until, reason: '【演示】征地困难' }),
        );
        break;
      case '2023-11':
        on('2023-11-08T10:00:00', () =>
          decided(`/v1/tasks/${refused.task}`, '/extension-requests/1/decision', { granted: false, ...office2 }),
        );
        on('2023-11-15T10:00:00', () =>
          decided(`/v1/tasks/${reopened.task}`, '/reopening', { reason: '【演示】复查不合格', authority: '【演示】市政府督查室' }),
        );
        on('2023-11-20T10:00:00', () => decided(`/v1/tasks/${PLANTED.cancelled}`, '/cancellation', office2));
        break;
      case '2023-12':
        on('2023-12-20T10:00:00', () =>
          byUnit(pending.unit, `/v1/tasks/${pending.task}/extension-requests`, { until: pending.until, reason: '【演示】冬季停工' }),
        );
        on('2023-12-28T10:00:00', adoptOtherReading);
        planYearEnd();
        break;
      default:
    }
  };

  const adoptOtherReading = async (): Promise<void> => {
    const url = `/v1/directives/${D}/policies`;
    // The cast is the shape that docs/http.md names; the seed adopted one, whose duties fit the short form.
    const { items } = (await read(url)) as { readonly items: readonly [Adopted] };
    const { version: _, revision, duties: __, withdrawn: ___, ...rules } = items[0];
    const calendar: unknown = JSON.parse(readFileSync(CALENDAR, 'utf8'));
    await request(
      office,
      'POST',
      url,
      { ...rules, effectiveFrom: '2024-01-01', bound: 'exclusive', shift: 'next-working-day', calendar },
      revision,
    );
  };

  const inspect = async ({ unit, task: of }: { readonly unit: string; readonly task: string }): Promise<void> => {
    const { json: opened } = await byOffice('/v1/inspections', {
      directive: D,
      title: '【演示】文旅项目督查',
      plan: '【演示】实地查看',
      team: ['【演示】督查组'],
      units: [unit],
      tasks: [of],
    });
    const inspection = `/v1/inspections/${String(opened['subject'])}`;
    await byOffice(`${inspection}/findings`, { unit, task: of, text: '【演示】项目进度滞后' });
    await byOffice(`${inspection}/findings`, { unit, task: of, text: '【演示】台账不全' });
    await byOffice(`${inspection}/conclusion`, { text: '【演示】限期整改' });
    await byOffice(`${inspection}/rectifications`, { finding: 1, text: '【演示】加快进度', due: '2023-10-31' });
    await byOffice(`${inspection}/rectifications`, { finding: 2, text: '【演示】补齐台账' });
    await byUnit(unit, `${inspection}/rectifications/1/reports`, { text: '【演示】已加快' });
    await byOffice(`${inspection}/rectifications/1/verification`, { done: true, text: '【演示】属实' });
  };

  /** Reports on the year, claims of what was done, and their verification. */
  const planYearEnd = (): void => {
    on('2023-12-08T08:00:00', async () => {
      for (const owed of await obligations('period=2023&kind=annual&on=2023-12-25')) {
        if (owed.unit === PLANTED.silent || owed.state === 'waived' || chance(0.03)) continue;
        report(owed, clock(chance(0.05) ? after('2023-12-25', between(1, 5)) : dayOf('2023-12', between(10, 25))), 'on-track');
      }
      const claimed = new Set<string>();
      for (const { unit, task: of } of await obligations('kind=deadline&period=2023-12&on=2023-12-01')) {
        const planted: readonly string[] = [PLANTED.suspended, PLANTED.selfVerified, PLANTED.pending.task, PLANTED.reopened.task];
        if (claimed.has(of) || planted.includes(of) || chance(0.2)) continue;
        claimed.add(of);
        const late = chance(0.1);
        on(clock(late ? '2024-01-03' : dayOf('2023-12', between(20, 31))), () =>
          byUnit(unit, `/v1/tasks/${of}/completion-claims`, { evidence: '【演示】验收材料' }),
        );
        const verified = !chance(0.1);
        on(`2024-01-0${between(4, 6)}T${between(10, 17)}:00:00`, () =>
          decided(`/v1/tasks/${of}`, '/completion-claims/1/decision', {
            verified,
            reason: verified ? '【演示】核验通过' : '【演示】证据不足',
          }),
        );
      }
    });
  };

  // January: signing for the work, plans.
  setNow(Temporal.Instant.from('2023-01-11T08:00:00+08:00'));
  const january = await obligations('period=2023-01&kind=monthly&on=2023-01-11');
  for (const { unit, task: of } of january)
    if (unit !== PLANTED.silent) on(clock(dayOf('2023-01', between(11, 18))), () => byUnit(unit, `/v1/tasks/${of}/acknowledgements`));
  for (const [index, { unit, task: of }] of january.entries())
    if (unit !== PLANTED.silent && chance(0.8)) {
      on(clock(dayOf('2023-01', between(19, 28))), () =>
        byUnit(unit, `/v1/tasks/${of}/plans`, {
          milestones: [
            { title: '【演示数据】上半年完成过半', due: '2023-06-30' },
            { title: '【演示数据】全年完成', due: '2023-12-31' },
          ],
          leader: '【演示】分管负责人',
          measures: '【演示数据】按月调度。',
        }),
      );
      if (index % 40 === 0)
        on(clock('2023-01-30'), () =>
          byOffice(
            `/v1/tasks/${of}/plans/1/${index % 80 === 0 ? 'return' : 'accept'}`,
            index % 80 === 0 ? { reason: '【演示数据】缺少责任领导' } : {},
          ),
        );
    }
  await play();

  for (const month of MONTHS) {
    const due = dueDay(month);
    setNow(
      Temporal.Instant.from(`${month === '2023-01' ? '2023-01-30' : dayOf(month, 1)}T${month === '2023-01' ? '18' : '08'}:00:00+08:00`),
    );
    const owed = await obligations(`period=${month}&kind=monthly&on=${due}`);
    for (const each of owed) {
      const { unit, task: of } = each;
      const twoLeads = of === PLANTED.contradiction.task && month === PLANTED.contradiction.period;
      const reportedApart = (planted: (typeof PLANTED)['returned' | 'onPaper']): boolean =>
        planted.task === of && planted.unit === unit && planted.period === month;
      if (reportedApart(PLANTED.returned) || reportedApart(PLANTED.onPaper)) continue;
      if (unit === PLANTED.silent || each.state === 'waived' || (of === PLANTED.cancelled && month === '2023-11')) continue;
      if (of === PLANTED.reassigned.task && unit === PLANTED.reassigned.from && month === '2023-05') {
        report({ ...each, unit: PLANTED.reassigned.to }, clock('2023-05-26'), 'on-track');
        continue;
      }
      if (unit === PLANTED.missingInFebruary && month === '2023-02') continue;
      if (unit === PLANTED.lateInMarch && month === '2023-03') report(each, clock(after(due, 2)), 'on-track');
      else if (twoLeads) report(each, clock(dayOf(month, 25)), unit === PLANTED.contradiction.ahead ? 'ahead' : 'behind');
      else if (chance(0.03)) continue;
      else if (chance(0.05)) report(each, clock(after(due, between(1, 6))), 'on-track');
      else
        report(
          each,
          month === '2023-01' ? `${due}T${between(19, 23)}:${String(between(10, 59))}:00` : clock(dayOf(month, between(18, 30))),
          chance(0.1) ? 'behind' : chance(0.1) ? 'ahead' : 'on-track',
        );
    }
    plantIn(month);
    on(`${after(due, 0)}T18:00:00`, () => remind(month));
    on(`${after(due, 7)}T09:00:00`, () => circulate(month));
    await play();
  }

  // The year's report is due before the year ends; most come in time.
  setNow(Temporal.Instant.from('2024-01-08T08:00:00+08:00'));
  return { events: newest };
};
