import type { ReadFinding } from '../document-reading.ts';
import type { Draft } from './draft.ts';
import { allOf, type DraftItem } from './items.ts';

/**
 * What must be known before a draft becomes a directive and is not: asked of the draft as it is corrected, so that an
 * answer is the end of the question.
 */

type Question = Omit<ReadFinding, 'n'>;

const MOST_TEXT = 8000;

const ask = (kind: string, address: string, detail: string, blocks = true): Question => ({ kind, address, detail, blocks });

type Asked = Pick<Draft, 'directive' | 'items' | 'lines' | 'prose'>;

const ofHead = ({ directive: { id, number, title, issuer, date } }: Asked, HEAD: string): readonly Question[] => [
  ...(number === null && id === null
    ? [ask('number-missing', HEAD, 'it bears no document number: say one, or the id that the directive is to have')]
    : []),
  ...(number !== null && id === null ? [ask('number-missing', HEAD, `no id can be made of ${number}: say one`)] : []),
  ...(title === null ? [ask('title-missing', HEAD, 'its title is not known')] : []),
  ...(issuer === null ? [ask('issuer-missing', HEAD, 'who issued it is not known')] : []),
  ...(date === null ? [ask('date-missing', HEAD, 'its date is not known, and its tasks hold from that day')] : []),
];

/** A part is carried by those who have the whole. */
const ofItem = (item: DraftItem, isPart: boolean): readonly Question[] => {
  const { key, address } = item;
  const ranges = item.measurements.filter(({ comparator }) => comparator === 'range');
  const undated = item.milestones.filter(({ date }) => date === null);
  return [
    ...(item.assignees.length === 0 && !isPart ? [ask('no-parties', address, `${key}: nobody is named who is to do it`)] : []),
    ...(item.text.length > MOST_TEXT ? [ask('text-too-long', address, `${key}: its text has more than ${MOST_TEXT} characters`)] : []),
    ...ranges.map(({ metric, target }) =>
      ask(
        'quantity-range',
        address,
        `${key}: ${metric} is to lie within ${target ?? 'a range'}; say which bound is judged: gte, lte, or both apart`,
      ),
    ),
    ...undated.map(({ printed }) => ask('deadline-no-date', address, `${key}: no day is named by ${printed}`, false)),
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
  const detail =
    `the paragraphs that assign nothing take ${total} bytes, and the record holds ${MOST_PROSE}: ` +
    'say of those that need not stand in it, from here on or before, that they are noise; all of them stay in the source';
  return [ask('text-too-long', over?.address ?? '', detail)];
};

/** Where bytes were no text in any known encoding, what was said there is lost. */
const lost = (lines: Asked['lines']): readonly Question[] =>
  lines
    .filter(({ text }) => text.includes('\uFFFD'))
    .map(({ address, text }) => ask('source-remark', address, `“${text.slice(0, 60)}” has characters that could not be decoded`));

export const openQuestions = (draft: Asked): readonly Question[] => {
  const head = draft.lines[0]?.address ?? 'line 1';
  return [
    ...ofHead(draft, head),
    ...lost(draft.lines),
    ...tooMuchProse(draft.prose),
    ...(draft.items.length === 0 ? [ask('no-items', head, 'nothing was read in it that assigns anything')] : []),
    ...draft.items.flatMap((item) => [...ofItem(item, false), ...allOf(item.children).flatMap((part) => ofItem(part, true))]),
  ];
};
