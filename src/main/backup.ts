import { chmodSync, cpSync, existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { dataFiles } from '../kernel/data-files.ts';
import { openOwnViews } from './open-views.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { rebuildViews } from '../projecting/rebuild.ts';
import { makeDirectory, renameDurably } from '../store/durable-file.ts';
import { DataDirInUse, lockDataDir, type DataLock } from '../store/data-lock.ts';
import { openLogFile } from '../store/log-file.ts';
import { markAsCopied } from './backup-mark.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * Copies a data directory, whether a server has it or not, into one that can take its place: of an embedded log, or of
 * a replica, which then need not read the whole log of the cluster.
 *
 * Nothing is stopped for it, so the order makes it consistent: first the checkpoints, then the views, then the log,
 * each as it is at that moment. The log that is copied last holds whatever the others speak of.
 */

export class BackupRefused extends Told {}

export type BackedUp = {
  readonly kind: 'embedded' | 'replica';
  /** Of the log's last event in the copy. */
  readonly position: number;
  /** A server keeps its views to itself: then they are built from the copy of the log. */
  readonly views: 'copied' | 'built';
  readonly checkpoints: boolean;
  readonly keys: boolean;
  readonly personal: boolean;
};

/** All pages in one step: a write between two steps would make the copy start over. Readers do not keep a writer waiting. */
const ALL_PAGES = 2 ** 31 - 1;

const copy = async (from: string, to: string): Promise<void> => {
  const db = new DatabaseSync(from, { readOnly: true });
  try {
    await copyDatabase(db, to, { rate: ALL_PAGES });
  } finally {
    db.close();
  }
};

const lockIfFree = (dataDir: string): DataLock | undefined => {
  try {
    return lockDataDir(dataDir);
  } catch (error) {
    if (error instanceof DataDirInUse) return undefined;
    throw error;
  }
};

/** Builds the views of a copied log where they are missing, or were made by another program. */
const completeViews = async (
  logPath: string,
  viewsPath: string,
  onAdvance: OnAdvance,
): Promise<{ readonly position: number; readonly built: boolean }> => {
  const log = openLogFile(logPath);
  try {
    const { position } = log.head();
    const views = openOwnViews(viewsPath);
    try {
      const built = views.stale() !== undefined || (views.position() === 0 && position > 0);
      if (built) await rebuildViews({ store: log, views, onAdvance, signal: new AbortController().signal });
      return { position, built };
    } finally {
      views.close();
    }
  } finally {
    log.close();
  }
};

/** What is being uploaded has a name with a dot before it. */
const copyAttachments = (from: string, to: string): void => {
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (path) => path === from || !basename(path).startsWith('.') });
};

type With = { readonly keys: boolean; readonly personal: boolean };

const fill = async (
  dataDir: string,
  out: string,
  { keys: withKeys, personal: withPersonal }: With,
  onAdvance: OnAdvance,
): Promise<BackedUp> => {
  const [ours, theirs] = [dataFiles(dataDir), dataFiles(out)];
  const kind = existsSync(ours.log) ? 'embedded' : 'replica';
  const logName = kind === 'embedded' ? 'log' : 'mirror';
  if (!existsSync(ours[logName])) throw new BackupRefused(say('cli.no-data-directory', { dataDir }));
  // A replica can sign again what the log holds; with other keys it must not find what this one has signed.
  const checkpoints = (kind === 'embedded' || withKeys) && existsSync(ours.checkpoints);

  if (checkpoints) await copy(ours.checkpoints, theirs.checkpoints);
  // Before the log, so that what is erased between the two is erased where the copy is opened.
  const personal = withPersonal && existsSync(ours.personalValues);
  if (personal) {
    makeDirectory(theirs.personal, 0o700);
    await copy(ours.personalValues, theirs.personalValues);
    chmodSync(theirs.personalValues, 0o600);
  }
  const lock = lockIfFree(dataDir);
  try {
    if (lock !== undefined && existsSync(ours.views)) await copy(ours.views, theirs.views);
    await copy(ours[logName], theirs[logName]);
  } finally {
    lock?.release();
  }
  copyAttachments(ours.attachments, theirs.attachments);
  if (withKeys) cpSync(ours.keys, theirs.keys, { recursive: true });
  // An issuer's tokens outlive our keys.
  else if (existsSync(ours.revokedTokens)) cpSync(ours.revokedTokens, theirs.revokedTokens, { recursive: true });
  markAsCopied(dataDir, out, logName);
  const { position, built } = await completeViews(theirs[logName], theirs.views, onAdvance);
  return { kind, position, views: built ? 'built' : 'copied', checkpoints, keys: withKeys, personal };
};

const isTaken = (out: string): boolean => existsSync(out) && readdirSync(out).length > 0;

/** Links followed, as far as there is something. */
const placeOf = (path: string): string => {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  return dirname(whole) === whole ? whole : join(placeOf(dirname(whole)), basename(whole));
};

const isWithin = (dir: string, path: string): boolean => {
  const way = relative(placeOf(dir), placeOf(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/**
 * @param options.out  a directory that is not there yet, or empty; it is there, whole, when this resolves
 * @param options.withKeys  also the private keys: then the copy speaks for the office
 * @param options.withPersonal  also what is held apart from the log: what is erased later stays in such a copy
 * @throws BackupRefused
 */
export const backUp = async ({
  dataDir,
  out,
  withKeys,
  withPersonal = false,
  onAdvance,
}: {
  readonly dataDir: string;
  readonly out: string;
  readonly withKeys: boolean;
  readonly withPersonal?: boolean;
  readonly onAdvance: OnAdvance;
}): Promise<BackedUp> => {
  if (isTaken(out)) throw new BackupRefused(say('cli.there-and-not-empty', { out }));
  if (isWithin(dataDir, out)) throw new BackupRefused(say('cli.copy-within', { out, dataDir }));
  const unfinished = join(dirname(resolve(out)), `.${basename(resolve(out))}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  makeDirectory(unfinished, 0o700);
  try {
    const done = await fill(dataDir, unfinished, { keys: withKeys, personal: withPersonal }, onAdvance);
    renameDurably(unfinished, resolve(out));
    return done;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
};
