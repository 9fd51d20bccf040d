import { existsSync } from 'node:fs';
import { createFile, PRIVATE } from '../store/durable-file.ts';
import { readGivenFile } from '../store/places.ts';
import { formatPrivateKey, parsePrivateKey, type KeyType, type NoteKey } from '../tlog/index.ts';
import { say, type Message } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** A key file is missing, or holds no key that serves: whoever runs it must bring the right one. */
export class KeyUnusable extends Told {}

/** Private keys in files of one line (mode 0600), as Go's sumdb notes write them: the log's and a witness's. */

const meansOf = (type: KeyType): Message => say(`ledger.means-${type}`);

/** The key in a file; undefined where there is no file. Throws on anything else than a key of this type. */
export const readKeyFile = (path: string, type: KeyType): NoteKey | undefined => {
  if (!existsSync(path)) return undefined;
  const key = parsePrivateKey(readGivenFile(path).toString('utf8'));
  if (!key.ok) throw new KeyUnusable(say('ledger.holds-no-signing-key', { path, reason: key.reason }));
  if (key.value.type !== type)
    throw new KeyUnusable(say('ledger.holds-key-for-another', { path, held: meansOf(key.value.type), wanted: meansOf(type) }));
  return key.value;
};

/** Whole and durable under its name, or not there; where another process was first, its file stands. */
export const writeKeyOnce = (path: string, key: NoteKey): void => {
  createFile(path, formatPrivateKey(key), PRIVATE);
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
