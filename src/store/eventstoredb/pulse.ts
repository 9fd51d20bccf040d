import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { internalsOf } from './client-internals.ts';
import type { Clients } from './clients.ts';
import type { Told } from './clock-difference.ts';
import type { Connection } from './connection.ts';
import { failureText } from './failures.ts';
import { pause, within } from './retry.ts';
import type { Timing } from './timing.ts';
import { say, type Text } from '../../messages/message.ts';

/**
 * Asks the cluster every moment whether it is there and who leads it: what commands will meet, known before one comes.
 * The answer is dated, so it tells the cluster's time besides.
 */
export type Pulse = {
  /** Why no command can be expected to be done; undefined where the cluster answered just now and has a leader. */
  readonly lost: () => Text | undefined;
  readonly close: () => Promise<void>;
};

const { LEADER } = gossip.MemberInfo.VNodeState;
/** A date of HTTP names the second (RFC 9110 §5.6.7). */
const DATE_MILLIS = 1000;

type Answer = { readonly info: ClusterInfo; readonly date: string | undefined };

const ask = (client: Client, credentials: Connection['credentials'], deadline: number): Promise<Answer> => {
  const internals = internalsOf(client);
  return internals.execute(GossipClient, 'gossip', (stub) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const [metadata, options] = internals.callArguments({ credentials }, { deadline });
    let date: string | undefined;
    const call = stub.read(new shared.Empty(), metadata, { ...options, deadline: Date.now() + deadline }, (error, info) => {
      if (error === null) resolve({ info, date });
      else reject(error);
    });
    call.on('metadata', (headers) => {
      date = headers.get('date')[0]?.toString();
    });
    return promise;
  });
};

const hasLeader = (info: ClusterInfo): boolean =>
  info.getMembersList().some((member) => member.getIsAlive() && member.getState() === LEADER);

const saidTime = ({ date }: Answer): Pick<Told, 'from' | 'to'> | undefined => {
  const from = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(from) ? undefined : { from, to: from + DATE_MILLIS };
};

export const startPulse = (options: {
  readonly clients: Clients;
  readonly credentials: Connection['credentials'];
  readonly timing: Timing;
  readonly onTime: (told: Told) => void;
}): Pulse => {
  const { clients, credentials, timing, onTime } = options;
  const closing = new AbortController();
  let lastAnswer = performance.now();
  let why: Text | undefined = say('store.not-asked-yet');
  let leaderless = false;

  const beat = async (): Promise<void> => {
    const asked = performance.now();
    const answer = await clients.use((client) =>
      within(timing.pulseWithin, say('store.the-cluster'), ask(client, credentials, timing.pulseWithin)),
    );
    const heard = performance.now();
    lastAnswer = heard;
    leaderless = !hasLeader(answer.info);
    why = undefined;
    const said = saidTime(answer);
    if (said !== undefined) onTime({ ...said, asked, heard });
  };

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await beat();
      } catch (error) {
        why = failureText(error);
      }
      await pause(timing.pulseEvery, closing.signal);
    }
  };

  const running = run();
  return {
    lost: () => {
      const silence = performance.now() - lastAnswer;
      const seconds = Math.round(silence / 1000);
      if (silence > timing.pulseLost)
        return why === undefined ? say('store.silent', { seconds }) : say('store.silent-because', { seconds, why });
      return leaderless ? say('store.no-leader') : undefined;
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
};
