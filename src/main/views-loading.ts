import { Worker } from 'node:worker_threads';
import type { Loader } from '../projecting/rebuild.ts';
import { threadEnd } from '../projecting/thread-end.ts';

/**
 * Builds the views in a thread of its own, which reads the log's file itself: this one goes on filling the log, and
 * answers.
 */

/** `shared`: what the threads tell each other, at the places below. */
export type LoadingTask = { readonly log: string; readonly path: string; readonly shared: Int32Array<SharedArrayBuffer> };

/** 1 once the log holds all that is to be read. */
export const WHOLE = 0;
/** The last position projected. */
export const REACHED = 1;

const LOOK_MILLIS = 20;
/** What it makes of an event is soon thrown away: with the room that is usual it would hold twice as much and be no faster. */
const YOUNG_MIB = 16;
const OLD_MIB = 256;

/** @param log  path of the log's file */
export const loadBeside =
  ({ log, isWhole, head }: { readonly log: string; readonly isWhole: () => boolean; readonly head: () => number }): Loader =>
  async ({ path, onAdvance, signal }) => {
    signal.throwIfAborted();
    const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    const look = (): void => {
      onAdvance(Atomics.load(shared, REACHED), head());
      if (!isWhole()) return;
      Atomics.store(shared, WHOLE, 1);
      Atomics.notify(shared, WHOLE);
    };
    look();
    const worker = new Worker(new URL('views-loading-worker.ts', import.meta.url), {
      workerData: { log, path, shared } satisfies LoadingTask,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB, maxOldGenerationSizeMb: OLD_MIB },
    });
    const looking = setInterval(look, LOOK_MILLIS);
    try {
      await threadEnd(worker, 'building the views', signal);
    } finally {
      clearInterval(looking);
    }
  };
