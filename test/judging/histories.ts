import * as fc from 'fast-check';
import {
  COLLECTIVES,
  TASKS,
  TITLES,
  UNITS,
  type Assignees,
  type Day,
  type Demand,
  type Every,
  type PolicySpec,
  type Rhythm,
  type Roles,
  type Spec,
  type Step,
  type Story,
  type TaskSpec,
  type When,
} from './spec.ts';

/** Histories of an office at random, simple first: what fails shrinks to few acts on few things. */

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
export const ZONES = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'America/Santiago', 'Pacific/Auckland'] as const;
export const OFFICE_ZONES = ['Asia/Shanghai', 'America/New_York'] as const;
/** Before an ordinary spring, a leap February, a year's end of 53 weeks, and changes of clocks. */
const BASES = ['2023-03-01', '2024-02-01', '2026-12-01', '2023-10-01', '2023-12-01'] as const;

/** Days at which things fall due more often than at others: several acts then name the same one. */
const day = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: -10, max: 100 }) },
  { weight: 1, arbitrary: fc.constantFrom(13, 14, 27, 28, 29, 30, 31, 58, 59, 60) },
);
const dayNearDue: fc.Arbitrary<Day> = fc.oneof(day, fc.record({ due: fc.nat({ max: 3 }), by: fc.constantFrom(-1, 0, 0, 1, -20) }));
const one = <const Value>(...values: readonly [Value, ...Value[]]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const record = fc.record;

const by = one(-1, 0, 0, 1, -1, 0, 1, -HOUR, HOUR, -DAY, DAY, -7 * DAY, 7 * DAY);
const delay = one(0, 0, 0, 0, 1, HOUR, 3 * DAY, 20 * DAY, 90 * DAY);
const when: fc.Arbitrary<When> = record({
  received: fc.oneof(
    { weight: 9, arbitrary: record({ near: fc.constant(true as const), by }) },
    { weight: 1, arbitrary: record({ anchor: fc.nat({ max: 60 }), by }) },
    { weight: 1, arbitrary: record({ day, by: one(9 * HOUR, 0, 17.5 * HOUR, DAY - 1) }) },
  ),
  delay,
});
/** Of what is about no task: when anything falls due. */
const whenAnything: fc.Arbitrary<When> = record({
  received: fc.oneof(
    { weight: 4, arbitrary: record({ anchor: fc.nat({ max: 60 }), by }) },
    { weight: 1, arbitrary: record({ day, by: one(9 * HOUR, 0) }) },
  ),
  delay,
});
/** At the beginning, or from a paper later on. */
const atFirst: fc.Arbitrary<When> = fc.oneof(
  { weight: 14, arbitrary: fc.constant({ received: { day: -30, by: 9 * HOUR }, delay: 0 }) },
  { weight: 1, arbitrary: record({ received: record({ day, by: fc.constant(9 * HOUR) }), delay: fc.constant(0) }) },
);

const roles: fc.Arbitrary<Roles> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['lead', 'cooperating', 'responsible'] as const) },
  { weight: 1, arbitrary: fc.subarray(['lead', 'cooperating', 'responsible'] as const, { minLength: 1 }) },
);
const assignees: fc.Arbitrary<Assignees> = fc.uniqueArray(
  record({ role: one('lead', 'responsible', 'cooperating'), party: one('a', 'b', 'c', 'd', 'a', 'b', 'all', 'some') }),
  {
    minLength: 1,
    maxLength: 3,
    selector: ({ party }) => party,
  },
);

const EVERY: readonly [Every, ...Every[]] = ['month', 'month', 'quarter', 'half-year', 'year', 'week', 'ten-days', 'once'];
const rhythm: fc.Arbitrary<Omit<Rhythm, 'id'>> = record({
  every: one(...EVERY),
  asks: one('report', 'report', 'report', 'summary', 'plan'),
  roles,
  tasks: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.oneof(one(...TASKS), one({ theme: 1 }, { theme: 2 })), { minLength: 1, maxLength: 2 }) },
  ),
});

const demand: fc.Arbitrary<Demand> = record({
  rhythm: fc.nat({ max: 2 }),
  first: fc.integer({ min: -10, max: 60 }),
  more: fc.nat({ max: 3 }),
  day: fc.oneof(one(30, 31, 29, 28, 1), fc.integer({ min: 1, max: 31 })),
  weekday: fc.integer({ min: 1, max: 7 }),
  month: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
  dated: fc.boolean(),
  offset: one(0, 0, 1),
  cutoff: one('24:00', '24:00', '17:30', '02:30'),
  shift: one('none', 'none', 'next-working-day', 'nth-working-day'),
});

const policy: fc.Arbitrary<PolicySpec> = record({
  short: one(true, false, false),
  effectiveFrom: fc.oneof({ weight: 4, arbitrary: fc.constant(-30) }, { weight: 1, arbitrary: day }),
  zone: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one(...ZONES) }),
  bound: one('inclusive', 'inclusive', 'exclusive'),
  decides: one('first-submission', 'first-accepted'),
  lateExtensions: one('excuse', 'ignore', 'count'),
  completed: fc.boolean(),
  demands: fc.array(demand, { minLength: 1, maxLength: 3 }),
  withdrawn: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 }) },
  ),
});

const task: fc.Arbitrary<TaskSpec> = record({
  kind: one('task', 'item', 'target'),
  theme: fc.option(one(1, 2)),
  assignees,
  effectiveFrom: fc.oneof({ weight: 3, arbitrary: fc.constant(-30) }, { weight: 1, arbitrary: day }),
  deadline: fc.option(day, { freq: 4 }),
  milestones: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(record({ title: one(...TITLES), due: day }), { minLength: 1, maxLength: 2 }) },
  ),
});

const fixed = <const Does extends Step['does']>(does: Does): fc.Arbitrary<Does> => fc.constant(does);
/** Of those who may speak for the task, its assignees first. */
const unit = one(0, 0, 0, 0, 1, 1, 2, 3);
const n = one(1, 1, 1, 1, 1, 2);
const later = fc.option(dayNearDue, { freq: 2 });
const moreDays = fc.integer({ min: 1, max: 40 });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<readonly Value[]> =>
  fc.option(arbitrary, { nil: undefined, freq: 5 }).map((value) => (value === undefined ? [] : [value]));

/** A report and what becomes of it: sent back, amended, accepted, or none of these. */
const reporting: fc.Arbitrary<readonly Step[]> = record({
  about: record({
    unit,
    period: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
    named: fc.boolean(),
    reached: fc.boolean(),
  }),
  afterwards: fc.array(one('return', 'amend', 'accept', 'amend'), { maxLength: 3 }),
}).map(({ about, afterwards }) => [{ does: 'report', ...about }, ...afterwards.map((does) => ({ does, ...about }))]);
const completing = fc
  .tuple(
    record({ does: fixed('claim'), unit }),
    maybe(record({ does: one('verify', 'verify', 'reject'), n })),
    maybe(record({ does: fixed('reopen'), deadline: later })),
  )
  .map(([claim, ...rest]): readonly Step[] => [claim, ...rest.flat()]);
const pausing = fc
  .tuple(one('suspend', 'suspend', 'cancel'), maybe(later))
  .map(([does, ends]): readonly Step[] => [
    { does },
    ...ends.map((deadline): Step => ({ does: does === 'suspend' ? 'resume' : 'reopen', deadline })),
  ]);
const extending = fc
  .tuple(
    record({ does: fixed('ask-time'), unit, until: moreDays }),
    maybe(
      fc.oneof(
        { weight: 3, arbitrary: record({ does: fixed('grant'), n, until: fc.option(moreDays, { freq: 2 }) }) },
        { weight: 1, arbitrary: record({ does: fixed('refuse'), n }) },
      ),
    ),
  )
  .map(([asked, decided]): readonly Step[] => [asked, ...decided]);
const planning = fc
  .tuple(record({ does: fixed('plan'), unit, due: day }), maybe(record({ does: one('accept-plan', 'return-plan'), n })))
  .map(([plan, decided]): readonly Step[] => [plan, ...decided]);
const single = fc.oneof(
  { weight: 8, arbitrary: record({ does: fixed('hand-on'), assignees, effectiveFrom: dayNearDue }) },
  { weight: 1, arbitrary: record({ does: fixed('acknowledge'), unit }) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        does: fixed('reprint'),
        effectiveFrom: dayNearDue,
        deadline: fc.option(dayNearDue, { freq: 6 }),
        milestones: fc.array(fc.record({ title: one(...TITLES), due: dayNearDue }), { maxLength: 2 }),
        theme: fc.option(one(1, 2)),
      },
      { requiredKeys: ['does', 'effectiveFrom'] },
    ),
  },
);

const onTask = record({
  on: fc.constant('task' as const),
  task: one(...TASKS),
  steps: fc.oneof(
    { weight: 14, arbitrary: reporting },
    { weight: 5, arbitrary: completing },
    { weight: 3, arbitrary: pausing },
    { weight: 5, arbitrary: extending },
    { weight: 3, arbitrary: planning },
    { weight: 5, arbitrary: single.map((step): readonly Step[] => [step]) },
  ),
  whens: fc.array(when, { minLength: 4, maxLength: 4 }),
  near: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 4 }) }),
  shuffled: one(false, false, false, false, false, false, false, true),
});

const story: fc.Arbitrary<Story> = fc.oneof(
  { weight: 12, arbitrary: onTask },
  { weight: 2, arbitrary: record({ on: fc.constant('policy' as const), when: whenAnything, policy }) },
  {
    weight: 2,
    arbitrary: record({
      on: fc.constant('members' as const),
      when: whenAnything,
      collective: one(...COLLECTIVES),
      members: fc.subarray([...UNITS]),
      from: dayNearDue,
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      on: fc.constant('merge' as const),
      when: whenAnything,
      unit: one(...UNITS),
      into: one(...UNITS),
      from: dayNearDue,
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      on: fc.constant('rename' as const),
      when: whenAnything,
      unit: one(...UNITS),
      name: one('甲局', '乙局', '丙局'),
      from: dayNearDue,
    }),
  },
);

const IDS = ['monthly', 'bulletin', 'annual'];

export const spec: fc.Arbitrary<Spec> = record({
  base: one(...BASES),
  officeZone: one(...OFFICE_ZONES),
  zone: one(...ZONES),
  rhythms: fc.tuple(rhythm, rhythm, rhythm).map((each) => each.map((rest, index) => ({ id: IDS[index] ?? '', ...rest }))),
  first: record({ when: atFirst, policy }),
  tasks: fc.array(record({ when: atFirst, task }), { minLength: 1, maxLength: 3 }),
  stories: fc.array(story, { maxLength: 20, size: 'max' }),
});
