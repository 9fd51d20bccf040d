import { LIMITS, RefusedFile } from './limits.ts';
import type { Address, Block, Cell, SourceRemark } from './source.ts';
import { hasHidden, tidy } from './tidy.ts';
import { kept } from '../messages/kept.ts';
import { say, type Message } from '../messages/message.ts';

type Line = Extract<Block, { kind: 'line' }>;

/** Blocks and remarks as they are found, in order; counts them against what is read at most. */
export type Gather = {
  readonly blocks: readonly Block[];
  readonly remarks: readonly SourceRemark[];
  /** A line, unless nothing can be seen of it. */
  line: (address: Address, text: string, more?: Pick<Line, 'heading' | 'numbering'>) => void;
  /** A row, unless nothing can be seen of it. Cells come with their texts as found. */
  row: (address: Address, table: string, cells: readonly Cell[]) => void;
  remark: (kind: SourceRemark['kind'], address: Address, said: Message) => void;
};

/** Beyond these, remarks of one kind are counted in the last. */
const REMARKS_OF_A_KIND = 200;
const LONGEST_REMARK = 1000;

export const gather = (): Gather => {
  const blocks: Block[] = [];
  const remarks: SourceRemark[] = [];
  const counts = new Map<string, number>();
  let places = 0;
  let lines = 0;
  let characters = 0;

  const remark: Gather['remark'] = (kind, address, said) => {
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    const remarked = kept(said);
    if (n <= REMARKS_OF_A_KIND)
      remarks.push({
        kind,
        address,
        ...(remarked.detail.length > LONGEST_REMARK ? { detail: remarked.detail.slice(0, LONGEST_REMARK) } : remarked),
      });
    if (n === REMARKS_OF_A_KIND) remarks.push({ kind, address, ...kept(say('document.there-are-more-of-this-kind-which')) });
  };
  const takePlaces = (count: number, address: Address): void => {
    places += count;
    if (places > LIMITS.places) {
      throw new RefusedFile(
        'file-too-large',
        say('document.at-the-file-has-more-than-lines-and-cells', { address, places: LIMITS.places }),
      );
    }
  };
  const clean = (address: Address, text: string): string => {
    characters += text.length;
    if (characters > LIMITS.allCharacters) {
      throw new RefusedFile(
        'file-too-large',
        say('document.at-the-file-has-more-than-characters', { address, allCharacters: LIMITS.allCharacters }),
      );
    }
    if (hasHidden(text)) remark('control-characters', address, say('document.characters-that-nobody-sees-were-left-out'));
    return tidy(text, address);
  };

  return {
    blocks,
    remarks,
    remark,
    line: (address, text, more = {}) => {
      const shown = clean(address, text);
      if (shown === '' && more.numbering === undefined) return;
      lines += 1;
      if (lines > LIMITS.lines)
        throw new RefusedFile('file-too-large', say('document.at-the-file-has-more-than-lines', { address, lines: LIMITS.lines }));
      takePlaces(1, address);
      blocks.push({ kind: 'line', address, text: shown, ...more });
    },
    row: (address, table, cells) => {
      takePlaces(cells.length, address);
      const shown = cells.map((cell) => (cell.text === '' ? cell : { ...cell, text: clean(cell.address, cell.text) }));
      if (shown.some(({ text }) => text !== '')) blocks.push({ kind: 'row', address, table, cells: shown });
    },
  };
};

/** Cells of a row whose place among them is all the address they have: `line 12, cell 3`. */
export const cellsOf = (address: Address, texts: readonly string[]): readonly Cell[] =>
  texts.map((text, index) => ({ address: `${address}, cell ${index + 1}`, text }));
