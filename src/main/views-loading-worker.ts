import { workerData } from 'node:worker_threads';
import { loadViews } from '../projecting/loading.ts';
import { openLogFile } from '../store/log-file.ts';
import { ownDefinitions } from './open-views.ts';
import { REACHED, WHOLE, type LoadingTask } from './views-loading.ts';

/** A worker thread's program: builds the views of a log in a new file, and ends. */

/** Ms after which it looks again for more of the log. */
const WAIT_MILLIS = 20;
/** The log is read once, from its beginning to its end. */
const CACHE_KIB = 4 * 1024;

// The cast is the edge between threads: `views-loading.ts` alone starts this one.
const { log: logPath, path, shared } = workerData as LoadingTask;
const log = openLogFile(logPath, { readOnly: true, cacheKib: CACHE_KIB });
try {
  loadViews({
    path,
    definitions: ownDefinitions(),
    log,
    isWhole: () => Atomics.load(shared, WHOLE) === 1,
    onAdvance: (position) => Atomics.store(shared, REACHED, position),
    wait: () => void Atomics.wait(shared, WHOLE, 0, WAIT_MILLIS),
  });
} finally {
  log.close();
}
