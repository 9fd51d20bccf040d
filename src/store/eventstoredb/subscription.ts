import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import type { Clients } from './clients.ts';
import { failureText, NoAnswer } from './failures.ts';
import { follow } from './follow.ts';
import type { RemotePosition } from './remote-event.ts';
import { endOfLog } from './known-event.ts';
import { progressFrom, type Progress, type ProgressOf } from './progress.ts';
import { rememberScanned, resumePoint } from './resume-point.ts';
import { pause, pauseBefore } from './retry.ts';
import { SourceContradiction, type Sequencer } from './sequencer.ts';
import { openSubscription, type SubscriptionCall } from './subscription-call.ts';
import type { Timing } from './timing.ts';
import { say, type Text } from '../../messages/message.ts';

/**
 * The subscription that never stops: the client's own ends with an error, or without one, and does not come
 * back. Whatever ends it, it is opened again where the sequencer stands.
 */
export type EndlessSubscription = {
  readonly state: () => SubscriptionState;
  /** How far it has come; undefined once it is caught up, and while nothing comes. */
  readonly progress: () => Progress | undefined;
  /** Something should have come and did not: opens it anew, unless it was heard since `since` (monotonic ms). */
  readonly doubt: (since: number) => void;
  readonly close: () => Promise<void>;
};

export type SubscriptionState = {
  /** Whether everything that the log held when it was opened has been sequenced, once at least. */
  readonly caughtUp: boolean;
  /** Since when (monotonic ms) it is not caught up, and why. */
  readonly lost: { readonly since: number; readonly why: Text } | undefined;
  /** How often it was opened. */
  readonly opened: number;
};

export const keepFollowing = (options: {
  readonly clients: Clients;
  readonly sequencer: Sequencer;
  readonly timing: Timing;
  /** What the names of the log's streams begin with. */
  readonly streamPrefixes: readonly string[];
  /** Hears when all that the log held has been sequenced, once for each opening. */
  readonly onCaughtUp: () => void;
  /** Hears when the cluster recorded the newest of what it delivers, epoch ms by its clock. */
  readonly onCreated: (created: number) => void;
}): EndlessSubscription => {
  const { clients, sequencer, timing, streamPrefixes } = options;
  const closing = new AbortController();
  let session = new AbortController();
  let begun = performance.now();
  let lastHeard = begun;
  let attempt = 0;
  let missingSince: number | undefined;
  let progress: ProgressOf | undefined;
  let state: SubscriptionState = { caughtUp: false, lost: { since: lastHeard, why: say('store.not-yet-opened') }, opened: 0 };

  const heard = (): void => {
    lastHeard = performance.now();
    attempt = 0;
  };

  const lose = (why: Text): void => {
    state = { ...state, lost: { since: state.lost?.since ?? performance.now(), why } };
  };

  /** Where to go on, or undefined where the log must be asked again. */
  const whereToGoOn = async (client: Client): Promise<RemotePosition | 'start' | undefined> => {
    const point = await resumePoint(client, sequencer, { idle: timing.readIdle, signal: session.signal });
    if (point.kind === 'from') {
      missingSince = undefined;
      return point.position;
    }
    missingSince ??= performance.now();
    const isCertain = point.kind === 'contradicted' || performance.now() - missingSince >= timing.absence;
    if (isCertain) throw sequencer.stop(point.anomaly);
    lose(point.anomaly.detail);
    return undefined;
  };

  /** How far the log was scanned is only a saving: where it cannot be remembered, it is scanned again. */
  const remember = async (client: Client, position: RemotePosition): Promise<void> =>
    rememberScanned(client, sequencer, position, { idle: timing.readIdle, signal: session.signal }).catch(() => undefined);

  /** Only to tell how much is still to come. */
  const findEnd = async (client: Client, of: ProgressOf): Promise<void> => {
    const end = await endOfLog(client, { idle: timing.readIdle, signal: session.signal }).catch(() => undefined);
    if (end !== undefined) of.endsAt(end);
  };

  const runSession = async (client: Client): Promise<void> => {
    const from = await whereToGoOn(client);
    if (from === undefined || closing.signal.aborted) return;
    state = { ...state, opened: state.opened + 1 };
    lose(say('store.catching-up'));
    let remembering: Promise<void> | undefined;
    const way = progressFrom(from, sequencer.last()?.position ?? 0);
    progress = way;
    void findEnd(client, way); // nobody waits for it
    try {
      const open = (use: (call: SubscriptionCall) => void): Promise<void> => openSubscription(client, { from, streamPrefixes }, use);
      await follow(open, timing, session.signal, {
        onEvents: (events) => {
          heard();
          const newest = events.at(-1);
          if (newest !== undefined) options.onCreated(newest.created);
          sequencer.sequence(events);
          if (newest?.position !== undefined) way.reached(newest.position);
        },
        onCheckpoint: (position) => {
          heard();
          way.reached(position);
          remembering ??= remember(client, position).finally(() => {
            remembering = undefined;
          });
        },
        onCaughtUp: () => {
          heard();
          progress = undefined;
          state = { ...state, caughtUp: true, lost: undefined };
          options.onCaughtUp();
        },
      });
      // A node that is silent counts against the client, which by itself would stay with it.
      session.signal.throwIfAborted();
      lose(say('store.server-ended-subscription'));
    } finally {
      progress = undefined;
      await remembering;
    }
  };

  const run = async (): Promise<void> => {
    for (; !closing.signal.aborted && sequencer.anomaly() === undefined; attempt += 1) {
      session = new AbortController();
      begun = performance.now();
      try {
        await clients.use(runSession);
      } catch (error) {
        lose(failureText(error));
        if (error instanceof SourceContradiction) return;
      }
      await pause(pauseBefore(attempt, timing), closing.signal);
    }
  };

  const running = run();
  return {
    state: () => state,
    progress: () => progress?.now(sequencer.last()?.position ?? 0),
    doubt: (since) => {
      // What was opened since then may yet bring it: ended again and again it never would.
      if (Math.max(begun, lastHeard) < since) session.abort(new NoAnswer(say('store.what-was-appended'), timing.positionsWithin));
    },
    close: async () => {
      closing.abort();
      session.abort();
      await running;
    },
  };
};
