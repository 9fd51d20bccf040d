import { parentPort, workerData } from 'node:worker_threads';
import { openSource } from './open-source.ts';
import { auditRun } from './segment.ts';
import { nextRun, type Told, type WorkerSetting } from './threads.ts';

/** A thread that checks one run of entries after the other, as long as there are any. */

if (parentPort === null) throw new Error('this is a worker');
const port = parentPort;
// The cast is the edge between threads: `threads.ts` starts this one with these data.
const { spec, plan, runs, counter } = workerData as WorkerSetting;
const source = openSource(spec);
for (let n = nextRun(counter, runs); n !== undefined; n = nextRun(counter, runs)) {
  const run = runs[n];
  if (run === undefined) break;
  const segment = await auditRun(source, run, plan);
  port.postMessage({ n, segment } satisfies Told, [segment.ids.words.buffer, segment.streams.lastHashes.buffer]);
}
source.close();
