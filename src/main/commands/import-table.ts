import type { Draft, DraftFinding } from '../../importer/draft/draft.ts';
import { findingKindOf } from '../../domain/directives/events.ts';
import { padTo, widthOf } from '../../kernel/text-width.ts';
import { allOf, type DraftItem } from '../../importer/draft/items.ts';
import { addressSaid } from './address-said.ts';
import { keptIn } from '../../messages/kept.ts';
import { say, type Text } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';
import { inWords } from '../../messages/words.ts';
import type { Language } from '../../messages/language.ts';

/** A draft for a terminal: what was read, and what is open. */

const cut = (text: string, width: number): string => {
  let kept = '';
  for (const character of text.replaceAll(/\s+/gu, ' ')) {
    if (widthOf(kept + character) > width - 1) return `${kept}…`;
    kept += character;
  }
  return kept;
};

/** Rows under their heads, each column as wide as its widest cell, up to its limit. */
const table = (heads: readonly string[], limits: readonly number[], rows: readonly (readonly string[])[]): readonly string[] => {
  const cells = rows.map((row) => row.map((cell, column) => cut(cell, limits[column] ?? 40)));
  const widths = heads.map((head, column) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heads), ...cells.map(line)];
};

const partiesOf = ({ assignees }: DraftItem, language: Language): string =>
  assignees.map(({ role, name }) => inWords(say(`cli.party-${role}`, { name }), language)).join('、');

const measuredOf = ({ measurements }: DraftItem): string =>
  measurements
    .filter(({ target }) => target !== null)
    .map(({ metric, comparator, target, unit }) => `${metric} ${comparator} ${target ?? ''}${unit ?? ''}`)
    .join('; ');

const HEADS = [
  'cli.column-item',
  'cli.column-number',
  'cli.column-text',
  'cli.column-parties',
  'cli.column-leaders',
  'cli.column-deadline',
  'cli.column-quantities',
] as const;

const itemsTable = (draft: Draft, language: Language): readonly string[] =>
  table(
    HEADS.map((head) => inWords(say(head), language)),
    [12, 10, 36, 36, 20, 24, 40],
    allOf(draft.items).map((item) => [
      item.key,
      item.number,
      item.text,
      partiesOf(item, language),
      item.leaders.map(({ name, title }) => `${title ?? ''}${name ?? ''}`).join('、'),
      item.deadline === null ? '' : (item.deadline.date ?? item.deadline.printed),
      measuredOf(item),
    ]),
  );

const findingLines = (findings: readonly DraftFinding[], language: Language): readonly Text[] =>
  findings.flatMap(({ n, address, kind, detail, said }) => [
    say('cli.finding', { n, address: addressSaid(address), kind: stateSaid(kind), detail: keptIn({ detail, said }, language) }),
    say('cli.finding-todo', { todo: say(`todo.${findingKindOf(kind)}`) }),
  ]);

export type Overview = { readonly draft: Draft; readonly newUnits: readonly string[]; readonly open: readonly DraftFinding[] };

export const overviewText = ({ draft, newUnits, open }: Overview, language: Language): string => {
  const { number, title, issuer, date, id } = draft.directive;
  const { schedule, lines, findings } = draft;
  const unread = lines.filter(({ use }) => use === 'unread').length;
  const aside = findings.filter(({ decision }) => decision !== null).length;
  const said: readonly Text[] = [
    title ?? say('cli.no-title'),
    say('cli.heading', {
      number: number ?? say('cli.no-number'),
      issuer: issuer ?? say('cli.no-issuer'),
      date: date ?? say('cli.no-date'),
      id: id ?? say('cli.missing'),
    }),
    '',
    ...itemsTable(draft, language),
    '',
    say('cli.schedule', { words: schedule.words.length === 0 ? say('cli.none') : { clauses: schedule.words } }),
    newUnits.length === 0 ? say('cli.units-all-known') : say('cli.units-new', { n: newUnits.length, names: newUnits.join('、') }),
    say('cli.lines', { lines: lines.length, unread }),
    say('cli.findings', { findings: findings.length, aside, open: open.length }),
    ...findingLines(open, language),
  ];
  return said.map((each) => inWords(each, language)).join('\n');
};
