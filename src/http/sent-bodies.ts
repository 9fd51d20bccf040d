import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../kernel/canonical.ts';

/**
 * Which body was sent under an ETag. A subject's ETag is its revision, but its body also shows what follows from the
 * day and from other subjects; so "not modified" is answered only where the very same body was sent under that tag,
 * to that sender, for that URL, and no other ever was.
 */
export type SentBodies = {
  /** Notes that this body goes out now. */
  readonly note: (key: string, body: string) => void;
  /** Whether it is the only one that went out. */
  readonly isSame: (key: string, body: string) => boolean;
};

const MAX_BODIES = 20_000;
const SEVERAL = 'several';

export const createSentBodies = (): SentBodies => {
  const digests = new LRUCache<string, string>({ max: MAX_BODIES });
  return {
    note: (key, body) => {
      const digest = sha256Hex(body);
      const before = digests.get(key);
      if (before === undefined) digests.set(key, digest);
      else if (before !== digest) digests.set(key, SEVERAL);
    },
    isSame: (key, body) => digests.get(key) === sha256Hex(body),
  };
};
