import { Worker } from 'node:worker_threads';
import { openSource, type SourceSpec } from './open-source.ts';
import { auditRun, type Plan, type Run, type Segment } from './segment.ts';

/**
 * Runs of entries checked by threads side by side, of which this is one. Each takes the next run by a counter that they
 * share, so none waits to be given work; what comes back is small, but for the ids, which are handed over and not copied.
 */

export type WorkerSetting = {
  readonly spec: SourceSpec;
  readonly plan: Plan;
  readonly runs: readonly Run[];
  readonly counter: Int32Array<SharedArrayBuffer>;
};

/** What a thread says of the run with this number. */
export type Told = { readonly n: number; readonly segment: Segment };

/** The number of the next run, which is then the caller's; undefined where there are no more. */
export const nextRun = (counter: Int32Array<SharedArrayBuffer>, runs: readonly Run[]): number | undefined => {
  const n = Atomics.add(counter, 0, 1);
  return n < runs.length ? n : undefined;
};

/** The segments in the order of the runs. `threads` counts this one. */
export async function* segmentsByThreads(runs: readonly Run[], spec: SourceSpec, plan: Plan, threads: number): AsyncGenerator<Segment> {
  const counter = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const waiting = runs.map(() => Promise.withResolvers<Segment>());
  const failed = (error: unknown): void => {
    for (const { reject } of waiting) reject(error);
  };
  // A failure is told where a segment is awaited; of those that nobody awaits any more, nobody needs to hear.
  for (const { promise } of waiting) promise.catch(() => undefined);

  const workers = Array.from({ length: threads - 1 }, () => {
    const worker = new Worker(new URL('audit-worker.ts', import.meta.url), {
      workerData: { spec, plan, runs, counter } satisfies WorkerSetting,
    });
    worker.on('message', ({ n, segment }: Told) => waiting[n]?.resolve(segment));
    worker.on('error', failed);
    return worker;
  });
  const workHere = async (): Promise<void> => {
    const source = openSource(spec);
    try {
      for (let n = nextRun(counter, runs); n !== undefined; n = nextRun(counter, runs)) {
        const run = runs[n];
        if (run !== undefined) waiting[n]?.resolve(await auditRun(source, run, plan));
      }
    } finally {
      source.close();
    }
  };
  const here = workHere().catch(failed);

  try {
    for (const { promise } of waiting) yield await promise;
  } finally {
    Atomics.store(counter, 0, runs.length);
    await Promise.all([here, ...workers.map((worker) => worker.terminate())]);
  }
}
