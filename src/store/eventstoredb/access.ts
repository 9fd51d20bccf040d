import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { superviseClients } from './clients.ts';
import { connectionOf, type ClientModule, type Connection } from './connection.ts';
import { failureOf, isAccessDenied } from './failures.ts';
import { readToEnd } from './read-to-end.ts';
import { untilCertain } from './retry.ts';
import type { Timing } from './timing.ts';

/** What the user of a connection may do in the cluster. */
export type Access = {
  readonly append: boolean;
  /** Read the whole log, which is how it is followed. */
  readonly read: boolean;
  /** Delete streams, for a time or for good. */
  readonly remove: boolean;
  /** Change streams' metadata, by which events are hidden and then scavenged, and access is given. */
  readonly hide: boolean;
};

/** This is no stream of the log, so the cluster's default rules apply to it. */
const PROBE_STREAM = 'duban-access-probe';
/**
 * No stream has a revision this high. So nothing is written: a user who may write is told of a conflict, one who may
 * not is refused.
 */
const NO_REVISION = BigInt(Number.MAX_SAFE_INTEGER);

const isAllowed = async (attempt: Promise<unknown>): Promise<boolean> => {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (failureOf(error) === 'conflict') return true;
    if (isAccessDenied(error)) return false;
    throw error;
  }
};

const probe = async (
  client: Client,
  { binaryEvent }: Pick<ClientModule, 'binaryEvent'>,
  { credentials }: Pick<Connection, 'credentials'>,
  timing: Timing,
  signal: AbortSignal,
): Promise<Access> => {
  const options = { expectedRevision: NO_REVISION, credentials, deadline: timing.appendDeadline, requiresLeader: true };
  const nothing = binaryEvent({ type: 'Probe', data: new Uint8Array(0) });
  // One after the other: a call that fails drops the client's connection, and the others with it.
  return {
    append: await isAllowed(client.appendToStream(PROBE_STREAM, nothing, options)),
    read: await isAllowed(readToEnd('read of the log', { idle: timing.readIdle, signal }, client.readAll({ maxCount: 1 }))),
    remove: await isAllowed(client.deleteStream(PROBE_STREAM, options)),
    hide: await isAllowed(client.setStreamMetadata(PROBE_STREAM, {}, options)),
  };
};

/**
 * Finds out by trying what cannot succeed.
 * @throws StoreUnavailable  no certain answer in time
 */
export const askAccess = async ({
  url,
  timing,
  signal,
}: {
  readonly url: string;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}): Promise<Access> => {
  const module = await import('@eventstore/db-client');
  const connection = connectionOf(module, url);
  const clients = superviseClients(connection.open);
  try {
    return await untilCertain('asking what the user may do', timing, signal, () =>
      clients.use((client) => probe(client, module, connection, timing, signal)),
    );
  } finally {
    await clients.close();
  }
};

/** What is wrong with it for a user who keeps a log: it must be able to add to it, and unable to take from it. */
export const objectionTo = ({ append, read, remove, hide }: Access): string | undefined => {
  const too = [...(remove ? ['delete streams'] : []), ...(hide ? ['change their metadata'] : [])];
  if (too.length > 0) return `its user may ${too.join(' and ')} in the cluster`;
  const missing = [...(append ? [] : ['append to streams']), ...(read ? [] : ['read the whole log'])];
  return missing.length > 0 ? `its user may not ${missing.join(' and ')} in the cluster, or its password is wrong` : undefined;
};
