import { LRUCache } from 'lru-cache';
import { tasks, type ReportRow, type TaskDoc } from '../../../projections/tasks.ts';
import { millisText } from '../../kernel/clock.ts';
import { foldText } from '../../kernel/json.ts';
import { totalsOf } from '../../domain/compliance/board.ts';
import { inDocumentOrder, type Facts } from '../../domain/compliance/facts.ts';
import { judge } from '../../domain/compliance/judge.ts';
import type { Knowledge, RosterKnown } from '../knowledge.ts';
import { measured, NOTHING_REPORTED, standings } from '../../domain/compliance/progress.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import { directiveStream, policyStream } from '../../domain/directives/state.ts';
import { membersOn, ROSTER_STREAM, successorOn, type NameInterval } from '../../domain/roster/state.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { TaskAnswer } from './answers.ts';
import { assigneesOn, carriersOn, everCarried } from '../../domain/tasks/assignment.ts';
import { attained } from '../../domain/tasks/attainment.ts';
import { createTaskHistories, type TaskHistories } from './histories.ts';
import { termsOf } from '../../domain/tasks/deadline-terms.ts';
import { postsOf } from '../../domain/tasks/leaders.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { ownOf } from '../../domain/visibility.ts';
import type { Scope, SightOf } from '../visibility.ts';

/** Reading tasks as of a position, judged on a day, for a reader who may see all or one unit's. */

const taskTable = tableOf(tasks, 'task');
const statusTable = tableOf(tasks, 'status');

/** Answers kept in memory, of some 3 KB each. */
const KEPT_ANSWERS = 2_000;

export type At = { readonly position: number; readonly on: string };

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
  /** In document order. */
  readonly list: (filter: TaskFilter, at: At, scope: Scope) => readonly TaskDoc[];
  readonly show: (doc: TaskDoc, at: At, scope: Scope) => TaskAnswer;
  /** Whether a reader may know of the task at all. */
  readonly mayRead: (id: string, at: At, scope: Scope) => boolean;
  readonly doc: (id: string, position: number) => TaskDoc | undefined;
  /** The facts that compliance on one task is judged from. The task must exist at the position. */
  readonly factsOf: (task: string, position: number) => Facts;
  /** Units that lead or answer for it on the day. */
  readonly answerable: (doc: TaskDoc, at: At) => readonly string[];
  /** What is missing to hold anybody to it. */
  readonly gaps: (doc: TaskDoc, at: At) => readonly Gap[];
};

const nameOn = (names: readonly NameInterval[], day: string): string | undefined =>
  (names.findLast(({ from }) => from === null || from <= day) ?? names[0])?.name;

export const createTaskReader = (views: Views, store: EventStore, knowledge: Knowledge, sightOf: SightOf): TaskReader => {
  const seesAll = (doc: TaskDoc, scope: Scope, roster: RosterKnown): boolean =>
    scope === null || everCarried(doc.facts.assignments, scope, roster);

  const assigneesShown = (doc: TaskDoc, { on }: At, { units, collectives }: RosterKnown): TaskAnswer['assignees'] =>
    assigneesOn(doc.facts.assignments, on).map(({ role, party, kind }) =>
      kind === 'unit'
        ? { role, party, kind, name: nameOn(units.get(party)?.names ?? [], on) ?? party, ...succeeded(units, party, on) }
        : {
            role,
            party,
            kind,
            name: collectives.get(party)?.name ?? party,
            members: membersOn(collectives.get(party)?.memberships ?? [], on),
          },
    );

  const succeeded = (units: RosterKnown['units'], party: string, on: string): { readonly succeededBy?: string } => {
    const successor = successorOn(units, party, on);
    return successor === party ? {} : { succeededBy: successor };
  };

  const progress = (reports: readonly ReportRow[]): TaskAnswer['progress'] => {
    const last = reports.reduce<ReportRow | undefined>(
      (newest, row) => (newest === undefined || row.submitted > newest.submitted ? row : newest),
      undefined,
    );
    if (last === undefined) return { lastReport: null };
    const lastReport = { unit: last.unit, period: last.period, receivedAt: millisText(last.submissions[0]?.receivedAt ?? 0) };
    return last.percent === null ? { lastReport } : { percent: last.percent, lastReport };
  };

  /** The parts of a task's tree that hang from it, in document order: given by other streams than its own. */
  const childrenOf = (id: string, position: number, scope: Scope): readonly string[] => {
    const roster = knowledge.roster(position);
    const children = views.asOf(taskTable, { parent: id }, position).filter(({ doc }) => seesAll(doc, scope, roster));
    return inDocumentOrder(children.map(({ doc }) => doc.facts)).map((child) => child.id);
  };

  const kept = new LRUCache<string, TaskAnswer>({ max: KEPT_ANSWERS });

  /**
   * An answer follows from who reads, the day, the children, and what the streams of the task, the roster, the directive
   * and its policies hold: it is the same until one of them changes. What else it is made from must be named here too.
   */
  const show: TaskReader['show'] = (doc, at, scope) => {
    const { id, directive } = doc.facts;
    const children = childrenOf(id, at.position, scope);
    const changed = [taskStream(id), ROSTER_STREAM, directiveStream(directive), policyStream(directive)].map(
      (stream) => knowledge.lastOf(stream, at.position)?.position ?? 0,
    );
    const key = [scope ?? '', id, at.on, ...changed, ...children].join(' ');
    const known = kept.get(key);
    if (known !== undefined) return known;
    const answer = answerOf(doc, at, scope, children);
    kept.set(key, answer);
    return answer;
  };

  /** A unit is told how far a task has come by its own reports, and what it owes itself. */
  const answerOf = (doc: TaskDoc, at: At, scope: Scope, children: readonly string[]): TaskAnswer => {
    // What is shown of a task as its document has it goes through whole.
    const { facts, acknowledgedBy: _, ...shown } = doc;
    const { position, on } = at;
    const { isOwn } = sightOf(scope, position);
    const reports = ownOf(knowledge.reportsOn(facts.id, position), { isOwn });
    const known = knowledge.factsOfTask(facts, reports, position);
    const { obligations } = judge(known, { on, kinds: ['monthly', 'annual', 'deadline'], among: isOwn });
    const { owed, onTime, late, missing, notYetDue } = totalsOf(obligations);
    return {
      id: facts.id,
      directive: facts.directive,
      kind: facts.kind,
      ...shown,
      leaderPosts: postsOf(doc),
      deadlineTerms: termsOf(doc),
      children,
      assignees: assigneesShown(doc, at, knowledge.roster(position)),
      originalDeadline: facts.originalDeadline,
      status: views.one(statusTable, { task: facts.id }, position)?.doc.status ?? 'assigned',
      revision: knowledge.lastOf(taskStream(facts.id), position)?.revision ?? 0,
      progress: progress(reports),
      measurements: measured(known, on).map(({ measurement, figures }) => {
        const newest = figures.at(-1);
        if (newest === undefined) return measurement;
        const { value, unit, period } = newest;
        return { ...measurement, latest: { value, unit, period }, attained: attained(measurement, value) };
      }),
      standing: standings(known, on).get(facts.id) ?? NOTHING_REPORTED,
      compliance: { owed, onTime, late, missing, notYetDue },
    };
  };

  const docAt = (id: string, position: number): TaskDoc | undefined => views.one(taskTable, { task: id }, position)?.doc;

  const candidates = ({ directive, unit }: TaskFilter, position: number, scope: Scope): readonly TaskDoc[] => {
    if (directive !== undefined) return views.asOf(taskTable, { directive }, position).map(({ doc }) => doc);
    const carrier = unit ?? scope;
    if (carrier !== null) return knowledge.tasksGiven(carrier, position).flatMap((id) => docAt(id, position) ?? []);
    return views.asOf(taskTable, {}, position).map(({ doc }) => doc);
  };

  const list: TaskReader['list'] = (filter, { position, on }, scope) => {
    const roster = knowledge.roster(position);
    const words = filter.q === undefined ? undefined : foldText(filter.q);
    const carriedBy = (doc: TaskDoc): boolean => {
      if (filter.unit === undefined && filter.role === undefined) return true;
      const { units } = carriersOn(doc.facts.assignments, on, roster);
      const named = assigneesOn(doc.facts.assignments, on);
      if (filter.unit === undefined) return named.some(({ role }) => role === filter.role);
      const role = units.get(filter.unit);
      return role !== undefined && (filter.role === undefined || role === filter.role);
    };
    const matches = (doc: TaskDoc): boolean =>
      (filter.directive === undefined || doc.facts.directive === filter.directive) &&
      (filter.kind === undefined || doc.facts.kind === filter.kind) &&
      (filter.leader === undefined || doc.leaders.includes(filter.leader)) &&
      (filter.theme === undefined || doc.theme?.number === filter.theme) &&
      (filter.dueBefore === undefined || (doc.deadline !== null && doc.deadline < filter.dueBefore)) &&
      (words === undefined || foldText(doc.title).includes(words) || foldText(doc.text).includes(words)) &&
      (filter.status === undefined || views.one(statusTable, { task: doc.facts.id }, position)?.doc.status === filter.status) &&
      carriedBy(doc) &&
      seesAll(doc, scope, roster);
    const found = new Map(
      candidates(filter, position, scope)
        .filter(matches)
        .map((doc) => [doc.facts.id, doc]),
    );
    return inDocumentOrder([...found.values()].map(({ facts }) => facts)).flatMap(({ id }) => found.get(id) ?? []);
  };

  const mayRead: TaskReader['mayRead'] = (id, { position }, scope) => sightOf(scope, position).mayRead(id);

  const gaps: TaskReader['gaps'] = (doc, { position, on }) => {
    const roster = knowledge.roster(position);
    const { units, unresolved } = carriersOn(doc.facts.assignments, on, roster);
    const signed = new Set(doc.acknowledgedBy.map((unit) => successorOn(roster.units, unit, on)));
    return [
      ...(postsOf(doc).length === 0 ? [{ kind: 'no-leader', party: null } as const] : []),
      ...(doc.deadline === null ? [{ kind: 'no-deadline', party: null } as const] : []),
      ...unresolved.map((party) => ({ kind: 'collective-unresolved', party }) as const),
      ...[...units.keys()].filter((unit) => !signed.has(unit)).map((party) => ({ kind: 'not-acknowledged', party }) as const),
      ...(doc.facts.plans.length === 0 ? [{ kind: 'no-plan', party: null } as const] : []),
    ];
  };

  return {
    one: (id, at, scope) => {
      const doc = docAt(id, at.position);
      return doc !== undefined && seesAll(doc, scope, knowledge.roster(at.position)) ? show(doc, at, scope) : undefined;
    },
    list,
    show,
    mayRead,
    doc: docAt,
    factsOf: (id, position) => {
      const doc = docAt(id, position);
      if (doc === undefined) throw new RangeError(`no task ${id} at position ${position}`);
      return knowledge.factsOfTask(doc.facts, knowledge.reportsOn(id, position), position);
    },
    answerable: (doc, { position, on }) => [
      ...carriersOn(doc.facts.assignments, on, knowledge.roster(position), ['lead', 'responsible']).units.keys(),
    ],
    gaps,
    ...createTaskHistories(views, store, sightOf),
  };
};
