import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Measure } from '../kernel/measure.ts';
import type { KeySource } from './key-source.ts';
import { readJwks, type KeyReading, type UsableKey } from './jwks.ts';
import { retryLater, type Problem } from './problem.ts';
import { say, type Text, isMessage } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';
import { inEnglish } from '../messages/words.ts';

/** The public keys that verify tokens, as they are now. */
export type KeySet = {
  /** The key that signed a token. @throws Problem  none can be trusted now; jose's errors  none fits */
  readonly keyOf: JWTVerifyGetKey;
  /** Another number whenever a key came or went; undefined while none can be trusted. What was verified under another is verified anew. */
  readonly edition: () => number | undefined;
  /** Why no token can be verified, for people; undefined while one can. */
  readonly fault: () => Text | undefined;
  readonly measures: readonly Measure[];
  readonly close: () => void;
};

/** Keys that never change. */
export const fixedKeys = (keys: readonly UsableKey[]): KeySet => ({
  keyOf: createLocalJWKSet({ keys: [...keys] }),
  edition: () => 0,
  fault: () => undefined,
  measures: [],
  close: () => undefined,
});

/** All in milliseconds. */
export type KeyTiming = {
  /** How long after a reading that went well the keys are read again: a key that was taken out of the set is good for so long. */
  readonly refresh: number;
  /** After a first failure; doubled with each further one, up to `slowestRetry`. */
  readonly retry: number;
  readonly slowestRetry: number;
  /** A token of an unknown key makes the keys be read again, but not sooner than this after the last time: anybody can send one. */
  readonly cooldown: number;
  /** While reading fails, the last good keys are believed for so long. */
  readonly maxAge: number;
};

const MINUTE = 60_000;

const KEY_TIMING: Readonly<Record<KeySource['kind'], KeyTiming>> = {
  file: { refresh: 2_000, retry: 2_000, slowestRetry: 10_000, cooldown: 500, maxAge: 60 * MINUTE },
  url: { refresh: 5 * MINUTE, retry: 1_000, slowestRetry: MINUTE, cooldown: 5_000, maxAge: 60 * MINUTE },
};

/** What a person should hear of the keys. */
export type KeyTidings = {
  readonly onChange: (message: string) => void;
  readonly onFailure: (message: string) => void;
};

/** The keys are of no use, for a reason that a person can act on. */
export class KeysUnusable extends Told {}

const readKeys = async ({ name, read }: KeySource): Promise<KeyReading> => {
  let found: KeyReading | Text;
  try {
    found = readJwks(await read());
  } catch (cause) {
    throw new KeysUnusable(say('http.auth-jwks', { name, cause: toldBy(cause) }), { cause });
  }
  if (typeof found === 'string' || isMessage(found)) throw new KeysUnusable(say('http.auth-jwks-2', { name, found }));
  return found;
};

type Known = { readonly keys: readonly UsableKey[]; readonly keyOf: JWTVerifyGetKey; readonly text: string; readonly readAt: number };

const namesOf = (keys: readonly UsableKey[]): string => keys.map(({ kid, alg }) => kid ?? alg).join(', ');

/**
 * Keys that are read again and again, so that those of an issuer come and go without a restart. A file must hold
 * usable keys at the start; a URL may come to answer later.
 * @throws KeysUnusable  of a file
 */
export const followKeys = async (
  source: KeySource,
  { onChange, onFailure }: KeyTidings,
  timing: KeyTiming = KEY_TIMING[source.kind],
): Promise<KeySet> => {
  const counts = { reads: 0, failures: 0 };
  let edition = 0;
  let known: Known | undefined;
  /** Of the last reading; undefined where it went well. */
  let failure: Text | undefined = say('http.auth-jwks-was-not-read-yet', { name: source.name });
  let failures = 0;
  let lastRead = -Infinity;
  let reading: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const adopt = ({ keys, faults }: KeyReading): void => {
    const text = JSON.stringify([keys, faults]);
    if (text !== known?.text) {
      edition += 1;
      onChange([`tokens are verified by the keys of ${source.name}: ${namesOf(keys)}`, ...faults.map(inEnglish)].join('; '));
    }
    known = { keys, keyOf: text === known?.text ? known.keyOf : createLocalJWKSet({ keys: [...keys] }), text, readAt: performance.now() };
  };

  const read = async (): Promise<void> => {
    counts.reads += 1;
    lastRead = performance.now();
    try {
      adopt(await readKeys(source));
      failure = undefined;
      failures = 0;
    } catch (error) {
      failure = toldBy(error);
      failures += 1;
      counts.failures += 1;
      if (!closed) onFailure(inEnglish(failure));
    }
  };

  /** One reading at a time: whoever asks meanwhile waits for that one. */
  const refresh = (): Promise<void> => {
    clearTimeout(timer);
    reading ??= read().finally(() => {
      reading = undefined;
      if (closed) return;
      const pause = failures === 0 ? timing.refresh : Math.min(timing.retry * 2 ** (failures - 1), timing.slowestRetry);
      timer = setTimeout(() => void refresh(), pause).unref();
    });
    return reading;
  };

  const trusted = (): Known | undefined => (known !== undefined && performance.now() - known.readAt <= timing.maxAge ? known : undefined);
  const fault = (): Text | undefined => {
    if (trusted() !== undefined) return undefined;
    return known === undefined ? failure : say('http.keys-that-verify-tokens-too-old', { failure: failure ?? '' });
  };
  const unavailable = (): Problem => retryLater('keys-unavailable', say('http.keys-that-verify-tokens-could-not'), 5);

  const isUnknown = (error: unknown): boolean => error instanceof errors.JWKSNoMatchingKey;

  const keyOf: JWTVerifyGetKey = async (header, token) => {
    if (trusted() === undefined && reading !== undefined) await reading;
    const before = trusted();
    if (before === undefined) throw unavailable();
    try {
      return await before.keyOf(header, token);
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
    if (reading !== undefined || performance.now() - lastRead >= timing.cooldown) await refresh();
    const after = trusted();
    if (after === undefined) throw unavailable();
    try {
      return await after.keyOf(header, token);
    } catch (error) {
      // An issuer that has changed its keys and cannot be asked now: whether the token is good is not known.
      throw isUnknown(error) && failure !== undefined ? unavailable() : error;
    }
  };

  const first = refresh();
  if (source.kind === 'file') {
    await first;
    if (known === undefined) {
      closed = true;
      clearTimeout(timer);
      throw new KeysUnusable(failure ?? '');
    }
  }
  return {
    keyOf,
    edition: () => (trusted() === undefined ? undefined : edition),
    fault,
    measures: [
      { kind: 'gauge', name: 'duban_auth_keys', help: 'Keys that verify tokens.', read: () => trusted()?.keys.length ?? 0 },
      { kind: 'counter', name: 'duban_auth_key_reads_total', help: 'How often the keys of AUTH_JWKS were read.', read: () => counts.reads },
      {
        kind: 'counter',
        name: 'duban_auth_key_failures_total',
        help: 'How often they could not be read.',
        read: () => counts.failures,
      },
    ],
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
