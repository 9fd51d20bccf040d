import { readConfig } from '../../../src/main/config.ts';
import { createLogger } from '../../../src/main/logger.ts';
import { serve } from '../../../src/main/server.ts';

/** The service as it is, but for the waits between two attempts: a test cannot wait for hours. */

const config = readConfig(process.env);
await serve(config, createLogger(config.logLevel), { retries: { firstMillis: 40, longestMillis: 300, overMillis: 120_000 } });
