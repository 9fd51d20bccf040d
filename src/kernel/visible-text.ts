/**
 * What of a text can be seen. Characters that show nothing are kept where they stand, but two names that look alike are
 * one, and a text of nothing else says nothing.
 */

/** Default ignorable code points (fillers, joiners, bidi controls, variation selectors, tags), controls, the blank Braille cell. */
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb`;
const INVISIBLES = new RegExp(`[${INVISIBLE}]+`, 'gu');
const SHOWN = new RegExp(`[^\\s${INVISIBLE}]`, 'u');

/** The text without characters that show nothing; blanks stay. */
export const visible = (text: string): string => text.replaceAll(INVISIBLES, (run) => run.replaceAll(/\S/gu, ''));

/** Whether a text that is not merely blank shows nothing all the same. */
export const showsNothing = (text: string): boolean => !SHOWN.test(text) && text.trim() !== '';

/**
 * Unicode's bound for text in streams (UAX #15 §13). No language piles up more, and beyond it the work of normalising
 * grows with the square: 64,000 pairs of marks on one letter take seconds.
 */
export const MAX_MARKS = 30;
/** Half-width ﾞ and ﾟ, and the Thai and Lao AM, are letters of which compatibility forms (NFKC) make marks. */
const PILE = new RegExp(`[\\p{M}\uff9e\uff9f\u0e33\u0eb3]{${MAX_MARKS + 1}}`, 'u');

/** Whether more marks are piled on a letter than `normalize` should be given. */
export const isPiled = (text: string): boolean => text.length > MAX_MARKS && PILE.test(text);

/** The one way to normalise: in time that grows with the text. What is piled up stays as it is. */
export const normalized = (text: string, form: 'NFC' | 'NFKC'): string => (isPiled(text) ? text : text.normalize(form));
