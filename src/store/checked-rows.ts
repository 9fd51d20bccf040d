import { basename } from 'node:path';
import { openEvent, type Envelope } from '../kernel/envelope.ts';
import { uuidText } from '../kernel/ids.ts';
import { unlessDamaged, type Doing } from '../kernel/sqlite-errors.ts';
import { leafHash } from '../tlog/hash.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { LogDamaged, storedEvent, type StoredEvent } from './event-store.ts';

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
export const checkedRows = (path: string, remedy: string): CheckedRows => {
  const file = basename(path);
  let found: LogDamaged | undefined;

  const damaged = (what: string, position: number | undefined, cause?: unknown): LogDamaged => {
    const error = new LogDamaged(`${what}. ${remedy}`, position, cause === undefined ? undefined : { cause });
    found ??= error;
    return error;
  };

  return {
    eventOf: ([position, stream, revision, hexId, recordedAt, leaf, bytes]) => {
      if (!sameBytes(leafHash(bytes), leaf))
        throw damaged(`position ${position} of ${file} does not hold the bytes that were recorded: they have another hash`, position);
      const id = uuidText(hexId);
      const envelope = openOrNothing(bytes);
      // A cluster's events come from several clocks, and none is recorded as earlier than the one before it.
      const isLater = envelope !== undefined && recordedAt >= Date.parse(envelope.time);
      if (envelope?.id !== id || envelope.subject !== stream || envelope.streamrev !== String(revision) || !isLater)
        throw damaged(`the row of position ${position} in ${file} is not that of the event in it`, position);
      return storedEvent({ position, stream, revision, id, recordedAt, leaf, bytes }, envelope);
    },
    reading: unlessDamaged((said, cause) => damaged(`${file} cannot be read: ${said}`, undefined, cause)),
    damage: () => found,
  };
};
