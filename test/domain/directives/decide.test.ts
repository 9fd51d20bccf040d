import { test } from 'tap';
import { duty, type Duty } from '../../../src/domain/directives/duty.ts';
import { directiveDecider, policyDecider, type AdoptPolicy } from '../../../src/domain/directives/decide.ts';
import {
  DirectiveAmended,
  DirectiveImported,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  FindingRaisedByHand,
  PolicyAdopted,
  policyRules,
  type DirectiveEvent,
  type PolicyEvent,
} from '../../../src/domain/directives/events.ts';
import { canonicalText } from '../../../src/kernel/canonical.ts';
import { dutyOf, rulesOf, type PolicyGiven } from '../compliance/fixtures.ts';
import { given, unreached } from '../../support/given.ts';

const heading = {
  directive: 'sanzhengban-2023-1',
  number: '三政办〔2023〕1号',
  title: '关于明确2023年政府工作报告重点工作责任单位的通知',
  issuer: '三门峡市人民政府办公室',
  date: '2023-01-10',
  timeZone: 'Asia/Shanghai',
};
const counts = {
  targets: 13,
  themes: 8,
  groups: 35,
  tasks: 99,
  items: 85,
  units: 73,
  collectives: 4,
  tasksWithCooperating: 89,
  tasksWithoutCooperating: 10,
};
const source = { sourceSha256: 'a'.repeat(64), importer: 'duban-notice-importer/1', counts };
const found = { n: 1, kind: 'no-leader', subject: 'sanzhengban-2023-1-task-1', line: 30, detail: 'no leader is named' } as const;

const imported = DirectiveImported({ ...heading, ...source });
const raised = FindingRaised(found);
const issued = DirectiveIssued(heading);

const begin = (more: { readonly sourceSha256?: string } = {}) =>
  ({ type: 'BeginImport', ...heading, ...source, findings: [found], ...more }) as const;
const issue = (completesImport: boolean) => ({ type: 'IssueDirective', ...heading, completesImport }) as const;
const decideFinding = (n: number) => ({ type: 'DecideFinding', n, decision: '以通知正文为准', reason: null }) as const;
const directive = (...events: DirectiveEvent[]) => given(directiveDecider, events);

await test('an import records the source and what it leaves open, and the same bytes again change nothing', async (t) => {
  await directive().when(begin()).then([imported, raised])(t);
  await directive(imported, raised).when(begin()).then([])(t);
  await directive(imported, raised, issued).when(begin()).then([])(t);
  await directive(imported, raised)
    .when(begin({ sourceSha256: 'b'.repeat(64) }))
    .thenRejected('source-differs')(t);
  await directive(issued).when(begin()).thenRejected('source-differs')(t);
});

await test('a directive is issued once, by hand or as the end of its import', async (t) => {
  await directive().when(issue(false)).then([issued])(t);
  await directive(imported, raised).when(issue(true)).then([issued])(t);
  await directive(imported, raised, issued).when(issue(true)).then([])(t);
  await directive(imported).when(issue(false)).thenRejected('directive-exists', '/id')(t);
  await directive(issued).when(issue(false)).thenRejected('directive-exists', '/id')(t);
  t.match(directive(imported, issued).state, { status: 'issued', sourceSha256: 'a'.repeat(64), date: '2023-01-10' });
});

await test('a finding is decided once, by a person', async (t) => {
  await directive(imported, raised)
    .when(decideFinding(1))
    .then([FindingDecided({ n: 1, decision: '以通知正文为准', reason: null })])(t);
  await directive(imported, raised).when(decideFinding(2)).thenRejected('finding-unknown')(t);
  await directive().when(decideFinding(1)).thenRejected('directive-unknown')(t);
  await directive(imported, raised, FindingDecided({ n: 1, decision: 'x', reason: null }))
    .when(decideFinding(1))
    .thenRejected('already-decided')(t);
});

await test('a person’s finding takes the next number, on a directive that was imported or registered by hand', async (t) => {
  const byHand = { kind: 'other', subject: 'sanzhengban-2023-1-task-2', detail: '两处说法不一', address: '第12行' } as const;
  const raise = (subjectKnown = true) => ({ type: 'RaiseFinding', subjectKnown, ...byHand }) as const;
  await directive(imported, raised, issued)
    .when(raise())
    .then([FindingRaisedByHand({ n: 2, ...byHand })])(t);
  await directive(issued)
    .when(raise())
    .then([FindingRaisedByHand({ n: 1, ...byHand })])(t);
  await directive(issued, FindingRaisedByHand({ n: 1, ...byHand }))
    .when(decideFinding(1))
    .then([FindingDecided({ n: 1, decision: '以通知正文为准', reason: null })])(t);
  await directive(issued).when(raise(false)).thenRejected('task-unknown', '/task')(t);
  await directive().when(raise()).thenRejected('directive-unknown')(t);
});

/** As it is recorded. */
const adopted = (version: number, more: PolicyGiven = {}) => PolicyAdopted({ directive: heading.directive, version, ...rulesOf(more) });
const adopt = (more: PolicyGiven = {}, command: Partial<AdoptPolicy> = {}): AdoptPolicy => ({
  type: 'AdoptPolicy',
  directive: heading.directive,
  directiveKnown: true,
  onlyFirst: false,
  form: more.duties === undefined ? 'short' : 'long',
  rules: rulesOf(more),
  ...command,
});
const policy = (...events: PolicyEvent[]) => given(policyDecider, events);

await test('policies are numbered from 1 and each holds from its day', async (t) => {
  await policy()
    .when(adopt())
    .then([adopted(1)])(t);
  await policy(adopted(1))
    .when(adopt({ bound: 'exclusive', effectiveFrom: '2023-06-01' }))
    .then([adopted(2, { bound: 'exclusive', effectiveFrom: '2023-06-01' })])(t);
  await policy(adopted(1))
    .when(adopt({ cutoff: '17:30' }))
    .then([adopted(2, { cutoff: '17:30' })])(t);
  await policy(adopted(1))
    .when(adopt({ effectiveFrom: '2023-01-09' }))
    .thenRejected(
      'date-order',
      '/effectiveFrom',
    )(t);
});

await test('the policy in force again is no new version, however the log gave its members back', async (t) => {
  await policy(adopted(1)).when(adopt()).then([])(t);
  const { data } = adopted(1);
  const fromLog = PolicyAdopted(JSON.parse(canonicalText(data)) as typeof data); // the same members in the order of RFC 8785
  await policy(fromLog).when(adopt()).then([])(t);
  await policy(adopted(1), adopted(2, { cutoff: '17:30' }))
    .when(adopt())
    .then([adopted(3)])(t);
});

await test('an import adopts its schedule once, a person as often as there are reasons', async (t) => {
  await policy()
    .when(adopt({}, { onlyFirst: true }))
    .then([adopted(1)])(t);
  await policy(adopted(1))
    .when(adopt({ cutoff: '17:30' }, { onlyFirst: true }))
    .then([])(t);
});

await test('a schedule that cannot be kept is not adopted', async (t) => {
  await policy()
    .when(adopt({}, { directiveKnown: false }))
    .thenRejected('directive-unknown')(t);
  await policy()
    .when(adopt({ monthly: null, annual: null }))
    .thenRejected(
      'nothing-changed',
      '/monthly',
    )(t);
  await policy()
    .when(adopt({ monthly: { from: '2023-12', to: '2023-01', day: 30 } }))
    .thenRejected(
      'date-order',
      '/monthly/to',
    )(t);
  await policy()
    .when(adopt({ shift: 'next-working-day' }))
    .thenRejected(
      'calendar-missing',
      '/shift',
    )(t);
  const tooEarly = { bound: 'exclusive', monthly: { from: '2023-01', to: '2023-12', day: 1 } } as const;
  await policy().when(adopt(tooEarly)).thenRejected('date-order', '/monthly/day')(t);
  const tooLong = { monthly: { from: '0001-01', to: '9999-12', day: 1 } };
  await policy().when(adopt(tooLong)).thenRejected('date-order', '/monthly/to')(t);
});

await test('null in the short form withdraws what an older policy has, and says nothing where none does', async (t) => {
  const none = { withdrawn: [] };
  await policy()
    .when(adopt({ monthly: null }))
    .then([adopted(1, { monthly: null, ...none })])(t);
  await policy()
    .when(adopt({ annual: null }))
    .then([adopted(1, { annual: null, ...none })])(t);
  await policy(adopted(1))
    .when(adopt({ annual: null }))
    .then([adopted(2, { annual: null, withdrawn: ['annual'] })])(t);
  await policy(adopted(1), adopted(2, { annual: null, withdrawn: ['annual'] }))
    .when(adopt({ annual: null }))
    .then([])(t);
  const both = adopt({ monthly: null, annual: null });
  await policy(adopted(1))
    .when(both)
    .then([adopted(2, { monthly: null, annual: null, withdrawn: ['monthly', 'annual'] })])(t);
});

await test('a duty that cannot be kept is refused at its own field', async (t) => {
  const weekly = dutyOf('weekly', { every: 'week', from: '2023-W01', to: '2023-W52', due: { weekday: 5 } });
  const duties = (...more: readonly Duty[]): PolicyGiven => ({ duties: [weekly, ...more], withdrawn: [] });
  await policy()
    .when(adopt(duties()))
    .then([adopted(1, duties())])(t);
  const backwards = dutyOf('d', { from: '2023-02', to: '2023-01' });
  await policy()
    .when(adopt(duties(backwards)))
    .thenRejected(
      'date-order',
      '/duties/1/to',
    )(t);
  const before = dutyOf('d', { every: 'once', from: '2023-02', to: '2023-02', due: { date: '2023-01-31' } });
  await policy()
    .when(adopt(duties(before)))
    .thenRejected(
      'date-order',
      '/duties/1/due',
    )(t);
  const counted = dutyOf('d', { due: { day: 5, shift: 'nth-working-day' } });
  await policy()
    .when(adopt(duties(counted)))
    .thenRejected(
      'calendar-missing',
      '/duties/1/due/shift',
    )(t);
  const unknown = { ...duties(counted), calendar: { source: '公告', years: { '2023': { holidays: [], workdays: [] } } } };
  await policy()
    .when(adopt(unknown))
    .then([adopted(1, unknown)])(t);
  const later = { ...unknown, duties: [dutyOf('d', { to: '2024-01', due: { day: 5, shift: 'nth-working-day' } })] };
  await policy().when(adopt(later)).thenRejected('calendar-missing', '/calendar/years')(t);
  await policy()
    .when(adopt({ duties: [], withdrawn: [] }))
    .thenRejected(
      'nothing-changed',
      '/duties',
    )(t);
  await policy(adopted(1))
    .when(adopt({ ...duties(), withdrawn: ['annual', 'weekly'] }))
    .thenRejected(
      'nothing-changed',
      '/withdrawn/1',
    )(t);
  await policy(adopted(1))
    .when(adopt({ ...duties(), withdrawn: ['unheard-of'] }))
    .thenRejected(
      'nothing-changed',
      '/withdrawn/0',
    )(t);
});

await test('what does not go with the period of a duty is malformed, and its field named', async (t) => {
  const faults = (more: Parameters<typeof dutyOf>[1]): readonly string[] =>
    duty.safeParse(dutyOf('d', more)).error?.issues.map(({ path }) => path.join('/')) ?? [];
  t.same(faults({}), []);
  const week = { every: 'week', from: '2023-W01', to: '2023-W52' } as const;
  const quarter = { every: 'quarter', from: '2023-Q1', to: '2023-Q4' } as const;
  const table: readonly (readonly [Parameters<typeof dutyOf>[1], string])[] = [
    [{ from: '2023-W01' }, 'from'],
    [{ to: '2023' }, 'to'],
    [{ due: { weekday: 1 } }, 'due/weekday'],
    [{ due: { date: '12-25' } }, 'due/date'],
    [{ due: {} }, 'due/day'],
    [{ due: { day: 3, month: 1 } }, 'due/month'],
    [{ ...week, due: { day: 3 } }, 'due/day'],
    [{ ...week, due: { weekday: 8 } }, 'due/weekday'],
    [{ ...quarter, due: { day: 3, month: 4 } }, 'due/month'],
    [{ ...quarter, due: { day: 3, offset: -1 } }, 'due/offset'],
    [{ due: { day: 3, cutoff: '25:00' } }, 'due/cutoff'],
    [{ every: 'year', from: '2023', to: '2023', due: { date: '2023-12-25' } }, 'due/date'],
    [{ every: 'once', from: '2023', to: '2024', due: { date: '2024-01-31' } }, 'to'],
    [{ every: 'once', from: '2023', to: '2023', due: { date: '2024-01-31', offset: 1 } }, 'due/offset'],
    [{ every: 'ten-days', from: '2023-01-T1', to: '2023-12-T3', due: { day: 3, shift: 'nth-working-day' } }, 'due/shift'],
  ];
  for (const [more, field] of table) t.ok(faults(more).includes(field), `${field} of ${JSON.stringify(more)}`);
  t.same(duty.safeParse(dutyOf('deadline')).error?.issues[0]?.path, ['id'], 'the name of what is owed without a policy');
  t.notOk(policyRules.safeParse(rulesOf({ duties: [dutyOf('d'), dutyOf('d')] })).success, 'a duty is named once');
});

await test('every refusal about directives and policies is reached above', async (t) =>
  t.same(unreached('src/domain/directives/decide.ts'), []));

await test('another edition is taken of a directive in force, once', async (t) => {
  const edition = {
    ...heading,
    date: '2023-05-01',
    sourceSha256: 'b'.repeat(64),
    importer: source.importer,
    effectiveFrom: '2023-05-10',
    reason: '印刷有误',
    authority: '更正通知',
    taken: { added: 1, changed: 2, dropped: 0, left: 1, schedule: false },
  };
  const amend = { type: 'AmendDirective', ...edition } as const;
  const amended = DirectiveAmended(edition);
  for (const events of [[], [imported]])
    await directive(...events)
      .when(amend)
      .thenRejected('directive-unknown')(t);
  await directive(imported, issued).when(amend).then([amended])(t);
  await directive(imported, issued, amended).when(amend).then([])(t);
});
