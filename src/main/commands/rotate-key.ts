import type { Config } from '../config.ts';
import { systemClock } from '../../kernel/clock.ts';
import { readKeyFile } from '../../ledger/key-file.ts';
import { dataFiles } from '../../kernel/data-files.ts';
import { rotateKey, rotateSharedKey, type Grounds, type Rotated } from '../../ledger/rotate.ts';
import { Failed, needed, options, print, tell, type Command } from './kit.ts';
import { withOffline } from './offline.ts';
import { withDuban, untilCaughtUp } from './open.ts';
import { say } from '../../messages/message.ts';

const onOneMachine = async (config: Config, grounds: Grounds): Promise<Rotated> => {
  const rotated = await withOffline(config, ({ log, checkpointStore, keyPath }) => {
    const current = readKeyFile(keyPath, 'ed25519');
    const last = checkpointStore.last();
    if (current === undefined || last === undefined) throw new Failed(say('cli.nothing-signed-yet'));
    if (last.size > log.head().position) throw new Failed(say('cli.restore-first', { head: log.head().position, size: last.size }));
    return rotateKey({ log, keyPath, current, ...grounds, clock: systemClock });
  });
  await withDuban(config, ({ projector }) => projector.caughtUp());
  return rotated;
};

const onCluster = (config: Config, grounds: Grounds): Promise<Rotated> =>
  withDuban(config, async (duban) => {
    await untilCaughtUp(duban);
    await duban.projector.caughtUp();
    const { ledger, store } = duban.services;
    ledger.seal();
    const fault = ledger.stopped() ?? ledger.waiting();
    if (fault !== undefined) throw new Failed(say('cli.key-cannot-be-changed', { fault }));
    const rotated = await rotateSharedKey({
      store,
      keyPath: config.ledgerKey ?? dataFiles(config.dataDir).ledgerKey,
      ...grounds,
      clock: systemClock,
    });
    await duban.projector.caughtUp();
    return rotated;
  });

export const rotateKeyCommand: Command = async (args, config) => {
  const { values } = options(args, { reason: { type: 'string' }, authority: { type: 'string' } });
  const grounds = { reason: needed(values.reason, '--reason'), authority: needed(values.authority, '--authority') };
  const isOnCluster = config.eventStoreUrl !== undefined;
  print(JSON.stringify(await (isOnCluster ? onCluster : onOneMachine)(config, grounds)));
  tell(say('cli.give-the-new-key'));
  if (isOnCluster) tell(say('cli.change-again-later'));
};
