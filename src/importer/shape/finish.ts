import type { ReadItem, ReadLeader, ReadMeasurement } from '../document-reading.ts';
import type { Context } from '../parts/context.ts';
import { endsOf, goalsIn } from '../parts/goals.ts';
import { BODY } from '../words/bodies.ts';
import { folded } from '../words/folded.ts';
import { together } from '../parts/clauses.ts';
import { subjectOf } from '../parts/roles-before.ts';
import { deadlineInSentence, daysInSentence, NO_DEADLINES } from '../parts/deadlines.ts';
import { qualitative, qualitativeIn, quantitiesIn, unreadBounds } from '../parts/quantities.ts';
import { SEASON } from '../parts/seasons.ts';
import { labelsOf } from '../words/labels.ts';
import type { RawItem } from './raw-item.ts';
import { stateSaid } from '../../messages/named.ts';
import { say } from '../../messages/message.ts';

/** Where the head says that the first listed leads, it leads of those behind 责任单位: too, unless somebody leads by label. */
const withFirstLeading = (raw: RawItem, { profile, raise }: Context): ReadItem['assignees'] => {
  const { assignees } = raw.said.parties;
  const [first] = assignees;
  if (profile.firstListedLeads !== true || first?.role !== 'responsible' || assignees.some(({ role }) => role === 'lead')) return assignees;
  if (first.kind === 'collective')
    raise('role-guessed', raw.address, say('finding.is-listed-first-and-is-a-group', { name: first.name }), true);
  return [{ ...first, role: 'lead' }, ...assignees.slice(1)];
};

/** A default of the head, unless the item says that the party has no part in it. */
const withDefaults = (raw: RawItem, context: Context): ReadItem['assignees'] => {
  const own = withFirstLeading(raw, context);
  const { defaultParties } = context.profile;
  const added = defaultParties.flatMap(({ role, name, except }): ReadItem['assignees'] => {
    if (own.some((each) => each.name === name)) return [];
    if (except.includes(raw.number) || raw.text.folded.includes(`${name}不`) || raw.text.folded.includes(`${name}除外`)) {
      context.raise('party-excepted', raw.address, say('finding.is-excepted-by-the-words-of-item', { name, number: raw.number }), false);
      return [];
    }
    context.raise('party-defaulted', raw.address, say('finding.is-taken-for-item-from-the-head', { name, number: raw.number }), false);
    return [{ role, name, kind: /^各|相关|有关|成员单位$/u.test(name) ? 'collective' : 'unit' }];
  });
  return [...own, ...added];
};

const distinct = (leaders: readonly ReadLeader[]): readonly ReadLeader[] =>
  leaders.filter(({ name, title }, index) => leaders.findIndex((other) => other.name === name && other.title === title) === index);

const measurementsOf = (raw: RawItem): readonly ReadMeasurement[] => {
  const own = quantitiesIn(raw.text.text);
  const seen = new Set(own.map(({ metric, target }) => `${metric} ${target ?? ''}`));
  const goals = goalsIn(raw.said.extra)
    .flatMap(({ text }) => (own.length > 0 && endsOf('', text).length === 0 ? [] : endsOf(raw.text.text, text)))
    .filter(({ metric, target }) => !seen.has(`${metric} ${target ?? ''}`));
  const measured = [...own, ...goals, ...raw.figures];
  if (raw.kind !== 'target') return measured;
  const ends = [...measured, ...qualitativeIn(raw.text.text)];
  return ends.length > 0 ? ends : [qualitative(raw.text.text)];
};

/** A number with a measure that no end was read from is said, so that none is lost in silence. */
const unreadQuantity = (raw: RawItem, read: readonly ReadMeasurement[], context: Context): void => {
  if (read.some(({ comparator }) => comparator === 'range'))
    context.raise('quantity-range', raw.address, say('finding.item-sets-a-range', { number: raw.number }), false);
  for (const [name, value] of Object.entries(raw.said.extra))
    if (value !== raw.said.frequency && /每(?:周|月|旬|半月|季度)/u.test(value))
      context.raise(
        'schedule-unread',
        raw.address,
        say('finding.in-of-may-say-how-often-to', { value: value.slice(0, 40), name, kind: stateSaid(raw.kind), number: raw.number }),
        true,
      );
  const term = /(?:到|至)(?:20\d{2})?(?:年底|年末|\d{1,2}月底)/u.exec(raw.text.folded)?.[0];
  if (term !== undefined)
    context.raise(
      'deadline-guessed',
      raw.address,
      say('finding.in-the-text-of-is-a-term', { term, kind: stateSaid(raw.kind), number: raw.number }),
      false,
    );
  const left = unreadBounds(raw.text.text, read);
  if (left.length > 0)
    context.raise(
      'quantity-unread',
      raw.address,
      say('finding.in-what-is-to-reach-it-was', { left: left.join(', '), kind: stateSaid(raw.kind), number: raw.number }),
      false,
    );
};

/** `part`: it belongs to an item that says who does it. */
const PROBLEM = /^\s*(?:(?:存在|主要|反馈|突出)的?)?问题(?:描述|表述|表现)?:\s*/u;
const MEASURES = /^(?:整改措施|整改任务|整改内容|整改要求|整改举措|工作措施)$/u;

/** What is to be done about a problem is the item's text, in blocks of labels as in columns; the problem stands beside it. */
const withMeasures = (raw: RawItem): RawItem => {
  const problem = PROBLEM.exec(raw.text.folded)?.[0];
  const [name, text] = Object.entries(raw.said.extra).find(([label]) => MEASURES.test(label)) ?? [];
  if (problem === undefined || name === undefined || text === undefined) return raw;
  const others = Object.entries(raw.said.extra).filter(([label]) => label !== name);
  const extra = Object.fromEntries([['问题', raw.text.text.slice(problem.length)], ...others]);
  return { ...raw, text: { text, folded: folded(text), address: raw.text.address }, said: { ...raw.said, extra } };
};

export const finish = (printed: RawItem, context: Context, hasLeaders: boolean, part = false): ReadItem => {
  const raw = withMeasures(printed);
  const { number, text, section, kind, address } = raw;
  const bare = raw.said.parties.assignees.length === 0 && !raw.said.parties.pending && raw.children.length === 0 && !part;
  const subject = bare && context.profile.defaultParties.length === 0 ? subjectOf(text, context) : null;
  const said = subject === null ? raw.said : together([raw.said, subject]);
  const assignees = withDefaults({ ...raw, said }, context);
  const measurements = measurementsOf(raw);
  unreadQuantity(raw, measurements, context);
  const children = raw.children.map((child) => finish(child, context, hasLeaders, assignees.length > 0));
  const leaders = distinct([...raw.inherited, ...said.leaders]);
  const looks =
    said.deadline === null && (said.milestones.length === 0 || raw.figures.length > 0) && context.profile.deadlinesInText !== false;
  const sentence = looks ? deadlineInSentence(text.text, text.folded, address, context) : NO_DEADLINES;
  const inText =
    looks && sentence.deadline === null
      ? (goalsIn(said.extra)
          .map((goal) => deadlineInSentence(goal.text, folded(goal.text), address, context))
          .find((found) => found.deadline !== null) ?? NO_DEADLINES)
      : sentence;
  const ofHeading = said.deadline === null && inText.deadline === null && !part ? (raw.due ?? null) : null;
  const deadline = said.deadline ?? inText.deadline ?? ofHeading;
  if (ofHeading !== null)
    context.raise(
      'deadline-guessed',
      address,
      say('finding.the-day-of-the-heading-is-taken', { printed: ofHeading.printed, number }),
      false,
    );
  if (inText.deadline !== null)
    context.raise(
      'deadline-guessed',
      address,
      say('finding.the-deadline-of-is-that-of-a', { kind: stateSaid(kind), number, printed: inText.deadline.printed }),
      false,
    );
  const besides =
    said.deadline !== null && said.milestones.length === 0 && context.profile.deadlinesInText !== false ? stepsInText(raw, context) : [];
  const isPart = raw.children.length === 0 && assignees.length === 0 && said.parties.pending;
  const carried = assignees.some(({ role }) => role !== 'cooperating');
  if (assignees.length > 0 && !carried)
    context.raise('no-parties', address, say('finding.nobody-leads-or-is-responsible-for-it', { kind: stateSaid(kind), number }), true);
  const tail = /[。;]\s*(\p{Script=Han}{4,30})$/u.exec(text.folded)?.[1];
  if (tail !== undefined && BODY.test(tail))
    context.raise('layout', address, say('finding.the-text-of-ends-in-a-name', { kind: stateSaid(kind), number, tail }), false);
  strangeLabels(raw, context);
  if (assignees.length === 0 && !isPart && !part)
    context.raise('no-parties', address, say('finding.names-nobody-who-is-to-do-it', { kind: stateSaid(kind), number }), true);
  if (deadline === null && !part && children.every((child) => child.deadline === null))
    context.raise('no-deadline', address, say('finding.has-no-deadline', { kind: stateSaid(kind), number }), false);
  const season = SEASON.exec(text.folded.trimStart())?.[0];
  if (deadline === null && season !== undefined)
    context.raise('deadline-no-date', address, say('finding.names-no-day', { printed: season }), false);
  if (leaders.length === 0 && hasLeaders && !part)
    context.raise('no-leader', address, say('finding.has-no-leader', { kind: stateSaid(kind), number }), false);
  return {
    number,
    text: text.text,
    kind,
    section,
    assignees,
    openList: said.parties.open,
    leaders,
    deadline,
    milestones: said.milestones.length > 0 ? said.milestones : besides.length > 0 ? besides : inText.milestones,
    measurements,
    extra: said.extra,
    address,
    children,
  };
};

const LABEL = /(?:^|[。;,\s(])(\p{Script=Han}{2,10}):/gu;
const IS_LABEL = /(?:单位|部门|科室|处室|领导|责任人|负责人|时限|时间|期限|牵头|配合|责任)$/u;

const WITHOUT_COLON =
  /(?:牵头|配合|责任|协办|主办|承办|实施)(?:单位|部门)(?=[^:,。;、]{0,2}[省市县区州各])|(?:责任|牵头|分管)领导(?=\p{Script=Han}{2,4}(?:[,;。]|$))/u;

/** What looks like a label in the text of an item and is none that is known. */
const strangeLabels = ({ text, number }: RawItem, context: Context): void => {
  const bare = WITHOUT_COLON.exec(text.folded)?.[0];
  if (bare !== undefined)
    context.raise('label-unknown', text.address, say('finding.in-item-may-be-a-label-without', { bare, number }), true);
  for (const { start, name } of labelsOf(text.folded, context.profile))
    if (start > 0) context.raise('label-unknown', text.address, say('finding.stands-within-the-text-of-item-it', { name, number }), false);
  for (const [, label = ''] of text.folded.matchAll(LABEL))
    context.raise('label-unknown', text.address, say('finding.in-item-is-no-label-that-is', { label, number }), IS_LABEL.test(label));
};

/** Days in the text of an item whose deadline stands elsewhere are its steps. */
const stepsInText = (raw: RawItem, context: Context): ReadItem['milestones'] => {
  const days = daysInSentence(raw.text.folded, context.year);
  if (days.length === 0 || (days.length === 1 && days[0]?.date === raw.said.deadline?.date)) return [];
  const { milestones, deadline } = deadlineInSentence(raw.text.text, raw.text.folded, raw.address, {
    ...context,
    raise: (kind, ...rest) => (kind === 'deadline-unread' ? context.raise(kind, ...rest) : undefined),
  });
  context.raise(
    'milestones',
    raw.address,
    say('finding.item-names-days-in-its-text-beside', { number: raw.number, count: days.length }),
    false,
  );
  return milestones.length > 0 ? milestones : deadline === null ? [] : [{ printed: deadline.printed, date: deadline.date }];
};
