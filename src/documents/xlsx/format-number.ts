import { byUnits, formal } from '../chinese-numerals.ts';
import { formatDate } from './format-date.ts';
import { sectionsOf, type FormatSection, type FormatToken } from './format-sections.ts';

/** A cell's number as its format shows it (ECMA-376 part 1, 18.8.31), in the forms that an office in China sees. */

/** Without a format: what a column that is wide enough shows. Whole numbers keep every figure, codes among them. */
export const general = (value: number): string => {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e21) return BigInt(value).toString();
  if (size >= 1e-4 && size < 1e15) return String(Number(value.toPrecision(10)));
  const [mantissa = '0', exponent = '0'] = value.toExponential(5).split('e');
  return `${Number(mantissa)}E${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
};

/** Half away from zero on the decimal that is shown, as sheets do: 1.005 to two places is 1.01. */
const rounded = (size: number, places: number): string => {
  const [mantissa = '0', exponent = '0'] = size.toPrecision(15).split('e');
  const scaled = Math.round(Number(`${mantissa}e${Number(exponent) + places}`));
  return size >= 1e15 || !Number.isSafeInteger(scaled) ? size.toFixed(places) : Number(`${scaled}e-${places}`).toFixed(places);
};

const isDigit = ({ kind }: FormatToken): boolean => kind === 'digit';
const zeros = (tokens: readonly FormatToken[]): number => tokens.filter(({ kind, text }) => kind === 'digit' && text === '0').length;
const grouped = (figures: string): string => figures.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');

/** Figures behind the point: those that are not `0` in the format drop where they end in zeros. */
const trimmed = (figures: string, least: number): string => {
  let end = figures.length;
  while (end > least && figures.charAt(end - 1) === '0') end -= 1;
  return figures.slice(0, end);
};

/** The figures in place of the digits of the format, from the right; the first digit takes those that are left. */
const placed = (tokens: readonly FormatToken[], whole: string): string => {
  const first = tokens.findIndex(isDigit);
  let left = whole;
  let shown = '';
  for (const [at, token] of [...tokens.entries()].reverse()) {
    if (token.kind === 'comma') continue;
    const length = at === first ? left.length : left.endsWith(',', left.length - 1) ? 2 : Math.min(1, left.length);
    shown = (token.kind === 'digit' ? left.slice(left.length - length) : token.text) + shown;
    if (token.kind === 'digit') left = left.slice(0, left.length - length);
  }
  return shown;
};

const scientific = (size: number, tokens: readonly FormatToken[]): string => {
  const point = tokens.findIndex(({ kind }) => kind === 'point');
  const at = tokens.findIndex(({ kind }) => kind === 'exponent');
  const places = point < 0 ? 0 : tokens.slice(point, at).filter(isDigit).length;
  const [mantissa = '0', exponent = '0'] = size.toExponential(places).split('e');
  const figures = String(Math.abs(Number(exponent))).padStart(zeros(tokens.slice(at)), '0');
  const sign = Number(exponent) < 0 ? '-' : tokens[at]?.text.endsWith('+') === true ? '+' : '';
  return `${mantissa}E${sign}${figures}`;
};

/** The nearest fraction with a denominator of so many figures as the format has; `# ?/?` has the whole number before it. */
const fraction = (size: number, tokens: readonly FormatToken[]): string => {
  const slash = tokens.findIndex(({ kind }) => kind === 'slash');
  const figures = tokens.slice(slash).filter(isDigit).length;
  // A denominator that the format names itself, such as /8, is not reckoned with.
  if (figures === 0) return general(size);
  const whole = tokens.slice(0, slash).some(({ kind }) => kind === 'literal') ? Math.floor(size) : 0;
  const rest = size - whole;
  let best = { over: Math.round(rest), under: 1 };
  for (let under = 2; under < 10 ** Math.min(3, figures); under += 1) {
    const over = Math.round(rest * under);
    if (Math.abs(rest - over / under) < Math.abs(rest - best.over / best.under) - 1e-12) best = { over, under };
  }
  if (best.under === 1) return String(whole + best.over);
  return whole === 0 ? `${best.over}/${best.under}` : `${whole} ${best.over}/${best.under}`;
};

const decimal = (value: number, tokens: readonly FormatToken[]): string => {
  const lastDigit = tokens.findLastIndex(isDigit);
  const thousands = tokens.slice(lastDigit + 1).findIndex(({ kind }) => kind !== 'comma');
  const scale = thousands < 0 ? tokens.length - lastDigit - 1 : thousands;
  const percents = tokens.filter(({ kind }) => kind === 'percent').length;
  const size = (value * 100 ** percents) / 1000 ** scale;
  const point = tokens.findIndex(({ kind }) => kind === 'point');
  const before = point < 0 ? tokens : tokens.slice(0, point);
  const after = point < 0 ? [] : tokens.slice(point + 1);
  const [whole = '0', behind = ''] = rounded(size, after.filter(isDigit).length).split('.');
  const least = zeros(before);
  const figures = (whole === '0' && least === 0 && point >= 0 ? '' : whole).padStart(least, '0');
  const isGrouped = before.some(({ kind }, at) => kind === 'comma' && before.slice(0, at).some(isDigit) && before.slice(at).some(isDigit));
  const shownWhole = placed(before, isGrouped ? grouped(figures) : figures);
  if (point < 0) return shownWhole;
  const shown = trimmed(behind, zeros(after));
  const rest = after.filter(({ kind }) => kind !== 'digit' && kind !== 'comma').map(({ text }) => text);
  return `${shownWhole}.${shown}${rest.join('')}`;
};

const formatSection = (size: number, section: FormatSection): string => {
  const { tokens, numerals } = section;
  const has = (kind: FormatToken['kind']): boolean => tokens.some((token) => token.kind === kind);
  const characters = (text: string): string => (numerals === 2 ? formal(text) : text);
  if (numerals > 0) {
    const figures = characters(Number.isInteger(size) ? byUnits(size) : general(size));
    return tokens.map(({ kind, text }) => (kind === 'general' || kind === 'digit' ? figures : text)).join('');
  }
  if (has('general') || has('text')) {
    return tokens.map(({ kind, text }) => (kind === 'general' || kind === 'text' ? general(size) : text)).join('');
  }
  if (!tokens.some(isDigit)) return tokens.map(({ text }) => text).join('');
  if (has('exponent')) return scientific(size, tokens);
  if (has('slash')) return fraction(size, tokens);
  return decimal(size, tokens);
};

const fits = (value: number, { condition }: FormatSection): boolean => {
  if (condition === null) return true;
  const { operator, value: bound } = condition;
  if (operator === '<') return value < bound;
  if (operator === '<=') return value <= bound;
  if (operator === '>') return value > bound;
  if (operator === '>=') return value >= bound;
  return operator === '=' ? value === bound : value !== bound;
};

/** Which section is for the number, and whether its sign is still to be shown. */
const sectionFor = (
  value: number,
  sections: readonly FormatSection[],
): { readonly section: FormatSection | undefined; readonly sign: string } => {
  const numeric = sections.slice(0, 3);
  const minus = value < 0 ? '-' : '';
  if (numeric.some(({ condition }) => condition !== null)) {
    return { section: numeric.find((each) => fits(value, each)), sign: minus };
  }
  const [positive, negative, zero] = numeric;
  if (value < 0 && negative !== undefined) return { section: negative, sign: '' };
  return { section: value === 0 && zero !== undefined ? zero : positive, sign: minus };
};

/** Sections by their code: a workbook has some dozen codes and many thousand cells. */
export type NumberFormat = (value: number) => string;

export const numberFormat = (code: string, is1904: boolean): NumberFormat => {
  const sections = sectionsOf(code);
  return (value) => {
    const { section, sign } = sectionFor(value, sections);
    if (section === undefined) return general(value);
    if (section.isDate) return formatDate(value, section, is1904) ?? general(value);
    const shown = formatSection(Math.abs(value), section);
    // A negative number that rounds to nothing has no sign, as in sheets.
    return sign !== '' && /[1-9一-九壹-玖]/u.test(shown) ? `${sign}${shown}` : shown;
  };
};

/** What the last section of a code makes of a text: `@"(办)"`. */
export const textFormat = (code: string): ((text: string) => string) => {
  const sections = sectionsOf(code);
  const section = sections.length >= 4 ? sections[3] : sections.find(({ tokens }) => tokens.some(({ kind }) => kind === 'text'));
  return (value) => (section === undefined ? value : section.tokens.map(({ kind, text }) => (kind === 'text' ? value : text)).join(''));
};
