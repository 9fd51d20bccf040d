import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import {
  consistencyProof,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  inclusionProof,
  noteSigner,
  rootAt,
  signNote,
  type Hash,
  type HashTile,
  type KeptTiles,
  type NodeSource,
  type Policy,
} from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';
import type { Views } from '../projecting/views.ts';
import type { EventStore } from '../store/event-store.ts';
import { agreementOfAll, lackOf, type Agreement, type PinnedCheckpoint } from './agreement.ts';
import { createCosignatures, type Cosigning } from './cosigned.ts';
import { cosignedNote, type CheckpointStore, type SignedCheckpoint } from './checkpoint-store.ts';
import type { KeptCheckpoint } from './pinned-checkpoints.ts';
import type { Signers } from './signers.ts';
import { isInTree, tileReader, treeOf } from './tiles-sink.ts';
import { say, type Text } from '../messages/message.ts';
import { inEnglish } from '../messages/words.ts';

/**
 * The log's tree at work: checkpoints are signed as it grows, and anything in it can be proved. It never signs what is
 * inconsistent with what it signed before (C2SP tlog-checkpoint), or with what others remember of it: then it stops
 * signing and says why.
 */
export type Ledger = {
  readonly origin: string;
  /** Of this origin, oldest first; the last one is the one that signs. */
  readonly verifierKeys: () => readonly string[];
  /** Leaves that can be proved now: the position of the views. */
  readonly size: () => number;
  /** Allows signing, which until then waits for what witnesses remember. */
  readonly begin: () => void;
  /** Signs if there is cause: 256 leaves or 10 s since the last checkpoint. Gives the newest. */
  readonly tick: () => SignedCheckpoint | undefined;
  /** Signs what there is, cause or not. */
  readonly seal: () => void;
  /** A checkpoint that covers a position, signed early if it must be; undefined beyond the views. */
  readonly cover: (position: number) => SignedCheckpoint | undefined;
  /** The signed note with all cosignatures known. */
  readonly note: (checkpoint: SignedCheckpoint) => Uint8Array;
  readonly last: () => SignedCheckpoint | undefined;
  readonly root: (size: number) => Hash;
  readonly inclusion: (position: number, size: number) => readonly Hash[];
  readonly consistency: (from: number, to: number) => readonly Hash[];
  /** The proof file of a position. */
  readonly receipt: (position: number, checkpoint: SignedCheckpoint) => Uint8Array;
  /** A tile's bytes, undefined where the tree has none of this width. */
  readonly tile: (tile: HashTile) => Uint8Array | undefined;
  readonly cosign: (size: number, lines: string) => Cosigning;
  /** Who cosigned a size, by their names in the policy. */
  readonly cosigners: (size: number) => readonly string[];
  /** The largest size that the policy's quorum of witnesses has cosigned. */
  readonly anchoredThrough: () => number;
  /** From now on nothing is signed that does not agree with this too. */
  readonly pin: (pinned: PinnedCheckpoint) => void;
  /** From now on nothing is signed: the log was found to be at fault, for this reason. */
  readonly contradict: (reason: Text) => void;
  /** Why it does not sign, where it does not and will not. */
  readonly stopped: () => Text | undefined;
  /** What it waits for before it signs again, as long as it does. */
  readonly waiting: () => Text | undefined;
  /** Events that a kept checkpoint covers and that did not arrive here in time. Until they do, nothing may be added. */
  readonly lacking: () => Text | undefined;
  /** Whether the log itself is at fault: events are missing or others than were signed. Nothing may be added to it then. */
  readonly contradicted: () => boolean;
};

const LEAVES_BETWEEN = 256;
const MILLIS_BETWEEN = 10_000;
/** A receipt asked for before its checkpoint is due gets one, but not more often than this. */
const EARLY_MILLIS = 1_000;
/**
 * Nothing is signed while an event older than this waits to be hashed. A cosignature says that all later events came
 * after it, and an auditor compares the events' times with that.
 */
const MAX_WAITING_MILLIS = 5_000;

/** How long events that a witness has seen may take to arrive here, where another replica had them cosigned. */
const MAX_LACK_MILLIS = 5_000;

/** Full tiles kept for proofs, 16 KiB each: the upper ones, which proofs share, of a log of thirty million events. */
const KEPT_TILES = 512;

const SELF = say('ledger.this-data-directory');

/** `since`: when it became known, epoch ms. */
type Kept = PinnedCheckpoint & { readonly since: number };

export const openLedger = (deps: {
  readonly views: Views;
  readonly store: Pick<EventStore, 'head' | 'at'>;
  /** Whether this process alone adds to the log: where others do, what is not here yet is not missing. */
  readonly singleWriter?: boolean;
  /** How a cluster's log now contradicts what was sequenced from it. */
  readonly anomaly?: (() => Text | undefined) | undefined;
  readonly checkpointStore: CheckpointStore;
  readonly signers: Signers;
  readonly clock: Clock;
  readonly policy?: Policy | undefined;
  readonly pinned?: readonly PinnedCheckpoint[];
  /** Nothing is signed before `begin`. */
  readonly held?: boolean;
  /** Why nothing may be signed at all. */
  readonly refusal?: () => Text | undefined;
  /** Checkpoints of this log that others keep, in order of size: what a book without any begins with. */
  readonly inherited?: () => readonly KeptCheckpoint[];
  /** Notes in the log what was signed over it. */
  readonly mark?: (signed: SignedCheckpoint) => void;
}): Ledger => {
  const { views, store, checkpointStore, signers, clock, policy, pinned = [], held = false, singleWriter = true, mark } = deps;
  const { origin } = signers;
  const cosignatures = createCosignatures(checkpointStore, policy);
  // What was known at the start is not on its way.
  const kept = new Map<string, Kept>(pinned.map((one) => [inEnglish(one.by), { ...one, since: -Infinity }]));
  let waiting = held;
  let contradiction: Text | undefined;
  let newest = checkpointStore.last();
  /** The file of views whose tree was found to agree: a rebuild makes another. */
  let examined: unknown;

  const size = (): number => views.position();
  // A rebuild makes another file, and its tree need not be the same.
  let tiles: { readonly of: unknown; readonly kept: KeptTiles } | undefined;
  const tree = (at: number): NodeSource => {
    const db = views.database();
    if (tiles?.of !== db) tiles = { of: db, kept: { fromLevel: 1, heaps: new LRUCache<string, Uint8Array>({ max: KEPT_TILES }) } };
    return treeOf(db, at, tiles.kept);
  };
  const root = (at: number): Hash => rootAt(at, tree(at));
  const fault = (): Text | undefined => contradiction ?? deps.anomaly?.() ?? checkpointStore.damage() ?? signers.fault();
  const stopped = (): Text | undefined => fault() ?? deps.refusal?.();

  const own = (): readonly PinnedCheckpoint[] => (newest === undefined ? [] : [{ by: SELF, size: newest.size, root: newest.root }]);

  const lacking = (): Text | undefined => {
    if (singleWriter) return undefined; // then it is a contradiction
    const now = clock.now().epochMilliseconds;
    return lackOf([...own(), ...kept.values().filter(({ since }) => now - since > MAX_LACK_MILLIS)], store.head().position);
  };

  /** Looked at before each signature, since the tree can have been made again from another log in between. */
  const agreement = (): Agreement => {
    const found = agreementOfAll([...own(), ...kept.values()], {
      head: singleWriter ? store.head().position : Infinity,
      size: size(),
      root,
    });
    if (typeof found === 'object') contradiction = found.contradiction;
    if (found === 'agrees') examined = views.database();
    return found;
  };

  const lags = (): boolean => {
    const first = store.head().position > size() ? store.at(size() + 1) : undefined;
    return first !== undefined && clock.now().epochMilliseconds - first.recordedAt > MAX_WAITING_MILLIS;
  };

  /** They show how one key followed another, which nobody could sign again. */
  const inherit = (): void => {
    if (newest !== undefined) return;
    for (const { size: of, root: said, note, by } of deps.inherited?.() ?? []) {
      if (of > size() || !sameBytes(said, root(of))) {
        contradiction = say('ledger.not-those-of-checkpoint', { size: of, by });
        return;
      }
      if (of === 0 || checkpointStore.at(of) !== undefined) continue;
      newest = { size: of, root: said, note, signedAt: clock.now().epochMilliseconds };
      checkpointStore.add(newest);
    }
    signers.inherited();
  };

  const sign = (): void => {
    const at = size();
    signers.look();
    if (waiting || stopped() !== undefined || at === 0 || at === newest?.size || lags()) return;
    if (agreement() !== 'agrees') return;
    inherit();
    if (contradiction !== undefined || at === newest?.size) return;
    const keys = signers.of(at);
    const checkpoint = { origin, size: at, root: root(at), extensions: [] };
    const note = formatNote(signNote({ text: formatCheckpoint(checkpoint), signatures: [] }, keys.map(noteSigner)));
    const signed: SignedCheckpoint = { size: at, root: checkpoint.root, note, signedAt: clock.now().epochMilliseconds };
    checkpointStore.add(signed); // durable before anyone can see it
    try {
      mark?.(signed);
    } finally {
      // Signed it is, whatever became of the mark: the next one will stand there.
      newest = signed;
      signers.signed(keys);
    }
  };

  const sinceSigned = (): number => {
    const millis = newest === undefined ? Infinity : clock.now().epochMilliseconds - newest.signedAt;
    return millis < 0 ? Infinity : millis; // the clock was set back
  };
  const due = (): boolean => size() - (newest?.size ?? 0) >= LEAVES_BETWEEN || sinceSigned() >= MILLIS_BETWEEN;

  const note: Ledger['note'] = (checkpoint) => cosignedNote(checkpointStore, checkpoint);

  const inclusion: Ledger['inclusion'] = (position, at) => inclusionProof(position - 1, at, tree(at));

  agreement();

  return {
    origin,
    verifierKeys: signers.verifierKeys,
    size,
    begin: () => {
      waiting = false;
    },
    tick: () => {
      if (fault() === undefined && examined !== views.database()) agreement();
      if (due()) sign();
      return newest;
    },
    seal: sign,
    cover: (position) => {
      if (contradiction !== undefined || position < 1 || position > size()) return undefined;
      if ((newest?.size ?? 0) < position && (due() || sinceSigned() >= EARLY_MILLIS)) sign();
      // While views are built again the newest checkpoint is beyond them, and nothing can be proved to it.
      const covering = newest !== undefined && newest.size > size() ? checkpointStore.upTo(size()) : newest;
      return covering !== undefined && covering.size >= position ? covering : undefined;
    },
    note,
    last: () => newest,
    root,
    inclusion,
    consistency: (from, to) => consistencyProof(from, to, tree(to)),
    receipt: (position, checkpoint) =>
      formatTlogProof({ index: position - 1, hashes: inclusion(position, checkpoint.size), checkpoint: note(checkpoint) }),
    tile: (tile) => (isInTree(tile, size()) ? tileReader(views.database())(tile) : undefined),
    cosign: cosignatures.add,
    cosigners: (at) => checkpointStore.cosignatures(at).map(({ witness }) => cosignatures.nameOf(witness)),
    anchoredThrough: cosignatures.anchoredThrough,
    pin: (one) => {
      const by = inEnglish(one.by);
      const before = kept.get(by);
      kept.set(by, { ...one, since: before?.size === one.size ? before.since : clock.now().epochMilliseconds });
      if (fault() === undefined) agreement();
    },
    contradict: (reason) => {
      contradiction ??= reason;
    },
    stopped,
    waiting: () => lacking() ?? (waiting ? say('ledger.no-quorum-remembers') : undefined),
    lacking,
    contradicted: () => contradiction !== undefined,
  };
};
