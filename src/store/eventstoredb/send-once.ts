import { WrongRevision, type ExpectedRevision } from '../event-store.ts';
import type { Clients } from './clients.ts';
import type { ClientModule, Connection } from './connection.ts';
import { within } from './retry.ts';
import type { Timing } from './timing.ts';

/** An event as it goes to the cluster. */
export type Outgoing = { readonly id: string; readonly type: string; readonly bytes: Uint8Array };

/** What a server takes in one append by default. */
export const MAX_APPEND_BYTES = 1024 * 1024;
/** Type and framing of an event, generously. */
export const EVENT_OVERHEAD_BYTES = 128;

/** Beyond its deadline a call can only hang in the search for a node. */
const DISCOVERY_ALLOWANCE_MS = 1_000;

/** One try of an append, at the leader. Gives the last revision; throws what the client throws, or NoAnswer. */
export type SendOnce = (stream: string, expected: ExpectedRevision, events: readonly Outgoing[]) => Promise<number>;

export const createSendOnce =
  ({ clients, module, credentials, timing }: {
    readonly clients: Clients;
    readonly module: Pick<ClientModule, 'binaryEvent'>;
    readonly credentials: Connection['credentials'];
    readonly timing: Timing;
  }): SendOnce =>
  async (stream, expected, events) => {
    const binary = events.map(({ id, type, bytes }) => module.binaryEvent({ id, type, data: bytes }));
    const expectedRevision = expected === 'none' ? ('no_stream' as const) : BigInt(expected);
    const { success, nextExpectedRevision } = await clients.use((client) =>
      within(
        timing.appendDeadline + DISCOVERY_ALLOWANCE_MS,
        `appending to ${stream}`,
        client.appendToStream(stream, binary, { expectedRevision, credentials, requiresLeader: true, deadline: timing.appendDeadline }),
      ),
    );
    // A connection string may say `throwOnAppendFailure=false`: then this is how a conflict is told, -1 for no stream.
    if (!success) throw new WrongRevision(stream, expected, nextExpectedRevision < 0n ? 'none' : Number(nextExpectedRevision));
    return Number(nextExpectedRevision);
  };
