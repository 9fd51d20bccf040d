import { LRUCache } from 'lru-cache';
import type { Kit } from './kit.ts';
import type { Principal } from './principal.ts';
import type { Problem } from './problem.ts';

/**
 * Where each sender's last command stands in the log. A read by the same sender waits for it: whoever was told that
 * something is recorded sees it in the next answer, and decides on what it shows.
 */
export type OwnCommands = {
  readonly note: (sender: Principal, position: number) => void;
  /** 0 where nothing is known of any. */
  readonly lastOf: (sender: Principal) => number;
};

const MAX_SENDERS = 20_000;

export const createOwnCommands = (): OwnCommands => {
  const last = new LRUCache<string, number>({ max: MAX_SENDERS });
  const nameOf = (sender: Principal): string => JSON.stringify([sender.sub, sender.role === 'unit' ? sender.unit : null]);
  const lastOf = (sender: Principal): number => last.get(nameOf(sender)) ?? 0;
  return { note: (sender, position) => void last.set(nameOf(sender), Math.max(position, lastOf(sender))), lastOf };
};

/** Waits until the views hold the sender's own commands: for a call that reads them without travelling in time. */
export const awaitOwn = async (kit: Kit, sender: Principal | null): Promise<Problem | undefined> =>
  (await kit.reaching.present()) ?? kit.reaching.views(sender === null ? 0 : kit.ownCommands.lastOf(sender), '/minPosition');
