import type { Kept } from '../messages/kept.ts';
import type { Text } from '../messages/message.ts';
/**
 * A document as it came, of whatever file type: its lines and the rows of its tables in their order, each with the
 * address at which a person finds it again. What it says is not asked here.
 */

/** Where something stands: `line 12`, `Sheet1!C7`, `table 2, row 3`. */
export type Address = string;

export type Cell = {
  readonly address: Address;
  /** As shown: dates and results of formulas in the form that the file gives them. NFC, without blanks at its ends. */
  readonly text: string;
  /** The cell that it is merged with and whose text it repeats. */
  readonly mergedWith?: Address;
};

export type Block =
  | {
      readonly kind: 'line';
      readonly address: Address;
      readonly text: string;
      /** 1 to 9, where the file itself marks it as a heading. */
      readonly heading?: number;
      /** The number that the word processor counts, as it shows it: `（一）`, `3.`. It is not in `text`. */
      readonly numbering?: string;
    }
  | {
      readonly kind: 'row';
      readonly address: Address;
      /** The sheet's name or the table's number. Rows of one table follow each other. */
      readonly table: string;
      readonly cells: readonly Cell[];
    };

export type SourceType = 'text' | 'csv' | 'xlsx' | 'docx' | 'html';

/** What the reader of the file had to do or leave out, with its place: a hidden sheet, a row with one cell too many. */
export type SourceRemark = {
  readonly kind:
    | 'hidden'
    | 'empty-sheet'
    | 'uneven-row'
    | 'encoding'
    | 'control-characters'
    | 'tracked-change'
    | 'object-left-out'
    | 'formula-without-result'
    | 'text-missing'
    | 'other';
  readonly address: Address;
} & Kept;

export type Source = {
  readonly type: SourceType;
  /** By content: `text/csv`, never what the sender called it. */
  readonly mediaType: string;
  /** `utf-8`, `gb18030`, `utf-16le`, `utf-16be`; null where the file type has its own. */
  readonly encoding: string | null;
  readonly blocks: readonly Block[];
  readonly remarks: readonly SourceRemark[];
};

/** Why a file is not read at all. */
export type Unreadable = {
  readonly code: 'file-unknown' | 'file-damaged' | 'file-encrypted' | 'file-too-large';
  readonly detail: Text;
};

export type SourceReading = { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly problem: Unreadable };
