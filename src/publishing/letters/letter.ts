/**
 * A letter of an office, before it has a file format: what stands in it, in its order, and nothing of how it looks.
 * The parts are those of GB/T 9704-2012, the standard for official documents.
 */

/** A table for people: every row has as many cells as there are columns. */
export type LetterTable = {
  readonly columns: readonly { readonly heading: string; /** Share of the width. */ readonly weight: number }[];
  readonly rows: readonly (readonly string[])[];
};

export type LetterBlock =
  /** Level 1 is 一、 in 黑体, level 2 （一） in 楷体. The number is part of the text. */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly table: LetterTable };

export type Letter = {
  /** Printed above the title; null for a draft or a letter without one. */
  readonly number: string | null;
  readonly title: string;
  /** 主送机关, without the colon; null where it goes to nobody by name. */
  readonly addressee: string | null;
  readonly blocks: readonly LetterBlock[];
  /** Each on a page of its own, after the date. */
  readonly attachments: readonly { readonly title: string; readonly blocks: readonly LetterBlock[] }[];
  /** The issuing organ, and the day in words: 2023年6月5日; null where it is not issued. */
  readonly signature: string | null;
  readonly date: string | null;
};

const blockText = (block: LetterBlock): readonly string[] =>
  block.kind === 'table'
    ? [block.table.columns.map(({ heading }) => heading).join('\t'), ...block.table.rows.map((row) => row.join('\t'))]
    : [block.text];

/** Every line of a letter in its order, as its words are compared and hashed: cells parted by tabs. */
export const letterLines = ({ number, title, addressee, blocks, attachments, signature, date }: Letter): readonly string[] => [
  ...(number === null ? [] : [number]),
  title,
  ...(addressee === null ? [] : [`${addressee}：`]),
  ...blocks.flatMap(blockText),
  ...attachmentList(attachments.map(({ title: name }) => name)),
  ...(signature === null ? [] : [signature]),
  ...(date === null ? [] : [date]),
  ...attachments.flatMap(({ title: name, blocks: inner }, index) => [
    attachments.length === 1 ? '附件' : `附件${index + 1}`,
    name,
    ...inner.flatMap(blockText),
  ]),
];

/** The note of what is attached, below the text: with numbers where there are several. */
export const attachmentList = (titles: readonly string[]): readonly string[] =>
  titles.length === 1 ? [`附件：${titles[0] ?? ''}`] : titles.map((title, index) => `${index === 0 ? '附件：' : ''}${index + 1}.${title}`);

/** In Chinese characters: others stand for half of one. */
export const widthOf = (text: string): number => Array.from(text).reduce((sum, character) => sum + (character < '\u1100' ? 0.5 : 1), 0);

/**
 * How far from the right edge signature and date end, in characters: the date four, the organ so that its middle is above
 * the date's (GB/T 9704-2012 §7.3.5).
 */
export const signedFromRight = ({
  signature,
  date,
}: Pick<Letter, 'signature' | 'date'>): { readonly signature: number; readonly date: number } => ({
  signature: signature === null || date === null ? 4 : Math.max(0, 4 + (widthOf(date) - widthOf(signature)) / 2),
  date: 4,
});

/** Characters up to which a column is centred. */
const SHORT = 12;

/** Of each column of a table, whether it holds nothing but short words and figures: then it is centred. */
export const shortColumns = ({ columns, rows }: LetterTable): readonly boolean[] =>
  columns.map((_, index) => rows.every((row) => (row[index] ?? '').length <= SHORT));
