import { availableParallelism } from 'node:os';
import {
  appendLeaves,
  changedTiles,
  emptyRange,
  leafHash,
  mergeRanges,
  rangeRoot,
  rootFromLeaves,
  TILE_WIDTH,
  tilePath,
  type CompactRange,
  type Hash,
} from '../tlog/index.ts';
import { createIdBook } from './event-ids.ts';
import { fault, Unreadable, type Fault } from './fault.ts';
import { joinStreams, type StreamEnd } from './links.ts';
import { openSource, type SourceSpec } from './open-source.ts';
import { auditRun, MAX_FAULTS, type Ahead, type Mark, type Plan, type Run, type Segment } from './segment.ts';
import type { Source } from './source.ts';
import { segmentsByThreads } from './threads.ts';
import { joinTimeOrder, type Apart } from './time-order.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { say } from '../messages/message.ts';

/** Every entry of a log checked, and its tree made again from nothing else. */
export type Audit = {
  /** Of the sizes asked for; fewer where entries are missing. */
  readonly roots: ReadonlyMap<number, Hash>;
  /** In the tree that was signed. */
  readonly streams: number;
  readonly marks: readonly Mark[];
  /** Leaf indexes of the stream asked for. */
  readonly found: readonly number[];
  /** Of the last entry. */
  readonly source: string | undefined;
  readonly latest: number | undefined;
  readonly ahead: Ahead | undefined;
  readonly behind: Ahead | undefined;
  readonly apart: Apart | undefined;
  readonly faults: readonly Fault[];
  /** The root of any other size. Reads one bundle again. */
  readonly rootAt: (size: number) => Promise<Hash | undefined>;
};

const joinWrong = (one: Ahead | undefined, more: Ahead | undefined): Ahead | undefined =>
  one === undefined || more === undefined
    ? (one ?? more)
    : { count: one.count + more.count, firstIndex: one.firstIndex, most: Math.max(one.most, more.most) };

export type AuditOptions = {
  /** Threads, this one among them. */
  readonly threads?: number | undefined;
  /** Entries in a run, which one thread checks at a time: a multiple of 256. What suits the log unless given. */
  readonly run?: number | undefined;
  readonly onAdvance?: OnAdvance;
};

/**
 * Runs for each thread: several, so that all threads end at about the same time on a busy machine. A run is not so
 * small that joining runs takes noticeable time, nor so large that the ids and streams of runs that wait for an earlier
 * one take much memory.
 */
const RUNS_OF_THREAD = 12;
const MIN_RUN = 16 * TILE_WIDTH;
const MAX_RUN = 256 * TILE_WIDTH;
/** Fewer runs than this are done sooner than a thread is started. */
const WORTH_THREADS = 3;

const runLengthOf = (size: number, threads: number): number =>
  Math.min(MAX_RUN, Math.max(MIN_RUN, Math.ceil(size / (threads * RUNS_OF_THREAD) / TILE_WIDTH) * TILE_WIDTH));

const runsOf = (size: number, length: number): readonly Run[] =>
  Array.from({ length: Math.ceil(size / length) }, (_, at) => ({ begin: at * length, end: Math.min(size, (at + 1) * length) }));

async function* segmentsHere(runs: readonly Run[], source: Source, plan: Plan): AsyncGenerator<Segment> {
  for (const run of runs) yield await auditRun(source, run, plan);
}

/** The hashes of every 8th level above the bundles' roots. */
const levelsAbove = (bundleRoots: readonly Hash[]): readonly (readonly Hash[])[] => {
  const levels: Hash[][] = [[...bundleRoots]];
  for (let below = levels.at(-1) ?? []; below.length >= TILE_WIDTH; below = levels.at(-1) ?? []) {
    const full = Math.floor(below.length / TILE_WIDTH);
    levels.push(Array.from({ length: full }, (_, at) => foldHashes(below.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH))));
  }
  return levels;
};

/** The root over hashes that are complete subtrees of one level. */
const foldHashes = (hashes: readonly Hash[]): Hash => rootFromLeaves(hashes);

const compareUpperTiles = async (source: Source, size: number, bundleRoots: readonly Hash[]): Promise<readonly Fault[]> => {
  if (source.tile === undefined) return [];
  const levels = levelsAbove(bundleRoots);
  const faults: Fault[] = [];
  for (const tile of changedTiles(0, size)) {
    const { level, index, width } = tile;
    if (level === 0) continue;
    const held = (levels[level - 1] ?? []).slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
    try {
      if (!sameBytes(await source.tile(tile), Buffer.concat(held)))
        faults.push(fault('tile', tilePath(tile), say('verifying.tile-not-of-tiles-below')));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(fault('tile', error.place, error.detail));
    }
  }
  return faults;
};

export const auditEntries = async (spec: SourceSpec, plan: Plan, options: AuditOptions): Promise<Audit> => {
  const { threads = availableParallelism(), run = runLengthOf(plan.size, threads), onAdvance = () => undefined } = options;
  const source = openSource(spec);
  const runs = runsOf(plan.size, run);
  const segments =
    threads > 1 && runs.length >= WORTH_THREADS
      ? segmentsByThreads(runs, spec, plan, Math.min(threads, runs.length))
      : segmentsHere(runs, source, plan);

  let range: CompactRange = emptyRange();
  const roots = new Map<number, Hash>();
  const bundleRoots: Hash[] = [];
  const streams = new Map<string, StreamEnd>();
  let signedStreams = 0;
  const idBook = createIdBook(run);
  const marks: Mark[] = [];
  const found: number[] = [];
  const faults: Fault[] = [];
  let incarnation: string | undefined;
  const order = joinTimeOrder(plan.skew);
  let ahead: Ahead | undefined;
  let behind: Ahead | undefined;
  let broken = false;

  const countStreams = ({ streams: { subjects, firstIndexes } }: Segment): void => {
    signedStreams += subjects.filter((subject, row) => !streams.has(subject) && (firstIndexes[row] ?? 0) < plan.signedSize).length;
  };
  const joinIds = ({ ids }: Segment): void => {
    for (const { index, before } of idBook.add(ids).slice(0, MAX_FAULTS))
      faults.push(fault('id', `event ${index + 1}`, say('verifying.id-of-another', { before: before + 1 }), index + 1));
  };
  const joinSources = (segment: Segment): void => {
    for (const { index, source: name, restarts } of segment.sources) {
      if (incarnation !== undefined && name !== incarnation && !restarts)
        faults.push(fault('restart', `source ${name}`, say('verifying.source-follows-without-restart', { incarnation }), index + 1));
      incarnation = name;
    }
  };

  try {
    for await (const segment of segments) {
      faults.push(...segment.faults);
      if (segment.broken) {
        broken = true;
        break;
      }
      for (const cut of segment.cuts) roots.set(cut.size, rangeRoot(mergeRanges(range, cut.range)));
      range = mergeRanges(range, segment.range);
      bundleRoots.push(...segment.bundleRoots);
      marks.push(...segment.marks);
      found.push(...segment.found);
      countStreams(segment);
      faults.push(...joinStreams(streams, segment.streams).slice(0, MAX_FAULTS));
      joinIds(segment);
      joinSources(segment);
      order.add(segment.times);
      ahead = joinWrong(ahead, segment.ahead);
      behind = joinWrong(behind, segment.behind);
      onAdvance(segment.end, plan.size);
    }
    if (plan.tiles && !broken) faults.push(...(await compareUpperTiles(source, plan.size, bundleRoots)));
  } finally {
    source.close();
  }

  return {
    roots,
    streams: signedStreams,
    marks,
    found,
    source: incarnation,
    latest: order.latest(),
    ahead,
    behind,
    apart: order.apart(),
    faults: [...faults, ...order.faults()],
    rootAt: async (size) => {
      const known = roots.get(size);
      if (known !== undefined || broken || size > plan.size) return known;
      const full = Math.floor(size / TILE_WIDTH);
      // Bundles' roots stand in for their leaves: a tree over them is the upper part of the log's tree.
      let part = rangeOfBundles(bundleRoots.slice(0, full));
      if (size % TILE_WIDTH > 0) {
        const again = openSource(spec);
        try {
          const width = Math.min(TILE_WIDTH, plan.size - full * TILE_WIDTH);
          const { bytes } = await again.entries(full, width);
          part = appendLeaves(part, bytes.slice(0, size % TILE_WIDTH).map(leafHash));
        } finally {
          again.close();
        }
      }
      return rangeRoot(part);
    },
  };
};

const rangeOfBundles = (bundleRoots: readonly Hash[]): CompactRange => {
  const upper = appendLeaves(emptyRange(), bundleRoots);
  return { begin: 0, end: bundleRoots.length * TILE_WIDTH, hashes: upper.hashes };
};
