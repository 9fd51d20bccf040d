import { instantMillis, type Clock } from '../kernel/clock.ts';
import { openEvent } from '../kernel/envelope.ts';
import {
  cosignatureTime,
  formatNote,
  keyLabel,
  leafHash,
  parseCheckpoint,
  parseNote,
  verifierKeysOf,
  TILE_WIDTH,
  type Policy,
} from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { LogDamaged, type StoredEvent } from '../store/event-store.ts';
import type { LogFile } from '../store/log-file.ts';
import { markIn } from '../store/signed-mark.ts';
import { bundleSource } from './bundle-source.ts';
import { faultSaid } from './report-text.ts';
import type { Source } from './source.ts';
import { auditLog, type Report } from './verify.ts';
import type { CheckpointStore } from '../ledger/checkpoint-store.ts';
import type { OnAdvance, OnStepAdvance } from '../kernel/on-advance.ts';
import { say, type Text } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/**
 * Adds the events that a log has lost out of a bundle: the same bytes in the same places, so that the tree is again the
 * one that was signed. The bundle is audited first, and nothing is added to a log that is not its beginning.
 */

export class RestoreRefused extends Told {}

export type Restored = {
  readonly origin: string;
  /** Events added. */ readonly added: number;
  readonly size: number;
  readonly checkpoints: number;
};

/** Events in one transaction. */
const BATCH = 16 * TILE_WIDTH;

const DAY_MILLIS = 86_400_000;

/** The last moment that there is (ECMA-262, time values). */
const AT_THE_END_OF_TIME: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(8_640_000_000_000_000) };

const auditBundle = async (
  dir: string,
  policy: Policy | undefined,
  ownKeys: readonly string[] | undefined,
  onAdvance: OnStepAdvance,
): Promise<Report<Text>> => {
  const memory =
    ownKeys === undefined
      ? undefined
      : { dir, checkpoint: () => undefined, keys: () => ownKeys, remember: () => undefined, keepEvidence: () => dir };
  // Clocks are not what is in question here: what was recorded by one that was ahead was lost all the same.
  const report = await auditLog(
    { kind: 'bundle', dir },
    { policy, memoryOf: memory && (() => memory), skew: DAY_MILLIS, clock: AT_THE_END_OF_TIME, onAdvance },
  );
  const [first] = report.faults;
  if (first !== undefined) throw new RestoreRefused(say('verifying.bundle-does-not-hold', { dir, fault: faultSaid(first) }));
  return report;
};

const entriesFrom = async (source: Source, size: number, after: number): Promise<readonly Uint8Array[]> => {
  const index = Math.floor(after / TILE_WIDTH);
  const { bytes } = await source.entries(index, Math.min(TILE_WIDTH, size - index * TILE_WIDTH));
  return bytes.slice(after % TILE_WIDTH);
};

const readHeld = (log: LogFile, after: number, limit: number): readonly StoredEvent[] => {
  try {
    return log.readAll(after, limit);
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
    throw new RestoreRefused(say('verifying.nothing-can-be-added', { why: toldBy(error) }));
  }
};

/** Every event that the log still has must be the bundle's. */
const compareBeginning = async (log: LogFile, source: Source, size: number): Promise<void> => {
  const most = Math.min(log.head().position, size);
  for (let after = 0; after < most;) {
    const entries = (await entriesFrom(source, size, after)).slice(0, most - after);
    const held = readHeld(log, after, entries.length);
    const wrong = entries.findIndex((entry, at) => !sameBytes(entry, held[at]?.bytes ?? new Uint8Array(0)));
    if (wrong >= 0) throw new RestoreRefused(say('verifying.another-event-than-the-bundles', { position: after + wrong + 1 }));
    after += entries.length;
  }
};

const addMissing = async (log: LogFile, source: Source, size: number, onAdvance: OnAdvance): Promise<number> => {
  const first = log.head().position;
  let waiting: Uint8Array[] = [];
  const write = (): void => {
    log.write((writer) => {
      let latest = log.head().recordedAt ?? 0;
      for (const bytes of waiting) {
        const { subject, streamrev, id, time, source: incarnation } = openEvent(bytes);
        latest = Math.max(latest, instantMillis(time));
        writer.append({ stream: subject, revision: Number(streamrev), id, recordedAt: latest, bytes, leaf: leafHash(bytes) });
        writer.setMeta('source', incarnation);
      }
    });
    waiting = [];
  };
  for (let after = first; after < size;) {
    const entries = await entriesFrom(source, size, after);
    waiting.push(...entries);
    after += entries.length;
    if (waiting.length < BATCH && after < size) continue;
    write();
    onAdvance(after, size);
  }
  return size - first;
};

/** The notes beyond those that the data directory remembers, each with what witnesses said of it. */
const addCheckpoints = async (
  checkpointStore: CheckpointStore,
  source: Source,
  keys: readonly string[],
  signedAt: (size: number) => number,
): Promise<number> => {
  const labels = new Set(verifierKeysOf(keys).map(keyLabel));
  let added = 0;
  for (const { place, bytes, timestamp } of await source.notes()) {
    const note = parseNote(bytes);
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!note.ok || !checkpoint.ok) throw new RestoreRefused(say('verifying.place-is-no-checkpoint', { place }));
    const { size, root } = checkpoint.value;
    if (size <= (checkpointStore.last()?.size ?? 0)) continue;
    const own = note.value.signatures.filter((signature) => labels.has(keyLabel(signature)));
    checkpointStore.add({ size, root, note: formatNote({ text: note.value.text, signatures: own }), signedAt: signedAt(size) });
    for (const signature of note.value.signatures) {
      const time = labels.has(keyLabel(signature)) ? undefined : cosignatureTime(signature.bytes);
      if (time !== undefined) checkpointStore.addCosignature(size, time, signature);
    }
    if (timestamp !== undefined) checkpointStore.addStamp(size, signedAt(size), timestamp);
    added += 1;
  }
  return added;
};

/** The last checkpoint may be younger than any bundle; the log remembers it. At the next start the tree is held against it. */
const addMarked = (checkpointStore: CheckpointStore, log: LogFile, origin: string): number => {
  const marked = markIn(log).read();
  if (marked === undefined || marked.origin !== origin || marked.size <= (checkpointStore.last()?.size ?? 0)) return 0;
  const { origin: _, ...checkpoint } = marked;
  checkpointStore.add(checkpoint);
  return 1;
};

/** `ownKeys`: the verifier keys that the data directory knows; without them and a policy, those of the bundle are believed. */
export const restoreFrom = async (options: {
  readonly dir: string;
  readonly log: LogFile;
  readonly checkpointStore: CheckpointStore;
  readonly policy: Policy | undefined;
  readonly ownKeys: readonly string[] | undefined;
  readonly onAdvance: OnStepAdvance;
}): Promise<Restored> => {
  const { dir, log, checkpointStore, policy, ownKeys, onAdvance } = options;
  const { origin, size, keys } = await auditBundle(dir, policy, ownKeys, onAdvance);
  if (origin === null) throw new RestoreRefused(say('verifying.bundle-names-no-log', { dir }));
  const own = checkpointStore.origin();
  if (own !== undefined && own !== origin) throw new RestoreRefused(say('verifying.bundle-is-of-another', { dir, origin, this: own }));
  const source = bundleSource(dir);
  try {
    await compareBeginning(log, source, size);
    const added =
      log.head().position >= size
        ? 0
        : await addMissing(log, source, size, (done, total) => onAdvance(say('verifying.restoring'), done, total));
    if (own === undefined) checkpointStore.setOrigin(origin);
    const fromBundle = await addCheckpoints(checkpointStore, source, keys, (at) => log.at(at)?.recordedAt ?? 0);
    const checkpoints = fromBundle + addMarked(checkpointStore, log, origin);
    return { origin, added, size: log.head().position, checkpoints };
  } finally {
    source.close();
  }
};
