import { z } from 'zod';
import type { Credentials } from '@eventstore/db-client';
import type { HttpAnswer, HttpApi } from './http-api.ts';
import { say, type Message } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/** The users of a cluster (its HTTP API, `/users`). */

const known = z.object({ data: z.object({ groups: z.array(z.string()).nullish(), disabled: z.boolean().optional() }) });

/** The cluster refuses, as to somebody who is no administrator. */
export class SetupRefused extends Told {}

const demand = ({ status, body }: HttpAnswer, what: Message): void => {
  if (status >= 200 && status < 300) return;
  if (status === 401 || status === 403) throw new SetupRefused(say('cli.cluster-refuses', { what, status }));
  throw new SetupRefused(say('cli.cluster-answers', { what, status, body: body === undefined ? '' : ` ${JSON.stringify(body)}` }));
};

/** Whether the cluster takes these credentials. It answers a wrong password with 401, and a user who may not look with 403. */
const isPassword = async (api: HttpApi, credentials: Credentials): Promise<boolean> =>
  (await api('GET', '/users/$current', { as: credentials })).status !== 401;

export type UserOutcome = 'created' | 'changed' | 'unchanged';

const FULL_NAME = 'Duban';

/** Makes the user, or makes it as it should be: enabled, in this group and no other, with this password. */
export const ensureUser = async (api: HttpApi, { username, password }: Credentials, group: string): Promise<UserOutcome> => {
  const path = `/users/${encodeURIComponent(username)}`;
  const found = await api('GET', path);
  if (found.status === 404) {
    demand(
      await api('POST', '/users/', { body: { loginName: username, fullName: FULL_NAME, groups: [group], password } }),
      say('cli.making-user', { username }),
    );
    return 'created';
  }
  demand(found, say('cli.looking-for-user', { username }));
  const { groups, disabled } = known.parse(found.body).data;
  let outcome: UserOutcome = 'unchanged';
  const change = async (method: string, at: string, body: object | undefined, what: Message): Promise<void> => {
    demand(await api(method, at, body === undefined ? {} : { body }), what);
    outcome = 'changed';
  };
  if (groups?.length !== 1 || groups[0] !== group)
    await change('PUT', path, { fullName: FULL_NAME, groups: [group] }, say('cli.putting-user-into-group', { username, group }));
  if (disabled === true) await change('POST', `${path}/command/enable`, undefined, say('cli.enabling-user', { username }));
  if (!(await isPassword(api, { username, password })))
    await change('POST', `${path}/command/reset-password`, { newPassword: password }, say('cli.giving-user-its-password', { username }));
  return outcome;
};
