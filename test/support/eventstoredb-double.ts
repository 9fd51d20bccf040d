import { createNode, type ClusterNode } from './eventstoredb-double/node.ts';
import { createRecordLog, type RecordLog } from './eventstoredb-double/record-log.ts';

/**
 * A stand-in for an EventStoreDB or KurrentDB cluster that speaks its protocol on the wire: append, batch append,
 * idempotency, reads both ways, filtered subscriptions with checkpoints, gossip, both deletions; and whatever can
 * go wrong on demand. A double, because the server is not a package that a checkout could bring. It shows that
 * the adapter is right about the client and about the wire; what it takes the server to do was compared with a
 * real one, and the same suite runs against a real one where EVENTSTORE_URL names it.
 *
 * It cannot show: elections, the order of replication, the truncation of what a deposed leader had not
 * replicated, a follower that lags, forwarding from follower to leader, scavenges, access control beyond what a test
 * says (`faults.access`), limits of size, `$maxAge` and `$maxCount`. Its nodes share one log.
 */
export type Double = {
  /** The connection string: one node plainly, several by gossip. */
  readonly url: string;
  readonly log: RecordLog;
  readonly nodes: readonly ClusterNode[];
  readonly node: ClusterNode;
  /** Gives it another clock than the machine's, epoch ms. */
  readonly setClock: (clock: () => number) => void;
  /** Makes a node the leader, or none. */
  readonly elect: (leader: ClusterNode | undefined) => void;
  readonly close: () => void;
};

export const startDouble = async ({ nodes: count = 1 }: { readonly nodes?: number } = {}): Promise<Double> => {
  let clock = Date.now;
  const now = (): number => clock();
  const log = createRecordLog(now);
  // A database is never empty: it holds what the server says of itself.
  log.append('$stats-127.0.0.1:2113', 'none', [
    {
      id: crypto.randomUUID(),
      type: '$statsCollected',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: new Uint8Array(0),
    },
  ]);
  const nodes: ClusterNode[] = [];
  let leader: ClusterNode | undefined;
  const state = { log, now, nodes: () => nodes, leader: () => leader };
  const first = createNode(state);
  nodes.push(first, ...Array.from({ length: count - 1 }, () => createNode(state)));
  leader = first;
  await Promise.all(nodes.map((node) => node.start()));
  return {
    url: `esdb://${nodes.map((node) => `127.0.0.1:${node.port()}`).join(',')}?tls=false`,
    log,
    nodes,
    node: first,
    setClock: (other) => {
      clock = other;
    },
    elect: (elected) => {
      leader = elected;
    },
    close: () => {
      for (const node of nodes) node.kill();
    },
  };
};
