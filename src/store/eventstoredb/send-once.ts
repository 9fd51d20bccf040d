import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { WrongRevision } from '../event-store.ts';
import type { BatchCall, openBatchCall } from './batch-call.ts';
import type { Clients } from './clients.ts';
import type { ClientModule, Connection } from './connection.ts';
import { isUnimplemented, NoAnswer } from './failures.ts';
import type { OutgoingAppend } from './outgoing.ts';
import { within } from './retry.ts';
import type { Timing } from './timing.ts';
import { say } from '../../messages/message.ts';

/** One try of an append, at the leader. Gives the last revision; throws what the client throws, what a `BatchCall` does, or NoAnswer. */
export type SendOnce = (append: OutgoingAppend) => Promise<number>;

type Sending = {
  readonly clients: Clients;
  readonly module: Pick<ClientModule, 'binaryEvent'>;
  readonly credentials: Connection['credentials'];
  readonly timing: Timing;
};

/** Beyond its deadline a call can only hang in the search for a node. */
const DISCOVERY_ALLOWANCE_MS = 1_000;

/** By the client's classic append: one call an append. Servers older than 21.10 have no other. */
const appendClassically = async (
  client: Client,
  { stream, expected, events }: OutgoingAppend,
  { module, credentials, timing }: Sending,
): Promise<number> => {
  const binary = events.map(({ id, type, bytes }) => module.binaryEvent({ id, type, data: bytes }));
  const expectedRevision = expected === 'none' ? ('no_stream' as const) : BigInt(expected);
  const { success, nextExpectedRevision } = await within(
    timing.appendDeadline + DISCOVERY_ALLOWANCE_MS,
    say('store.appending-to', { stream }),
    client.appendToStream(stream, binary, { expectedRevision, credentials, requiresLeader: true, deadline: timing.appendDeadline }),
  );
  // A connection string may say `throwOnAppendFailure=false`: then this is how a conflict is told, -1 for no stream.
  if (!success) throw new WrongRevision(stream, expected, nextExpectedRevision < 0n ? 'none' : Number(nextExpectedRevision));
  return Number(nextExpectedRevision);
};

type Line = { readonly opening: Promise<BatchCall>; call?: BatchCall; waiting: number };

/** Each client's batch call, opened where there is none or it has ended. */
const createBatchCalls = (open: typeof openBatchCall, { credentials, timing }: Sending) => {
  const lines = new WeakMap<Client, Line>();

  const newLine = (client: Client): Line => {
    const forget = (): void => {
      if (lines.get(client) === line) lines.delete(client);
    };
    const opening = open({ client, credentials, deadline: timing.appendDeadline, onEnd: forget });
    const line: Line = { opening, waiting: 0 };
    lines.set(client, line);
    opening.then((call) => {
      line.call = call;
      // The search for a node has outlasted whoever asked for it, perhaps the client's use too: nobody would end the call.
      if (line.waiting === 0) call.leave(new NoAnswer(say('store.search-for-node'), timing.appendDeadline));
    }, forget);
    return line;
  };

  return async (client: Client): Promise<BatchCall> => {
    const line = lines.get(client) ?? newLine(client);
    if (line.call !== undefined) return line.call;
    line.waiting += 1;
    try {
      return await within(timing.appendDeadline, say('store.search-for-node'), line.opening);
    } finally {
      line.waiting -= 1;
    }
  };
};

export const createSendOnce = async (sending: Sending): Promise<SendOnce> => {
  // It brings the client's stubs, and is loaded as late as the client is.
  const { openBatchCall } = await import('./batch-call.ts');
  const batchCallOf = createBatchCalls(openBatchCall, sending);
  const olderServers = new WeakSet<Client>();
  return (append) =>
    sending.clients.use(async (client) => {
      if (olderServers.has(client)) return appendClassically(client, append, sending);
      try {
        const call = await batchCallOf(client);
        return await call.append(append);
      } catch (error) {
        if (!isUnimplemented(error)) throw error;
        olderServers.add(client);
        return appendClassically(client, append, sending);
      }
    });
};
