import { createHash } from 'node:crypto';
import { join } from 'node:path';
import t, { test } from 'tap';
import { PLANTED } from '../../seed/demo.ts';
import { seedDocument } from '../../seed/index.ts';
import { loadDemo } from '../../src/main/commands/demo.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openWorld, temporaryDir, type CommandBody } from '../support/app.ts';
import { runProgram } from '../support/process.ts';
import { questions, requestOf, type QuestionId } from './questions.ts';

/** The synthetic year, asked every question by its one call. What the answers must hold was planted by the year itself. */

const D = PLANTED.directive;
const ZONE = 'Asia/Shanghai';

const dir = temporaryDir(t);
const dirOfProgram = join(temporaryDir(t), 'demo');
// Side by side: by the function, and by the command that people type.
const [loaded, program] = await Promise.all([loadDemo(dir, ZONE), runProgram(t, ['demo', '--dir', dirOfProgram], {})]);
const world = await openWorld(t, { dataDir: dir, at: '2024-01-08T08:00:00+08:00' });

const asked = new Set<QuestionId>();
const ask = async <Body>(id: QuestionId, values: Readonly<Record<string, string>>, body?: object): Promise<Body> => {
  const { method, url } = requestOf(id, values);
  await world.settled();
  const answer = await (method === 'POST' && body !== undefined ? world.office : world.auditor).send<Body>(method, url, body);
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  asked.add(id);
  return answer.body;
};
/** Every item of a list: the pages of one call. */
const askAll = async <Item>(id: QuestionId, values: Readonly<Record<string, string>>): Promise<readonly Item[]> => {
  asked.add(id);
  return world.all<Item>(world.auditor, requestOf(id, values).url);
};

type Named = {
  readonly unit: string;
  readonly owed: number;
  readonly late: readonly object[];
  readonly missing: readonly { readonly task: string; readonly period: string }[];
};
type Notice = {
  readonly id: string;
  readonly period: string;
  readonly snapshot: string;
  readonly position: number;
  readonly status: string;
  readonly rule: string;
  readonly lines: readonly Named[];
};
const notices = await world.all<Notice>(world.auditor, `/v1/notices?directive=${D}`);
const noticeOf = (period: string): Notice => {
  const found = notices.find((notice) => notice.period === period);
  if (found === undefined) throw new Error(`no notice of ${period}`);
  return found;
};

await test('the year is the same on every load, leaf by leaf', async (tt) => {
  const leavesOf = (path: string): { readonly size: number; readonly leaves: Buffer } => {
    const log = openLogFile(join(path, 'log.sqlite'), { readOnly: true });
    const size = log.head().position;
    const leaves = log.leaves(0, size);
    log.close();
    return { size, leaves };
  };
  tt.equal(program.code, 0, program.stderr);
  const [one, other] = [leavesOf(dir), leavesOf(dirOfProgram)];
  tt.equal(one.size, loaded.events);
  tt.equal(other.size, one.size);
  tt.ok(one.leaves.equals(other.leaves));
  const { owed, onTime, late, missing } = loaded.board.totals;
  tt.equal(
    program.stdout.trimEnd().split('\n').at(-1),
    `${[owed, onTime, late, missing].map((count) => String(count).padStart(8)).join('')}  all units`,
  );
});

await test(questions.A1.asks, async (tt) => {
  const { task, from, to } = PLANTED.reassigned;
  type Item = {
    readonly position: number;
    readonly type: string;
    readonly actor: { readonly sub: string; readonly unit?: string };
    readonly leafHash: string;
  };
  const items = await askAll<Item>('A1', { id: task });
  tt.same(
    items.map(({ position }) => position),
    items.map(({ position }) => position).toSorted((a, b) => a - b),
  );
  const at = items.findIndex(({ type }) => type === 'TaskReassigned.v1');
  tt.match(items[at], {
    actor: { sub: 'office' },
    backdated: false,
    data: { reason: '【演示】工作需要', authority: '【演示】市政府常务会议' },
  });
  const reporters = (part: readonly Item[]): readonly (string | undefined)[] => [
    ...new Set(part.filter(({ type }) => type === 'ReportSubmitted.v1').map(({ actor }) => actor.unit)),
  ];
  tt.same(reporters(items.slice(0, at)), [from]);
  tt.same(reporters(items.slice(at)), [to]);
  tt.match(items[0], { type: 'FindingRaised.v1' }, 'what the import could not settle about it');
  const onPaper = await askAll<Item & { readonly backdated: boolean }>('A1', { id: PLANTED.onPaper.task });
  const backdated = onPaper.filter((item) => item.backdated);
  tt.match(backdated, [
    {
      type: 'ReportSubmitted.v1',
      actor: { sub: 'office', unit: PLANTED.onPaper.unit },
      receivedAt: PLANTED.onPaper.receivedAt,
      basis: '【演示】市烟草局8月29日来文',
    },
  ]);
});

await test(questions.A2.asks, async (tt) => {
  const { task, deadline, until } = PLANTED.extended;
  tt.match(await ask('A2', { id: task, asOf: '2023-04-22T00:00:00+08:00' }), {
    deadline,
    originalDeadline: deadline,
    basis: { on: '2023-04-22' },
  });
  const then = await ask<{ readonly basis: { readonly position: number } }>('A2', { id: task, asOf: '2023-05-10T00:00:00+08:00' });
  tt.match(then, { deadline: until, originalDeadline: deadline, status: 'in-progress' });
  tt.match(
    await ask('A2', { id: task, asOf: `@${then.basis.position}` }),
    { deadline: until, status: 'in-progress' },
    'the same by position',
  );
  tt.match(await ask('A2', { id: task }), { deadline: until, status: 'completed' });
});

await test(questions.A3.asks, async (tt) => {
  const { task, from, to, effectiveFrom } = PLANTED.reassigned;
  type Span = {
    readonly from: string;
    readonly to: string | null;
    readonly units: readonly { readonly unit: string; readonly role: string }[];
  };
  const spans = await askAll<Span>('A3', { id: task });
  const leadOn = (day: string): readonly string[] =>
    spans
      .filter((span) => span.from <= day && (span.to === null || day < span.to))
      .flatMap(({ units }) => units.filter(({ role }) => role === 'lead').map(({ unit }) => unit));
  tt.same(leadOn('2023-01-10'), [from]);
  tt.same(leadOn('2023-05-14'), [from]);
  tt.same(leadOn(effectiveFrom), [to]);
  tt.same(leadOn('2024-01-08'), [to]);
});

await test(questions.A4.asks, async (tt) => {
  const { leaderChanged, extended, excused, reassigned, suspended, cancelled, reopened } = PLANTED;
  const office = { by: 'office', reason: '【演示】工作需要', authority: '【演示】市政府常务会议' };
  tt.match(await askAll('A4', { directive: D, task: leaderChanged.task }), [
    { kind: 'leaders', before: [leaderChanged.before], after: [leaderChanged.after], daysBeforeOldDeadline: 174, ...office },
  ]);
  tt.match(await askAll('A4', { directive: D, task: extended.task }), [
    { kind: 'deadline', before: extended.deadline, after: extended.until, daysBeforeOldDeadline: 6, ...office },
  ]);
  tt.match(
    await askAll('A4', { directive: D, task: excused.task }),
    [{ kind: 'deadline', before: excused.deadline, after: excused.until, daysBeforeOldDeadline: -8, ...office }],
    'after it had passed',
  );
  tt.match(await askAll('A4', { directive: D, task: reassigned.task }), [
    { kind: 'assignees', effectiveFrom: reassigned.effectiveFrom, receivedAt: '2023-05-15T01:00:00.000Z', ...office },
  ]);
  const all = await askAll<{ readonly kind: string; readonly task: string }>('A4', { directive: D });
  tt.equal(all.length, 7, 'and no other change');
  for (const [kind, task] of [
    ['suspension', suspended],
    ['cancellation', cancelled],
    ['reopening', reopened.task],
  ] as const)
    tt.match(await askAll('A4', { directive: D, kind }), [{ kind, task }]);
});

await test(questions.A5.asks, async (tt) => {
  const { returned, excused, extended, refused } = PLANTED;
  tt.match(
    await askAll('A5', { task: returned.task, unit: returned.unit, period: returned.period }),
    [{ state: 'on-time', due: '2023-05-01T00:00:00+08:00', receivedAt: '2023-04-26T02:00:00.000Z', policy: 1 }],
    'by its first submission, though it was sent back',
  );
  tt.match(
    await askAll('A5', { task: extended.task, unit: extended.unit, kind: 'deadline' }),
    [{ state: 'on-time', due: '2023-06-01T00:00:00+08:00' }],
    'extended before it passed',
  );
  tt.match(
    await askAll('A5', { task: excused.task, unit: excused.unit, kind: 'deadline' }),
    [{ state: 'excused', due: '2023-09-01T00:00:00+08:00', daysLate: 0 }],
    'extended after it passed',
  );
  tt.match(await askAll('A5', { task: refused.task, unit: refused.unit, kind: 'deadline' }), [
    { state: 'missing', due: '2023-11-01T00:00:00+08:00' },
  ]);
  tt.match(await askAll('A5', { task: PLANTED.onPaper.task, unit: PLANTED.onPaper.unit, period: PLANTED.onPaper.period }), [
    { state: 'on-time', receivedAt: PLANTED.onPaper.receivedAt },
  ]);
  const periods = (
    await askAll<{ readonly period: string; readonly kind: string }>('A5', { task: PLANTED.added.task, kind: 'monthly' })
  ).map(({ period }) => period);
  tt.same(periods, ['2023-09', '2023-10', '2023-11', '2023-12'], 'a task owes nothing from before it was given');
});

await test(questions.A6.asks, async (tt) => {
  type Board = {
    readonly policyVersions: readonly number[];
    readonly totals: Readonly<Record<'owed' | 'onTime' | 'late' | 'missing' | 'onTheDay', number>>;
  };
  const under = (period: string, policy?: number) =>
    ask<Board>('A6', { directive: D, period, ...(policy === undefined ? {} : { policy: String(policy) }) });
  const { otherReading } = PLANTED;
  const [march, marchExclusive] = [await under('2023-03'), await under('2023-03', otherReading)];
  tt.same([march.policyVersions, marchExclusive.policyVersions], [[1], [otherReading]]);
  tt.ok(march.totals.onTheDay > 0);
  const { onTime, late, missing, onTheDay } = march.totals;
  tt.match(
    marchExclusive.totals,
    { onTime: onTime - onTheDay, late: late + onTheDay, missing },
    '29 March is a working day: only the reading differs',
  );
  const [april, aprilShifted] = [await under('2023-04'), await under('2023-04', otherReading)];
  tt.ok(aprilShifted.totals.late < april.totals.late, '29 April begins a holiday that ends on 3 May');
  tt.same((await under('2023-12')).policyVersions, [1], 'what was adopted for the next year judges nothing of this one');
});

await test(questions.A7.asks, async (tt) => {
  const { task, unit, period } = PLANTED.returned;
  const report = `${unit}-${period}`;
  const decided = await ask<{ readonly versions: readonly { readonly position: number; readonly type: string }[] }>('A7', {
    id: task,
    report,
    asOf: `@${noticeOf(period).position}`,
  });
  tt.match(decided, {
    state: 'amended',
    narrative: '【演示数据】补充进展情况',
    versions: [{ type: 'ReportSubmitted' }, { type: 'ReportReturned', reason: '【演示】内容过于简略' }, { type: 'ReportAmended' }],
  });
  const returnedAt = decided.versions[1]?.position ?? 0;
  tt.match(
    await ask('A7', { id: task, report, asOf: `@${returnedAt - 1}` }),
    { state: 'submitted', narrative: '【演示数据】略', versions: [{ type: 'ReportSubmitted' }] },
    'what was sent back',
  );
});

await test(questions.A8.asks, async (tt) => {
  type Verdict = { readonly unit: string; readonly match: boolean; readonly factsNow: unknown };
  type Consistency = {
    readonly match: boolean;
    readonly changedSince: boolean;
    readonly lines: readonly Verdict[];
    readonly arrivedLater: readonly object[];
  };
  tt.equal(notices.length, 12);
  for (const notice of notices) tt.equal((await ask<Consistency>('A8', { id: notice.id })).match, true, notice.period);
  const { unit, task, period } = PLANTED.onPaper;
  const found = await ask<Consistency>('A8', { id: noticeOf(period).id });
  tt.match(found, { match: true, changedSince: true }, 'it still says what was known at its position');
  tt.match(
    found.lines.find((line) => line.unit === unit),
    { match: true, says: { missing: [{ task, period }] }, facts: { missing: [{ task, period }] }, factsNow: null },
  );
  tt.match(found.arrivedLater, [{ type: 'ReportSubmitted', unit, subject: `task-${task}` }]);
  tt.equal(found.arrivedLater.length, 1);
  tt.match(await ask('A8', { id: noticeOf('2023-03').id }), { changedSince: false, arrivedLater: [] });
});

await test(questions.A9.asks, async (tt) => {
  const unit = PLANTED.missingInFebruary;
  const notice = await ask('A9', { id: noticeOf('2023-02').id });
  tt.match(notice, {
    status: 'withdrawn',
    objections: [{ unit, raisedAt: String, answer: { upheld: false, text: '【演示】未见故障记录', at: String } }],
    withdrawal: { reason: '【演示】需重新核对' },
  });
  const corrected = await ask('A9', { id: noticeOf('2023-03').id });
  tt.match(corrected, {
    status: 'issued',
    objections: [],
    corrections: [{ n: 1, unit: PLANTED.lateInMarch, statement: '【演示】逾期两日,非未报' }],
  });
});

await test(questions.A12.asks, async (tt) => {
  tt.match(await askAll('A12', { directive: D, selfVerified: 'true' }), [
    {
      task: PLANTED.selfVerified,
      claimedBy: 'office',
      evidence: '【演示】建成照片',
      daysToDecision: 1,
      decision: { by: 'office', reason: '【演示】已建成' },
    },
  ]);
  const verified = await askAll<{ readonly selfVerified: boolean; readonly decision: object | null; readonly evidence: string }>('A12', {
    directive: D,
    state: 'verified',
  });
  tt.ok(verified.length > 50 && verified.every(({ decision, evidence }) => decision !== null && evidence !== ''));
  tt.equal(verified.filter(({ selfVerified }) => selfVerified).length, 1);
});

await test(questions.A13.asks, async (tt) => {
  const gaps = (kind: string) => askAll<{ readonly task: string; readonly party: string | null }>('A13', { directive: D, kind });
  const carried = (await world.all<{ readonly id: string }>(world.auditor, `/v1/tasks?directive=${D}&unit=${PLANTED.silent}`)).map(
    ({ id }) => id,
  );
  const unsigned = (await gaps('not-acknowledged')).filter(({ party }) => party === PLANTED.silent);
  tt.same(
    unsigned.map(({ task }) => task),
    carried,
  );
  tt.ok(carried.length > 0);
  tt.ok((await gaps('collective-unresolved')).some(({ party }) => party === 'xiang-guan-xian-shi-qu-zheng-fu'));
  const leaderless = (await gaps('no-leader')).map(({ task }) => task);
  tt.equal(leaderless.length, new Set(leaderless).size);
  tt.ok(
    leaderless.every((task) => !/-item-\d|-added-/u.test(task)),
    'every row of the ledger names its leader',
  );
});

await test(questions.A14.asks, async (tt) => {
  const source = createHash('sha256').update(seedDocument()).digest('hex');
  tt.match((await world.auditor.get(`/v1/directives/${D}`)).body, {
    status: 'issued',
    source: { sha256: source, counts: { targets: 13, themes: 8, tasks: 99, items: 85 } },
  });
  const all = await askAll<{ readonly kind: string; readonly line: number; readonly decision: object | null }>('A14', { id: D });
  const open = await askAll('A14', { id: D, open: 'true' });
  tt.equal(open.length, all.filter(({ decision }) => decision === null).length);
  tt.ok(all.every(({ line }) => line > 0));
  tt.match(await askAll('A14', { id: D, open: 'false' }), [
    { kind: 'collective-unresolved', subject: 'ge-xian-shi-qu-zheng-fu', decision: { reason: /各 \(each\) leaves none out/u } },
  ]);
});

await test(questions.A15.asks, async (tt) => {
  type Case = { readonly unit: string; readonly late: number; readonly missing: number; readonly circulatedIn: readonly string[] };
  const inMarch = await askAll<Case>('A15', { directive: D, period: '2023-03' });
  tt.match(
    inMarch.find(({ unit }) => unit === PLANTED.lateInMarch),
    { late: 12, missing: 0, worstDaysLate: 2, circulatedIn: [noticeOf('2023-03').id] },
  );
  const inFebruary = await askAll<Case>('A15', { directive: D, period: '2023-02' });
  tt.match(
    inFebruary.find(({ unit }) => unit === PLANTED.missingInFebruary),
    { late: 0, missing: 4, circulatedIn: [] },
  );
  tt.ok(
    inFebruary.every(({ circulatedIn }) => circulatedIn.length === 0),
    'the notice of February was withdrawn: nobody stands circulated',
  );
});

await test(questions.A16.asks, async (tt) => {
  const lines = await askAll<{ readonly task: string; readonly state: string; readonly rule: string; readonly policy: number }>('A16', {
    directive: D,
    leader: PLANTED.leaderChanged.after,
  });
  tt.ok(lines.some(({ task }) => task === PLANTED.leaderChanged.task));
  tt.ok(
    lines.every(({ rule, state }) => (rule === 'verified') === (state === 'done')),
    'done is what the office verified',
  );
  tt.same([...new Set(lines.map(({ rule, policy }) => `${rule} ${policy}`))].toSorted(), ['declared 1', 'verified 1']);
  tt.match(
    notices.map(({ rule }) => rule),
    Array.from({ length: 12 }, () => 'late-or-missing.v1'),
    'a notice says it itself',
  );
});

type Owing = {
  readonly unit: string;
  readonly missing: readonly string[];
  readonly notYetDue: readonly string[];
  readonly settled: readonly string[];
};

await test(questions.M1.asks, async (tt) => {
  const at = (asOf: string) => askAll<Owing>('M1', { directive: D, period: '2023-03', asOf });
  const before = await at('2023-03-20T09:00:00+08:00');
  tt.match(
    before.find(({ unit }) => unit === PLANTED.lateInMarch),
    { missing: [], notYetDue: { length: 12 }, settled: [] },
    'ten days to go',
  );
  const evening = await at('2023-03-30T20:00:00+08:00');
  const reminded = { at: '2023-03-30T10:00:00.000Z', channel: '电话' };
  tt.match(
    evening.find(({ unit }) => unit === PLANTED.lateInMarch),
    { missing: [], notYetDue: { length: 12 }, settled: [], lastReminder: reminded },
    'nobody is missing while the due day runs',
  );
  const over = await at('2023-03-31T00:00:00+08:00');
  tt.match(
    over.find(({ unit }) => unit === PLANTED.lateInMarch),
    { missing: { length: 12 }, notYetDue: [], settled: [], lastReminder: reminded },
  );
  tt.match(
    over.find(({ unit }) => unit === PLANTED.silent),
    { missing: { length: 1 }, lastReminder: reminded },
  );
  tt.ok(evening.length < before.length);
  tt.notOk(
    (await at('2023-04-05T09:00:00+08:00')).some(({ unit }) => unit === PLANTED.lateInMarch),
    'two days late, and no longer owing',
  );
});

await test(questions.M2.asks, async (tt) => {
  const late = await askAll<{ readonly unit: string; readonly daysLate: number }>('M2', {
    directive: D,
    period: '2023-03',
    timeliness: 'late',
  });
  const own = late.filter(({ unit }) => unit === PLANTED.lateInMarch);
  tt.equal(own.length, 12);
  tt.ok(own.every(({ daysLate }) => daysLate === 2));
  tt.ok(late.length > 12 && late.every(({ daysLate }) => daysLate > 0));
  const { unit, task, period } = PLANTED.returned;
  const lines = await askAll<{ readonly task: string }>('M2', { directive: D, period, unit });
  tt.match(
    lines.find((line) => line.task === task),
    { state: 'amended', timeliness: 'on-time', daysLate: 0, returns: 1, amendments: 1, amendedAfterDue: true },
  );
});

await test(questions.M3.asks, async (tt) => {
  const owing = await askAll<Owing>('M3', { directive: D, period: '2023-11' });
  const partly = owing.filter(({ settled }) => settled.length > 0);
  tt.ok(partly.length > 5);
  const obligations = await world.all<{ readonly unit: string; readonly task: string; readonly state: string }>(
    world.auditor,
    `/v1/obligations?directive=${D}&period=2023-11&kind=monthly`,
  );
  for (const { unit, missing, settled } of owing) {
    const own = obligations.filter((obligation) => obligation.unit === unit && obligation.state !== 'waived');
    tt.same([...missing, ...settled].toSorted(), own.map(({ task }) => task).toSorted(), unit);
    tt.ok(missing.length > 0 && missing.every((task) => !settled.includes(task)));
  }
});

await test(questions.M4.asks, async (tt) => {
  const { task, period, ahead, behind } = PLANTED.contradiction;
  type Contradiction = { readonly task: string; readonly statements: readonly { readonly unit: string; readonly status: string }[] };
  const found = await askAll<Contradiction>('M4', { directive: D, period });
  const statusOf = Object.fromEntries((found.find((one) => one.task === task)?.statements ?? []).map(({ unit, status }) => [unit, status]));
  tt.same(statusOf, { [ahead]: 'ahead', [behind]: 'behind' });
  for (const { statements } of found) {
    const behindOnes = statements.filter(({ status }) => status === 'behind').length;
    tt.ok(behindOnes > 0 && behindOnes < statements.length);
  }
});

await test(questions.M5.asks, async (tt) => {
  const { extended, excused, refused, selfVerified } = PLANTED;
  tt.match(
    await askAll('M5', { directive: D, from: '2023-04-05', to: '2023-06-04', asOf: '2023-04-05T09:00:00+08:00' }),
    [{ task: extended.task, deadline: '2023-04-30', state: 'open' }],
    'in the next 60 days',
  );
  const slipped = await askAll<{ readonly task: string; readonly state: string }>('M5', {
    directive: D,
    from: '2023-05-01',
    to: '2023-10-31',
  });
  tt.match(Object.fromEntries(slipped.map((line) => [line.task, line])), {
    [extended.task]: { deadline: extended.until, originalDeadline: extended.deadline, state: 'in-time' },
    [excused.task]: { deadline: excused.deadline, originalDeadline: excused.deadline, state: 'excused' },
    [refused.task]: { deadline: refused.deadline, state: 'overdue' },
    [selfVerified]: { state: 'in-time' },
  });
});

await test(questions.M6.asks, async (tt) => {
  type Group = {
    readonly key: string | null;
    readonly tasks: number;
    readonly standings: Readonly<Record<string, number>>;
    readonly rules: readonly { readonly rule: string; readonly policy: number; readonly tasks: number }[];
  };
  const groups = (by: string) => askAll<Group>('M6', { directive: D, by });
  const tasks = await world.all<{
    readonly theme: { readonly number: number } | null;
    readonly leaders: readonly string[];
    readonly standing: { readonly state: string | null };
  }>(world.auditor, `/v1/tasks?directive=${D}`);
  for (const by of ['theme', 'unit', 'leader', 'kind']) {
    const found = await groups(by);
    for (const { key, tasks: count, standings, rules } of found) {
      tt.equal(
        Object.values(standings).reduce((sum, each) => sum + each, 0),
        count,
        `${by} ${key}: every task once`,
      );
      tt.equal(
        rules.reduce((sum, rule) => sum + rule.tasks, 0),
        count - (standings['unknown'] ?? 0),
        `${by} ${key}: each by a rule`,
      );
    }
    if (by === 'theme' || by === 'kind')
      tt.equal(
        found.reduce((sum, group) => sum + group.tasks, 0),
        tasks.length,
        `${by}: all tasks`,
      );
  }
  const themes = await groups('theme');
  tt.same(
    new Set(themes.map(({ key }) => key)),
    new Set([null, '1', '2', '3', '4', '5', '6', '7', '8']),
    'the eight, and the targets that have none',
  );
  const third = themes.find(({ key }) => key === '3');
  const own = tasks.filter(({ theme }) => theme?.number === 3);
  tt.equal(third?.tasks, own.length);
  tt.equal(third?.standings['behind'], own.filter(({ standing }) => standing.state === 'behind').length);
  const leader = (await groups('leader')).find(({ key }) => key === PLANTED.leaderChanged.after);
  tt.equal(leader?.tasks, tasks.filter(({ leaders }) => leaders.includes(PLANTED.leaderChanged.after)).length);
});

await test(questions.M7.asks, async (tt) => {
  type Difference = {
    readonly task: string;
    readonly events: readonly { readonly type: string }[];
    readonly changes: readonly { readonly path: string }[];
  };
  const within = async (from: string, to: string) => {
    const { tasks } = await ask<{ readonly tasks: readonly Difference[] }>('M7', {
      from: `${from}T00:00:00+08:00`,
      to: `${to}T00:00:00+08:00`,
    });
    return (task: string): Difference | undefined => tasks.find((one) => one.task === task);
  };
  const september = await within('2023-09-01', '2023-10-01');
  tt.match(september(PLANTED.added.task), { events: [{ type: 'TaskAssigned' }, { type: 'ReminderSent' }] }, 'new');
  const october = await within('2023-10-01', '2023-11-01');
  tt.match(
    october(PLANTED.reopened.task)?.changes.find(({ path }) => path === '/status'),
    { before: 'in-progress', after: 'completed' },
    'closed',
  );
  const november = await within('2023-11-01', '2023-12-01');
  tt.match(
    november(PLANTED.reopened.task)?.changes.find(({ path }) => path === '/status'),
    { before: 'completed', after: 'in-progress' },
    'reopened',
  );
  tt.match(
    november(PLANTED.cancelled)?.changes.find(({ path }) => path === '/status'),
    { after: 'cancelled' },
  );
  const july = await within('2023-07-01', '2023-08-01');
  tt.ok(
    july(PLANTED.leaderChanged.task)?.events.some(({ type }) => type === 'LeaderChanged'),
    'changed',
  );
});

await test(questions.M8.asks, async (tt) => {
  const { extended, excused, refused, pending } = PLANTED;
  const lineOf = ({
    task,
    unit,
    until,
    deadline,
  }: {
    readonly task: string;
    readonly unit: string;
    readonly until: string;
    readonly deadline: string;
  }) => ({ task, unit, until, deadline });
  tt.match(await askAll('M8', { directive: D, state: 'requested' }), [{ ...lineOf(pending), askedAfterExpiry: false, decision: null }]);
  tt.match(await askAll('M8', { directive: D, state: 'refused' }), [
    { ...lineOf(refused), askedAfterExpiry: true, decision: { until: null } },
  ]);
  const granted = await askAll('M8', { directive: D, state: 'granted' });
  tt.match(granted, [
    { ...lineOf(extended), askedAfterExpiry: false },
    { ...lineOf(excused), askedAfterExpiry: true },
  ]);
  tt.equal((await askAll('M8', { directive: D })).length, 4);
});

await test(questions.M10.asks, async (tt) => {
  const { task, before, after } = PLANTED.leaderChanged;
  const of = (leader: string) => askAll<{ readonly id: string }>('M10', { directive: D, leader });
  tt.ok((await of(after)).some(({ id }) => id === task));
  tt.notOk((await of(before)).some(({ id }) => id === task));
  const county = await askAll<{ readonly id: string; readonly compliance: { readonly owed: number } }>('M10', {
    directive: D,
    unit: PLANTED.inspected.unit,
  });
  tt.ok(county.some(({ id }) => id === PLANTED.inspected.task) && county.some(({ id }) => id === PLANTED.added.task));
  const card = await world.auditor.get<{ readonly totals: { readonly owed: number } }>(
    `/v1/units/${PLANTED.inspected.unit}/scorecard?year=2023`,
  );
  tt.match(card, { status: 200, body: { name: '渑池县政府', periods: { length: 14 } } }, 'twelve months, the year, its deadlines');
  const renamed = await world.auditor.get(`/v1/units/${PLANTED.renamed.unit}/scorecard?year=2023`);
  tt.match(renamed.body, { name: PLANTED.renamed.name });
});

await test(questions.M11.asks, async (tt) => {
  for (const period of ['2023-11', '2023-12']) {
    const { snapshot } = noticeOf(period);
    const shown = await world.auditor.get<{ readonly digest: string }>(`/v1/snapshots/${snapshot}`);
    tt.same(await ask('M11', { id: snapshot }), { match: true, digest: shown.body.digest, recomputed: shown.body.digest });
  }
});

await test(questions.M12.asks, async (tt) => {
  const on = '2024-01-01';
  const unitsOf = (owing: readonly Owing[]): readonly string[] => owing.map(({ unit }) => unit);
  const annual = await askAll<Owing>('M12', { directive: D, period: '2023', on });
  const monthly = await askAll<Owing>('M12', { directive: D, period: '2023-12', on });
  const closing = await askAll<Owing>('M12', { directive: D, period: '2023-12', kind: 'deadline', on });
  tt.ok(annual.length > 0 && monthly.length > 0 && closing.length > 0);
  tt.notSame(unitsOf(annual), unitsOf(monthly));
  tt.match(
    await askAll('A5', { task: PLANTED.pending.task, unit: PLANTED.pending.unit, kind: 'deadline' }),
    [{ due: '2024-01-01T00:00:00+08:00', state: 'awaiting' }],
    'a request for more time is no extension, and the office has not decided on it',
  );
  tt.ok(closing.find(({ unit }) => unit === PLANTED.reopened.unit)?.missing.includes(PLANTED.reopened.task));
  tt.notOk(
    [...annual, ...monthly].some(({ unit }) => unit === PLANTED.silent),
    'its only task was cancelled',
  );
});

await test(questions.M13.asks, async (tt) => {
  const { unit, task } = PLANTED.inspected;
  const open = {
    units: [unit],
    open: 1,
    findings: [
      { n: 1, task },
      { n: 2, task },
    ],
    rectifications: [
      { n: 1, finding: 1, state: 'verified' },
      { n: 2, finding: 2, state: 'ordered', due: null },
    ],
  };
  tt.match(await askAll('M13', { directive: D, open: 'true' }), [open]);
});

await test(questions.M9.asks, async (tt) => {
  // The due day is over, and nothing has come late.
  const on = '2023-12-31T00:00:00+08:00';
  const taken = await world.office.post('/v1/snapshots', { directive: D, period: '2023-12', on });
  const { subject } = await ask<CommandBody>('M9', {}, { snapshot: taken.body.subject });
  const { body: draft } = await world.office.get<Notice>(`/v1/notices/${subject}`);
  tt.equal(draft.status, 'drafted');
  const obligations = await world.all<{ readonly unit: string; readonly task: string; readonly state: string }>(
    world.auditor,
    `/v1/obligations?directive=${D}&period=2023-12&on=${encodeURIComponent(on)}`,
  );
  const missing = (of: string): readonly string[] =>
    obligations.filter(({ unit, state }) => unit === of && state === 'missing').map(({ task }) => task);
  tt.same(
    draft.lines.map(({ unit }) => unit).toSorted(),
    [...new Set(obligations.filter(({ state }) => state === 'missing').map(({ unit }) => unit))].toSorted(),
  );
  for (const line of draft.lines)
    tt.same(
      line.missing.map(({ task }) => task),
      missing(line.unit),
      line.unit,
    );

  const [owed] = await world.all<{ readonly unit: string; readonly task: string }>(
    world.auditor,
    `/v1/obligations?directive=${D}&period=2023-12&kind=monthly&state=missing`,
  );
  const said = await world
    .unit(owed?.unit ?? '')
    .post(`/v1/tasks/${owed?.task}/reports`, { period: '2023-12', status: 'done', narrative: '【演示数据】补报' });
  tt.equal(said.status, 201);
  const { body: consistency } = await world.office.get(`/v1/notices/${subject}/consistency`);
  tt.match(
    consistency,
    { match: true, arrivedBeforeIssue: [{ position: said.body.position, unit: owed?.unit }] },
    'the log has moved since the draft',
  );
});

await test('every question was asked', async (tt) => tt.same([...asked].toSorted(), Object.keys(questions).toSorted()));
