import {
  beginsCollective,
  BODY,
  CENTRAL_BANK,
  COMPANY,
  endsCollective,
  isCollective,
  isPerson,
  levelOf,
  LOCAL_GOVERNMENT,
  NOBODY,
  OFFICE,
  PENDING,
  PLACE,
  TOWN,
  ZONE,
} from '../words/bodies.ts';
import { withoutBlanks } from '../words/folded.ts';
import { titleAtEnd } from '../words/titles.ts';
import { piecesOf } from '../shape/brackets.ts';
import type { Profile } from '../profile.ts';
import { say, type Message } from '../../messages/message.ts';

/** A name of a list and what it is by its form alone. `sure`: it begins with a level or is a government, so no other word looks like it. */
export type Token =
  | { readonly kind: 'unit'; readonly text: string; readonly sure: boolean; readonly doubt: Message | null }
  | { readonly kind: 'collective'; readonly text: string }
  | { readonly kind: 'seat'; readonly text: string }
  | { readonly kind: 'person'; readonly text: string }
  | { readonly kind: 'nobody'; readonly text: string }
  | { readonly kind: 'pending'; readonly text: string }
  | { readonly kind: 'strange'; readonly text: string };

export type NameList = {
  readonly tokens: readonly Token[];
  /** The list ends in 等. */
  readonly open: boolean;
  /** Pieces that were joined over a blank, or cut at 和. */
  readonly remarks: readonly Message[];
};

const LONGEST = 24;
const NAME = /^(?:[\p{Script=Han}\p{Script=Latin}\d·“”"'《》〈〉—\-&+]|\([^()]+\))+$/u;
const SENTENCE =
  /(?:负责|牵头|配合|完成|不参加|推进|加强|实施|落实|建设(?!局|厅|委|集团|公司|中心|办|处|单位|科|项目|工程)|提高|开展|确保|按照|根据)/u;

/** 各企业落实主体责任 is a group and what it does; 各实施单位 is a group. */
const DOES = /(?:负责|牵头|配合|完成|推进|加强|实施|落实|提高|开展|确保|按照|根据)(?!单位|部门|主体|机构|企业|小组|专班|方)/u;

/** 市经信局市通管办: a body's end with another name behind it; 公安局交警支队 and 市委办公室 are one. */
const ENDED =
  '局|厅|(?<!^[省市县区州团])委(?!员|托|办)|办(?=[省市县区州])|(?<!^.{1,4})办(?!公|理|事|学|法)|集团(?!军|有限|股份|总)|公司|中心(?=[省市县区])';
const TWO_NAMES = new RegExp(`(?:${ENDED})(?:[省市县区州].{1,10}|.{2,8})(?:局|厅|委|办|集团|公司|管委会|政府)$`, 'u');

/** What one word of a list is by its form. */
export const tokenOf = (text: string, profile: Profile): Token => {
  if (text === '' || NOBODY.test(text)) return { kind: 'nobody', text };
  if (PENDING.test(text)) return { kind: 'pending', text };
  if (profile.collectives.includes(text)) return { kind: 'collective', text };
  if (profile.units.includes(text)) return { kind: 'unit', text, sure: true, doubt: null };
  if (/待定|待明确|另行|未定/u.test(text)) return { kind: 'strange', text };
  const title = titleAtEnd(text);
  if (title !== '' && !BODY.test(text)) return { kind: 'seat', text };
  if (text.length > LONGEST || /[:;。!?]/u.test(text)) return { kind: 'strange', text };
  if (isCollective(text)) return { kind: DOES.test(text) ? 'strange' : 'collective', text };
  if (!NAME.test(text)) return { kind: 'strange', text };
  const local = LOCAL_GOVERNMENT.test(text) || ZONE.test(text);
  if (SENTENCE.test(text) && !local && levelOf(text) === null) return { kind: 'strange', text };
  if (BODY.test(text.replace(/\([^()]*\)$/u, ''))) {
    const doubt = /[^\p{Script=Han}()]/u.test(text)
      ? say('finding.contains-what-names-seldom-contain')
      : TWO_NAMES.test(text)
        ? say('finding.may-be-two-names')
        : null;
    return SENTENCE.test(text) ? { kind: 'strange', text } : { kind: 'unit', text, sure: local || levelOf(text) !== null, doubt };
  }
  if (/\d/u.test(text) || SENTENCE.test(text)) return { kind: 'strange', text };
  if (TOWN.test(text) && text.length >= 3) return { kind: 'unit', text, sure: false, doubt: null };
  if (isPerson(text) && !PLACE.test(text)) return { kind: 'person', text };
  return text.length >= 2 && /^[\p{Script=Han}()]+$/u.test(text)
    ? { kind: 'unit', text, sure: false, doubt: say('finding.does-not-end-as-the-name-of') }
    : { kind: 'strange', text };
};

const isKnown = ({ kind, ...token }: Token): boolean =>
  kind === 'collective' || kind === 'seat' || (kind === 'unit' && 'doubt' in token && token.doubt === null);

/** 各区 and 县(市)政府 are one collective that holds a separator. */
const withWholeCollectives = (pieces: readonly { readonly text: string; readonly by: string }[], remarks: Message[]): readonly string[] => {
  const whole: string[] = [];
  let by = '';
  for (const piece of pieces) {
    const before = whole.at(-1);
    const joins = before !== undefined && (by === '、' || by === ',') && beginsCollective(before) && endsCollective(piece.text);
    if (joins) {
      whole[whole.length - 1] = before + by + piece.text;
      remarks.push(say('finding.holds-a-separator-and-is-one-collective', { value: before + by + piece.text }));
    } else whole.push(piece.text);
    by = piece.by;
  }
  return whole;
};

/** A blank within a name is a layout's, one between names separates: the reading in which every piece is a name is taken. */
const atBlanks = (text: string, profile: Profile, remarks: Message[]): readonly string[] => {
  const parts = text.split(/\s+/u).filter((part) => part !== '');
  if (parts.length < 2) return parts;
  const joined = withoutBlanks(text);
  const each = parts.every((part) => isKnown(tokenOf(part, profile)) || NOBODY.test(part) || PENDING.test(part) || isPerson(part));
  if (!each && isKnown(tokenOf(joined, profile))) {
    remarks.push(say('finding.read-as-one-name', { text, joined }));
    return [joined];
  }
  return parts;
};

const JOINED_BY = /(?:以及|[和与及同])/gu;

/** Two names joined by 和 where both are names beyond doubt: 湖滨区政府和陕州区政府; the 和 of 政务和大数据局 stays. */
const atAnd = (text: string, profile: Profile, remarks: Message[]): readonly string[] => {
  if (text.length > 60) return [text];
  for (const found of text.matchAll(JOINED_BY)) {
    const [left, right] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
    if (left.length < 3 || right.length < 3) continue;
    const [before, after] = [tokenOf(left, profile), tokenOf(right, profile)];
    if (!isKnown(before) || !isKnown(after) || before.kind === 'seat') continue;
    if (!BODY.test(left) && before.kind !== 'collective') continue;
    remarks.push(say('finding.read-as-two-and', { text, left, right }));
    return [left, ...atAnd(right, profile, remarks)];
  }
  return [text];
};

const OPEN = /等(?:单位|部门|地|有关方面)?$/u;
const OPEN_COLLECTIVE = /等(?:[省市县区州]直|[省市县区州]级)?(?:相关|有关)(?:部门|单位|职能部门)$/u;

/** The words of a folded list of names, told apart by their forms. */
export const namesOf = (list: string, profile: Profile): NameList => {
  const remarks: Message[] = [];
  let open = false;
  const pieces = piecesOf(list, '、,;/\n\r\t|').map(({ text, by }) => ({ text: text.trim().replace(/[。.]+$/u, ''), by }));
  const whole = withWholeCollectives(
    pieces.filter(({ text }) => text !== ''),
    remarks,
  );
  const words = whole.flatMap((piece) => {
    if (NOBODY.test(piece)) return [piece];
    const group = OPEN_COLLECTIVE.exec(piece)?.[0];
    if (group !== undefined && group !== piece) return [...atBlanks(piece.slice(0, -group.length), profile, remarks), group];
    const ending = OPEN.exec(piece)?.[0];
    const closed = ending === undefined || /(?:高|中|平)等$/u.test(piece) ? piece : piece.slice(0, -ending.length);
    if (closed !== piece) open = true;
    return closed === '' ? [] : atBlanks(closed, profile, remarks).flatMap((part) => atAnd(part, profile, remarks));
  });
  const tokens = withSharedEnds(words, remarks).map((word): Token =>
    OPEN_COLLECTIVE.test(word) ? { kind: 'collective', text: word } : tokenOf(word, profile),
  );
  if (/、、|,,|^[、,]/u.test(list.trim())) remarks.push(say('finding.an-empty-place-in-the-list'));
  return { tokens: list.trim() !== '' && tokens.length === 0 && !open ? [{ kind: 'nobody', text: list.trim() }] : tokens, open, remarks };
};

const GOVERNMENT = /^.{2,8}?(?:(?:[两三四五六七八九])?([市县区州旗])(?:人民)?政府)$/u;

/** 云河县、白石县政府 and 云河、白石两县政府: names that leave the end to the last one. */
const withSharedEnds = (words: readonly string[], remarks: Message[]): readonly string[] => {
  const whole = [...words];
  for (let at = whole.length - 1; at > 0; at -= 1) {
    const word = whole[at] ?? '';
    const level = GOVERNMENT.exec(word)?.[1];
    if (level === undefined) continue;
    const end = word.slice(word.lastIndexOf(level));
    const plural = /[两三四五六七八九](?=[市县区州旗](?:人民)?政府$)/u.exec(word);
    if (plural !== null) whole[at] = word.slice(0, plural.index) + end;
    for (let before = at - 1; before >= 0; before -= 1) {
      const short = whole[before] ?? '';
      const isPlace =
        /^\p{Script=Han}{2,5}$/u.test(short) && PLACE.test(short) && levelOf(short) === null && !/^(?:各|相关|有关)/u.test(short);
      const isBare = plural !== null && /^\p{Script=Han}{2,4}$/u.test(short) && !BODY.test(short) && levelOf(short) === null;
      if (!isPlace && !isBare) break;
      whole[before] = isPlace ? short + end.slice(1) : short + end;
      remarks.push(say('finding.read-as-with-the-end-of', { short, whole: whole[before] ?? '', word }));
    }
  }
  return whole;
};

/** How a name without a level follows in a list: what it is short of, and whether the next may be short of it too. */
type Carried = { readonly name: string; readonly carry: string | null; readonly finding: 'carried' | 'missing' | null };

/** Whether a name without a level is short of none: it names its place, or has a network of its own. */
export const standsAlone = (text: string, placed: string | null): boolean =>
  LOCAL_GOVERNMENT.test(text) ||
  ZONE.test(text) ||
  TOWN.test(text) ||
  CENTRAL_BANK.test(text) ||
  /^(?:国家|中国|中共|中央|驻|国网|武警)/u.test(text) ||
  /^.{2,6}(?:省|市|县|州|旗|(?<![社园城小])区|镇).{2,}/u.test(text) ||
  (placed !== null && text.startsWith(placed));

export const carriedName = (text: string, carry: string | null, first: boolean, placed: string | null, profile: Profile): Carried => {
  const level = levelOf(text);
  if (level !== null) return { name: text, carry: level, finding: null };
  if (standsAlone(text, placed)) return { name: text, carry: null, finding: null };
  const prefix = carry ?? (first ? profile.namePrefix : null);
  // 公交公司 may be the city's or a firm's own name: only an office that is known to leave its prefix out is read so.
  const completes = (OFFICE.test(text) && !COMPANY.test(text)) || (profile.namePrefix !== null && BODY.test(text));
  if (prefix === null || !completes) return { name: text, carry: prefix, finding: 'missing' };
  return { name: prefix + text, carry: prefix, finding: 'carried' };
};
