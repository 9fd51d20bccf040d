/**
 * Reporting periods, written so that those of one form stand in the order of their texts:
 * `2023-03` (month), `2023-Q1`, `2023-H1`, `2023` (year), `2023-W07` (ISO 8601 week), `2023-03-T1` (ten days of a month,
 * the last to its end).
 */
export type Period = string;

export const PERIOD_FORMS = ['month', 'quarter', 'half-year', 'year', 'week', 'ten-days'] as const;
export type PeriodForm = (typeof PERIOD_FORMS)[number];

/** Periods of a form are counted without gaps; where the count begins is of no matter. */
type Form = {
  readonly pattern: RegExp;
  /** The count of a period from the numbers in its text. */
  readonly count: (year: number, part: number, third: number) => number;
  readonly text: (count: number) => Period;
  /** Its first day. */
  readonly begins: (count: number) => Temporal.PlainDate;
};

const MONTHS = 12;
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
const monthBegins = (months: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: Math.floor(months / MONTHS), month: (((months % MONTHS) + MONTHS) % MONTHS) + 1, day: 1 });
const monthText = (months: number): string => monthBegins(months).toString().slice(0, -3);

/** Parts of a year of `months` months each, in texts with a letter. */
const partOfYear = (letter: string, months: number): Form => {
  const parts = MONTHS / months;
  return {
    pattern: new RegExp(`^(\\d{4})-${letter}([1-${parts}])$`, 'u'),
    count: (year, part) => year * parts + part - 1,
    text: (count) => `${padded(Math.floor(count / parts), 4)}-${letter}${(count % parts) + 1}`,
    begins: (count) => monthBegins(count * months),
  };
};

/** A Monday from which weeks are counted. */
const FIRST_MONDAY = Temporal.PlainDate.from('0001-01-01');
/** ISO 8601: the first week of a year is the one with its 4 January. */
const weekOfFourth = (year: number): number => {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return Math.floor(FIRST_MONDAY.until(fourth, { largestUnit: 'days' }).days / 7);
};
const weekBegins = (count: number): Temporal.PlainDate => FIRST_MONDAY.add({ weeks: count });

const TENS = [1, 11, 21] as const;

const FORMS: Readonly<Record<PeriodForm, Form>> = {
  month: {
    pattern: /^(\d{4})-(0[1-9]|1[0-2])$/u,
    count: (year, month) => year * MONTHS + month - 1,
    text: monthText,
    begins: monthBegins,
  },
  quarter: partOfYear('Q', 3),
  'half-year': partOfYear('H', 6),
  year: {
    pattern: /^(\d{4})$/u,
    count: (year) => year,
    text: (count) => padded(count, 4),
    begins: (count) => monthBegins(count * MONTHS),
  },
  week: {
    pattern: /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/u,
    count: (year, week) => weekOfFourth(year) + week - 1,
    text: (count) => {
      const { yearOfWeek = 0, weekOfYear = 0 } = weekBegins(count); // the ISO calendar has both
      return `${padded(yearOfWeek, 4)}-W${padded(weekOfYear, 2)}`;
    },
    begins: weekBegins,
  },
  'ten-days': {
    pattern: /^(\d{4})-(0[1-9]|1[0-2])-T([1-3])$/u,
    count: (year, month, third) => (year * MONTHS + month - 1) * TENS.length + third - 1,
    text: (count) => `${monthText(Math.floor(count / TENS.length))}-T${(count % TENS.length) + 1}`,
    begins: (count) => monthBegins(Math.floor(count / TENS.length)).with({ day: TENS[count % TENS.length] ?? 1 }),
  },
};

/** For a schema: every text that reads as a period, and a week 53 that its year may not have. */
export const PERIOD_PATTERN = /^\d{4}(?:-(?:(?:0[1-9]|1[0-2])(?:-T[1-3])?|Q[1-4]|H[12]|W(?:0[1-9]|[1-4]\d|5[0-3])))?$/u;

/** A period as it was read, with its first and its last day. */
type Counted = {
  readonly form: PeriodForm;
  readonly count: number;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
  readonly lastText: string;
};

const read = (text: string): Counted | undefined => {
  for (const form of PERIOD_FORMS) {
    const { pattern, count: countOf, text: textOf, begins } = FORMS[form];
    const match = pattern.exec(text);
    if (match === null) continue;
    const count = countOf(Number(match[1]), Number(match[2]), Number(match[3]));
    if (textOf(count) !== text) return undefined;
    const last = begins(count + 1).subtract({ days: 1 });
    return { form, count, first: begins(count), last, lastText: last.toString() };
  }
  return undefined;
};

const known = new Map<Period, Counted>();
const KEPT = 10_000;

const find = (text: string): Counted | undefined => {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const found = read(text);
  if (found === undefined) return undefined;
  if (known.size >= KEPT) known.clear();
  known.set(text, found);
  return found;
};

/** @throws RangeError  not a period */
const counted = (period: Period): Counted => {
  const found = find(period);
  if (found === undefined) throw new RangeError(`not a period: ${period}`);
  return found;
};

/** Undefined where the text is no period. */
export const periodForm = (text: string): PeriodForm | undefined => find(text)?.form;

/** The first day of a period. */
export const periodStart = (period: Period): Temporal.PlainDate => counted(period).first;

/** The last day of a period. */
export const periodEnd = (period: Period): Temporal.PlainDate => counted(period).last;

/** The last day of a period, YYYY-MM-DD: a year closes with its December. */
export const closingDay = (period: Period): string => counted(period).lastText;

/** The period of the same form that lies `offset` periods later. */
export const periodAfter = (period: Period, offset: number): Period => {
  const { form, count } = counted(period);
  return FORMS[form].text(count + offset);
};

/** The year in which the period begins that lies `offset` periods later; it may be beyond all periods that can be written. */
export const yearAfter = (period: Period, offset: number): number => {
  const { form, count } = counted(period);
  return FORMS[form].begins(count + offset).year;
};

/** How many periods lie from `from` to `to`, both included: none where `to` lies before it. Both are of one form. */
export const periodsIn = (from: Period, to: Period): number => Math.max(0, counted(to).count - counted(from).count + 1);

/** The periods from `from` to `to`, both included. */
export const periodsBetween = (from: Period, to: Period): readonly Period[] =>
  Array.from({ length: periodsIn(from, to) }, (_, offset) => periodAfter(from, offset));

/** Whether a period is one of those from `from` to `to`; never where it is of another form. */
export const isPeriodIn = (period: Period, from: Period, to: Period): boolean => {
  const { form, count } = counted(period);
  const [first, last] = [counted(from), counted(to)];
  return form === first.form && first.count <= count && count <= last.count;
};
