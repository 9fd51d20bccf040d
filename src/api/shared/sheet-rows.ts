import type { Block, Cell, Source } from '../../documents/source.ts';
import { placeOf } from '../../documents/xlsx/cell-reference.ts';
import { foldText } from '../../kernel/json.ts';
import { say, type Message } from '../../messages/message.ts';
import { wouldRun } from '../../publishing/sheets/sheet.ts';

/** A file of rows that comes back: its columns are found by their headings, in whatever order they stand. */

export type RowCell = { readonly address: string; readonly text: string };
export type SheetRow<Field> = {
  readonly address: string;
  /** By field; a column that the file does not have is missing, an empty cell has an empty text. */
  readonly cells: ReadonlyMap<Field, RowCell>;
  /** The first text that stands under no heading. */
  readonly astray: RowCell | undefined;
};

export type SheetRows<Field> =
  | { readonly ok: true; readonly columns: ReadonlyMap<Field, string>; readonly rows: readonly SheetRow<Field>[] }
  | { readonly ok: false; readonly code: 'file-unknown' | 'invalid-input'; readonly detail: Message };

type Row = Extract<Block, { kind: 'row' }>;

/** From 1: of a sheet by its letters, elsewhere by the place in the row. */
const columnOf = ({ address }: Cell, index: number): number =>
  placeOf(address.slice(address.lastIndexOf('!') + 1))?.column ?? Number(/, cell (\d+)$/u.exec(address)?.[1] ?? index + 1);

/** An export to CSV has a mark before what a spreadsheet would run; it is not part of the text. */
const unmarked = (text: string, { type }: Source): string =>
  type !== 'xlsx' && text.startsWith("'") && wouldRun(text.slice(1)) ? text.slice(1) : text;

const refuse = (code: 'file-unknown' | 'invalid-input', detail: Message) => ({ ok: false, code, detail }) as const;

/** A heading is known from two on, so that a title that happens to be called like one is none. */
const isHead = <Field>({ cells }: Row, fields: ReadonlyMap<string, Field>): boolean =>
  new Set(cells.flatMap(({ text }) => fields.get(foldText(text)) ?? [])).size >= 2;

/** Rows below the heading row of each table, with the headings that the file has. `fields` is by folded heading. */
export const rowsUnder = <Field>(source: Source, fields: ReadonlyMap<string, Field>): SheetRows<Field> => {
  const tables = Map.groupBy(
    source.blocks.filter((block): block is Row => block.kind === 'row'),
    ({ table }) => table,
  );
  const columns = new Map<Field, string>();
  const rows: SheetRow<Field>[] = [];
  for (const [table, all] of tables) {
    const head = all.findIndex((row) => isHead(row, fields));
    if (head < 0) {
      if (tables.size === 1) break;
      return refuse('invalid-input', say('ledger-rows.no-headings', { table }));
    }
    const own = new Map<number, Field>();
    for (const [index, cell] of (all[head]?.cells ?? []).entries()) {
      if (cell.text === '') continue;
      const field = fields.get(foldText(cell.text));
      if (field === undefined)
        return refuse('invalid-input', say('ledger-rows.no-such-column', { heading: cell.text, address: cell.address }));
      if ([...own.values()].includes(field))
        return refuse('invalid-input', say('ledger-rows.column-twice', { heading: cell.text, address: cell.address }));
      own.set(columnOf(cell, index), field);
      columns.set(field, cell.text);
    }
    for (const { address, cells } of all.slice(head + 1)) {
      const texts = new Map<Field, RowCell>();
      let astray: RowCell | undefined;
      for (const [index, cell] of cells.entries()) {
        const field = own.get(columnOf(cell, index));
        const said = { address: cell.address, text: unmarked(cell.text, source) };
        if (field !== undefined) texts.set(field, said);
        else if (said.text !== '') astray ??= said;
      }
      rows.push({ address, cells: texts, astray });
    }
  }
  return columns.size === 0 ? refuse('file-unknown', say('ledger-rows.no-ledger')) : { ok: true, columns, rows };
};
