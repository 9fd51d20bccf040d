import { FIGURE, FONT_SIZE, roomIn, textWidth, widthFor } from './text-width.ts';
import { linesOf, MOST_LINES } from './row-height.ts';

/**
 * On which paper a table is printed, and how wide its columns are there: as its texts need, and so that what is printed
 * can be read. A sheet is shrunk to the width of its page, so what is wide is printed small.
 */

export type Paper = 'A4' | 'A3';

/** What a column holds, as far as it is known when the table begins. */
export type Extent = {
  readonly heading: string;
  readonly texts: readonly string[];
  /** The most that a column of long texts takes. */
  readonly most: number;
  /** Of numbers and days, which do not wrap: they are shown whole or not at all. */
  readonly least?: number | undefined;
  /** Unless said otherwise it is, and a button stands beside the heading. */
  readonly isFiltered?: boolean;
};

export type Layout = {
  readonly paper: Paper;
  readonly widths: readonly number[];
  /** Millimetres at either side. */
  readonly margin: number;
  /** Where one page across would be too small to read: how far it is shrunk, in percent, over as many pages as that takes. */
  readonly scale?: number;
};

/** Millimetres, across. */
export const ACROSS: Readonly<Record<Paper, number>> = { A4: 297, A3: 420 };
const MARGIN = 10;

/** Points: what an office reads without a glass on its everyday paper; a larger sheet that is held at arm's length needs more. */
const READ_ON: Readonly<Record<Paper, number>> = { A4: 8, A3: 9 };
/** Points: before it is smaller than this on the everyday paper, a sheet goes on the larger one. */
const SMALLEST_ON_A4 = 7.5;
/** Below it nothing is printed. */
const SMALLEST = 7;

/** How many figures stand across the paper where the text has so many points. */
const capacity = (paper: Paper, points: number): number => ((ACROSS[paper] - 2 * MARGIN) / FIGURE) * (FONT_SIZE / points);

/** Figures: shorter texts are not broken. */
const SHORT = 14;
/** Figures: what a column of long texts can do with. */
const NARROW = 20;
/** Lines of most rows. */
const USUAL_LINES = 5;
/** Figures: of a column for which a text makes the row higher than rows can be. */
const WIDEST = 110;
/** Figures: longer headings stand on two lines. */
const ONE_LINE = 8;
/** The button of a filter stands beside the heading. */
const BUTTON = 2.5;

const longestOf = (texts: readonly string[]): number =>
  texts.reduce((most, text) => text.split('\n').reduce((widest, line) => Math.max(widest, textWidth(line)), most), 0);

/** A heading stands on one line, or where there is no room for that on two; a word is not broken. */
const headingNeeds = ({ heading, isFiltered = true }: Extent): { readonly least: number; readonly want: number } => {
  const wide = textWidth(heading);
  const half = wide <= 4 ? wide : 2 * Math.ceil(wide / 4);
  const word = Math.min(SHORT, Math.max(0, ...(heading.match(/[\w']+/gu) ?? []).map(textWidth)));
  const needs = (figures: number): number => widthFor(Math.max(figures, word)) + (isFiltered ? BUTTON : 0);
  return { least: needs(half), want: needs(wide <= ONE_LINE ? wide : half) };
};

const usual = (lengths: readonly number[]): number => lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length * 0.95)] ?? 0;

/** `whole`: in which every text stands on one line. */
type Needs = { readonly least: number; readonly want: number; readonly whole: number };

const needsOf = (extent: Extent): Needs => {
  const { texts, most, least = 0 } = extent;
  const head = headingNeeds(extent);
  const longest = longestOf(texts);
  const whole = Math.max(widthFor(longest), least);
  if (longest <= SHORT || least > 0) return { least: Math.max(head.least, whole), want: Math.max(head.want, whole), whole };
  const lengths = texts.map((text) => text.split('\n').reduce((sum, line) => sum + textWidth(line), 0));
  const forLongest = widthFor(Math.min(WIDEST, Math.max(0, ...lengths) / (MOST_LINES - 2)));
  const want = Math.max(head.want, Math.min(whole, Math.max(most, forLongest)));
  const bearable = Math.min(want, Math.max(widthFor(NARROW), forLongest, widthFor(usual(lengths) / USUAL_LINES)));
  return { least: Math.max(head.least, bearable), want, whole };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
/** As it is written: in tenths, and not 9, which the library takes for no width at all. */
export const fileWidth = (width: number): number => (Math.round(width * 10) === 90 ? 9.1 : Math.round(width * 10) / 10);

/** Between what they want and the least, so that they fit. */
const squeezed = (needs: readonly Needs[], room: number): readonly number[] => {
  const [want, least] = [sum(needs.map((each) => each.want)), sum(needs.map((each) => each.least))];
  if (want <= room) return needs.map((each) => each.want);
  const share = Math.max(0, (room - least) / (want - least || 1));
  return needs.map((each) => each.least + (each.want - each.least) * share);
};

/** What room is left goes to the columns whose texts wrap. */
const grown = (needs: readonly Needs[], widths: readonly number[], room: number): readonly number[] => {
  const left = room - sum(widths);
  const missing = needs.map(({ whole }, at) => Math.max(0, whole - (widths[at] ?? 0)));
  const share = Math.min(1, Math.max(0, left) / (sum(missing) || 1));
  return widths.map((width, at) => width + (missing[at] ?? 0) * share);
};

/** `columns`: those that are seen, in order. */
export const layOut = (columns: readonly Extent[]): Layout => {
  const needs = columns.map(needsOf);
  const least = sum(needs.map((each) => each.least));
  const paper = least <= capacity('A4', SMALLEST_ON_A4) ? 'A4' : 'A3';
  const fitted = squeezed(needs, capacity(paper, READ_ON[paper]));
  const widths = grown(needs, fitted, capacity(paper, FONT_SIZE)).map(fileWidth);
  const narrower = ACROSS[paper] - sum(widths) * FIGURE;
  return {
    paper,
    widths,
    margin: Math.max(MARGIN, Math.floor(narrower * 0.48)),
    ...(sum(widths) <= capacity(paper, SMALLEST) ? {} : { scale: Math.ceil((SMALLEST / FONT_SIZE) * 100) }),
  };
};

/** Points of its text, and what a half em of it takes. */
const TITLE_SIZE = 16;

/** Over how many lines a title goes in so many figures across. */
export const titleLines = (title: string, across: number): number => linesOf(title, (roomIn(across) * FONT_SIZE) / TITLE_SIZE);
