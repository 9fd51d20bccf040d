import type { Decoded } from './decoding.ts';
import { cellsOf, gather } from './gather.ts';
import type { Source } from './source.ts';
import { rowsFrom } from './text-rows.ts';
import { withoutEntities } from './web-remnants.ts';
import { say } from '../messages/message.ts';

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/** What a file's lines are, whatever ends them. */
export const linesOf = (text: string): readonly string[] => text.split(LINE_END);

/** Plain text: a line a block, but for the rows of tables that it draws with tabs, bars or commas. */
export const readText = ({ text: decoded, encoding, doubt }: Decoded): Source => {
  const found = gather();
  if (doubt !== null) found.remark('encoding', 'line 1', doubt);
  const lines = linesOf(decoded).map((line, index) => {
    const plain = withoutEntities(line);
    if (plain !== line) found.remark('other', `line ${index + 1}`, say('document.signs-of-a-web-page-such-as'));
    return plain;
  });
  const text = lines.join('\n');
  let tables = 0;
  let index = 0;
  let offset = 0;
  const advance = (count: number): void => {
    for (const end = index + count; index < end; index += 1) offset += (lines[index] ?? '').length + 1;
  };
  while (index < lines.length) {
    const { rows, plain } = rowsFrom(lines, index, text, offset);
    if (rows.length > 0) tables += 1;
    for (const { cells, lines: taken } of rows) {
      const address = `line ${index + 1}`;
      found.row(address, String(tables), cellsOf(address, cells));
      advance(taken);
    }
    for (let n = 0; n < plain; n += 1) {
      found.line(`line ${index + 1}`, lines[index] ?? '');
      advance(1);
    }
  }
  return { type: 'text', mediaType: 'text/plain', encoding, blocks: found.blocks, remarks: found.remarks };
};
