import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '../../src/store/event-store.ts';

/** One read of a stream, whether the log itself was asked, and how many reads had been answered then. */
export type Read = { readonly stream: string; readonly asked: boolean; readonly after: number };

/** A store that notes the reads of streams, and answers none in the turn that asks for it: as a store far away does. */
export const countedReads = (store: EventStore): { readonly store: EventStore; readonly take: () => readonly Read[] } => {
  let reads: Read[] = [];
  let answered = 0;
  return {
    store: {
      ...store,
      readStream: async (stream, fromRevision) => {
        reads.push({ stream, asked: true, after: answered });
        const events = await store.readStream(stream, fromRevision);
        await nextTurn();
        answered += 1;
        return events;
      },
      readKnown: (stream, fromRevision) => {
        reads.push({ stream, asked: false, after: answered });
        return store.readKnown(stream, fromRevision);
      },
    },
    /** The reads since the last time. */
    take: () => {
      const taken = reads;
      reads = [];
      answered = 0;
      return taken;
    },
  };
};
