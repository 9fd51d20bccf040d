import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreUnavailable } from '../event-store.ts';
import { isFailedDiscovery, isUnanswered } from './failures.ts';
import { within } from './retry.ts';
import { say } from '../../messages/message.ts';

/**
 * One client at a time, replaced where it would not recover by itself. A failed discovery stays cached in it, and
 * a node that keeps the connection but answers nothing is never left.
 */
export type Clients = {
  /** Works with the client of the moment. A failure is the caller's too, and counts against the client. */
  readonly use: <Result>(work: (client: Client) => Promise<Result>) => Promise<Result>;
  /** How often a client was replaced. */
  readonly replaced: () => number;
  /** Ends every open stream. Nobody may be at work any more. */
  readonly close: () => Promise<void>;
};

type Generation = { readonly client: Client; users: number; retired: boolean };

/** Calls in a row without an answer after which a client is replaced, so that the next looks for another node. */
const MAX_UNANSWERED = 2;
const DISPOSE_WITHIN_MS = 1000;

/** Ends the client's streams; it has no close, and its idle connection does not keep the process alive. */
const dispose = async (client: Client): Promise<void> => {
  // A stream that never ends is no reason to wait: what it was read for is over.
  await within(DISPOSE_WITHIN_MS, 'dispose', client.dispose()).catch(() => undefined);
};

export const superviseClients = (open: () => Client): Clients => {
  let current: Generation | undefined;
  let unanswered = 0;
  let replaced = 0;
  let closed = false;

  const enter = (): Generation => {
    if (closed) throw new StoreUnavailable(say('store.is-closed'));
    current ??= { client: open(), users: 0, retired: false };
    current.users += 1;
    return current;
  };

  // Disposing a client ends its reads as if they were complete, so it waits until none is at work.
  const disposeUnused = (generation: Generation): void => {
    if (generation.retired && generation.users === 0) void dispose(generation.client);
  };

  const assess = (generation: Generation, error: unknown): void => {
    unanswered = isUnanswered(error) ? unanswered + 1 : 0;
    if (generation !== current || !(isFailedDiscovery(error) || unanswered >= MAX_UNANSWERED)) return;
    generation.retired = true;
    current = undefined;
    unanswered = 0;
    replaced += 1;
  };

  return {
    use: async (work) => {
      // The client drops its channel when a call fails. A call that begins in the same turn can get the dropped
      // channel, which throws where the client does not catch: an unhandled rejection, and no answer ever.
      await nextTurn();
      const generation = enter();
      try {
        const result = await work(generation.client);
        unanswered = 0;
        return result;
      } catch (error) {
        assess(generation, error);
        throw error;
      } finally {
        generation.users -= 1;
        disposeUnused(generation);
      }
    },
    replaced: () => replaced,
    close: async () => {
      closed = true;
      if (current !== undefined) await dispose(current.client);
      current = undefined;
    },
  };
};
