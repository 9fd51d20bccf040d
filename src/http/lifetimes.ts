import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../kernel/canonical.ts';

/**
 * Remembers from when to when an answer stays the same, and its tag. Every read without times is judged at another
 * moment. Where the route said how long its answer holds, a later read can be answered 304 without making the answer
 * again; where it did not, nothing is remembered.
 */

/** Epoch ms: at `from` and later, before `until`. */
export type Lifetime = { readonly from: number; readonly until: number };

/** Takes note of what a route tells while it makes one answer. */
export type LifetimeNotes = {
  /** A part of the answer is the same in this time: of several the time that they share counts. */
  readonly holds: (part: Lifetime) => void;
  /** Undefined where the route told nothing. */
  readonly lifetime: () => Lifetime | undefined;
};

export const lifetimeNotes = (): LifetimeNotes => {
  let shared: Lifetime | undefined;
  return {
    holds: ({ from, until }) => {
      shared = { from: Math.max(from, shared?.from ?? from), until: Math.min(until, shared?.until ?? until) };
    },
    lifetime: () => shared,
  };
};

export type SentTags = {
  /** The tag of the answer to a question at a moment, where one was sent that still holds then. */
  readonly find: (question: string, millis: number) => string | undefined;
  readonly note: (question: string, tag: string, lifetime: Lifetime) => void;
};

const MAX_TAGS = 20_000;

export const createSentTags = (): SentTags => {
  const sent = new LRUCache<string, { readonly tag: string } & Lifetime>({ max: MAX_TAGS });
  return {
    find: (question, millis) => {
      const found = sent.get(sha256Hex(question));
      return found !== undefined && found.from <= millis && millis < found.until ? found.tag : undefined;
    },
    note: (question, tag, lifetime) => void sent.set(sha256Hex(question), { tag, ...lifetime }),
  };
};
