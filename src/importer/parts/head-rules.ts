import type { Profile } from '../profile.ts';
import { namesOf } from './names.ts';
import type { Role } from './parties.ts';

/** Rules that the head sets for all items, found in a folded sentence. */

const FIRST_LEADS: readonly RegExp[] = [
  /(?:列|排|排列|排名)(?:在)?(?:第一|首)位?的?.{0,16}(?:牵头|汇总|主办)/u,
  /第一(?:个|位)?(?:责任)?(?:单位|部门).{0,8}(?:牵头|主办)/u,
  /(?:首位|首个|第一位).{0,12}(?:单位|部门)?.{0,8}(?:牵头|主办|汇总)/u,
];

/** Whether a sentence says that who is listed first leads. */
export const saysFirstLeads = (sentence: string): boolean => sentence.length < 2000 && FIRST_LEADS.some((rule) => rule.test(sentence));

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/(?:配合|协办|参与|协同)(?:单位|部门)/u, 'cooperating'],
  [/牵头(?:单位|部门)/u, 'lead'],
  [/责任(?:单位|部门)/u, 'responsible'],
];

/** 除特别注明的外,各县(市、区)政府和金溪开发区管委会都是配合单位: parties that every item has. */
export const defaultsIn = (sentence: string, profile: Profile): Profile['defaultParties'] => {
  if (
    sentence.length > 400 ||
    !/(?:都|均|皆|一律)(?:是|为|作为)|所有.{0,8}的?(?:配合|责任|牵头)|各项.{0,10}的?(?:配合|责任|牵头)/u.test(sentence)
  )
    return [];
  const [, list = '', predicate = ''] = /^(?:.{0,40}?外,)?(.{2,120}?)(?:都|均|皆|一律)?(?:是|为|作为)(.{2,30})$/u.exec(sentence) ?? [];
  const role = ROLES.find(([pattern]) => pattern.test(predicate))?.[1];
  if (role === undefined || list === '') return [];
  const { tokens } = namesOf(list, profile);
  const named = tokens.filter(({ kind }) => kind === 'unit' || kind === 'collective');
  return named.length === tokens.length ? named.map(({ text }) => ({ role, name: text, except: [] })) : [];
};
