import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../kernel/canonical.ts';
import type { Span } from '../kernel/moment.ts';

/**
 * Between which moments an answer stays the same, and under which tag it went out. Every read of the present is judged
 * at a moment of its own; one that falls between those moments can be answered 304 without making the answer again.
 */
export type SentTags = {
  /** The tag of the answer to a question at a moment (epoch ms), where one was sent that still holds then. */
  readonly find: (question: string, millis: number) => string | undefined;
  readonly note: (question: string, tag: string, lifetime: Span) => void;
};

const MAX_TAGS = 20_000;

export const createSentTags = (): SentTags => {
  const sent = new LRUCache<string, { readonly tag: string } & Span>({ max: MAX_TAGS });
  return {
    find: (question, millis) => {
      const found = sent.get(sha256Hex(question));
      return found !== undefined && found.from <= millis && millis < found.until ? found.tag : undefined;
    },
    note: (question, tag, lifetime) => void sent.set(sha256Hex(question), { tag, ...lifetime }),
  };
};
