import type { DocumentReading, ReadItem } from '../../src/importer/document-reading.ts';
import { markerOf } from '../../src/importer/shape/numbering.ts';
import { columnOf } from '../../src/importer/words/columns.ts';
import { folded, withoutBlanks } from '../../src/importer/words/folded.ts';
import { labelsOf } from '../../src/importer/words/labels.ts';

/**
 * Where every visible character of a document went: into a field of an item, the head or the schedule, into prose, or into
 * a finding about its very place. What is in none of them is lost in silence.
 */

const plain = (text: string): string => withoutBlanks(folded(text)).replaceAll(/["“”]/gu, '"');

const textsOf = (item: ReadItem): readonly string[] => [
  item.number,
  item.text,
  item.section ?? '',
  ...Object.entries(item.extra).flat(),
  ...item.assignees.flatMap(({ name, printed = '' }) => [name, printed]),
  ...item.leaders.flatMap(({ name, title }) => [name ?? '', title ?? '']),
  item.deadline?.printed ?? '',
  ...item.milestones.map(({ printed }) => printed),
  ...item.children.flatMap(textsOf),
];

/** Apart from each other, so that nothing is found that goes over the end of one. */
const joined = (texts: readonly string[]): string => texts.map(plain).join('\0');

/** Words that say what another word is, and are in the role, the number or the kind of what was read. */
const SAYS_A_ROLE = new RegExp(
  `^(?:${[
    '由|请|牵头|主要|主办|承办|协办|会办|分办|配合|协同|参与|支持|落实|主体|实施|负责|共同|分别|按|各自|根据|职责|分工|抓好|等|会同',
    '单位|部门|科室|处室|责任|领导|主管|分管|督办|完成|办结|时限|要求|现要求|同志|和|及|与|前|第|号|事项|[一二三四五六七八九十]|[\\d.]+',
  ].join('|')})+$`,
  'u',
);

const runsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}%‰.]+/gu) ?? [];

/** What of a run is in no field: its letters that no part of two and more of `fields` covers. */
const uncovered = (run: string, fields: string): readonly string[] => {
  if (fields.includes(run)) return [];
  const left: string[] = [];
  let open = '';
  const close = (): void => {
    if (open !== '') left.push(open);
    open = '';
  };
  for (let at = 0; at < run.length;) {
    let end = run.length;
    while (end - at >= 2 && !fields.includes(run.slice(at, end))) end -= 1;
    if (end - at < 2) {
      open += run.charAt(at);
      at += 1;
      continue;
    }
    close();
    at = end;
  }
  close();
  return left;
};

/** A line without its number and its labels, which a person sees in the form of what was read. */
const bare = (text: string, { profile }: DocumentReading): readonly string[] => {
  const line = folded(text);
  const start = markerOf(line.trimStart())?.length ?? 0;
  const body = line.trimStart().slice(start);
  const pieces: string[] = [];
  let at = 0;
  for (const label of labelsOf(body, profile)) {
    pieces.push(body.slice(at, Math.max(at, label.start)));
    at = label.end;
  }
  return [...pieces, body.slice(at)];
};

const MOST_OVER_AN_END = 12;
/** A word that the end of a line has cut in two is whole together with what stands before or behind it. */
const isCut = (run: string, line: string, before: string, after: string, fields: string): boolean => {
  const isWhole = (text: string): boolean => fields.includes(text) || SAYS_A_ROLE.test(text);
  const lengths = Array.from({ length: MOST_OVER_AN_END }, (_, index) => index + 1);
  return (
    (line.startsWith(run) && lengths.some((length) => isWhole(before.slice(-length) + run.replace(/等$/u, '')))) ||
    (line.endsWith(run) && lengths.some((length) => isWhole(run + after.slice(0, length))))
  );
};

export type Lost = { readonly address: string; readonly use: string; readonly text: string };

const rowOf = (address: string): string => address.replace(/, cell \d+$/u, '').replace(/^(.*)!\D+(\d+)$/u, '$1, row $2');

/** Whether a finding stands at a line or cell, or at the row of it. */
export const toldAt = ({ findings }: DocumentReading, address: string, blocking = false): boolean =>
  findings.some((finding) => (finding.address === address || finding.address === rowOf(address)) && (finding.blocks || !blocking));

/** Uses whose lines say what somebody is to do. */
const OF_ITEMS: ReadonlySet<string> = new Set(['item', 'item-part', 'parties', 'leader', 'deadline', 'quantity']);

export const lostIn = (reading: DocumentReading): readonly Lost[] => {
  const { items, directive, schedule, prose, findings, lines, profile } = reading;
  const heads = [directive.number, directive.title, directive.issuer].map((text) => text ?? '');
  const fields = joined([
    ...items.flatMap(textsOf),
    ...heads,
    schedule.printed ?? '',
    ...prose.flatMap(({ text, section }) => [text, section]),
  ]);
  const told = joined(findings.map(({ detail }) => detail));
  return lines.flatMap(({ address, text, use }, index): readonly Lost[] => {
    if (text.trim() === '') return [];
    const lost = (what: string): readonly Lost[] => [{ address, use, text: what }];
    if (use === 'unread') return toldAt(reading, address, true) ? [] : lost(text);
    if (use === 'schedule') return uncovered(plain(text), fields).length === 0 || toldAt(reading, address) ? [] : lost(text);
    // What is set aside as no part of the document, or stands in its head, is listed as that with its place.
    if (!OF_ITEMS.has(use) || columnOf(folded(text), profile) !== null) return [];
    return bare(text, reading)
      .flatMap((piece) => runsIn(plain(piece)))
      .flatMap((run) => uncovered(run, fields))
      .filter((run) => !SAYS_A_ROLE.test(run) && !told.includes(run))
      .filter((run) => !isCut(run, plain(text), plain(lines[index - 1]?.text ?? ''), plain(lines[index + 1]?.text ?? ''), fields))
      .flatMap((run) => lost(run));
  });
};
