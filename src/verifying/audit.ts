import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
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
} from '../ledger/index.ts';
import type { WorkerSetting } from './audit-worker.ts';
import { fault, Unreadable, type Fault } from './fault.ts';
import { openSource, type SourceSpec } from './open-source.ts';
import { auditRun, linkFault, type Mark, type Plan, type Run, type Segment, type StreamEnd } from './segment.ts';
import type { Source } from './source.ts';

/** Every entry of a log checked, and its tree made again from nothing else. */
export type Audit = {
  /** Of the sizes asked for; fewer where entries are missing. */
  readonly roots: ReadonlyMap<number, Hash>;
  readonly streams: number;
  readonly marks: readonly Mark[];
  /** Leaf indexes of the stream asked for. */
  readonly found: readonly number[];
  /** Of the last entry. */
  readonly source: string | undefined;
  readonly latest: number | undefined;
  readonly faults: readonly Fault[];
  /** The root of any other size. Reads one bundle again. */
  readonly rootAt: (size: number) => Promise<Hash | undefined>;
};

export type AuditOptions = {
  /** Threads; one works without any. */
  readonly threads?: number | undefined;
  /** Entries in a run, which one thread checks at a time: a multiple of 256. */
  readonly run?: number | undefined;
  readonly onProgress?: (done: number, total: number) => void;
};

/** Some 7 MB, a twentieth of a second of work: small enough that the threads end together. */
const RUN = 32 * TILE_WIDTH;
/** Fewer runs than this are done sooner than threads are started. */
const WORTH_THREADS = 3;

const runsOf = (size: number, run: number): readonly Run[] => Array.from({ length: Math.ceil(size / run) }, (_, at) => ({ begin: at * run, end: Math.min(size, (at + 1) * run) }));

/** Segments in the order of the runs, checked by `threads` threads side by side. */
async function* segmentsByThreads(runs: readonly Run[], setting: WorkerSetting, threads: number): AsyncGenerator<Segment> {
  const waiting = runs.map(() => Promise.withResolvers<Segment>());
  let next = 0;
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('audit-worker.ts', import.meta.url), { workerData: setting });
    let mine = -1;
    const take = (): void => {
      mine = next;
      next += 1;
      const run = runs[mine];
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      if (run !== undefined) worker.postMessage(run);
    };
    worker.on('message', (segment: Segment) => {
      waiting[mine]?.resolve(segment);
      take();
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting) reject(error);
    });
    take();
    return worker;
  });
  try {
    for (const { promise } of waiting) yield await promise;
  } finally {
    for (const { promise } of waiting) promise.catch(() => undefined);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

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
      if (Buffer.compare(await source.tile(tile), Buffer.concat(held)) !== 0) faults.push(fault('tile', tilePath(tile), 'does not hold the hashes of the tiles below it'));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(fault('tile', error.place, error.detail));
    }
  }
  return faults;
};

export const auditEntries = async (spec: SourceSpec, plan: Plan, { threads = availableParallelism(), run = RUN, onProgress = () => undefined }: AuditOptions): Promise<Audit> => {
  const source = openSource(spec);
  const runs = runsOf(plan.size, run);
  const segments = threads > 1 && runs.length >= WORTH_THREADS ? segmentsByThreads(runs, { spec, plan }, Math.min(threads, runs.length)) : segmentsHere(runs, source, plan);

  let range: CompactRange = emptyRange();
  const roots = new Map<number, Hash>();
  const bundleRoots: Hash[] = [];
  const streams = new Map<string, StreamEnd>();
  const marks: Mark[] = [];
  const found: number[] = [];
  const faults: Fault[] = [];
  let incarnation: string | undefined;
  let latest: number | undefined;
  let broken = false;

  const joinStreams = (segment: Segment): void => {
    for (const [subject, { first, last }] of segment.streams) {
      const wrong = linkFault(first.index, subject, first, streams.get(subject));
      if (wrong !== undefined) faults.push(wrong);
      streams.set(subject, last);
    }
  };
  const joinSources = (segment: Segment): void => {
    for (const { index, source: name, restarts } of segment.sources) {
      if (incarnation !== undefined && name !== incarnation && !restarts)
        faults.push(fault('restart', `source ${name}`, `follows ${incarnation}, but no LedgerRestarted says so`, index + 1));
      incarnation = name;
    }
  };
  const joinTimes = ({ times }: Segment): void => {
    if (times === undefined) return;
    if (latest !== undefined && times.earliest < latest - plan.skew)
      faults.push(fault('time', 'recorded-at', `was recorded ${latest - times.earliest} ms before an event that comes before it`, times.earliestIndex + 1));
    latest = Math.max(latest ?? 0, times.latest);
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
      joinStreams(segment);
      joinSources(segment);
      joinTimes(segment);
      onProgress(segment.end, plan.size);
    }
    if (plan.tiles && !broken) faults.push(...(await compareUpperTiles(source, plan.size, bundleRoots)));
  } finally {
    source.close();
  }

  return {
    roots,
    streams: streams.size,
    marks,
    found,
    source: incarnation,
    latest,
    faults,
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
