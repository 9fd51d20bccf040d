import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable, WrongRevision } from '../event-store.ts';
import { failureOf, failureText, NoAnswer } from './failures.ts';
import type { Timing } from './timing.ts';
import { say, type Text } from '../../messages/message.ts';

/** Doubles with each attempt up to the longest, and is shortened by chance by up to a half: many clients lose one leader at once. */
export const pauseBefore = (attempt: number, { pauseFrom, pauseTo }: Timing): number =>
  Math.min(pauseTo, pauseFrom * 2 ** Math.min(attempt, 30)) * (1 - Math.random() / 2);

/** Waits, or less where the signal comes. */
export const pause = async (millis: number, signal: AbortSignal): Promise<void> => {
  // It rejects for the signal alone, which the caller asks itself.
  await sleep(millis, undefined, { signal }).catch(() => undefined);
};

/** What a promise gives, or NoAnswer. The promise goes on, and its late outcome is of no interest. */
export const within = async <Result>(millis: number, what: Text, promise: Promise<Result>): Promise<Result> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(what, millis)), millis);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Errors that the work itself has made of an answer: they are certain. */
const isVerdict = (error: unknown): boolean => error instanceof StoreUnavailable || error instanceof WrongRevision;

/**
 * Tries again while the answer is ambiguous and there is time.
 * @throws StoreUnavailable  no certain answer in time, or the signal came; other failures as they are
 */
export const untilCertain = async <Result>(
  what: Text,
  timing: Timing,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> => {
  const end = performance.now() + timing.retryFor;
  for (let attempt = 0; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (failureOf(error) !== 'ambiguous' || isVerdict(error)) throw error;
      if (signal.aborted || performance.now() >= end)
        throw new StoreUnavailable(say('store.failed-at', { what, why: failureText(error) }), { cause: error });
      await pause(pauseBefore(attempt, timing), signal);
    }
};
