import { shown } from '../words/folded.ts';
import { roleAtEnd } from '../words/role-verbs.ts';
import { piecesOf } from '../shape/brackets.ts';
import { saidIn, saysParties, SAID_NOTHING, together, type Passage, type Said } from './clauses.ts';
import type { Context } from './context.ts';
import { leaderOf } from './leaders.ts';
import { namesOf } from './names.ts';
import { partiesOf, type Role } from './parties.ts';
import { say } from '../../messages/message.ts';

/** Who is to do something where it is said before what is to be done: minutes of meetings, and matters that were handed out. */
export type RolesBefore = { readonly said: Said; readonly rest: number };

const AND_WITH = /^(?:由|请|责成|并由|并请)?(.{2,60}?)(?:会同|联合(?!会))(.{2,200})$/u;
const LEADS = /^(?:由|请)?(.{4,20}?)(?:牵头协调|负责协调|协调|统筹|督办|总牵头|牵头抓总)$/u;
/** 市水利局负责疏浚护城河: whose names, as what, and where the work begins. */
const SUBJECT =
  /^(?:由|请|责成|并由|并请)?(.{3,80}?)(牵头负责|负责牵头|牵头|具体负责|负责)(?=\p{Script=Han}{2})(?!人|制|同志|单位|部门|的)/u;
/** 市审计局对建设资金开展审计: a subject that no verb of a role follows. */
const DOES = /^(?:由|请|责成)?(.{3,60}?)(?:对|要|应|须|需|尽快|抓紧|组织|会同)(?=.{3})/u;

/** How groups end; 有关部门建立台账 is a group and what it does. */
const GROUP_ENDS =
  '单位|部门|政府|局|委|办|厅|乡镇|街道|镇街|[县区市州旗镇乡村]|企业|学校|医院|机构|成员|处室|科室|园区|社区|支队|公司|办事处|中心|支部';
const GROUP = new RegExp(`(?:${GROUP_ENDS})(?:\\([^()]*\\))?$`, 'u');

/** Nothing but units and groups whose forms leave no doubt. */
const areSure = (list: string, context: Context): boolean => {
  const { tokens } = namesOf(list, context.profile);
  return (
    tokens.length > 0 &&
    tokens.every(
      (token) => (token.kind === 'collective' && GROUP.test(token.text)) || (token.kind === 'unit' && token.sure && token.doubt === null),
    )
  );
};

const units = (list: string, role: Role, { address }: Passage, context: Context): Said => {
  const { leaders, ...parties } = partiesOf(list, () => role, address, context);
  return { ...SAID_NOTHING, parties: { ...parties, leaders: [] }, leaders };
};

/** One clause that only says who, or null. */
const clauseSaid = (whole: Passage, clause: string, context: Context): Said | null => {
  const led = LEADS.exec(clause)?.[1];
  const leader = led === undefined ? null : leaderOf(led);
  if (leader?.name != null && leader.title !== null) return { ...SAID_NOTHING, leaders: [leader] };
  const role = roleAtEnd(clause);
  if (
    role !== null &&
    role.names !== '' &&
    saysParties(clause, context) === 'yes' &&
    areSure(role.names.replace(/会同|联合(?!会)/u, '、'), context)
  )
    return saidIn({ ...whole, text: clause, folded: clause }, context);
  const [, first = '', others = ''] = AND_WITH.exec(clause) ?? [];
  if (first !== '' && role === null && areSure(first, context) && areSure(others, context))
    return together([units(first, 'lead', whole, context), units(others, 'cooperating', whole, context)]);
  return null;
};

/** The clauses at the beginning of a text that say who does what follows; null where it begins with the work. */
export const rolesBefore = (whole: Passage, context: Context): RolesBefore | null => {
  if (whole.folded.length > 2000) return null;
  const said: Said[] = [];
  let rest = 0;
  for (const { at, text, by } of piecesOf(whole.folded, ',;。')) {
    const clause = text.trim();
    const one = by === ',' ? clauseSaid(whole, clause, context) : null;
    if (one === null) break;
    said.push(one);
    rest = at + text.length + 1;
  }
  const after = whole.folded.slice(rest).trimStart();
  const [subject, names = '', verb = ''] = SUBJECT.exec(after) ?? [];
  if (subject !== undefined && areSure(names, context)) {
    said.push(units(names, verb.includes('牵头') ? 'lead' : 'responsible', whole, context));
    rest = whole.folded.length - after.length + subject.length;
  }
  if (said.length === 0 || whole.folded.slice(rest).replace(/[。;,\s]/gu, '').length < 4) return null;
  context.raise(
    'role-guessed',
    whole.address,
    say('finding.stands-before-what-is-to-be-done', { text: shown(whole.text.slice(0, rest)) }),
    true,
  );
  return { said: together(said), rest };
};

/** 关于…工作。会议明确, — the matter, and that it was decided. */
const DECIDED =
  /^(?:[^。]{2,60}。)?(?:会议|会上|市长|县长|区长|[市县区]政府|[市县区]委)?[^,。]{0,6}(?:明确|要求|议定|决定|同意|指出|强调)[^,。]{0,30}[,:]/u;
/** 由市粮食局会同市自然资源局抓紧办理手续: two that act together, and what they do. */
const AND_DOES = /^(?:由|请|责成)(.{3,40}?)会同(.{3,80}?)(?=抓紧|尽快|加快|研究|制定|办理|做好|推进|开展|组织|落实|完成|提出|负责)/u;

/** Who is named behind the words that something was decided; all the words stay in the text. */
export const rolesDecided = (whole: Passage, context: Context): Said | null => {
  const intro = DECIDED.exec(whole.folded.slice(0, 400))?.[0];
  if (intro === undefined || /每(?:[周月旬日]|季度|半月|半年)|各(?:责任|有关|相关|牵头)?(?:单位|部门)/u.test(whole.folded)) return null;
  const decided = { ...whole, text: whole.text.slice(intro.length), folded: whole.folded.slice(intro.length) };
  const before = rolesBefore(decided, context);
  if (before !== null) return before.said;
  const [, first = '', others = ''] = AND_DOES.exec(decided.folded) ?? [];
  if (first === '' || !areSure(first, context) || !areSure(others, context)) return subjectOf(decided, context);
  context.raise('role-guessed', whole.address, say('finding.stands-before-what-is-to-be-done', { text: `${first}、${others}` }), true);
  return together([units(first, 'lead', whole, context), units(others, 'cooperating', whole, context)]);
};

/** Who the first words of a text name, where nothing else of the item says who does it; the words stay in the text. */
export const subjectOf = (whole: Passage, context: Context): Said | null => {
  const [, names = ''] = DOES.exec(whole.folded.trimStart()) ?? [];
  if (names === '' || !areSure(names, context)) return null;
  context.raise('role-guessed', whole.address, say('finding.is-the-subject-of-the-text-and', { names }), true);
  return units(names, 'responsible', whole, context);
};
