import type { Obligation } from './obligation.ts';

/**
 * Counts over obligations. What is waived or excused is counted apart, for nobody owes it; and what awaits the office,
 * which is asked for it.
 */

export type Totals = {
  readonly owed: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly notYetDue: number;
  readonly awaiting: number;
  readonly excused: number;
  readonly waived: number;
  /** Of those owed, received on the day itself: what the other reading of 前 would judge otherwise. */
  readonly onTheDay: number;
};

export type UnitLine = Totals & { readonly unit: string; readonly name: string };

type Counter = { -readonly [Key in keyof Totals]: Totals[Key] };

const noTotals = (): Counter => ({
  owed: 0,
  onTime: 0,
  late: 0,
  missing: 0,
  notYetDue: 0,
  awaiting: 0,
  excused: 0,
  waived: 0,
  onTheDay: 0,
});

const FIELD = {
  'on-time': 'onTime',
  late: 'late',
  missing: 'missing',
  'not-yet-due': 'notYetDue',
  awaiting: 'awaiting',
  excused: 'excused',
  waived: 'waived',
} as const satisfies Record<Obligation['state'], keyof Totals>;

const count = (counter: Counter, { state, onTheDay }: Obligation): void => {
  counter[FIELD[state]] += 1;
  if (state === 'awaiting' || state === 'excused' || state === 'waived') return;
  counter.owed += 1;
  if (onTheDay) counter.onTheDay += 1;
};

export const totalsOf = (obligations: Iterable<Obligation>): Totals => {
  const counter = noTotals();
  for (const obligation of obligations) count(counter, obligation);
  return counter;
};

/** One line a unit, in the order in which units first appear. */
export const unitLines = (obligations: Iterable<Obligation>): readonly UnitLine[] => {
  const lines = new Map<string, Counter & { readonly unit: string; readonly name: string }>();
  for (const obligation of obligations) {
    const { unit, name } = obligation;
    let line = lines.get(unit);
    if (line === undefined) lines.set(unit, (line = { unit, name, ...noTotals() }));
    count(line, obligation);
  }
  return [...lines.values()];
};

/** Versions of the policies that judged, in order. */
export const versionsUsed = (obligations: Iterable<Obligation>): readonly number[] => {
  const versions = new Set<number>();
  for (const { policy } of obligations) if (policy !== null) versions.add(policy);
  return [...versions].sort((a, b) => a - b);
};
