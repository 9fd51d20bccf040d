import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import type { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Readable } from 'node:stream';
import type { Connection } from './connection.ts';

/**
 * What the client keeps for itself and its subclasses: calls on its channel, which it finds, and drops when it hears why a
 * call ended; and the headers of a call.
 */
export type ClientInternals = {
  /** Makes a call that goes on. */
  readonly GRPCStreamCreator: <Call extends Readable>(
    stub: typeof StreamsClient,
    name: string,
    make: (stub: StreamsClient) => Call,
  ) => () => Promise<Call>;
  /** Makes a call of one answer. */
  readonly execute: <Result>(stub: typeof GossipClient, name: string, action: (stub: GossipClient) => Promise<Result>) => Promise<Result>;
  readonly callArguments: (
    options: { readonly credentials?: Connection['credentials']; readonly requiresLeader?: boolean },
    callOptions: { readonly deadline: number },
  ) => [headers: Parameters<GossipClient['read']>[1], options: Parameters<GossipClient['read']>[2]];
};

// They are `protected`, and a connection string makes no subclass.
export const internalsOf = (client: Client): ClientInternals => client as unknown as ClientInternals;
