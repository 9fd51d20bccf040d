import { accept, decideBy, reject, type CommandsOf, type Decide, type Decider, type OfType } from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import type { Moment } from '../../kernel/moment.ts';
import { DEADLINE } from '../compliance/obligation.ts';
import {
  ReminderAnswered,
  ReminderClaimed,
  ReminderMissed,
  ReminderRulesSet,
  type reminderActs,
  type ReminderEvent,
  type ReminderStep,
  type ruleActs,
  type RuleEvent,
} from './events.ts';
import { reminderFolding, rulesFolding, type ReminderState, type ReminderStatus, type RulesSet } from './state.ts';
import { say } from '../../messages/message.ts';

/** When a reminder may be sent: once, but for one that is known not to have gone, or that a person has sent again. */

export type SetRules = CommandsOf<
  typeof ruleActs,
  { readonly SetReminderRules: { readonly directiveKnown: boolean; readonly hasCalendar: boolean; readonly duties: readonly string[] } }
>;

/** Who is named twice gets one all the same. */
const withEachOnce = ({ to, of, ...step }: ReminderStep): ReminderStep => ({
  ...step,
  to: [...new Set(to)],
  ...(of === undefined ? {} : { of: [...new Set(of)] }),
});

export const rulesDecider: Decider<RulesSet | null, SetRules, RuleEvent> = {
  ...rulesFolding,
  decide: (known, { type: _, directiveKnown, hasCalendar, duties, ...said }) => {
    const set = { ...said, steps: said.steps.map(withEachOnce) };
    if (!directiveKnown) return reject('directive-unknown', say('reminders.no-directive-known', { directive: set.directive }));
    if (set.workingDays && !hasCalendar)
      return reject('calendar-missing', say('reminders.without-calendar-holidays-no-working-day'), { pointer: '/workingDays' });
    const { at, workingDays, steps } = set;
    const unknown = steps.flatMap(({ of = [] }, step) =>
      of.flatMap((kind, n) => (kind === DEADLINE || duties.includes(kind) ? [] : [{ kind, pointer: `/steps/${step}/of/${n}` }])),
    )[0];
    if (unknown !== undefined)
      return reject('duty-unknown', say('reminders.no-duty-of-the-directive', { kind: unknown.kind }), { pointer: unknown.pointer });
    if (known !== null && sameJson({ at: known.at, workingDays: known.workingDays, steps: known.steps }, { at, workingDays, steps }))
      return accept();
    return accept(ReminderRulesSet(set));
  },
};

export type ReminderCommand = CommandsOf<typeof reminderActs>;
type Rule<Type extends ReminderCommand['type']> = Decide<ReminderState, OfType<ReminderCommand, Type>, ReminderEvent>;

/** What is known not to have gone is tried so often. */
const MOST_ATTEMPTS = 5;
/** After the first failure; after each further one that much longer. */
const WAIT_MILLIS = 15 * 60_000;
/** A mail that was claimed so long ago is not under way any more: the longest that a sender waits for its server, and a minute. */
export const UNDER_WAY_MILLIS = 3 * 60_000;

/** As it stands at a moment: of a claim that no answer follows nobody can tell whether the mail went. `at`: epoch ms, of the last step. */
export const standingAt = (status: ReminderStatus, at: number, { reached }: Pick<Moment, 'reached'>): ReminderStatus =>
  status === 'claimed' && reached(at + UNDER_WAY_MILLIS) ? 'unknown' : status;

const mayClaim = (state: ReminderState, byPerson: boolean, now: number): boolean => {
  if (state === null) return !byPerson;
  const { status, attempts, at } = state;
  if (status === 'sent') return false;
  if (byPerson) return status !== 'claimed' || now - at >= UNDER_WAY_MILLIS;
  return status === 'failed' && attempts < MOST_ATTEMPTS && now - at >= attempts * WAIT_MILLIS;
};

/** With nothing to record it was another's, or is settled. */
const claim: Rule<'ClaimReminder'> = (state, { type: _, ...said }, now) =>
  mayClaim(state, said.again !== null, now) ? accept(ReminderClaimed({ ...said, attempt: (state?.attempts ?? 0) + 1 })) : accept();

const answer: Rule<'AnswerReminder'> = (state, { type: _, ...said }) =>
  state?.status === 'claimed' && state.attempts === said.attempt ? accept(ReminderAnswered(said)) : accept();

const miss: Rule<'MissReminder'> = (state, { type: _, ...said }) =>
  state === null || state.status === 'failed' ? accept(ReminderMissed(said)) : accept();

export const reminderDecider: Decider<ReminderState, ReminderCommand, ReminderEvent> = {
  ...reminderFolding,
  decide: decideBy<ReminderState, ReminderCommand, ReminderEvent>({ ClaimReminder: claim, AnswerReminder: answer, MissReminder: miss }),
};
