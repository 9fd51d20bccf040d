import { closeSync, openSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFiles } from '../kernel/data-files.ts';
import { hasCode } from '../kernel/error-code.ts';
import { makeDirectory } from './durable-file.ts';
import { atPlace, expectKind, PlaceUnusable } from './places.ts';
import { say } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/** What SQLite takes is 512 bytes with the names of its files, of which the longest is that of a checkpoint store's journal. */
const LONGEST_PATH_BYTES = 460;

/** Whether files can be made in it is known once one was made. */
const tryWriting = (dir: string): void => {
  const probe = join(dir, `.probe-${process.pid}`);
  try {
    closeSync(openSync(probe, 'w'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new PlaceUnusable(dir, say('store.takes-no-files'), { cause: error });
    throw error;
  }
  rmSync(probe, { force: true });
};

/**
 * Makes a data directory where there is none, and says what is wrong with one before anything in it is opened: SQLite
 * would say no more than that it cannot.
 * @throws PlaceUnusable
 */
export const prepareDataDir = (dir: string): void => {
  try {
    makeDirectory(dir);
  } catch (error) {
    if (!(error instanceof PlaceUnusable) || error.path === dir) throw error;
    throw new PlaceUnusable(dir, say('store.cannot-be-made', { why: toldBy(error) }), { cause: error });
  }
  atPlace(dir, () => {
    if (Buffer.byteLength(realpathSync(dir)) > LONGEST_PATH_BYTES)
      throw new PlaceUnusable(dir, say('store.data-dir-path-too-long', { n: LONGEST_PATH_BYTES }));
    tryWriting(dir);
  });
  const { log, mirror, views, checkpoints, lock, lockHolder, tokenKey, personalValues, keys, personal, attachments, revokedTokens } =
    dataFiles(dir);
  for (const path of [keys, personal, attachments, revokedTokens]) expectKind(path, 'directory');
  for (const path of [log, mirror, views, checkpoints, lock, lockHolder, tokenKey, personalValues]) expectKind(path, 'file');
};
