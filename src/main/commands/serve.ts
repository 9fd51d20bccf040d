import { createLogger } from '../logger.ts';
import { serve } from '../server.ts';
import { options, say, type Command } from './kit.ts';

/** Listens until it is told to stop; then what is under way is answered first. */
export const serveCommand: Command = async (args, config) => {
  options(args, {});
  const logger = createLogger(config.logLevel);
  const running = await serve(config, logger);
  const stop = (signal: NodeJS.Signals): void => {
    logger.info(`${signal}: stopping`);
    running
      .stop()
      .then(() => {
        logger.info('stopped');
        logger.flush(() => process.exit(0));
      })
      .catch((error: unknown) => {
        say(String(error));
        process.exit(1);
      });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};
