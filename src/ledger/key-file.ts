import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from '../kernel/error-code.ts';
import { formatPrivateKey, parsePrivateKey, type KeyType, type NoteKey } from '../tlog/index.ts';

/** Private keys in files of one line (mode 0600), as Go's sumdb notes write them: the log's and a witness's. */

const MEANS: Readonly<Record<KeyType, string>> = { ed25519: 'checkpoints', cosignature: 'cosignatures' };

/** The key in a file; undefined where there is no file. Throws on anything else than a key of this type. */
export const readKeyFile = (path: string, type: KeyType): NoteKey | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const key = parsePrivateKey(text);
  if (!key.ok) throw new Error(`${path} does not hold a signing key: ${key.reason}`);
  if (key.value.type !== type) throw new Error(`${path} holds a key for ${MEANS[key.value.type]}, not one for ${MEANS[type]}`);
  return key.value;
};

/** Makes what was linked, renamed or removed in a file's directory durable (fsync(2): the file's own does not). */
export const syncDirectoryOf = (path: string): void => {
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};

/** Whole and durable under its name, or not there; where another process was first, its file stands. */
export const writeKeyOnce = (path: string, key: NoteKey): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Not by the process's id: replicas in containers share the directory, and are all process 1.
  const temporary = `${path}.${randomUUID()}`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, formatPrivateKey(key));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectoryOf(path);
};

/** The key in a file, made where there is none. */
export const loadOrMakeKey = (path: string, type: KeyType, make: () => NoteKey): NoteKey => {
  const known = readKeyFile(path, type);
  if (known !== undefined) return known;
  writeKeyOnce(path, make());
  const made = readKeyFile(path, type);
  if (made === undefined) throw new Error(`${path} vanished while it was made`);
  return made;
};

/** Puts the key of one file in the place of another's, which is gone then. */
export const replaceKeyFile = (from: string, to: string): void => {
  renameSync(from, to);
  syncDirectoryOf(to);
};

export const removeKeyFile = (path: string): void => {
  rmSync(path, { force: true });
  syncDirectoryOf(path);
};
