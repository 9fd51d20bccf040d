import { setTimeout as sleep } from 'node:timers/promises';
import * as client from '@eventstore/db-client';
import { askAccess, objectionTo, type Access } from '../../store/eventstoredb/access.ts';
import { connectionOf, type Connection } from '../../store/eventstoredb/connection.ts';
import { failureText } from '../../store/eventstoredb/failures.ts';
import { DEFAULT_TIMING, type Timing } from '../../store/eventstoredb/timing.ts';
import { ensureAccessRules, type RulesOutcome } from './access-rules.ts';
import { httpApi } from './http-api.ts';
import { ensureUser, SetupRefused, type UserOutcome } from './users.ts';
import { say } from '../../messages/message.ts';

/** Makes a cluster one in which Duban's user can add to the log and not take from it. Done again, it changes nothing. */

export type SetUp = {
  readonly user: UserOutcome;
  readonly rules: RulesOutcome;
  /** As tried with the user's own password. */ readonly access: Access;
};

/** The nodes take up new rules, and a new user, within moments. */
const TAKES_EFFECT_MILLIS = 10_000;
const POLL_MILLIS = 200;

/** The connection string with another user in it. */
const asUser = (url: string, { username, password }: client.Credentials): string =>
  url.replace(
    /^([^:]+:\/\/)(?:[^@/?]*@)?/u,
    (_, scheme: string) => `${scheme}${encodeURIComponent(username)}:${encodeURIComponent(password)}@`,
  );

const administrator = (url: string): Connection => {
  try {
    return connectionOf(client, url);
  } catch (error) {
    throw new SetupRefused(error instanceof Error ? error.message : String(error));
  }
};

/** @throws SetupRefused, NoNode */
export const setUpEventStore = async (options: {
  /** The connection string of an administrator. */
  readonly admin: string;
  readonly user: client.Credentials;
  readonly group: string;
  /** Whether access rules that somebody else has set are replaced. */
  readonly replace: boolean;
  readonly timing?: Partial<Timing>;
}): Promise<SetUp> => {
  const { admin, user, group, replace } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const { secure, credentials } = administrator(admin);
  if (!secure) throw new SetupRefused(say('cli.no-tls'));
  // The rules first: where they are somebody else's, nothing at all is changed.
  const rules = await ensureAccessRules(client, { url: admin, credentials, group, replace, timing }).catch((error: unknown) => {
    throw error instanceof SetupRefused ? error : new SetupRefused(say('cli.access-rules-cannot-be-set', { why: failureText(error) }));
  });
  const outcome = await ensureUser(httpApi(admin), user, group);
  const { signal } = new AbortController();
  const end = performance.now() + TAKES_EFFECT_MILLIS;
  for (;;) {
    const access = await askAccess({ url: asUser(admin, user), timing, signal });
    const objection = objectionTo(access);
    if (objection === undefined) return { user: outcome, rules, access };
    if (performance.now() >= end) throw new SetupRefused(say('cli.set-but', { objection }));
    await sleep(POLL_MILLIS);
  }
};
