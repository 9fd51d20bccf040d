/** Numbers and days that a workbook holds as such, so that they sort, filter and add up, and read as they are written. */

/** `text` is what `format` shows of `number`. */
export type Typed = { readonly number: number; readonly format: string; readonly text: string };

export const isTyped = (value: unknown): value is Typed => typeof value === 'object' && value !== null;

/** Workbooks count days from here; before 1 March 1900 programs disagree. */
const DAY_NOUGHT = Temporal.PlainDate.from('1899-12-30');
const FIRST_DAY = Temporal.PlainDate.from('1900-03-01');
const MINUTES_A_DAY = 1440;

const serialOf = (day: string): number | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/u.test(day)) return undefined;
  try {
    const date = Temporal.PlainDate.from(day);
    return Temporal.PlainDate.compare(date, FIRST_DAY) < 0 ? undefined : DAY_NOUGHT.until(date).days;
  } catch {
    return undefined;
  }
};

/** Of `YYYY-MM-DD`; anything else stays a text. */
export const dayCell = (text: string): Typed | string => {
  const number = serialOf(text);
  return number === undefined ? text : { number, format: 'yyyy-mm-dd', text };
};

/** Of `YYYY-MM-DD HH:MM`, which may be 24:00: still of its day, which a time of the next day would not be. */
export const wallCell = (text: string): Typed | string => {
  const [day = '', time = ''] = text.split(' ');
  const number = serialOf(day);
  const [, hours, minutes] = /^(\d\d):(\d\d)$/u.exec(time) ?? [];
  if (number === undefined || hours === undefined || minutes === undefined) return text;
  if (time === '24:00') return { number, format: 'yyyy-mm-dd" 24:00"', text };
  return { number: number + (Number(hours) * 60 + Number(minutes)) / MINUTES_A_DAY, format: 'yyyy-mm-dd hh:mm', text };
};

/** More digits than these are not kept by a number. */
const MOST_DIGITS = 15;

/** Of a decimal as people write it, with as many places as it has; `007` and what has more digits than a number keeps stay texts. */
export const decimalCell = (text: string): Typed | string => {
  const [, whole, places = ''] = /^(-?(?:0|[1-9]\d*))(?:\.(\d+))?$/u.exec(text) ?? [];
  if (whole === undefined || whole.length + places.length > MOST_DIGITS || /^-0(?:\.0*)?$/u.test(text)) return text;
  return { number: Number(text), format: places === '' ? '0' : `0.${'0'.repeat(places.length)}`, text };
};
