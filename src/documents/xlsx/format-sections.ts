/** A number format's code in its parts: sections by sign or condition, and the tokens of each. */

export type FormatToken =
  | { readonly kind: 'literal'; readonly text: string }
  /** `yyyy`, `mm`, `[h]`, `AM/PM`: lower case, brackets kept. */
  | { readonly kind: 'date'; readonly text: string }
  /** One of `0 # ?`, a point, a comma, `%`, `E+`, `/`. */
  | { readonly kind: 'digit' | 'point' | 'comma' | 'percent' | 'exponent' | 'slash'; readonly text: string }
  | { readonly kind: 'general' | 'text'; readonly text: string };

export type FormatSection = {
  readonly tokens: readonly FormatToken[];
  readonly condition: { readonly operator: string; readonly value: number } | null;
  /** Figures in Chinese characters: 1 plain, 2 formal. */
  readonly numerals: 0 | 1 | 2;
  readonly isDate: boolean;
};

/** In this order: the first that fits is the token. */
const TOKEN = new RegExp(
  [
    String.raw`"(?<quoted>[^"]*)"?`,
    String.raw`\\(?<escaped>.)`,
    String.raw`_(?<space>.)`,
    String.raw`\*(?<fill>.)`,
    String.raw`\[(?<elapsed>h+|m+|s+)\]`,
    String.raw`\[(?<bracket>[^\]]*)\]`,
    String.raw`(?<general>general)`,
    String.raw`(?<half>am/pm|a/p|上午/下午)`,
    String.raw`(?<exponent>e[+-])`,
    String.raw`(?<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|g+)`,
    String.raw`(?<digit>[0#?])`,
    String.raw`(?<point>\.)`,
    String.raw`(?<comma>,)`,
    String.raw`(?<percent>%)`,
    String.raw`(?<slash>/)`,
    String.raw`(?<text>@)`,
    String.raw`(?<other>.)`,
  ].join('|'),
  'giu',
);

const CONDITION = /^(?<operator><=|>=|<>|<|>|=)(?<value>-?\d+(?:\.\d+)?)$/u;
const CURRENCY = /^\$(?<symbol>[^-]*)/u;
const NUMERALS = /^dbnum(?<kind>[12])$/iu;

const tokenOf = (groups: Readonly<Record<string, string | undefined>>): FormatToken | null => {
  const { quoted, escaped, space, fill, elapsed, half, date, other, bracket } = groups;
  if (quoted !== undefined || escaped !== undefined) return { kind: 'literal', text: quoted ?? escaped ?? '' };
  if (space !== undefined) return { kind: 'literal', text: ' ' };
  if (fill !== undefined) return null;
  if (elapsed !== undefined) return { kind: 'date', text: `[${elapsed.toLowerCase()}]` };
  if (half !== undefined || date !== undefined) return { kind: 'date', text: (half ?? date ?? '').toLowerCase() };
  if (bracket !== undefined) {
    const symbol = CURRENCY.exec(bracket)?.groups?.['symbol'];
    return symbol === undefined || symbol === '' ? null : { kind: 'literal', text: symbol };
  }
  for (const kind of ['general', 'exponent', 'digit', 'point', 'comma', 'percent', 'slash', 'text'] as const) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text };
  }
  return { kind: 'literal', text: other ?? '' };
};

const section = (code: string): FormatSection => {
  const tokens: FormatToken[] = [];
  let condition: FormatSection['condition'] = null;
  let numerals: FormatSection['numerals'] = 0;
  for (const { groups = {} } of code.matchAll(TOKEN)) {
    const bracket = groups['bracket'] ?? '';
    const { operator, value } = CONDITION.exec(bracket)?.groups ?? {};
    if (operator !== undefined) condition = { operator, value: Number(value) };
    const kind = NUMERALS.exec(bracket)?.groups?.['kind'];
    if (kind !== undefined) numerals = kind === '1' ? 1 : 2;
    const token = tokenOf(groups);
    if (token !== null) tokens.push(token);
  }
  const isDate = tokens.some(({ kind }) => kind === 'date');
  return { tokens, condition, numerals, isDate };
};

/** Semicolons part sections, unless they are quoted, escaped or in brackets. */
const SECTION = /(?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|[^;])*/gu;

/** Formats that stand for what the machine is set to. */
const OF_THE_MACHINE: readonly (readonly [RegExp, string])[] = [
  [/^\[\$-F800\]/iu, 'yyyy"年"m"月"d"日"'],
  [/^\[\$-F400\]/iu, 'h:mm:ss'],
];

/** At least one section. Codes that are longer than any real one are cut. */
export const sectionsOf = (code: string): readonly FormatSection[] => {
  const found: string[] = [];
  const short = (OF_THE_MACHINE.find(([pattern]) => pattern.test(code))?.[1] ?? code).slice(0, 1000);
  for (let at = 0; at <= short.length;) {
    SECTION.lastIndex = at;
    const [text = ''] = SECTION.exec(short) ?? [''];
    found.push(text);
    at += text.length + 1;
  }
  return found.map(section);
};
