import { isMet, type Aim, type Figure } from './benchmark.ts';

export type Measured = { readonly benchmark: string; readonly figures: readonly Figure[] };

const numberText = (value: number): string =>
  value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const aimText = ({ at, value }: Aim): string => `${at === 'least' ? '≥' : '≤'} ${value.toLocaleString('en')}`;

const cellsOf = (benchmark: string, figure: Figure): readonly string[] => [
  benchmark,
  figure.name,
  numberText(figure.value),
  figure.unit,
  figure.aim === undefined ? '' : aimText(figure.aim),
  figure.aim === undefined ? '' : isMet(figure) ? 'met' : 'missed',
];

const HEADS = ['benchmark', 'figure', 'value', 'unit', 'aim', ''];
const VALUE_COLUMN = 2;

/** One line a figure, columns aligned. */
export const tableOf = (measured: readonly Measured[]): string => {
  const rows = [
    HEADS,
    ...measured.flatMap(({ benchmark, figures }) => figures.map((figure, at) => cellsOf(at === 0 ? benchmark : '', figure))),
  ];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === VALUE_COLUMN ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
};
