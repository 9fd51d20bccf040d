import { civilDate, monthEnd } from '../civil-date.ts';

/** Terms that run from the day of the document: 自印发之日起60日内, 本通知下发后6个月内. */

const TERM = /(?:印发|下发|发布|发文|成文)(?:之日|之时|当日)?(?:起|后)(?:计)?,?\s?(\d{1,3})\s?(?:个)?(工作日|日|天|周|月)(?:以内|之内|内)/u;

/**
 * The last day of a folded term, YYYY-MM-DD; null where it names no such term, or counts working days, which no calendar here knows.
 * The first day is not counted (Civil Code, art. 201); a month that lacks the day ends with its last (art. 202).
 */
export const endOfTerm = (folded: string, issued: string): string | null => {
  const [, count = '', unit = ''] = TERM.exec(folded) ?? [];
  if (count === '' || unit === '工作日') return null;
  const [year = 0, month = 1, day = 1] = issued.split('-').map(Number);
  if (unit !== '月') {
    const date = new Date(Date.UTC(year, month - 1, day + Number(count) * (unit === '周' ? 7 : 1)));
    return civilDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  const last = new Date(Date.UTC(year, month - 1 + Number(count), 1));
  const [toYear, toMonth] = [last.getUTCFullYear(), last.getUTCMonth() + 1];
  return civilDate(toYear, toMonth, day) ?? monthEnd(toYear, toMonth);
};
