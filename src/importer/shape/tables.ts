import type { ReadMeasurement, ReadMilestone } from '../document-reading.ts';
import type { Context } from '../parts/context.ts';
import { saidIn, SAID_NOTHING, together, type Said } from '../parts/clauses.ts';
import { daysOf } from '../parts/days.ts';
import { beginning, deadlineOfCell, isBeginning, isDeadline, stepsOf } from '../parts/deadlines.ts';
import { figureOf } from '../parts/goals.ts';
import { leaderOf, leadersOf } from '../parts/leaders.ts';
import { namesOf } from '../parts/names.ts';
import { partiesOf } from '../parts/parties.ts';
import type { Column } from '../words/columns.ts';
import { folded as fold, withoutBlanks } from '../words/folded.ts';
import { isRole, labelsOf } from '../words/labels.ts';
import { roleAtEnd } from '../words/role-verbs.ts';
import { piecesOf } from './brackets.ts';
import type { Accounts, Row, RowCell } from './elements.ts';
import { dissect } from './dissect.ts';
import type { Aside, RawItem } from './raw-item.ts';
import { headerOf, isStepColumn, type HeadedColumn, type Header } from './table-header.ts';
import { matrixColumns, raiseMarks, saidByMarks } from './matrix-columns.ts';
import { rowsOf, type TableRow } from './table-rows.ts';
import { unwrapped } from './wrapped-cells.ts';
import { namesPrinted, withNamesWhole } from './wrapped-names.ts';
import { say, type Message } from '../../messages/message.ts';

export type TableReading = {
  readonly items: readonly RawItem[];
  readonly asides: readonly Aside[];
  readonly header: Header | null;
  /** A column is there for leaders. */
  readonly hasLeaders: boolean;
  /** Headings of columns whose empty cells took what stands above. */
  readonly filledDown: readonly string[];
};

const steps = (columns: readonly HeadedColumn[], cells: ReadonlyMap<HeadedColumn, RowCell>, context: Context): Said => {
  const found: (ReadMilestone & { readonly heading: string; readonly cell: RowCell })[] = [];
  for (const column of columns.filter(isStepColumn)) {
    const cell = cells.get(column);
    if (cell === undefined || cell.folded === '' || /^[/—\-–]+$/u.test(cell.folded)) continue;
    const { tokens } = namesOf(cell.folded, context.profile);
    if (tokens.some((token) => token.kind === 'collective' || (token.kind === 'unit' && token.sure)))
      context.raise(
        'cell-misplaced',
        cell.address,
        say('finding.in-looks-like-names-of-units', { text: cell.text, heading: column.heading }),
        true,
      );
    const date = daysOf(fold(column.heading), context.year)[0]?.date ?? null;
    found.push({ printed: `${column.heading} ${cell.text}`, date, heading: column.heading, cell });
  }
  found.sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
  const last = found.at(-1);
  if (last === undefined) return SAID_NOTHING;
  const [day] = daysOf(fold(last.heading), context.year);
  if (last.date === null)
    context.raise('deadline-unread', last.cell.address, say('finding.the-year-is-not-known', { heading: last.heading }), true);
  return {
    ...SAID_NOTHING,
    milestones: found.map(({ printed, date }) => ({ printed, date })),
    deadline: { printed: last.heading, date: last.date, kind: 'period', precision: day?.precision ?? 'quarter' },
  };
};

const HOLDS_PERSONS = /(?:责任人|负责人|联系人|协助人|配合人|人员|姓名)/u;

/** 牵头:消费促进处 配合:市场运行处 in one cell: who does what, told there. */
const saysRoles = (folded: string, { profile }: Context): boolean =>
  labelsOf(folded, profile).some(({ field, start }) => isRole(field) && start === 0) ||
  (folded.includes('牵头') && folded.split(/[,;。\n]/u).some((clause) => (roleAtEnd(clause.trim())?.names ?? '') !== ''));

/** An office among persons is responsible; a person confirms. */
const officesAmong = (folded: string, address: string, context: Context): Said => {
  const offices = namesOf(folded, context.profile).tokens.filter(
    (token) => token.kind === 'unit' && token.doubt === null && leaderOf(token.text) === null,
  );
  if (offices.length === 0) return { ...SAID_NOTHING, leaders: leadersOf(folded, null, address, context) };
  const names = offices.map(({ text }) => text);
  const others = piecesOf(folded, '、,;\n').map(({ text }) => text.trim());
  context.raise('leader-unresolved', address, say('finding.among-persons-is-read-as-responsible', { names: names.join('、') }), true);
  const { leaders: _, ...parties } = partiesOf(names.join('、'), () => 'responsible', address, context);
  const rest = others.filter((text) => text !== '' && !names.includes(text)).join('、');
  return { ...SAID_NOTHING, parties: { ...parties, leaders: [] }, leaders: leadersOf(rest, null, address, context) };
};

const saidOf = (column: HeadedColumn, cell: RowCell, context: Context): Said => {
  const { address, text, folded } = cell;
  const what = column.column;
  if (what !== null && isRole(what)) {
    if (saysRoles(folded, context)) return saidIn({ text, folded, address }, context);
    const { leaders, ...parties } = partiesOf(folded, () => what, address, context, HOLDS_PERSONS.test(column.heading));
    return { ...SAID_NOTHING, parties: { ...parties, leaders: [] }, leaders };
  }
  if (what === 'leader') return officesAmong(folded, address, context);
  if (what === 'deadline') return { ...SAID_NOTHING, ...deadlineOfCell(text, folded, address, context) };
  if (what === 'milestone' && isBeginning(column.heading))
    return { ...SAID_NOTHING, ...beginning(column.heading, text, folded, address, context), extra: { [column.heading]: text } };
  if (what === 'milestone' && !isStepColumn(column)) {
    const several = stepsOf(text, folded, address, context);
    return { ...SAID_NOTHING, ...several, extra: { [column.heading]: text } };
  }
  if (what === 'frequency') return { ...SAID_NOTHING, frequency: text, extra: { [column.heading]: text } };
  if (what === 'assigned-on') {
    const [day] = daysOf(folded, context.year);
    if (day?.date === undefined || day.date === null)
      context.raise('deadline-unread', address, say('finding.in-is-no-day-that-is-known', { text, heading: column.heading }), false);
    else if (day.yearCarried)
      context.raise('year-guessed', address, say('finding.has-no-year-read-as', { printed: text, date: day.date }), false);
    return { ...SAID_NOTHING, extra: { [column.heading]: text } };
  }
  return text === ''
    ? SAID_NOTHING
    : { ...SAID_NOTHING, extra: { [column.heading === '' ? `column ${column.index + 1}` : column.heading]: text } };
};

const USE = new Map<Column | null, 'item' | 'parties' | 'leader' | 'deadline' | 'item-part'>([
  ['number', 'item'],
  ['text', 'item'],
  ['lead', 'parties'],
  ['cooperating', 'parties'],
  ['responsible', 'parties'],
  ['leader', 'leader'],
  ['deadline', 'deadline'],
  ['milestone', 'deadline'],
]);

const NUMBER = /^(?:第)?(?:[A-Za-z]{0,6}[-—]?)?(?:\d{1,8}|[一二三四五六七八九十百]{1,5}|[①-⑳])(?:[-—.]\d{1,6}){0,3}[号项.、)]?$/u;

/** How far something is, and nothing that is to be done. */
const STATE = /^(?:正在|已经?|未|尚未|正常|有序|持续)?(?:办理|办结|完成|整改|推进|采购|销号|启动|施工|进行)(?:中|完毕|到位)?$/u;

/** Where a matter comes from, and no matter itself: 区委书记批示, 区委常委会第12次会议. */
const SOURCE = /^(?:\p{Script=Han}{0,12}(?:批示|会议纪要|督查通知|信访件)(?:\(.{0,20})?|\p{Script=Han}{2,12}第\d{1,3}次.{0,6}会议?)$/u;

/** A cell that holds something that its column does not say: swapped columns, a row moved by a cell. */
const misplaced = (column: HeadedColumn, cell: RowCell, context: Context): void => {
  const { folded, address, text } = cell;
  const raise = (what: Message): void =>
    context.raise('cell-misplaced', address, say('finding.cell-in-column', { text, heading: column.heading, what }), true);
  if (column.column === 'number' && folded !== '' && !NUMBER.test(withoutBlanks(folded))) raise(say('finding.is-no-number'));
  if (column.column !== 'text') return;
  const { tokens } = namesOf(folded, context.profile);
  if (folded.length <= 40 && isDeadline(folded, context.year) && /(?:前|底|末|内|日|季度|半年|长期|年)$/u.test(folded))
    raise(say('finding.looks-like-a-deadline'));
  else if (/^\d+$/u.test(folded)) raise(say('finding.is-a-bare-number'));
  else if (STATE.test(folded)) raise(say('finding.looks-like-how-far-it-is'));
  else if (SOURCE.test(folded)) raise(say('finding.looks-like-where-the-matter-comes-from'));
  else if (tokens.length > 0 && tokens.every(({ kind }) => kind === 'person' || kind === 'collective'))
    raise(say('finding.looks-like-names'));
  else if (tokens.length > 0 && tokens.every((token) => token.kind === 'unit' && token.sure && token.doubt === null))
    raise(say('finding.looks-like-names-of-units'));
  // What ends as a sentence does says what is to be done, whatever its last word.
  else if (!folded.endsWith('。') && tokens.length > 0 && tokens.every((token) => token.kind === 'unit' && token.doubt === null))
    context.raise('cell-misplaced', address, say('finding.in-ends-as-the-name-of-a', { text, heading: column.heading }), false);
};

/** Figures under headings of money or with a unit: 总投资(万元). */
const figuresOf = (
  cells: ReadonlyMap<HeadedColumn, RowCell>,
  { unit }: Header,
  number: string,
  context: Context,
): readonly ReadMeasurement[] =>
  [...cells].flatMap(([{ column, heading }, cell]) => {
    const figure = column === 'extra' || column === null ? figureOf(heading, cell.folded, unit) : null;
    if (figure === null) return [];
    if (figure.unit !== null) return [{ ...figure, comparator: 'eq' as const }];
    context.raise('quantity-unread', cell.address, say('finding.in-of-item-its-unit-is-not', { text: cell.text, heading, number }), true);
    return [];
  });

type State = { section: string | null; last: string; repeats: number; count: number; readonly names: ReadonlySet<string> };

/** What was broken where its line was full, whole; leaders stand on lines of their own. */
const withoutWraps = (
  cells: ReadonlyMap<HeadedColumn, RowCell>,
  names: ReadonlySet<string>,
  context: Context,
): ReadonlyMap<HeadedColumn, RowCell> =>
  new Map(
    [...cells].map(([column, cell]) => {
      const what = column.column;
      if (what === 'number' || what === 'leader') return [column, cell];
      return [column, what !== null && isRole(what) ? withNamesWhole(cell, names, context) : unwrapped(cell, context)];
    }),
  );

const itemOf = (tableRow: TableRow & { readonly kind: 'item' }, header: Header, state: State, context: Context): RawItem => {
  const { row, inherited } = tableRow;
  const cells = withoutWraps(tableRow.cells, state.names, context);
  const of = (column: Column): readonly [HeadedColumn, RowCell][] => [...cells].filter(([each]) => each.column === column);
  const [numberCell] = of('number');
  const [textCell] = of('text');
  state.count += 1;
  const printed = withoutBlanks(numberCell?.[1].folded ?? '')
    .replace(/[.、)]$/u, '')
    .replace(/^第(.+)[号项]$/u, '$1');
  const repeated = printed !== '' && printed === state.last && (numberCell?.[1].merged ?? false);
  state.repeats = repeated ? state.repeats + 1 : 1;
  if (printed !== '') state.last = printed;
  const number =
    printed === '' ? `${state.last === '' ? '' : `${state.last}-`}${state.count}` : repeated ? `${printed}-${state.repeats}` : printed;
  if (printed === '' && numberCell !== undefined)
    context.raise('item-unnumbered', row.address, say('finding.a-row-without-a-number-called', { number }), true);
  if (repeated)
    context.raise('item-unnumbered', row.address, say('finding.the-number-spans-several-rows-this-one', { printed, number }), true);

  for (const [column, cell] of cells) misplaced(column, cell, context);
  const hasParties = header.marks.length > 0 || header.columns.some(({ column }) => column !== null && isRole(column));
  const texts = of('text')
    .map(([, cell]) => cell)
    .filter(({ folded }, index, all) => folded !== '' && all.findIndex((each) => each.folded === folded) === index);
  const whole = {
    text: texts.map(({ text }) => text).join('：'),
    folded: texts.map(({ folded }) => folded).join(':'),
    address: textCell?.[1].address ?? row.address,
  };
  const parts = hasParties ? [] : dissect(whole, context).pieces;
  const [part] = parts;
  const own = [...cells]
    .filter(([{ column }]) => column !== 'number' && column !== 'text' && column !== 'section')
    .filter(([column]) => !header.marks.includes(column));
  const said = together([
    ...own.map(([column, cell]) => saidOf(column, inherited.has(column) ? { ...cell, address: row.address } : cell, context)),
    ...parts.map((each) => each.said),
    ...saidByMarks(header.marks, cells, context),
  ]);
  if (of('leader').length > 1)
    for (const [{ heading }, cell] of of('leader'))
      if (cell.folded.trim() === '') context.raise('no-leader', row.address, say('finding.of-is-empty', { heading, number }), false);
  const [assigned] = of('assigned-on');
  const assignedOn = assigned === undefined ? null : (daysOf(assigned[1].folded, context.year)[0]?.date ?? null);
  if (assignedOn !== null && said.deadline?.date != null && said.deadline.date < assignedOn)
    context.raise(
      'date-order',
      row.address,
      say('finding.the-deadline-lies-before-the-day-on', { date: said.deadline.date, number, assignedOn }),
      true,
    );
  const stepped = steps(header.columns, cells, context);
  const sections = of('section')
    .map(([, cell]) => cell.text)
    .filter((text) => text !== '');
  const section = [...(state.section === null ? [] : [state.section]), ...new Set(sections)].join('/');
  if (whole.text === '') context.raise('part-unread', row.address, say('finding.row-says-nothing-of-what-is-to', { number }), true);
  return {
    number,
    text: part?.text ?? whole,
    section: section === '' ? null : section,
    kind: 'task',
    said: {
      ...said,
      deadline: said.deadline ?? stepped.deadline,
      milestones: stepped.milestones.length > 0 ? stepped.milestones : said.milestones,
    },
    inherited: [],
    figures: figuresOf(cells, header, number, context),
    address: textCell === undefined || textCell[1].address === '' ? row.address : row.address,
    refs: row.cells.map(({ ref }) => ref),
    children: [],
  };
};

const guesses = (header: Header, rows: readonly Row[], context: Context): void => {
  const address = rows[header.at]?.address ?? '';
  if (context.profile.columns !== null) return;
  for (const { heading, column, index } of header.columns) {
    const values = rows
      .slice(header.next)
      .map(({ cells }) => cells[index]?.folded ?? '')
      .filter((text) => text !== '');
    if (column !== null || values.length === 0 || header.marks.some((each) => each.index === index)) continue;
    const names = values.filter((text) =>
      namesOf(text, context.profile).tokens.some((token) => token.kind === 'collective' || (token.kind === 'unit' && token.sure)),
    );
    const days = values.filter((text) => isDeadline(text, context.year ?? 2000));
    context.raise(
      'column-unknown',
      address,
      say('finding.the-column-is-not-known-its-cells', { heading }),
      names.length * 2 > values.length || days.length * 2 > values.length,
    );
  }
  if (!header.columns.some(({ column }) => column === 'text'))
    context.raise('column-unknown', address, say('finding.no-column-says-what-is-to-be'), true);
};

/** Days that one table prints in several forms: 2024/4/1, 2024.4.2, 2024-04-05. */
const dateForms = (rows: readonly Row[], { columns }: Header, context: Context): void => {
  const dated = columns.filter(({ column }) => column === 'deadline' || column === 'assigned-on');
  const printed = rows.flatMap(({ cells }) => dated.map(({ index }) => cells[index]).filter((cell) => cell !== undefined));
  const forms = new Set(printed.map(({ folded }) => /^20\d{2}([-./年])/u.exec(folded)?.[1]).filter((form) => form !== undefined));
  if (forms.size > 1)
    context.raise('layout', rows[0]?.address ?? '', say('finding.the-table-prints-days-in-forms-each', { size: forms.size }), false);
};

/** A table of items: its header, its rows, and what stands above and below them. */
export const readTable = (rows: readonly Row[], unit: string | null, accounts: Accounts, context: Context): TableReading => {
  const found = headerOf(rows, context.profile);
  const marks = found === null ? [] : matrixColumns(found.columns, rows.slice(found.next), context);
  const header = found === null ? null : { ...found, unit, marks };
  if (header === null) return { items: [], asides: [], header: null, hasLeaders: false, filledDown: [] };
  guesses(header, rows, context);
  raiseMarks(marks, rows[header.at]?.address ?? '', context);
  if (!header.columns.some(({ column }) => column === 'number'))
    context.raise('item-unnumbered', rows[header.at]?.address ?? '', say('finding.the-rows-have-no-numbers-they-are'), false);
  for (const row of rows.slice(header.at, header.next)) for (const { ref } of row.cells) accounts.mark(ref, 'heading');
  dateForms(rows.slice(header.next), header, context);
  const items: RawItem[] = [];
  const asides: Aside[] = [];
  const filledDown = new Set<string>();
  const names = namesPrinted(header.columns, rows.slice(header.next), context);
  const state: State = { section: null, last: '', repeats: 1, count: 0, names };
  for (const each of rowsOf(rows, header, context)) {
    if (each.kind === 'item') {
      const item = itemOf(each, header, state, context);
      items.push(item);
      for (const column of each.inherited) filledDown.add(column.heading);
      for (const cell of each.row.cells) {
        const column = header.columns[cell === undefined ? -1 : each.row.cells.indexOf(cell)];
        accounts.mark(cell.ref, USE.get(column?.column ?? null) ?? 'item-part', item.number);
      }
      continue;
    }
    for (const { ref } of each.row.cells)
      accounts.mark(ref, each.kind === 'section' ? 'heading' : each.kind === 'note' ? 'prose' : 'noise');
    if (each.kind === 'section') {
      state.section = each.cell.text;
      context.raise('row-set-aside', each.row.address, say('finding.is-a-heading-within-the-table-and', { text: each.cell.text }), false);
    } else if (each.kind === 'note') {
      asides.push({ ...each.cell, refs: [each.cell.ref] });
      context.raise('row-set-aside', each.row.address, say('finding.a-row-that-holds-a-note-and'), false);
    } else if (each.why.key !== 'finding.an-empty-row')
      context.raise('row-set-aside', each.row.address, say('finding.no-item', { why: each.why }), false);
  }
  if (rows.length === header.next)
    context.raise('layout', rows[header.at]?.address ?? '', say('finding.a-table-with-a-header-and-no'), false);
  return { items, asides, header, hasLeaders: header.columns.some(({ column }) => column === 'leader'), filledDown: [...filledDown] };
};
