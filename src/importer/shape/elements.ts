import type { Address, Source } from '../../documents/source.ts';
import type { AccountedLine, LineUse } from '../document-reading.ts';
import { folded } from '../words/folded.ts';
import { markerOf, type Marker } from './numbering.ts';

/** A line or a cell; `ref` is its place among all of them. */
export type Piece = { readonly ref: number; readonly address: Address; readonly text: string; readonly folded: string };
export type Line = Piece & {
  readonly kind: 'line';
  readonly marker: Marker | null;
  readonly heading: number | null;
  /** Of which it is a row of one text. */ readonly table?: string;
};
export type RowCell = Piece & { readonly merged: boolean };
export type Row = { readonly kind: 'row'; readonly table: string; readonly address: Address; readonly cells: readonly RowCell[] };
export type Element = Line | Row;

/** Where every line and cell goes; the first use that is said of one holds, unless it said less. */
export type Accounts = {
  readonly mark: (ref: number, use: LineUse, item?: string) => void;
  readonly isMarked: (ref: number) => boolean;
  readonly lines: () => readonly AccountedLine[];
};

/** A line of so many characters is no line of a document; nothing is looked for in it. */
export const LONGEST_LINE = 5000;

type Unit = { readonly address: Address; readonly text: string };

const accountsOf = (units: readonly Unit[]): Accounts => {
  const uses = new Map<number, { readonly use: LineUse; readonly item?: string }>();
  return {
    mark: (ref, use, item) => {
      if (!uses.has(ref)) uses.set(ref, item === undefined ? { use } : { use, item });
    },
    isMarked: (ref) => uses.has(ref),
    lines: () => units.map(({ address, text }, ref) => ({ address, text, ...(uses.get(ref) ?? { use: 'unread' }) })),
  };
};

export const lineOf = (ref: number, address: Address, text: string, numbering?: string, heading?: number): Line => {
  const plain = folded(text);
  const blanks = plain.length - plain.trimStart().length;
  // A number that the word processor counts stands before the text and is not in it.
  const counted = numbering === undefined ? null : markerOf(`${folded(numbering).trim()} `);
  const printed = counted === null ? markerOf(plain.trimStart()) : null;
  const marker = counted !== null ? { ...counted, length: 0 } : printed === null ? null : { ...printed, length: printed.length + blanks };
  return { kind: 'line', ref, address, text, folded: plain, marker, heading: heading ?? null };
};

/** The source's blocks as elements, and the accounts of them. */
export const elementsOf = ({ blocks }: Source): { readonly elements: readonly Element[]; readonly accounts: Accounts } => {
  const units: Unit[] = [];
  const unit = (address: Address, text: string): number => units.push({ address, text }) - 1;
  const elements = blocks.map((block): Element => {
    if (block.kind === 'line') return lineOf(unit(block.address, block.text), block.address, block.text, block.numbering, block.heading);
    const cells = block.cells.map(({ address, text, mergedWith }): RowCell => ({
      ref: unit(address, text),
      address,
      text,
      folded: folded(text),
      merged: mergedWith !== undefined,
    }));
    return { kind: 'row', table: block.table, address: block.address, cells };
  });
  return { elements, accounts: accountsOf(units) };
};
