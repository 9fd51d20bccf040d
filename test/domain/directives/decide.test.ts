import { test } from 'tap';
import { directiveDecider, policyDecider, type AdoptPolicy } from '../../../src/domain/directives/decide.ts';
import {
  DirectiveImported,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  PolicyAdopted,
  type DirectiveEvent,
  type PolicyEvent,
  type PolicyRules,
} from '../../../src/domain/directives/events.ts';
import { canonicalText } from '../../../src/kernel/canonical.ts';
import { policy as policyOf } from '../compliance/fixtures.ts';
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

const { version: _, ...rules } = policyOf();
const adopted = (version: number, more: Partial<PolicyRules> = {}) =>
  PolicyAdopted({ directive: heading.directive, version, ...rules, ...more });
const adopt = (more: Partial<PolicyRules> = {}, command: Partial<AdoptPolicy> = {}): AdoptPolicy => ({
  type: 'AdoptPolicy',
  directive: heading.directive,
  directiveKnown: true,
  onlyFirst: false,
  rules: { ...rules, ...more },
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
  await policy()
    .when(adopt({ monthly: null }))
    .then([adopted(1, { monthly: null })])(t);
  await policy()
    .when(adopt({ annual: null }))
    .then([adopted(1, { annual: null })])(t);
});

await test('every refusal about directives and policies is reached above', async (t) =>
  t.same(unreached('src/domain/directives/decide.ts'), []));
