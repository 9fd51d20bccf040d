import { log } from '../../../projections/log.ts';
import { isBackdated } from '../../domain/backdated.ts';
import { catalogue } from '../../domain/catalogue.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import type { EventStore, StoredEvent } from '../../store/event-store.ts';
import type { HistoryItem, NumberedAnswer, ReportAnswer } from './answers.ts';
import { changesBetween, type Change } from '../../domain/tasks/changes.ts';
import { typesWith } from '../../domain/tasks/effects.ts';
import type { TaskEvent } from '../../domain/tasks/events.ts';
import { evolveTask, reportIn, taskStream, type TaskState } from '../../domain/tasks/state.ts';

/** What became of a task, event by event: read from its own stream, and from the events elsewhere that mention it. */

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
  readonly report: (task: string, report: string, at: Known) => ReportAnswer | undefined;
  readonly numbered: (task: string, what: Numbered, n: number, at: Known) => NumberedAnswer | undefined;
  /** Its own events, each of which made a version: position and record time (epoch ms), in order. */
  readonly versions: (id: string, at: Known) => readonly { readonly position: number; readonly recordedAt: number }[];
  /** Positions of all events that touch the task, in order. */
  readonly historyPositions: (id: string, at: Known) => readonly number[];
  readonly history: (id: string, at: Known, positions: ReadonlySet<number>) => readonly HistoryItem[];
};

export const createTaskHistories = (views: Views, store: EventStore): TaskHistories => {
  // The cast: a task's stream holds task events only.
  const taskEvent = ({ envelope }: StoredEvent): TaskEvent => catalogue.fromWire(envelope.type, envelope.data) as TaskEvent;

  const evolved = (state: TaskState, stored: StoredEvent): TaskState =>
    evolveTask(state, taskEvent(stored), instantMillis(stored.envelope.receivedat));

  const report: TaskHistories['report'] = (task, id, { position }) => {
    const events = store.readHistory(taskStream(task), position);
    const state = events.reduce<TaskState>(evolved, null);
    const found = state === null ? undefined : reportIn(state, id);
    if (found === undefined) return undefined;
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

  const numbered: TaskHistories['numbered'] = (task, what, n, { position }) => {
    const events = store.readHistory(taskStream(task), position);
    const found = events.reduce<TaskState>(evolved, null)?.[what][n - 1];
    if (found === undefined) return undefined;
    const own = events.flatMap((stored) => {
      const { type, data } = taskEvent(stored);
      if (!NUMBERED_EVENTS[what].includes(type) || !('n' in data) || data.n !== n) return [];
      return [{ position: stored.position, type, receivedAt: stored.envelope.receivedat, data }];
    });
    return { task, n, unit: found.unit, state: found.state, events: own, revision: events.at(-1)?.revision ?? 0 };
  };

  const historyPositions: TaskHistories['historyPositions'] = (id, { position }) => {
    const own = store.readHistory(taskStream(id), position).map((event) => event.position);
    const elsewhere = views.appended(mentionTable, { task: id }, { upTo: position }).map((row) => row.position);
    return [...own, ...elsewhere].sort((a, b) => a - b);
  };

  const item = (stored: StoredEvent, changes: HistoryItem['changes']): HistoryItem => {
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
      data,
      changes,
      leafHash: Buffer.from(stored.leaf).toString('base64'),
    };
  };

  const history: TaskHistories['history'] = (id, { position }, positions) => {
    const items: HistoryItem[] = [];
    let state: TaskState = null;
    for (const stored of store.readHistory(taskStream(id), position)) {
      const next = evolved(state, stored);
      if (positions.has(stored.position)) items.push(item(stored, [...changesBetween(state, next)]));
      state = next;
    }
    for (const { position: mentioned } of views.appended(mentionTable, { task: id }, { upTo: position })) {
      const stored = positions.has(mentioned) ? store.at(mentioned) : undefined;
      if (stored !== undefined) items.push(item(stored, []));
    }
    return items.sort((a, b) => a.position - b.position);
  };

  const changes: TaskHistories['changes'] = (id, from, to) => {
    let before: TaskState = null;
    let after: TaskState = null;
    for (const stored of store.readHistory(taskStream(id), to)) {
      after = evolved(after, stored);
      if (stored.position <= from) before = after;
    }
    return changesBetween(before, after);
  };

  const versions: TaskHistories['versions'] = (id, { position }) =>
    store.readHistory(taskStream(id), position).map((event) => ({ position: event.position, recordedAt: event.recordedAt }));

  return { changes, report, numbered, versions, historyPositions, history };
};
