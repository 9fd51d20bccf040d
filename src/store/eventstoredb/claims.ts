import { derivedId } from '../../kernel/ids.ts';
import { NameTaken, StoreUnavailable, WrongRevision, type Claim } from '../event-store.ts';
import { failureOf, failureText } from './failures.ts';
import { untilCertain } from './retry.ts';
import type { SendOnce } from './send-once.ts';
import type { Timing } from './timing.ts';
import { say } from '../../messages/message.ts';

/**
 * A claimed name is a stream of one event, beside the streams of the log: the cluster takes a first event once. The id of
 * the event is made from the use, so the same use again is the same append, which the cluster acknowledges again.
 */
const STREAM_PREFIX = 'claim-';
const EVENT_TYPE = 'NameClaimed.v1';

/** @throws NameTaken, StoreUnavailable */
export const createClaims =
  ({ sendOnce, timing, signal }: { readonly sendOnce: SendOnce; readonly timing: Timing; readonly signal: AbortSignal }) =>
  async (claim: Claim): Promise<void> => {
    const stream = `${STREAM_PREFIX}${claim.name}`;
    const bytes = Buffer.from(JSON.stringify({ use: claim.use }));
    const event = { id: derivedId('claim', claim.name, claim.use), type: EVENT_TYPE, bytes };
    try {
      await untilCertain(say('store.claiming', { name: claim.name }), timing, signal, () =>
        sendOnce({ stream, expected: 'none', events: [event] }),
      );
    } catch (error) {
      const failure = failureOf(error);
      if (error instanceof WrongRevision || failure === 'conflict') throw new NameTaken(claim);
      if (failure === 'ambiguous') throw error;
      throw new StoreUnavailable(say('store.claiming-refused', { name: claim.name, why: failureText(error) }), { cause: error });
    }
  };
