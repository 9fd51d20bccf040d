import type { Role } from '../parts/parties.ts';

/** Verbs that say the role of the names before them, at the end of a clause: `…牵头`, `…等按职责分工负责`. The longest is taken. */
const VERBS: readonly (readonly [string, Role])[] = [
  ['牵头负责', 'lead'],
  ['负责牵头', 'lead'],
  ['牵头落实', 'lead'],
  ['牵头抓总', 'lead'],
  ['牵头抓落实', 'lead'],
  ['牵头组织', 'lead'],
  ['牵头组织实施', 'lead'],
  ['牵头推进', 'lead'],
  ['牵头办理', 'lead'],
  ['牵头', 'lead'],
  ['主办', 'lead'],
  ['主责', 'lead'],
  ['配合落实', 'cooperating'],
  ['参与配合', 'cooperating'],
  ['协同配合', 'cooperating'],
  ['配合', 'cooperating'],
  ['协助', 'cooperating'],
  ['协同', 'cooperating'],
  ['协办', 'cooperating'],
  ['会办', 'cooperating'],
  ['参与', 'cooperating'],
  ['参加', 'cooperating'],
  ['配合做好', 'cooperating'],
  ['做好配合工作', 'cooperating'],
  ['做好配合', 'cooperating'],
  ['配合实施', 'cooperating'],
  ['配合推进', 'cooperating'],
  ['抓好落实', 'responsible'],
  ['落实主体责任', 'responsible'],
  ['落实属地责任', 'responsible'],
  ['承担主体责任', 'responsible'],
  ['承担', 'responsible'],
  ['具体承办', 'responsible'],
  ['推进落实', 'responsible'],
  ['推进实施', 'responsible'],
  ['负责推进', 'responsible'],
  ['负责组织实施', 'responsible'],
  ['负责落实', 'responsible'],
  ['负责实施', 'responsible'],
  ['负责', 'responsible'],
  ['承办', 'responsible'],
  ['分办', 'responsible'],
  ['组织实施', 'responsible'],
  ['抓落实', 'responsible'],
  ['落实', 'responsible'],
  ['实施', 'responsible'],
];
const BY_LENGTH = VERBS.toSorted(([a], [b]) => b.length - a.length);

const HOW = [
  '按照各自职责分工',
  '按职责分工分别',
  '按各自职责分工',
  '按照职责分工',
  '按照任务分工',
  '依职责分工',
  '按职责分工',
  '按任务分工',
  '根据职责分工',
  '按各自职责',
  '按职责',
  '依职责',
  '按分工',
  '分工',
  '分别',
  '共同',
  '具体',
  '各自',
  '联合',
  '积极',
  '密切',
  '予以',
].toSorted((a, b) => b.length - a.length);

/** The role that a clause ends in, and the names before it; null where it ends in none. */
export const roleAtEnd = (clause: string): { readonly role: Role; readonly names: string } | null => {
  const verb = BY_LENGTH.find(([each]) => clause.endsWith(each));
  if (verb === undefined) return null;
  let names = clause.slice(0, clause.length - verb[0].length);
  for (let how = HOW.find((each) => names.endsWith(each)); how !== undefined; how = HOW.find((each) => names.endsWith(each)))
    names = names.slice(0, names.length - how.length);
  if (/(?:不|未|无需|免于)$/u.test(names)) return null;
  const joining = /^(?:由)?(?:会同|联合|协同)/u.exec(names);
  if (joining !== null) return { role: 'cooperating', names: names.slice(joining[0].length).trim() };
  return {
    role: verb[1],
    names: names
      .replace(/^(?:由|请|并由)/u, '')
      .replace(/[,、]+$/u, '')
      .trim(),
  };
};
