/** How wide texts are in the font of sheets: 宋体 at 11 points, half as wide for figures as for Chinese. */

export const FONT = '宋体';
/** Points. */
export const FONT_SIZE = 11;

/** Millimetres of a figure, by which widths of columns are counted: 8 pixels, as the font is shown. */
export const FIGURE = (8 / 96) * 25.4;
/** In figures: what a cell keeps free at its sides. */
const KEPT_FREE = 1;

/** Signs, Greek and Cyrillic that Chinese fonts draw as wide as Chinese, and what is Chinese: from Hangul on all but a few. */
const SIGNS = '\\u00A4\\u00A7\\u00A8\\u00B0\\u00B1\\u00B7\\u00D7\\u00F7\\u0391-\\u0451\\u2013-\\u2026\\u2030-\\u203B\\u2100-\\u27BF';
const SCRIPTS = '\\u1100-\\u115F\\u2E80-\\uA4CF\\uAC00-\\uD7A3\\uF900-\\uFFE6\\u{20000}-\\u{3FFFD}';
/** They take the room of two figures. */
const WIDE = new RegExp(`[${SIGNS}${SCRIPTS}]`, 'gu');

/** In figures. */
export const textWidth = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

/** The figures for which a column of this width has room. */
export const roomIn = (width: number): number => Math.max(1, Math.floor(width - KEPT_FREE));

/** The width of a column in which so many figures stand on a line. */
export const widthFor = (figures: number): number => Math.ceil(figures) + KEPT_FREE;
