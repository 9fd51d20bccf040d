import { LEDGER_STREAM } from '../domain/ledger/events.ts';
import { appendLeaves, emptyRange, HASH_SIZE, TILE_WIDTH, tilePath, type CompactRange, type Hash } from '../tlog/index.ts';
import { collectIds, type RunIds } from './event-ids.ts';
import { createTimeOrder, type SeenTimes } from './time-order.ts';
import { fault, Unreadable, type Fault } from './fault.ts';
import { readLeaf, type Leaf, type LeafFault } from './leaf.ts';
import { followStreams, type RunStreams } from './links.ts';
import { spanText } from '../kernel/record-time.ts';
import { readAhead } from './read-ahead.ts';
import { misfit } from './schema.ts';
import type { Entries, Source } from './source.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { say, type Text } from '../messages/message.ts';

/**
 * A run of entries, checked for itself. What it says of its edges is enough to join it with its neighbours, so runs can
 * be checked side by side: their hashes (a compact range), the ends of every stream, the ids, the times.
 */
export type Segment = {
  /** Leaf indexes, a multiple of 256 the first. */
  readonly begin: number;
  readonly end: number;
  readonly range: CompactRange;
  /** The hashes of [begin, size) for every size asked for. */
  readonly cuts: readonly { readonly size: number; readonly range: CompactRange }[];
  /** Roots of its full bundles of 256 entries: the hashes that tiles of level 1 hold. */
  readonly bundleRoots: readonly Hash[];
  readonly streams: RunStreams;
  readonly ids: RunIds;
  /** Where `source` changes; the first entry's stands at the beginning. */
  readonly sources: readonly { readonly index: number; readonly source: string; readonly restarts: boolean }[];
  readonly times: SeenTimes;
  readonly ahead: Ahead | undefined;
  readonly behind: Ahead | undefined;
  readonly marks: readonly Mark[];
  /** Leaf indexes of the stream asked for. */
  readonly found: readonly number[];
  readonly faults: readonly Fault[];
  /** Entries are missing, so there is no tree. */
  readonly broken: boolean;
};

/** An event that later checks look into. */
export type Mark = {
  readonly index: number;
  readonly type: string;
  readonly subject: string;
  readonly time: number;
  readonly data: unknown;
};

/** A size at which the time is known from outside, epoch ms. */
export type Anchor = { readonly size: number; readonly time: number };

export type Plan = {
  /** Entries that are checked. */
  readonly size: number;
  /** Of those, the first so many make the tree that was signed. */
  readonly signedSize: number;
  /** Sizes whose roots are wanted, ascending. */
  readonly cuts: readonly number[];
  /** Witnesses saw nothing more at that time; ascending in size. */
  readonly floors: readonly Anchor[];
  /** Somebody saw as much at that time; ascending in size. */
  readonly ceilings: readonly Anchor[];
  /** When the log says of itself that it signed; ascending in size. */
  readonly signed: readonly Anchor[];
  /** The moment of this audit, epoch ms: nothing was recorded after it. */
  readonly audited: number;
  /** Milliseconds that clocks may differ by. */
  readonly skew: number;
  /** A stream whose events are wanted. */
  readonly stream: string | undefined;
  /** Whether the source's tiles are compared with the entries. */
  readonly tiles: boolean;
};

/**
 * Events whose record times lie after the moment at which the log says that it signed them, by up to `most` ms; or before
 * the moment at which it had signed others that stand before them.
 */
export type Ahead = { readonly count: number; readonly firstIndex: number; readonly most: number };

/** Leaf indexes of bundles; `end` may lie within the last one. */
export type Run = { readonly begin: number; readonly end: number };

/** A run says no more than this of what is wrong in it, and as much of what is wrong with what came before. */
export const MAX_FAULTS = 20;

const MARKED = /^(?:KeyRotated|LedgerRestarted|SnapshotTaken|NoticeDrafted|NoticeIssued)\./u;

const firstPast = (anchors: readonly Anchor[], begin: number): number => {
  const found = anchors.findIndex(({ size }) => size > begin);
  return found < 0 ? anchors.length : found;
};

const says = (millis: number): string => new Date(millis).toISOString();

/** What is known of the time from outside, in step with the index. */
const clockOf = ({ floors, ceilings, skew, audited }: Plan, begin: number) => {
  let floor = firstPast(floors, begin);
  let ceiling = firstPast(ceilings, begin);
  return (index: number, time: number): Text | undefined => {
    while ((floors[floor]?.size ?? Infinity) <= index) floor += 1;
    while ((ceilings[ceiling]?.size ?? Infinity) <= index) ceiling += 1;
    const before = floors[floor - 1];
    const after = ceilings[ceiling];
    if (before !== undefined && time < before.time - skew)
      return say('verifying.recorded-before-cosigned', { time: says(time), size: before.size, cosigned: says(before.time) });
    if (after !== undefined && time > after.time + skew)
      return say('verifying.recorded-after-vouched-for', { time: says(time), size: after.size, vouched: says(after.time) });
    if (time > audited + skew)
      return say('verifying.recorded-after-this-audit', { time: says(time), span: spanText(time - audited), now: says(audited) });
    return undefined;
  };
};

const counted = (found: Ahead | undefined, index: number, by: number): Ahead => ({
  count: (found?.count ?? 0) + 1,
  firstIndex: found?.firstIndex ?? index,
  most: Math.max(found?.most ?? 0, by),
});

/** The log's own word for when it signed binds nobody, but a clock that was wrong then, and right before or after, shows in it. */
const againstSigning = ({ signed, skew }: Plan, begin: number) => {
  let next = firstPast(signed, begin);
  let ahead: Ahead | undefined;
  let behind: Ahead | undefined;
  return {
    /** Whether the clock is shown to have been wrong, so that the time says nothing of the order. */
    look: (index: number, time: number): boolean => {
      while ((signed[next]?.size ?? Infinity) <= index) next += 1;
      const late = time - (signed[next]?.time ?? Infinity);
      const early = (signed[next - 1]?.time ?? -Infinity) - time;
      if (late > skew) ahead = counted(ahead, index, late);
      if (early > skew) behind = counted(behind, index, early);
      return late > skew || early > skew;
    },
    found: () => ({ ahead, behind }),
  };
};

export const auditRun = async (source: Source, { begin, end }: Run, plan: Plan): Promise<Segment> => {
  const { cuts, skew, stream, tiles } = plan;
  let range = emptyRange(begin);
  const wanted = cuts.filter((size) => size > begin && size <= end);
  const cutRanges: { size: number; range: CompactRange }[] = [];
  const bundleRoots: Hash[] = [];
  const streams = followStreams();
  const { ids, add: addId } = collectIds(begin, end);
  const sources: { index: number; source: string; restarts: boolean }[] = [];
  const marks: Mark[] = [];
  const found: number[] = [];
  const faults: Fault[] = [];
  const clock = clockOf(plan, begin);
  const signing = againstSigning(plan, begin);
  const order = createTimeOrder(skew);

  const tell = (one: Fault | undefined): void => {
    if (one !== undefined && faults.length < MAX_FAULTS) faults.push(one);
  };

  const grow = (hashes: readonly Hash[], first: number): void => {
    let done = 0;
    const visit = (level: number, _index: number, hash: Hash): void => {
      if (level === 8) bundleRoots.push(hash);
    };
    for (const size of wanted.filter((cut) => cut > first && cut <= first + hashes.length)) {
      range = appendLeaves(range, hashes.slice(done, size - first), visit);
      done = size - first;
      cutRanges.push({ size, range });
    }
    range = appendLeaves(range, hashes.slice(done), visit);
  };

  const keepTime = (index: number, { time, replica }: Leaf, place: string): void => {
    const complaint = clock(index, time);
    if (complaint !== undefined) tell(fault('time', place, complaint, index + 1));
    if (!signing.look(index, time)) tell(order.look(index, time, replica, place));
  };

  const look = (index: number, leaf: Leaf, place: string): void => {
    const { type, subject, time, source: name, data } = leaf;
    if (!addId(leaf.id, index)) tell(fault('entry', place, say('verifying.no-uuid'), index + 1));
    tell(streams.follow(index, leaf));
    keepTime(index, leaf, place);
    const unfit = misfit(type, data);
    if (unfit !== undefined) tell(fault('schema', place, unfit, index + 1));
    if (name !== sources.at(-1)?.source)
      sources.push({ index, source: name, restarts: type.startsWith('LedgerRestarted.') && subject === LEDGER_STREAM });
    if (MARKED.test(type)) marks.push({ index, type, subject, time, data });
    if (subject === stream) found.push(index);
  };

  const compareTile = (hashes: readonly Hash[], bytes: Uint8Array | Unreadable, index: number): void => {
    if (bytes instanceof Unreadable) return tell(fault('tile', bytes.place, bytes.detail));
    if (sameBytes(Buffer.concat(hashes), bytes)) return;
    const place = tilePath({ level: 0, index, width: hashes.length });
    if (bytes.length !== hashes.length * HASH_SIZE)
      return tell(
        fault(
          'tile',
          place,
          say('verifying.tile-of-another-length', { bytes: bytes.length, expected: hashes.length * HASH_SIZE }),
          index * TILE_WIDTH + 1,
        ),
      );
    const wrong = hashes.findIndex((hash, at) => !sameBytes(hash, bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)));
    tell(fault('tile', place, say('verifying.hash-is-not-of-the-entry', { n: wrong + 1 }), index * TILE_WIDTH + wrong + 1));
  };

  /** The entries of a bundle, and the tile of their hashes where the source has tiles. */
  const fetchBundle = async (first: number) => {
    const index = first / TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, end - first);
    const tileRead = tiles ? source.tile?.({ level: 0, index, width }) : undefined;
    const [entries, tile] = await Promise.all([readable(source.entries(index, width)), tileRead && readable(tileRead)]);
    return { entries, tile };
  };

  const auditBundle = (
    first: number,
    { entries, tile }: { readonly entries: Entries | Unreadable; readonly tile: Uint8Array | Unreadable | undefined },
  ): boolean => {
    if (entries instanceof Unreadable) {
      tell(fault('bundle', entries.place, entries.detail, entries.position ?? first + 1));
      return false;
    }
    const index = first / TILE_WIDTH;
    const place = tilePath({ level: 'entries', index, width: entries.bytes.length });
    const leaves = entries.bytes.map(readLeaf);
    const hashes = leaves.map(({ hash }) => hash);
    grow(hashes, first);
    for (const [at, leaf] of leaves.entries())
      if (isFaulty(leaf)) tell(fault('entry', place, leaf.fault, first + at + 1));
      else look(first + at, leaf, place);
    for (const one of entries.disagreements?.(leaves.map((leaf) => (isFaulty(leaf) ? undefined : leaf))) ?? []) tell(one);
    if (tile !== undefined) compareTile(hashes, tile, index);
    return true;
  };

  let broken = false;
  const firsts = Array.from({ length: Math.ceil((end - begin) / TILE_WIDTH) }, (_, at) => begin + at * TILE_WIDTH);
  for await (const [first, fetched] of readAhead(firsts, fetchBundle)) {
    broken = !auditBundle(first, fetched);
    if (broken) break;
  }
  return {
    begin,
    end,
    range,
    cuts: cutRanges,
    bundleRoots,
    streams: streams.followed(),
    ids,
    sources,
    times: order.seen(),
    ...signing.found(),
    marks,
    found,
    faults,
    broken,
  };
};

/** What was fetched, or why it cannot be read. */
const readable = async <Read>(reading: Promise<Read>): Promise<Read | Unreadable> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
};

const isFaulty = (leaf: Leaf | LeafFault): leaf is LeafFault => 'fault' in leaf;
