import type { Address } from '../../documents/source.ts';
import type { ReadDeadline, ReadLeader, ReadMilestone } from '../document-reading.ts';
import { piecesOf } from '../shape/brackets.ts';
import { shown } from '../words/folded.ts';
import { isRole, labelsOf, type Label } from '../words/labels.ts';
import { roleAtEnd } from '../words/role-verbs.ts';
import type { Context } from './context.ts';
import { beginning, deadlineOfCell, isBeginning, isDeadline, stepsOf } from './deadlines.ts';
import { leadersOf } from './leaders.ts';
import { namesOf, type Token } from './names.ts';
import { joined, NO_PARTIES, partiesOf, type Parties, type Role } from './parties.ts';
import { say } from '../../messages/message.ts';

/** What a bracket, a run of labels or a sentence of roles says of an item. */
export type Said = {
  readonly parties: Parties;
  readonly leaders: readonly ReadLeader[];
  readonly deadline: ReadDeadline | null;
  readonly milestones: readonly ReadMilestone[];
  readonly frequency: string | null;
  readonly extra: Readonly<Record<string, string>>;
};

export const SAID_NOTHING: Said = { parties: NO_PARTIES, leaders: [], deadline: null, milestones: [], frequency: null, extra: {} };

/** By its name; what one name says twice stands there one after the other. */
const extras = (said: readonly Said[]): Said['extra'] => {
  const values = Map.groupBy(
    said.flatMap(({ extra }) => Object.entries(extra)),
    ([name]) => name,
  );
  return Object.fromEntries(
    [...values].map(([name, all]) => [
      name,
      [...new Set(all.map(([, value]) => value))]
        .map((value, at, { length }) => (at < length - 1 ? value.replace(/[。；;]$/u, '') : value))
        .join('；'),
    ]),
  );
};

/** One after another: of two deadlines the later said one holds, and the earlier is a milestone. */
export const together = (said: readonly Said[]): Said => {
  const deadline = said.findLast((each) => each.deadline !== null)?.deadline ?? null;
  const earlier = said.flatMap((each) =>
    each.deadline === null || (each.deadline.printed === deadline?.printed && each.deadline.date === deadline.date)
      ? []
      : [{ printed: each.deadline.printed, date: each.deadline.date }],
  );
  return {
    parties: joined(said.map(({ parties }) => parties)),
    leaders: said.flatMap(({ leaders }) => leaders),
    deadline,
    milestones: [...earlier, ...said.flatMap(({ milestones }) => milestones)],
    frequency: said.findLast(({ frequency }) => frequency !== null)?.frequency ?? null,
    extra: extras(said),
  };
};

/** A folded text and what was printed there. */
export type Passage = { readonly text: string; readonly folded: string; readonly address: Address };

export const passage = (whole: Passage, start: number, end = whole.folded.length): Passage => ({
  text: whole.text.slice(start, end),
  folded: whole.folded.slice(start, end),
  address: whole.address,
});

/** Names without a role: the first one leads where the head says so, and the others are responsible. */
const bareRoles =
  (context: Context): ((index: number) => Role) =>
  (index) =>
    context.profile.firstListedLeads === true ? (index === 0 ? 'lead' : 'responsible') : (context.profile.bareRole ?? 'responsible');

const fromParties = (parties: Parties): Said => ({ ...SAID_NOTHING, parties: { ...parties, leaders: [] }, leaders: parties.leaders });

const bareParties = (list: string, address: Address, context: Context, beside: boolean): Said => {
  if (WITH.test(list)) return withRole(list, 'responsible', address, context);
  if (BESIDE.test(list)) return fromParties(partiesOf(list, () => 'lead', address, context));
  const { firstListedLeads, bareRole } = context.profile;
  if (beside) context.raise('role-guessed', address, say('finding.stands-without-a-role-beside-names-that', { list }), true);
  else if (firstListedLeads === true && list.includes(';'))
    context.raise('role-guessed', address, say('finding.the-in-may-part-who-leads-from', { list }), true);
  else if (firstListedLeads !== true && bareRole === null)
    context.raise('role-guessed', address, say('finding.has-no-role-read-as-responsible', { list }), false);
  return fromParties(partiesOf(list, bareRoles(context), address, context));
};

const WITH = /(?:会同|联合(?!会)|协同)(?=.{2})/u;
/** 市财政局(市审计局配合): who cooperates with it stands in a bracket behind it. */
/** 市教育局(牵头单位): a name's role behind it. */
const BEHIND = /\((?:牵头|主办|主责|配合|协办|协助)(?:单位|部门)?\)/gu;
const BESIDE = /\([^()]{2,80}(?:配合|协办|协助|参与)\)/u;

const withRole = (names: string, role: Role, address: Address, context: Context): Said => {
  const beside = role === 'cooperating' ? null : WITH.exec(names);
  if (beside === null || beside.index === 0) return fromParties(partiesOf(names, () => role, address, context));
  const [before, after] = [names.slice(0, beside.index), names.slice(beside.index + beside[0].length)];
  context.raise('role-guessed', address, say('finding.what-stands-after-is-read-as-cooperating', { names, beside: beside[0] }), false);
  return fromParties(
    joined([
      partiesOf(before, () => (role === 'responsible' ? 'lead' : role), address, context),
      partiesOf(after, () => 'cooperating', address, context),
    ]),
  );
};

/** Clauses of roles; 基教股牵头、各学校落实 is two. */
const clausesOf = (folded: string): ReturnType<typeof piecesOf> =>
  piecesOf(folded.replace(/(牵头|负责|主办|协办|配合|落实)、/gu, '$1,'), ',;。');

/** Clauses without labels: `A牵头,B、C等按职责分工负责,3月底前出台政策`, or names alone. */
const clausesSaid = (whole: Passage, context: Context): Said => {
  const { address } = whole;
  const said: Said[] = [];
  let waiting = '';
  let roles = 0;
  const days: Said[] = [];
  for (const piece of clausesOf(whole.folded)) {
    const clause = piece.text.trim();
    if (clause === '') continue;
    const role = roleAtEnd(clause);
    if (role !== null && (role.names !== '' || waiting !== '')) {
      const names = waiting === '' ? role.names : role.names === '' ? waiting : `${waiting},${role.names}`;
      said.push(withRole(names, role.role, address, context));
      waiting = '';
      roles += 1;
    } else if (isDeadline(clause, context.year) && namesAreIn(clause, context) === 0) {
      const printed = shown(whole.text.slice(piece.at, piece.at + piece.text.length));
      days.push({ ...SAID_NOTHING, ...deadlineOfCell(printed, clause, address, context) });
    } else waiting = waiting === '' ? clause : `${waiting}${piece.at > 0 ? whole.folded.charAt(piece.at - 1) : ','}${clause}`;
  }
  if (waiting !== '') said.push(bareParties(waiting, address, context, roles > 0));
  return together([...said, daysSaid(days, address, context)]);
};

/** Of several days in one bracket the last is the deadline; those before it are steps. */
const daysSaid = (days: readonly Said[], address: Address, context: Context): Said => {
  const last = days.at(-1);
  if (last === undefined) return SAID_NOTHING;
  if (days.length > 1) context.raise('milestones', address, say('finding.several-days-or-terms-in-one-bracket'), false);
  const steps = days
    .slice(0, -1)
    .flatMap(({ deadline, milestones }) => [
      ...(deadline === null ? [] : [{ printed: deadline.printed, date: deadline.date }]),
      ...milestones,
    ]);
  return { ...last, milestones: [...steps, ...last.milestones] };
};

const labelled = (label: Label, value: Passage, context: Context): Said => {
  const { address } = value;
  const { field, name } = label;
  const list = value.folded.trim().replace(/^[,;。]+|[,;。]+$/gu, '');
  const printed = shown(value.text).replace(/^[,;,;。]+|[,;,;。]+$/gu, '');
  if (isRole(field)) {
    if (list === '') context.raise('no-parties', address, say('finding.nothing-stands-after', { name }), true);
    if (/实施|承办|落实/u.test(name)) context.raise('role-other', address, say('finding.is-read-as-responsible', { name }), false);
    return roleAtEnd(list) !== null && list.includes(',')
      ? clausesSaid(value, context)
      : fromParties(partiesOf(list, () => field, address, context));
  }
  if (field === 'leader') {
    const title = /责任人|负责人|领办人|承办人/u.test(name) ? name : null;
    return { ...SAID_NOTHING, leaders: leadersOf(list, title, address, context) };
  }
  if (field === 'deadline') return { ...SAID_NOTHING, ...deadlineOfCell(printed, list, address, context) };
  if (field === 'milestone' && isBeginning(name))
    return { ...SAID_NOTHING, ...beginning(name, value.text, value.folded, address, context), extra: { [name]: printed } };
  if (field === 'milestone') {
    const steps = stepsOf(value.text, value.folded, address, context);
    return {
      ...SAID_NOTHING,
      ...(steps.deadline === null ? deadlineOfCell(printed, list, address, context) : steps),
      extra: { [name]: printed },
    };
  }
  if (field === 'frequency') return { ...SAID_NOTHING, frequency: printed, extra: { [name]: printed } };
  return { ...SAID_NOTHING, extra: { [name]: shown(value.text).replace(/^[,;，；。]+|[,;，；]+$/gu, '') } };
};

/** Everything that a passage of labels and clauses says. */
export const saidIn = (whole: Passage, context: Context): Said => {
  const labels = labelsOf(whole.folded, context.profile);
  const [first] = labels;
  if (first === undefined) return clausesSaid(whole, context);
  const said: Said[] = [];
  if (whole.folded.slice(0, first.start).replace(/[,;。\s]/gu, '') !== '') said.push(clausesSaid(passage(whole, 0, first.start), context));
  for (const [index, label] of labels.entries()) {
    const value = passage(whole, label.end, labels[index + 1]?.start);
    said.push(labelled(label, value, context));
  }
  const roles = labels.filter(({ field }) => isRole(field)).map(({ field }) => field);
  if (new Set(roles).size < roles.length)
    context.raise('label-repeated', whole.address, say('finding.one-role-is-named-by-several-labels'), true);
  return together(said);
};

const surety = (token: Token): number => {
  if (token.kind === 'collective') return 2;
  if (token.kind === 'unit') return token.sure ? 2 : token.doubt === null ? 1 : 0;
  return token.kind === 'seat' ? 1 : 0;
};

/** Offices of one body, that have neither place nor level: 招商局、商务局. */
const OFFICES =
  /^(?:\p{Script=Han}{2,12}(?:局|委|办|厅|处|科|股|室|中心|公司|集团|银行|支队|大队|政府)(?:[、,;\s]|$)|各\p{Script=Han}{2,6}(?:[、,;]|$))+$/u;

/** How many names beyond doubt stand in a text, its separators taken for what they are. */
const namesAreIn = (text: string, { profile }: Context): number =>
  namesOf(text, profile).tokens.filter((token) => surety(token) === 2).length;

/**
 * Whether a bracket or a sentence names who is to do something: a label of a role, a verb of a role after a name, or
 * nothing but names. `some`: it holds a name but is not of any of these forms.
 */
export const saysParties = (folded: string, context: Context): 'yes' | 'some' | 'no' => {
  if (folded.length > 2000) return 'no';
  if (labelsOf(folded, context.profile).some(({ field }) => isRole(field))) return 'yes';
  let [names, sure, other, verbs] = [0, 0, 0, 0];
  const listed: string[] = [];
  for (const piece of clausesOf(folded)) {
    const clause = piece.text.trim();
    if (clause === '') continue;
    const role = roleAtEnd(clause);
    if (isDeadline(clause, context.year) && namesAreIn(clause, context) === 0) continue;
    listed.push(clause.replace(BESIDE, '').replace(BEHIND, ''));
    const { tokens } = namesOf(
      (role === null ? clause : role.names).replace(WITH, '、').replace(BESIDE, '').replace(BEHIND, ''),
      context.profile,
    );
    const named = tokens.filter((token) => surety(token) > 0);
    names += named.length;
    sure += tokens.filter((token) => surety(token) === 2).length;
    other += tokens.length - named.length;
    if (role !== null && (named.length > 0 || role.names === '')) verbs += 1;
  }
  if (verbs > 0 && names > 0 && other <= names) return 'yes';
  if (sure > 0 && other <= sure) return 'yes';
  if (names > 0 && other === 0 && OFFICES.test(listed.join(','))) return 'yes';
  return sure > 0 ? 'some' : 'no';
};
