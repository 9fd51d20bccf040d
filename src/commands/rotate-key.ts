import { systemClock } from '../kernel/clock.ts';
import { readKeyFile } from '../proving/key-file.ts';
import { rotateKey } from '../proving/rotate.ts';
import { Failed, needed, options, print, say, type Command } from './kit.ts';
import { withOffline } from './offline.ts';
import { openForCommand } from './open.ts';

export const rotateKeyCommand: Command = async (args, config) => {
  const { values } = options(args, { reason: { type: 'string' }, authority: { type: 'string' } });
  const reason = needed(values.reason, '--reason');
  const authority = needed(values.authority, '--authority');
  const rotated = await withOffline(config, ({ log, notebook, keyPath }) => {
    const current = readKeyFile(keyPath, 'ed25519');
    const last = notebook.last();
    if (current === undefined || last === undefined) throw new Failed('nothing was signed yet, so there is no key to replace');
    if (last.size > log.head().position) throw new Failed(`the log ends at ${log.head().position}, but ${last.size} events were signed: restore it first`);
    return rotateKey({ log, keyPath, current, reason, authority, clock: systemClock });
  });
  const duban = await openForCommand(config);
  try {
    await duban.projector.caughtUp();
  } finally {
    await duban.close();
  }
  print(JSON.stringify(rotated));
  say('Give the new key to the auditors and to the witnesses, who need it beside the old one from the next checkpoint on.');
};
