import { millisText, type Clock } from '../kernel/clock.ts';
import { LogDamaged, type EventStore } from '../store/event-store.ts';
import type { Ledger } from './ledger.ts';

/**
 * How far the quorum of witnesses vouches for the log, and since when it does no more: what came after could be
 * rewritten unseen. That is told and no reason to refuse anything: a witness is somebody else's, and it may not be in
 * its hands whether the office can work.
 */
export type Anchoring = {
  /** Tells of a log that is left alone for too long, once, and of the end of that. */
  readonly look: () => void;
};

/** A checkpoint is due every 10 s, and cosigned within seconds: what is older than this has been left alone. */
const MAX_UNANCHORED_MILLIS = 60_000;

/** When the first event that no quorum vouches for was recorded, epoch ms; undefined where there is none. */
export const unanchoredSince = (ledger: Pick<Ledger, 'anchoredThrough' | 'size'>, store: Pick<EventStore, 'at'>): number | undefined => {
  const through = ledger.anchoredThrough();
  try {
    return through < ledger.size() ? store.at(through + 1)?.recordedAt : undefined;
  } catch (error) {
    if (error instanceof LogDamaged) return undefined; // the ledger stops for it, and says so
    throw error;
  }
};

export const createAnchoring = (deps: {
  readonly ledger: Pick<Ledger, 'anchoredThrough' | 'size' | 'stopped' | 'waiting'>;
  readonly store: Pick<EventStore, 'at'>;
  readonly clock: Clock;
  readonly onEvent: (message: string, detail: object) => void;
}): Anchoring => {
  const { ledger, store, clock, onEvent } = deps;
  let isTold = false;

  return {
    look: () => {
      const first = unanchoredSince(ledger, store);
      const isLate = first !== undefined && clock.now().epochMilliseconds - first > MAX_UNANCHORED_MILLIS;
      if (isLate === isTold) return;
      isTold = isLate;
      const detail = { anchoredThrough: ledger.anchoredThrough(), size: ledger.size() };
      if (!isLate) onEvent('the quorum of witnesses vouches for the log again', detail);
      else
        onEvent('the quorum of witnesses does not vouch for the newest events', {
          ...detail,
          since: millisText(first),
          reason: ledger.stopped() ?? ledger.waiting() ?? null,
        });
    },
  };
};
