/** Places in a sheet: columns by letters, rows by numbers, both counted from 1 (`C7` is column 3, row 7). */

export type Place = { readonly column: number; readonly row: number };
/** Both corners are inside. */
export type Area = { readonly from: Place; readonly to: Place };

const MAX_COLUMN = 16_384;
export const MAX_ROW = 1_048_576;

export const columnLetters = (column: number): string => {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
};

/** null where it is no place of a sheet. */
export const placeOf = (reference: string): Place | null => {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/iu.exec(reference) ?? [];
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return column >= 1 && column <= MAX_COLUMN && row >= 1 && row <= MAX_ROW ? { column, row } : null;
};

/** `A1:J2`; a single place is an area of one. */
export const areaOf = (reference: string): Area | null => {
  const [first = '', last = first] = reference.split(':');
  const [from, to] = [placeOf(first), placeOf(last)];
  return from === null || to === null || from.column > to.column || from.row > to.row ? null : { from, to };
};
