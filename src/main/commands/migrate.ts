import { migrateLog } from '../cluster/migrate.ts';
import { MigrationRefused } from '../cluster/send-log.ts';
import { stepMeter } from '../work-meter.ts';
import { connectionString, failing, options, print, tell, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

export const migrateCommand: Command = async (args, config) => {
  const { values } = options(args, { from: { type: 'string' }, to: { type: 'string' } });
  const dataDir = values.from ?? config.dataDir;
  const url = connectionString(values.to ?? config.eventStoreUrl, '--to', 'a cluster');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const { root, ...migrated } = await failing([MigrationRefused], () =>
    migrateLog({ dataDir, url, signal: stopping.signal, onAdvance: stepMeter() }),
  );
  print(JSON.stringify({ ...migrated, root: Buffer.from(root).toString('base64') }));
  tell(say('cli.migrated', { dataDir }));
};
