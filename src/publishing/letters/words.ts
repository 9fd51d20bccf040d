import { sha256Hex } from '../../kernel/canonical.ts';
import { letterLines, type Letter } from './letter.ts';

/** Name and version of the rule by which template and facts make the words; `verify` makes them again by it. */
export const LETTER_WRITER = 'notice-letter.v1';

/** Lower-case hex SHA-256 of the words, a line each. */
export const wordsDigest = (letter: Letter): string => sha256Hex(letterLines(letter).join('\n'));
