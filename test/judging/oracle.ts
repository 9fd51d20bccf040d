/**
 * The rules of docs/judging.md a second time: plain loops over the events of a log, gone through anew for every question.
 * It is slow and simple on purpose, was written from that page alone, and shares nothing with the judge it is held against.
 */
import type { Excluded, MilestoneRow, Row, State } from './answers.ts';
import type { Assignee, Duty, Entry, Policy } from './entries.ts';
import { civil, dayOf, daysFrom, dueOf, dutiesOf, endOf, periodsOf, type Day, type Due } from './periods.ts';

type Governing = { readonly period: string; readonly policy: Policy; readonly duty: Duty; readonly due: Due; readonly withdrawn: boolean };
/** A version of what settles a duty, and what the office said of it. */
type Version = { readonly receivedAt: number; readonly of: string; accepted: boolean; returned: boolean };

const earliest = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times));

/** What a directive's units owed, as known from `log`, which ends at the position asked about, and judged at `at`. */
export const oracle = (log: readonly Entry[], directive: string, at: number, officeZone = 'Asia/Shanghai') => {
  const received = (event: Entry): boolean => event.receivedAt <= at;
  const countsFor = (event: Entry, end: number): boolean => event.receivedAt < end && received(event);
  const policies = log.filter(({ type, data }) => type === 'PolicyAdopted' && data.directive === directive);
  const zone = log.find(({ type, data }) => type.startsWith('DirectiveI') && data.directive === directive)?.data.timeZone ?? 'UTC';
  const tasks = log
    .filter(({ type, data }) => type === 'TaskAssigned' && data.directive === directive)
    .map(({ stream, data }) => ({ id: stream.slice('task-'.length), ...data, acts: log.filter((event) => event.stream === stream) }));
  type Task = (typeof tasks)[number];
  /** An amendment counts where it was received and holds by then. */
  const amendments = (task: Task): readonly Entry[] =>
    task.acts.filter(
      (event) => event.type === 'TaskAmended' && received(event) && event.data.effectiveFrom <= dayOf(at, officeZone).toString(),
    );
  /** What is printed when something falls due, by what was received before. */
  const themeAt = (task: Task, due: Due): number | undefined => {
    let theme = task.theme;
    for (const { data, receivedAt } of amendments(task))
      if (data.to.theme !== undefined && data.effectiveFrom <= due.day.toString() && receivedAt < due.end) ({ theme } = data.to);
    return theme?.number;
  };

  // ── Rule 3: who owes ──

  const successor = (unit: string, day: Day): string => {
    const merger = log.find(({ type, data }) => type === 'UnitsMerged' && data.unit === unit && data.from <= day.toString());
    return merger === undefined ? unit : successor(merger.data.into, day);
  };
  const membersOf = (collective: string, { day, end }: Due): readonly string[] | undefined => {
    const statements = log.filter(({ type, data }) => type === 'CollectiveMembershipChanged' && data.collective === collective);
    let inForce: Entry | undefined;
    for (const [index, said] of statements.entries()) {
      if (said.data.from > day.toString() || (index > 0 && !countsFor(said, end))) continue;
      if (inForce === undefined || said.data.from >= inForce.data.from) inForce = said;
    }
    return inForce?.data.members;
  };
  const owing = (task: Task, roles: readonly string[], due: Due): { readonly units: Set<string>; readonly unknown: readonly string[] } => {
    let assignees: readonly Assignee[] = [];
    for (const event of task.acts) {
      if (event.data.effectiveFrom > due.day.toString()) continue;
      if (event.type === 'TaskAssigned') assignees = event.data.assignees;
      if (event.type === 'TaskReassigned' && countsFor(event, due.end)) assignees = event.data.to;
    }
    const units = new Set<string>();
    const unknown: string[] = [];
    for (const { role, party, kind } of assignees) {
      if (!roles.includes(role)) continue;
      const members = kind === 'unit' ? [party] : membersOf(party, due);
      if (members === undefined) unknown.push(party);
      for (const member of members ?? []) units.add(successor(member, due.day));
    }
    return { units, unknown };
  };

  // ── Rule 4: which policy governs ──

  const governing = (id: string, period: string): Governing | undefined => {
    let now: Governing | undefined;
    for (const adopted of policies) {
      const policy = adopted.data;
      const { duties, withdrawn } = dutiesOf(policy);
      const duty = duties.find((each) => each.id === id && periodsOf(each).includes(period));
      const demands = duty && { period, policy, duty, due: dueOf(policy, duty, period), withdrawn: false };
      const fits = demands !== undefined && demands.due.day.toString() >= policy.effectiveFrom;
      if (now === undefined) {
        if (fits) now = demands;
      } else if (received(adopted) && (now.withdrawn || adopted.receivedAt < now.due.end)) {
        if (fits && adopted.receivedAt < demands.due.end) now = demands;
        else if (withdrawn.includes(id) && policy.effectiveFrom <= now.due.day.toString()) now = { ...now, policy, withdrawn: true };
      }
    }
    return now;
  };

  // ── Rule 5: a report ──

  /** Whether the task was paused, by a suspension or a cancellation, at the last instant before `end`. */
  const paused = (task: Task, end: number): boolean => {
    const acts = task.acts.filter((event) => countsFor(event, end));
    const ends = acts.findLast(({ type }) => type === 'TaskResumed' || type === 'TaskReopened')?.position ?? 0;
    return acts.some(({ type, position }) => (type === 'TaskSuspended' || type === 'TaskCancelled') && position > ends);
  };
  /** Completions verified by `at`: when they were claimed, where they were verified, and when the reopening after them came. */
  const completions = ({ acts }: Task) =>
    acts.flatMap(({ type, data, receivedAt: verified, position }) => {
      if (type !== 'CompletionVerified' || verified > at) return [];
      const claim = acts.find((other) => other.type === 'CompletionClaimed' && other.data.n === data.n);
      const reopening = acts.find((other) => other.type === 'TaskReopened' && other.position > position);
      const undone = reopening !== undefined && received(reopening) ? reopening.receivedAt : Infinity;
      return { claimed: claim?.receivedAt ?? verified, verified, position, undone };
    });
  const versionsFor = (task: Task, { period, duty, due }: Governing, unit: string): readonly Version[] => {
    const versions: Version[] = [];
    const plan = duty.asks === 'plan';
    const own = (of: string): boolean => of === unit || successor(of, due.day) === unit;
    for (const { type, data, receivedAt } of task.acts.filter(received)) {
      if (plan !== type.startsWith('Plan') || !own(data.unit)) continue;
      const settles = plan || (data.period === period && (data.duty ?? duty.id) === duty.id);
      const of = plan ? `${data.unit} ${data.n}` : data.report;
      const earlier = versions.filter((version) => version.of === of);
      if ((type === 'ReportSubmitted' && settles) || (type === 'ReportAmended' && earlier.length > 0) || type === 'PlanSubmitted')
        versions.push({ receivedAt, of, accepted: false, returned: false });
      const newest = earlier.at(-1);
      if ((type === 'ReportAccepted' || type === 'PlanAccepted') && newest !== undefined) newest.accepted = true;
      if (type === 'ReportReturned' || type === 'PlanReturned') for (const version of earlier) version.returned = true;
    }
    return versions;
  };
  const reportRow = (task: Task, governs: Governing, unit: string): Row => {
    const { period, policy, duty, due } = governs;
    const versions = versionsFor(task, governs, unit);
    const accepted = policy.decides === 'first-accepted';
    const deciding = earliest(versions.filter((version) => version.accepted || !accepted).map(({ receivedAt }) => receivedAt));
    const open = versions.filter((version) => !version.accepted && !version.returned && version.receivedAt < due.end);
    const waiting = accepted && deciding === null ? earliest(open.map(({ receivedAt }) => receivedAt)) : null;
    let state: State = at < due.end ? 'not-yet-due' : 'missing';
    if (waiting !== null) state = 'awaiting';
    if (deciding !== null) state = deciding < due.end ? 'on-time' : 'late';
    if (paused(task, due.end)) state = 'waived';
    const other = dueOf(policy, duty, period, policy.bound === 'inclusive' ? 'exclusive' : 'inclusive');
    const receipt = deciding ?? waiting;
    const onTheDay = receipt !== null && receipt < due.end !== receipt < other.end;
    const late = daysLate(state, due.day, deciding, policy.timeZone);
    const row = { unit, task: task.id, kind: duty.id, period, day: due.day.toString(), due: due.end, state, onTheDay };
    return { ...row, daysLate: late, receivedAt: receipt, policy: policy.version };
  };
  const daysLate = (state: State, day: Day, deciding: number | null, inZone: string): number =>
    state === 'late' || state === 'missing' ? daysFrom(day, dayOf(deciding ?? at, inZone)) : 0;

  // ── Rule 6: a deadline ──

  const inForceOn = (day: Day): Policy | undefined => {
    let policy: Policy | undefined;
    for (const [index, adopted] of policies.entries())
      if ((index === 0 || countsFor(adopted, endOf(day, zone))) && adopted.data.effectiveFrom <= day.toString()) policy = adopted.data;
    return policy;
  };
  /** The deadline that binds, the days named by grants that only excuse, and where the reopening stands that named a deadline. */
  const binding = (task: Task) => {
    let day = task.deadline ?? null;
    let reopened = 0;
    const excuses: string[] = [];
    const held = amendments(task);
    for (const event of task.acts.filter((act) => received(act) && (act.type !== 'TaskAmended' || held.includes(act)))) {
      const { type, data, receivedAt, position } = event;
      if (type === 'TaskAmended' && data.to.deadline !== undefined) {
        const isPast = day !== null && day < data.effectiveFrom && !paused(task, endOf(civil(day), zone));
        if (!isPast) day = data.to.deadline;
      }
      if (type === 'ExtensionGranted' && day !== null) {
        const end = endOf(civil(day), zone);
        const rule = inForceOn(civil(day))?.lateExtensions ?? 'excuse';
        if (receivedAt < end || paused(task, end) || rule === 'count') day = data.until;
        else if (rule === 'excuse') excuses.push(data.until);
      }
      if ((type === 'TaskResumed' || type === 'TaskReopened') && data.deadline) {
        day = data.deadline;
        if (type === 'TaskReopened') reopened = position;
      }
    }
    return { day, reopened, excuses };
  };
  /** The state of a task's deadline were its end `end`, and the claim that decides. */
  const deadlineState = (task: Task, end: number, reopened: number): { readonly state: State; readonly receivedAt: number | null } => {
    const done = completions(task).filter(({ position }) => position > reopened);
    const kept = earliest(done.flatMap(({ claimed, undone }) => (claimed < end && undone >= end ? claimed : [])));
    const late = earliest(done.flatMap(({ claimed, undone }) => (claimed >= end && undone === Infinity ? claimed : [])));
    const acts = task.acts.filter(received);
    const undecided = (asked: string, ...answers: readonly string[]): number | null => {
      const answered = acts.flatMap(({ type, data }) => (answers.includes(type) ? data.n : []));
      const open = acts.filter(({ type, data, receivedAt }) => type === asked && receivedAt < end && !answered.includes(data.n));
      return earliest(open.map(({ receivedAt }) => receivedAt));
    };
    const claim = undecided('CompletionClaimed', 'CompletionVerified', 'CompletionRejected');
    const request = undecided('ExtensionRequested', 'ExtensionGranted', 'ExtensionRefused');
    if (paused(task, end)) return { state: 'waived', receivedAt: kept ?? late ?? claim };
    if (kept !== null) return { state: 'on-time', receivedAt: kept };
    if (late !== null) return { state: 'late', receivedAt: late };
    if (claim !== null || request !== null) return { state: 'awaiting', receivedAt: claim };
    return { state: at < end ? 'not-yet-due' : 'missing', receivedAt: null };
  };

  // ── Everything owed ──

  const excluded: Excluded[] = [];
  const rows: Row[] = [];
  const spoken = policies.flatMap(({ data }) =>
    dutiesOf(data).duties.flatMap((duty) => periodsOf(duty).map((period) => `${duty.id} ${period}`)),
  );
  const demands = [...new Set(spoken)].flatMap((each) => {
    const [id = '', period = ''] = each.split(' ');
    const governs = governing(id, period);
    return governs === undefined || governs.withdrawn ? [] : governs;
  });
  for (const governs of demands) {
    const { period, duty, due, policy } = governs;
    for (const task of tasks) {
      const named = duty.tasks?.some((each) => (typeof each === 'string' ? each === task.id : each.theme === themeAt(task, due)));
      if (named === false) continue;
      const complete = completions(task).some(({ verified, undone }) => verified < due.end && undone >= due.end);
      if (complete && (policy.completed ?? 'owe') !== 'owe') continue;
      const { units, unknown } = owing(task, duty.who[task.kind], due);
      for (const party of unknown) excluded.push({ party, task: task.id, kind: duty.id, period, day: due.day.toString() });
      for (const unit of units) rows.push(reportRow(task, governs, unit));
    }
  }
  for (const task of tasks) {
    const { day, reopened, excuses } = binding(task);
    if (day === null) continue;
    const end = endOf(civil(day), zone);
    const { units, unknown } = owing(task, ['lead', 'responsible'], { day: civil(day), end });
    const { state: plain, receivedAt } = deadlineState(task, end, reopened);
    const excuse = excuses.some((until) => until > day && deadlineState(task, endOf(civil(until), zone), reopened).state !== plain);
    const state = excuse && (plain === 'late' || plain === 'missing') ? 'excused' : plain;
    const policy = inForceOn(civil(day))?.version ?? null;
    const onTheDay = receivedAt !== null && dayOf(receivedAt, zone).toString() === day;
    const row = { task: task.id, kind: 'deadline', period: day.slice(0, 7), day, due: end, state, receivedAt, policy, onTheDay };
    for (const party of unknown) excluded.push({ party, task: task.id, kind: 'deadline', period: row.period, day });
    for (const unit of units) rows.push({ ...row, unit, daysLate: daysLate(state, civil(day), receivedAt, zone) });
  }

  /** The kind that a board of a period shows unasked: the first duty of the first governing policy. */
  const firstKind = (period: string): string | undefined => {
    const place = ({ policy, duty }: Governing): number =>
      policy.version * 1000 + dutiesOf(policy).duties.findIndex(({ id }) => id === duty.id);
    return demands.filter((each) => each.period === period).toSorted((a, b) => place(a) - place(b))[0]?.duty.id;
  };

  // ── Rule 7: milestones ──

  const milestones: MilestoneRow[] = [];
  for (const task of tasks) {
    const acts = task.acts.filter(received);
    const plans = acts.filter(({ type }) => type === 'PlanSubmitted').map(({ data }) => ({ plan: data.n, set: data.milestones }));
    let stages = task.deadlineTerms?.milestones ?? [];
    for (const { data } of amendments(task))
      if (data.to.deadlineTerms !== undefined)
        stages = [
          ...stages.filter(({ due }) => due < data.effectiveFrom),
          ...(data.to.deadlineTerms?.milestones ?? []).filter(({ due }) => due >= data.effectiveFrom),
        ];
    for (const { plan, set = [] } of [{ plan: null, set: stages }, ...plans])
      for (const each of set) {
        if (typeof each === 'string') continue;
        const due = endOf(civil(each.due), zone);
        const said = acts.some(
          ({ type, data, receivedAt }) =>
            type.startsWith('Report') && receivedAt < due && (data.milestones ?? data.changes?.milestones)?.includes(each.title),
        );
        const done = completions(task).some(({ claimed, undone }) => claimed < due && undone === Infinity);
        const { units } = owing(task, ['lead', 'responsible'], { day: civil(each.due), end: due });
        const state = said || done ? 'kept' : at < due ? 'due' : 'missed';
        milestones.push({ task: task.id, plan, title: each.title, due, units: [...units], state });
      }
  }
  return { rows, excluded, milestones, firstKind };
};
