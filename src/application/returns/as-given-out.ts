import { tidy } from '../../documents/tidy.ts';
import { withoutEscapes } from '../../documents/xlsx/sheet-cells.ts';
import { xmlText } from '../../kernel/xml-text.ts';

/** Whether a cell of a sheet that came back still says what it was given out with, whatever programs made of that on its way. */

/** What of a text outlives every program: not the characters that a file cannot hold, nor what stands in their place. */
export const lasting = (text: string): string => tidy(xmlText(text).replaceAll('\uFFFD', ''), '');

/**
 * What a text may read as, the text itself first. Earlier versions wrote `_x0041_` as it is, and some programs do when they
 * save: then it comes back as `A`, and as what that makes where both did.
 */
export const readings = (text: string): readonly string[] => {
  const once = withoutEscapes(text);
  return [...new Set([text, once, withoutEscapes(once)].map(lasting))];
};

/** `texts`: what the cell may have been given out with. */
export const isAsGivenOut = (cell: string, texts: readonly (string | undefined)[]): boolean =>
  texts.includes(cell) || texts.some((text) => text !== undefined && readings(text).includes(lasting(cell)));
