/**
 * Records of delimited text (RFC 4180), read leniently and with the place at which each begins: a quotation mark opens a
 * quoted field only where a field begins, and one that is never closed is a character like any other.
 */

export type CsvRecord = {
  readonly fields: readonly string[];
  /** Of the first character of the next record; the length of the text at its end. */
  readonly next: number;
};

/** A quoted field that is longer is taken as one whose mark was never meant. */
const LONGEST_QUOTED = 32 * 1024;

const closingQuote = (text: string, opened: number): number => {
  let at = text.indexOf('"', opened + 1);
  while (at >= 0 && at - opened <= LONGEST_QUOTED && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at >= 0 && at - opened <= LONGEST_QUOTED ? at : -1;
};

const endOfField = (text: string, from: number, delimiter: string): number => {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === delimiter || character === '\n') return at;
  }
  return text.length;
};

/** The record that begins at `from`. Line ends are line feeds. */
export const readRecord = (text: string, from: number, delimiter: string): CsvRecord => {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const closed = text.charAt(at) === '"' ? closingQuote(text, at) : -1;
    const end = endOfField(text, closed < 0 ? at : closed + 1, delimiter);
    fields.push(closed < 0 ? text.slice(at, end) : text.slice(at + 1, closed).replaceAll('""', '"') + text.slice(closed + 1, end));
    if (text.charAt(end) !== delimiter || end >= text.length) return { fields, next: Math.min(end + 1, text.length) };
    at = end + 1;
  }
};

export type PlacedRecord = CsvRecord & {
  /** At which it begins. */
  readonly line: number;
  /** How many it takes. */
  readonly lines: number;
};

const lineFeeds = (text: string, from: number, to: number): number => {
  let found = 0;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 0x0a) found += 1;
  return found;
};

/** All records from a place on, which is in line `first`. */
export function* readRecords(text: string, delimiter: string, from = 0, first = 1): Generator<PlacedRecord> {
  let at = from;
  let line = first;
  while (at < text.length) {
    const record = readRecord(text, at, delimiter);
    const lines = lineFeeds(text, at, record.next) + (text.charAt(record.next - 1) === '\n' ? 0 : 1);
    yield { ...record, line, lines };
    line += lines;
    at = record.next;
  }
}
