import type { EventStore } from '../store/event-store.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { HASH_SIZE, TILE_WIDTH, type HashTile } from '../tlog/index.ts';

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

export const startLogCheck = (deps: {
  readonly store: Pick<EventStore, 'readAll'>;
  /** A tile of the tree; undefined where it has none of this width. */
  readonly tile: (tile: HashTile) => Uint8Array | undefined;
  readonly onFault: (reason: string) => void;
  readonly stepMillis?: number;
}): LogCheck => {
  const { store, tile, onFault, stepMillis = STEP_MILLIS } = deps;
  let read = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Reads on, and tells whether that was the end. @throws Error */
  const advance = (): boolean => {
    const events = store.readAll(read, TILE_WIDTH);
    const signed = tile({ level: 0, index: read / TILE_WIDTH, width: events.length });
    const other = events.find(({ leaf }, at) => signed && !sameBytes(leaf, signed.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)));
    if (other !== undefined) throw new Error(`position ${other.position} of the log holds another event than the tree that was signed`);
    const isEnd = events.length < TILE_WIDTH;
    // A tile that is not full is read again from its start, in the next round.
    read = isEnd ? 0 : read + TILE_WIDTH;
    return isEnd;
  };

  const step = (): void => {
    try {
      later(advance() ? REST_MILLIS : stepMillis);
    } catch (error) {
      onFault(error instanceof Error ? error.message : String(error));
    }
  };

  const later = (millis: number): void => {
    timer = setTimeout(step, millis);
    timer.unref();
  };

  later(stepMillis);
  return { close: () => clearTimeout(timer) };
};
