import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { systemClock } from '../../kernel/clock.ts';
import { formatVerifierKey, generateKey, isKeyName, type NoteKey } from '../../tlog/index.ts';
import { loadOrMakeKey, readKeyFile } from '../../ledger/key-file.ts';
import { readPolicy } from '../../ledger/policy-file.ts';
import { openWitnessBook } from '../../ledger/witness-book.ts';
import { buildWitness } from '../../ledger/witness-server.ts';
import { needed, options, print, tell, UsageError, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

/** `[::1]:8100` or `127.0.0.1:8100`. */
const addressOf = (text: string): { readonly host: string; readonly port: number } => {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/u.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) throw new UsageError(say('cli.listen-takes'));
  return { host, port: Number(port) };
};

const keyOf = (path: string, name: string | undefined): NoteKey => {
  if (name !== undefined && !isKeyName(name)) throw new UsageError(say('cli.new-key-takes'));
  if (name !== undefined && readKeyFile(path, 'cosignature') !== undefined) throw new UsageError(say('cli.key-is-not-replaced', { path }));
  return loadOrMakeKey(path, 'cosignature', () =>
    generateKey(name ?? `witness.localhost/${randomBytes(8).toString('hex')}`, 'cosignature'),
  );
};

export const witnessCommand: Command = async (args) => {
  const { values } = options(args, {
    listen: { type: 'string' },
    key: { type: 'string' },
    'new-key': { type: 'string' },
    logs: { type: 'string' },
    state: { type: 'string' },
  });
  const address = addressOf(needed(values.listen, '--listen'));
  const logs = readPolicy(needed(values.logs, '--logs'));
  const state = needed(values.state, '--state');
  if (logs === undefined || logs.logs.length === 0) throw new UsageError(say('cli.names-no-log', { logs: values.logs }));
  const key = keyOf(needed(values.key, '--key'), values['new-key']);
  const book = openWitnessBook(state);
  const app = buildWitness({ key, logs, book, clock: systemClock });
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    const bound = await app.listen(address);
    print(formatVerifierKey(key));
    tell(say('cli.listening-on', { bound }));
    await stopped;
  } finally {
    await app.close();
    book.close();
  }
};
