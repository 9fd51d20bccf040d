import type { Duty } from '../../../src/domain/directives/duty.ts';
import { UNSAID, type Policy, type PolicyRules } from '../../../src/domain/directives/events.ts';
import type { AdoptedPolicy } from '../../../src/domain/directives/schedule.ts';
import { inLongForm, type ShortDuties } from '../../../src/domain/directives/short-form.ts';
import {
  byTask,
  type CompletionFact,
  type Facts,
  type PauseFact,
  type PlanFact,
  type ReportFacts,
  type SubmissionFact,
  type TaskFacts,
} from '../../../src/domain/compliance/facts.ts';
import { judge, type Question } from '../../../src/domain/compliance/judge.ts';
import type { Obligation } from '../../../src/domain/compliance/obligation.ts';
import type { Membership } from '../../../src/domain/roster/state.ts';
import type { Assignment } from '../../../src/domain/tasks/assignment.ts';
import type { Assignee } from '../../../src/domain/tasks/events.ts';
import { civilDay } from '../../../src/kernel/civil-days.ts';

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

const OFFICE = 'Asia/Shanghai';

/** The last instant of a civil day of the office, which stands for a day that is over. */
export const endOf = (day: string, timeZone = OFFICE): number => civilDay(day, timeZone).end - 1;

/** What holds from a day on was received as the day began, unless a test says otherwise. */
const receivedOn = (day: string): number => civilDay(day, OFFICE).from;

/** The notice's own schedule: each month by the 30th, the year by 25 December. */
const NOTICE: ShortDuties = {
  monthly: { from: '2023-01', to: '2023-12', day: 30 },
  annual: { year: 2023, due: '12-25' },
  cutoff: '24:00',
  shift: 'none',
  reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
};

const BASE = {
  effectiveFrom: '2023-01-10',
  timeZone: OFFICE,
  bound: 'inclusive',
  decides: 'first-submission',
  completed: 'release',
  ...UNSAID,
} as const;

/** What a policy is told apart by in a test: its duties in either form, and the rest. */
export type PolicyGiven = Partial<Policy> & Partial<ShortDuties> & { readonly receivedAt?: number };

type RulesGiven = Omit<PolicyGiven, 'version' | 'receivedAt'>;

/** The rules of a policy in the short form, as a request says them. */
export const shortRules = (more: RulesGiven = {}) => ({ ...BASE, ...NOTICE, ...more });

/** The rules of a policy, as a command has them. */
export const rulesOf = ({ monthly, annual, cutoff, shift, reporters, ...more }: RulesGiven = {}): PolicyRules => ({
  ...inLongForm({
    ...BASE,
    monthly: monthly === undefined ? NOTICE.monthly : monthly,
    annual: annual === undefined ? NOTICE.annual : annual,
    cutoff: cutoff ?? NOTICE.cutoff,
    shift: shift ?? NOTICE.shift,
    reporters: reporters ?? NOTICE.reporters,
  }),
  ...more,
});

export const policy = ({ version = 1, receivedAt, ...more }: PolicyGiven = {}): AdoptedPolicy => {
  const rules = rulesOf(more);
  return { version, ...rules, receivedAt: receivedAt ?? receivedOn(rules.effectiveFrom) };
};

/** A duty, every month by the 30th unless more is said. */
export const dutyOf = (id: string, more: Partial<Omit<Duty, 'due'>> & { readonly due?: Partial<Duty['due']> } = {}): Duty => ({
  id,
  name: id,
  every: 'month',
  from: '2023-01',
  to: '2023-12',
  monthEnd: 'clamp',
  who: NOTICE.reporters,
  asks: 'report',
  ...more,
  due: { offset: 0, cutoff: '24:00', shift: 'none', ...(more.due ?? { day: 30 }) },
});

/** A fact as a test says it: what nearly all have alike may be left out. */
type Given<Fact, Usual extends keyof Fact> = Omit<Fact, Usual> & Partial<Pick<Fact, Usual>>;

export type TaskGiven = Partial<Omit<TaskFacts, 'assignments' | 'pauses' | 'claims' | 'completions' | 'plans'>> & {
  readonly assignments?: readonly Given<Assignment, 'receivedAt'>[];
  /** Grants of more time. */
  readonly extensions?: readonly { readonly until: string; readonly grantedAt: number }[];
  /** Spans, by the receipts of what began and ended them. */
  readonly pauses?: readonly { readonly from: number; readonly to: number | null }[];
  /** Receipts; a claim that a completion names was decided by it, any other is open. */
  readonly claims?: readonly number[];
  readonly completions?: readonly Given<CompletionFact, 'reopenings'>[];
  readonly plans?: readonly Given<PlanFact, 'n' | 'milestones'>[];
};

export const task = (more: TaskGiven = {}): TaskFacts => {
  const { assignments = [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE)] }], extensions = [], pauses = [] } = more;
  const { claims, completions = [], plans = [], ...facts } = more;
  const claimed = claims ?? completions.map(({ claimedAt }) => claimedAt);
  return {
    id: TASK,
    directive: 'sanzhengban-2023-1',
    kind: 'task',
    number: 25,
    theme: null,
    leaders: [],
    acknowledgements: [],
    originalDeadline: null,
    milestones: [],
    deadlines: extensions.map(({ until, grantedAt }) => ({ by: 'grant', until, receivedAt: grantedAt, reopenings: 0 })),
    reopenings: 0,
    requests: [],
    measurements: [],
    ...facts,
    assignments: assignments.map((each) => ({ receivedAt: receivedOn(each.effectiveFrom), ...each })),
    pauses: pauses.flatMap(({ from, to }): readonly PauseFact[] => [
      { begins: true, receivedAt: from },
      ...(to === null ? [] : [{ begins: false, receivedAt: to }]),
    ]),
    claims: claimed.map((claimedAt) => ({
      claimedAt,
      decidedAt: completions.find((completion) => completion.claimedAt === claimedAt)?.verifiedAt ?? null,
    })),
    completions: completions.map((completion) => ({ reopenings: 0, ...completion })),
    plans: plans.map((plan, index) => ({ n: index + 1, milestones: [], ...plan })),
  };
};

/** A report whose versions were received at these instants, none accepted. */
export const report = (unit: string, period: string, ...received: readonly string[]): ReportFacts =>
  reportOf(unit, period, ...received.map((text) => ({ receivedAt: at(text), acceptedAt: null })));

/** A version; what it says matters to few tests. */
export type Version = Given<SubmissionFact, 'says' | 'returnedAt'>;

const ON_TRACK = { status: 'on-track', percent: null, figures: [] } as const;

export const reportOf = (unit: string, period: string, ...versions: readonly Version[]): ReportFacts => ({
  id: `${unit}-${period.toLowerCase()}`,
  task: TASK,
  unit,
  period,
  duty: null,
  submissions: versions.map((version) => ({ says: ON_TRACK, returnedAt: null, ...version })),
});

export const facts = (more: {
  readonly policies?: readonly AdoptedPolicy[];
  readonly tasks?: readonly TaskFacts[];
  readonly reports?: readonly ReportFacts[];
  readonly members?: readonly Given<Membership, 'receivedAt'>[];
  readonly timeZone?: string;
}): Facts => ({
  directive: 'sanzhengban-2023-1',
  timeZone: more.timeZone ?? OFFICE,
  policies: more.policies ?? [policy()],
  units: new Map([
    [SCIENCE, { names: [{ name: '市科技局', from: null, to: null, receivedAt: receivedOn('2023-01-10') }], mergedInto: null }],
    [
      FINANCE,
      {
        names: [
          { name: '市财政局', from: null, to: '2023-07-01', receivedAt: receivedOn('2023-01-10') },
          { name: '市财政金融局', from: '2023-07-01', to: null, receivedAt: receivedOn('2023-07-01') },
        ],
        mergedInto: null,
      },
    ],
  ]),
  collectives: new Map([
    [
      COUNTIES,
      { name: '各县(市、区)政府', memberships: (more.members ?? []).map((each) => ({ receivedAt: receivedOn(each.from), ...each })) },
    ],
  ]),
  tasks: more.tasks ?? [task()],
  reports: byTask(more.reports ?? []),
});

/** Obligations as `unit period state +daysLate`, with `*` where received on the due day itself. */
export const shown = ({ unit, period, state, daysLate, onTheDay }: Obligation): string =>
  `${unit} ${period} ${state}${daysLate > 0 ? ` +${daysLate}` : ''}${onTheDay ? ' *' : ''}`;

/** Judged at the end of a day of the office. */
export const verdicts = (known: Facts, on: string, kind = 'monthly', more: Partial<Question> = {}): readonly string[] =>
  judge(known, { at: endOf(on), kinds: [kind], ...more }).obligations.map(shown);
