import { ownValue } from '../kernel/own-value.ts';
import { readRecords, type PlacedRecord } from './csv-records.ts';
import type { Decoded } from './decoding.ts';
import { cellsOf, gather } from './gather.ts';
import type { Source } from './source.ts';
import { linesOf } from './text.ts';
import { say } from '../messages/message.ts';

/** A whole file of delimited records: nearly all have as many fields, and they are no sentences. */

type Table = { readonly delimiter: string; readonly width: number; readonly records: readonly PlacedRecord[] };

const DELIMITERS = [',', '\t', ';'] as const;
/** Of the records that hold anything; what a program exports is even. */
const EVEN = 0.8;
const SENTENCE_END = /[。；;：:！？]\s*$/u;

const commonest = (counts: readonly number[]): number => {
  const times = Map.groupBy(counts, (count) => count);
  return [...times].reduce((best, [count, { length }]) => (length > (times.get(best)?.length ?? 0) ? count : best), 0);
};

const asTable = (text: string, delimiter: string, calledCsv: boolean): Table | null => {
  const records = [...readRecords(text, delimiter)].filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  const width = commonest(records.map(({ fields }) => fields.length));
  const even = records.filter(({ fields }) => fields.length === width).length / records.length;
  const sentences = records.filter(({ fields }) => SENTENCE_END.test(fields.at(-1) ?? '')).length / records.length;
  if (records.length < 2 || width < 2) return null;
  const isEven = width >= 3 ? even >= (calledCsv ? 0.5 : EVEN) : calledCsv && even >= EVEN;
  return isEven && sentences < 0.5 ? { delimiter, width, records } : null;
};

const MEDIA_TYPES: Readonly<Record<string, string>> = { ',': 'text/csv', ';': 'text/csv', '\t': 'text/tab-separated-values' };

/** null where the text is no such table. What the sender calls it decides only where the text itself leaves it open. */
export const readCsv = ({ text: decoded, encoding, doubt }: Decoded, calledCsv: boolean): Source | null => {
  const text = linesOf(decoded).join('\n');
  const table = DELIMITERS.map((delimiter) => asTable(text, delimiter, calledCsv)).find((each) => each !== null);
  if (table === undefined || table === null) return null;
  const found = gather();
  if (doubt !== null) found.remark('encoding', 'line 1', doubt);
  for (const { fields, line } of table.records) {
    const address = `line ${line}`;
    if (fields.length !== table.width) {
      found.remark('uneven-row', address, say('document.the-row-has-cell-s-where-the', { count: fields.length, width: table.width }));
    }
    found.row(address, '1', cellsOf(address, fields));
  }
  return {
    type: 'csv',
    mediaType: ownValue(MEDIA_TYPES, table.delimiter) ?? 'text/csv',
    encoding,
    blocks: found.blocks,
    remarks: found.remarks,
  };
};
