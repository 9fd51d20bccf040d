import { ownValue } from '../../kernel/own-value.ts';
import type { Language } from '../../messages/language.ts';
import { say, type Message } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';

/** Places in a source for whoever reads a table: `line 9`, `table 1, row 2, cell 3`. What is counted otherwise stays as it is. */

const PLACES: Readonly<Record<string, (n: string) => Message>> = {
  line: (n) => say('cell.line', { n }),
  paragraph: (n) => say('cell.paragraph', { n }),
  table: (n) => say('cell.table', { n }),
  row: (n) => say('cell.row', { n }),
  cell: (n) => say('cell.cell', { n }),
};
const PLACE = /\b(line|paragraph|table|row|cell) (\d+)(?:, )?/gu;

/** In English as the file's reader says it, which programs read. */
export const addressIn = (address: string, language: Language): string =>
  language === 'en'
    ? address
    : address.replaceAll(PLACE, (whole, of: string, n: string) => {
        const said = ownValue(PLACES, of);
        return said === undefined ? whole : inWords(said(n), language);
      });
