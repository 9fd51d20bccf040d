import { LRUCache } from 'lru-cache';
import { tasks, type ReportRow, type TaskDoc } from '../../../projections/tasks.ts';
import { millisText } from '../../kernel/clock.ts';
import { momentAt, type Moment, type Span } from '../../kernel/moment.ts';
import { totalsOf } from '../../domain/compliance/board.ts';
import { bindingDeadline } from '../../domain/compliance/deadline.ts';
import { rosterAt, taskFactsAt, type FactsAt } from '../../domain/compliance/facts-at.ts';
import { inDocumentOrder, nameOn, type Facts, type TaskFacts } from '../../domain/compliance/facts.ts';
import { ANSWERABLE, factsFor, judge } from '../../domain/compliance/judge.ts';
import type { Knowledge } from '../knowledge.ts';
import { shownMilestones } from '../../domain/compliance/milestones.ts';
import { measured, NOTHING_REPORTED, standings } from '../../domain/compliance/progress.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import { directiveStream, policyStream } from '../../domain/directives/state.ts';
import { membersOn, ROSTER_STREAM, successorOn } from '../../domain/roster/state.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { PlanAnswer, TaskAnswer } from './answers.ts';
import { asPrinted } from './as-printed.ts';
import { assigneesOn, carriersOn, everCarried } from '../../domain/tasks/assignment.ts';
import { attained } from '../../domain/tasks/attainment.ts';
import { isLedBy, leadersNear } from './leader-finding.ts';
import { createTaskFinding } from './finding.ts';
import { createTaskHistories, type TaskHistories } from './histories.ts';
import { termsOf } from '../../domain/tasks/deadline-terms.ts';
import { namesIn } from '../../domain/tasks/leaders.ts';
import type { LeaderPost } from '../../domain/tasks/events.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { statusBy } from '../../domain/tasks/effects.ts';
import type { TaskStatus } from '../../domain/tasks/status.ts';
import { nameShown, ownOf } from '../../domain/visibility.ts';
import type { Scope, SightOf } from '../visibility.ts';

/** Reading tasks as of a position, judged at a moment, for a reader who may see all or one unit's. */

const taskTable = tableOf(tasks, 'task');
const statusTable = tableOf(tasks, 'status');

/** Answers kept in memory, of some 3 KB each. */
const KEPT_ANSWERS = 2_000;

export type At = { readonly position: number; readonly moment: Moment };

export type TaskFilter = {
  readonly directive?: string | undefined;
  readonly kind?: string | undefined;
  readonly unit?: string | undefined;
  readonly role?: string | undefined;
  readonly leader?: string | undefined;
  readonly status?: string | undefined;
  readonly theme?: number | undefined;
  readonly dueBefore?: string | undefined;
  readonly q?: string | undefined;
};

export type Gap = {
  readonly kind: 'no-leader' | 'no-deadline' | 'collective-unresolved' | 'not-acknowledged' | 'no-plan';
  /** The unit or collective it is about, where it is about one. */
  readonly party: string | null;
};

export type TaskReader = TaskHistories & {
  readonly one: (id: string, at: At, scope: Scope) => TaskAnswer | undefined;
  /** In document order, each as printed on the day judged. */
  readonly list: (filter: TaskFilter, at: At, scope: Scope) => readonly TaskDoc[];
  readonly show: (doc: TaskDoc, at: At, scope: Scope) => TaskAnswer;
  /** Whether a reader may know of the task at all. */
  readonly mayRead: (id: string, at: Pick<At, 'position'>, scope: Scope) => boolean;
  readonly doc: (id: string, position: number) => TaskDoc | undefined;
  /** The facts that compliance on one task is judged from. The task must exist at the position. */
  readonly factsOf: (task: string, position: number) => Facts;
  /** Units that lead or answer for it. */
  readonly answerable: (doc: TaskDoc, at: At) => readonly string[];
  /** Near ones to a leader whom no task that the reader may see has or had, as known at a position; undefined where one has. */
  readonly leadersNear: (asked: string, position: number, scope: Scope) => readonly string[] | undefined;
  readonly leaders: (doc: TaskDoc, at: At) => Pick<TaskAnswer, 'leaders' | 'leaderPosts'>;
  /** What was said of the deadline that binds, and what became of its milestones by the reports that the reader may see. */
  readonly terms: (doc: TaskDoc, deadline: string | null, at: At, scope: Scope) => TaskAnswer['deadlineTerms'];
  /** One of its plans, with what became of its milestones. */
  readonly plan: (id: string, n: number, at: At, scope: Scope) => PlanAnswer | undefined;
  /** What is missing to hold anybody to it. */
  readonly gaps: (doc: TaskDoc, at: At) => readonly Gap[];
};

/** An answer, and the moments for which it is the same. */
/** Of a task's tree, what its reader may read. */
type Relatives = { readonly parent: string | null; readonly children: readonly string[] };

type Kept = { readonly answer: TaskAnswer; readonly holds: Span };

const postsIn = ({ leaders }: TaskFacts): readonly LeaderPost[] => leaders.at(-1)?.posts ?? [];

const leadersShown = (task: TaskFacts): Pick<TaskAnswer, 'leaders' | 'leaderPosts'> => {
  const posts = postsIn(task);
  return { leaders: namesIn(posts), leaderPosts: [...posts] };
};

export const createTaskReader = (views: Views, store: EventStore, knowledge: Knowledge, sightOf: SightOf): TaskReader => {
  const seesAll = (doc: TaskDoc, scope: Scope, position: number): boolean =>
    scope === null || everCarried(doc.facts.assignments, scope, knowledge.roster(position));

  /** A task's own facts as they stood, and who stood behind its parties. */
  const stoodAt = ({ facts }: TaskDoc, { position, moment }: At) => ({
    ...taskFactsAt(facts, moment),
    ...rosterAt(knowledge.roster(position), moment),
    on: moment.day(),
  });

  const deadlineOf = ({ facts }: TaskDoc, { position, moment }: At): string | null => {
    const timeZone = knowledge.timeZone(facts.directive, position);
    const binding = bindingDeadline(taskFactsAt(facts, moment), {
      policies: knowledge.policies(facts.directive, position),
      timeZone,
      moment,
    });
    return binding?.deadline ?? null;
  };

  const statusOf = ({ facts }: TaskDoc, { position, moment }: At): TaskStatus =>
    statusBy(views.one(statusTable, { task: facts.id }, position)?.doc.steps ?? [], moment.reached);

  const assigneesShown = (facts: FactsAt, { assignments }: TaskFacts): TaskAnswer['assignees'] => {
    const on = facts.moment.day();
    return assigneesOn(assignments, on).map(({ role, party, kind }) => {
      if (kind === 'unit') {
        const successor = successorOn(facts.units, party, on);
        return { role, party, kind, name: nameOn(facts, party, on), ...(successor === party ? {} : { succeededBy: successor }) };
      }
      const collective = facts.collectives.get(party);
      return { role, party, kind, name: collective?.name ?? party, members: membersOn(collective?.memberships ?? [], on)?.slice() ?? null };
    });
  };

  const progress = ({ reports }: FactsAt, rows: readonly ReportRow[]): TaskAnswer['progress'] => {
    const submitted = new Map(rows.map((row) => [row.report, row.submitted]));
    const last = [...reports.values()]
      .flat()
      .toSorted((a, b) => (submitted.get(a.id) ?? 0) - (submitted.get(b.id) ?? 0))
      .at(-1);
    if (last === undefined) return { lastReport: null };
    const lastReport = { unit: last.unit, period: last.period, receivedAt: millisText(last.submissions[0]?.receivedAt ?? 0) };
    const percent = last.submissions.at(-1)?.says.percent ?? null;
    return percent === null ? { lastReport } : { percent, lastReport };
  };

  /** The parts of a task's tree that hang from it, in document order: given by other streams than its own. */
  const childrenOf = (id: string, position: number, scope: Scope): readonly string[] => {
    const children = views.asOf(taskTable, { parent: id }, position).filter(({ doc }) => seesAll(doc, scope, position));
    return inDocumentOrder(children.map(({ doc }) => doc.facts)).map((child) => child.id);
  };

  const kept = new LRUCache<string, Kept>({ max: KEPT_ANSWERS });

  /**
   * An answer follows from who reads, the moment, the parent and children shown, and what the streams of the task, the roster, the
   * directive and its policies hold: it is the same until one of them changes, for all moments on the same side of every
   * instant that it was held against. What else it is made from must be named here too.
   */
  const show: TaskReader['show'] = (doc, at, scope) => {
    const { id, directive } = doc.facts;
    const { position, moment } = at;
    const children = childrenOf(id, position, scope);
    const parent = nameShown(doc.parent, sightOf(scope, position).mayRead);
    const changed = [taskStream(id), ROSTER_STREAM, directiveStream(directive), policyStream(directive)].map(
      (stream) => knowledge.lastOf(stream, position)?.position ?? 0,
    );
    // Of each day the last moment asked for is kept, so that questions about the past do not push out the present.
    const key = [scope ?? '', id, moment.day(), ...changed, parent, ...children].join(' ');
    let known = kept.get(key);
    if (known === undefined || moment.at < known.holds.from || known.holds.until <= moment.at) {
      const own = momentAt(moment.at, moment.timeZone);
      const answer = answerOf(doc, { position, moment: own }, scope, { parent, children });
      known = { answer, holds: own.holds() };
      kept.set(key, known);
    }
    moment.within(known.holds);
    return known.answer;
  };

  const factsOf: TaskReader['factsOf'] = (id, position) => {
    const doc = docAt(id, position);
    if (doc === undefined) throw new RangeError(`no task ${id} at position ${position}`);
    return knowledge.factsOfTask(doc.facts, knowledge.reportsOn(id, position), position);
  };

  const reportsSeen = ({ facts: { id } }: TaskDoc, position: number, scope: Scope): readonly ReportRow[] =>
    ownOf(knowledge.reportsOn(id, position), sightOf(scope, position));

  /** The facts of a task as far as a reader may see them: a unit is told how far it has come by its own reports. */
  const factsSeen = (doc: TaskDoc, position: number, scope: Scope): Facts =>
    knowledge.factsOfTask(doc.facts, reportsSeen(doc, position, scope), position);

  const terms: TaskReader['terms'] = (doc, deadline, { position, moment }, scope) => {
    const said = termsOf({ deadline, deadlineTerms: asPrinted(doc, moment).deadlineTerms });
    const task = taskFactsAt(doc.facts, moment);
    // Those that are judged: what had fallen due before an amendment holds is not printed any more, and stays.
    if (task.milestones.length === 0) return { ...said, milestones: [] };
    return { ...said, milestones: shownMilestones(factsFor(factsSeen(doc, position, scope), moment), task, task.milestones) };
  };

  /** A unit is told how far a task has come by its own reports, and what it owes itself. */
  const answerOf = (raw: TaskDoc, at: At, scope: Scope, { parent, children }: Relatives): TaskAnswer => {
    const { position, moment } = at;
    const doc = asPrinted(raw, moment);
    const { id } = doc.facts;
    const { isOwn } = sightOf(scope, position);
    const rows = reportsSeen(doc, position, scope);
    const known = knowledge.factsOfTask(doc.facts, rows, position);
    const facts = factsFor(known, moment);
    const task = taskFactsAt(doc.facts, moment);
    const deadline = deadlineOf(doc, at);
    const { owed, onTime, late, missing, notYetDue, awaiting } = totalsOf(judge(known, { at: moment, among: isOwn }).obligations);
    return {
      id,
      directive: task.directive,
      kind: task.kind,
      number: doc.number,
      title: doc.title,
      text: doc.text,
      sourceLine: doc.sourceLine,
      source: doc.source ?? null,
      theme: doc.theme,
      group: doc.group,
      parent,
      children: [...children],
      assignees: assigneesShown(facts, task),
      ...leadersShown(task),
      deadline,
      deadlineTerms: terms(doc, deadline, at, scope),
      originalDeadline: task.originalDeadline,
      status: statusOf(doc, at),
      revision: knowledge.lastOf(taskStream(id), position)?.revision ?? 0,
      progress: progress(facts, rows),
      measurements: measured(known, moment).map(({ measurement, figures }) => {
        const newest = figures.at(-1);
        if (newest === undefined) return measurement;
        const { value, unit, period } = newest;
        return { ...measurement, latest: { value, unit, period }, attained: attained(measurement, value) };
      }),
      standing: standings(known, moment).get(id) ?? NOTHING_REPORTED,
      compliance: { owed, onTime, late, missing, notYetDue, awaiting },
    };
  };

  const docAt = (id: string, position: number): TaskDoc | undefined => views.one(taskTable, { task: id }, position)?.doc;

  const candidates = ({ directive, unit }: TaskFilter, position: number, scope: Scope): readonly TaskDoc[] => {
    if (directive !== undefined) return views.asOf(taskTable, { directive }, position).map(({ doc }) => doc);
    const carrier = unit ?? scope;
    if (carrier !== null) return knowledge.tasksGiven(carrier, position).flatMap((id) => docAt(id, position) ?? []);
    return views.asOf(taskTable, {}, position).map(({ doc }) => doc);
  };

  const finding = createTaskFinding(knowledge);

  const list: TaskReader['list'] = (filter, at, scope) => {
    const { position } = at;
    const isFound = filter.q === undefined ? () => true : finding(filter.q, at);
    const carriedBy = (doc: TaskDoc): boolean => {
      if (filter.unit === undefined && filter.role === undefined) return true;
      const { assignments, on, ...parties } = stoodAt(doc, at);
      if (filter.unit === undefined) return assigneesOn(assignments, on).some(({ role }) => role === filter.role);
      const role = carriersOn(assignments, on, parties).units.get(filter.unit);
      return role !== undefined && (filter.role === undefined || role === filter.role);
    };
    const isDueBefore = (doc: TaskDoc, day: string): boolean => {
      const deadline = deadlineOf(doc, at);
      return deadline !== null && deadline < day;
    };
    const matches = (doc: TaskDoc): boolean =>
      (filter.directive === undefined || doc.facts.directive === filter.directive) &&
      (filter.kind === undefined || doc.facts.kind === filter.kind) &&
      (filter.theme === undefined || doc.theme?.number === filter.theme) &&
      isFound(doc) &&
      (filter.leader === undefined || isLedBy(postsIn(stoodAt(doc, at)), filter.leader)) &&
      (filter.dueBefore === undefined || isDueBefore(doc, filter.dueBefore)) &&
      (filter.status === undefined || statusOf(doc, at) === filter.status) &&
      carriedBy(doc) &&
      seesAll(doc, scope, position);
    const found = new Map(
      candidates(filter, position, scope)
        .map((doc) => asPrinted(doc, at.moment))
        .filter(matches)
        .map((doc) => [doc.facts.id, doc]),
    );
    return inDocumentOrder([...found.values()].map(({ facts }) => facts)).flatMap(({ id }) => found.get(id) ?? []);
  };

  const histories = createTaskHistories(views, store, sightOf);

  const mayRead: TaskReader['mayRead'] = (id, { position }, scope) => sightOf(scope, position).mayRead(id);

  const gaps: TaskReader['gaps'] = (doc, at) => {
    const task = stoodAt(doc, at);
    const { units, unresolved } = carriersOn(task.assignments, task.on, task);
    const signed = new Set(task.acknowledgements.map(({ unit }) => successorOn(task.units, unit, task.on)));
    return [
      ...(postsIn(task).length === 0 ? [{ kind: 'no-leader', party: null } as const] : []),
      ...(deadlineOf(doc, at) === null ? [{ kind: 'no-deadline', party: null } as const] : []),
      ...unresolved.map((party) => ({ kind: 'collective-unresolved', party }) as const),
      ...[...units.keys()].filter((unit) => !signed.has(unit)).map((party) => ({ kind: 'not-acknowledged', party }) as const),
      ...(task.plans.length === 0 ? [{ kind: 'no-plan', party: null } as const] : []),
    ];
  };

  return {
    one: (id, at, scope) => {
      const doc = docAt(id, at.position);
      return doc !== undefined && seesAll(doc, scope, at.position) ? show(doc, at, scope) : undefined;
    },
    list,
    show,
    mayRead,
    doc: docAt,
    factsOf,
    answerable: (doc, at) => {
      const { assignments, on, ...parties } = stoodAt(doc, at);
      return [...carriersOn(assignments, on, parties, ANSWERABLE).units.keys()];
    },
    leaders: (doc, at) => leadersShown(stoodAt(doc, at)),
    leadersNear: (asked, position, scope) => {
      const seen = candidates({}, position, scope).filter((doc) => seesAll(doc, scope, position));
      return leadersNear(
        seen.map(({ facts }) => facts),
        asked,
      );
    },
    terms,
    gaps,
    ...histories,
    plan: (id, n, at, scope) => {
      const found = histories.numbered(id, 'plans', n, at, scope);
      const doc = docAt(id, at.position);
      if (found === undefined || doc === undefined) return undefined;
      const facts = factsFor(factsSeen(doc, at.position, scope), at.moment);
      const task = taskFactsAt(doc.facts, at.moment);
      const planned = task.plans.find((plan) => plan.n === n)?.milestones ?? [];
      return { ...found, milestones: shownMilestones(facts, task, planned) };
    },
  };
};
