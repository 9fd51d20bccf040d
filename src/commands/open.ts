import type { Config } from '../config.ts';
import { openDuban, type Duban } from '../duban.ts';
import { terminalProgress } from '../progress.ts';
import { say } from './kit.ts';

/** The data directory at work for one command. Throws DataDirInUse where a server has it. */
export const openForCommand = ({ dataDir, timeZone, ledgerOrigin, ledgerKey }: Config): Duban =>
  openDuban({
    dataDir,
    timeZone,
    ledger: { origin: ledgerOrigin, key: ledgerKey },
    onError: (error) => say(`the views halted: ${String(error)}`),
    onRebuild: terminalProgress('rebuilding the views'),
  });
