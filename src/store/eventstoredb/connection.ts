import { isIP } from 'node:net';
import type * as client from '@eventstore/db-client';
import type { Credentials, EventStoreDBClient as Client } from '@eventstore/db-client';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/** The client's module, loaded only where a cluster is used: the embedded start is spared its 0.2 s. */
export type ClientModule = Pick<typeof client, 'EventStoreDBClient' | 'binaryEvent'>;

export type Connection = {
  readonly open: () => Client;
  /**
   * Given with every append that the client makes itself. With them it takes its classic path, one call with a real
   * deadline for each append. Its batch path shares state between clients, and can hang or end the process.
   */
  readonly credentials: Credentials;
  /** Whether there is TLS, and with it a user. */
  readonly secure: boolean;
};

// As the client itself takes a connection string apart.
const CREDENTIALS = /^[^:]+:\/\/([^:]+):([^@]+)@/u;
const HOSTS = /^[^:]+:\/\/(?:[^:]+:[^@]+@)?([^/?]+)/u;
const INSECURE = /[?&]tls=false(?:&|$)/iu;

/**
 * The client asks one node after the other who leads, and waits 5 s for one that hangs, longer than an append may take.
 * Whole seconds are all it knows.
 */
const GOSSIP_TIMEOUT_SECONDS = 1;
const withGossipTimeout = (url: string): string =>
  /[?&]gossipTimeout=/iu.test(url) ? url : `${url}${url.includes('?') ? '&' : '?'}gossipTimeout=${GOSSIP_TIMEOUT_SECONDS}`;

const hostsOf = (url: string): readonly string[] => (HOSTS.exec(url)?.[1] ?? '').split(',').map((host) => host.replace(/:\d+$/u, ''));

/** The server's newer names for the same connection string, which the client does not know. */
const NEWER_SCHEMES = /^(?:kurrentdb|kurrent|kdb)(?=(?:\+discover)?:\/\/)/iu;
/** A connection string as the client knows it. */
export const asEsdb = (url: string): string => url.replace(NEWER_SCHEMES, 'esdb');

/**
 * What a connection string (`esdb://…`, `esdb+discover://…`, `kurrentdb://…`) says. Errors do not repeat it: it holds a password.
 * @throws Error  it cannot be read, or names no user where there is TLS
 */
export const connectionOf = ({ EventStoreDBClient }: ClientModule, given: string): Connection => {
  const url = asEsdb(given);
  try {
    // It connects to nothing yet.
    EventStoreDBClient.connectionString(url);
  } catch (error) {
    const expected =
      error instanceof Error && 'expected' in error ? say('store.connection-string-expected', { expected: String(error.expected) }) : '';
    // oxlint-disable-next-line preserve-caught-error -- it carries the string, password and all, to whoever logs it
    throw new Told(say('store.connection-string-unreadable', { expected }));
  }
  const [, user, password] = CREDENTIALS.exec(url) ?? [];
  const named = user !== undefined && password !== undefined;
  const secure = !INSECURE.test(url);
  if (secure && !named) throw new Told(say('store.connection-names-no-user'));
  // Node takes no IP address for a TLS server's name (RFC 6066 §3), and the client gives it what stands here.
  if (secure && hostsOf(url).some((host) => isIP(host) !== 0)) throw new Told(say('store.connection-by-address'));
  return {
    open: () => EventStoreDBClient.connectionString(withGossipTimeout(url)),
    // Without TLS the client sends none: these only choose the path.
    credentials: named
      ? { username: decodeURIComponent(user), password: decodeURIComponent(password) }
      : { username: 'none', password: 'none' },
    secure,
  };
};
