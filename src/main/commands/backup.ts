import { backUp, BackupRefused } from '../backup.ts';
import { workMeter } from '../work-meter.ts';
import { failing, needed, options, print, tell, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

export const backupCommand: Command = async (args, { dataDir, ledgerKey }) => {
  const { values } = options(args, {
    out: { type: 'string' },
    'with-keys': { type: 'boolean', default: false },
    'with-personal': { type: 'boolean', default: false },
  });
  const out = needed(values.out, '--out');
  const withKeys = values['with-keys'];
  const withPersonal = values['with-personal'];
  const done = await failing([BackupRefused], () =>
    backUp({ dataDir, out, withKeys, withPersonal, onAdvance: workMeter(say('cli.building-views')) }),
  );
  print(JSON.stringify({ out, ...done }));
  if (withKeys && ledgerKey !== undefined) tell(say('cli.ledger-key-not-in-copy', { dataDir }));
};
