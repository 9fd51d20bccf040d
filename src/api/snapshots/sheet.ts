import type { Obligation } from '../../domain/compliance/obligation.ts';
import type { SnapshotBody } from '../../domain/snapshots/body.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { headingSaid } from '../../messages/named.ts';
import { inEach, inWords } from '../../messages/words.ts';
import { cellOf } from '../shared/sheets.ts';
import type { Column, Sheet } from '../../publishing/sheets/sheet.ts';

/** A snapshot's obligations as a table. */

const column = (name: keyof Obligation, width: number, heading: string = name): Column<Obligation> => ({
  heading: inEach(headingSaid(heading) ?? heading),
  width,
  // In English as in JSON: programs read that.
  value: (obligation, language) => (language === 'en' ? obligation[name] : cellOf(name, obligation[name], language)),
});

const COLUMNS: readonly Column<Obligation>[] = [
  column('period', 10),
  column('kind', 10),
  column('unit', 16, 'unit-id'),
  column('name', 24),
  column('task', 28),
  column('taskKind', 10),
  column('due', 26),
  column('receivedAt', 26),
  column('state', 12),
  column('daysLate', 9),
  column('onTheDay', 12),
  column('report', 38),
  column('dueRule', 24),
  column('policy', 9),
];

type Named = Pick<SnapshotBody, 'directive' | 'period' | 'basis'>;

const named = ({ directive, period, basis }: Named, language: Language): string =>
  [inWords(say('snapshots.file'), language), directive, ...(period === null ? [] : [period]), basis.on].join('_');

/** What a snapshot's table is made from. */
export type SheetOf = Named & Pick<SnapshotBody, 'obligations'>;

export const snapshotSheet = (body: Named): Sheet<Obligation> => ({
  title: inEach(say('snapshots.sheet', { period: body.period, on: body.basis.on })),
  fileName: { en: named(body, 'en'), zh: named(body, 'zh') },
  columns: COLUMNS,
});
