import type { AllStreamResolvedEvent, AllStreamSubscription, EventStoreDBClient as Client } from '@eventstore/db-client';
import type { ClientModule } from './connection.ts';
import { NoAnswer } from './failures.ts';
import { remoteEvent, type RemoteEvent, type RemotePosition } from './remote-event.ts';
import type { Timing } from './timing.ts';

/**
 * One subscription to the cluster's log, from its opening to its end. It ends by an error, because the server ended it,
 * or because nothing was heard for too long. It does not start again by itself: that is up to its caller.
 */
export type FollowerCalls = {
  /** What was delivered, in log order, in batches. What it throws ends the subscription. */
  readonly onEvents: (events: readonly RemoteEvent[]) => void;
  /** The log was scanned up to here, and `onEvents` has had every event before it. */
  readonly onCheckpoint: (position: RemotePosition) => void;
  /** Everything that was there when the subscription was opened was delivered. */
  readonly onCaughtUp: () => void;
};

/** Events of one batch, thus of one transaction: a bound on how long the process is busy with one. */
const BATCH = 500;
/** Events waiting here at which the stream is paused: the server then waits too, by the flow control of HTTP/2. */
const MAX_WAITING = 4 * BATCH;
// Events scanned on the server between two checkpoints: the search window times the interval.
const SEARCH_WINDOW = 128;
const CHECKPOINT_INTERVAL = 8;

/** Cancels the call, on the server too. Where it was never made there is nothing to cancel, and that is what it rejects with. */
const leaveCall = (subscription: AllStreamSubscription): void => void subscription.unsubscribe().catch(() => undefined);

export const follow = async (
  client: Client,
  { streamNameFilter }: Pick<ClientModule, 'streamNameFilter'>,
  { from, streamPrefixes }: { readonly from: RemotePosition | 'start'; readonly streamPrefixes: readonly string[] },
  timing: Timing,
  signal: AbortSignal,
  calls: FollowerCalls,
): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waiting: RemoteEvent[] = [];
  /** What follows a number of events: the client tells it at once, while events before it are still in its buffer. */
  const marks: { readonly after: number; readonly reached: () => void }[] = [];
  let received = 0;
  let handled = 0;
  let scheduled = false;
  let ended = false;

  const subscription = client.subscribeToAll({
    fromPosition: from,
    filter: streamNameFilter({
      prefixes: [...streamPrefixes],
      maxSearchWindow: SEARCH_WINDOW,
      checkpointInterval: CHECKPOINT_INTERVAL,
      checkpointReached: (_, position) => {
        heard();
        mark(() => calls.onCheckpoint(position));
      },
    }),
  });

  const handleBatch = (): void => {
    scheduled = false;
    if (ended) return;
    const batch = waiting.splice(0, BATCH);
    try {
      if (batch.length > 0) calls.onEvents(batch);
    } catch (error) {
      end(error);
      return;
    }
    handled += batch.length;
    while (marks[0] !== undefined && marks[0].after <= handled) marks.shift()?.reached();
    if (waiting.length > 0) schedule();
    else subscription.resume();
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(handleBatch);
  };
  const mark = (reached: () => void): void => {
    marks.push({ after: received + subscription.readableLength, reached });
    schedule();
  };

  const silent = (): void => end(new NoAnswer('the subscription', silence));
  let silence = timing.confirmWithin;
  let timer = setTimeout(silent, silence);
  const heard = (): void => void timer.refresh();
  const end = (error?: unknown): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    leaveCall(subscription);
    if (error === undefined) resolve();
    else reject(error);
  };

  subscription.on('confirmation', () => {
    if (ended) return;
    clearTimeout(timer);
    silence = timing.silence;
    timer = setTimeout(silent, silence);
  });
  subscription.on('caughtUp', () => {
    heard();
    mark(calls.onCaughtUp);
  });
  subscription.on('data', (resolved: AllStreamResolvedEvent) => {
    heard();
    received += 1;
    const event = remoteEvent(resolved);
    if (event === undefined) {
      end(new Error('the subscription delivered a link whose event is gone, though links are not followed'));
      return;
    }
    waiting.push(event);
    if (waiting.length >= MAX_WAITING) subscription.pause();
    schedule();
  });
  // The listener stays: an error after the end would otherwise end the process.
  subscription.on('error', end);
  subscription.on('end', () => end());
  subscription.on('close', () => end());
  const leave = (): void => end();
  signal.addEventListener('abort', leave);
  if (signal.aborted) end();
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', leave);
  }
};
