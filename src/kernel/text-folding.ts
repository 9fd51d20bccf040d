/**
 * One character for one: full-width ASCII (U+FF01 to U+FF5E) becomes half-width, so a position in the folded text is the
 * same position in the printed one. For comparing only; what is kept is what was printed.
 */
export const fold = (text: string): string => text.replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** Also 〔 〕 to ( ): the body of a notice writes 〔市、区〕 where its ledger writes (市、区). */
export const foldBrackets = (text: string): string => fold(text).replaceAll('〔', '(').replaceAll('〕', ')');

/** Letters and digits alone: what two wordings have in common whatever their punctuation. */
export const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');
