import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatPrivateKey, generateKey, parsePrivateKey, type NoteKey } from '../ledger/index.ts';

/** The key that signs checkpoints: a file of one line, as Go's sumdb notes write it. */

export const ledgerKeyPath = (dataDir: string): string => join(dataDir, 'keys', 'ledger.key');

/** A name for a log that was given none: unlike any other's, and no host that exists (RFC 6761 §6.3). */
export const ownOrigin = (): string => `duban.localhost/${randomBytes(8).toString('hex')}`;

const readKey = (path: string): NoteKey | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const key = parsePrivateKey(text);
  if (!key.ok) throw new Error(`${path} does not hold a signing key: ${key.reason}`);
  if (key.value.type !== 'ed25519') throw new Error(`${path} holds a key for cosignatures, not one for checkpoints`);
  return key.value;
};

/** Whole and durable under its name, or not there; where another process was first, its file stands. */
const writeOnce = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
};

/** The key given by the settings, or that of the data directory, made (mode 0600) where there is none. */
export const loadLedgerKey = (dataDir: string, given: string | undefined, origin: () => string): NoteKey => {
  if (given !== undefined) {
    const key = readKey(given);
    if (key === undefined) throw new Error(`LEDGER_KEY: there is no file ${given}`);
    return key;
  }
  const path = ledgerKeyPath(dataDir);
  const known = readKey(path);
  if (known !== undefined) return known;
  writeOnce(path, formatPrivateKey(generateKey(origin(), 'ed25519')));
  const made = readKey(path);
  if (made === undefined) throw new Error(`${path} vanished while it was made`);
  return made;
};
