/**
 * One character for one: full-width ASCII (U+FF01 to U+FF5E) becomes half-width, so a position in the folded text is the
 * same position in the printed one. For comparing only; what is kept is what was printed.
 */
export const fold = (text: string): string => text.replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** Also 〔 〕 to ( ): the body of a notice writes 〔市、区〕 where its ledger writes (市、区). */
export const foldBrackets = (text: string): string => fold(text).replaceAll('〔', '(').replaceAll('〕', ')');

/** Letters and digits alone: what two wordings have in common whatever their punctuation. */
export const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/** The pieces between separators that stand outside every bracket; `text` has half-width brackets. */
export const splitOutsideBrackets = (text: string, separator: RegExp): readonly string[] => {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '(') depth += 1;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && separator.test(character)) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, text.slice(from)];
};

/** The bracket that closes a text: what is printed before it, and its content with half-width brackets. */
export const trailingBracket = (text: string): { readonly before: string; readonly inside: string } | null => {
  const folded = foldBrackets(text);
  if (!folded.endsWith(')')) return null;
  let depth = 0;
  for (let at = folded.length - 1; at >= 0; at -= 1) {
    if (folded.charAt(at) === ')') depth += 1;
    if (folded.charAt(at) === '(') depth -= 1;
    if (depth === 0) return { before: text.slice(0, at).trimEnd(), inside: folded.slice(at + 1, -1) };
  }
  return null;
};
