import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { LIMITS, RefusedFile } from './limits.ts';
import { say, type Message } from '../messages/message.ts';

/** The parts of a zipped file, unzipped one by one as they are asked for, and counted while they are. */

export type Parts = {
  readonly names: readonly string[];
  /** The part's bytes; undefined where the file has none of this name. */
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
};

const MIB = 1024 * 1024;
const tooLarge = (detail: Message): RefusedFile => new RefusedFile('file-too-large', detail);

const entriesOf = async (zip: ZipFile): Promise<ReadonlyMap<string, Entry>> => {
  if (zip.entryCount > LIMITS.zip.entries) {
    throw tooLarge(say('document.the-file-holds-parts-are-read-at', { entryCount: zip.entryCount, entries: LIMITS.zip.entries }));
  }
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new RefusedFile('file-encrypted', say('document.the-file-is-locked-with-a-password'));
    if (entries.has(entry.fileName))
      throw new RefusedFile('file-damaged', say('document.the-part-is-in-the-file-twice', { fileName: entry.fileName }));
    entries.set(entry.fileName, entry);
  }
  return entries;
};

/** Whatever the library finds wrong with the file is a sentence about the file. */
const asDamage = (error: unknown): unknown =>
  error instanceof Error && !(error instanceof RefusedFile)
    ? new RefusedFile('file-damaged', say('document.the-file-is-damaged-and-cannot-be', { message: error.message }))
    : error;

/** Throws `RefusedFile`, here and in `read`. */
export const unzip = async (bytes: Uint8Array): Promise<Parts> => {
  const { free, ratio, bytes: most } = LIMITS.zip;
  const budget = Math.min(most, free + ratio * bytes.length);
  let unzipped = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { lazyEntries: true, autoClose: false });
    const entries = await entriesOf(zip);
    const readEntry = async (entry: Entry): Promise<Uint8Array> => {
      const chunks: Uint8Array[] = [];
      // Sizes that the file declares are not believed: what comes out is counted, and the stream is broken off.
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        // A stream without encoding gives buffers.
        const piece = chunk as Buffer;
        unzipped += piece.length;
        if (unzipped > budget) {
          throw tooLarge(say('document.unzipped-the-file-has-more-than-mib', { n: Math.floor(budget / MIB) }));
        }
        chunks.push(piece);
      }
      return Buffer.concat(chunks);
    };
    return {
      names: [...entries.keys()],
      read: async (name) => {
        const entry = entries.get(name);
        try {
          return entry === undefined ? undefined : await readEntry(entry);
        } catch (error) {
          throw asDamage(error);
        }
      },
    };
  } catch (error) {
    throw asDamage(error);
  }
};
