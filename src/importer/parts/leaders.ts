import type { Address } from '../../documents/source.ts';
import type { ReadLeader } from '../document-reading.ts';
import { BODY, isPerson, NOBODY, PENDING } from '../words/bodies.ts';
import { isBesideAnother, titleAtEnd, titleAtStart } from '../words/titles.ts';
import { piecesOf } from '../shape/brackets.ts';
import type { Context } from './context.ts';
import { say } from '../../messages/message.ts';

/** One word: a name, a title, or both in either order. Null where it is neither. */
export const leaderOf = (word: string): ReadLeader | null => {
  const [, before = '', inside = ''] = /^([^()]+)\(([^()]+)\)$/u.exec(word) ?? [];
  if (before !== '') {
    if (isPerson(before) && titleAtEnd(inside) !== '') return { name: before, title: inside };
    if (isPerson(inside) && titleAtEnd(before) !== '') return { name: inside, title: before };
    if (isPerson(before)) return { name: before, title: inside };
    return null;
  }
  const ending = titleAtEnd(word);
  const rest = word.slice(0, word.length - ending.length);
  if (ending !== '' && isPerson(rest)) return { name: rest, title: ending === '同志' ? null : ending };
  const beginning = titleAtStart(word);
  const name = word.slice(beginning.length);
  if (beginning !== '' && isPerson(name) && titleAtEnd(name) === '') return { name, title: beginning };
  if (ending !== '') return { name: null, title: word };
  return isPerson(word) ? { name: word, title: null } : null;
};

/** `王 小 明` and `李  楠` are written wide; two letters with a blank between them are one name. */
const withoutInnerBlanks = (words: readonly string[]): readonly string[] => {
  const whole: string[] = [];
  for (const word of words) {
    const before = whole.at(-1);
    const isLetter = /^\p{Script=Han}$/u.test(word);
    if (before !== undefined && isLetter && /^\p{Script=Han}{1,2}$/u.test(before) && isPerson(before + word))
      whole[whole.length - 1] = before + word;
    else whole.push(word);
  }
  return whole;
};

/**
 * Leaders of a folded cell or label: names with titles before, after or in brackets, and seats. `title` is what a name without one
 * of its own is called here (主要责任人).
 */
export const leadersOf = (text: string, title: string | null, address: Address, context: Context): readonly ReadLeader[] => {
  const { raise } = context;
  const leaders: ReadLeader[] = [];
  const add = (word: string): boolean => {
    const leader = leaderOf(word);
    if (leader === null) return false;
    const last = leaders.at(-1);
    if (
      leader.title !== null &&
      last !== undefined &&
      last.name === null &&
      last.title !== null &&
      isBesideAnother(last.title) &&
      leader.name !== null
    )
      leaders[leaders.length - 1] = { name: leader.name, title: `${last.title}、${leader.title}` };
    else leaders.push({ name: leader.name, title: leader.title ?? (leader.name === null ? null : title) });
    return true;
  };
  const pieces = piecesOf(text, '、,;/\n\r\t').map((piece) => piece.text.trim().replace(/[。.]+$/u, ''));
  for (const piece of pieces.filter((each) => each !== '')) {
    if (NOBODY.test(piece)) raise('party-none', address, say('finding.read-as-no-leader', { piece }), false);
    else if (PENDING.test(piece)) raise('leader-pending', address, say('finding.no-leader-is-named-yet', { piece }), true);
    else readPiece(piece, add, address, context);
  }
  for (const { name, title: seat } of leaders)
    if (name === null) raise('seat-not-person', address, say('finding.is-a-seat-and-names-no-person', { seat: seat ?? '' }), false);
  return leaders;
};

const readPiece = (piece: string, add: (word: string) => boolean, address: Address, { raise }: Context): void => {
  const words = piece.split(/\s+/u);
  const close = words.join('');
  // 常务副市长 汪志强: a title and its name, parted by a blank.
  const pair = words.length === 2 && words.some((word) => leaderOf(word)?.name === null) && leaderOf(close)?.name !== null;
  const whole = pair ? [close] : withoutInnerBlanks(words);
  // 张 伟 副市长: a name written wide, and its title.
  const beside =
    whole.length === 2 && !pair && whole.some((word) => leaderOf(word)?.name === null) && leaderOf(whole.join(''))?.name != null;
  const parts = beside ? [whole.join('')] : whole;
  if (parts.length < words.length && !pair)
    raise('name-joined', address, say('finding.read-as', { piece, parts: parts.join('、') }), false);
  for (const part of parts) {
    if (BODY.test(part) && leaderOf(part)?.title === undefined)
      raise('leader-unresolved', address, say('finding.looks-like-a-unit-among-leaders-not', { part }), true);
    else if (!add(part)) raise('leader-unresolved', address, say('finding.is-neither-a-name-nor-a-title', { part }), true);
  }
};

const OF_HEADING = /^(.{2,16}?)(?:同志)?(?:牵头|负责|分管|主抓|包抓|领衔|督办|主管|挂帅)/u;

/** The leader that a heading names for all that stands under it: 唐伟市长牵头的重点工作. */
export const leaderOfHeading = (heading: string): ReadLeader | null => {
  const bare = heading.replace(/[(:。].*$/u, '').trim();
  const word = OF_HEADING.exec(heading)?.[1];
  const leader = leaderOf((word ?? bare).trim());
  const isNamed = leader !== null && leader.name !== null && (leader.title !== null || /同志/u.test(heading));
  return isNamed ? leader : null;
};
