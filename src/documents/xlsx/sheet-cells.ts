import { LIMITS, RefusedFile } from '../limits.ts';
import { childOf, childrenOf, eachElement, isElement, isOn, textOf, type XmlElement } from '../xml.ts';
import { areaOf, columnLetters, MAX_ROW, placeOf, type Area, type Place } from './cell-reference.ts';
import type { CellStyle } from './styles.ts';
import { say, type Message } from '../../messages/message.ts';

/** What one sheet's part holds, as shown and not yet arranged: texts by row and column, merged areas, what is hidden. */
export type SheetCells = {
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly merged: readonly Area[];
  readonly hiddenRows: ReadonlySet<number>;
  /** First and last column of each hidden range. */
  readonly hiddenColumns: readonly (readonly [number, number])[];
  readonly withoutResult: readonly { readonly place: string; readonly formula: string }[];
  /** Cells that name a text which the file does not have. */
  readonly withoutText: readonly string[];
  readonly struckThrough: readonly string[];
  /** What stands at the head and the foot of its printed pages. */
  readonly printed: readonly string[];
};

export type SheetContext = {
  readonly shared: readonly string[];
  readonly style: (index: number) => CellStyle;
};

const MAX_MERGED = 50_000;

const damaged = (said: Message): RefusedFile => new RefusedFile('file-damaged', said);

const isRow = (row: number): boolean => Number.isInteger(row) && row >= 1 && row <= MAX_ROW;
const nameOf = ({ row, column }: Place): string => `${columnLetters(column)}${row}`;

/** The column that a cell says it stands in; undefined where it says nothing, and is the next one of its row. */
const columnIn = ({ attributes: { r } }: XmlElement, row: number, part: string): number | undefined => {
  if (r === undefined) return undefined;
  const place = placeOf(r);
  if (place === null || place.row !== row) throw damaged(say('document.is-no-place-of-a-sheet', { part, place: r.slice(0, 20) }));
  return place.column;
};

/** `_x000D_` is how a sheet writes a character that XML cannot hold. */
export const withoutEscapes = (text: string): string =>
  text.replaceAll(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Text of a string item: its runs, without the readings that stand above them. */
export const stringOf = (item: XmlElement): string =>
  withoutEscapes(
    item.children
      .filter(isElement)
      .filter(({ name }) => name === 't' || name === 'r')
      .map((each) => (each.name === 't' ? textOf(each) : childrenOf(each, 't').map(textOf).join('')))
      .join(''),
  );

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/iu;

/** undefined where the file has no such text. */
const sharedText = (value: string, { shared }: SheetContext): string | undefined =>
  /^\s*\d{1,9}\s*$/u.test(value) ? shared[Number(value)] : undefined;

const shownValue = (type: string, value: string, style: CellStyle, context: SheetContext): string => {
  if (type === 's') return style.text(sharedText(value, context) ?? '');
  if (type === 'str') return style.text(withoutEscapes(value));
  if (type === 'b') return isOn(value.trim()) ? 'TRUE' : 'FALSE';
  if (type === 'e' || type === 'd') return value;
  return value.length <= 40 && NUMBER.test(value.trim()) ? style.number(Number(value)) : value;
};

/** Throws `RefusedFile`. */
export const readSheetCells = (bytes: Uint8Array, part: string, context: SheetContext): SheetCells => {
  const rows = new Map<number, Map<number, string>>();
  const merged: Area[] = [];
  const hiddenRows = new Set<number>();
  const hiddenColumns: (readonly [number, number])[] = [];
  const withoutResult: { place: string; formula: string }[] = [];
  const withoutText: string[] = [];
  const struckThrough: string[] = [];
  const printed: string[] = [];
  let lastRow = 0;
  let count = 0;

  const readCell = (cell: XmlElement, row: Map<number, string>, place: { row: number; column: number }): void => {
    const { t: type = 'n', s: styleIndex = '0', r: reference = nameOf(place) } = cell.attributes;
    const style = context.style(Number(styleIndex));
    const inline = childOf(cell, 'is');
    const value = childOf(cell, 'v');
    const formula = childOf(cell, 'f');
    const text =
      inline !== undefined ? style.text(stringOf(inline)) : value === undefined ? '' : shownValue(type, textOf(value), style, context);
    if (formula !== undefined && value === undefined && inline === undefined)
      withoutResult.push({ place: reference, formula: textOf(formula) });
    if (type === 's' && value !== undefined && sharedText(textOf(value), context) === undefined) withoutText.push(reference);
    if (text === '') return;
    count += 1;
    if (count > LIMITS.places)
      throw new RefusedFile('file-too-large', say('document.has-more-than-cells', { part, places: LIMITS.places }));
    if (style.isStruckThrough) struckThrough.push(reference);
    if (row.has(place.column)) throw damaged(say('document.the-cell-is-there-twice', { place: `${part}, ${nameOf(place)}` }));
    row.set(place.column, text);
  };

  eachElement(bytes, part, {
    col: ({ attributes }) => {
      if (isOn(attributes['hidden']) || Number(attributes['width'] ?? 1) === 0) {
        hiddenColumns.push([Number(attributes['min'] ?? 0), Number(attributes['max'] ?? 0)]);
      }
    },
    row: (element) => {
      const { r, hidden, ht, customHeight } = element.attributes;
      lastRow = r === undefined ? lastRow + 1 : Number(r);
      if (!isRow(lastRow)) throw damaged(say('document.is-no-place-of-a-sheet', { part, place: (r ?? String(lastRow)).slice(0, 20) }));
      const row = rows.get(lastRow) ?? new Map<number, string>();
      let column = 0;
      for (const cell of childrenOf(element, 'c')) {
        column = columnIn(cell, lastRow, part) ?? column + 1;
        readCell(cell, row, { row: lastRow, column });
      }
      if (row.size === 0) return;
      rows.set(lastRow, row);
      if (isOn(hidden) || (isOn(customHeight) && ht !== undefined && Number(ht) === 0)) hiddenRows.add(lastRow);
    },
    mergeCell: ({ attributes }) => {
      const area = areaOf(attributes['ref'] ?? '');
      if (area !== null) merged.push(area);
      if (merged.length > MAX_MERGED)
        throw new RefusedFile('file-too-large', say('document.merges-more-than-areas-of-cells', { part, MAX_MERGED }));
    },
    headerFooter: (element) => {
      printed.push(...element.children.filter(isElement).map(textOf));
    },
  });
  return { rows, merged, hiddenRows, hiddenColumns, withoutResult, withoutText, struckThrough, printed };
};
