import type { Context } from '../parts/context.ts';
import { endsInFigure } from '../parts/quantities.ts';
import { labelsOf } from '../words/labels.ts';
import { say } from '../../messages/message.ts';
import type { RowCell } from './elements.ts';
import { markerOf } from './numbering.ts';

/** Line ends that stand in a cell where its line was full, and part no word from another: 新建标\n准厂房1\n0万平方米. */

const ENDS = /[。；;，,、：:！？!?…）)」”》】]\s*$/u;
/** What goes on with a figure or a day: 10月 / 底前, 8 / 5%. */
const GOES_ON = /^\s*[\d.%‰前底末内以中上下左年月日个万亿]/u;

const isWrapped = (before: string, after: string, { profile }: Context): boolean => {
  if (before.trim() === '' || after.trim() === '' || ENDS.test(before)) return false;
  if (markerOf(after.trimStart()) !== null && !/\d\s*$/u.test(before)) return false;
  if (labelsOf(after, profile)[0]?.start === 0) return false;
  // Whole lines of a list: 新建学校3所 / 改造厕所5座.
  return !endsInFigure(before) || GOES_ON.test(after);
};

/** The cell with what was wrapped in one line; said, where anything was. */
export const unwrapped = (cell: RowCell, context: Context): RowCell => {
  if (!cell.text.includes('\n')) return cell;
  const [first = '', ...others] = cell.folded.split('\n');
  let before = first;
  const breaks: ('' | '\n')[] = [];
  for (const after of others) {
    breaks.push(isWrapped(before, after, context) ? '' : '\n');
    before = after;
  }
  if (!breaks.includes('')) return cell;
  context.raise('lines-joined', cell.address, say('finding.lines-of-the-cell-are-read-as-one'), false);
  const joined = (text: string): string => text.split('\n').reduce((all, line, at) => all + (breaks[at - 1] ?? '\n') + line);
  return { ...cell, text: joined(cell.text), folded: joined(cell.folded) };
};
