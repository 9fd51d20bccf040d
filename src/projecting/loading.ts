import type { EventStore } from '../store/event-store.ts';
import type { Definitions } from './definitions.ts';
import { createIndexes } from './indexing.ts';
import { BATCH_EVENTS } from './rebuild.ts';
import { openViewFile } from './view-file.ts';

/** Beside whatever else the process holds. */
const SORT_CACHE_KIB = 32 * 1024;

/**
 * Builds a new file of views at one go, indexes included, for a thread that has nothing else to do. The log may still
 * grow meanwhile: it is read until it is whole.
 */
export const loadViews = (options: {
  /** Of a file that is not there yet. */
  readonly path: string;
  readonly definitions: Definitions;
  readonly log: Pick<EventStore, 'readAll'>;
  /** Whether the log holds all that is to be read. */
  readonly isWhole: () => boolean;
  readonly onAdvance: (position: number) => void;
  /** Waits for more of the log. */
  readonly wait: () => void;
}): void => {
  const { path, definitions, log, isWhole, onAdvance, wait } = options;
  const file = openViewFile(path, definitions, 'load');
  let statements: readonly string[];
  try {
    for (;;) {
      const ends = isWhole(); // asked before the read, which then gives all there is
      const events = log.readAll(file.position(), BATCH_EVENTS);
      if (events.length === 0 && ends) break;
      if (events.length === 0) wait();
      else {
        file.project(events);
        onAdvance(file.position());
      }
    }
    statements = file.finishLoad().map(({ sql }) => sql);
  } finally {
    file.close();
  }
  createIndexes(path, statements, SORT_CACHE_KIB);
};
