import { seed, SEED_DIRECTIVE } from '../seed/index.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { directiveFolding, directiveStream } from './directives/state.ts';
import { openDuban, openDubanOnCluster, type Duban } from './duban.ts';
import { createAuth, loadKeys } from './http/auth.ts';
import { loadLocalKey } from './http/local-key.ts';
import type { Logger } from './logger.ts';
import { terminalProgress } from './progress.ts';

export type Running = { readonly address: string; readonly stop: () => Promise<void> };

/** On an empty log, or after an import that was cut short, the notice is imported; otherwise nothing happens. */
const seedOnce = async (duban: Duban, logger: Logger): Promise<void> => {
  const { state } = await duban.handler.load(directiveFolding, directiveStream(SEED_DIRECTIVE));
  const resumes = state.status === 'importing';
  if (!resumes && duban.services.store.head().position > 0) return;
  if (duban.services.ledger.contradicted()) return; // the log is not empty: it was lost
  logger.info(`${resumes ? 'an import was cut short: going on with' : 'the log is empty: importing'} the notice in seed/`);
  const outcome = await seed(duban.handler, { actor: { sub: 'seed', role: 'system' }, receivedAt: duban.clock.now() }, terminalProgress('importing'));
  if (!outcome.ok) throw new Error(`the notice could not be imported: ${outcome.refusal.detail}`);
  logger.info(`imported ${SEED_DIRECTIVE}: ${outcome.imported.events.length} events`);
  for (const who of ['office', 'auditor', 'admin', 'unit --unit hu-bin-qu-zheng-fu'])
    logger.info(`a token:  npm run -s duban -- token --role ${who}`);
};

/** Opens the data directory, imports the seed where nothing is there yet, and listens. */
export const serve = async (config: Config, logger: Logger): Promise<Running> => {
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    onError: (error: unknown) => logger.error(error, 'the views halted'),
    onLedger: (message: string, detail: object) => logger.warn(detail, message),
    ledger: { origin: config.ledgerOrigin, key: config.ledgerKey, policy: config.ledgerPolicy, remembered: config.ledgerRemembered },
    onRebuild: terminalProgress('rebuilding the views'),
  } as const;
  const duban = config.eventStoreUrl === undefined ? openDuban(options) : await openDubanOnCluster({ ...options, url: config.eventStoreUrl });
  try {
    if (config.seed === 'notice') await seedOnce(duban, logger);
    const keys = await loadKeys(config.authJwks === undefined ? { local: await loadLocalKey(config.dataDir) } : { jwks: config.authJwks });
    const { services, clock, ids, readiness, measures } = duban;
    const app = await buildApp({ services, clock, ids, readiness, measures, logger, auth: createAuth(keys, clock), bodyLimit: config.bodyLimit });
    await app.listen({ host: config.host, port: config.port, listenTextResolver: (bound) => `bound to ${bound}` });
    const bound = app.server.address();
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const address = `http://${host}:${typeof bound === 'object' && bound !== null ? bound.port : config.port}`;
    logger.info(`listening on ${address}`);
    return {
      address,
      stop: async () => {
        await app.close();
        await duban.close();
      },
    };
  } catch (error) {
    await duban.close();
    throw error;
  }
};
