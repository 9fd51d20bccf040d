import { test } from 'tap';
import type { Facts } from '../../../src/domain/compliance/facts.ts';
import { canonicalText, sha256Hex } from '../../../src/kernel/canonical.ts';
import { linesToName, NAMING_RULE } from '../../../src/domain/notices/draft.ts';
import { snapshotSheet } from '../../../src/api/snapshots/sheet.ts';
import { csvHead, csvRows } from '../../../src/publishing/sheets/csv.ts';
import type { Language } from '../../../src/publishing/sheets/sheet.ts';
import { snapshotBody, snapshotDigest, type SnapshotBody } from '../../../src/domain/snapshots/body.ts';
import { snapshotDecider } from '../../../src/domain/snapshots/decide.ts';
import { SnapshotTaken } from '../../../src/domain/snapshots/events.ts';
import { at, COUNTIES, facts, FINANCE, lead, policy, report, SCIENCE, task, TASK } from '../compliance/fixtures.ts';
import { given, unreached } from '../../support/given.ts';

const DIGEST = 'a'.repeat(64);

/** In March the science bureau was two days late, the finance bureau in time and, with a task of its own, overdue. */
const known: Facts = facts({
  policies: [policy(), policy({ version: 2, effectiveFrom: '2023-06-01', cutoff: '17:30', receivedAt: at('2023-04-01T09:00:00+08:00') })],
  tasks: [
    task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), lead(FINANCE), lead(COUNTIES, 'collective')] }] }),
    task({
      id: 'task-26',
      kind: 'item',
      originalDeadline: '2023-03-31',
      assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(FINANCE)] }],
    }),
    task({
      id: 'task-27',
      kind: 'item',
      originalDeadline: '2023-03-20',
      extensions: [{ until: '2023-12-31', grantedAt: at('2023-04-01T09:00:00+08:00') }],
    }),
  ],
  reports: [report(SCIENCE, '2023-03', '2023-04-01T10:00:00+08:00'), report(FINANCE, '2023-03', '2023-03-30T10:00:00+08:00')],
});
const basis = {
  position: 412,
  recordedAt: '2023-04-10T01:00:00.000Z',
  on: '2023-04-05',
  at: '2023-04-05T15:59:59.999Z',
  timeZone: 'Asia/Shanghai',
};
const march: SnapshotBody = snapshotBody(known, '2023-03', basis);

await test('a snapshot shows the counts, who is behind them, and what could not be counted', async (t) => {
  t.match(march, {
    directive: 'sanzhengban-2023-1',
    period: '2023-03',
    judge: 2,
    basis,
    policyVersions: [1],
    totals: { owed: 3, onTime: 1, late: 1, missing: 1, notYetDue: 0, awaiting: 0, excused: 1, waived: 0 },
    units: [
      { unit: SCIENCE, name: '市科技局', owed: 1, late: 1, excused: 1 },
      { unit: FINANCE, name: '市财政局', owed: 2, onTime: 1, missing: 1 },
    ],
    excludedCollectives: [{ party: COUNTIES, name: '各县(市、区)政府', tasks: [TASK] }],
  });
  t.equal(march.obligations.length, 4);
  t.same(snapshotBody(known, null, basis).policyVersions, [1, 2]);
  t.same(snapshotBody(known, '2023-06', basis).policyVersions, [2]);
  t.same(snapshotBody(known, '2024-01', basis).policyVersions, []);
  const { at: _, ...ofTheDay } = basis;
  t.throws(() => snapshotBody(known, '2023-03', ofTheDay), RangeError, 'what is judged now names its moment');
  t.throws(() => snapshotBody(known, '2023-03', basis, 3), RangeError, 'there are no such rules yet');
});

await test('its digest is the SHA-256 of its canonical bytes, the same whenever it is computed', async (t) => {
  t.equal(snapshotDigest(march), sha256Hex(canonicalText(march)));
  t.equal(snapshotDigest(snapshotBody(structuredClone(known), '2023-03', basis)), snapshotDigest(march));
  // The same value, read back.
  t.equal(snapshotDigest(JSON.parse(canonicalText(march)) as SnapshotBody), snapshotDigest(march), 'also of what was sent over the wire');
  t.not(snapshotDigest(snapshotBody(known, '2023-03', { ...basis, on: '2023-04-06' })), snapshotDigest(march));
  t.not(snapshotDigest(snapshotBody({ ...known, reports: new Map() }, '2023-03', basis)), snapshotDigest(march));
});

const snapshotCsv = (body: SnapshotBody, language: Language): string => {
  const sheet = snapshotSheet(body);
  return csvHead(sheet, language) + csvRows(sheet, body.obligations, language);
};

/** The cell of the name `name`. */
const named = (name: string): string => {
  const csv = snapshotCsv({ ...march, obligations: march.obligations.slice(0, 1).map((obligation) => ({ ...obligation, name })) }, 'en');
  const before = `monthly,${SCIENCE},`;
  return csv.slice(csv.indexOf(before) + before.length, csv.indexOf(`,${TASK},`));
};

await test('as CSV it is RFC 4180, and no cell is run by a spreadsheet', async (t) => {
  const lines = snapshotCsv(march, 'en').split('\r\n');
  t.equal(lines.length, 4 + 2);
  t.equal(lines[0], '\uFEFFperiod,kind,unit,name,task,taskKind,due,receivedAt,state,daysLate,onTheDay,report,dueRule,policy');
  t.equal(
    lines[1],
    '2023-03,monthly,shi-ke-ji-ju,市科技局,task-25,task,2023-03-31T00:00:00+08:00,2023-04-01T02:00:00.000Z,late,2,false,' +
      'shi-ke-ji-ju-2023-03,"each month by the 30, clamped to its end, inclusive to 24:00 Asia/Shanghai (policy 1)",1',
  );
  t.equal(lines.at(-1), '', 'every line ends');
  t.equal(named('市"科技",局'), '"市""科技"",局"');
  t.equal(named('甲\r\n乙'), '"甲\r\n乙"');
  for (const name of ['=1+1', '+86', '-1', '@x', '\tx', '＝1', '＠x', ' =1', '\u200b=1', '\ufeff+1']) t.equal(named(name), `'${name}`);
  t.equal(named('=a,b'), '"\'=a,b"');
  t.equal(named('市科技局'), '市科技局');
  const chinese = snapshotCsv(march, 'zh').split('\r\n');
  t.equal(
    chinese[0],
    '\uFEFF报送期,类别,单位编号,单位名称,任务编号,任务类型,截止时间,收到时间,状态,逾期天数,截止当日收到,报告编号,截止规则,规则版本',
  );
  t.match(chinese[1], /^2023-03,月度,shi-ke-ji-ju,市科技局,task-25,任务,2023-03-31T00:00:00\+08:00,.*,逾期,2,否,/u, 'states in words');
  t.equal(snapshotSheet(march).fileName.en, `compliance_${march.directive}_2023-03_2023-04-05`);
  t.equal(snapshotSheet({ ...march, period: null }).fileName.zh, `报送情况_${march.directive}_2023-04-05`);
});

await test('a snapshot is taken once', async (t) => {
  const taken = {
    directive: 'sanzhengban-2023-1',
    period: '2023-03',
    position: 412,
    on: '2023-04-05',
    timeZone: 'Asia/Shanghai',
    policyVersions: [1],
    judge: 1,
    digest: DIGEST,
  };
  await given(snapshotDecider, [])
    .when({ type: 'TakeSnapshot', taken })
    .then([SnapshotTaken(taken)])(t);
  await given(snapshotDecider, [SnapshotTaken(taken)])
    .when({ type: 'TakeSnapshot', taken })
    .thenRejected('already-decided')(t);
  t.same(unreached('src/domain/snapshots/decide.ts'), []);
});

await test('who was late or missing is named, with the facts; who was excused is not', async (t) => {
  t.equal(NAMING_RULE, 'late-or-missing.v1');
  t.strictSame(linesToName(march), [
    { unit: SCIENCE, name: '市科技局', owed: 1, onTime: 0, late: [{ task: TASK, period: '2023-03', daysLate: 2 }], missing: [] },
    { unit: FINANCE, name: '市财政局', owed: 2, onTime: 1, late: [], missing: [{ task: 'task-26', period: '2023-03' }] },
  ]);
  const inTime = facts({ reports: [report(SCIENCE, '2023-03', '2023-03-01T10:00:00+08:00')] });
  t.same(linesToName(snapshotBody(inTime, '2023-03', basis)), []);
  t.same(linesToName(snapshotBody(facts({}), '2023-04', basis)), [], 'nothing is due yet');
});
