import type { ReadFinding } from '../document-reading.ts';
import { say, type Message } from '../../messages/message.ts';
import { kept } from '../../messages/kept.ts';
import type { Draft } from './draft.ts';
import { allOf, type DraftItem } from './items.ts';

/**
 * What must be known before a draft becomes a directive and is not: asked of the draft as it is corrected, so that an
 * answer is the end of the question.
 */

type Question = Omit<ReadFinding, 'n'>;

const MOST_TEXT = 8000;

const ask = (kind: string, address: string, said: Message, blocks = true): Question => ({ kind, address, ...kept(said), blocks });

type Asked = Pick<Draft, 'directive' | 'items' | 'lines' | 'prose'>;

const ofHead = ({ directive: { id, number, title, issuer, date } }: Asked, HEAD: string): readonly Question[] => [
  ...(number === null && id === null ? [ask('number-missing', HEAD, say('finding.it-bears-no-document-number-say-one'))] : []),
  ...(number !== null && id === null ? [ask('number-missing', HEAD, say('finding.no-id-can-be-made-of-say', { number }))] : []),
  ...(title === null ? [ask('title-missing', HEAD, say('finding.its-title-is-not-known'))] : []),
  ...(issuer === null ? [ask('issuer-missing', HEAD, say('finding.who-issued-it-is-not-known'))] : []),
  ...(date === null ? [ask('date-missing', HEAD, say('finding.its-date-is-not-known-and-its'))] : []),
];

/** A part is carried by those who have the whole. */
const ofItem = (item: DraftItem, isPart: boolean): readonly Question[] => {
  const { key, address } = item;
  const ranges = item.measurements.filter(({ comparator }) => comparator === 'range');
  const undated = item.milestones.filter(({ date }) => date === null);
  return [
    ...(item.assignees.length === 0 && !isPart ? [ask('no-parties', address, say('finding.nobody-is-named-who-is-to-do', { key }))] : []),
    ...(item.text.length > MOST_TEXT
      ? [ask('text-too-long', address, say('finding.its-text-has-more-than-characters', { key, MOST_TEXT }))]
      : []),
    ...ranges.map(({ metric, target }) =>
      ask(
        'quantity-range',
        address,
        say('finding.is-to-lie-within-say-which-bound', { key, metric, target: target ?? say('finding.a-range') }),
      ),
    ),
    ...undated.map(({ printed }) => ask('deadline-no-date', address, say('finding.no-day-is-named-by', { key, printed }), false)),
  ];
};

/** What the record of a directive holds of its prose, in bytes; the whole stays in the source. */
const MOST_PROSE = 40 * 1024;
const OVERHEAD = 40;

const tooMuchProse = (prose: Asked['prose']): readonly Question[] => {
  const encoder = new TextEncoder();
  const sizes = prose.map(({ section, text, address }) => encoder.encode(section + text + address).length + OVERHEAD);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= MOST_PROSE) return [];
  let before = 0;
  const over = prose.find((_, index) => {
    before += sizes[index] ?? 0;
    return before > MOST_PROSE;
  });
  return [ask('text-too-long', over?.address ?? '', say('finding.too-much-prose', { total, most: MOST_PROSE }))];
};

/** Where bytes were no text in any known encoding, what was said there is lost. */
const lost = (lines: Asked['lines']): readonly Question[] =>
  lines
    .filter(({ text }) => text.includes('\uFFFD'))
    .map(({ address, text }) =>
      ask('source-remark', address, say('finding.has-characters-that-could-not-be-decoded', { text: text.slice(0, 60) })),
    );

export const openQuestions = (draft: Asked): readonly Question[] => {
  const head = draft.lines[0]?.address ?? 'line 1';
  return [
    ...ofHead(draft, head),
    ...lost(draft.lines),
    ...tooMuchProse(draft.prose),
    ...(draft.items.length === 0 ? [ask('no-items', head, say('finding.nothing-was-read-in-it-that-assigns'))] : []),
    ...draft.items.flatMap((item) => [...ofItem(item, false), ...allOf(item.children).flatMap((part) => ofItem(part, true))]),
  ];
};
