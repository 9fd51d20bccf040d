import { basename } from 'node:path';
import { openEvent, type Envelope } from '../kernel/envelope.ts';
import { uuidText } from '../kernel/ids.ts';
import { unlessDamaged, type Doing } from '../kernel/sqlite-errors.ts';
import { leafHash } from '../tlog/hash.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { LogDamaged, storedEvent, type StoredEvent } from './event-store.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * No row of the log is believed: its bytes must have the hash that was taken of them when they were recorded, and say
 * what its columns say. Views, receipts and decisions are made from what was read here, and from nothing else.
 */

/** A row as an array costs two thirds of one as an object, and a rebuild reads them all. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  hexId: string,
  recordedAt: number,
  leaf: Uint8Array,
  bytes: Uint8Array,
];

export type CheckedRows = {
  /** @throws LogDamaged */
  readonly eventOf: (row: EventRow) => StoredEvent;
  /** Does a read; where SQLite says that the file is not whole, that is damage too. @throws LogDamaged */
  readonly reading: Doing;
  /** What was found first. It stays until the file is opened again. */
  readonly damage: () => LogDamaged | undefined;
};

const openOrNothing = (bytes: Uint8Array): Envelope | undefined => {
  try {
    return openEvent(bytes);
  } catch {
    return undefined;
  }
};

/** `remedy`: what whoever runs this can do, as a sentence. */
export const checkedRows = (path: string, remedy: Message): CheckedRows => {
  const file = basename(path);
  let found: LogDamaged | undefined;

  const damaged = (damage: Message, position: number | undefined, cause?: unknown): LogDamaged => {
    const error = new LogDamaged(say('store.with-remedy', { damage, remedy }), position, cause === undefined ? undefined : { cause });
    found ??= error;
    return error;
  };

  return {
    eventOf: ([position, stream, revision, hexId, recordedAt, leaf, bytes]) => {
      if (!sameBytes(leafHash(bytes), leaf)) throw damaged(say('store.other-bytes-at', { position, file }), position);
      const id = uuidText(hexId);
      const envelope = openOrNothing(bytes);
      // A cluster's events come from several clocks, and none is recorded as earlier than the one before it.
      const isLater = envelope !== undefined && recordedAt >= Date.parse(envelope.time);
      if (envelope?.id !== id || envelope.subject !== stream || envelope.streamrev !== String(revision) || !isLater)
        throw damaged(say('store.row-not-of-event', { position, file }), position);
      return storedEvent({ position, stream, revision, id, recordedAt, leaf, bytes }, envelope);
    },
    reading: unlessDamaged((said, cause) => damaged(say('store.cannot-be-read', { file, why: said }), undefined, cause)),
    damage: () => found,
  };
};
