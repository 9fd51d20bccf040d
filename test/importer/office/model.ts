import type { Block, Source } from '../../../src/documents/source.ts';

/** A document as an office lays it out, apart from any file: paragraphs, and tables of cells that may be merged. */

export type OfficeCell = {
  readonly text: string;
  /** How many columns and rows it takes; a cell that another one covers is not there. */
  readonly across: number;
  readonly down: number;
};
export type OfficeRow = readonly (OfficeCell | null)[];
export type OfficeTable = { readonly kind: 'table'; readonly rows: readonly OfficeRow[] };
export type OfficeBlock = { readonly kind: 'paragraph'; readonly text: string; readonly heading?: number } | OfficeTable;
export type OfficeDocument = readonly OfficeBlock[];

export const cell = (text: string): OfficeCell => ({ text, across: 1, down: 1 });

type RowBlock = Extract<Block, { kind: 'row' }>;

/** Cells that repeat another one by being merged with it are covered by it again. */
const tableOf = (rows: readonly RowBlock[]): OfficeTable => {
  const places = new Map(rows.flatMap(({ cells }, row) => cells.map(({ address }, column) => [address, { row, column }] as const)));
  const covered = rows.flatMap(({ cells }, row) =>
    cells.flatMap(({ mergedWith }, column) => {
      const origin = mergedWith === undefined ? undefined : places.get(mergedWith);
      return origin === undefined ? [] : [{ row, column, origin }];
    }),
  );
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return {
    kind: 'table',
    rows: rows.map(({ cells }, row) =>
      Array.from({ length: width }, (_, column): OfficeCell | null => {
        if (covered.some((each) => each.row === row && each.column === column)) return null;
        const own = covered.filter(({ origin }) => origin.row === row && origin.column === column);
        return {
          text: cells[column]?.text ?? '',
          across: Math.max(0, ...own.map((each) => each.column - column)) + 1,
          down: Math.max(0, ...own.map((each) => each.row - row)) + 1,
        };
      }),
    ),
  };
};

/** What a file of any type says, laid out anew. */
export const officeDocument = ({ blocks }: Pick<Source, 'blocks'>): OfficeDocument => {
  const document: OfficeBlock[] = [];
  let rows: RowBlock[] = [];
  const close = (): void => {
    if (rows.length > 0) document.push(tableOf(rows));
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === 'row') {
      if (rows.length > 0 && rows[0]?.table !== block.table) close();
      rows.push(block);
    } else {
      close();
      const text = `${block.numbering ?? ''}${block.text}`;
      document.push({ kind: 'paragraph', text, ...(block.heading === undefined ? {} : { heading: block.heading }) });
    }
  }
  close();
  return document;
};
