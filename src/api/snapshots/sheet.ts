import type { Obligation } from '../../domain/compliance/obligation.ts';
import type { SnapshotBody } from '../../domain/snapshots/body.ts';
import type { Column, Language, Sheet } from '../../publishing/sheets/sheet.ts';

/** A snapshot's obligations as a table. The English headings are the names of the fields. */

const column = (name: keyof Obligation, zh: string, width: number): Column<Obligation> => ({
  heading: { en: name, zh },
  width,
  value: (obligation) => obligation[name],
});

const COLUMNS: readonly Column<Obligation>[] = [
  column('period', '报送期', 10),
  column('kind', '类别', 10),
  column('unit', '单位编号', 16),
  column('name', '单位名称', 24),
  column('task', '任务编号', 28),
  column('taskKind', '任务类型', 10),
  column('due', '截止时间', 26),
  column('receivedAt', '收到时间', 26),
  column('state', '状态', 12),
  column('daysLate', '逾期天数', 9),
  column('onTheDay', '截止当日收到', 12),
  column('report', '报告编号', 38),
  column('dueRule', '截止规则', 24),
  column('policy', '规则版本', 9),
];

type Named = Pick<SnapshotBody, 'directive' | 'period' | 'basis'>;

const named = ({ directive, period, basis }: Named, language: Language): string =>
  [language === 'en' ? 'compliance' : '报送情况', directive, ...(period === null ? [] : [period]), basis.on].join('_');

/** What a snapshot's table is made from. */
export type SheetOf = Named & Pick<SnapshotBody, 'obligations'>;

export const snapshotSheet = (body: Named): Sheet<Obligation> => ({
  title: { en: `Compliance ${body.period ?? ''} ${body.basis.on}`, zh: `报送情况 ${body.period ?? ''} ${body.basis.on}` },
  fileName: { en: named(body, 'en'), zh: named(body, 'zh') },
  columns: COLUMNS,
});
