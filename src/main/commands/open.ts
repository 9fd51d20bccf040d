import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { openDuban, openDubanOnCluster, type Duban } from '../duban.ts';
import { workMeter } from '../work-meter.ts';
import { Failed, ledgerSettings, say } from './kit.ts';

/** The log that the settings name, at work for one command. Throws DataDirInUse where a server has the data directory. */
export const openForCommand = async (config: Config): Promise<Duban> => {
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    ledger: ledgerSettings(config),
    onError: (error: unknown) => say(`the views halted: ${String(error)}`),
    onWarning: say,
    onRebuild: workMeter('rebuilding the views'),
  };
  const url = config.eventStoreUrl;
  return url === undefined ? openDuban(options) : openDubanOnCluster({ ...options, url });
};

const CAUGHT_UP_WITHIN_MILLIS = 60_000;
const POLL_MILLIS = 50;

/** Nothing is added before all of the log is here. */
export const untilCaughtUp = async (duban: Duban): Promise<void> => {
  const end = performance.now() + CAUGHT_UP_WITHIN_MILLIS;
  while (!duban.caughtUp()) {
    if (performance.now() > end) throw new Failed(`the log is not all here yet: ${duban.readiness().reasons.join('; ')}`);
    await sleep(POLL_MILLIS);
  }
};
