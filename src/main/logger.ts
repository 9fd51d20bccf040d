import { pino, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

/** A write for each line would cost a tenth of what a command costs: lines are written by the page, and after this long in any case. */
const PAGE_BYTES = 4096;
const MAX_WAIT_MILLIS = 100;

/** JSON lines on stdout, or readable ones where that is a terminal. Written without waiting; `flush` before exit. */
export const createLogger = (level: string): Logger =>
  process.stdout.isTTY
    ? pino({ level }, pretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true }))
    : pino(
        { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
        pino.destination({ sync: false, minLength: PAGE_BYTES, periodicFlush: MAX_WAIT_MILLIS }),
      );
