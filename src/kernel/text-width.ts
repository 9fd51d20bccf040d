/** Columns that texts take on a terminal (Unicode Standard Annex #11): wide characters take two, marks on others none. */

const CHINESE = String.raw`\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\u{20000}-\u{3fffd}`;
const FULL_WIDTH = String.raw`\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6`;
const OTHERS = String.raw`\u1100-\u115f\uac00-\ud7a3\u{1f300}-\u{1faff}`;
const WIDE = new RegExp(`[${CHINESE}${FULL_WIDTH}${OTHERS}]`, 'u');
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

export const widthOf = (text: string): number =>
  Array.from(text, (character) => (WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1)).reduce<number>((sum, width) => sum + width, 0);

/** Filled up with spaces to a width. */
export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The same, with the spaces before it, as numbers stand. */
export const padBefore = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** No closing mark begins a line, and no opening one ends it (GB/T 15834). */
const CLOSING = /^[、，。；：？！）】》”’…—,.;:?!)\]]/u;

/** What a line can be broken between: words, and Chinese characters. */
const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = [];
  for (const [piece] of text.matchAll(/ +|[^ ]/gu)) {
    const last = pieces.at(-1);
    const joins = last !== undefined && !piece.startsWith(' ') && !last.endsWith(' ') && (CLOSING.test(piece) || !isBreak(last, piece));
    if (joins) pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
};

const isBreak = (before: string, after: string): boolean => {
  const last = Array.from(before).at(-1) ?? '';
  return (WIDE.test(last) || WIDE.test(after)) && !/[（【《“‘(]/u.test(last);
};

/** Lines of at most so many columns; a word that is longer has a line of its own. */
export const linesWithin = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text))
    if (widthOf(line + piece) <= width) line += piece;
    else {
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = piece.trimStart();
    }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
};
