/** Places in a document: `line 12`, `Sheet1!C7`, `table 2, row 3`. */

const ROW = /(?:^line |\brow |![A-Z]*)(\d+)/u;

/** `line 12` and `line 12, cell 3` are 12; of a cell or a row of a table it is the row. null where a place has none. */
export const lineOf = (address: string): number | null => {
  const line = Number(ROW.exec(address)?.[1] ?? 0);
  return line > 0 ? line : null;
};

/** The row of a cell that has no address of its own: `line 12` of `line 12, cell 3`. */
export const wholeOf = (address: string): string => address.replace(/, cell \d+$/u, '');
