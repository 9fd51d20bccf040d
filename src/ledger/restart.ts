import type { Clock } from '../kernel/clock.ts';
import {
  formatVerifierKey,
  generateKey,
  leafHash,
  openNote,
  parseCheckpoint,
  rootFromLeaves,
  verifierKeysOf,
  verifierOf,
  type Hash,
} from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';
import type { LogFile } from '../store/log-file.ts';
import { LedgerRestarted } from '../domain/ledger/events.ts';
import { nextKeyPath } from './ledger-key.ts';
import { removeDurably } from '../store/durable-file.ts';
import { writeKeyOnce } from './key-file.ts';
import { appendMetadataEvent } from './metadata-events.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * Goes on under another name where events are lost for good. The events that are left stay where they are; the first
 * one of the new name says what the old name had promised and what became of it. The old name signs nothing any more.
 */

export class RestartRefused extends Told {}

const SOURCE = /^\/duban\/([1-9]\d{0,8})$/u;
const PAGE = 4_096;

const rootOf = (log: LogFile, size: number): Hash => {
  function* leaves(): Generator<Hash> {
    for (let after = 0; after < size; after += PAGE)
      for (const { bytes } of log.readAll(after, Math.min(PAGE, size - after))) yield leafHash(bytes);
  }
  return rootFromLeaves(leaves());
};

/** The largest of the notes that a key of the old name signed. */
const largestOf = (notes: readonly Uint8Array[], origin: string, keys: readonly string[]) => {
  const verifiers = verifierKeysOf(keys).map(verifierOf);
  return notes
    .flatMap((bytes) => {
      const note = openNote(bytes, verifiers);
      const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
      return checkpoint.ok && checkpoint.value.origin === origin ? [{ bytes, checkpoint: checkpoint.value }] : [];
    })
    .toSorted((a, b) => a.checkpoint.size - b.checkpoint.size)
    .at(-1);
};

export type Restarted = {
  readonly position: number;
  readonly origin: string;
  readonly key: string;
  readonly lost: { readonly from: number; readonly to: number } | null;
};

/** Writes the event; the new key lies beside the old one, and takes its place when the directory is opened next. */
export const restartLedger = (options: {
  readonly log: LogFile;
  readonly keyPath: string;
  readonly old: { readonly origin: string; readonly keys: readonly string[] };
  /** Every checkpoint that is known, from wherever. */
  readonly notes: readonly Uint8Array[];
  /** The new name; the old one with the number of the incarnation unless given. */
  readonly origin: string | undefined;
  readonly reason: string;
  readonly authority: string;
  readonly clock: Clock;
}): Restarted => {
  const { log, keyPath, old, notes, reason, authority, clock } = options;
  const source = log.meta('source') ?? '/duban/1';
  const incarnation = Number(SOURCE.exec(source)?.[1]);
  if (Number.isNaN(incarnation)) throw new RestartRefused(say('ledger.source-is-not-numbered', { source }));
  const oldKey = old.keys.at(-1);
  if (oldKey === undefined) throw new RestartRefused(say('ledger.no-key-of-old-name'));
  const survived = log.head().position;
  const known = largestOf(notes, old.origin, old.keys);
  if (known !== undefined && known.checkpoint.size <= survived && !sameBytes(rootOf(log, known.checkpoint.size), known.checkpoint.root))
    throw new RestartRefused(say('ledger.changed-is-not-lost', { size: known.checkpoint.size }));

  const next = incarnation + 1;
  const origin = options.origin ?? `${old.origin.replace(new RegExp(`/${incarnation}$`, 'u'), '')}/${next}`;
  if (origin === old.origin) throw new RestartRefused(say('ledger.is-the-old-name', { origin }));
  const key = generateKey(origin, 'ed25519');
  const lost = known !== undefined && known.checkpoint.size > survived ? { from: survived + 1, to: known.checkpoint.size } : null;
  const event = LedgerRestarted({
    old: { origin: old.origin, key: oldKey, source },
    checkpoint: known === undefined ? null : Buffer.from(known.bytes).toString('utf8'),
    survived,
    lost,
    origin,
    key: formatVerifierKey(key),
    reason,
    authority,
  });
  removeDurably(nextKeyPath(keyPath));
  writeKeyOnce(nextKeyPath(keyPath), key);
  const position = appendMetadataEvent(log, event, `/duban/${next}`, clock);
  return { position, origin, key: formatVerifierKey(key), lost };
};
