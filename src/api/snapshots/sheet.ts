import type { SnapshotBody } from '../../domain/snapshots/body.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { inEach, inWords } from '../../messages/words.ts';
import type { Column, Reader, Sheet } from '../../publishing/sheets/sheet.ts';
import { obligationAnswer } from '../shared/compliance-answers.ts';
import { sheetOf } from '../shared/sheets.ts';

/** A snapshot's obligations as a table. */

const obligations = sheetOf(obligationAnswer, 'obligations', {
  fields: [
    'period',
    'kind',
    'unit',
    'name',
    'task',
    'taskKind',
    'due',
    'receivedAt',
    'state',
    'daysLate',
    'onTheDay',
    'report',
    'dueRule',
    'policy',
  ],
});

type Line = ValueOf<typeof obligationAnswer>;

/** In English as in JSON: programs read that. */
const forPrograms = (column: Column<Line>): Column<Line> => {
  const field = obligationAnswer.keyof().safeParse(column.heading.en);
  return !field.success
    ? column
    : { ...column, value: (line, reader) => (isProgram(reader) ? line[field.data] : column.value(line, reader)) };
};
const isProgram = ({ language, names }: Reader): boolean => language === 'en' && names === undefined;

const COLUMNS = obligations.columns.map(forPrograms);

type Named = Pick<SnapshotBody, 'directive' | 'period' | 'basis'>;

const named = ({ directive, period, basis }: Named, language: Language): string =>
  [inWords(say('snapshots.file'), language), directive, ...(period === null ? [] : [period]), basis.on].join('_');

/** What a snapshot's table is made from. */
export type SheetOf = Named & Pick<SnapshotBody, 'obligations'>;

export const snapshotSheet = (body: Named): Sheet<Line> => ({
  ...obligations,
  columns: COLUMNS,
  title: inEach(say('snapshots.sheet', { period: body.period, on: body.basis.on })),
  fileName: { en: named(body, 'en'), zh: named(body, 'zh') },
});
