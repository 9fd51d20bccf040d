import { wholePathOf } from '../kernel/data-files.ts';
import { PlaceUnusable, wordsFor } from '../store/places.ts';
import type { Config } from './config.ts';
import { say, type Message, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/** What the system refuses, in a sentence that says where and what to do. */

type Where = Pick<Config, 'host' | 'port' | 'dataDir' | 'ledgerKey' | 'ledgerPolicy' | 'ledgerRemembered' | 'noticeTemplate'>;

/** What is the matter with a place that a setting names, and what to do about it. */
const withRemedy = (place: PlaceUnusable, where: Where): Message => {
  const { dataDir, ledgerKey, ledgerPolicy, ledgerRemembered, noticeTemplate } = where;
  const { path, told: fault } = place;
  if (path === dataDir || path === wholePathOf(dataDir)) return say('cli.set-data-dir', { fault });
  const files = {
    LEDGER_KEY: ledgerKey,
    LEDGER_POLICY: ledgerPolicy,
    LEDGER_REMEMBERED: ledgerRemembered,
    NOTICE_TEMPLATE: noticeTemplate,
  };
  const [setting] = Object.entries(files).find(([, named]) => named !== undefined && path.startsWith(named)) ?? [];
  return setting === undefined ? say('cli.bring-the-right-one', { fault }) : say('cli.mend-or-set', { fault, setting });
};

const withCode = (error: unknown): { readonly code: string; readonly message: string; readonly path: string | undefined } | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  return { code: error.code, message: error.message, path };
};

const SQLITE: Readonly<Record<number, Message>> = {
  5: say('cli.sqlite-in-use'),
  8: say('cli.sqlite-not-writable'),
  10: say('cli.sqlite-io'),
  13: say('cli.sqlite-full'),
  14: say('cli.sqlite-cannot-open'),
};

const sqliteWords = (error: unknown, dataDir: string): Message | undefined => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const words = SQLITE[error.errcode & 0xff];
  return words === undefined
    ? say('cli.at-path', { path: dataDir, why: toldBy(error) })
    : say('cli.at-path-because', { path: dataDir, what: words, why: toldBy(error) });
};

/** Undefined for a defect, which needs its stack. */
export const plainWords = (error: unknown, where: Where): Text | undefined => {
  if (error instanceof PlaceUnusable) return withRemedy(error, where);
  const { host, port, dataDir } = where;
  const failed = withCode(error);
  if (failed === undefined) return undefined;
  const directory = wholePathOf(dataDir);
  const { code, message, path = directory } = failed;
  const listening = message.startsWith('listen ');
  if (code === 'EADDRINUSE') return say('cli.port-in-use', { port, host });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return say('cli.no-address-of-this-machine', { host, code });
  if (code === 'EACCES' && listening) return say('cli.port-may-not-be-opened', { port });
  if (code === 'EACCES' || code === 'EPERM') return say('cli.no-right-to-path', { path, code });
  if (code === 'ENOSPC' || code === 'EDQUOT') return say('cli.no-room-left', { path, code });
  const inDatabase = sqliteWords(error, directory);
  if (inDatabase !== undefined) return inDatabase;
  return failed.path === undefined ? message : say('http.fault', { where: path, what: wordsFor(error, path) ?? message });
};
