import { sameJson } from '../kernel/json.ts';
import { instantMillis } from '../kernel/clock.ts';
import { civilDay } from '../kernel/civil-days.ts';
import { xmlText } from '../kernel/xml-text.ts';
import { sha256Hex } from '../kernel/canonical.ts';
import type { NoticeDrafted, NoticeIssued, NoticeLine } from '../domain/notices/events.ts';
import type { NoticeFacts } from '../domain/notices/letter-facts.ts';
import type { SnapshotBody } from '../domain/snapshots/body.ts';
import { docxWords } from '../publishing/letters/docx-words.ts';
import { letterLines, type Letter } from '../publishing/letters/letter.ts';
import { extractOf, type LetterFacts } from '../publishing/letters/placeholders.ts';
import { readTemplate, writeLetter } from '../publishing/letters/template.ts';
import { LETTER_WRITER, wordsDigest } from '../publishing/letters/words.ts';
import { fault, type Fault } from './fault.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/**
 * The letters of circulation notices. The facts that one was written from stand in the log and are held against the
 * snapshot; its words are made again from them; and a file that somebody has is held against those words.
 */

export type Issued = { readonly index: number; readonly id: string; readonly data: ReturnType<typeof NoticeIssued>['data'] };
type Draft = ReturnType<typeof NoticeDrafted>['data'];
type Document = NonNullable<Issued['data']['document']>;

/** A file that is held against what was issued. */
export type LetterFile = { readonly name: string; readonly bytes: Uint8Array };

const countsIn = (body: SnapshotBody): NoticeFacts['units'] =>
  body.units.map(({ name, onTime, late, missing, awaiting = 0 }) => ({ name, onTime, late, missing, awaiting }));

/** Of what a unit is named for, all but how the task is called. */
const faultsIn = (lines: readonly NoticeLine[]): readonly object[] =>
  lines.flatMap(({ name, late, missing }) => [
    ...late.map(({ period, daysLate }) => ({ unit: name, period, daysLate })),
    ...missing.map(({ period }) => ({ unit: name, period, daysLate: null })),
  ]);

const momentOf = ({ at, on, timeZone }: SnapshotBody['basis']): number =>
  at === undefined ? civilDay(on, timeZone).end - 1 : instantMillis(at);

const writtenFrom = ({ template }: Pick<Document, 'template'>, facts: LetterFacts): Letter | undefined => {
  const read = readTemplate(template);
  return read.ok ? writeLetter(read.template, facts) : undefined;
};

/** What is wrong with the letter of a notice, in a sentence; undefined where it is in order, or there is none. */
const wrongWith = ({ data }: Issued, draft: Draft, body: SnapshotBody): Message | undefined => {
  const { document } = data;
  if (document === undefined) return undefined;
  const { facts } = document;
  if (facts.number !== data.number || facts.issuedOn !== data.issuedOn || facts.title !== draft.title || facts.period !== draft.period)
    return say('verifying.letter-with-another-head');
  if (facts.isExtract || facts.at !== momentOf(body.basis) || facts.timeZone !== body.basis.timeZone)
    return say('verifying.letter-of-another-moment');
  if (!sameJson(facts.units, countsIn(body))) return say('verifying.letter-with-other-counts');
  const named = facts.faults.map(({ unit, period, daysLate }) => ({ unit, period, daysLate }));
  if (!sameJson(named, faultsIn(draft.lines))) return say('verifying.letter-names-others');
  const letter = writtenFrom(document, facts);
  return letter !== undefined && wordsDigest(letter) === document.words ? undefined : say('verifying.words-do-not-follow-from-facts');
};

export const checkLetter = (issued: Issued, draft: Draft | undefined, body: SnapshotBody | undefined): Fault | undefined => {
  if (issued.data.document === undefined || issued.data.document.writer !== LETTER_WRITER) return undefined;
  const wrong = draft === undefined || body === undefined ? say('verifying.letter-rests-on-nothing') : wrongWith(issued, draft, body);
  return wrong === undefined ? undefined : fault('notice', `notice ${issued.id}`, wrong, issued.index + 1);
};

const QUOTED = 60;
/** Of a line that is quoted in part: so much of what is alike, before the place that differs. */
const ALIKE = 20;

/** A line as far as it is quoted, so that it shows the place at which it differs from the other. */
const quoted = (line: string, differsAt: number): string => {
  const begin = differsAt + ALIKE < QUOTED ? 0 : differsAt - ALIKE;
  const end = begin + QUOTED;
  return `${begin > 0 ? '…' : ''}${line.slice(begin, end).toWellFormed()}${end < line.length ? '…' : ''}`;
};

const firstDifference = (one: string, other: string): number => {
  const found = Array.from({ length: one.length }, (_, n) => n).find((n) => one[n] !== other[n]);
  return found ?? one.length;
};

/**
 * A line as a file can hold it. What no file can hold stands in one as U+FFFD, and in those of earlier versions as nothing
 * or as it was, which is no well-formed XML.
 */
const heldLine = (line: string): string => xmlText(line).replaceAll('\uFFFD', '');

const linesOf = (letter: Letter | undefined): readonly string[] => (letter === undefined ? [] : letterLines(letter).map(heldLine));

/** Names stand alone in a cell, or before the comma with which a sentence about a unit goes on. */
const ENDS_OF_NAMES = /[\t，、（）。]|等\d/u;

/** Of the units that a notice names, those that its extract names; undefined of a file that is no extract of it. */
const namedInExtract = (words: readonly string[], { template, facts }: Document): readonly string[] | undefined => {
  const title = writtenFrom({ template }, extractOf(facts, []))?.title;
  if (title === undefined || !words.includes(heldLine(title))) return undefined;
  const found = new Set(words.flatMap((line) => [...line.split('\t'), ...line.split(ENDS_OF_NAMES)]));
  return [...new Set(facts.faults.map(({ unit }) => unit))].filter((unit) => found.has(heldLine(unit)));
};

/**
 * Whether a file is the letter of a notice: byte for byte, or saved again by another program with the same words; or the
 * extract of one, which is written anew for each reader. A sentence in `remark`, or a fault that names the first line that differs.
 */
export const holdFile = (file: LetterFile, issued: readonly Issued[]): { readonly remark: Text } | { readonly fault: Fault } => {
  const letters = issued.flatMap(({ id, data: { document } }) => (document === undefined ? [] : [{ id, document }]));
  const digest = sha256Hex(file.bytes);
  const same = letters.find(({ document }) => document.sha256 === digest);
  const words = docxWords(file.bytes)?.map(heldLine);
  if (words === undefined) return { fault: fault('notice', file.name, say('verifying.is-no-docx')) };
  const whole = ({ document }: (typeof letters)[number]): readonly string[] => linesOf(writtenFrom(document, document.facts));
  const alike = same ?? letters.find((one) => whole(one)[0] === words[0]);
  if (alike === undefined) return { fault: fault('notice', file.name, say('verifying.letter-of-no-notice')) };
  const { id: notice, document } = alike;
  const own = same === undefined ? namedInExtract(words, document) : undefined;
  const wanted = own === undefined ? whole(alike) : linesOf(writtenFrom(document, extractOf(document.facts, own)));
  const differs = Array.from({ length: Math.max(wanted.length, words.length) }, (_, n) => n).find((n) => wanted[n] !== words[n]);
  if (differs === undefined && own !== undefined)
    return { remark: say('verifying.extract-of-notice', { file: file.name, notice, units: own.join('、') }) };
  const how = same === undefined ? say('verifying.saved-again') : say('verifying.byte-for-byte');
  if (differs === undefined) return { remark: say('verifying.letter-of-notice', { file: file.name, notice, how }) };
  const [is, was] = [words[differs], wanted[differs]];
  const at = firstDifference(is ?? '', was ?? '');
  const shown = (line: string | undefined): Text => (line === undefined ? say('verifying.nothing') : quoted(line, at));
  return {
    fault: fault(
      'notice',
      file.name,
      say(own === undefined ? 'verifying.letter-not-as-issued' : 'verifying.extract-not-as-issued', {
        notice,
        is: shown(is),
        was: shown(was),
      }),
    ),
  };
};
