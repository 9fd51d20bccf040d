import type { ResolvedEvent } from '@eventstore/db-client';

/** Where an event stands in the cluster's own log: byte offsets, the same on every node, monotone but not dense. */
export type RemotePosition = { readonly commit: bigint; readonly prepare: bigint };

/** An event as the cluster has it. */
export type RemoteEvent = {
  readonly stream: string;
  /** A tombstone stands at 2^63 - 1, which a number holds only nearly; nothing is done with that but to refuse it. */
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Undefined where it was written as JSON, which the client gives parsed, so that its bytes are lost. */
  readonly bytes: Uint8Array | undefined;
  /** Always there on what `$all` gives. */
  readonly position: RemotePosition | undefined;
  /** When the cluster recorded it, epoch ms by its own clock. */
  readonly created: number;
};

/** Undefined for a link to an event that is gone. */
export const remoteEvent = ({ event }: ResolvedEvent): RemoteEvent | undefined =>
  event && {
    stream: event.streamId,
    revision: Number(event.revision),
    id: event.id,
    type: event.type,
    bytes: event.data instanceof Uint8Array ? event.data : undefined,
    position: event.position,
    created: event.created.getTime(),
  };
