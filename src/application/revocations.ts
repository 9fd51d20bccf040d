import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../kernel/canonical.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { hasCode } from '../kernel/error-code.ts';
import type { Measure } from '../kernel/measure.ts';
import { createFile, PRIVATE, removeDurably, replaceFile } from '../store/durable-file.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';
import { inEnglish } from '../messages/words.ts';

/**
 * Tokens that are no longer good, by their `jti`: one file for each, beside the keys.
 *
 * A file that is made once and never written again needs no lock, so replicas that share the keys, and a command beside
 * a running server, may all revoke at the same time; a name that is the digest of the `jti` says all that it takes to
 * refuse the token, whatever became of the content. Where the keys go, into a copy or onto another machine, the list
 * goes with them. Other processes' revocations are looked for twice a second: not every file system that can be shared
 * tells of a change.
 */

export const revocation = z.strictObject({
  jti: z.string(),
  /** When the token expires, epoch seconds: it needs no revoking any more. */
  exp: z.int(),
  reason: z.string().nullable(),
  /** Who revoked it. */
  by: z.string(),
  /** RFC 3339. */
  at: z.string(),
});
export type Revocation = z.infer<typeof revocation>;

export type Revocations = {
  readonly isRevoked: (jti: string) => boolean;
  /** In the order in which they were made. */
  readonly list: () => readonly Revocation[];
  /** Durable when it returns, and in force here. False where it was revoked before: that stands. */
  readonly add: (added: Revocation) => boolean;
  /** Why revocations made elsewhere do not arrive; undefined while they do. */
  readonly fault: () => Text | undefined;
  readonly measures: readonly Measure[];
  readonly close: () => void;
};

const SCAN_MILLIS = 500;
/** What has expired is kept for a day more: a clock that is set back must not make a revoked token good again. */
const KEPT_SECONDS = 86_400;
const FOREVER = Infinity;

const NAME = /^[0-9a-f]{64}$/u;
const nameOf = (jti: string): string => sha256Hex(jti);

/** Undefined where the content is not to be had; the name counts all the same. */
const contentOf = (path: string): Revocation | undefined => {
  try {
    return revocation.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
};

/**
 * Makes a revocation in a data directory that somebody else may be working in. False where it was made before: that
 * stands, but for an expiry that turns out to be later.
 */
export const revoke = (dataDir: string, added: Revocation): boolean => {
  const path = join(dataFiles(dataDir).revokedTokens, nameOf(added.jti));
  const textOf = (content: Revocation): string => `${JSON.stringify(revocation.parse(content))}\n`;
  if (createFile(path, textOf(added), PRIVATE)) return true;
  const before = contentOf(path);
  if (before === undefined || before.exp < added.exp) replaceFile(path, textOf({ ...added, ...before, exp: added.exp }), PRIVATE);
  return false;
};

const namesIn = (names: readonly string[]): readonly string[] => names.filter((name) => NAME.test(name));

/** The list of a data directory, followed from then on. @throws  it cannot be read */
export const openRevocations = (
  dataDir: string,
  clock: Clock = systemClock,
  onFailure: (message: string) => void = () => undefined,
): Revocations => {
  const { revokedTokens: folder } = dataFiles(dataDir);
  /** By name; what was seen once stays in force, be the file there or not. */
  const known = new Map<string, Revocation | undefined>();
  let failure: Text | undefined;
  let closed = false;

  const take = (names: readonly string[]): void => {
    for (const name of names) if (known.get(name) === undefined) known.set(name, contentOf(join(folder, name)));
  };
  const dropExpired = (): void => {
    const now = clock.now().epochMilliseconds / 1000;
    const isOver = (found: Revocation | undefined): boolean => now > (found?.exp ?? FOREVER) + KEPT_SECONDS;
    for (const [name, found] of known) {
      if (!isOver(found)) continue;
      const newest = contentOf(join(folder, name)) ?? found; // another process may have learnt of a later expiry
      known.set(name, newest);
      if (!isOver(newest)) continue;
      removeDurably(join(folder, name));
      known.delete(name);
    }
  };

  try {
    take(namesIn(readdirSync(folder)));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }

  const look = async (): Promise<void> => {
    try {
      take(namesIn(await readdir(folder)));
      dropExpired();
      failure = undefined;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) {
        failure = undefined;
        return;
      }
      const before = failure === undefined ? undefined : inEnglish(failure);
      failure = say('application.list-revoked-tokens-cannot-be-read', { error: toldBy(error) });
      if (inEnglish(failure) !== before) onFailure(inEnglish(failure));
    }
  };
  let timer = setTimeout(() => void follow(), SCAN_MILLIS).unref();
  const follow = async (): Promise<void> => {
    await look();
    if (!closed) timer = setTimeout(() => void follow(), SCAN_MILLIS).unref();
  };

  return {
    isRevoked: (jti) => known.size > 0 && known.has(nameOf(jti)),
    list: () => [...known.values()].filter((found) => found !== undefined).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    add: (added) => {
      const isNew = revoke(dataDir, added);
      const name = nameOf(added.jti);
      known.set(name, contentOf(join(folder, name)) ?? added);
      return isNew;
    },
    fault: () => failure,
    measures: [
      {
        kind: 'gauge',
        name: 'duban_auth_revoked_tokens',
        help: 'Tokens that are revoked and may not have expired.',
        read: () => known.size,
      },
    ],
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
