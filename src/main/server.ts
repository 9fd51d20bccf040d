import { buildApp } from '../api/app.ts';
import type { Config } from './config.ts';
import { openDuban, openDubanOnCluster, type Duban } from './duban.ts';
import { createAuth } from '../http/auth.ts';
import type { Logger } from './logger.ts';
import { workMeter } from './work-meter.ts';
import { seedOnce, startSeeding, type Seeding } from './seeding.ts';
import { issuersKeys, localKeys, tokenRules } from './token-keys.ts';

export type Running = { readonly address: string; readonly stop: () => Promise<void> };

/** What is under way may take so long once the service is told to stop: whoever runs it kills it after 10 s, as a rule. */
const GRACE_MILLIS = 3_000;

/** Opens the data directory, imports the seed where nothing is there yet, and listens; on a cluster it listens first. */
export const serve = async (config: Config, logger: Logger): Promise<Running> => {
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    onError: (error: unknown) => logger.error(error, 'the views halted'),
    onLedger: (message: string, detail: object) => logger.warn(detail, message),
    onWarning: (message: string) => logger.warn(message),
    ledger: {
      origin: config.ledgerOrigin,
      key: config.ledgerKey,
      policy: config.ledgerPolicy,
      pinned: config.ledgerRemembered,
      authority: config.ledgerTsa,
    },
    onRebuild: workMeter('rebuilding the views'),
  } as const;
  const url = config.eventStoreUrl;
  const issuers = await issuersKeys(config, logger);
  let duban: Duban;
  try {
    duban = url === undefined ? openDuban(options) : await openDubanOnCluster({ ...options, url });
  } catch (error) {
    issuers?.close();
    throw error;
  }
  let seeding: Seeding | undefined;
  try {
    const keys = issuers ?? (await localKeys(config.dataDir));
    const seeds = config.seed === 'notice';
    if (seeds && url === undefined) await seedOnce(duban, logger);
    seeding = seeds && url !== undefined ? startSeeding(duban, logger) : undefined;
    const readiness = () => {
      const reasons = [...duban.readiness().reasons, ...[seeding?.pending(), keys.fault()].filter((reason) => reason !== undefined)];
      return { ready: reasons.length === 0, reasons };
    };
    const { services, clock, ids, measures } = duban;
    const app = await buildApp({
      services,
      clock,
      ids,
      readiness,
      measures: [...measures, ...keys.measures],
      logger,
      auth: createAuth({ keys, clock, rules: tokenRules(config), isRevoked: services.revocations.isRevoked }),
      bodyLimit: config.bodyLimit,
    });
    await app.listen({ host: config.host, port: config.port, listenTextResolver: (bound) => `bound to ${bound}` });
    const bound = app.server.address();
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const address = `http://${host}:${typeof bound === 'object' && bound !== null ? bound.port : config.port}`;
    logger.info(`listening on ${address}`);
    logger.flush(); // somebody may wait for this line
    return {
      address,
      stop: async () => {
        seeding?.stop();
        const impatience = setTimeout(duban.giveUp, GRACE_MILLIS);
        await app.close().finally(() => clearTimeout(impatience));
        keys.close();
        await duban.close();
        await seeding?.ended;
      },
    };
  } catch (error) {
    seeding?.stop();
    issuers?.close();
    await duban.close();
    throw error;
  }
};
