import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import { unitNote } from '../parts/goals.ts';
import { BODY, PENDING } from '../words/bodies.ts';
import { folded as fold, shown, withoutBlanks } from '../words/folded.ts';
import { labelsOf } from '../words/labels.ts';
import { noiseOf } from '../words/noise.ts';
import { withBlankTables } from './blank-tables.ts';
import { dateOfLine } from './date-line.ts';
import { LONGEST_LINE, type Accounts, type Element, type Line, type Row } from './elements.ts';
import { NO_HEAD, readMeta, type Head } from './head.ts';
import { headerOf } from './table-header.ts';
import { onlyCell } from './table-rows.ts';
import { linesOfForm } from './vertical-tables.ts';
import { say } from '../../messages/message.ts';

/** Consecutive elements of one kind: lines together, rows of one table together. */
export type Run =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'table'; readonly rows: readonly Row[]; readonly unit?: string };

export const runsOf = (elements: readonly Element[]): readonly Run[] => {
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

/** Tables drawn with blanks told from the lines around them. */
export const tablesTold = (elements: readonly Element[], profile: Profile, raise: Context['raise']): readonly Element[] =>
  runsOf(elements).flatMap((run): readonly Element[] => (run.kind === 'lines' ? withBlankTables(run.lines, profile, raise) : run.rows));

/** The menu of a site, an entry a line: 网站首页 / 机构概况 / 政务公开. */
const MENU = /^(?:网站)?首页$/u;
const ENTRY = /^\p{Script=Han}{2,8}$/u;

/** Without blank lines, what a page or a site left, and lines too long for a document; each but the first is said. */
export const withoutNoise = (elements: readonly Element[], accounts: Accounts, raise: Context['raise']): readonly Element[] => {
  let menu = false;
  return elements.filter((element) => {
    if (element.kind === 'row') return true;
    menu = menu ? ENTRY.test(element.folded.trim()) : MENU.test(element.folded.trim());
    if (element.folded.trim() === '') {
      accounts.mark(element.ref, 'noise');
      return false;
    }
    if (element.text.length > LONGEST_LINE) {
      raise('unread', element.address, say('finding.a-line-of-characters-one-of-more', { count: element.text.length, LONGEST_LINE }), true);
      return false;
    }
    const noise = noiseOf(element.folded) ?? (menu ? say('finding.the-menu-of-a-site') : null);
    if (noise === null) return true;
    accounts.mark(element.ref, 'noise');
    raise('noise-set-aside', element.address, say('finding.is-set-aside', { text: shown(element.text), noise }), false);
    return false;
  });
};

/** 临川市人民政府办公室        2025年4月16日: who issued it and when, on one line. */
const signedLine = ({ text, folded }: Line): Partial<Head> | null => {
  const [name = '', day = '', ...more] = text.trim().split(/\s{2,}/u);
  const date = more.length > 0 || folded.length > 120 ? null : dateOfLine(fold(day));
  return date !== null && name.length <= 40 && BODY.test(withoutBlanks(name)) ? { issuer: name, date } : null;
};

/** Pairs on one line stand apart; a blank before a key parts them too: 填报单位:… 填报日期:… */
const PAIRS = /\s{2,}|\s(?=\p{Script=Han}{2,6}[:：])/u;

/** A part of a line of pairs that is no pair and no day. */
const unpaired = ({ text, address }: Line, raise: Context['raise']): void => {
  for (const part of text.split(PAIRS))
    if (/[:：]\s*\S+\s+\S/u.test(part))
      raise('layout', address, say('finding.holds-a-blank-within-its-value-read', { part: shown(part) }), false);
  for (const part of text.split(PAIRS))
    if (part.trim() !== '' && !fold(part).includes(':') && dateOfLine(fold(part)) === null)
      raise('noise-set-aside', address, say('finding.stands-beside-pairs-of-keys-and-values', { part: shown(part) }), false);
};

/** 甲方 is who issues a contract, and only beside a 乙方. */
const isFirstParty = ({ folded }: Line): boolean => /^\s*甲\s*方/u.test(folded);
const isSecondParty = ({ folded }: Line): boolean => /^\s*乙\s*方/u.test(folded);

/** Cells beside pairs of keys and values that are no pair and no day. */
const beside = ({ cells }: Row, raise: Context['raise']): void => {
  for (const [index, { address, text, folded }] of cells.entries()) {
    if (PENDING.test(folded.slice(folded.indexOf(':') + 1).trim()))
      raise('party-pending', address, say('finding.nobody-is-named-yet', { text: shown(text) }), false);
    const isValue = /[:]\s*$/u.test(cells[index - 1]?.folded ?? '');
    if (folded.trim() !== '' && !folded.includes(':') && !isValue && dateOfLine(folded) === null)
      raise('noise-set-aside', address, say('finding.stands-above-the-table-beside-pairs-of', { text: shown(text) }), false);
  }
};

export type Parts = { readonly head: Head; readonly runs: readonly Run[] };

/** Pairs of keys and values around a document, taken out of its tables; single texts above a table become lines. */
export const withoutMeta = (runs: readonly Run[], profile: Profile, accounts: Accounts, raise: Context['raise']): Parts => {
  let head: Head = NO_HEAD;
  let unit: string | null = null;
  const left = runs.flatMap((run): readonly Run[] => {
    if (run.kind === 'lines') {
      let numbered = false;
      const lines = run.lines.filter((line) => {
        numbered ||= line.marker !== null;
        const note = unitNote(line.text);
        if (note !== null) {
          unit = note;
          accounts.mark(line.ref, 'head');
          return false;
        }
        const signed = numbered ? null : signedLine(line);
        if (signed !== null) {
          raise(
            'layout',
            line.address,
            say('finding.and-on-one-line-are-read-as', { issuer: signed.issuer ?? '', date: signed.date ?? '' }),
            false,
          );
          head = { ...head, ...defined(signed, head) };
          accounts.mark(line.ref, 'head');
          return false;
        }
        // Below an item 交办日期: is the item's.
        if (numbered && labelsOf(line.folded, profile)[0]?.start === 0) return true;
        if (isFirstParty(line) && !run.lines.some(isSecondParty)) return true;
        const meta = line.folded.length < 160 && /^[^。]{1,10}[:]/u.test(line.folded) ? readMeta(line.text.split(PAIRS)) : null;
        if (meta === null) return true;
        unpaired(line, raise);
        head = { ...head, ...defined(meta, head) };
        accounts.mark(line.ref, 'head');
        return false;
      });
      return lines.length === 0 ? [] : [{ kind: 'lines', lines }];
    }
    const form = linesOfForm(run.rows, profile, accounts);
    if (form !== null) {
      raise('layout', run.rows[0]?.address ?? '', say('finding.a-table-of-labels-and-what-they'), false);
      return [{ kind: 'lines', lines: form }];
    }
    const at = headerOf(run.rows, profile)?.at ?? run.rows.length;
    const rows = run.rows.filter((row, index) => {
      if (index >= at) return true;
      const note = row.cells.map(({ text }) => unitNote(text)).find((each) => each !== null);
      unit = note ?? unit;
      if (note !== undefined && onlyCell(row) !== null) {
        for (const { ref } of row.cells) accounts.mark(ref, 'head');
        return false;
      }
      const meta = readMeta(row.cells.map(({ text }) => text));
      if (meta === null && row.cells.some(({ folded }) => folded !== '')) return true;
      if (meta !== null) head = { ...head, ...defined(meta, head) };
      if (meta !== null) beside(row, raise);
      for (const { ref } of row.cells) accounts.mark(ref, meta === null ? 'noise' : 'head');
      return false;
    });
    return rows.length === 0 ? [] : [{ kind: 'table', rows, ...(unit === null ? {} : { unit }) }];
  });
  return { head, runs: left };
};

/** What pairs say, where nothing was said before. */
const defined = (meta: Partial<Head>, before: Head): Partial<Head> =>
  Object.fromEntries(Object.entries(meta).filter(([key, value]) => value !== null && before[key as keyof Head] === null));
