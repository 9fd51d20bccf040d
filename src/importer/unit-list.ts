import { foldBrackets, splitOutsideBrackets } from '../kernel/text-folding.ts';

/** The place that issues the directive: 三门峡 and 市. Its level is what unit names begin with, and what a list leaves out. */
export type Seat = { readonly place: string; readonly level: string };

export type Mention =
  | { readonly kind: 'unit'; readonly name: string; readonly doubt: string | null }
  | { readonly kind: 'collective'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly printed: string; readonly why: string };

/** Whether a name without its prefix may follow: only after a body of the seat itself. */
type NameRead = { readonly mention: Mention; readonly carries: boolean };

const COUNTY_COLLECTIVES: ReadonlySet<string> = new Set(['各县(市、区)政府', '相关县(市、区)政府']);
const MEMBER_UNITS = /成员单位$/u;
const RELEVANT_DEPARTMENTS = '等相关部门';

/** What the name of an office, a company or a body ends in; anything else in a list is not taken for a unit. */
const BODY = /(?:局|委|办|室|厅|处|署|会|联|社|行|院|所|站|队|台|校|大学|学院|中心|集团|公司|海关|政府|法院)$/u;
const LOCAL_GOVERNMENT = /^[^省市县区州乡镇].+[市县区](?:人民)?政府$/u;
const ZONE = /(?:管委会|管理委员会)$/u;
// The People's Bank is named by its own network, not by the place's.
const CENTRAL_BANK = /^人行/u;
const OTHER_LEVEL = /^[省市县区州乡镇]/u;

/** A body's ending with another name after it; the 和 of 政务和大数据局 is within a name. */
const JOINED = /及|(?:局|委|办|会|中心|集团|公司|政府)[和与同]/u;

/** Forms that other directives use and that no rule reads safely. */
const refusal = (token: string): string | null => {
  if (token === '') return 'an empty place in the list';
  if (token.includes(':')) return 'contains a colon';
  if (/^(?:各|相关|有关|全)/u.test(token)) return 'a collective of no known shape';
  if (/(?<![高中])等/u.test(token)) return 'an open list';
  if (/[^\p{Script=Han}]/u.test(token)) return 'contains what no name contains';
  if (JOINED.test(token)) return 'may be two names';
  return BODY.test(token) ? null : 'does not end as the name of a body does';
};

const unit = (name: string, carries: boolean, doubt: string | null = null): NameRead => ({
  mention: { kind: 'unit', name, doubt },
  carries,
});
const collective = (name: string): NameRead => ({ mention: { kind: 'collective', name }, carries: false });
const unresolved = (printed: string, why: string): NameRead => ({ mention: { kind: 'unresolved', printed, why }, carries: false });

const readName = (token: string, seat: Seat, carried: boolean): NameRead => {
  const prefixed = token.startsWith(seat.level) && !token.startsWith(`${seat.level}场`); // 市场监管局: 市 is part of the word
  if (COUNTY_COLLECTIVES.has(token) || (prefixed && MEMBER_UNITS.test(token))) return collective(token);
  const why = refusal(token);
  if (why !== null) return unresolved(token, why);
  if (prefixed || token.startsWith(`团${seat.level}`)) return unit(token, true);
  if (token.startsWith(seat.place) || LOCAL_GOVERNMENT.test(token) || ZONE.test(token) || CENTRAL_BANK.test(token))
    return unit(token, false);
  if (OTHER_LEVEL.test(token) && !token.startsWith(`${seat.level}场`)) return unresolved(token, 'names another level of government');
  if (carried) return unit(`${seat.level}${token}`, true);
  return unit(token, false, `stands without ${seat.level} after no name that has it; kept as printed`);
};

/**
 * One role's units, in order. In the body (`,` and `、`) a name without its prefix takes the 市 of the name before it:
 * 市商务局、财政局 is 市商务局 and 市财政局 (line 27); the schedule of items (blanks) writes every prefix. X等相关部门 (line 165) is the
 * unit X and the collective 等相关部门.
 */
export const readUnits = (list: string, form: 'body' | 'schedule', seat: Seat): readonly Mention[] => {
  const folded = foldBrackets(list).trim();
  const tokens = form === 'body' ? splitOutsideBrackets(folded, /[、,]/u) : folded.split(/\s+/u);
  const mentions: Mention[] = [];
  let carried = false;
  for (const token of tokens.map((piece) => piece.trim())) {
    const open = token.endsWith(RELEVANT_DEPARTMENTS) && token !== RELEVANT_DEPARTMENTS;
    const name = readName(open ? token.slice(0, -RELEVANT_DEPARTMENTS.length) : token, seat, carried && form === 'body');
    mentions.push(name.mention, ...(open ? [collective(RELEVANT_DEPARTMENTS).mention] : []));
    carried = name.carries && !open;
  }
  return mentions;
};

/** What kind of body a name itself says; anything finer needs a person. */
export const unitKind = (name: string): string | null => {
  if (LOCAL_GOVERNMENT.test(name)) return 'county-government';
  if (ZONE.test(name)) return 'development-zone';
  return /(?:集团|公司)$/u.test(name) ? 'enterprise' : null;
};

/** Whether a collective stands for governments of counties. */
export const namesCounties = (collectiveName: string): boolean => COUNTY_COLLECTIVES.has(collectiveName);

/** Whether a word is a unit beyond doubt, and so no leader's name. */
export const isUnitName = (word: string, seat: Seat): boolean =>
  readUnits(word, 'schedule', seat).every((name) => name.kind === 'unit' && name.doubt === null);
