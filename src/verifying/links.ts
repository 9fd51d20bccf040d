import { HASH_SIZE, type Hash } from '../tlog/index.ts';
import { fault, type Fault } from './fault.ts';
import type { Leaf } from './leaf.ts';
import { say } from '../messages/message.ts';

/** Every event of a stream follows the one before it: by its revision, and by the hash that it names. */

/** What an event says of its place. `prevleaf` should be a hash in hex; undefined for a stream's first event. */
export type Link = Pick<Leaf, 'revision' | 'prevleaf'>;
/** The last event of a stream so far. */
export type StreamEnd = { readonly revision: number; readonly hash: Hash };

const isLinked = ({ revision, prevleaf }: Link, before: StreamEnd | undefined): boolean =>
  before === undefined ? revision === 0 && prevleaf === undefined : revision === before.revision + 1 && prevleaf === before.hash.toHex();

/** What is wrong with the place of the event at a leaf index; `before` is the last one of its stream. */
export const linkFault = (index: number, subject: string, link: Link, before: StreamEnd | undefined): Fault | undefined => {
  if (isLinked(link, before)) return undefined;
  const place = `stream ${subject}`;
  if (link.revision === (before === undefined ? 0 : before.revision + 1))
    return fault('link', place, say('verifying.prevleaf-is-not-the-hash-before'), index + 1);
  const { revision } = link;
  const detail =
    before === undefined
      ? say('verifying.no-event-of-its-stream-before', { revision })
      : say('verifying.another-revision-before', { revision, before: before.revision });
  return fault('link', place, detail, index + 1);
};

/**
 * The first and the last event of every stream in a run, in columns: one thread hands them to another, and that is
 * quicker with a few lists than with an object for each.
 */
export type RunStreams = {
  readonly subjects: readonly string[];
  readonly firstIndexes: readonly number[];
  readonly firstRevisions: readonly number[];
  readonly firstPrevleaves: readonly (string | undefined)[];
  readonly lastRevisions: readonly number[];
  /** 32 bytes each. */
  readonly lastHashes: Uint8Array<ArrayBuffer>;
};

/** Follows the streams of a run. */
export const followStreams = () => {
  const rows = new Map<string, number>();
  const firstIndexes: number[] = [];
  const firstRevisions: number[] = [];
  const firstPrevleaves: (string | undefined)[] = [];
  const lasts: { revision: number; hash: Hash }[] = [];
  return {
    /** What is wrong with an event's place within the run. */
    follow: (index: number, { subject, revision, prevleaf, hash }: Leaf): Fault | undefined => {
      const last = lasts[rows.get(subject) ?? -1];
      if (last === undefined) {
        rows.set(subject, lasts.length);
        firstIndexes.push(index);
        firstRevisions.push(revision);
        firstPrevleaves.push(prevleaf);
        lasts.push({ revision, hash });
        return undefined;
      }
      const wrong = linkFault(index, subject, { revision, prevleaf }, last);
      last.revision = revision;
      last.hash = hash;
      return wrong;
    },
    followed: (): RunStreams => {
      const lastHashes = new Uint8Array(lasts.length * HASH_SIZE);
      for (const [row, { hash }] of lasts.entries()) lastHashes.set(hash, row * HASH_SIZE);
      return {
        subjects: [...rows.keys()],
        firstIndexes,
        firstRevisions,
        firstPrevleaves,
        lastRevisions: lasts.map(({ revision }) => revision),
        lastHashes,
      };
    },
  };
};

/** Joins the streams of a run to those of the runs before it; gives what is wrong between them. */
export const joinStreams = (known: Map<string, StreamEnd>, run: RunStreams): readonly Fault[] =>
  run.subjects.flatMap((subject, row) => {
    const link: Link = { revision: run.firstRevisions[row] ?? -1, prevleaf: run.firstPrevleaves[row] };
    const wrong = linkFault(run.firstIndexes[row] ?? 0, subject, link, known.get(subject));
    known.set(subject, { revision: run.lastRevisions[row] ?? -1, hash: run.lastHashes.subarray(row * HASH_SIZE, (row + 1) * HASH_SIZE) });
    return wrong ?? [];
  });
