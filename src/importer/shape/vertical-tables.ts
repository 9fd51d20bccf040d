import type { Profile } from '../profile.ts';
import { columnOf } from '../words/columns.ts';
import { withoutBlanks } from '../words/folded.ts';
import type { Accounts, Line, Row, RowCell } from './elements.ts';

/** Forms: tables that have the labels in their first column and what they say beside them, one item a table. */

type Pair = { readonly key: RowCell; readonly value: RowCell };

const pairsOf = ({ cells }: Row, profile: Profile): readonly Pair[] => {
  const pairs: Pair[] = [];
  const distinct = cells.filter((cell, index) => cell.folded !== '' && cell.folded !== cells[index - 1]?.folded);
  // Labels and nothing else are the header of a table.
  if (distinct.length > 2 && distinct.every(({ folded }) => columnOf(withoutBlanks(folded).replace(/:$/u, ''), profile) !== null))
    return [];
  for (let at = 0; at + 1 < distinct.length; at += 2) {
    const [key, value] = [distinct[at], distinct[at + 1]];
    if (key === undefined || value === undefined || columnOf(withoutBlanks(key.folded).replace(/:$/u, ''), profile) === null) return [];
    pairs.push({ key, value });
  }
  return pairs;
};

const asLine = ({ ref, address }: RowCell, text: string, folded: string): Line => ({
  kind: 'line',
  ref,
  address,
  text,
  folded,
  marker: null,
  heading: null,
});

/** Row by row, what a form says; null where the rows are none. */
const formIn = (rows: readonly Row[], profile: Profile): readonly (readonly Pair[])[] | null => {
  const pairs = rows.map((row) => pairsOf(row, profile));
  const filled = rows.filter(({ cells }) => cells.some(({ folded }) => folded !== '')).length;
  const told = pairs.filter((each) => each.length > 0).length;
  return told < 2 || told * 2 < filled ? null : pairs;
};

export const isForm = (rows: readonly Row[], profile: Profile): boolean => formIn(rows, profile) !== null;

/** The rows as a line of what is to be done and lines of labels; null where they are no form. */
export const linesOfForm = (rows: readonly Row[], profile: Profile, accounts: Accounts): readonly Line[] | null => {
  const pairs = formIn(rows, profile);
  if (pairs === null) return null;
  const lines: Line[] = [];
  const texts: Line[] = [];
  for (const [index, row] of rows.entries()) {
    const own = pairs[index] ?? [];
    if (own.length === 0) {
      const cell = row.cells.find(({ folded }) => folded !== '');
      if (cell !== undefined) lines.push(asLine(cell, cell.text, cell.folded));
    }
    for (const { key, value } of own) {
      const name = withoutBlanks(key.folded).replace(/:$/u, '');
      accounts.mark(key.ref, 'item-part');
      const column = columnOf(name, profile)?.column;
      if (column === 'text') texts.push(asLine(value, value.text, value.folded));
      else if (column === 'number') accounts.mark(value.ref, 'item');
      else lines.push(asLine(value, `${name}:${value.text}`, `${name}:${value.folded}`));
    }
    for (const cell of row.cells) {
      if (own.length === 0 || own.some(({ key, value }) => value.ref === cell.ref || key.ref === cell.ref)) continue;
      // What repeats a label or its value is merged with it; anything else belongs to no label, and is unread.
      const isRepeated = own.some(({ key, value }) => [key.folded, value.folded, ''].includes(cell.folded));
      if (isRepeated) accounts.mark(cell.ref, 'item-part');
    }
  }
  return [...texts, ...lines];
};
