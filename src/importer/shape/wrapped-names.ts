import { say } from '../../messages/message.ts';
import type { Context } from '../parts/context.ts';
import { namesOf, standsAlone, tokenOf } from '../parts/names.ts';
import { BODY, COMPANY, isCollective, levelOf, LOCAL_GOVERNMENT, TOWN, ZONE } from '../words/bodies.ts';
import { isRole } from '../words/labels.ts';
import type { Row, RowCell } from './elements.ts';
import type { HeadedColumn } from './table-header.ts';

/**
 * Line ends in a cell of units: between two names, as a separator, or within one name where its line was full, 县住房和城乡\n建设局.
 * A name that the table prints whole elsewhere says which; so does a piece that is no name.
 */

/** What separates names on a line, and so ends the piece of a name that is looked at. */
const SEPARATOR = /[、,;。/|:\s]/u;
const lastPiece = (line: string): string => line.split(SEPARATOR).at(-1) ?? '';
const firstPiece = (line: string): string => line.trimStart().split(SEPARATOR)[0] ?? '';

/** The end of a body's name and no name: 办公室 behind 县人民政府. */
const END_ALONE =
  /^(?:(?:人民)?政府(?:办公室)?|办公室|办公厅|委员会|管理局|(?:管理|工作)委员会|管委会|办事处|有限公司|分公司|分局|局|委|办|中心)$/u;
/** Over how many line ends one name goes at most. */
const MOST_BREAKS = 3;

const joined = (lines: readonly string[], at: ReadonlySet<number>): string =>
  lines.reduce((all, line, index) => (at.has(index) ? all.trimEnd() + line.trimStart() : `${all}\n${line}`));

/** A piece that may stand as a name: it ends as the name of a body does, or is a group, a seat, nobody or somebody known. */
const isName = (piece: string, { profile }: Context): boolean => {
  const token = tokenOf(piece, profile);
  if (token.kind === 'strange') return false;
  if (token.kind !== 'unit') return true;
  if (profile.units.includes(piece)) return true;
  // 县住房和城乡 ends as a township does, but a name that begins with a level names a body of that level.
  const ends = BODY.test(piece.replace(/\([^()]*\)$/u, '')) || LOCAL_GOVERNMENT.test(piece) || ZONE.test(piece);
  return token.doubt === null && (ends || (TOWN.test(piece) && levelOf(piece) === null));
};

/** `either` is read as one, and a person looks at it. */
type Reading = 'one' | 'two' | 'either';

const readingOf = (before: string, after: string, known: ReadonlySet<string>, context: Context): Reading => {
  const { profile, seat } = context;
  const whole = before + after;
  if (known.has(whole)) return 'one';
  if (after.startsWith('(')) return isName(before, context) ? 'one' : 'two';
  if (isCollective(whole)) return !isCollective(after) && END_ALONE.test(after) ? 'one' : 'two';
  if (!BODY.test(whole) || !isName(whole, context) || isCollective(after)) return 'two';
  if (END_ALONE.test(after)) return 'one';
  const hasPlace = levelOf(after) !== null || standsAlone(after, seat?.place ?? null) || COMPANY.test(after);
  // Both begin with a level: an abbreviation and the next name, or 县住房和城 and 乡建设局.
  if (!isName(before, context)) return hasPlace && levelOf(before) !== null ? (/^[乡镇]/u.test(after) ? 'either' : 'two') : 'one';
  if (hasPlace || known.has(after) || known.has((levelOf(before) ?? '') + after)) return 'two';
  // 县委组织部\n宣传部: names of one kind below each other, the level left out.
  return before.at(-1) === after.at(-1) || tokenOf(after, profile).kind !== 'unit' ? 'two' : 'either';
};

/** Names that the columns of units print on one line: what a broken one is known by. */
export const namesPrinted = (columns: readonly HeadedColumn[], rows: readonly Row[], { profile }: Context): ReadonlySet<string> => {
  const ofUnits = columns.filter(({ column }) => column !== null && isRole(column));
  const texts = rows
    .flatMap(({ cells }) => ofUnits.flatMap(({ index }) => cells[index]?.folded ?? []))
    .filter((text) => !text.includes('\n'));
  const names = texts.flatMap((text) => namesOf(text, profile).tokens).filter(({ kind }) => kind === 'unit');
  return new Set([...profile.units, ...names.map(({ text }) => text)]);
};

type GoingOn = { readonly reading: Reading; readonly after: string; readonly breaks: number };

/** A name that begins at the end of a line: how it goes on, and over how many line ends. */
const goingOn = (before: string, lines: readonly string[], known: ReadonlySet<string>, context: Context): GoingOn | null => {
  let between = '';
  for (const [index, line] of lines.slice(0, MOST_BREAKS).entries()) {
    const after = between + firstPiece(line);
    const reading = before === '' || firstPiece(line) === '' ? 'two' : readingOf(before, after, known, context);
    if (reading !== 'two') return { reading, after, breaks: index + 1 };
    if (SEPARATOR.test(line.trim())) break;
    between += line.trim();
  }
  return null;
};

/** The cell with the names whole that its lines broke. Said where any was; it waits for a person where both readings are possible. */
export const withNamesWhole = (cell: RowCell, known: ReadonlySet<string>, context: Context): RowCell => {
  if (!cell.folded.includes('\n')) return cell;
  const lines = cell.folded.split('\n');
  const joinedAt = new Set<number>();
  for (let at = 1; at < lines.length; at += 1) {
    const before = lastPiece(joined(lines.slice(0, at), joinedAt));
    const found = goingOn(before, lines.slice(at), known, context);
    if (found === null) continue;
    const { reading, after, breaks } = found;
    for (let end = 0; end < breaks; end += 1) joinedAt.add(at + end);
    at += breaks - 1;
    if (reading === 'either')
      context.raise('name-doubtful', cell.address, say('finding.one-name-or-two', { whole: before + after, before, after }), true);
  }
  if (joinedAt.size === 0) return cell;
  context.raise('lines-joined', cell.address, say('finding.lines-of-the-cell-are-read-as-one'), false);
  return { ...cell, text: joined(cell.text.split('\n'), joinedAt), folded: joined(lines, joinedAt) };
};
