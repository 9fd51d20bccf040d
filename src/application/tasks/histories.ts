import { log } from '../../../projections/log.ts';
import { isBackdated } from '../../domain/backdated.ts';
import { catalogue } from '../../domain/catalogue.ts';
import { instantMillis } from '../../kernel/clock.ts';
import type { Moment } from '../../kernel/moment.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import type { EventStore, StoredEvent } from '../../store/event-store.ts';
import type { Shown } from '../../domain/visibility.ts';
import type { Scope, SightOf } from '../visibility.ts';
import type { HistoryItem, NumberedAnswer, ReportAnswer } from './answers.ts';
import { changesBetween, type Change } from '../../domain/tasks/changes.ts';
import { typesWith } from '../../domain/tasks/effects.ts';
import type { TaskEvent } from '../../domain/tasks/events.ts';
import { evolveTask, reportIn, taskStream, type TaskState } from '../../domain/tasks/state.ts';

/**
 * What became of a task, event by event: read from its own stream, and from the events elsewhere that mention it. A reader
 * gets what it may see of each.
 */

const mentionTable = tableOf(log, 'mention');

/** What counts from 1 in a task. */
export type Numbered = 'plans' | 'extensions' | 'claims';

/** The events that make or settle each. */
const NUMBERED_EVENTS: Readonly<Record<Numbered, readonly string[]>> = {
  plans: typesWith('counted', 'plans'),
  extensions: typesWith('counted', 'extensions'),
  claims: typesWith('counted', 'claims'),
};

/** Up to which position; a history has no day that is judged. */
type Known = { readonly position: number };

export type TaskHistories = {
  /** What changed in a task between two positions. */
  readonly changes: (id: string, from: number, to: number) => readonly Change[];
  readonly report: (task: string, report: string, at: Known, scope: Scope) => ReportAnswer | undefined;
  readonly numbered: (task: string, what: Numbered, n: number, at: Known, scope: Scope) => NumberedAnswer | undefined;
  /** What a report said in words at a moment; undefined where nothing of it had been received. */
  readonly narrative: (task: string, report: string, at: Known & { readonly moment: Moment }) => string | undefined;
  /** Its own events, each of which made a version: position and record time (epoch ms), in order. */
  readonly versions: (id: string, at: Known, scope: Scope) => readonly { readonly position: number; readonly recordedAt: number }[];
  /** Positions of all events that touch the task, in order. */
  readonly historyPositions: (id: string, at: Known, scope: Scope) => readonly number[];
  readonly history: (id: string, at: Known, scope: Scope, positions: ReadonlySet<number>) => readonly HistoryItem[];
};

export const createTaskHistories = (views: Views, store: EventStore, sightOf: SightOf): TaskHistories => {
  // The cast: a task's stream holds task events only.
  const taskEvent = ({ envelope }: StoredEvent): TaskEvent => catalogue.fromWire(envelope.type, envelope.data) as TaskEvent;
  const evolve = (state: TaskState, stored: StoredEvent): TaskState =>
    evolveTask(state, taskEvent(stored), instantMillis(stored.envelope.receivedat));

  const report: TaskHistories['report'] = (task, id, { position }, scope) => {
    const events = store.readHistory(taskStream(task), position);
    const state = events.reduce(evolve, null);
    const found = state === null ? undefined : reportIn(state, id);
    if (found === undefined || !sightOf(scope, position).isOwn(found.unit)) return undefined;
    const versions = events.flatMap((stored) => {
      const { data, type } = taskEvent(stored);
      if (!('report' in data) || data.report !== id) return [];
      return [{ position: stored.position, type, receivedAt: stored.envelope.receivedat, reason: 'reason' in data ? data.reason : null }];
    });
    return {
      id,
      task,
      unit: found.unit,
      period: found.period,
      duty: found.duty ?? null,
      state: found.state,
      ...found.body,
      versions,
      revision: events.at(-1)?.revision ?? 0,
    };
  };

  const numbered: TaskHistories['numbered'] = (task, what, n, { position }, scope) => {
    const events = store.readHistory(taskStream(task), position);
    const found = events.reduce(evolve, null)?.[what][n - 1];
    if (found === undefined || !sightOf(scope, position).isOwn(found.unit)) return undefined;
    const own = events.flatMap((stored) => {
      const { type, data } = taskEvent(stored);
      if (!NUMBERED_EVENTS[what].includes(type) || !('n' in data) || data.n !== n) return [];
      return [{ position: stored.position, type, receivedAt: stored.envelope.receivedat, data }];
    });
    return { task, n, unit: found.unit, state: found.state, events: own, revision: events.at(-1)?.revision ?? 0 };
  };

  const narrative: TaskHistories['narrative'] = (task, id, { position, moment }) =>
    store
      .readHistory(taskStream(task), position)
      .filter(({ envelope }) => moment.reached(instantMillis(envelope.receivedat)))
      .map(taskEvent)
      .reduce<string | undefined>((said, event) => {
        if (event.type === 'ReportSubmitted' && event.data.report === id) return event.data.narrative;
        return event.type === 'ReportAmended' && event.data.report === id ? (event.data.changes.narrative ?? said) : said;
      }, undefined);

  const mentions = (id: string, { position }: Known): readonly StoredEvent[] =>
    views.appended(mentionTable, { task: id }, { upTo: position }).flatMap((row) => store.at(row.position) ?? []);

  const historyPositions: TaskHistories['historyPositions'] = (id, { position }, scope) => {
    const { shown } = sightOf(scope, position);
    return [...store.readHistory(taskStream(id), position), ...mentions(id, { position })]
      .filter((event) => shown(event) !== 'nothing')
      .map((event) => event.position)
      .sort((a, b) => a - b);
  };

  const item = (stored: StoredEvent, shown: Exclude<Shown, 'nothing'>, changes: HistoryItem['changes']): HistoryItem => {
    const { id, type, subject, actor, occurredat, receivedat, time, basis, data } = stored.envelope;
    return {
      position: stored.position,
      id,
      type,
      subject,
      actor,
      occurredAt: occurredat ?? null,
      receivedAt: receivedat,
      recordedAt: time,
      backdated: isBackdated({ basis, receivedAt: instantMillis(receivedat), recordedAt: stored.recordedAt }),
      basis: basis ?? null,
      data: shown === 'whole' ? data : shown.redacted,
      redacted: shown !== 'whole',
      changes,
      leafHash: Buffer.from(stored.leaf).toString('base64'),
    };
  };

  const history: TaskHistories['history'] = (id, { position }, scope, positions) => {
    const sight = sightOf(scope, position);
    const items: HistoryItem[] = [];
    const add = (stored: StoredEvent, changes: () => HistoryItem['changes']): void => {
      const shown = positions.has(stored.position) ? sight.shown(stored) : 'nothing';
      if (shown !== 'nothing') items.push(item(stored, shown, changes()));
    };
    let state: TaskState = null;
    for (const stored of store.readHistory(taskStream(id), position)) {
      const before = state;
      const after = evolve(before, stored);
      add(stored, () => [...changesBetween(sight.task(before), sight.task(after))]);
      state = after;
    }
    for (const stored of mentions(id, { position })) add(stored, () => []);
    return items.sort((a, b) => a.position - b.position);
  };

  const changes: TaskHistories['changes'] = (id, from, to) => {
    let before: TaskState = null;
    let after: TaskState = null;
    for (const stored of store.readHistory(taskStream(id), to)) {
      after = evolve(after, stored);
      if (stored.position <= from) before = after;
    }
    return changesBetween(before, after);
  };

  const versions: TaskHistories['versions'] = (id, { position }, scope) => {
    const { shown } = sightOf(scope, position);
    return store
      .readHistory(taskStream(id), position)
      .filter((event) => shown(event) !== 'nothing')
      .map((event) => ({ position: event.position, recordedAt: event.recordedAt }));
  };

  return { changes, report, narrative, numbered, versions, historyPositions, history };
};
