import type { Address } from '../../documents/source.ts';
import type { ReadAssignee, ReadLeader } from '../document-reading.ts';
import type { Profile } from '../profile.ts';
import type { Context } from './context.ts';
import { roleAtEnd } from '../words/role-verbs.ts';
import { leaderOf } from './leaders.ts';
import { carriedName, namesOf, tokenOf, type Token } from './names.ts';
import { say } from '../../messages/message.ts';

export type Role = ReadAssignee['role'];

/** Who a list names: units and collectives in their order, and the seats that are no units. */
export type Parties = {
  readonly assignees: readonly ReadAssignee[];
  readonly leaders: readonly ReadLeader[];
  readonly open: boolean;
  /** Something stood in the list that is nobody yet. */
  readonly pending: boolean;
};

export const NO_PARTIES: Parties = { assignees: [], leaders: [], open: false, pending: false };

const BEHIND = /^(.{2,30})\((牵头|主办|主责|配合|协办|协助)(?:单位|部门)?\)$/u;

/** 市发改委(牵头): the role of one name behind it. */
const roleBehind = ({ text }: Token, profile: Profile): { readonly token: Token; readonly role: Role } | null => {
  const [, name, said = ''] = BEHIND.exec(text) ?? [];
  return name === undefined ? null : { token: tokenOf(name, profile), role: /牵头|主办|主责/u.test(said) ? 'lead' : 'cooperating' };
};

/** 人事股(基教股、督导室配合): names with a role of their own in the bracket behind a name. */
const besideIn = ({ text }: Token): { readonly name: string; readonly names: string; readonly role: Role } | null => {
  const [, name = '', inside = ''] = /^([^()]{2,30})\(([^()]{3,80})\)$/u.exec(text) ?? [];
  const said = inside === '' ? null : roleAtEnd(inside);
  return said === null || said.names === '' ? null : { name, names: said.names, role: said.role };
};

/** The units of one list. `roleAt` gives each its role by its place among them. */
/** `persons`: the place holds persons beside units, 责任单位及责任人. */
export const partiesOf = (list: string, roleAt: (index: number) => Role, address: Address, context: Context, persons = false): Parties => {
  const { profile, seat, raise } = context;
  const { tokens, open, remarks } = namesOf(list, profile);
  const assignees: ReadAssignee[] = [];
  const leaders: ReadLeader[] = [];
  let pending = false;
  let carry: string | null = null;
  let override: Role | null = null;
  for (const remark of remarks) raise('name-joined', address, remark, false);
  const add = (name: string, kind: ReadAssignee['kind'], printed?: string): void => {
    const role = override ?? roleAt(assignees.length);
    if (assignees.some((other) => other.name === name && other.role === role)) {
      raise('name-repeated', address, say('finding.is-named-twice-in-one-role-kept', { name }), false);
      return;
    }
    assignees.push({ role, name, kind, ...(printed === undefined ? {} : { printed }) });
  };
  const readUnit = (token: Token & { readonly kind: 'unit' }): void => {
    const { name, carry: next, finding } = carriedName(token.text, carry, assignees.length === 0, seat?.place ?? null, profile);
    if (finding === 'carried')
      raise('prefix-carried', address, say('finding.read-as-the-prefix-of-the-name', { text: token.text, name }), false);
    if (finding === 'missing' && !profile.units.includes(token.text) && (carry !== null || assignees.length > 0) && !isInner(token.text))
      raise('prefix-missing', address, say('finding.stands-without-a-place-or-level-which', { text: token.text }), true);
    if (token.doubt !== null)
      raise('name-doubtful', address, say('finding.taken-as-a-unit-as-printed', { text: token.text, doubt: token.doubt }), true);
    carry = next;
    add(name, 'unit', name === token.text ? undefined : token.text);
  };
  const inBrackets: Parties[] = [];
  for (const printed of tokens) {
    const beside = besideIn(printed);
    const told = beside === null ? roleBehind(printed, profile) : null;
    const token = beside === null ? (told?.token ?? printed) : tokenOf(beside.name, profile);
    override = told?.role ?? null;
    if (beside !== null) inBrackets.push(partiesOf(beside.names, () => beside.role, address, context));
    const [, unit = '', person = ''] = /^([^()]{3,30})\(([^()]{2,12})\)$/u.exec(token.text) ?? [];
    const inside = person === '' ? null : leaderOf(person);
    if (inside?.name != null && tokenOf(unit, profile).kind === 'unit') {
      leaders.push(inside);
      const known = tokenOf(unit, profile);
      if (known.kind === 'unit') readUnit(known);
      raise('name-joined', address, say('finding.read-as-and', { text: token.text, unit, name: inside.name }), false);
      continue;
    }
    if (token.kind === 'person' && persons) {
      leaders.push({ name: token.text, title: null });
      continue;
    }
    const leader = token.kind === 'collective' || (token.kind === 'unit' && token.doubt === null) ? null : leaderOf(token.text);
    if (leader?.name != null && leader.title !== null) {
      leaders.push(leader);
      if (/^(?:分管|责任|牵头|主管|包抓|包保|督办|联系)(?:领导|人)/u.test(leader.title))
        raise('label-unknown', address, say('finding.may-begin-with-a-label-without-its', { text: token.text }), true);
      continue;
    }
    if (token.kind === 'unit') readUnit(token);
    else if (token.kind === 'collective') {
      add(token.text, 'collective');
      carry = null;
    } else if (token.kind === 'seat') {
      leaders.push({ name: null, title: token.text });
      raise('seat-not-person', address, say('finding.is-a-seat-neither-a-person-nor', { text: token.text }), false);
    } else if (token.kind === 'pending') {
      pending = true;
      raise('party-pending', address, say('finding.nobody-is-named-yet', { text: token.text }), true);
    } else if (token.kind === 'nobody') {
      if (token.text !== '') raise('party-none', address, say('finding.read-as-nobody', { text: token.text }), false);
    } else {
      const what = token.kind === 'person' ? say('finding.looks-like-the-name-of-a-person') : say('finding.is-no-name-of-a-unit-that');
      raise('name-unresolved', address, say('finding.not-taken', { text: token.text, what }), true);
      carry = null;
    }
  }
  if (open) raise('open-list', address, say('finding.the-list-of-parties-ends-in-it'), false);
  return inBrackets.length === 0 ? { assignees, leaders, open, pending } : joined([{ assignees, leaders, open, pending }, ...inBrackets]);
};

/** An office inside one body, that needs no place in its name: 基教科, 督导室. */
const isInner = (name: string): boolean => /(?:科|股|室|处|组|部)$/u.test(name);

export const joined = (parts: readonly Parties[]): Parties => ({
  assignees: parts.flatMap(({ assignees }) => assignees),
  leaders: parts.flatMap(({ leaders }) => leaders),
  open: parts.some(({ open }) => open),
  pending: parts.some(({ pending }) => pending),
});
