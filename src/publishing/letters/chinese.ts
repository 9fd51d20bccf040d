import { civilDate } from '../../kernel/calendar.ts';

/** Numbers, days and periods as Chinese offices write them. */

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99: 一, 十, 十二, 三十. */
export const chineseNumber = (value: number): string => {
  const [tens, ones] = [Math.trunc(value / 10), value % 10];
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens] ?? ''}十`;
  return `${head}${DIGITS[ones] ?? ''}`;
};

/** 2023-06-05 is 2023年6月5日: GB/T 9704-2012 wants Arabic figures without zeros. */
export const chineseDate = (date: string): string => {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return `${year}年${month}月${day}日`;
};

/** An instant's day and time of day in a zone; the last of a day is its 24时. */
export const chineseMoment = (millis: number, timeZone: string): string => {
  const next = Temporal.Instant.fromEpochMilliseconds(millis + 1).toZonedDateTimeISO(timeZone);
  if (next.hour === 0 && next.minute === 0 && next.second === 0 && next.millisecond === 0)
    return `${chineseDate(civilDate(Temporal.Instant.fromEpochMilliseconds(millis), timeZone).toString())}24时`;
  const at = Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(timeZone);
  return `${chineseDate(at.toPlainDate().toString())}${at.hour}时${at.minute === 0 ? '' : `${at.minute}分`}`;
};

const TEN_DAYS = ['上旬', '中旬', '下旬'] as const;
const QUARTERS = ['一', '二', '三', '四'] as const;

/** 2023-05 is 2023年5月份; a period of another form in the same way, and a name that is no period as it is. */
export const chinesePeriod = (period: string): string => {
  const [, year = '', form = ''] = /^(\d{4})(?:-(.+))?$/u.exec(period) ?? [];
  if (year === '') return period;
  if (form === '') return `${year}年度`;
  const [kind, part] = [form.charAt(0), Number(form.slice(1))];
  if (kind === 'Q') return `${year}年第${QUARTERS[part - 1] ?? part}季度`;
  if (kind === 'H') return `${year}年${part === 1 ? '上' : '下'}半年`;
  if (kind === 'W') return `${year}年第${part}周`;
  const [month = '', ten] = form.split('-T');
  return `${year}年${Number(month)}月${ten === undefined ? '份' : (TEN_DAYS[Number(ten) - 1] ?? '')}`;
};

/** A share with one decimal place, without a nought behind the point: 93.6%, 100%. Rounded half up, from whole numbers. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return '—';
  const tenths = Math.floor((part * 2000 + whole) / (whole * 2));
  // What is not whole is not said to be: 99.96 % is 99.9 %.
  const shown = part < whole ? Math.min(tenths, 999) : tenths;
  return `${Math.trunc(shown / 10)}${shown % 10 === 0 ? '' : `.${shown % 10}`}%`;
};
