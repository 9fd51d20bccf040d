import type { Delivered } from './delivered.ts';
import { NoAnswer } from './failures.ts';
import type { RemoteEvent, RemotePosition } from './remote-event.ts';
import type { SubscriptionCall } from './subscription-call.ts';
import type { Timing } from './timing.ts';
import { say } from '../../messages/message.ts';

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
const MAX_WAITING = 2 * BATCH;
/** Until all that was there has come, what comes is gathered for so long, ms: a transaction costs as much as many events. */
const GATHER_MILLIS = 10;

/** Cancels the call, on the server too. In a turn of its own: https://github.com/grpc/grpc-node/issues/1652 */
const leaveCall = (call: SubscriptionCall | undefined): void => void setImmediate(() => call?.cancel());

/** @param open  makes the call, and gives it to its argument in the same turn */
export const follow = async (
  open: (use: (call: SubscriptionCall) => void) => Promise<void>,
  timing: Timing,
  signal: AbortSignal,
  calls: FollowerCalls,
): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waiting: RemoteEvent[] = [];
  /** What follows a number of events. */
  const marks: { readonly after: number; readonly reached: () => void }[] = [];
  let call: SubscriptionCall | undefined;
  let received = 0;
  let handled = 0;
  let scheduled: { readonly soon: boolean; readonly cancel: () => void } | undefined;
  let behind = true;
  let ended = false;

  const handleBatch = (): void => {
    scheduled = undefined;
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
    if (waiting.length < BATCH) call?.resume();
  };
  const schedule = (): void => {
    const soon = !behind || waiting.length >= BATCH;
    if (scheduled !== undefined && (scheduled.soon || !soon)) return;
    scheduled?.cancel();
    if (soon) {
      const turn = setImmediate(handleBatch);
      scheduled = { soon, cancel: () => clearImmediate(turn) };
    } else {
      const gathering = setTimeout(handleBatch, GATHER_MILLIS);
      scheduled = { soon, cancel: () => clearTimeout(gathering) };
    }
  };
  const mark = (reached: () => void): void => {
    marks.push({ after: received, reached });
    schedule();
  };

  const silent = (): void => end(new NoAnswer(say('store.the-subscription'), silence));
  let silence = timing.confirmWithin;
  let timer = setTimeout(silent, silence);
  const end = (error?: unknown): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    scheduled?.cancel();
    leaveCall(call);
    if (error === undefined) resolve();
    else reject(error);
  };

  const take = (event: RemoteEvent | undefined): void => {
    if (event === undefined) {
      end(new Error('the subscription delivered a link whose event is gone, though links are not followed'));
      return;
    }
    received += 1;
    waiting.push(event);
    if (waiting.length >= MAX_WAITING) call?.pause();
    schedule();
  };

  const hear = (told: Delivered): void => {
    if (ended) return;
    if (told.kind === 'confirmed') {
      clearTimeout(timer);
      silence = timing.silence;
      timer = setTimeout(silent, silence);
      return;
    }
    timer.refresh();
    if (told.kind === 'event') take(told.event);
    else if (told.kind === 'checkpoint') mark(() => calls.onCheckpoint(told.position));
    else if (told.kind === 'caught-up') {
      behind = false;
      mark(calls.onCaughtUp);
    }
  };

  const use = (made: SubscriptionCall): void => {
    call = made;
    made.on('data', hear);
    // The listener stays: an error after the end would otherwise end the process.
    made.on('error', end);
    made.on('end', () => end());
    made.on('close', () => end());
    if (ended) leaveCall(made);
  };
  open(use).catch(end);
  const leave = (): void => end();
  signal.addEventListener('abort', leave);
  if (signal.aborted) end();
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', leave);
  }
};
