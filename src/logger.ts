import { pino, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

/** JSON lines on stdout, or readable ones where that is a terminal. Written without waiting; `flush` before exit. */
export const createLogger = (level: string): Logger =>
  process.stdout.isTTY
    ? pino({ level }, pretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true }))
    : pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ sync: false, minLength: 0 }));
