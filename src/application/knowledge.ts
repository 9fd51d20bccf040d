import { foldText } from '../kernel/json.ts';
import { LRUCache } from 'lru-cache';
import { directives, type DirectiveDoc } from '../../projections/directives.ts';
import { log } from '../../projections/log.ts';
import { roster } from '../../projections/roster.ts';
import { factsOfReport, tasks, type ReportRow } from '../../projections/tasks.ts';
import { tableOf } from '../projecting/projection.ts';
import type { Views } from '../projecting/views.ts';
import { directiveStream, policyStream } from '../domain/directives/state.ts';
import { ROSTER_STREAM, standsFor, type Collective, type Unit } from '../domain/roster/state.ts';
import { everCarried } from '../domain/tasks/assignment.ts';
import { byTask, inDocumentOrder, type Facts, type TaskFacts } from '../domain/compliance/facts.ts';
import { periodsOf, type AdoptedPolicy } from '../domain/directives/schedule.ts';
import { atOnce, eachInPieces, type Pieces } from '../kernel/pieces.ts';
import type { Period } from '../kernel/periods.ts';

/**
 * What was known at a position, read from the views. What changes rarely (the roster, a directive, its policies)
 * is kept by the position of its last change, so that a report filed since does not make it be read again.
 */

const eventTable = tableOf(log, 'event');
const unitTable = tableOf(roster, 'unit');
const collectiveTable = tableOf(roster, 'collective');
const directiveTable = tableOf(directives, 'directive');
const policyTable = tableOf(directives, 'policy');
const taskTable = tableOf(tasks, 'task');
const assigneeTable = tableOf(tasks, 'assignee');
const reportTable = tableOf(tasks, 'report');

export type RosterKnown = { readonly units: ReadonlyMap<string, Unit>; readonly collectives: ReadonlyMap<string, Collective> };

export type Knowledge = {
  /** The stream's last event at or before a position. */
  readonly lastOf: (stream: string, position: number) => { readonly position: number; readonly revision: number } | undefined;
  readonly roster: (position: number) => RosterKnown;
  readonly directive: (id: string, position: number) => DirectiveDoc | undefined;
  /** Ids of all directives known. */
  readonly directives: (position: number) => readonly string[];
  /** Ids of those that have a printed number or a title, whatever the width of its brackets and blanks. */
  readonly directivesCalled: (name: string, position: number) => readonly string[];
  /** The zone of a directive's days. */
  readonly timeZone: (directive: string, position: number) => string;
  readonly policies: (directive: string, position: number) => readonly AdoptedPolicy[];
  /** Ids of the tasks that a unit was ever given, by name, by one that it has taken over, or as a member of a collective. */
  readonly tasksGiven: (unit: string, position: number) => readonly string[];
  readonly reportsOn: (task: string, position: number) => readonly ReportRow[];
  /** Facts of a directive, with the reports of some periods or of all that are demanded; undefined where it is not known. */
  readonly facts: (directive: string, position: number, periods?: readonly Period[]) => Facts | undefined;
  readonly factsInPieces: (directive: string, position: number, periods?: readonly Period[]) => Pieces<Facts | undefined>;
  /**
   * Facts of every directive, or of one, with only the tasks that a unit, or one that it has taken over, was ever
   * given, and all their reports: the cost follows the unit's own tasks. In the order of directives.
   */
  readonly factsOfUnit: (unit: string, position: number, directive?: string) => readonly Facts[];
  /** Facts of one task, with the reports given. */
  readonly factsOfTask: (task: TaskFacts, reports: readonly ReportRow[], position: number) => Facts;
};

/** Parties by which a unit is given tasks: itself, those that it has taken over, and every collective that ever counted one of them. */
const partiesOf = (unit: string, { units, collectives }: RosterKnown): readonly string[] => {
  const own = new Set([unit, ...[...units.keys()].filter((other) => standsFor(units, unit, other))]);
  const counting = [...collectives.values()].filter(({ memberships }) =>
    memberships.some(({ members }) => members.some((member) => own.has(member))),
  );
  return [...own, ...counting.map(({ id }) => id)];
};

const reportsIn = (rows: readonly ReportRow[]): Facts['reports'] => byTask(rows.map(factsOfReport));

/** Versions of rarely changing things that are kept in memory. */
const KEPT = 256;
/** Reports and tasks in the facts that are kept of whole directives, by position and periods: the boards of a year. */
const KEPT_FACTS = 200_000;
/** Streams whose last change is kept. */
const KEPT_STREAMS = 10_000;

/** A stream's last event at or before the positions from its own up to `upTo`. */
type Last = { readonly position: number; readonly revision: number; readonly upTo: number };

export const createKnowledge = (views: Views): Knowledge => {
  const kept = new LRUCache<string, { readonly value: unknown }>({ max: KEPT });
  const lasts = new LRUCache<string, Last>({ max: KEPT_STREAMS });
  const keptFacts = new LRUCache<string, Facts>({
    maxSize: KEPT_FACTS,
    sizeCalculation: (facts) => 1 + facts.tasks.length + facts.reports.values().reduce((sum, of) => sum + of.length, 0),
  });
  let readFrom = views.database();
  /** What was read from a file that was since replaced may have been damaged there: nothing of it is kept. */
  const ofThisFile = <Value extends object>(cache: LRUCache<string, Value>): LRUCache<string, Value> => {
    const present = views.database();
    if (present !== readFrom) {
      for (const each of [kept, lasts, keptFacts]) each.clear();
      readFrom = present;
    }
    return cache;
  };

  const lastOf: Knowledge['lastOf'] = (stream, position) => {
    const known = ofThisFile(lasts).get(stream);
    if (known !== undefined && known.position <= position && position <= known.upTo) return known;
    const found = views.appended(eventTable, { stream }, { upTo: position, newestFirst: true, limit: 1 })[0];
    if (found === undefined) return undefined;
    const last = { position: found.position, revision: found.revision, upTo: position };
    lasts.set(stream, last);
    return last;
  };

  /** `read` as of the stream's last change at or before the position: the same until it changes again. */
  const sinceChange = <Value>(stream: string, position: number, read: (changed: number) => Value): Value => {
    const changed = lastOf(stream, position)?.position ?? 0;
    const key = `${stream}@${changed}`;
    const known = ofThisFile(kept).get(key);
    // Each stream is read by one `read`, so what is kept under it has its type.
    if (known !== undefined) return known.value as Value;
    const value = read(changed);
    kept.set(key, { value });
    return value;
  };

  const rosterKnown: Knowledge['roster'] = (position) =>
    sinceChange(ROSTER_STREAM, position, (changed) => ({
      units: new Map(views.asOf(unitTable, {}, changed).map(({ unit, doc }) => [unit, doc])),
      collectives: new Map(views.asOf(collectiveTable, {}, changed).map(({ collective, doc }) => [collective, doc])),
    }));

  const directive: Knowledge['directive'] = (id, position) =>
    sinceChange(directiveStream(id), position, (changed) => views.one(directiveTable, { directive: id }, changed)?.doc);

  const policies: Knowledge['policies'] = (id, position) =>
    sinceChange(policyStream(id), position, (changed) =>
      views
        .asOf(policyTable, { directive: id }, changed)
        .map(({ doc }) => doc)
        .toSorted((a, b) => a.version - b.version),
    );

  /** A directive's tasks in document order. */
  const tasksOf = (id: string, position: number): readonly TaskFacts[] =>
    inDocumentOrder(views.asOf(taskTable, { directive: id }, position).map(({ doc }) => doc.facts));

  const timeZone: Knowledge['timeZone'] = (id, position) => directive(id, position)?.timeZone ?? 'Asia/Shanghai';

  const shared = (id: string, position: number) => ({
    directive: id,
    timeZone: timeZone(id, position),
    policies: policies(id, position),
    ...rosterKnown(position),
  });

  const reportsOn: Knowledge['reportsOn'] = (task, position) => views.asOf(reportTable, { task }, position);

  const tasksGiven: Knowledge['tasksGiven'] = (unit, position) => {
    const ids = partiesOf(unit, rosterKnown(position)).flatMap((party) =>
      views.asOf(assigneeTable, { party }, position).map(({ task }) => task),
    );
    return [...new Set(ids)];
  };

  function* factsInPieces(id: string, position: number, periods?: readonly Period[]): Pieces<Facts | undefined> {
    const key = [id, position, ...(periods ?? ['all'])].join(' ');
    const known = ofThisFile(keptFacts).get(key);
    if (known !== undefined) return known;
    if (directive(id, position) === undefined) return undefined;
    const own = tasksOf(id, position);
    yield;
    const common = shared(id, position);
    const rows = yield* eachInPieces(periods ?? periodsOf(common.policies), (period) =>
      views.asOf(reportTable, { directive: id, period }, position),
    );
    const facts = { ...common, tasks: own, reports: reportsIn(rows.flat()) };
    keptFacts.set(key, facts);
    return facts;
  }

  return {
    lastOf,
    roster: rosterKnown,
    tasksGiven,
    directive,
    timeZone,
    directives: (position) => views.asOf(directiveTable, {}, position).map((row) => row.directive),
    directivesCalled: (name, position) => {
      const wanted = foldText(name);
      const isCalled = ({ number, title }: DirectiveDoc): boolean => [number, title].some((text) => foldText(text) === wanted);
      return views.asOf(directiveTable, {}, position).flatMap((row) => (isCalled(row.doc) ? [row.directive] : []));
    },
    policies,
    reportsOn,
    factsOfUnit: (unit, position, only) => {
      // What a unit was ever given grows with the years; where one directive is asked about, its own tasks are fewer.
      const given =
        only === undefined
          ? tasksGiven(unit, position).flatMap((task) => views.one(taskTable, { task }, position)?.doc.facts ?? [])
          : tasksOf(only, position).filter(({ assignments }) => everCarried(assignments, unit, rosterKnown(position)));
      const byDirective = Map.groupBy(given, ({ directive: of }) => of);
      return [...byDirective.keys()]
        .filter((id) => directive(id, position) !== undefined)
        .sort()
        .map((id) => {
          const own = inDocumentOrder(byDirective.get(id) ?? []);
          return { ...shared(id, position), tasks: own, reports: reportsIn(own.flatMap((task) => reportsOn(task.id, position))) };
        });
    },
    factsInPieces,
    facts: (id, position, periods) => atOnce(factsInPieces(id, position, periods)),
    factsOfTask: (task, reports, position) => ({ ...shared(task.directive, position), tasks: [task], reports: reportsIn(reports) }),
  };
};
