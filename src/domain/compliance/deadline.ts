import { civilDay } from '../../kernel/civil-days.ts';
import type { Moment } from '../../kernel/moment.ts';
import { UNSAID } from '../directives/events.ts';
import { policyOn, type AdoptedPolicy } from '../directives/schedule.ts';
import type { FactsAt } from './facts-at.ts';
import type { ClaimFact, CompletionFact, TaskFacts } from './facts.ts';
import { daysLateOf, type ObligationState } from './obligation.ts';
import { isWaived } from './paused.ts';

/** A task against its own deadline (docs/judging.md, rule 6). The facts are those of the moment judged. */

type Grounds = Pick<FactsAt, 'policies' | 'timeZone' | 'moment'>;

const lateExtensionsOf = (policy: AdoptedPolicy | undefined): AdoptedPolicy['lateExtensions'] =>
  policy?.lateExtensions ?? UNSAID.lateExtensions;

const policyFor = ({ policies, timeZone, moment }: Grounds, deadline: string): AdoptedPolicy | undefined =>
  policyOn(policies, deadline, timeZone, moment);

type Binding = {
  readonly deadline: string;
  /** Days to which more time was granted too late, in so far as that excuses. */
  readonly excuses: readonly string[];
};

/**
 * The deadline that binds: more time binds where it was granted while the deadline before it ran, or was waived, or
 * the policy counts late grants; an amendment where the deadline before had not fallen due by its first day.
 */
export const bindingDeadline = (task: TaskFacts, grounds: Grounds): Binding | undefined => {
  let deadline = task.originalDeadline;
  const excuses: string[] = [];
  for (const { by, until, effectiveFrom, receivedAt } of task.deadlines) {
    if (by === 'amendment' && deadline !== null && effectiveFrom !== undefined && deadline < effectiveFrom) {
      if (!isWaived(task, civilDay(deadline, grounds.timeZone).end)) continue; // it had fallen due before
    }
    if (by === 'grant' && deadline !== null && until !== null) {
      const { end } = civilDay(deadline, grounds.timeZone);
      const isLate = receivedAt >= end && !isWaived(task, end);
      const rule = isLate ? lateExtensionsOf(policyFor(grounds, deadline)) : 'count';
      if (rule === 'excuse') excuses.push(until);
      if (rule !== 'count') continue;
    }
    deadline = until;
  }
  return deadline === null ? undefined : { deadline, excuses };
};

/** Completions recorded after the last reopening that named a deadline. */
const completionsThatCount = ({ deadlines, completions }: TaskFacts): readonly CompletionFact[] => {
  const reopened = deadlines.findLast(({ by }) => by === 'reopening')?.reopenings ?? 0;
  return completions.filter(({ reopenings }) => reopenings >= reopened);
};

const firstClaimed = (claims: readonly Pick<ClaimFact, 'claimedAt'>[]): number | undefined =>
  claims.length === 0 ? undefined : Math.min(...claims.map(({ claimedAt }) => claimedAt));

type Kept = Pick<DeadlineVerdict, 'state' | 'receivedAt' | 'completedAt'>;

/** What a term that ends at `end` makes of the claims and completions. */
const keptBy = (task: TaskFacts, end: number, moment: Moment): Kept => {
  const completions = completionsThatCount(task);
  // What had been kept when it fell due stays kept, though it was undone later.
  const inTime = firstClaimed(
    completions.filter(({ claimedAt, reopenedAt }) => claimedAt < end && (reopenedAt === null || reopenedAt >= end)),
  );
  const late = firstClaimed(completions.filter(({ reopenedAt }) => reopenedAt === null));
  const open = firstClaimed(task.claims.filter(({ decidedAt }) => decidedAt === null));
  const awaits = open !== undefined && open < end;
  const completedAt = inTime ?? late;
  const receipts = { completedAt, receivedAt: completedAt ?? (awaits ? open : undefined) };
  if (isWaived(task, end)) return { state: 'waived', ...receipts };
  if (inTime !== undefined) return { state: 'on-time', ...receipts };
  if (late !== undefined) return { state: 'late', ...receipts };
  if (awaits || task.requests.some(({ requestedAt, decidedAt }) => decidedAt === null && requestedAt < end))
    return { state: 'awaiting', ...receipts };
  return { state: moment.reached(end) ? 'missing' : 'not-yet-due', ...receipts };
};

export type DeadlineVerdict = {
  /** The deadline that binds. */
  readonly deadline: string;
  /** Epoch ms of the exclusive end of what is in time, and the same as RFC 3339 in the zone's offset. */
  readonly end: number;
  readonly due: string;
  /** The receipt of the claim that decides, or that awaits the office. */
  readonly receivedAt: number | undefined;
  /** The same of a claim that was verified, whatever the state. */
  readonly completedAt: number | undefined;
  readonly state: ObligationState;
  readonly daysLate: number;
  /** Received on the deadline's very day. */
  readonly onTheDay: boolean;
  /** Version of the policy in force on the deadline's day. */
  readonly policy: number | null;
};

export const judgeDeadline = (task: TaskFacts, grounds: Grounds): DeadlineVerdict | undefined => {
  const binding = bindingDeadline(task, grounds);
  if (binding === undefined) return undefined;
  const { deadline, excuses } = binding;
  const { timeZone, moment } = grounds;
  const { from, end, endText: due } = civilDay(deadline, timeZone);
  const { state, receivedAt, completedAt } = keptBy(task, end, moment);
  const isExcused =
    (state === 'late' || state === 'missing') &&
    excuses.some((until) => until > deadline && keptBy(task, civilDay(until, timeZone).end, moment).state !== state);
  return {
    deadline,
    end,
    due,
    receivedAt,
    completedAt,
    state: isExcused ? 'excused' : state,
    daysLate: isExcused ? 0 : daysLateOf(state, { day: deadline, end, timeZone }, receivedAt, moment),
    onTheDay: receivedAt !== undefined && from <= receivedAt && receivedAt < end,
    policy: policyFor(grounds, deadline)?.version ?? null,
  };
};
