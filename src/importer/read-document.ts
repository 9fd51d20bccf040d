import type { Source } from '../documents/source.ts';
import type { DocumentReading, ReadDeadline, ReadFinding, ReadItem } from './document-reading.ts';
import { announcedIn } from './parts/announced.ts';
import { FINDING_KINDS, type Context, type Raised } from './parts/context.ts';
import { deadlineForAll } from './parts/deadlines.ts';
import { defaultsIn, saysFirstLeads } from './parts/head-rules.ts';
import { inWords, scheduleOf, speaksOfReports, type PerItem, type Sentence } from './parts/schedule.ts';
import { relativeIds } from './relative-ids.ts';
import { EMPTY_PROFILE, type Profile } from './profile.ts';
import { readBody } from './shape/body.ts';
import { elementsOf, LONGEST_LINE, type Accounts, type Element, type Line, type Row } from './shape/elements.ts';
import { finish } from './shape/finish.ts';
import { dateOfLine } from './shape/date-line.ts';
import {
  isAddressees,
  isAttachmentMark,
  isTitle,
  issuerOf,
  NO_HEAD,
  numberIn,
  readMeta,
  readTop,
  seatOf,
  type Head,
} from './shape/head.ts';
import { checkNumbering, checkRowNumbers } from './shape/numbering-checks.ts';
import { paragraphsOf } from './shape/paragraphs.ts';
import type { Aside, RawItem } from './shape/raw-item.ts';
import { onlyCell } from './shape/table-rows.ts';
import { readTable } from './shape/tables.ts';
import { headerOf } from './shape/table-header.ts';
import { BODY } from './words/bodies.ts';
import { shown, withoutBlanks } from './words/folded.ts';
import { noiseOf } from './words/noise.ts';

type Findings = { readonly raise: Context['raise']; readonly all: () => readonly ReadFinding[] };

const findingsFor = (elements: readonly Element[]): Findings => {
  const raised: Raised[] = [];
  const seen = new Set<string>();
  return {
    raise: (kind, address, detail, blocks) => {
      const key = `${kind} ${address} ${detail}`;
      if (seen.has(key)) return;
      seen.add(key);
      raised.push({ kind, address, detail, blocks });
    },
    all: () => {
      const places = new Map<string, number>();
      const addresses = elements.flatMap((element): readonly { readonly address: string }[] =>
        element.kind === 'line' ? [element] : [element, ...element.cells],
      );
      for (const [index, { address }] of addresses.entries()) if (!places.has(address)) places.set(address, index);
      return raised
        .toSorted(
          (a, b) =>
            (places.get(a.address) ?? 0) - (places.get(b.address) ?? 0) || FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind),
        )
        .map((finding, index) => ({ n: index + 1, ...finding }));
    },
  };
};

/** Consecutive elements of one kind: lines together, rows of one table together. */
type Run = { readonly kind: 'lines'; readonly lines: readonly Line[] } | { readonly kind: 'table'; readonly rows: readonly Row[] };

const runsOf = (elements: readonly Element[]): readonly Run[] => {
  const runs: ({ kind: 'lines'; lines: Line[] } | { kind: 'table'; rows: Row[] })[] = [];
  for (const element of elements) {
    const last = runs.at(-1);
    if (element.kind === 'line') {
      if (last?.kind === 'lines') last.lines.push(element);
      else runs.push({ kind: 'lines', lines: [element] });
    } else if (last?.kind === 'table' && last.rows[0]?.table === element.table) last.rows.push(element);
    else runs.push({ kind: 'table', rows: [element] });
  }
  return runs;
};

const withoutNoise = (elements: readonly Element[], accounts: Accounts, raise: Context['raise']): readonly Element[] =>
  elements.filter((element) => {
    if (element.kind === 'row') return true;
    if (element.folded.trim() === '') {
      accounts.mark(element.ref, 'noise');
      return false;
    }
    if (element.text.length > LONGEST_LINE) {
      raise('unread', element.address, `a line of ${element.text.length} characters; one of more than ${LONGEST_LINE} is not read`, true);
      return false;
    }
    const noise = noiseOf(element.folded);
    if (noise === null) return true;
    accounts.mark(element.ref, 'noise');
    raise('noise-set-aside', element.address, `“${shown(element.text)}” is ${noise}; set aside`, false);
    return false;
  });

/** A row of one text above or without a table, as the line that it looks like. */
const lineOfRow = (row: Row): Line | null => {
  const cell = onlyCell(row);
  return cell === null
    ? null
    : { kind: 'line', ref: cell.ref, address: cell.address, text: cell.text, folded: cell.folded, marker: null, heading: null };
};

type Parts = { readonly head: Head; readonly runs: readonly Run[] };

/** Pairs of keys and values around a document, taken out of its tables; single texts above a table become lines. */
const withoutMeta = (runs: readonly Run[], profile: Profile, accounts: Accounts, raise: Context['raise']): Parts => {
  let head: Head = NO_HEAD;
  const left = runs.flatMap((run): readonly Run[] => {
    if (run.kind === 'lines') {
      const lines = run.lines.filter((line) => {
        const meta = line.folded.length < 160 && /^[^。]{1,10}[:]/u.test(line.folded) ? readMeta(line.text.split(/\s{2,}/u)) : null;
        if (meta === null) return true;
        head = { ...head, ...defined(meta, head) };
        accounts.mark(line.ref, 'head');
        return false;
      });
      return lines.length === 0 ? [] : [{ kind: 'lines', lines }];
    }
    const at = headerOf(run.rows, profile)?.at ?? run.rows.length;
    const lines: Line[] = [];
    const rows = run.rows.filter((row, index) => {
      if (index >= at) return true;
      const meta = readMeta(row.cells.map(({ text }) => text));
      const single = meta === null ? lineOfRow(row) : null;
      const noise = single === null ? null : noiseOf(single.folded);
      if (single !== null && noise !== null)
        raise('noise-set-aside', single.address, `“${shown(single.text)}” is ${noise}; set aside`, false);
      const line = noise === null ? single : null;
      if (meta === null && single === null && row.cells.some(({ folded }) => folded !== '')) return true;
      if (meta !== null) head = { ...head, ...defined(meta, head) };
      if (line !== null) lines.push(line);
      for (const { ref } of row.cells) if (ref !== line?.ref) accounts.mark(ref, meta === null ? 'noise' : 'head');
      return false;
    });
    return [
      ...(lines.length === 0 ? [] : [{ kind: 'lines', lines } as const]),
      ...(rows.length === 0 ? [] : [{ kind: 'table', rows } as const]),
    ];
  });
  return { head, runs: left };
};

/** What pairs say, where nothing was said before. */
const defined = (meta: Partial<Head>, before: Head): Partial<Head> =>
  Object.fromEntries(Object.entries(meta).filter(([key, value]) => value !== null && before[key as keyof Head] === null));

const YEAR = /(20\d{2})(?:年|-|〕|\)|\]|$)/u;

const yearIn = (...texts: readonly (string | null)[]): number | null => {
  for (const text of texts) {
    const year = YEAR.exec(text === null ? '' : withoutBlanks(text))?.[1] ?? /[〔[(](20\d{2})/u.exec(text ?? '')?.[1];
    if (year !== undefined) return Number(year);
  }
  return null;
};

/** The year that lines print first, where title, number and day have none. */
const yearOfLines = (elements: readonly Element[], raise: Context['raise']): number | null => {
  for (const element of elements)
    for (const { text, address } of element.kind === 'line' ? [element] : element.cells) {
      const year = text.length > LONGEST_LINE ? null : yearIn(text);
      if (year === null) continue;
      raise('year-guessed', address, `days without a year are read in ${year}, the first year that is printed`, true);
      return year;
    }
  return null;
};

/** Lines of the signature: the day and who signs above it. */
const signatures = (lines: readonly Line[], issuer: string | null): ReadonlyMap<Line, 'date' | 'name'> => {
  const found = new Map<Line, 'date' | 'name'>();
  for (const [index, line] of lines.entries()) {
    if (dateOfLine(line.folded) === null) continue;
    found.set(line, 'date');
    for (let at = index - 1; at >= Math.max(0, index - 4); at -= 1) {
      const before = lines[at];
      if (before === undefined || !isSigner(before, issuer)) break;
      found.set(before, 'name');
    }
  }
  const last = lines.at(-1);
  if (last !== undefined && issuer !== null && withoutBlanks(last.folded) === withoutBlanks(issuer)) found.set(last, 'name');
  return found;
};

const isSigner = ({ folded, marker }: Line, issuer: string | null): boolean => {
  const name = withoutBlanks(folded);
  return marker === null && name.length <= 30 && !/[。,;:、()\d]/u.test(name) && (name === withoutBlanks(issuer ?? '') || BODY.test(name));
};

const sentencesOf = ({ folded, address }: { readonly folded: string; readonly address: string }): readonly Sentence[] =>
  folded
    .split(/[。;]/u)
    .map((text) => ({ text: text.trim(), address }))
    .filter(({ text }) => text !== '');

export const readDocument = (source: Source, given: Profile | null = null): DocumentReading => {
  const { elements: all, accounts } = elementsOf(source);
  const findings = findingsFor(all);
  const { raise } = findings;
  for (const { kind, address, detail } of source.remarks)
    raise('source-remark', address, `${kind}: ${detail}`, kind === 'formula-without-result' || kind === 'tracked-change');
  if (source.encoding !== null && source.encoding !== 'utf-8')
    raise('source-remark', source.blocks[0]?.address ?? '', `encoding: ${source.encoding}, not UTF-8`, false);

  const profile = given ?? EMPTY_PROFILE;
  const elements = withoutNoise(all, accounts, raise);
  const { head: meta, runs } = withoutMeta(runsOf(elements), profile, accounts, raise);
  const lines = runs.flatMap((run) => (run.kind === 'lines' ? run.lines : []));

  const base: Context = { profile, seat: null, year: null, raise };
  const top = readTop(lines, accounts, base);
  const title = top.title ?? meta.title;
  const named = issuerFrom(title, meta.issuer);
  const signed = signatures(
    lines.filter((line) => !top.taken.has(line)),
    named,
  );
  const signer = [...signed].find(([, what]) => what === 'name')?.[0];
  const isNamed = named !== null && BODY.test(withoutBlanks(named));
  const issuer = isNamed || signer === undefined ? named : shown(signer.text);
  const signedOn = [...signed].find(([line, what]) => what === 'date' && dateOfLine(line.folded) !== null)?.[0];
  const date = (signedOn === undefined ? null : dateOfLine(signedOn.folded)) ?? meta.date;
  const number = top.number ?? (meta.number === null ? null : (numberIn(meta.number) ?? meta.number));
  if (top.number === null && number !== null && numberIn(number) === null)
    raise('number-missing', source.blocks[0]?.address ?? '', `“${number}” has not the form of a document number`, true);
  for (const [line] of signed) accounts.mark(line.ref, 'noise');

  const guessed = guessedProfile(profile, lines, raise);
  const context: Context = {
    profile: guessed,
    seat: seatOf(issuer),
    year: profile.year ?? yearIn(title, number, date) ?? yearOfLines(all, raise),
    raise,
  };

  const raws: RawItem[] = [];
  const asides: (Aside & { readonly section: string | null; readonly after: string | null })[] = [];
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
      const table = readTable(run.rows, accounts, context);
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
      if (top.taken.has(line)) continue;
      const isBreak = signed.get(line) === 'date' || isAttachmentMark(line.folded);
      if (isBreak) {
        finishPart();
        parts += 1;
        accounts.mark(line.ref, 'head');
      } else if (signed.has(line)) continue;
      else if (isAddressees(line.folded) && part.length === 0 && parts === 0) accounts.mark(line.ref, 'head');
      else if (part.length === 0 && parts > 0 && line.marker === null && isAnnexTitle(line)) accounts.mark(line.ref, 'heading');
      else part.push(line);
    }
  }
  finishPart();

  const read = readAsides(asides, raws.length + tables.length > 0, accounts, context);
  const items = withDeadline(finishAll(raws, tables, hasLeaders, context), read.forAll);
  const ids = relativeIds(items);
  const perItem: PerItem[] = [...ids].flatMap(([item, id]) => {
    const raw = [...raws, ...tables].find(({ address, number: own }) => address === item.address && own === item.number);
    return raw?.said.frequency == null ? [] : [{ frequency: raw.said.frequency, address: item.address, task: id }];
  });
  const duties = scheduleOf(read.sentences, perItem, items, date, context);
  if (read.sentences.length === 0 && perItem.length === 0)
    raise('schedule-none', source.blocks[0]?.address ?? '', 'the document sets no schedule of reports', false);

  headFindings({ number, title, issuer, date }, source, raise);
  collectiveFindings(items, raise);
  countFindings(title, items, source, raise);
  for (const line of accounts.lines())
    if (line.use === 'unread' && line.text.trim() !== '') raise('unread', line.address, `“${line.text.slice(0, 60)}” was not read`, true);
  for (const { number: of, deadline, address } of items)
    if (date !== null && deadline?.date != null && deadline.date < date)
      raise('date-order', address, `the deadline of ${of}, ${deadline.date}, lies before the document, of ${date}`, true);
  const [sentence] = read.sentences;
  return {
    directive: { number, title, issuer, date },
    profile: {
      ...guessed,
      name: guessed.name === '' ? (issuer ?? '').slice(0, 120) : guessed.name,
      itemMarker: guessed.itemMarker ?? itemMarker,
      columns: guessed.columns ?? (Object.keys(columns).length === 0 ? null : columns),
      fillDown: guessed.fillDown.length > 0 ? guessed.fillDown : [...filledDown].filter((heading) => heading !== '').slice(0, 100),
      year: context.year,
    },
    items,
    schedule: {
      printed: read.sentences.length === 0 ? null : read.sentences.map(({ text }) => text).join(';'),
      address: sentence?.address ?? perItem[0]?.address ?? null,
      words: duties.map(inWords),
      duties,
    },
    prose: read.prose,
    findings: findings.all(),
    lines: accounts.lines(),
  };
};

const isAnnexTitle = ({ folded }: Line): boolean => isTitle(folded) || (folded.trim().length <= 50 && !/[。;:,]/u.test(folded));

const issuerFrom = (title: string | null, meta: string | null): string | null => {
  const own = title === null ? null : issuerOf(title);
  const isOrgan = own !== null && BODY.test(withoutBlanks(own));
  return isOrgan ? own : (meta ?? own);
};

/** The rules that the head sets for all items, where the profile does not say. */
const guessedProfile = (profile: Profile, lines: readonly Line[], raise: Context['raise']): Profile => {
  let { firstListedLeads, defaultParties } = profile;
  for (const line of lines) {
    if (line.folded.length > 2000) continue;
    for (const { text } of sentencesOf(line)) {
      if (firstListedLeads === null && saysFirstLeads(text)) {
        firstListedLeads = true;
        raise('profile-guessed', line.address, `“${text}”: who is listed first is read as leading`, false);
      }
      if (profile.defaultParties.length > 0) continue;
      const defaults = defaultsIn(text, profile);
      if (defaults.length === 0) continue;
      defaultParties = [...defaultParties, ...defaults];
      raise('profile-guessed', line.address, `“${text}”: ${defaults.map(({ name }) => name).join(' and ')} are added to every item`, true);
    }
  }
  return { ...profile, firstListedLeads, defaultParties };
};

const finishAll = (raws: readonly RawItem[], tables: readonly RawItem[], column: boolean, context: Context): readonly ReadItem[] => {
  const hasLeaders = column || [...raws, ...tables].some(({ inherited, said }) => inherited.length > 0 || said.leaders.length > 0);
  const rows = raws.length === 0 ? tables : tables.map((row) => ({ ...row, kind: 'item' as const }));
  return [...raws, ...rows].map((raw) => finish(raw, context, hasLeaders));
};

const unreadRows = (rows: readonly Row[], accounts: Accounts, { raise }: Context): void => {
  for (const { cells, address } of rows) {
    const texts = cells.map(({ text }) => text).filter((text) => text !== '');
    for (const { ref } of cells) if (texts.length === 0) accounts.mark(ref, 'noise');
    if (texts.length > 0)
      raise('unread', address, `a row of a table whose columns are not known: ${texts.join(' | ').slice(0, 120)}`, true);
  }
};

type AsidesRead = {
  readonly sentences: readonly Sentence[];
  readonly prose: DocumentReading['prose'];
  /** A deadline for every item that has none of its own. */
  readonly forAll: ReadDeadline | null;
};

const withDeadline = (items: readonly ReadItem[], forAll: ReadDeadline | null): readonly ReadItem[] =>
  forAll === null ? items : items.map((item) => ({ ...item, deadline: item.deadline ?? forAll }));

/** Sentences outside all items: the schedule, rules, and the prose of headings and head. */
const readAsides = (
  asides: readonly (Aside & { readonly section: string | null; readonly after: string | null })[],
  hasItems: boolean,
  accounts: Accounts,
  context: Context,
): AsidesRead => {
  const sentences: Sentence[] = [];
  const prose: DocumentReading['prose'][number][] = [];
  let forAll: ReadDeadline | null = null;
  for (const { text, folded, address, refs, section, after } of asides) {
    const reports = sentencesOf({ folded, address }).filter((sentence) => speaksOfReports(sentence.text));
    for (const report of reports) sentences.push(report);
    const all = sentencesOf({ folded, address })
      .map((sentence) => deadlineForAll(sentence.text, address, context))
      .find((each) => each !== null);
    if (all !== undefined) forAll ??= all;
    for (const ref of refs)
      accounts.mark(ref, reports.length > 0 ? 'schedule' : all !== undefined ? 'deadline' : section === null ? 'head' : 'prose');
    if (section !== null) prose.push({ section, text, address });
    if (all !== undefined) continue;
    if (after !== null && reports.length === 0)
      context.raise(
        'prose-set-aside',
        address,
        `“${text.slice(0, 60)}” stands behind item ${after} and assigns nothing that was read`,
        true,
      );
    else if (refs.length > 0 && section !== null && hasItems && reports.length === 0)
      context.raise('prose-set-aside', address, `“${text.slice(0, 60)}” is taken as prose`, false);
  }
  return { sentences, prose, forAll };
};

const headFindings = ({ number, title, issuer, date }: Head, { blocks }: Source, raise: Context['raise']): void => {
  const at = blocks[0]?.address ?? '';
  if (number === null) raise('number-missing', at, 'no document number was found: an id must be given by a person', false);
  if (title === null) raise('title-missing', at, 'no title was found', true);
  if (issuer === null) raise('issuer-missing', at, 'who issues the document was not found', true);
  if (date === null) raise('date-missing', at, 'the day of the document was not found', true);
};

const collectiveFindings = (items: readonly ReadItem[], raise: Context['raise']): void => {
  const named = Map.groupBy(
    items.flatMap((item) =>
      [item, ...item.children].flatMap(({ assignees, address, number }) =>
        assignees.filter(({ kind }) => kind === 'collective').map(({ name }) => ({ name, address, number })),
      ),
    ),
    ({ name }) => name,
  );
  for (const [name, uses] of named)
    raise(
      'collective-unresolved',
      uses[0]?.address ?? '',
      `${name} stands for units that the document does not list; named in ${uses.length} item${uses.length === 1 ? '' : 's'}`,
      false,
    );
};

const countFindings = (title: string | null, items: readonly ReadItem[], source: Source, raise: Context['raise']): void => {
  const at = source.blocks[0]?.address ?? '';
  const announced = title === null ? null : announcedIn(title);
  if (announced !== null && announced !== items.length)
    raise('count-differs', at, `the title announces ${announced}, and ${items.length} were read`, true);
  if (items.length === 0) raise('no-items', at, 'nothing was found that is assigned to anybody', true);
};
