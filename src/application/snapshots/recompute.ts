import { setImmediate as nextTurn } from 'node:timers/promises';
import { millisText } from '../../kernel/clock.ts';
import { atOnce, withRests, type Pieces } from '../../kernel/pieces.ts';
import { nowAndThen } from '../../kernel/rests.ts';
import { catalogue } from '../../domain/catalogue.ts';
import type { Knowledge } from '../knowledge.ts';
import { startReplay } from '../../domain/replay.ts';
import type { EventStore } from '../../store/event-store.ts';
import { snapshotBodyInPieces, type SnapshotBody } from '../../domain/snapshots/body.ts';
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
export function* bodyInPieces(knowledge: Knowledge, store: EventStore, scope: Scope): Pieces<SnapshotBody | undefined> {
  const facts = yield* knowledge.factsInPieces(scope.directive, scope.position, scope.period === null ? undefined : [scope.period]);
  if (facts === undefined) return undefined;
  yield;
  return yield* snapshotBodyInPieces(facts, scope.period, basisOf(store, scope), scope.judge);
}

export const bodyFromViews = (knowledge: Knowledge, store: EventStore, scope: Scope): SnapshotBody | undefined =>
  atOnce(bodyInPieces(knowledge, store, scope));

const PAGE = 200;

/**
 * The same body out of the log alone: every event up to the position is read and replayed, so it does not rest
 * on what the views say. Gives way to other requests between pages.
 */
export const bodyFromLog = async (store: EventStore, scope: Scope): Promise<SnapshotBody | undefined> => {
  const replay = startReplay(scope.directive);
  const rest = nowAndThen();
  for (let after = 0; after < scope.position; after += PAGE) {
    for (const { stream, envelope } of store.readAll(after, Math.min(PAGE, scope.position - after)))
      replay.apply({ event: catalogue.fromWire(envelope.type, envelope.data), stream, receivedAt: envelope.receivedat });
    await rest();
  }
  const facts = replay.facts();
  await nextTurn();
  return facts && withRests(snapshotBodyInPieces(facts, scope.period, basisOf(store, scope), scope.judge), rest);
};
