import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { superviseClients } from './clients.ts';
import { connectionOf, type ClientModule, type Connection } from './connection.ts';
import { failureOf, isAccessDenied } from './failures.ts';
import { readToEnd } from './read-to-end.ts';
import { untilCertain } from './retry.ts';
import type { Timing } from './timing.ts';
import { say, type Message } from '../../messages/message.ts';

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
    read: await isAllowed(readToEnd(say('store.read-of-the-log'), { idle: timing.readIdle, signal }, client.readAll({ maxCount: 1 }))),
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
    return await untilCertain(say('store.asking-access'), timing, signal, () =>
      clients.use((client) => probe(client, module, connection, timing, signal)),
    );
  } finally {
    await clients.close();
  }
};

const bothOf = ([one, other]: readonly Message[]): Message | undefined =>
  one === undefined || other === undefined ? one : say('store.both-acts', { one, other });

/** What is wrong with it for a user who keeps a log: it must be able to add to it, and unable to take from it. */
export const objectionTo = ({ append, read, remove, hide }: Access): Message | undefined => {
  const too = [...(remove ? [say('store.may-delete')] : []), ...(hide ? [say('store.may-change-metadata')] : [])];
  if (too.length > 0) return say('store.may-too-much', { acts: bothOf(too) });
  const missing = [...(append ? [] : [say('store.may-append')]), ...(read ? [] : [say('store.may-read-all')])];
  return missing.length > 0 ? say('store.may-too-little', { acts: bothOf(missing) }) : undefined;
};
