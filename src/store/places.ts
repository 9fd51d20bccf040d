import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync, statSync } from 'node:fs';
import { say, type Message, type Text } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * Places that people name: files that settings and options give, the data directory. What is wrong with one is said in
 * words, with its path; and nothing that is no file is read, since a pipe or a device may never end.
 */

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whoever named the place must name another, or mend it. The message is its path and what is the matter with it. */
export class PlaceUnusable extends Told {
  readonly path: string;
  readonly words: Text;
  /** The system's, where it refused. */
  readonly code: string | undefined;
  constructor(path: string, words: Text, options?: ErrorOptions) {
    super(say('http.fault', { where: shortened(path), what: words }), options);
    this.path = path;
    this.words = words;
    this.code = codeOf(options?.cause);
  }
}

const LONGEST_SHOWN = 300;

/** Of a path that is too long for the system its two ends say which one it is. */
const shortened = (path: string): string =>
  path.length <= LONGEST_SHOWN ? path : `${path.slice(0, LONGEST_SHOWN / 2)}…${path.slice(-LONGEST_SHOWN / 4)}`;

const linkTarget = (path: string): string | undefined => {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
};

const WORDS: ReadonlyMap<string, Message> = new Map([
  ['EACCES', say('store.may-not-be-used')],
  ['EPERM', say('store.may-not-be-used')],
  ['EROFS', say('store.read-only')],
  ['ENOSPC', say('store.disk-is-full')],
  ['EDQUOT', say('store.disk-is-full')],
  ['EISDIR', say('store.is-a-directory')],
  ['ENOTDIR', say('store.part-is-a-file')],
  ['ELOOP', say('store.link-to-itself')],
  ['ENAMETOOLONG', say('store.path-too-long')],
]);

/** What the system refused at a path, in words; undefined where it was none of the system's refusals. */
export const wordsFor = (error: unknown, path: string): Message | undefined => {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (code === 'ENOENT') {
    const target = linkTarget(path);
    return target === undefined ? say('store.is-not-there') : say('store.link-to-nothing', { target: shortened(target) });
  }
  return say('store.refused-with', { what: WORDS.get(code) ?? say('store.cannot-be-used'), code });
};

/** Runs what works on a place. @throws PlaceUnusable  the system refuses */
export const atPlace = <Result>(path: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    const words = error instanceof PlaceUnusable ? undefined : wordsFor(error, path);
    throw words === undefined ? error : new PlaceUnusable(path, words, { cause: error });
  }
};

const MOST_BYTES = 4 * 1024 * 1024;

/** Bytes of a file that somebody named, at most `most` of them. @throws PlaceUnusable */
export const readGivenFile = (path: string, most: number = MOST_BYTES): Buffer =>
  atPlace(path, () => {
    // Without waiting: opening a pipe that nobody writes to would never end.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (stats.isDirectory()) throw new PlaceUnusable(path, say('store.is-a-directory'));
      if (!stats.isFile()) throw new PlaceUnusable(path, say('store.is-a-pipe'));
      const bytes = Buffer.alloc(Math.min(Math.max(stats.size, 4096), most) + 1); // files of /proc say 0
      let length = 0;
      while (length < bytes.length) {
        const read = readSync(file, bytes, length, bytes.length - length, null);
        if (read === 0) return bytes.subarray(0, length);
        length += read;
      }
      throw new PlaceUnusable(path, say('store.is-longer-than', { n: most }));
    } finally {
      closeSync(file);
    }
  });

/** Says so where something of another kind stands at a path. Nothing there is as good. @throws PlaceUnusable */
export const expectKind = (path: string, kind: 'file' | 'directory'): void =>
  atPlace(path, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || (kind === 'file' ? stats.isFile() : stats.isDirectory())) return;
    throw new PlaceUnusable(path, kind === 'file' ? say('store.is-not-a-file') : say('store.is-not-a-directory'));
  });
