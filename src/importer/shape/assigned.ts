import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import { readBody } from './body.ts';
import type { Accounts, Line, Row } from './elements.ts';
import { isAddressees, isAttachmentMark, isTitle } from './head.ts';
import { checkNumbering, checkRowNumbers } from './numbering-checks.ts';
import { isLeaderLine, paragraphsOf } from './paragraphs.ts';
import type { Provenance } from './provenance.ts';
import type { PlacedAside, RawItem } from './raw-item.ts';
import type { Run } from './runs.ts';
import { readTable } from './tables.ts';
import { say } from '../../messages/message.ts';

/** What the parts and tables of a document assign, one after another, and what they show of how the office writes. */
export type Assigned = {
  /** Of numbered paragraphs. */
  readonly raws: readonly RawItem[];
  /** Of rows. */
  readonly rows: readonly RawItem[];
  readonly asides: readonly PlacedAside[];
  /** A table has a column for leaders. */
  readonly hasLeaders: boolean;
  readonly shown: Pick<Profile, 'itemMarker' | 'columns' | 'fillDown'>;
};

const isAnnexTitle = ({ folded }: Line): boolean =>
  isTitle(folded) || (!isLeaderLine(folded) && folded.trim().length <= 50 && !/[。;:,]/u.test(folded));

/** Headings with nothing below them: a form that others fill in. */
const FORM = /^(?:单位|姓名|职务|职务职级|联系电话|电话|手机|手机号码|办公电话|传真|邮箱|部门|备注|序号)$/u;
const isEmptyForm = ([first, ...below]: readonly Row[]): boolean =>
  (below.length > 0 || first?.cells.every(({ folded }) => FORM.test(folded.trim())) === true) &&
  below.every(({ cells }) => cells.every(({ folded }) => folded.trim() === ''));

const unreadRows = (rows: readonly Row[], accounts: Accounts, { raise }: Context): void => {
  if (isEmptyForm(rows)) {
    for (const { ref } of rows.flatMap(({ cells }) => cells)) accounts.mark(ref, 'noise');
    raise('row-set-aside', rows[0]?.address ?? '', say('finding.an-empty-form-it-assigns-nothing'), false);
    return;
  }
  for (const { cells, address } of rows) {
    const texts = cells.map(({ text }) => text).filter((text) => text !== '');
    for (const { ref } of cells) if (texts.length === 0) accounts.mark(ref, 'noise');
    if (texts.length > 0)
      raise('unread', address, say('finding.a-row-of-a-table-whose-columns', { texts: texts.join(' | ').slice(0, 120) }), true);
  }
};

/** A signature or the mark of an attachment ends a part; what follows is numbered anew. */
export const assignedIn = (runs: readonly Run[], provenance: Provenance, accounts: Accounts, context: Context): Assigned => {
  const raws: RawItem[] = [];
  const asides: PlacedAside[] = [];
  const tables: RawItem[] = [];
  let hasLeaders = false;
  const filledDown = new Set<string>();
  let columns: NonNullable<Profile['columns']> = {};
  let itemMarker: string | null = null;
  let part: Line[] = [];
  let parts = 0;
  const finishPart = (): void => {
    const rest = part;
    part = [];
    if (rest.length === 0) return;
    const paragraphs = paragraphsOf(rest, context);
    checkNumbering(paragraphs, context);
    const body = readBody(paragraphs, accounts, context);
    for (const item of body.items) raws.push(item);
    for (const aside of body.asides) asides.push(aside);
    for (const style of body.itemStyles) itemMarker ??= style;
  };
  for (const run of runs) {
    if (run.kind === 'table') {
      finishPart();
      const table = readTable(run.rows, run.unit ?? null, accounts, context);
      for (const item of table.items) tables.push(item);
      hasLeaders ||= table.hasLeaders;
      checkRowNumbers(table.items, context);
      for (const aside of table.asides) asides.push({ ...aside, section: null, after: null });
      for (const heading of table.filledDown) filledDown.add(heading);
      if (table.header !== null)
        columns = {
          ...columns,
          ...Object.fromEntries(
            table.header.columns.flatMap(({ heading, column }) => (heading === '' || column === null ? [] : [[heading, column] as const])),
          ),
        };
      else unreadRows(run.rows, accounts, context);
      parts += 1;
      continue;
    }
    for (const line of run.lines) {
      // Another sheet, or what stands outside of the table, goes on with nothing.
      if (line.table !== part.at(-1)?.table) finishPart();
      if (provenance.taken.has(line)) continue;
      const isBreak = provenance.signed.get(line) === 'date' || isAttachmentMark(line.folded);
      if (isBreak) {
        finishPart();
        parts += 1;
        accounts.mark(line.ref, 'head');
      } else if (provenance.signed.has(line)) continue;
      else if (isAddressees(line.folded) && part.length === 0 && parts === 0) accounts.mark(line.ref, 'head');
      else if (part.length === 0 && parts > 0 && line.marker === null && isAnnexTitle(line)) accounts.mark(line.ref, 'heading');
      else part.push(line);
    }
  }
  finishPart();

  const { profile } = context;
  const headings = [...filledDown].filter((heading) => heading !== '').slice(0, 100);
  return {
    raws,
    rows: tables,
    asides,
    hasLeaders,
    shown: {
      itemMarker: profile.itemMarker ?? itemMarker,
      columns: profile.columns ?? (Object.keys(columns).length === 0 ? null : columns),
      fillDown: profile.fillDown.length > 0 ? profile.fillDown : headings,
    },
  };
};
