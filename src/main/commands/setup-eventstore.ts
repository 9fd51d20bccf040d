import { NoNode } from '../cluster/http-api.ts';
import { setUpEventStore } from '../cluster/set-up.ts';
import { SetupRefused } from '../cluster/users.ts';
import { connectionString, failing, options, print, tell, UsageError, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

/** A colon ends the name in HTTP's Basic authentication (RFC 7617 §2). Names that begin with $ are the cluster's own. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;

const nameOf = (text: string, option: string): string => {
  if (!NAME.test(text)) throw new UsageError(say('cli.takes-a-name', { option }));
  return text;
};

export const setupEventStoreCommand: Command = async (args) => {
  const { values } = options(args, {
    admin: { type: 'string' },
    user: { type: 'string', default: 'duban' },
    group: { type: 'string', default: 'duban' },
    replace: { type: 'boolean', default: false },
  });
  const admin = connectionString(values.admin, '--admin', say('cli.of-an-administrator'));
  const username = nameOf(values.user, '--user');
  const password = process.env['DUBAN_PASSWORD'] ?? '';
  if (password === '') throw new UsageError(say('cli.password-of-the-user'));
  const group = nameOf(values.group, '--group');
  const { user, rules, access } = await failing([SetupRefused, NoNode], () =>
    setUpEventStore({ admin, user: { username, password }, group, replace: values.replace }),
  );
  print(JSON.stringify({ user: { name: username, group, outcome: user }, rules, access }));
  tell(say('cli.user-may-append', { username }));
};
