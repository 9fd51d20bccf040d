import { UNSAID, type Policy } from '../../../src/domain/directives/events.ts';
import { reportKey, type Facts, type ReportFacts, type SubmissionFact, type TaskFacts } from '../../../src/domain/compliance/facts.ts';
import { judge, type Obligation, type ObligationKind, type Question } from '../../../src/domain/compliance/judge.ts';
import type { Membership } from '../../../src/domain/roster/state.ts';
import type { Assignee } from '../../../src/domain/tasks/events.ts';

/** Facts by hand, and verdicts as short lines that a table can hold. */

export const SCIENCE = 'shi-ke-ji-ju';
export const FINANCE = 'shi-cai-zheng-ju';
export const DISTRICT = 'hu-bin-qu-zheng-fu';
export const COUNTY = 'lu-shi-xian-zheng-fu';
export const COUNTIES = 'ge-xian-shi-qu-zheng-fu';
export const TASK = 'task-25';

export const lead = (party: string, kind: Assignee['kind'] = 'unit'): Assignee => ({ role: 'lead', party, kind });
export const cooperating = (party: string): Assignee => ({ role: 'cooperating', party, kind: 'unit' });

/** Epoch milliseconds of an RFC 3339 instant. */
export const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** The notice's own schedule: each month by the 30th, the year by 25 December. */
export const policy = (more: Partial<Policy> = {}): Policy => ({
  version: 1,
  effectiveFrom: '2023-01-10',
  timeZone: 'Asia/Shanghai',
  monthly: { from: '2023-01', to: '2023-12', day: 30 },
  annual: { year: 2023, due: '12-25' },
  bound: 'inclusive',
  cutoff: '24:00',
  monthEnd: 'clamp',
  shift: 'none',
  reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
  decides: 'first-submission',
  ...UNSAID,
  ...more,
});

export const task = (more: Partial<TaskFacts> = {}): TaskFacts => ({
  id: TASK,
  directive: 'sanzhengban-2023-1',
  kind: 'task',
  number: 25,
  assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE)] }],
  originalDeadline: null,
  extensions: [],
  pauses: [],
  completions: [],
  claims: [],
  plans: [],
  measurements: [],
  ...more,
});

/** A report whose versions were received at these instants, none accepted. */
export const report = (unit: string, period: string, ...received: readonly string[]): ReportFacts =>
  reportOf(unit, period, ...received.map((text) => ({ receivedAt: at(text), acceptedAt: null })));

/** A version; what it says matters to few tests. */
export type Version = Omit<SubmissionFact, 'says'> & Partial<SubmissionFact>;

const ON_TRACK = { status: 'on-track', percent: null, figures: [] } as const;

export const reportOf = (unit: string, period: string, ...versions: readonly Version[]): ReportFacts => ({
  id: `${unit}-${period}`,
  task: TASK,
  unit,
  period,
  submissions: versions.map((version) => ({ says: ON_TRACK, ...version })),
});

export const facts = (more: {
  readonly policies?: readonly Policy[];
  readonly tasks?: readonly TaskFacts[];
  readonly reports?: readonly ReportFacts[];
  readonly members?: readonly Membership[];
  readonly timeZone?: string;
}): Facts => ({
  directive: 'sanzhengban-2023-1',
  timeZone: more.timeZone ?? 'Asia/Shanghai',
  policies: more.policies ?? [policy()],
  units: new Map([
    [SCIENCE, { names: [{ name: '市科技局', from: null, to: null }], mergedInto: null }],
    [
      FINANCE,
      {
        names: [
          { name: '市财政局', from: null, to: '2023-07-01' },
          { name: '市财政金融局', from: '2023-07-01', to: null },
        ],
        mergedInto: null,
      },
    ],
  ]),
  collectives: new Map([[COUNTIES, { name: '各县(市、区)政府', memberships: more.members ?? [] }]]),
  tasks: more.tasks ?? [task()],
  reports: new Map((more.reports ?? []).map((each) => [reportKey(each.task, each.unit, each.period), each])),
});

/** Obligations as `unit period state +daysLate`, with `*` where received on the due day itself. */
export const shown = ({ unit, period, state, daysLate, onTheDay }: Obligation): string =>
  `${unit} ${period} ${state}${daysLate > 0 ? ` +${daysLate}` : ''}${onTheDay ? ' *' : ''}`;

export const verdicts = (known: Facts, on: string, kind: ObligationKind = 'monthly', more: Partial<Question> = {}): readonly string[] =>
  judge(known, { on, kinds: [kind], ...more }).obligations.map(shown);
