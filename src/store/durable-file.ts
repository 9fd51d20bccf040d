import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hasCode } from '../kernel/error-code.ts';
import { atPlace, PlaceUnusable } from './places.ts';
import { say } from '../messages/message.ts';

/**
 * Files that are whole under their name or not there, whatever ends the process or the power: written beside their
 * place and synced, given their name in one step, and that name synced too (fsync(2): syncing a file does not sync the
 * directory that names it).
 */

/** Makes durable what was linked, renamed or removed in a directory. */
export const syncDirectory = (path: string): void => {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};

const isDirectory = (path: string): boolean => atPlace(path, () => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);

/**
 * A directory with those above it, durable where it was not there. `mode` as for mkdir(2). One after the other: made by
 * Node in one call, a directory under /proc never ends, and one on a read-only file system is said to be "not there".
 * @throws PlaceUnusable
 */
export const makeDirectory = (path: string, mode?: number): void => {
  if (isDirectory(path)) return;
  const above = dirname(resolve(path));
  if (above !== resolve(path)) makeDirectory(above, mode);
  atPlace(path, () => {
    try {
      mkdirSync(path, { mode });
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new PlaceUnusable(path, say('store.takes-no-directories', { above }), { cause: error });
      if (!hasCode(error, 'EEXIST')) throw error;
      if (statSync(path).isDirectory()) return; // another process was first
      throw new PlaceUnusable(path, say('store.is-not-a-directory'), { cause: error });
    }
    syncDirectory(above);
  });
};

/** Moves a file or directory, durable itself already, onto another's name; what had that name is gone. */
export const renameDurably = (from: string, to: string): void => {
  renameSync(from, to);
  syncDirectory(dirname(to));
  if (resolve(dirname(from)) !== resolve(dirname(to))) syncDirectory(dirname(from));
};

/** Gives a file, durable itself already, a second name. False where something has that name: it stands, and is durable too. */
export const linkDurably = (from: string, to: string): boolean => {
  let linked = true;
  try {
    linkSync(from, to);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    linked = false;
  }
  syncDirectory(dirname(to));
  return linked;
};

/** Removes a file, if it is there. */
export const removeDurably = (path: string): void => {
  rmSync(path, { force: true });
  syncDirectory(dirname(path));
};

export type FileOptions = {
  /** Of the file, as for open(2). */
  readonly mode?: number;
  /** Of directories that have to be made for it. */
  readonly directoryMode?: number;
  /** Where it is written before it has its name: by default beside it. In the same file system. */
  readonly draftIn?: string;
};

/** For keys: nobody but the owner may read the file, or see that it is there. */
export const PRIVATE: FileOptions = { mode: 0o600, directoryMode: 0o700 };

/** What is being written has a name that is no file's, nor any other process's: replicas share directories. */
const draftName = (): string => `.${randomUUID()}`;

const writeSynced = (path: string, content: string | Uint8Array, mode: number | undefined): void => {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const throughDraft = <Result>(
  path: string,
  content: string | Uint8Array,
  { mode, directoryMode, draftIn = dirname(path) }: FileOptions,
  publish: (draft: string, path: string) => Result,
): Result => {
  makeDirectory(dirname(path), directoryMode);
  const draft = join(draftIn, draftName());
  try {
    writeSynced(draft, content, mode);
    return publish(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
};

/**
 * Writes a file, or another content in the place of the one it has. With `nameLater` the caller makes the name durable,
 * with `syncDirectory`: once for many files.
 */
export const replaceFile = (
  path: string,
  content: string | Uint8Array,
  { nameLater = false, ...options }: FileOptions & { readonly nameLater?: boolean } = {},
): void => throughDraft(path, content, options, nameLater ? renameSync : renameDurably);

/** Writes a file that is not there yet. False where it is there, or another process was first: that one's stands. */
export const createFile = (path: string, content: string | Uint8Array, options: FileOptions = {}): boolean =>
  throughDraft(path, content, options, linkDurably);
