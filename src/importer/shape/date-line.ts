import { civilDate } from '../civil-date.ts';
import { withoutBlanks } from '../words/folded.ts';
import { withDigits } from '../words/numerals.ts';

const DATE = /^\(?(20\d{2}|19\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?:印发|印|发布|制|制表|制发|起草|下发)?\)?$/u;

/** The day of a folded line that holds nothing else: 2024年3月5日, 二〇二四年二月一日, 2024.04.08. */
export const dateOfLine = (folded: string): string | null => {
  const plain = withoutBlanks(folded);
  if (plain.length > 20) return null;
  const [, year, month, day] = DATE.exec(withDigits(plain)) ?? [];
  return year === undefined ? null : civilDate(Number(year), Number(month), Number(day));
};

export const isDateLine = (folded: string): boolean => dateOfLine(folded) !== null;
