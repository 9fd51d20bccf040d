import { askAccess, objectionTo } from './access.ts';
import { connectionOf } from './connection.ts';
import { failureText } from './failures.ts';
import { pause, pauseBefore } from './retry.ts';
import type { Timing } from './timing.ts';
import { say, type Text } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/**
 * A log is no evidence if its own writer could delete from it. So before anything is added, this program finds out what
 * its user may do; as long as the cluster does not answer that, nothing is added.
 */
export type AccessGuard = {
  /** False where there is no TLS: such a cluster does not check who may do what. */
  readonly secure: boolean;
  /** Why nothing may be added. */
  readonly objection: () => Text | undefined;
  readonly close: () => Promise<void>;
};

/** The user may do more than it should, or less than it must. */
export class UnfitUser extends Told {
  constructor(objection: Text) {
    super(say('store.unfit-user', { objection }));
  }
}

/** @throws UnfitUser  unless the cluster does not answer: then `objection` says so later, and `onUnfit` hears it */
export const guardAccess = async ({
  url,
  timing,
  onUnfit,
}: {
  readonly url: string;
  readonly timing: Timing;
  readonly onUnfit: (unfit: UnfitUser) => void;
}): Promise<AccessGuard> => {
  const module = await import('@eventstore/db-client');
  if (!connectionOf(module, url).secure) return { secure: false, objection: () => undefined, close: async () => undefined };

  const closing = new AbortController();
  const { signal } = closing;
  let objection: Text | undefined;

  /** Whether it could be found out. @throws UnfitUser */
  const examine = async (): Promise<boolean> => {
    try {
      objection = objectionTo(await askAccess({ url, timing, signal }));
    } catch (error) {
      objection = say('store.access-not-known', { why: failureText(error) });
      return false;
    }
    if (objection !== undefined) throw new UnfitUser(objection);
    return true;
  };

  const examineLater = async (): Promise<void> => {
    try {
      for (let attempt = 0; !signal.aborted && !(await examine()); attempt += 1) await pause(pauseBefore(attempt, timing), signal);
    } catch (error) {
      if (error instanceof UnfitUser) onUnfit(error);
      else throw error;
    }
  };

  const later = (await examine()) ? undefined : examineLater();
  return {
    secure: true,
    objection: () => objection,
    close: async () => {
      closing.abort();
      await later;
    },
  };
};
