import { MILLIS_IN_DAY } from '../../kernel/civil-days.ts';
import type { Moment } from '../../kernel/moment.ts';
import { LIGHTS_UNSAID } from '../directives/events.ts';
import type { AdoptedPolicy } from '../directives/schedule.ts';
import type { Obligation, ObligationState } from './obligation.ts';

/** How a thing owed stands, as boards of offices show it. One rule, whose days are those of the policy that judges. */

export const LIGHTS = ['green', 'yellow', 'red', 'blue', 'grey'] as const;
export type Light = (typeof LIGHTS)[number];

const OF_STATE: Readonly<Record<Exclude<ObligationState, 'not-yet-due'>, Light>> = {
  'on-time': 'green',
  late: 'red',
  missing: 'red',
  awaiting: 'blue',
  excused: 'grey',
  waived: 'grey',
};

/** Days before the due instant from which it is yellow, by the version of the policy that judges. */
const daysBefore = (policies: readonly AdoptedPolicy[], version: number | null): number =>
  (policies.find((policy) => policy.version === version)?.lights ?? LIGHTS_UNSAID).dueWithinDays;

/**
 * Green: kept. Red: late or missing. Blue: with the office. Yellow: due within the policy's days, each of 24 hours before
 * the due instant. Grey: due later, or owed by nobody.
 */
export const lightOf = (
  { state, due, policy }: Pick<Obligation, 'state' | 'due' | 'policy'>,
  policies: readonly AdoptedPolicy[],
  moment: Moment,
): Light => {
  if (state !== 'not-yet-due') return OF_STATE[state];
  return moment.reached(Temporal.Instant.from(due).epochMilliseconds - daysBefore(policies, policy) * MILLIS_IN_DAY) ? 'yellow' : 'grey';
};
