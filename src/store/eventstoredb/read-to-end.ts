import type { ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { NoAnswer } from './failures.ts';
import { remoteEvent, type RemoteEvent } from './remote-event.ts';
import type { Text } from '../../messages/message.ts';

/** When a read is left before its end: when it is silent for so long (ms), or when nobody wants it any more. */
export type ReadLimits = { readonly idle: number; readonly signal: AbortSignal };

/**
 * Everything a finite read gives. The client's reads have no deadline. It is read by its events and not by
 * iterating: leaving an iteration does not end the call, and takes the listener away without which a late error
 * ends the process.
 * @throws NoAnswer, the signal's reason, or what the client says
 */
export const readToEnd = async (
  what: Text,
  { idle, signal }: ReadLimits,
  stream: StreamingRead<ResolvedEvent>,
): Promise<readonly RemoteEvent[]> => {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RemoteEvent[]>();
  const events: RemoteEvent[] = [];
  const leave = (reason: unknown): void => {
    reject(reason);
    // Where the call was never made there is nothing to cancel, and that is what it rejects with.
    stream.cancel().catch(() => undefined);
  };
  const leaveAsTold = (): void => leave(signal.reason);
  const silent = setTimeout(() => leave(new NoAnswer(what, idle)), idle);
  stream.on('data', (resolved: ResolvedEvent) => {
    silent.refresh();
    const event = remoteEvent(resolved);
    if (event !== undefined) events.push(event);
  });
  stream.on('error', reject);
  // A read that was cancelled ends as if it were complete, but then it has been rejected.
  stream.on('end', () => resolve(events));
  signal.addEventListener('abort', leaveAsTold);
  if (signal.aborted) leaveAsTold();
  try {
    return await promise;
  } finally {
    clearTimeout(silent);
    signal.removeEventListener('abort', leaveAsTold);
  }
};
