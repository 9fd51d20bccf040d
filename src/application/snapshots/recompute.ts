import { setImmediate as nextTurn } from 'node:timers/promises';
import { millisText } from '../../kernel/clock.ts';
import { catalogue } from '../../domain/catalogue.ts';
import type { Knowledge } from '../knowledge.ts';
import { replayFacts, type Replayed } from '../../domain/replay.ts';
import type { EventStore } from '../../store/event-store.ts';
import { snapshotBody, type SnapshotBody } from '../../domain/snapshots/body.ts';
import type { SnapshotEvent } from '../../domain/snapshots/events.ts';

type Taken = SnapshotEvent['data'];

/** What a snapshot is of, and by which version of the rules. */
export type Scope = Pick<Taken, 'directive' | 'period' | 'position' | 'on' | 'at' | 'timeZone' | 'judge'>;

const basisOf = (store: EventStore, { position, on, at, timeZone }: Scope): SnapshotBody['basis'] => {
  const recordedAt = store.at(position)?.recordedAt;
  return {
    position,
    recordedAt: recordedAt === undefined ? null : millisText(recordedAt),
    on,
    ...(at === undefined ? {} : { at }),
    timeZone,
  };
};

/** The body out of the views; undefined where the directive was not known at the position. */
export const bodyFromViews = (knowledge: Knowledge, store: EventStore, scope: Scope): SnapshotBody | undefined => {
  const facts = knowledge.facts(scope.directive, scope.position, scope.period === null ? undefined : [scope.period]);
  return facts && snapshotBody(facts, scope.period, basisOf(store, scope), scope.judge);
};

const PAGE = 1_000;

/**
 * The same body out of the log alone: every event up to the position is read and replayed, so it does not rest
 * on what the views say. Gives way to other requests between pages.
 */
export const bodyFromLog = async (store: EventStore, scope: Scope): Promise<SnapshotBody | undefined> => {
  const events: Replayed[] = [];
  for (let after = 0; after < scope.position; after += PAGE) {
    for (const { stream, envelope } of store.readAll(after, Math.min(PAGE, scope.position - after)))
      events.push({ event: catalogue.fromWire(envelope.type, envelope.data), stream, receivedAt: envelope.receivedat });
    await nextTurn();
  }
  const facts = replayFacts(scope.directive, events);
  return facts && snapshotBody(facts, scope.period, basisOf(store, scope), scope.judge);
};
