import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '../../src/store/event-store.ts';

/** One read of a stream, and how many had been answered when it was asked for. */
export type Read = { readonly stream: string; readonly after: number };

/** A store that notes the reads of streams, and answers none in the turn that asks for it: as a store far away does. */
export const countedReads = (store: EventStore): { readonly store: EventStore; readonly take: () => readonly Read[] } => {
  let reads: Read[] = [];
  let answered = 0;
  return {
    store: {
      ...store,
      readStream: async (stream, fromRevision) => {
        reads.push({ stream, after: answered });
        const events = await store.readStream(stream, fromRevision);
        await nextTurn();
        answered += 1;
        return events;
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
