import { openDatabase } from './sql.ts';

/**
 * Makes the indexes of a file that was loaded, without journal: whoever is interrupted throws the file away. Takes seconds for
 * millions of rows.
 * @param cacheKib  sorted in memory up to this size
 */
export const createIndexes = (path: string, statements: readonly string[], cacheKib: number): void => {
  const db = openDatabase(path);
  try {
    db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKib}`);
    for (const sql of statements) db.exec(sql);
  } finally {
    db.close();
  }
};
