import { inspections } from '../../projections/inspections.ts';
import { publications } from '../../projections/publications.ts';
import { registers } from '../../projections/registers.ts';
import { tasks } from '../../projections/tasks.ts';
import { catalogue } from '../domain/catalogue.ts';
import { standsFor } from '../domain/roster/state.ts';
import { everCarried } from '../domain/tasks/assignment.ts';
import type { TaskState } from '../domain/tasks/state.ts';
import { shownTo, taskShownTo, type Shown, type Surroundings, type UnitReader } from '../domain/visibility.ts';
import { tableOf } from '../projecting/projection.ts';
import type { Views } from '../projecting/views.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Knowledge } from './knowledge.ts';

/** What a reader may see, by what was known at a position. */

const taskTable = tableOf(tasks, 'task');
const extensionTable = tableOf(registers, 'extension');
const noticeTable = tableOf(publications, 'notice');
const inspectionTable = tableOf(inspections, 'inspection');

/** The unit that reads, or null for who may read everything. */
export type Scope = string | null;

/** What one reader may see at one position. */
export type Sight = UnitReader & {
  readonly shown: (event: StoredEvent) => Shown;
  /** A task's state as far as the reader may see what made it. */
  readonly task: (state: TaskState) => TaskState;
};

export type SightOf = (scope: Scope, position: number) => Sight;

/** The same answer to the same question, which is asked once. */
const once = <Value>(answer: (id: string) => Value): ((id: string) => Value) => {
  const known = new Map<string, Value>();
  return (id) => {
    if (!known.has(id)) known.set(id, answer(id));
    return known.get(id) as Value; // it was put there in the line before
  };
};

export const createSight = (views: Views, knowledge: Knowledge): SightOf => {
  const everything = (position: number): Sight => ({
    isOwn: () => true,
    mayRead: (task) => views.one(taskTable, { task }, position) !== undefined,
    shown: () => 'whole',
    task: (state) => state,
  });

  const ofUnit = (unit: string, position: number): Sight => {
    const roster = knowledge.roster(position);
    const reader: UnitReader = {
      isOwn: once((other) => standsFor(roster.units, unit, other)),
      mayRead: once((task) => {
        const doc = views.one(taskTable, { task }, position)?.doc;
        return doc !== undefined && everCarried(doc.facts.assignments, unit, roster);
      }),
    };
    const around: Surroundings = {
      asked: (task, n) => views.one(extensionTable, { task, n }, position)?.doc.unit,
      inspected: once((inspection) => views.one(inspectionTable, { inspection }, position)?.doc.units ?? []),
      named: once((notice) => {
        const doc = views.one(noticeTable, { notice }, position)?.doc;
        return doc === undefined || doc.status === 'drafted' ? [] : doc.lines.map((line) => line.unit);
      }),
    };
    return {
      ...reader,
      shown: ({ stream, envelope }) => shownTo({ stream, ...catalogue.fromWire(envelope.type, envelope.data) }, reader, around),
      task: (state) => taskShownTo(state, reader),
    };
  };

  return (scope, position) => (scope === null ? everything(position) : ofUnit(scope, position));
};
