/** Places in a document: `line 12`, `Sheet1!C7`, `table 2, row 3`. */

const ROW = /(?:^line |\brow |![A-Z]*)(\d+)/u;

/** `line 12` and `line 12, cell 3` are 12; of a cell or a row of a table it is the row. null where a place has none. */
export const lineOf = (address: string): number | null => {
  const line = Number(ROW.exec(address)?.[1] ?? 0);
  return line > 0 ? line : null;
};

/** Whether a place is another's, or a cell of it. */
export const isAt = (address: string, whole: string): boolean => address === whole || address.startsWith(`${whole}, `);
