import { migrateLog } from '../cluster/migrate.ts';
import { MigrationRefused } from '../cluster/send-log.ts';
import { stepMeter } from '../work-meter.ts';
import { Failed, needed, options, print, say, UsageError, type Command } from './kit.ts';

export const migrateCommand: Command = async (args, config) => {
  const { values } = options(args, { from: { type: 'string' }, to: { type: 'string' } });
  const dataDir = values.from ?? config.dataDir;
  const url = needed(values.to ?? config.eventStoreUrl, '--to');
  if (!/^esdb(?:\+discover)?:\/\//u.test(url)) throw new UsageError('--to takes the connection string of a cluster, esdb://…');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const { root, ...migrated } = await migrateLog({ dataDir, url, signal: stopping.signal, onAdvance: stepMeter() });
    print(JSON.stringify({ ...migrated, root: Buffer.from(root).toString('base64') }));
    say(
      `${dataDir} is now the directory of a replica: start it with EVENTSTORE_URL. ` +
        'A further replica starts from its backup, or from nothing, with the same keys',
    );
  } catch (error) {
    if (error instanceof MigrationRefused) throw new Failed(error.message);
    throw error;
  }
};
