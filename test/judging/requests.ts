import { unreachable } from '../../src/kernel/decider.ts';
import { policyBody, type PolicyBody } from './policy-bodies.ts';
import { UNITS, type Assignees, type Day, type PolicySpec, type Spec, type Step, type Story } from './spec.ts';

/** The acts of a specification as requests, and as sentences. */

export type Request = {
  /** The unit whose act it is; null for one of the office. */
  readonly unit: string | null;
  readonly method: 'POST' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly body: object;
  /** Where it is recorded: the stream whose revision If-Match names. */
  readonly stream: string;
  readonly says: string;
};

/** What the requests of one history share. */
export type Setting = {
  readonly spec: Spec;
  /** The id of a thing of this history. */
  readonly id: (name: string) => string;
  readonly date: (day: Day) => string;
  /** Periods that some policy demands, with the instants at which they fall due. */
  readonly demanded: readonly { readonly duty: string; readonly period: string; readonly day: string; readonly end: number }[];
};

const WHY = { reason: '经研究', authority: '会议' };

export const byOffice = (path: string, stream: string, says: string, body: object): Request => ({
  unit: null,
  method: 'POST',
  path,
  body,
  stream,
  says,
});

const named = ({ id }: Setting, assignees: Assignees): readonly object[] =>
  assignees.map(({ role, party }) => ({ role, party: id(party) }));
const shown = (assignees: Assignees): string => assignees.map(({ role, party }) => `${party} (${role})`).join(', ');

/** A report's id, as the server gives it. */
const reportId = (unit: string, period: string, duty: string | undefined): string =>
  [unit, period, ...(duty === undefined ? [] : [duty])].join('-').toLowerCase();

const policySaid = ({ calendar: _, effectiveFrom, duties, ...rules }: PolicyBody): string => {
  const terms = duties?.map(
    ({ id, every, from, to, due, tasks }) =>
      `${id}: every ${every} ${from}…${to} ${JSON.stringify(due)}${tasks === undefined ? '' : JSON.stringify(tasks)}`,
  );
  return `adopts from ${effectiveFrom} ${JSON.stringify(rules)} ${terms?.join('; ') ?? ''}`;
};

export const adopting = ({ spec, id }: Setting, policy: PolicySpec): Request => {
  const body = policyBody(spec, policy, id);
  return byOffice(`/v1/directives/${id('d')}/policies`, `policy-${id('d')}`, policySaid(body), body);
};

export const assigning = (setting: Setting, { task }: Spec['tasks'][number], index: number): Request => {
  const { id, date } = setting;
  const { kind, theme, assignees, effectiveFrom } = task;
  const name = `t${index + 1}`;
  const deadline = task.deadline === null ? null : date(task.deadline);
  const milestones = task.milestones.map(({ title, due }) => ({ title, due: date(due) }));
  const until = deadline === null ? '' : `, deadline ${deadline}`;
  const terms = milestones.length === 0 ? '' : `, milestones ${milestones.map(({ title, due }) => `${title} ${due}`).join(', ')}`;
  return byOffice(
    '/v1/tasks',
    `task-${id(name)}`,
    `assigns ${kind} ${name} (theme ${theme}) to ${shown(assignees)} from ${date(effectiveFrom)}${until}${terms}`,
    {
      id: id(name),
      directive: id('d'),
      kind,
      text: '修缮灌渠',
      assignees: named(setting, assignees),
      effectiveFrom: date(effectiveFrom),
      deadline,
      theme: theme === null ? null : { number: theme, name: '主题' },
      ...(milestones.length === 0
        ? {}
        : { deadlineTerms: { printed: '节点', kind: deadline === null ? 'continuous' : 'date', precision: 'day', milestones } }),
    },
  );
};

type On = (unit: number | null, path: string, says: string, body?: object) => Request;

/** A report and what becomes of it. `nth` tells one amendment from another. */
const onReport = (
  { demanded, id }: Setting,
  on: On,
  step: Extract<Step, { readonly period: number }>,
  by: string,
  nth: number,
): Request => {
  const { period, duty } = demanded[step.period % demanded.length] ?? { period: '2023-03', duty: 'monthly' };
  const about = `the report of ${by} on ${period}${step.named ? ` (${duty})` : ''}`;
  const path = `/reports/${reportId(id(by), period, step.named ? duty : undefined)}`;
  switch (step.does) {
    case 'report': {
      const more = { ...(step.named ? { duty } : {}), ...(step.reached ? { milestones: ['开工'] } : {}) };
      return on(step.unit, '/reports', `files ${about}${step.reached ? ', 开工 reached,' : ''}`, {
        period,
        status: 'on-track',
        narrative: '进展',
        ...more,
      });
    }
    case 'amend':
      return on(step.unit, `${path}/amendments`, `amends ${about}${step.reached ? ', 封顶 reached,' : ''}`, {
        percent: nth % 100,
        reason: '更正',
        ...(step.reached ? { milestones: ['封顶'] } : {}),
      });
    case 'return':
      return on(null, `${path}/return`, `sends back ${about}`, { reason: '数据不全' });
    case 'accept':
      return on(null, `${path}/accept`, `accepts ${about}`);
    default:
      return unreachable(step.does);
  }
};

/** A step on the task of this index. */
export const onTask = (setting: Setting, step: Step, index: number, nth: number): Request => {
  const { id, date, spec } = setting;
  const name = `t${index + 1}`;
  // Those who carry the task first: what others send is refused.
  const speakers = [
    ...(spec.tasks[index]?.task.assignees.map(({ party }) => party) ?? []).filter((party) => UNITS.some((unit) => unit === party)),
    ...UNITS,
  ];
  const by = (unit: number): string => speakers[unit] ?? 'a';
  const on: On = (unit, path, says, body = {}) => ({
    ...byOffice(`/v1/tasks/${id(name)}${path}`, `task-${id(name)}`, `${says} of ${name}`, body),
    unit: unit === null ? null : id(by(unit)),
  });
  const after = (days: number): string => date((spec.tasks[index]?.task.deadline ?? 0) + days);
  const deadlineIn = (n: Day | null): object => (n === null ? {} : { deadline: date(n) });
  const andDeadline = (n: Day | null): string => (n === null ? '' : ` with the deadline ${date(n)}`);
  switch (step.does) {
    case 'report':
    case 'amend':
    case 'return':
    case 'accept':
      return onReport(setting, on, step, by(step.unit), nth);
    case 'plan':
      return on(step.unit, '/plans', `plans 开工 for ${date(step.due)}`, {
        milestones: [{ title: '开工', due: date(step.due) }],
        leader: '张三',
        measures: '调度',
      });
    case 'return-plan':
      return on(null, `/plans/${step.n}/return`, `sends back plan ${step.n}`, { reason: '不具体' });
    case 'accept-plan':
      return on(null, `/plans/${step.n}/accept`, `accepts plan ${step.n}`);
    case 'claim':
      return on(step.unit, '/completion-claims', 'claims completion', { evidence: '验收单' });
    case 'verify':
    case 'reject': {
      const verified = step.does === 'verify';
      return on(null, `/completion-claims/${step.n}/decision`, `${verified ? 'verifies' : 'rejects'} claim ${step.n}`, {
        verified,
        reason: '核实',
      });
    }
    case 'acknowledge':
      return on(step.unit, '/acknowledgements', 'acknowledges the assignment');
    case 'ask-time':
      return on(step.unit, '/extension-requests', `asks for time until ${after(step.until)}`, { until: after(step.until), reason: '汛期' });
    case 'grant': {
      const until = step.until === null ? {} : { until: after(step.until) };
      return on(
        null,
        `/extension-requests/${step.n}/decision`,
        `grants request ${step.n} (until ${'until' in until ? until.until : 'as asked'})`,
        { granted: true, ...until, ...WHY },
      );
    }
    case 'refuse':
      return on(null, `/extension-requests/${step.n}/decision`, `refuses request ${step.n}`, { granted: false, ...WHY });
    case 'suspend':
      return on(null, '/suspension', 'orders suspension', WHY);
    case 'cancel':
      return on(null, '/cancellation', 'orders cancellation', WHY);
    case 'resume':
      return on(null, '/resumption', `orders resumption${andDeadline(step.deadline)}`, { ...WHY, ...deadlineIn(step.deadline) });
    case 'reopen':
      return on(null, '/reopening', `orders reopening${andDeadline(step.deadline)}`, { ...WHY, ...deadlineIn(step.deadline) });
    case 'reprint': {
      const { effectiveFrom, deadline, milestones, theme } = step;
      const to = {
        ...(deadline !== undefined && { deadline: deadline === null ? null : date(deadline) }),
        ...(theme !== undefined && { theme: theme === null ? null : { number: theme, name: '主题' } }),
        ...(milestones !== undefined && {
          deadlineTerms: {
            printed: '年内',
            kind: 'period',
            precision: 'year',
            milestones: milestones.map(({ title, due }) => ({ title, due: date(due) })),
          },
        }),
      };
      const from = date(effectiveFrom);
      return on(null, '/amendments', `prints ${JSON.stringify(to)} from ${from}: correction`, { ...to, effectiveFrom: from, ...WHY });
    }
    case 'hand-on':
      return on(null, '/reassignments', `to ${shown(step.assignees)} from ${date(step.effectiveFrom)}: hand-over`, {
        assignees: named(setting, step.assignees),
        effectiveFrom: date(step.effectiveFrom),
        ...WHY,
      });
    default:
      return unreachable(step);
  }
};

/** A change of the roster. */
export const onRoster = ({ id, date }: Setting, story: Exclude<Story, { readonly on: 'task' | 'policy' }>): Request => {
  const from = date(story.from);
  if (story.on === 'members') {
    const says = `says that ${story.collective} is ${story.members.join(', ') || 'nobody'} from ${from}`;
    const body = { members: story.members.map(id), from, basis: '名册' };
    return { ...byOffice(`/v1/collectives/${id(story.collective)}/members`, 'roster', says, body), method: 'PUT' };
  }
  const change = story.on === 'merge' ? { mergedInto: id(story.into) } : { name: id(story.name) };
  const says = story.on === 'merge' ? `merges ${story.unit} into ${story.into}` : `renames ${story.unit} ${story.name}`;
  return {
    ...byOffice(`/v1/units/${id(story.unit)}`, 'roster', `${says} from ${from}`, { ...change, from, reason: '机构改革' }),
    method: 'PATCH',
  };
};
