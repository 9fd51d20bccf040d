import type ExcelJs from 'exceljs';
import { xmlText } from '../../kernel/xml-text.ts';
import type { Light, Sheet } from './sheet.ts';

/** Colours by rule. The words of a cell say the same: where it is printed in black and white, what is red stands out in bold. */

const FILL: Readonly<Record<Light, string>> = {
  green: 'FFC6EFCE',
  yellow: 'FFFFEB9C',
  red: 'FFFFC7CE',
  blue: 'FFBDD7EE',
  grey: 'FFD9D9D9',
};

const styleOf = (light: Light): Partial<ExcelJs.Style> => ({
  fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: FILL[light] } },
  ...(light === 'red' ? { font: { bold: true } } : {}),
});

/** Excel's letters: 0 is A, 26 is AA. */
export const letters = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`;
};

/** For the rows from `first` to `last`. */
export const colourRules = <Item>(
  { counts = [], lights }: Pick<Sheet<Item>, 'counts' | 'lights'>,
  { first, last }: { readonly first: number; readonly last: number },
): readonly ExcelJs.ConditionalFormattingOptions[] => {
  const rulesOf = (at: number, rules: readonly { readonly formula: string; readonly light: Light }[]) => ({
    ref: `${letters(at)}${first}:${letters(at)}${last}`,
    rules: rules.map(({ formula, light }, index) => ({
      type: 'expression' as const,
      priority: index + 1,
      formulae: [formula],
      style: styleOf(light),
    })),
  });
  const counted = counts.map(({ column, light }) => {
    const cell = `$${letters(column)}${first}`;
    return rulesOf(column, [{ formula: `AND(ISNUMBER(${cell}),${cell}>0)`, light }]);
  });
  if (lights === undefined) return counted;
  const cell = `$${letters(lights.column)}${first}`;
  const words = Object.entries(lights.of).map(([word, light]) => ({
    formula: `${cell}="${xmlText(word).replaceAll('"', '""')}"`,
    light,
  }));
  return [...counted, rulesOf(lights.column, words)];
};
