import type { ExpectedRevision } from '../event-store.ts';

/** An event as it goes to the cluster. */
export type Outgoing = { readonly id: string; readonly type: string; readonly bytes: Uint8Array };

/** Events for one stream, all or none. */
export type OutgoingAppend = { readonly stream: string; readonly expected: ExpectedRevision; readonly events: readonly Outgoing[] };

/** What a server takes in one append by default. */
export const MAX_APPEND_BYTES = 1024 * 1024;
/** Type and framing of an event, generously. */
export const EVENT_OVERHEAD_BYTES = 128;
