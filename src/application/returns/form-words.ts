import { stateIn } from '../../messages/named.ts';

/**
 * The words of the sheet in which a unit fills in its return. They stand here and not in the catalogue, for the form is
 * Chinese whoever fetches it: it goes to the units' clerks, and when it comes back it is known by its headings.
 */

/** The name of its page. */
export const SHEET = '报送表';

export const formTitle = (unit: string, period: string): string => `${unit} ${period} 报送表`;

/** Columns that stay as they are; widths in characters. */
export const KEPT = [
  { heading: '序号', width: 12 },
  { heading: '任务编号', width: 20 },
  { heading: '任务', width: 24 },
  { heading: '工作内容', width: 40 },
  { heading: '报送事项', width: 12 },
  { heading: '截止时间', width: 20 },
  { heading: '已收到', width: 12 },
  { heading: '指标', width: 24 },
] as const;

/** How a task stands, as a unit says it: what may stand in the first column that it fills in. */
export const STATUSES = ['ahead', 'on-track', 'behind', 'done'] as const;
export const statusWord = (status: (typeof STATUSES)[number]): string => stateIn(status, 'zh');

/** Columns that the unit fills in, behind those. */
export const FILLED = [
  { heading: '状态', width: 12, choices: STATUSES.map(statusWord) },
  { heading: '进度（%）', width: 12 },
  { heading: '进展情况', width: 50 },
  { heading: '指标完成值', width: 24 },
] as const;

/** The instant that is too late, in the office's own time. */
export const before = (due: string): string => `${due.slice(0, 10)} ${due.slice(11, 16)} 前`;
