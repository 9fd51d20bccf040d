import type { Config } from '../config.ts';
import { openDuban, type Duban } from '../duban.ts';
import { terminalProgress } from '../progress.ts';
import { ledgerSettings, say } from './kit.ts';

/** The data directory at work for one command. Throws DataDirInUse where a server has it. */
export const openForCommand = (config: Config): Duban =>
  openDuban({
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    ledger: ledgerSettings(config),
    onError: (error) => say(`the views halted: ${String(error)}`),
    onRebuild: terminalProgress('rebuilding the views'),
  });
