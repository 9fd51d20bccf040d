import { Metadata, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall, type ServiceError } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import type { EventEmitter } from 'node:events';
import { promisify } from 'node:util';
import { serveAppend, serveBatchAppend } from './appending.ts';
import { noFaults, refusedAccess, type Faults } from './faults.ts';
import { serveRead, serveSubscription, type ReadCall } from './reading.ts';
import type { RecordLog } from './record-log.ts';
import { notLeader, notReady, streamNameOf, unimplemented, userOf, wrongRevision } from './wire.ts';

const HOST = '127.0.0.1';

/** What the nodes of a cluster have in common. */
export type ClusterState = {
  readonly log: RecordLog;
  /** The cluster's clock, epoch ms. */
  readonly now: () => number;
  readonly nodes: () => readonly ClusterNode[];
  readonly leader: () => ClusterNode | undefined;
};

export type ClusterNode = {
  readonly port: () => number;
  readonly alive: () => boolean;
  readonly faults: Faults;
  /** Drops every connection, and answers nobody until it is started again. */
  readonly kill: () => void;
  /** On the port that it had. */
  readonly start: () => Promise<void>;
  /** Ends the subscriptions it serves: without an error, or as a broken connection does. */
  readonly endSubscriptions: (how: 'end' | 'break') => void;
  /** Calls that were opened and neither ended nor cancelled. */
  readonly openCalls: () => number;
  /** Calls since it was made, by their names; and `scanned`, the records that subscriptions went through. */
  readonly served: () => Readonly<Record<string, number>>;
};

const streamRead = ({ request }: ReadCall): string | undefined => {
  const identifier = request.getOptions()?.getStream()?.getStreamIdentifier();
  return identifier && streamNameOf(identifier);
};

const wantsLeader = (metadata: Metadata): boolean => metadata.get('requires-leader').includes('true');

export const createNode = (cluster: ClusterState): ClusterNode => {
  const faults = noFaults();
  const open = new Set<object>();
  const served: Record<string, number> = {};
  let server: Server | undefined;
  let port = 0;
  let ending = Promise.withResolvers<'end' | 'break'>();

  const count = (name: string): void => {
    served[name] = (served[name] ?? 0) + 1;
  };

  const refusalHere = (metadata: Metadata): ServiceError | undefined => {
    const leader = cluster.leader();
    if (leader === undefined) return notReady();
    return wantsLeader(metadata) && leader !== node ? notLeader(HOST, leader.port()) : undefined;
  };

  /** Notes the call, and says why it is not served here. */
  const enter = (name: string, call: EventEmitter & { readonly metadata: Metadata }): Error | undefined => {
    count(name);
    open.add(call);
    call.on('cancelled', () => open.delete(call));
    call.on('finish', () => open.delete(call));
    return refusalHere(call.metadata);
  };

  /** A unary answer that ends the call. */
  const leaving =
    <Response>(call: object, answer: sendUnaryData<Response>): sendUnaryData<Response> =>
    (error, value, trailer, flags) => {
      open.delete(call);
      answer(error, value, trailer, flags);
    };

  let subscriptions = 0;
  const services = (made: Server): void => {
    made.addService(StreamsService, {
      read: (call: ReadCall) => {
        const isSubscription = call.request.getOptions()?.hasSubscription() === true;
        const refused =
          enter(isSubscription ? 'subscribe' : 'read', call) ??
          refusedAccess(faults, { act: 'read', stream: streamRead(call), user: userOf(call.metadata) });
        if (refused !== undefined) call.emit('error', refused);
        else if (isSubscription) {
          subscriptions += 1;
          void serveSubscription(call, { log: cluster.log, faults, nth: subscriptions }, ending.promise, () => count('scanned'));
        } else void serveRead(call, cluster.log, faults);
      },
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
        const refused = enter('append', call);
        if (refused === undefined) serveAppend(call, leaving(call, answer), cluster.log, faults);
        else leaving(call, answer)(refused);
      },
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
        // Who leads is asked for each append: a call outlasts that.
        enter('batchAppend', call);
        if (faults.batch() === 'unimplemented') call.emit('error', unimplemented());
        else serveBatchAppend({ call, log: cluster.log, faults, refuses: () => refusalHere(call.metadata) });
      },
      delete: (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) => {
        const options = call.request.getOptions();
        const stream = streamNameOf(options?.getStreamIdentifier());
        const conflict = (): Error | undefined => {
          const [expected, actual] = [options?.getRevision() ?? '', cluster.log.lastRevision(stream)];
          return options?.hasRevision() === true && expected !== String(actual) ? wrongRevision(stream, expected, actual) : undefined;
        };
        const refused =
          enter('delete', call) ?? refusedAccess(faults, { act: 'delete', stream, user: userOf(call.metadata) }) ?? conflict();
        if (refused === undefined) cluster.log.softDelete(stream);
        leaving(call, answer)(refused ?? null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
      },
      tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
        const refused = enter('tombstone', call);
        if (refused === undefined) cluster.log.tombstone(streamNameOf(call.request.getOptions()?.getStreamIdentifier()));
        leaving(call, answer)(refused ?? null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
      },
    });
    made.addService(ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) => {
        count('features');
        const method = new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
        answer(null, new features.SupportedMethods().setEventStoreServerVersion('24.6.0').setMethodsList([method]));
      },
    });
    made.addService(GossipService, {
      read: (call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) => {
        count('gossip');
        const fate = faults.gossip();
        if (fate === 'hang') return;
        if (fate === 'fail') return answer(notReady());
        const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
        const members = cluster.nodes().map((member) =>
          new gossip.MemberInfo()
            .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
            .setTimeStamp('0')
            .setState(member === cluster.leader() ? LEADER : FOLLOWER)
            .setIsAlive(member.alive())
            .setHttpEndPoint(new gossip.EndPoint().setAddress(HOST).setPort(member.port())),
        );
        const headers = new Metadata();
        headers.set('date', new Date(cluster.now()).toUTCString()); // as the server dates whatever it answers
        call.sendMetadata(headers);
        answer(null, new gossip.ClusterInfo().setMembersList(members));
      },
    });
  };

  const node: ClusterNode = {
    port: () => port,
    alive: () => server !== undefined,
    faults,
    kill: () => {
      server?.forceShutdown();
      server = undefined;
      open.clear();
    },
    start: async () => {
      if (server !== undefined) return;
      const made = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
      services(made);
      port = await promisify(made.bindAsync.bind(made))(`${HOST}:${port}`, ServerCredentials.createInsecure());
      server = made;
    },
    endSubscriptions: (how) => {
      ending.resolve(how);
      ending = Promise.withResolvers();
    },
    openCalls: () => open.size,
    served: () => ({ ...served }),
  };
  return node;
};
