import { millisText } from '../../kernel/clock.ts';
import type { Moment } from '../../kernel/moment.ts';
import { atOnce, eachInPieces, type Pieces } from '../../kernel/pieces.ts';
import { closingDay, periodEnd } from '../../kernel/periods.ts';
import type { Policy } from '../directives/events.ts';
import { dutiesOf } from '../directives/schedule.ts';
import { successorOn } from '../roster/state.ts';
import { carriersOn } from '../tasks/assignment.ts';
import type { Measurement } from '../tasks/events.ts';
import type { FactsAt } from './facts-at.ts';
import type { Facts, ReportFacts, StatementFact, TaskFacts } from './facts.ts';
import { ANSWERABLE, factsFor } from './judge.ts';
import { lastingCompletion } from './paused.ts';

/**
 * How far the work itself has come, by what reports say: where a task stands, and what was measured against what is
 * demanded. Judged like compliance: from facts and a day, by the rule of a policy's version, with the numerators kept.
 */

/** What stands of a report at the moment judged: its last version received by then. */
type Said = { readonly report: ReportFacts; readonly receivedAt: number; readonly says: StatementFact };

const MONTHS = 12;

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** By the period that is spoken of, and for one period by the receipt; the unit's id settles what is left. */
const byRecency = (a: Said, b: Said): number =>
  compareText(closingDay(a.report.period), closingDay(b.report.period)) ||
  a.receivedAt - b.receivedAt ||
  compareText(a.report.id, b.report.id);

/** What is said on a task, the newest last. */
const saidOf = ({ reports }: FactsAt, task: string): readonly Said[] =>
  (reports.get(task) ?? [])
    .flatMap((report) => {
      const version = report.submissions.at(-1);
      return version === undefined ? [] : [{ report, receivedAt: version.receivedAt, says: version.says }];
    })
    .sort(byRecency);

export type StandingState = 'ahead' | 'on-track' | 'behind' | 'done';

export type Standing = {
  /** null: nothing was reported, or the rule cannot tell from what was. */
  readonly state: StandingState | null;
  /** `verified`: the office has verified its completion, whatever reports say. null where nothing was reported. */
  readonly rule: 'verified' | Policy['behind'] | null;
  /** Version of the policy whose rule it is: the one that judges the report. */
  readonly policy: number | null;
  /** What the report itself says. */
  readonly declared: StandingState | null;
  readonly percent: number | null;
  /** The share of the year that has passed at the end of the report's period. */
  readonly elapsed: { readonly months: number; readonly of: number } | null;
  /** Whose report it is, and on what. */
  readonly unit: string | null;
  readonly period: string | null;
};

export const NOTHING_REPORTED: Standing = {
  state: null,
  rule: null,
  policy: null,
  declared: null,
  percent: null,
  elapsed: null,
  unit: null,
  period: null,
};

/**
 * 序时进度: who reports a lower percentage than the share of the year that has passed is behind, whatever it calls
 * itself; who does not, is not behind. In whole numbers: percent / 100 < months / 12.
 */
const proRata = ({ status, percent }: StatementFact, months: number): StandingState | null => {
  if (percent === null) return null;
  if (percent * MONTHS < months * 100) return 'behind';
  return status === 'behind' ? 'on-track' : status;
};

const standingBy = ({ policies, moment }: FactsAt, { report: { unit, period, duty }, says }: Said): Standing => {
  const policy = dutiesOf(policies, period, moment).find(({ due }) => duty === null || due.kind === duty)?.policy;
  const rule = policy?.behind ?? 'declared';
  const months = periodEnd(period).month;
  const state = rule === 'pro-rata' ? proRata(says, months) : says.status;
  return {
    state,
    rule,
    policy: policy?.version ?? null,
    declared: says.status,
    percent: says.percent,
    elapsed: { months, of: MONTHS },
    unit,
    period,
  };
};

/** From the furthest behind; what cannot be told weighs least. */
const WEIGHT = { behind: 0, 'on-track': 1, ahead: 2, done: 3 } as const satisfies Record<StandingState, number>;
const weight = ({ state }: Standing): number => (state === null ? Infinity : WEIGHT[state]);

const standingOf = (facts: FactsAt, task: TaskFacts): Standing => {
  const said = saidOf(facts, task.id);
  const last = said.at(-1);
  const newest = last && closingDay(last.report.period);
  const standings = said.filter(({ report }) => closingDay(report.period) === newest).map((each) => standingBy(facts, each));
  const standing = standings
    .toReversed()
    .reduce<Standing>((furthest, each) => (weight(each) < weight(furthest) ? each : furthest), standings.at(-1) ?? NOTHING_REPORTED);
  return lastingCompletion(task) === undefined ? standing : { ...standing, state: 'done', rule: 'verified' };
};

/**
 * Where each task stands at a moment, by its last period reported. Where units say different things of that period, the
 * one furthest behind: no task is ahead while one that carries it is behind.
 */
export function* standingsInPieces(all: Facts, at: number | Moment): Pieces<ReadonlyMap<string, Standing>> {
  const facts = factsFor(all, at);
  yield;
  return new Map(yield* eachInPieces(facts.tasks, (task) => [task.id, standingOf(facts, task)] as const));
}

export const standings = (all: Facts, at: number | Moment): ReadonlyMap<string, Standing> => atOnce(standingsInPieces(all, at));

/** The same facts with only the tasks that a unit leads or answers for at a moment. */
export const answeredFor = (all: Facts, unit: string, at: number | Moment): Facts => {
  const facts = factsFor(all, at);
  const own = facts.tasks.filter(({ assignments }) => carriersOn(assignments, facts.moment.day(), facts, ANSWERABLE).units.has(unit));
  const ids = new Set(own.map(({ id }) => id));
  return { ...all, tasks: all.tasks.filter(({ id }) => ids.has(id)) };
};

export type StandingCounts = {
  readonly ahead: number;
  readonly onTrack: number;
  readonly behind: number;
  readonly done: number;
  readonly unknown: number;
};

const COUNTED = { ahead: 'ahead', 'on-track': 'onTrack', behind: 'behind', done: 'done' } as const satisfies Record<
  StandingState,
  keyof StandingCounts
>;

export const standingCounts = (all: Iterable<Standing>): StandingCounts => {
  const counts = { ahead: 0, onTrack: 0, behind: 0, done: 0, unknown: 0 };
  for (const { state } of all) counts[state === null ? 'unknown' : COUNTED[state]] += 1;
  return counts;
};

/** A figure as reported. */
export type Figure = {
  readonly value: string;
  readonly unit: string;
  readonly period: string;
  readonly receivedAt: string;
  readonly report: string;
};

/** A measurement of a task, and the last figure of each who reported one, in the order in which they speak: the last is the newest. */
export type Measured = { readonly task: string; readonly measurement: Measurement; readonly figures: readonly Figure[] };

const figureIn = ({ report, receivedAt, says }: Said, metric: string): Figure | undefined => {
  const value = says.figures.findLast((figure) => figure.metric === metric)?.value;
  return value === undefined
    ? undefined
    : { value, unit: report.unit, period: report.period, receivedAt: millisText(receivedAt), report: report.id };
};

const figuresOn = (facts: FactsAt, metric: string, said: readonly Said[]): readonly Figure[] => {
  const on = facts.moment.day();
  const latest = new Map<string, Figure>();
  for (const each of said) {
    const figure = figureIn(each, metric);
    if (figure === undefined) continue;
    const reporter = successorOn(facts.units, figure.unit, on);
    latest.delete(reporter); // to stand where it speaks last
    latest.set(reporter, figure);
  }
  return [...latest.values()];
};

/** What is measured of every task, and what had last been reported of it at a moment. */
export function* measuredInPieces(all: Facts, at: number | Moment): Pieces<readonly Measured[]> {
  const facts = factsFor(all, at);
  yield;
  const found = yield* eachInPieces(facts.tasks, (task) => {
    const said = saidOf(facts, task.id);
    return task.measurements.map((measurement) => ({ task: task.id, measurement, figures: figuresOn(facts, measurement.metric, said) }));
  });
  return found.flat();
}

export const measured = (all: Facts, at: number | Moment): readonly Measured[] => atOnce(measuredInPieces(all, at));
