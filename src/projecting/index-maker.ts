import { workerData } from 'node:worker_threads';
import { openDatabase } from './sql.ts';

/** A worker thread's program: runs `statements` on the database at `path`, without journal, and ends. */

type Task = { readonly path: string; readonly statements: readonly string[] };

const SORT_CACHE_KIB = 256 * 1024;

// The cast is the edge between threads: `rebuild.ts` alone starts this one.
const { path, statements } = workerData as Task;
const db = openDatabase(path);
db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${SORT_CACHE_KIB}`);
for (const sql of statements) db.exec(sql);
db.close();
