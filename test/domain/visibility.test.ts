import { test } from 'tap';
import type { DubanEvent } from '../../src/domain/catalogue.ts';
import { shownTo, taskShownTo, type Shown, type Surroundings, type UnitReader } from '../../src/domain/visibility.ts';
import {
  PolicyAdopted,
  DirectiveImported,
  DirectiveAmended,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  FindingRaisedByHand,
} from '../../src/domain/directives/events.ts';
import { EMPTY_PROFILE } from '../../src/domain/directives/profile.ts';
import * as imports from '../../src/domain/imports/events.ts';
import * as inspection from '../../src/domain/inspections/events.ts';
import * as ledger from '../../src/domain/ledger/events.ts';
import * as notice from '../../src/domain/notices/events.ts';
import { ReturnFiled } from '../../src/domain/returns/events.ts';
import * as reminders from '../../src/domain/reminders/events.ts';
import { ContactsRecorded, PersonalDataErased } from '../../src/domain/personal/events.ts';
import * as roster from '../../src/domain/roster/events.ts';
import { SnapshotTaken } from '../../src/domain/snapshots/events.ts';
import * as task from '../../src/domain/tasks/events.ts';
import { evolveTask, type TaskState } from '../../src/domain/tasks/state.ts';
import { rulesOf } from './compliance/fixtures.ts';

/**
 * What a unit may see of each event: one row an event, for the unit that it is about, for a peer that carries the same
 * task and stands in the same notice and inspection, and for a stranger to all of them.
 */

const OWN = 'own';
const PEER = 'peer';
const SHARED = 'shared';

const reader = (unit: string, ...tasks: readonly string[]): UnitReader => ({
  isOwn: (other) => other === unit,
  mayRead: (id) => tasks.includes(id),
});
const readers = { own: reader(OWN, SHARED, 'mine'), peer: reader(PEER, SHARED), stranger: reader('stranger') };

const around: Surroundings = {
  asked: (_, n) => (n === 1 ? OWN : PEER),
  inspected: () => [OWN, PEER],
  named: (id) => (id === 'issued' ? [OWN, PEER] : []),
};

const why = { reason: '经研究', authority: '市政府' };
const report = { report: 'own-2023-03', unit: OWN, period: '2023-03' };
const body = { status: 'on-track', narrative: '按计划' } as const;
const assignees = [OWN, PEER].map((party) => ({ role: 'lead', party, kind: 'unit' }) as const);
const line = (unit: string) => ({ unit, name: unit, owed: 1, onTime: 0, late: [], missing: [{ task: SHARED, period: '2023-03' }] });
const draft = {
  snapshot: 's',
  snapshotDigest: '0'.repeat(64),
  directive: 'd',
  period: '2023-03',
  position: 1,
  on: '2023-04-01',
  rule: 'r',
  title: '通报',
};
const { snapshot: _, ...told } = draft;
const heading = { directive: 'd', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-01', timeZone: 'Asia/Shanghai' };
const scope = {
  directive: 'd',
  title: '督查',
  plan: '现场',
  team: ['张三'],
  units: [OWN, PEER],
  tasks: [SHARED, 'mine'],
  openedOn: '2023-04-01',
};
const conclusion = { text: '总体良好', deliveredTo: [OWN, PEER], issuedOn: '2023-04-02' };
const key = 'log+00000000+AAAA';

type Row = { readonly stream: string; readonly event: DubanEvent; readonly own: Shown; readonly peer: Shown; readonly stranger?: Shown };

const of = (stream: string, event: DubanEvent, own: Shown, peer: Shown, stranger: Shown = 'nothing'): Row => ({
  stream,
  event,
  own,
  peer,
  stranger,
});
const onTask = (event: DubanEvent, own: Shown, peer: Shown): Row => of(`task-${SHARED}`, event, own, peer);
const onNotice = (event: DubanEvent, own: Shown, peer: Shown): Row => of('notice-issued', event, own, peer);
const onInspection = (event: DubanEvent, own: Shown, peer: Shown): Row => of('inspection-i', event, own, peer);
const toAll = (stream: string, event: DubanEvent): Row => of(stream, event, 'whole', 'whole', 'whole');
const toNobody = (stream: string, event: DubanEvent): Row => of(stream, event, 'nothing', 'nothing', 'nothing');

const assigned = task.TaskAssigned({
  directive: 'd',
  kind: 'task',
  number: 1,
  title: '修路',
  text: '修路',
  sourceLine: null,
  theme: null,
  group: null,
  parent: null,
  assignees,
  leaders: [],
  deadline: '2023-10-31',
  measurements: [],
  effectiveFrom: '2023-01-01',
});
const planned = task.PlanSubmitted({
  n: 1,
  unit: OWN,
  milestones: [{ title: '过半', due: '2023-06-30' }],
  leader: '张三',
  measures: '调度',
});
const asked = task.ExtensionRequested({ n: 1, unit: OWN, until: '2023-12-31', reason: '汛期', deadline: '2023-10-31' });
const claimed = task.CompletionClaimed({ n: 1, unit: OWN, evidence: '验收表' });

const draftedImport = {
  sha256: '0'.repeat(64),
  size: 1,
  name: null,
  mediaType: 'text/plain',
  encoding: 'utf-8',
  reader: '1',
  profile: null,
};
const committedImport = {
  directive: 'd',
  issuer: '市政府办公室',
  profile: EMPTY_PROFILE,
  counts: { tasks: 0, units: 0, findings: 0, setAside: 0 },
  reissue: null,
};

const reminded = {
  directive: 'd',
  unit: OWN,
  kind: 'monthly',
  period: '2023-03',
  step: 's',
  day: '2023-03-27',
  to: 'unit',
  leader: null,
} as const;

const rows: { readonly [Type in DubanEvent['type']]: Row } = {
  UnitRegistered: toAll('roster', roster.UnitRegistered({ unit: OWN, name: '科技局', kind: null, aliases: [] })),
  UnitRenamed: toAll('roster', roster.UnitRenamed({ unit: OWN, name: '科学技术局', before: '科技局', from: '2023-01-01', reason: '更名' })),
  UnitAliasAdded: toAll('roster', roster.UnitAliasAdded({ unit: OWN, alias: '科委' })),
  UnitsMerged: toAll('roster', roster.UnitsMerged({ unit: OWN, into: PEER, from: '2023-01-01', reason: '合并' })),
  CollectiveDefined: toAll('roster', roster.CollectiveDefined({ collective: 'c', name: '各局' })),
  CollectiveMembershipChanged: toAll(
    'roster',
    roster.CollectiveMembershipChanged({ collective: 'c', members: [OWN], before: null, from: '2023-01-01' }),
  ),
  PolicyAdopted: toAll('policy-d', PolicyAdopted({ directive: 'd', version: 1, ...rulesOf() })),
  DirectiveImported: toAll(
    'directive-d',
    DirectiveImported({
      ...heading,
      sourceSha256: '0'.repeat(64),
      importer: '1',
      counts: {
        targets: 0,
        themes: 0,
        groups: 0,
        tasks: 0,
        items: 0,
        units: 0,
        collectives: 0,
        tasksWithCooperating: 0,
        tasksWithoutCooperating: 0,
      },
    }),
  ),
  DirectiveIssued: toAll('directive-d', DirectiveIssued(heading)),
  DirectiveAmended: toAll(
    'directive-d',
    DirectiveAmended({
      ...heading,
      sourceSha256: 'b'.repeat(64),
      importer: 'reader',
      effectiveFrom: '2023-05-01',
      reason: '更正',
      authority: '更正通知',
      taken: { added: 1, changed: 0, dropped: 0, left: 0, schedule: false },
    }),
  ),
  FindingRaised: toNobody('directive-d', FindingRaised({ n: 1, kind: 'other', subject: SHARED, line: 1, detail: '存疑' })),
  FindingRaisedByHand: toNobody(
    'directive-d',
    FindingRaisedByHand({ n: 2, kind: 'other', subject: SHARED, detail: '存疑', address: null }),
  ),
  ImportDrafted: toNobody('import-i', imports.ImportDrafted(draftedImport)),
  ImportCorrected: toNobody('import-i', imports.ImportCorrected({ directive: { number: '1号' } })),
  ImportCommitBegun: toNobody('import-i', imports.ImportCommitBegun({ directive: 'd' })),
  ImportCommitted: toNobody('import-i', imports.ImportCommitted(committedImport)),
  FindingDecided: toNobody('directive-d', FindingDecided({ n: 1, decision: '照原文', reason: null })),

  TaskAssigned: onTask(assigned, 'whole', 'whole'),
  AssignmentAcknowledged: onTask(task.AssignmentAcknowledged({ unit: OWN }), 'whole', 'nothing'),
  PlanSubmitted: onTask(planned, 'whole', 'nothing'),
  PlanReturned: onTask(task.PlanReturned({ n: 1, unit: OWN, reason: '不具体' }), 'whole', 'nothing'),
  PlanAccepted: onTask(task.PlanAccepted({ n: 1, unit: OWN }), 'whole', 'nothing'),
  ReportSubmitted: onTask(task.ReportSubmitted({ ...report, ...body }), 'whole', 'nothing'),
  ReportAmended: onTask(task.ReportAmended({ ...report, changes: { percent: 40 }, reason: '更正' }), 'whole', 'nothing'),
  ReportReturned: onTask(task.ReportReturned({ ...report, reason: '空泛' }), 'whole', 'nothing'),
  ReportAccepted: onTask(task.ReportAccepted(report), 'whole', 'nothing'),
  TaskReassigned: onTask(task.TaskReassigned({ from: assignees, to: assignees, effectiveFrom: '2023-05-01', ...why }), 'whole', 'whole'),
  LeaderChanged: onTask(task.LeaderChanged({ from: [], to: ['李四'], ...why }), 'whole', 'whole'),
  TaskAmended: onTask(task.TaskAmended({ from: { number: 1 }, to: { number: 2 }, effectiveFrom: '2023-05-01', ...why }), 'whole', 'whole'),
  ExtensionRequested: onTask(asked, 'whole', 'nothing'),
  ExtensionGranted: onTask(task.ExtensionGranted({ n: 1, from: '2023-10-31', until: '2023-12-31', ...why }), 'whole', {
    redacted: { n: 1, from: '2023-10-31', until: '2023-12-31' },
  }),
  ExtensionRefused: onTask(task.ExtensionRefused({ n: 1, ...why }), 'whole', 'nothing'),
  ReminderSent: onTask(task.ReminderSent({ unit: OWN, period: '2023-03', channel: '电话', text: '请报' }), 'whole', 'nothing'),
  CompletionClaimed: onTask(claimed, 'whole', 'nothing'),
  CompletionVerified: onTask(task.CompletionVerified({ n: 1, unit: OWN, reason: '属实' }), 'whole', { redacted: { n: 1 } }),
  CompletionRejected: onTask(task.CompletionRejected({ n: 1, unit: OWN, reason: '不足' }), 'whole', 'nothing'),
  TaskSuspended: onTask(task.TaskSuspended(why), 'whole', 'whole'),
  TaskResumed: onTask(task.TaskResumed(why), 'whole', 'whole'),
  TaskCancelled: onTask(task.TaskCancelled(why), 'whole', 'whole'),
  TaskReopened: onTask(task.TaskReopened(why), 'whole', 'whole'),

  ReturnFiled: of(
    'return-own-2023-03',
    ReturnFiled({ unit: OWN, period: '2023-03', entries: [{ task: SHARED, report: 'r' }] }),
    'whole',
    'nothing',
  ),
  SnapshotTaken: toNobody(
    'snapshot-s',
    SnapshotTaken({
      directive: 'd',
      period: null,
      position: 1,
      on: '2023-04-01',
      timeZone: 'Asia/Shanghai',
      policyVersions: [],
      judge: 1,
      digest: '0'.repeat(64),
    }),
  ),
  NoticeDrafted: onNotice(
    notice.NoticeDrafted({ ...draft, lines: [line(OWN), line(PEER)] }),
    { redacted: { ...told, lines: [line(OWN)], linesNotShown: 1 } },
    { redacted: { ...told, lines: [line(PEER)], linesNotShown: 1 } },
  ),
  NoticeIssued: onNotice(notice.NoticeIssued({ number: '1号', issuedOn: '2023-04-02' }), 'whole', 'whole'),
  NoticeCorrected: onNotice(notice.NoticeCorrected({ n: 1, unit: OWN, statement: '应为按时', ...why }), 'whole', 'nothing'),
  NoticeWithdrawn: onNotice(notice.NoticeWithdrawn(why), 'whole', 'whole'),
  ObjectionRaised: onNotice(notice.ObjectionRaised({ n: 1, unit: OWN, text: '已报' }), 'whole', 'nothing'),
  ObjectionAnswered: onNotice(notice.ObjectionAnswered({ n: 1, unit: OWN, upheld: true, text: '属实' }), 'whole', 'nothing'),
  InspectionOpened: onInspection(
    inspection.InspectionOpened(scope),
    { redacted: { ...scope, units: [OWN] } },
    { redacted: { ...scope, units: [PEER], tasks: [SHARED] } },
  ),
  FindingRecorded: onInspection(
    inspection.FindingRecorded({ n: 1, unit: OWN, task: SHARED, text: '滞后', attachments: [] }),
    'whole',
    'nothing',
  ),
  ConclusionIssued: onInspection(
    inspection.ConclusionIssued(conclusion),
    { redacted: { ...conclusion, deliveredTo: [OWN] } },
    { redacted: { ...conclusion, deliveredTo: [PEER] } },
  ),
  RectificationOrdered: onInspection(
    inspection.RectificationOrdered({ n: 1, finding: 1, unit: OWN, text: '限期', due: null }),
    'whole',
    'nothing',
  ),
  RectificationReported: onInspection(
    inspection.RectificationReported({ n: 1, unit: OWN, text: '已改', attachments: [] }),
    'whole',
    'nothing',
  ),
  RectificationVerified: onInspection(inspection.RectificationVerified({ n: 1, unit: OWN, done: true, text: '属实' }), 'whole', 'nothing'),

  KeyRotated: toAll('ledger', ledger.KeyRotated({ from: key, to: key, ...why })),
  LedgerRestarted: toAll(
    'ledger',
    ledger.LedgerRestarted({ old: { origin: 'o', key, source: 's' }, checkpoint: null, survived: 1, lost: null, origin: 'n', key, ...why }),
  ),
  LegalRemovalRecorded: toNobody('ledger', ledger.LegalRemovalRecorded({ position: 1, what: '附件', ...why })),
  SourceAnomalyDetected: toNobody(
    'ledger',
    ledger.SourceAnomalyDetected({ kind: 'event-altered', stream: 's', revision: null, position: null, detail: '…' }),
  ),
  ContactsRecorded: of('contacts-own', ContactsRecorded({ unit: OWN, contacts: { commitment: '0'.repeat(64) } }), 'whole', 'nothing'),
  PersonalDataErased: of(
    `erasure-${'0'.repeat(64)}`,
    PersonalDataErased({
      event: '00000000-0000-4000-8000-000000000000',
      commitment: '0'.repeat(64),
      unit: OWN,
      of: 'unit-contacts',
      ...why,
    }),
    'whole',
    'nothing',
  ),
  ReminderRulesSet: toNobody('reminders-d', reminders.ReminderRulesSet({ directive: 'd', at: '09:00', workingDays: false, steps: [] })),
  ReminderClaimed: of(
    'reminder-00000000-0000-4000-8000-000000000000',
    reminders.ReminderClaimed({
      heading: reminded,
      tasks: ['shared'],
      channel: 'email',
      addresses: 1,
      subject: '催办',
      text: '请报送',
      again: null,
      attempt: 1,
    }),
    'whole',
    'nothing',
  ),
  ReminderAnswered: toNobody(
    'reminder-00000000-0000-4000-8000-000000000000',
    reminders.ReminderAnswered({ attempt: 1, outcome: 'sent', answer: '250 OK' }),
  ),
  ReminderMissed: toNobody(
    'reminder-00000000-0000-4000-8000-000000000000',
    reminders.ReminderMissed({ heading: reminded, tasks: ['shared'], reason: 'not sent in time', subject: '催办', text: '请报送' }),
  ),
};

await test('what a leader or the office was told of a unit is not for the unit', async (t) => {
  for (const more of [
    { to: 'leader', leader: '万战伟' },
    { to: 'office', unit: null },
  ] as const) {
    const event = reminders.ReminderClaimed({
      heading: { ...reminded, ...more },
      tasks: ['shared'],
      channel: 'email',
      addresses: 1,
      subject: '催办',
      text: '请报送',
      again: null,
      attempt: 1,
    });
    t.equal(shownTo({ stream: 'reminder-00000000-0000-4000-8000-000000000000', ...event }, readers.own, around), 'nothing');
  }
});

await test('what a unit may see of each event', async (t) => {
  for (const [type, { stream, event, ...expected }] of Object.entries(rows)) {
    t.equal(event.type, type);
    for (const name of ['own', 'peer', 'stranger'] as const)
      t.strictSame(shownTo({ stream, ...event }, readers[name], around), expected[name], `${type} to ${name}`);
  }
});

await test('what was said to another unit under the same number is not one’s own', async (t) => {
  const granted = task.ExtensionGranted({ n: 2, from: '2023-10-31', until: '2023-12-31', ...why });
  t.strictSame(shownTo({ stream: `task-${SHARED}`, ...granted }, readers.own, around), {
    redacted: { n: 2, from: '2023-10-31', until: '2023-12-31' },
  });
  t.equal(shownTo({ stream: `task-${SHARED}`, ...granted }, readers.peer, around), 'whole');
});

await test('what is the unit’s own is nothing to it on a task that it may not read', async (t) => {
  for (const { stream, event } of Object.values(rows))
    if (stream.startsWith('task-')) t.equal(shownTo({ stream, ...event }, reader(OWN), around), 'nothing', event.type);
});

await test('a draft is shown to nobody whom it names, nor what is said of it', async (t) => {
  for (const { stream, event } of Object.values(rows))
    if (stream.startsWith('notice-'))
      for (const who of Object.values(readers)) t.equal(shownTo({ stream: 'notice-draft', ...event }, who, around), 'nothing', event.type);
});

await test('what is all about one unit is whole to it', async (t) => {
  const drafted = notice.NoticeDrafted({ ...draft, lines: [line(OWN)] });
  const alone = { redacted: { ...told, lines: [line(OWN)], linesNotShown: 0 } };
  t.same(shownTo({ stream: 'notice-issued', ...drafted }, readers.own, around), alone, 'but for the snapshot, which is of all units');
  const opened = inspection.InspectionOpened({ ...scope, units: [OWN] });
  t.equal(shownTo({ stream: 'inspection-i', ...opened }, readers.own, around), 'whole');
  const corrected = notice.NoticeCorrected({ n: 1, unit: null, statement: '全文更正', ...why });
  t.equal(shownTo({ stream: 'notice-issued', ...corrected }, readers.peer, around), 'whole', 'or about all that it names');
});

await test('what may be read does not name a task that may not', async (t) => {
  const below = task.TaskAssigned({ ...assigned.data, parent: 'mine' });
  const { parent: __, ...left } = below.data;
  t.equal(shownTo({ stream: `task-${SHARED}`, ...below }, readers.own, around), 'whole');
  t.same(shownTo({ stream: `task-${SHARED}`, ...below }, readers.peer, around), { redacted: left });
  const named = (tasks: readonly (string | { readonly theme: number })[]) =>
    PolicyAdopted({ directive: 'd', version: 1, ...rulesOf(), duties: rulesOf().duties.map((duty) => ({ ...duty, tasks })) });
  const tasksSeen = (shown: Shown): unknown =>
    typeof shown === 'object' && 'duties' in shown.redacted ? (shown.redacted.duties as readonly { tasks: unknown }[])[0]?.tasks : shown;
  const event = { stream: 'policy-d', ...named(['mine', SHARED, { theme: 1 }]) };
  t.equal(shownTo(event, readers.own, around), 'whole');
  t.same(tasksSeen(shownTo(event, readers.peer, around)), [SHARED, { theme: 1 }]);
  t.same(tasksSeen(shownTo(event, readers.stranger, around)), [{ theme: 1 }]);
});

await test('a task’s state holds to one reader what it has said itself', async (t) => {
  const events = [
    assigned,
    task.AssignmentAcknowledged({ unit: OWN }),
    planned,
    task.PlanSubmitted({ ...planned.data, n: 2, unit: PEER }),
    asked,
    task.ReportSubmitted({ ...report, ...body }),
    claimed,
  ] as const;
  const state = events.reduce<TaskState>((before, event) => evolveTask(before, event, 0), null);
  t.same(taskShownTo(null, readers.peer), null);
  t.match(taskShownTo(state, readers.own), { acknowledgedBy: [OWN], plans: [{ unit: OWN }], claims: [{ unit: OWN }], status: 'claimed' });
  const toPeer = taskShownTo(state, readers.peer);
  t.match(toPeer, { acknowledgedBy: [], plans: [{ unit: PEER }], extensions: [], claims: [], reports: {}, status: 'claimed' });
  t.same(Object.keys(toPeer?.reports ?? {}), []);
});
