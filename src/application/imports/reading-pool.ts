import { Worker } from 'node:worker_threads';
import { readByThread } from './reading-thread.ts';
import type { SourceReading } from '../../documents/source.ts';
import type { Handed } from './reading-parts.ts';
import type { Understand, Understanding } from './reading.ts';
import type { ReadingJob } from './reading-worker.ts';

/**
 * Threads that read documents, so that no document keeps a request waiting that has nothing to do with it. A thread that
 * takes too long or too much memory is ended, and the document is told to be too much; the next one gets a new thread.
 */

export type ReadingPool = {
  readonly understand: Understand;
  /** A file's lines and rows, without a question what they say. */
  readonly source: (bytes: Uint8Array) => Promise<SourceReading>;
  /** Documents that are being read, or wait, are given up. */
  readonly close: () => Promise<void>;
};

export type PoolSettings = {
  readonly threads?: number;
  /** For a document of up to a mebibyte, and a tenth more for each further one. Several times what the slowest takes. */
  readonly limitMs?: number;
  /** After so long without work a thread is ended. */
  readonly idleMs?: number;
};

const MIB = 1024 * 1024;
/** What the heap of a thread may grow to. */
const HEAP_MIB = 768;

type Waiting = { readonly job: ReadingJob; readonly settle: (read: Handed) => void; readonly fail: (error: unknown) => void };

/** Jobs on one document are alike, and so may be others; it is a guess that costs nothing. */
const likenessOf = (job: ReadingJob): string => `${job.of} ${job.bytes.length} ${job.of === 'document' ? job.question.hint.name : ''}`;

export const createReadingPool = ({ threads = 2, limitMs = 15_000, idleMs = 60_000 }: PoolSettings = {}): ReadingPool => {
  const queue: Waiting[] = [];
  const idle = new Set<Worker>();
  const all = new Set<Worker>();
  /** What each has done last: who has read a document may have kept its reading. */
  const lastOf = new WeakMap<Worker, string>();
  let closed = false;

  const start = (): Worker => {
    const worker = new Worker(new URL('reading-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB } });
    // A thread that waits for work keeps no process from ending, and its failures are told where it has work.
    worker.unref();
    worker.on('error', () => undefined);
    all.add(worker);
    return worker;
  };
  const retire = (worker: Worker): void => {
    all.delete(worker);
    void worker.terminate();
  };
  const rest = (worker: Worker): void => {
    idle.add(worker);
    setTimeout(() => {
      if (idle.delete(worker)) retire(worker);
    }, idleMs).unref();
  };

  const work = async (worker: Worker, { job, settle, fail }: Waiting): Promise<void> => {
    try {
      const { read, isSpent } = await readByThread(worker, job, limitMs * (1 + Math.floor(job.bytes.length / MIB) / 10));
      settle(read);
      if (isSpent) retire(worker);
      else rest(worker);
    } catch (error) {
      fail(error);
      retire(worker);
    }
    next();
  };

  const next = (): void => {
    if (closed || queue.length === 0) return;
    const { job } = queue[0] ?? {};
    const [first] = idle;
    const resting = [...idle].find((each) => job !== undefined && lastOf.get(each) === likenessOf(job)) ?? first;
    const worker = resting ?? (all.size < threads ? start() : undefined);
    if (worker === undefined) return;
    idle.delete(worker);
    const waiting = queue.shift();
    if (waiting === undefined) return;
    lastOf.set(worker, likenessOf(waiting.job));
    void work(worker, waiting);
  };

  const done = (job: ReadingJob): Promise<Handed> =>
    new Promise((settle, fail) => {
      if (closed) return fail(new Error('the readers of documents have been stopped'));
      queue.push({ job, settle, fail });
      next();
    });

  return {
    // The casts: a thread answers each job in its own kind.
    understand: async (bytes, question) => (await done({ of: 'document', bytes, question })) as Understanding,
    source: async (bytes) => (await done({ of: 'source', bytes })) as SourceReading,
    close: async () => {
      closed = true;
      for (const { fail } of queue.splice(0)) fail(new Error('the readers of documents have been stopped'));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
};
