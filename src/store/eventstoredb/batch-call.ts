import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { answeredId, outcomeOf, requestOf } from './batch-messages.ts';
import type { Connection } from './connection.ts';
import { internalsOf } from './client-internals.ts';
import { NoAnswer, NodeUnavailable } from './failures.ts';
import type { OutgoingAppend } from './outgoing.ts';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/**
 * One BatchAppend call, on which all appends of a client go to the leader, each answered by itself. The client can
 * append by such a call too, but keeps what is pending in one place for all clients of the process, and knows no
 * deadline: an error of one rejects the appends of another, and the late answer to those ends the process.
 */
export type BatchCall = {
  /**
   * One try of an append. Gives the last revision.
   * @throws WrongRevision, NoAnswer, Refused, NodeUnavailable, or why the call ended
   */
  readonly append: (append: OutgoingAppend) => Promise<number>;
  /** Ends the call, on the server too. What is pending is rejected with the reason, and may have been written. */
  readonly leave: (reason: Error) => void;
};

type GrpcCall = ReturnType<StreamsClient['batchAppend']>;
type Answered = { readonly resolve: (revision: number) => void; readonly reject: (error: Error) => void };
type Pending = Answered & { readonly append: OutgoingAppend; readonly timer: NodeJS.Timeout };

/** Appends on a call that was just made. `deadline` is of each append, in ms; after `onEnd` it takes no more. */
const appendsOn = (call: GrpcCall, deadline: number, onEnd: () => void): BatchCall => {
  const pending = new Map<number, Pending>();
  let appends = 0;
  let lastHeard = 0;
  let ended: Error | undefined;

  const take = (id: number): Pending | undefined => {
    const taken = pending.get(id);
    pending.delete(id);
    clearTimeout(taken?.timer);
    return taken;
  };

  const leave = (reason: Error): void => {
    if (ended !== undefined) return;
    ended = reason;
    onEnd();
    for (const id of pending.keys()) take(id)?.reject(reason);
    // The client hears of it, and where the reason is that the node is unavailable it drops its channel.
    call.destroy(reason);
    // In a turn of its own, as the client itself does it: https://github.com/grpc/grpc-node/issues/1652
    setImmediate(() => call.cancel());
  };

  const answered = (response: BatchAppendResp): void => {
    lastHeard = performance.now();
    // An answer that comes after its deadline, or a second time, is nobody's.
    const waiting = take(answeredId(response));
    if (waiting === undefined) return;
    const outcome = outcomeOf(response, waiting.append);
    if (typeof outcome === 'number') waiting.resolve(outcome);
    else waiting.reject(outcome);
    if (outcome instanceof NodeUnavailable) leave(outcome);
  };

  const unanswered = (id: number, sent: number): void => {
    const silence = new NoAnswer(say('store.the-cluster'), deadline);
    take(id)?.reject(silence);
    // Where others were answered since, it is this append alone that is lost.
    if (lastHeard < sent) leave(silence);
  };

  call.on('data', answered);
  // The listener stays: an error after the end would otherwise end the process.
  call.on('error', leave);
  call.on('end', () => leave(new Told(say('store.server-ended-call'))));
  return {
    append: (append) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      if (ended !== undefined) reject(ended);
      else {
        appends += 1;
        pending.set(appends, { append, resolve, reject, timer: setTimeout(unanswered, deadline, appends, performance.now()) });
        // What waits to be sent is no more than there are callers who wait for its answer.
        call.write(requestOf(appends, append));
      }
      return promise;
    },
    leave,
  };
};

/** @throws Error  the client found no node */
export const openBatchCall = async ({
  client,
  credentials,
  deadline,
  onEnd,
}: {
  readonly client: Client;
  readonly credentials: Connection['credentials'];
  readonly deadline: number;
  readonly onEnd: () => void;
}): Promise<BatchCall> => {
  const internals = internalsOf(client);
  const { promise, resolve } = Promise.withResolvers<BatchCall>();
  await internals.GRPCStreamCreator(StreamsClient, 'batchAppend', (stub) => {
    const call = stub.batchAppend(...internals.callArguments({ credentials, requiresLeader: true }, { deadline: Infinity }));
    resolve(appendsOn(call, deadline, onEnd));
    return call;
  })();
  return promise;
};
