import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Readable } from 'node:stream';
import { internalsOf } from './client-internals.ts';
import { delivered } from './delivered.ts';
import type { RemotePosition } from './remote-event.ts';

/**
 * The call by which the cluster's log is followed. The client has one of its own, which makes some thirty objects of each
 * event and tells a checkpoint before the events that it follows; here what is sent is read as it comes, in order.
 */

/** Gives `Delivered`. */
export type SubscriptionCall = Readable & { readonly cancel: () => void };

export type Wanted = { readonly from: RemotePosition | 'start'; readonly streamPrefixes: readonly string[] };

// Events scanned on the server between two checkpoints: the search window times the interval.
const SEARCH_WINDOW = 128;
const CHECKPOINT_INTERVAL = 8;

const { Options } = streams.ReadReq;

const beginningAt = (from: Wanted['from']): ReadReq.Options.AllOptions => {
  const all = new Options.AllOptions();
  if (from === 'start') return all.setStart(new shared.Empty());
  return all.setPosition(new Options.Position().setCommitPosition(String(from.commit)).setPreparePosition(String(from.prepare)));
};

const requestOf = ({ from, streamPrefixes }: Wanted): ReadReq =>
  new streams.ReadReq().setOptions(
    new Options()
      .setAll(beginningAt(from))
      .setResolveLinks(false)
      .setSubscription(new Options.SubscriptionOptions())
      .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
      .setFilter(
        new Options.FilterOptions()
          .setStreamIdentifier(new Options.FilterOptions.Expression().setPrefixList([...streamPrefixes]))
          .setMax(SEARCH_WINDOW)
          .setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL),
      ),
  );

/**
 * Makes the call, and gives it to `use` in the same turn: what it says first must not come before somebody hears.
 * @throws Error  the client found no node
 */
export const openSubscription = async (client: Client, wanted: Wanted, use: (call: SubscriptionCall) => void): Promise<void> => {
  const internals = internalsOf(client);
  await internals.GRPCStreamCreator(StreamsClient, 'subscribeToAll', (stub) => {
    const { path, requestSerialize } = StreamsService.read;
    const call = stub.makeServerStreamRequest(
      path,
      requestSerialize,
      delivered,
      requestOf(wanted),
      ...internals.callArguments({}, { deadline: Infinity }),
    );
    use(call);
    return call;
  })();
};
