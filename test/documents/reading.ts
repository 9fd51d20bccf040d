import type { Block, Source, SourceReading, Unreadable } from '../../src/documents/source.ts';
import { readSource, type SourceHint } from '../../src/documents/read-source.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** What tests of files say and ask. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const sourceOf = async (bytes: Uint8Array, hint?: SourceHint): Promise<Source> => {
  const reading: SourceReading = await readSource(bytes, hint);
  if (!reading.ok) throw new Error(`${reading.problem.code}: ${inEnglish(reading.problem.detail)}`);
  return reading.source;
};

export const problemOf = async (bytes: Uint8Array, hint?: SourceHint): Promise<Unreadable & { readonly detail: string }> => {
  const reading = await readSource(bytes, hint);
  if (reading.ok) throw new Error(`it was read as ${reading.source.type}`);
  return { ...reading.problem, detail: inEnglish(reading.problem.detail) };
};

export const textsOf = (block: Block): readonly string[] => (block.kind === 'line' ? [block.text] : block.cells.map(({ text }) => text));

/** A block as one line: its address, its number where the file counts, and what it says. */
export const shown = (block: Block): string =>
  block.kind === 'row'
    ? `${block.address} = ${textsOf(block).join(' ¦ ')}`
    : `${block.address}: ${block.numbering === undefined ? '' : `${block.numbering} `}${block.text}`;

export const shownBlocks = async (bytes: Uint8Array, hint?: SourceHint): Promise<readonly string[]> =>
  (await sourceOf(bytes, hint)).blocks.map(shown);

/** Everything that the blocks say and that is no blank, in order. */
export const visibleOf = ({ blocks }: Pick<Source, 'blocks'>): string => blocks.flatMap(textsOf).join('').replaceAll(/\s/gu, '');
