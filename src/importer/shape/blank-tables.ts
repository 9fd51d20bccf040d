import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import { columnOf } from '../words/columns.ts';
import type { Line, Row, RowCell } from './elements.ts';
import { say } from '../../messages/message.ts';

/** Tables whose cells are parted by nothing but blanks: a header of known columns, and lines of as many words below it. */

/** Cells stand two blanks apart where the header's do; one blank is then a cell's own. */
const WIDE = /\S+(?:\s\S+)*/gu;
const wordsOf = (line: Line, wide = /\S\s{2,}\S/u.test(line.folded)): readonly { readonly at: number; readonly text: string }[] =>
  [...line.folded.matchAll(wide ? WIDE : /\S+/gu)].map((word) => ({ at: word.index, text: word[0] }));

const isHeader = (line: Line, profile: Profile): boolean => {
  if (line.folded.length > 120) return false;
  const words = wordsOf(line);
  const known = words.filter(({ text }) => columnOf(text, profile) !== null).length;
  return words.length >= 3 && known === words.length;
};

const asRow = (line: Line, table: string, wide: boolean): Row => ({
  kind: 'row',
  table,
  address: line.address,
  cells: wordsOf(line, wide).map(({ at, text }): RowCell => {
    const printed = line.text.slice(at, at + text.length);
    return { ref: line.ref, address: line.address, text: printed, folded: text, merged: false };
  }),
});

/** The lines in their order, such tables as rows. */
export const withBlankTables = (lines: readonly Line[], profile: Profile, raise: Context['raise']): readonly (Line | Row)[] => {
  const elements: (Line | Row)[] = [];
  let width = 0;
  let table = '';
  let wide = false;
  for (const line of lines) {
    if (isHeader(line, profile)) {
      width = wordsOf(line).length;
      wide = /\S\s{2,}\S/u.test(line.folded);
      table = `blanks at ${line.address}`;
      raise('layout', line.address, say('finding.a-table-whose-cells-are-parted-by'), false);
    }
    const words = width === 0 ? [] : wordsOf(line, wide);
    // A cell left out at the end is an empty one; a line of a word is no row.
    if (width === 0 || words.length < Math.max(2, width - 1) || words.length > width) {
      width = 0;
      elements.push(line);
    } else elements.push(asRow(line, table, wide));
  }
  return elements;
};
