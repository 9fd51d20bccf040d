import { createLogger, type Logger } from '../logger.ts';
import { serve } from '../server.ts';
import { language, options, type Command } from './kit.ts';

/** Whoever runs the service kills it after 10 s, as a rule: by then it has said why it is still there. */
const DEADLINE_MILLIS = 8_000;
/** Before it listens there is nobody to answer. */
const UNSTARTED_MILLIS = 1_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The first signal that says to stop. Further ones change nothing: npm passes on what the terminal has sent already. */
const untilTold = async (): Promise<NodeJS.Signals> => {
  const told = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of SIGNALS) process.on(signal, told.resolve);
  return told.promise;
};

const exit = async (logger: Logger, code: number): Promise<never> => {
  const flushed = Promise.withResolvers<void>();
  logger.flush(() => flushed.resolve());
  await flushed.promise;
  process.exit(code);
};

const exitAfter = (logger: Logger, millis: number, code: number, words: string): NodeJS.Timeout =>
  setTimeout(() => {
    logger.warn(words);
    void exit(logger, code);
  }, millis).unref();

/** Listens until it is told to stop; then what is under way is answered first. */
export const serveCommand: Command = async (args, config) => {
  options(args, {});
  const logger = createLogger(config.logLevel);
  const told = untilTold();
  const starting = serve(config, logger, { language });
  const first = await Promise.race([told, starting]);
  const impatience = typeof first === 'string' ? exitAfter(logger, UNSTARTED_MILLIS, 0, 'stopped before it had started') : undefined;
  const running = await starting;
  clearTimeout(impatience);
  const stop = async (): Promise<void> => {
    exitAfter(logger, DEADLINE_MILLIS, 1, 'it could not stop in time: what was not answered is not known to be written');
    await running.stop();
  };
  const signal = await Promise.race([told, running.failed]).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  logger.info(`${signal}: stopping`);
  logger.flush();
  await stop();
  logger.info('stopped');
  await exit(logger, 0);
};
