import { test } from 'tap';
import { readDocument } from '../../src/importer/read-document.ts';
import { sourceOf } from './cases.ts';

/** A mebibyte of what patterns go back over, and of lines without an end: read in time that grows with its length. */

const MEBIBYTE = 1024 * 1024;
// A reader that grows with the square takes minutes of the processor for these; this one takes about a second.
const SECONDS = 20;

const fill = (line: string): string => line.repeat(Math.ceil(MEBIBYTE / new TextEncoder().encode(line).length));
const long = (unit: string): string => `${unit.repeat(4000).slice(0, 4000)}\n`;

const HOSTILE: Readonly<Record<string, string>> = {
  'a line without an end': fill('市教育局、').slice(0, 90_000),
  'brackets that never close': fill(`1.建学校${long('(市教育局')}`),
  'labels without values': fill(`1.建学校。\n${long('单位:')}`),
  'numbers upon numbers': fill(long('(1)')),
  'days upon days': fill(`各单位每月5日前报${long('5月')}`),
  'short lines': '(一)\n'.repeat(30_000),
  'one sentence of defaults again and again': fill('除特别注明的外,各县(市、区)政府和开发区管委会都是配合单位。\n1.建学校。(市教育局)\n'),
};

for (const [name, text] of Object.entries(HOSTILE))
  await test(`${name} is read in good time, and all of it is accounted for`, async (t) => {
    const source = await sourceOf(new TextEncoder().encode(text), 'notice.txt');
    const before = process.cpuUsage();
    const { lines } = readDocument(source);
    const { user, system } = process.cpuUsage(before);
    t.ok((user + system) / 1e6 < SECONDS, `${(user + system) / 1e6} s`);
    t.equal(
      lines.reduce((sum, line) => sum + line.text.length, 0),
      source.blocks.reduce(
        (sum, block) => sum + (block.kind === 'line' ? block.text.length : block.cells.reduce((all, cell) => all + cell.text.length, 0)),
        0,
      ),
    );
  });
