export type Line = {
  /** From 1. */
  readonly n: number;
  /** As printed, in NFC, without blanks at its ends. */
  readonly text: string;
  /** The same length as `text`; patterns are matched on it. */
  readonly folded: string;
};

/** Why a text was refused: the first line that was not understood, and what would have been. */
export type Unreadable = {
  readonly code: 'notice-unreadable';
  /** From 1; one past the last line when the text ends too early. */
  readonly line: number;
  readonly text: string;
  readonly expected: string;
};

/** A part that was read, with the index of the line after it, or the line that stopped the reading. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly next: number }
  | { readonly ok: false; readonly problem: Unreadable };

export const read = <T>(value: T, next: number): Read<T> => ({ ok: true, value, next });

const SHOWN = 200;

export const refuse = (line: Line, expected: string): { readonly ok: false; readonly problem: Unreadable } => ({
  ok: false,
  problem: {
    code: 'notice-unreadable',
    line: line.n,
    text: line.text.length > SHOWN ? `${line.text.slice(0, SHOWN).toWellFormed()}…` : line.text,
    expected,
  },
});
