import { workerData } from 'node:worker_threads';
import { createIndexes } from './indexing.ts';

const CACHE_KIB = 256 * 1024;

/** A worker thread's program: runs `statements` on the database at `path`, and ends. */

type Task = { readonly path: string; readonly statements: readonly string[] };

// The cast is the edge between threads: `rebuild.ts` alone starts this one.
const { path, statements } = workerData as Task;
createIndexes(path, statements, CACHE_KIB);
