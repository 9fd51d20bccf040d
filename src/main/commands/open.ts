import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { openDuban, openDubanOnCluster, type Duban } from '../duban.ts';
import { mailOf } from '../mail.ts';
import { workMeter } from '../work-meter.ts';
import { Failed, ledgerSettings, tell } from './kit.ts';
import { say } from '../../messages/message.ts';

const open = async (config: Config): Promise<Duban> => {
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    ledger: ledgerSettings(config),
    mail: mailOf(config),
    onError: (error: unknown) => tell(say('cli.views-halted', { why: String(error) })),
    onWarning: tell,
    onRebuild: workMeter(say('cli.rebuilding-views')),
  };
  const url = config.eventStoreUrl;
  return url === undefined ? openDuban(options) : openDubanOnCluster({ ...options, url });
};

/**
 * Works on the log that the settings name, for one command; what is in the views by then is signed at the end.
 * @throws DataDirInUse  a server has the data directory
 */
export const withDuban = async <Result>(config: Config, work: (duban: Duban) => Promise<Result>): Promise<Result> => {
  const duban = await open(config);
  try {
    return await work(duban);
  } finally {
    await duban.close();
  }
};

const CAUGHT_UP_WITHIN_MILLIS = 60_000;
const POLL_MILLIS = 50;

/** Nothing is added before all of the log is here. */
export const untilCaughtUp = async (duban: Duban): Promise<void> => {
  const end = performance.now() + CAUGHT_UP_WITHIN_MILLIS;
  while (!duban.caughtUp()) {
    if (performance.now() > end) throw new Failed(say('cli.log-not-all-here', { reasons: { clauses: duban.readiness().reasons } }));
    await sleep(POLL_MILLIS);
  }
};
