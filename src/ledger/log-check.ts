import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { ViewsDamaged } from '../projecting/sql.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { HASH_SIZE, rootFromLeaves, TILE_WIDTH, type HashTile } from '../tlog/index.ts';
import { say, type Text } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/**
 * Reads the whole log through in the background, a tile's worth of events at a time: what was altered after the views
 * were made from it is found although nobody asks for it. The store holds each event against its own hash, and here
 * the hashes are held against the tree that was signed.
 */
export type LogCheck = {
  readonly close: () => void;
};

/** 1,000 events a second: some 3 % of a core until the end of the log is reached. */
const STEP_MILLIS = 250;
/** The next round begins a day after the last one ended. */
const REST_MILLIS = 86_400_000;

class TreeDamaged extends Told {
  constructor(position: number) {
    super(say('ledger.tree-holds-another-hash', { position }));
  }
}

export const startLogCheck = (deps: {
  readonly store: Pick<EventStore, 'readAll'>;
  /** A tile of the tree; undefined where it has none of this width. */
  readonly tile: (tile: HashTile) => Uint8Array | undefined;
  /** `tree`: the events are those that the tree was made of, by what it holds above them; its own leaves were changed. */
  readonly onFault: (reason: Text, of: 'log' | 'tree') => void;
  readonly stepMillis?: number;
}): LogCheck => {
  const { store, tile, onFault, stepMillis = STEP_MILLIS } = deps;
  let read = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Whether the hash above a full tile is that of these events. */
  const isOfTree = (events: readonly StoredEvent[]): boolean => {
    const at = read / TILE_WIDTH;
    const above =
      events.length < TILE_WIDTH ? undefined : tile({ level: 1, index: Math.floor(at / TILE_WIDTH), width: (at % TILE_WIDTH) + 1 });
    return above !== undefined && sameBytes(above.subarray(-HASH_SIZE), rootFromLeaves(events.map(({ leaf }) => leaf)));
  };

  /** Reads on, and tells whether that was the end. @throws Error */
  const advance = (): boolean => {
    const events = store.readAll(read, TILE_WIDTH);
    const signed = tile({ level: 0, index: read / TILE_WIDTH, width: events.length });
    const other = events.find(({ leaf }, at) => signed && !sameBytes(leaf, signed.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)));
    if (other !== undefined)
      throw isOfTree(events)
        ? new TreeDamaged(other.position)
        : new Told(say('ledger.another-event-than-signed', { position: other.position }));
    const isEnd = events.length < TILE_WIDTH;
    // A tile that is not full is read again from its start, in the next round.
    read = isEnd ? 0 : read + TILE_WIDTH;
    return isEnd;
  };

  const step = (): void => {
    try {
      later(advance() ? REST_MILLIS : stepMillis);
    } catch (error) {
      // Views that are damaged are built again, and say nothing against the log.
      const isOfViews = error instanceof ViewsDamaged || error instanceof TreeDamaged;
      if (isOfViews) later(stepMillis);
      if (!(error instanceof ViewsDamaged)) onFault(toldBy(error), isOfViews ? 'tree' : 'log');
    }
  };

  const later = (millis: number): void => {
    timer = setTimeout(step, millis);
    timer.unref();
  };

  later(stepMillis);
  return { close: () => clearTimeout(timer) };
};
