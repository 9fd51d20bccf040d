import type { Config } from '../config.ts';
import { openDuban, openDubanOnCluster, type Duban } from '../duban.ts';
import { terminalProgress } from '../progress.ts';
import { ledgerSettings, say } from './kit.ts';

/** The log that the settings name, at work for one command. Throws DataDirInUse where a server has the data directory. */
export const openForCommand = async (config: Config): Promise<Duban> => {
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    ledger: ledgerSettings(config),
    onError: (error: unknown) => say(`the views halted: ${String(error)}`),
    onWarning: say,
    onRebuild: terminalProgress('rebuilding the views'),
  };
  const url = config.eventStoreUrl;
  return url === undefined ? openDuban(options) : openDubanOnCluster({ ...options, url });
};
