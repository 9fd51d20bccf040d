import { wholePathOf } from '../kernel/data-files.ts';
import { PlaceUnusable, wordsFor } from '../store/places.ts';
import type { Config } from './config.ts';

/** What the system refuses, in a sentence that says where and what to do. */

type Where = Pick<Config, 'host' | 'port' | 'dataDir' | 'ledgerKey' | 'ledgerPolicy' | 'ledgerRemembered' | 'noticeTemplate'>;

/** What to do about a place that a setting names. */
const remedyFor = (path: string, { dataDir, ledgerKey, ledgerPolicy, ledgerRemembered, noticeTemplate }: Where): string => {
  if (path === dataDir || path === wholePathOf(dataDir)) return ': set DATA_DIR to a directory that this user can write';
  const files = {
    LEDGER_KEY: ledgerKey,
    LEDGER_POLICY: ledgerPolicy,
    LEDGER_REMEMBERED: ledgerRemembered,
    NOTICE_TEMPLATE: noticeTemplate,
  };
  const [setting] = Object.entries(files).find(([, named]) => named !== undefined && path.startsWith(named)) ?? [];
  return setting === undefined
    ? ': bring the right one, or move it away'
    : `: mend it, or set ${setting} to a file that this user can read`;
};

const withCode = (error: unknown): { readonly code: string; readonly message: string; readonly path: string | undefined } | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  return { code: error.code, message: error.message, path };
};

const SQLITE: Readonly<Record<number, string>> = {
  5: 'a file in it is in use by another process: stop that one',
  8: 'it cannot be written: give this user the right to write there',
  10: 'reading or writing failed: look at the disk',
  13: 'the disk is full: make room',
  14: 'a file in it cannot be opened: give this user the right to read and write there',
};

const sqliteWords = (error: unknown, dataDir: string): string | undefined => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const words = SQLITE[error.errcode & 0xff];
  return words === undefined ? `${dataDir}: ${error.message}` : `${dataDir}: ${words} (${error.message})`;
};

/** Undefined for a defect, which needs its stack. */
export const plainWords = (error: unknown, where: Where): string | undefined => {
  if (error instanceof PlaceUnusable) return `${error.message}${remedyFor(error.path, where)}`;
  const { host, port, dataDir } = where;
  const failed = withCode(error);
  if (failed === undefined) return undefined;
  const directory = wholePathOf(dataDir);
  const { code, message, path = directory } = failed;
  const listening = message.startsWith('listen ');
  if (code === 'EADDRINUSE') return `port ${port} of ${host} is in use (EADDRINUSE): stop what listens there, or set PORT to another`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine (${code}): set HOST to one that is`;
  if (code === 'EACCES' && listening) return `port ${port} may not be opened by this user (EACCES): set PORT to one above 1023`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${path} cannot be read or written by this user (${code}): give it the right to, or set DATA_DIR to another directory`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return `there is no room left for ${path} (${code}): make some`;
  const inDatabase = sqliteWords(error, directory);
  if (inDatabase !== undefined) return inDatabase;
  return failed.path === undefined ? message : `${path} ${wordsFor(error, path) ?? message}`;
};
