import { buildApp } from '../api/app.ts';
import type { Config } from './config.ts';
import { openDuban, openDubanOnCluster, type Duban } from './duban.ts';
import { createAuth } from '../http/auth.ts';
import type { Logger } from './logger.ts';
import type { Behind } from '../kernel/measure.ts';
import { banner } from './banner.ts';
import { logCatchingUp } from './catching-up-log.ts';
import { startSeeding, type Seeding } from './seeding.ts';
import { issuersKeys, localKeys, tokenRules } from './token-keys.ts';
import { readNoticeTemplate } from './notice-template.ts';
import { mailOf } from './mail.ts';
import { startSending, type Sending } from './sending.ts';
import { goOnWithImports } from './going-on.ts';
import type { GoingOn } from '../application/imports/going-on.ts';
import type { RetrySchedule } from '../application/subscriptions/schedule.ts';
import { viewsLog } from './views-log.ts';
import { say, type Text } from '../messages/message.ts';
import { inEnglish } from '../messages/words.ts';
import type { Language } from '../messages/language.ts';

export type Running = {
  readonly address: string;
  readonly stop: () => Promise<void>;
  /** Rejects where the service cannot go on. */
  readonly failed: Promise<never>;
};

/** What is under way may take so long once the service is told to stop: whoever runs it kills it after 10 s, as a rule. */
const GRACE_MILLIS = 3_000;
/** After this long connections are closed whatever is under way on them: a request that never ends, a reader that stalls. */
const LONGEST_MILLIS = 4_000;

/** From the first connection until the seed is imported nothing is said of the log. */
const untilSeeded =
  ({ services }: Duban, importing: () => Text | undefined) =>
  (): Behind | undefined => {
    const reason = importing();
    if (reason === undefined) return services.behind();
    return { reason, position: services.views.position(), head: services.store.head().position, soon: false, empty: true };
  };

/** What listens for the address, as a host of a URL. */
const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Opens the data directory, listens, and then imports the seed where nothing is there yet. */
export const serve = async (
  config: Config,
  logger: Logger,
  {
    retries,
    language = 'en',
  }: {
    /** For tests, which cannot wait for a day. */
    readonly retries?: RetrySchedule;
    /** Of whoever has started it. */
    readonly language?: Language;
  } = {},
): Promise<Running> => {
  const views = viewsLog(logger);
  const options = {
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    webhookAllow: config.webhookAllow ?? [],
    mail: mailOf(config),
    letterTemplate: readNoticeTemplate(config.noticeTemplate),
    onError: (error: unknown) => logger.error(error, 'the views halted'),
    onLedger: (message: string, detail: object) => logger.warn(detail, message),
    onWarning: (message: Text) => logger.warn(inEnglish(message)),
    ledger: {
      origin: config.ledgerOrigin,
      key: config.ledgerKey,
      policy: config.ledgerPolicy,
      pinned: config.ledgerRemembered,
      authority: config.ledgerTsa,
    },
    onViews: views.hear,
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
  views.follow(duban.projector);
  const telling = url === undefined ? undefined : logCatchingUp(logger, duban);
  let seeding: Seeding | undefined;
  let sending: Sending | undefined;
  let goingOn: GoingOn | undefined;
  try {
    const keys = issuers ?? (await localKeys(config.dataDir));
    const readiness = () => {
      const { reasons: own, catchingUp } = duban.readiness();
      const reasons = [...own, ...[seeding?.pending(), keys.fault()].filter((reason) => reason !== undefined)];
      return { ready: reasons.length === 0, reasons, catchingUp };
    };
    const { clock, ids, measures } = duban;
    let isStarting = true;
    const importing = () => (isStarting ? say('cli.service-is-starting') : seeding?.importing());
    const services = { ...duban.services, behind: untilSeeded(duban, importing) };
    sending = startSending({
      duban,
      config,
      isStarting: () => importing() !== undefined,
      onWarning: options.onWarning,
      ...(retries === undefined ? {} : { retries }),
    });
    goingOn = goOnWithImports(duban, logger, () => importing() !== undefined);
    const app = await buildApp({
      services,
      clock,
      ids,
      readiness,
      measures: [...measures, ...keys.measures, ...sending.measures, ...goingOn.measures],
      logger,
      auth: createAuth({
        keys,
        clock,
        rules: tokenRules(config),
        isRevoked: services.revocations.isRevoked,
        clockFault: services.clockFault,
      }),
      language: config.dubanLang,
      bodyLimit: config.bodyLimit,
      limits: config.limits,
    });
    await app.listen({ host: config.host, port: config.port, listenTextResolver: (bound) => `bound to ${bound}` });
    seeding = config.seed === 'notice' ? startSeeding(duban, logger) : undefined;
    isStarting = false;
    const bound = app.server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
    const address = `http://${inUrl(config.host)}:${port}`;
    logger.info(banner(config, address, language), `listening on ${address}`);
    logger.flush(); // somebody may wait for this line
    return {
      address,
      failed: seeding === undefined || url !== undefined ? new Promise<never>(() => undefined) : seeding.failed,
      stop: async () => {
        seeding?.stop();
        telling?.stop();
        const impatience = setTimeout(duban.giveUp, GRACE_MILLIS);
        const end = setTimeout(() => app.server.closeAllConnections(), LONGEST_MILLIS);
        await app.close().finally(() => {
          clearTimeout(impatience);
          clearTimeout(end);
        });
        keys.close();
        await goingOn?.stop();
        await sending?.stop();
        await duban.close();
        await seeding?.ended;
      },
    };
  } catch (error) {
    seeding?.stop();
    telling?.stop();
    await goingOn?.stop();
    await sending?.stop();
    issuers?.close();
    await duban.close();
    throw error;
  }
};
