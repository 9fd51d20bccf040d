import { say, type Message, type Text } from '../../messages/message.ts';

/** Addresses in a document, read back from the English by which drafts have recorded them. */

type Read = (...parts: readonly string[]) => Message;
const PLACES: readonly (readonly [form: RegExp, read: Read])[] = [
  [/^line (\d+)$/u, (n) => say('cli.address-line', { n })],
  [/^paragraph (\d+)$/u, (n) => say('cli.address-paragraph', { n })],
  [/^table (\d+), row (\d+)$/u, (table, row) => say('cli.address-row', { table, row })],
  [/^table (\d+), row (\d+), cell (\d+)$/u, (table, row, cell) => say('cli.address-cell', { table, row, cell })],
];

/** What is no address of these forms, such as a cell of a workbook, stays as it is. */
export const addressSaid = (address: string): Text => {
  for (const [form, read] of PLACES) {
    const found = form.exec(address);
    if (found !== null) return read(...found.slice(1));
  }
  return address;
};
