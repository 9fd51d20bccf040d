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

/** Up to which position, and what had been received by when. */
type Reached = Pick<Moment, 'reached'>;
type Known = { readonly position: number; readonly moment: Reached };

export type TaskHistories = {
  /** What changed in a task between two positions. */
  readonly changes: (id: string, from: number, to: number) => readonly Change[];
  readonly report: (task: string, report: string, at: Known, scope: Scope) => ReportAnswer | undefined;
  readonly numbered: (task: string, what: Numbered, n: number, at: Known, scope: Scope) => NumberedAnswer | undefined;
  /** What a report said in words at a moment; undefined where nothing of it had been received. */
  readonly narrative: (task: string, report: string, at: Known) => string | undefined;
  /** Its own events, each of which made a version: position and record time (epoch ms), in order. */
  readonly versions: (
    id: string,
    at: Pick<Known, 'position'>,
    scope: Scope,
  ) => readonly { readonly position: number; readonly recordedAt: number }[];
  /** Positions of all events that touch the task and had been received, in order; its assignment counts whenever it was. */
  readonly historyPositions: (id: string, at: Known, scope: Scope) => readonly number[];
  readonly history: (id: string, at: Known, scope: Scope, positions: ReadonlySet<number>) => readonly HistoryItem[];
};

export const createTaskHistories = (views: Views, store: EventStore, sightOf: SightOf): TaskHistories => {
  // The cast: a task's stream holds task events only.
  const taskEvent = ({ envelope }: StoredEvent): TaskEvent => catalogue.fromWire(envelope.type, envelope.data) as TaskEvent;
  const evolve = (state: TaskState, stored: StoredEvent): TaskState =>
    evolveTask(state, taskEvent(stored), instantMillis(stored.envelope.receivedat));

  const isReached = ({ envelope }: StoredEvent, { reached }: Reached): boolean => reached(instantMillis(envelope.receivedat));

  /**
   * The events of a task that are about one thing in it, as far as received, and the state without what of it was not:
   * undefined where the first of them, which began it, had not been received.
   */
  const about = (task: string, isAbout: (event: TaskEvent) => boolean, { position, moment }: Known) => {
    const events = store.readHistory(taskStream(task), position);
    const own = events.filter((stored) => isAbout(taskEvent(stored)));
    const [first] = own;
    if (first === undefined || !isReached(first, moment)) return undefined;
    const unreached = new Set(own.filter((stored) => !isReached(stored, moment)));
    return {
      own: own.filter((stored) => !unreached.has(stored)),
      state: events.filter((stored) => !unreached.has(stored)).reduce(evolve, null),
      revision: events.at(-1)?.revision ?? 0,
    };
  };

  const report: TaskHistories['report'] = (task, id, at, scope) => {
    const known = about(task, ({ data }) => 'report' in data && data.report === id, at);
    const found = known?.state == null ? undefined : reportIn(known.state, id);
    if (known === undefined || found === undefined || !sightOf(scope, at.position).isOwn(found.unit)) return undefined;
    const versions = known.own.map((stored) => {
      const { data, type } = taskEvent(stored);
      return { position: stored.position, type, receivedAt: stored.envelope.receivedat, reason: 'reason' in data ? data.reason : null };
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
      revision: known.revision,
    };
  };

  const numbered: TaskHistories['numbered'] = (task, what, n, at, scope) => {
    const known = about(task, ({ type, data }) => NUMBERED_EVENTS[what].includes(type) && 'n' in data && data.n === n, at);
    const found = known?.state?.[what][n - 1];
    if (known === undefined || found === undefined || !sightOf(scope, at.position).isOwn(found.unit)) return undefined;
    const events = known.own.map((stored) => {
      const { type, data } = taskEvent(stored);
      return { position: stored.position, type, receivedAt: stored.envelope.receivedat, data };
    });
    return { task, n, unit: found.unit, state: found.state, events, revision: known.revision };
  };

  const narrative: TaskHistories['narrative'] = (task, id, { position, moment }) =>
    store
      .readHistory(taskStream(task), position)
      .filter((stored) => isReached(stored, moment))
      .map(taskEvent)
      .reduce<string | undefined>((said, event) => {
        if (event.type === 'ReportSubmitted' && event.data.report === id) return event.data.narrative;
        return event.type === 'ReportAmended' && event.data.report === id ? (event.data.changes.narrative ?? said) : said;
      }, undefined);

  const mentions = (id: string, { position }: Pick<Known, 'position'>): readonly StoredEvent[] =>
    views.appended(mentionTable, { task: id }, { upTo: position }).flatMap((row) => store.at(row.position) ?? []);

  const historyPositions: TaskHistories['historyPositions'] = (id, { position, moment }, scope) => {
    const { shown } = sightOf(scope, position);
    const [assigned, ...later] = [...store.readHistory(taskStream(id), position), ...mentions(id, { position })];
    return [...(assigned === undefined ? [] : [assigned]), ...later.filter((event) => isReached(event, moment))]
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
