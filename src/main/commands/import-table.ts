import type { Draft, DraftFinding } from '../../importer/draft/draft.ts';
import { findingKindOf } from '../../domain/directives/events.ts';
import { say } from '../../messages/message.ts';
import { inEnglish } from '../../messages/words.ts';
import { allOf, type DraftItem } from '../../importer/draft/items.ts';

/** A draft for a terminal: what was read, and what is open. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes: characters of Chinese take two. */
const widthOf = (text: string): number =>
  Array.from(text, (character) => (WIDE.test(character) ? 2 : 1)).reduce<number>((sum, width) => sum + width, 0);

const cut = (text: string, width: number): string => {
  let kept = '';
  for (const character of text.replaceAll(/\s+/gu, ' ')) {
    if (widthOf(kept + character) > width - 1) return `${kept}…`;
    kept += character;
  }
  return kept;
};

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Rows under their heads, each column as wide as its widest cell, up to its limit. */
const table = (heads: readonly string[], limits: readonly number[], rows: readonly (readonly string[])[]): readonly string[] => {
  const cells = rows.map((row) => row.map((cell, column) => cut(cell, limits[column] ?? 40)));
  const widths = heads.map((head, column) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heads), ...cells.map(line)];
};

const MARKS = { lead: '牵头 ', cooperating: '配合 ', responsible: '' } as const;

const partiesOf = ({ assignees }: DraftItem): string => assignees.map(({ role, name }) => MARKS[role] + name).join('、');

const measuredOf = ({ measurements }: DraftItem): string =>
  measurements
    .filter(({ target }) => target !== null)
    .map(({ metric, comparator, target, unit }) => `${metric} ${comparator} ${target ?? ''}${unit ?? ''}`)
    .join('; ');

const itemsTable = (draft: Draft): readonly string[] =>
  table(
    ['item', 'no.', 'text', 'parties', 'leaders', 'deadline', 'quantities'],
    [12, 10, 36, 36, 20, 24, 40],
    allOf(draft.items).map((item) => [
      item.key,
      item.number,
      item.text,
      partiesOf(item),
      item.leaders.map(({ name, title }) => `${title ?? ''}${name ?? ''}`).join('、'),
      item.deadline === null ? '' : (item.deadline.date ?? item.deadline.printed),
      measuredOf(item),
    ]),
  );

const findingLines = (findings: readonly DraftFinding[]): readonly string[] =>
  findings.flatMap(({ n, address, kind, detail }) => [
    `  ${n}. ${address}: ${kind}: ${detail}`,
    `     ${inEnglish(say(`todo.${findingKindOf(kind)}`))}`,
  ]);

export type Overview = { readonly draft: Draft; readonly newUnits: readonly string[]; readonly open: readonly DraftFinding[] };

export const overviewText = ({ draft, newUnits, open }: Overview): string => {
  const { number, title, issuer, date, id } = draft.directive;
  const { schedule, lines, findings } = draft;
  const unread = lines.filter(({ use }) => use === 'unread').length;
  const aside = findings.filter(({ decision }) => decision !== null).length;
  return [
    title ?? 'no title',
    [number ?? 'no number', issuer ?? 'no issuer', date ?? 'no date', `id ${id ?? 'missing'}`].join(' · '),
    '',
    ...itemsTable(draft),
    '',
    `schedule: ${schedule.words.length === 0 ? 'none' : schedule.words.map(inEnglish).join('; ')}`,
    `units: ${newUnits.length === 0 ? 'all known' : `${newUnits.length} new: ${newUnits.join('、')}`}`,
    `lines: ${lines.length}, ${unread} unread`,
    `findings: ${findings.length}, ${aside} set aside, ${open.length} open that block`,
    ...findingLines(open),
  ].join('\n');
};
