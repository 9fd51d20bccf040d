import { stateIn } from '../../messages/named.ts';
import { chinesePeriod } from '../../publishing/letters/chinese.ts';

/**
 * The words of the sheet in which a unit fills in its return. They stand here and not in the catalogue, for the form is
 * Chinese whoever fetches it: it goes to the units' clerks, and when it comes back it is known by its headings.
 */

/** The name of its page. */
export const SHEET = '报送表';

export const formTitle = (unit: string, period: string): string => `${unit}${chinesePeriod(period)}重点工作进展情况报送表`;

/** Columns that stay as they are; widths in figures. */
export const KEPT = [
  { heading: '序号', width: 6 },
  // For when it comes back; nobody reads it.
  { heading: '任务编号', width: 20, hidden: true },
  { heading: '任务', width: 24 },
  { heading: '工作内容', width: 40 },
  { heading: '报送事项', width: 9 },
  { heading: '截止时间', width: 20 },
  { heading: '已收到', width: 17 },
  { heading: '指标', width: 18 },
] as const;

/** How a task stands, as a unit says it: what may stand in the first column that it fills in. */
export const STATUSES = ['ahead', 'on-track', 'behind', 'done'] as const;
export const statusWord = (status: (typeof STATUSES)[number]): string => stateIn(status, 'zh');

/** Columns that the unit fills in, behind those. */
export const FILLED = [
  { heading: '状态', width: 8, choices: STATUSES.map(statusWord) },
  { heading: '进度（%）', width: 8 },
  { heading: '进展情况', width: 36 },
  { heading: '指标完成值', width: 8 },
] as const;

/** The instant that is too late, in the office's own time, as earlier versions showed it. */
export const tooLate = (due: string): string => `${due.slice(0, 10)} ${due.slice(11, 16)} 前`;

/** The same as people say it: midnight is 24:00 of the day that ends with it. */
export const before = (due: string): string =>
  due.slice(11, 16) === '00:00' ? `${Temporal.PlainDate.from(due.slice(0, 10)).subtract({ days: 1 }).toString()} 24:00 前` : tooLate(due);
