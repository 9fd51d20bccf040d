import type { Block, Source } from '../../documents/source.ts';
import { columnLetters, placeOf } from '../../documents/xlsx/cell-reference.ts';
import { isAsGivenOut, lasting, readings } from './as-given-out.ts';
import type { ReturnForm, ReturnRow } from './return-form.ts';
import { LAST_MILLIS } from '../../kernel/schema.ts';
import { FILLED, KEPT, SHEET, STATUSES, statusWord } from './form-words.ts';
import { say, type Message, type Text } from '../../messages/message.ts';

/** A return that comes back as a sheet: what the office said is compared, what the unit said is taken. */

export const FORM = 'return/1';

/** For whom and when it was written, as its hidden page says. */
export type Stamp = { readonly unit: string; readonly period: string; readonly position: number; readonly at: number };

type Row = Extract<Block, { kind: 'row' }>;
const rowsOf = (source: Source, table: string): readonly Row[] =>
  source.blocks.filter((block): block is Row => block.kind === 'row' && block.table === table);

const whole = (text: string | undefined): number | null => (text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : null);

/** null where the file is no such sheet. */
export const stampOf = (source: Source, stampSheet: string): Stamp | null => {
  const said = new Map(rowsOf(source, stampSheet).map(({ cells }) => [cells[0]?.text, cells[1]?.text]));
  const [unit, period, position, at] = [said.get('unit'), said.get('period'), whole(said.get('position')), whole(said.get('at'))];
  if (said.get('form') !== FORM || unit === undefined || period === undefined || position === null || at === null) return null;
  if (at > LAST_MILLIS) return null;
  return { unit, period, position, at };
};

export type FilledRow = {
  /** Where it stands: `报送表!A5`. */
  readonly address: string;
  readonly task: string;
  readonly duty: string | undefined;
} & (
  | { readonly ok: true; readonly entry: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: 'cell-changed' | 'invalid-input'; readonly detail: Text }
);

const place = (row: number, column: number): string => `${SHEET}!${columnLetters(column)}${row}`;

const statusOf = (text: string): string | undefined => STATUSES.find((code) => text === code || text === statusWord(code));

const FIGURE = /^-?\d+(?:\.\d+)?$/u;

/** `城区绿化率：35；投资：12`; a figure alone, where one thing is measured. null where it is neither. */
const figuresOf = (text: string, { measurements }: ReturnRow): readonly { metric: string; value: string }[] | null => {
  const [only] = measurements;
  if (measurements.length === 1 && only !== undefined && FIGURE.test(text)) return [{ metric: only.metric, value: text }];
  const figures = text.split(/[;；\n]/u).flatMap((part) => {
    const at = Math.max(...[':', '：', '='].map((sign) => part.lastIndexOf(sign)));
    const [metric, value] = [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()];
    return metric === '' || !FIGURE.test(value) ? [null] : [{ metric, value }];
  });
  const good = figures.filter((figure) => figure !== null);
  return good.length === figures.length ? good : null;
};

type Cells = (column: number) => string;

/** How a row is found again when the sheet was sorted. */
const nameOf = (task: string, duty: string): string => `${task} ${duty}`;

const entryOf = (cells: Cells, expected: ReturnRow, row: number): FilledRow => {
  const first = KEPT.length + 1;
  const [status, percent, narrative, figures] = FILLED.map((_, at) => cells(first + at));
  const about = { address: place(row, 1), task: expected.task, duty: expected.duty };
  const wrong = (at: number, detail: Message): FilledRow => ({
    ...about,
    ok: false,
    code: 'invalid-input',
    detail: say('application.returns.text', { row: place(row, first + at), detail }),
  });
  const said = statusOf(status ?? '');
  if (said === undefined) return wrong(0, say('application.returns.must-be-one', { statusWords: STATUSES.map(statusWord) }));
  const share = /^(\d{1,3})\s*[%％]?$/u.exec(percent ?? '')?.[1];
  if ((percent ?? '') !== '' && (share === undefined || Number(share) > 100))
    return wrong(1, say('application.returns.must-be-whole-number-from-0'));
  if ((narrative ?? '') === '') return wrong(2, say('application.returns.must-not-be-empty'));
  const measured = (figures ?? '') === '' ? [] : figuresOf(figures ?? '', expected);
  if (measured === null) return wrong(3, say('application.returns.must-name-each-figure-as-with'));
  return {
    ...about,
    ok: true,
    entry: {
      task: expected.task,
      ...(expected.duty !== undefined && { duty: expected.duty }),
      status: said,
      ...(share !== undefined && { percent: Number(share) }),
      narrative,
      ...(measured.length > 0 && { measurements: measured }),
    },
  };
};

/** A row that was left empty has nothing to be judged and is not among them; one that was changed is, whatever is in it. */
const filledRow = (
  cells: Cells,
  row: number,
  form: ReturnForm,
  byName: ReadonlyMap<string, ReturnRow>,
  index: number,
): FilledRow | null => {
  const expected = byName.get(nameOf(cells(2), lasting(cells(5)))) ?? form.rows[index];
  const address = place(row, 1);
  const isEmpty = FILLED.every((_, at) => cells(KEPT.length + 1 + at) === '');
  if (expected === undefined) {
    if (isEmpty && KEPT.every((_, at) => cells(at + 1) === '')) return null;
    return {
      address,
      task: cells(2),
      duty: undefined,
      ok: false,
      code: 'cell-changed',
      detail: say('application.returns.in-row-that-sheet-did-not', { address }),
    };
  }
  const changed = KEPT.flatMap((_, at) =>
    isAsGivenOut(cells(at + 1), [expected.kept[at], expected.keptBefore[at]]) ? [] : [place(row, at + 1)],
  );
  if (changed.length > 0) {
    const detail =
      changed.length > 1 ? say('application.returns.cells-changed', { changed }) : say('application.returns.cell-changed', { changed });
    return { address, task: expected.task, duty: expected.duty, ok: false, code: 'cell-changed', detail };
  }
  return isEmpty ? null : entryOf(cells, expected, row);
};

/** Rows in the sheet's order; a sentence where the headings are not those of the sheet. */
export const filledRows = (source: Source, form: ReturnForm, firstRow: number): readonly FilledRow[] | Message => {
  const texts = new Map<number, Map<number, string>>();
  for (const { cells } of rowsOf(source, SHEET)) {
    for (const { address, text } of cells) {
      const at = placeOf(address.slice(SHEET.length + 1));
      if (at === null) continue;
      const row = texts.get(at.row) ?? new Map<number, string>();
      texts.set(at.row, row.set(at.column, text));
    }
  }
  const cellsIn =
    (row: number): Cells =>
    (column) =>
      texts.get(row)?.get(column) ?? '';
  const heading = [...KEPT, ...FILLED].findIndex((column, at) => cellsIn(firstRow - 1)(at + 1) !== column.heading);
  if (heading >= 0) return say('application.returns.not-heading-that-sheet-was-given', { firstRow: place(firstRow - 1, heading + 1) });
  const byName = new Map(
    form.rows.flatMap((row) =>
      [row.keptBefore, row.kept].flatMap((cells) => readings(cells[4] ?? '').map((duty) => [nameOf(cells[1] ?? '', duty), row] as const)),
    ),
  );
  return [...texts.keys()]
    .filter((row) => row >= firstRow)
    .flatMap((row) => filledRow(cellsIn(row), row, form, byName, row - firstRow) ?? []);
};
