import type { DocumentReading, ReadItem } from '../../src/importer/document-reading.ts';
import { folded, withoutBlanks } from '../../src/importer/words/folded.ts';

/** What befalls documents on their way: one change to a text, and whether a reader can tell that it means the same. */
export type Mutation = {
  readonly kind: string;
  readonly text: string;
  /** The words are others, the meaning is not: it is read as before. */
  readonly same: boolean;
  /** The document says something else, and that is to be read. */
  readonly says?: string;
};

/** Chance that can be repeated: a number from 0 to below `below`. */
export type Pick = (below: number) => number;

const from = <T>(list: readonly T[], pick: Pick): T | undefined => list[pick(list.length)];
const matchesOf = (text: string, pattern: RegExp): readonly RegExpExecArray[] => [...text.matchAll(pattern)];
const replaceAt = (text: string, at: number, length: number, by: string): string => text.slice(0, at) + by + text.slice(at + length);

type Mutate = (text: string, pick: Pick) => Mutation | null;

/** One of the places of a pattern gets another text. */
const change =
  (kind: string, pattern: RegExp, by: (found: string, pick: Pick) => string, same: boolean): Mutate =>
  (text, pick) => {
    const found = from(matchesOf(text, pattern), pick);
    if (found === undefined) return null;
    return { kind, text: replaceAt(text, found.index, found[0].length, by(found[0], pick)), same };
  };

const MARKER = /^(?:\d{1,2}[.、]|\(\d{1,2}\)|\([一二三四五六七八九十]\)|[一二三四五六七八九十]、|第\d项|[①-⑨])/gmu;
const digits = (marker: string): string => marker.replace(/\D/gu, '') || '7';

const lines = (text: string): readonly string[] => text.split('\n');
const unlines = (all: readonly string[]): string => all.join('\n');

const PARTY_LISTS =
  /(?<=[::(（])[^::()（）\n。;,]{2,30}(?:局|委|办|集团|厅|公司|中心)、[^::()（）\n。;,]{2,20}(?:局|委|办|集团|厅|公司|中心)(?=[)）\n;。,])/gu;

/** The same list with another separator. */
const separated = (kind: string, separator: string): Mutate => change(kind, PARTY_LISTS, (list) => list.replaceAll('、', separator), true);

const wrap: Mutate = (text, pick) => {
  const all = lines(text);
  const long = all.flatMap((line, index) => (line.length > 16 && !/[|\t,].*[|\t,].*[|\t,].*[|\t,]/u.test(line) ? [index] : []));
  const at = from(long, pick);
  if (at === undefined) return null;
  const line = all[at] ?? '';
  const cut = 6 + pick(line.length - 10);
  return { kind: 'wrapped line', text: unlines(all.with(at, `${line.slice(0, cut)}\n${line.slice(cut)}`)), same: false };
};

const join: Mutate = (text, pick) => {
  const all = lines(text).filter((line) => line !== '');
  const at = pick(all.length - 1);
  const [one = '', two = ''] = [all[at], all[at + 1]];
  return { kind: 'joined lines', text: unlines([...all.slice(0, at), one + two, ...all.slice(at + 2)]), same: false };
};

const isRow = (line: string): boolean => line.includes('\t') || line.includes('|');
const cellsOf = (line: string): { readonly cells: readonly string[]; readonly by: string } => {
  const by = line.includes('\t') ? '\t' : '|';
  return { cells: line.split(by), by };
};

/** The rows of the longest table that a text draws with tabs or bars. */
const tableOf = (text: string): readonly number[] =>
  lines(text).flatMap((line, index) => (isRow(line) && cellsOf(line).cells.length > 4 ? [index] : []));

const swapColumns: Mutate = (text, pick) => {
  const rows = tableOf(text);
  if (rows.length < 3) return null;
  const all = [...lines(text)];
  const width = Math.min(...rows.map((row) => cellsOf(all[row] ?? '').cells.length)) - 1;
  const [a, b] = [pick(width), pick(width)];
  for (const row of rows) {
    const { cells, by } = cellsOf(all[row] ?? '');
    const swapped = [...cells];
    [swapped[a], swapped[b]] = [cells[b] ?? '', cells[a] ?? ''];
    all[row] = swapped.join(by);
  }
  return { kind: 'swapped columns', text: unlines(all), same: false };
};

const swapCells: Mutate = (text, pick) => {
  const [header, ...rows] = tableOf(text);
  const row = from(rows, pick);
  if (header === undefined || row === undefined) return null;
  const all = lines(text);
  const { cells, by } = cellsOf(all[row] ?? '');
  const names = cellsOf(all[header] ?? '').cells;
  const free = cells.flatMap((_, index) => (/配合|协办|类别|依据|备注|[一二三四]季度|交办|频次/u.test(names[index] ?? '') ? [] : [index]));
  const [a, b] = [from(free, pick), from(free, pick)];
  if (a === undefined || b === undefined) return null;
  const swapped = [...cells];
  [swapped[a], swapped[b]] = [cells[b] ?? '', cells[a] ?? ''];
  return { kind: 'swapped cells', text: unlines(all.with(row, swapped.join(by))), same: false };
};

const emptyCell: Mutate = (text, pick) => {
  const [header, ...rows] = tableOf(text);
  const row = from(rows, pick);
  if (header === undefined || row === undefined) return null;
  const all = lines(text);
  const { cells, by } = cellsOf(all[row] ?? '');
  const names = cellsOf(all[header] ?? '').cells;
  const needed = cells.flatMap((_, index) =>
    /序号|编号|任务|事项|责任单位|牵头单位|主办|领导|时限/u.test(names[index] ?? '') ? [index] : [],
  );
  const at = from(needed, pick);
  return at === undefined ? null : { kind: 'emptied cell', text: unlines(all.with(row, cells.with(at, '').join(by))), same: false };
};

const markerIn = (line: string): string | undefined => new RegExp(MARKER.source, 'u').exec(line)?.[0];
const shapeOf = (marker: string): string => marker.replaceAll(/[\d一二三四五六七八九十①-⑨]+/gu, '#');

/** An item is lost whose number another one of its kind follows: the gap tells. */
const dropLine: Mutate = (text, pick) => {
  const marked = lines(text).flatMap((line, index) => (markerIn(line) === undefined ? [] : [{ index, marker: markerIn(line) ?? '' }]));
  const told = marked.filter(
    ({ marker }, at) => at > 0 && !/[1一①]/u.test(marker) && shapeOf(marked[at + 1]?.marker ?? '') === shapeOf(marker),
  );
  const drop = from(told, pick);
  if (drop === undefined) return null;
  return { kind: 'dropped item', text: unlines(lines(text).filter((_, index) => index !== drop.index)), same: false };
};

const FULL_WIDTH: Readonly<Record<string, string>> = { ',': '，', '(': '（', ')': '）', ':': '：', ';': '；' };

const MUTATIONS: readonly Mutate[] = [
  change(
    'marker of another style',
    MARKER,
    (marker, pick) => from([`${digits(marker)}.`, `(${digits(marker)})`, `${digits(marker)}、`, '①', '•'], pick) ?? marker,
    false,
  ),
  change('marker left out', MARKER, () => '', false),
  change('marker of another number', MARKER, (marker) => marker.replace(/\d+/u, '17').replace(/[一二三四]/u, '九'), false),
  change(
    'another label of the same role',
    /(?<!\p{Script=Han})牵头单位(?=[:：])/gu,
    (_, pick) => from(['牵头部门', '牵头责任单位', '主办单位', '牵头 单位'], pick) ?? '',
    true,
  ),
  change(
    'another label of the same role',
    /(?<!\p{Script=Han})配合单位(?=[:：])/gu,
    (_, pick) => from(['协办单位', '配合部门', '参与单位', '协同单位'], pick) ?? '',
    true,
  ),
  change(
    'an unknown label',
    /(?:牵头|配合|责任|协办|主办)单位(?=[:：])/gu,
    (_, pick) => from(['兜底单位', '主推单位', '甲方', '单位'], pick) ?? '',
    false,
  ),
  change('a label misspelt', /(?:牵头|配合|责任)单位(?=[:：])/gu, (label) => label.replace('单位', '单 位位'), false),
  change('a colon left out', /(?<=单位|时限|领导)[:：]/gu, () => '', false),
  separated('separator', ','),
  separated('separator', ';'),
  separated('separator', ' '),
  separated('separator', '，'),
  change('separator left out', PARTY_LISTS, (list) => list.replaceAll('、', ''), false),
  change('和 between names', PARTY_LISTS, (list) => list.replace(/、(?=[^、]*$)/u, '和'), false),
  (text, pick) => {
    const found = from(matchesOf(text, /(?<=[增建改引造]\p{Script=Han}{0,8})\d{1,4}(?=[个家所条处座人户])/gu), pick);
    const says = String(1000 + pick(8000));
    return found === undefined ? null : { kind: 'a number', text: replaceAt(text, found.index, found[0].length, says), same: false, says };
  },
  change('an impossible day', /\d{1,2}月(?:底|\d{1,2}日)/gu, (day) => day.replace(/^\d+/u, '13'), false),
  change('a unit to come', /(?<=单位[:：])[^\n,;。)）]{2,10}(?=[\n,;。)）])/gu, () => '待定', false),
  change('another bracket', /\([^()\n]{4,60}\)/gu, (bracket) => `（${bracket.slice(1, -1)}）`, true),
  change('a bracket not closed', /\([^()\n]{6,60}\)(?=\n)/gu, (bracket) => bracket.slice(0, -1), false),
  (text) => ({
    kind: 'full width',
    text: text.replaceAll(/[,():;](?!\d)/gu, (mark) => FULL_WIDTH[mark] ?? mark),
    same: !text.includes('",') && !/,,/u.test(text),
  }),
  (text) => ({ kind: 'line ends', text: text.replaceAll('\n', '\r\n'), same: true }),
  (text) => ({ kind: 'byte order mark', text: `\ufeff${text}`, same: true }),
  (text, pick) => {
    const all = lines(text);
    const at = pick(all.length);
    return {
      kind: 'a page number between',
      text: unlines([...all.slice(0, at), '— 7 —', ...all.slice(at)]),
      same: !/,,|\t| \| /u.test(text),
    };
  },
  (text) => ({ kind: 'blank lines', text: text.replaceAll('\n', '\n\n'), same: !/,,|\t| \| /u.test(text) && !/"[^"\n]*\n/u.test(text) }),
  (text) => ({ kind: 'indented', text: text.replaceAll('\n', '\n　　'), same: !/,,|\t| \| /u.test(text) && !/"[^"\n]*\n/u.test(text) }),
  wrap,
  wrap,
  wrap,
  join,
  join,
  swapColumns,
  swapCells,
  swapCells,
  emptyCell,
  emptyCell,
  dropLine,
];

export const mutate = (text: string, pick: Pick): Mutation | null => from(MUTATIONS, pick)?.(text, pick) ?? null;

const plain = (text: string): string => withoutBlanks(folded(text)).replace(/[。;,]+$/u, '');

const ofItem = (item: ReadItem): unknown => [
  item.number,
  plain(item.text),
  item.assignees.map(({ role, name, kind }) => `${role} ${plain(name)} ${kind}`).toSorted((a, b) => a.localeCompare(b)),
  item.openList,
  item.leaders.map(({ name, title }) => `${name ?? ''} ${title ?? ''}`).toSorted(),
  item.deadline === null ? null : [plain(item.deadline.printed), item.deadline.date],
  item.milestones.map(({ printed, date }) => [plain(printed), date]),
  item.measurements.map(({ metric, comparator, target, unit }) => [plain(metric), comparator, target, unit]),
  item.children.map(ofItem),
];

/** What of a reading becomes facts, in a form that two readings can be told apart by. */
export const meaningOf = ({ directive, items, schedule }: DocumentReading): string =>
  JSON.stringify([
    [directive.number, directive.title, directive.issuer, directive.date].map((part) => (part === null ? null : plain(part))),
    items.map(ofItem),
    schedule.duties,
  ]);
