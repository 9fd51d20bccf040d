import { parentPort, workerData } from 'node:worker_threads';
import { openSource, type SourceSpec } from './open-source.ts';
import { auditRun, type Plan, type Run } from './segment.ts';

/** A thread that checks runs of entries as they are handed to it. */
export type WorkerSetting = { readonly spec: SourceSpec; readonly plan: Plan };

if (parentPort === null) throw new Error('this is a worker');
const port = parentPort;
// The cast is the edge between threads: `audit.ts` starts this one with these data.
const { spec, plan } = workerData as WorkerSetting;
const source = openSource(spec);

port.on('message', (run: Run) => {
  auditRun(source, run, plan).then(
    (segment) => port.postMessage(segment),
    (error: unknown) => {
      throw error;
    },
  );
});
