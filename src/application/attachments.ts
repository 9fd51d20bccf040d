import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Transform, type Readable } from 'node:stream';
import { dataFiles } from '../kernel/data-files.ts';
import { attachmentAccount, type Sent } from './attachment-account.ts';
import { hasCode } from '../kernel/error-code.ts';
import { START } from './media-types.ts';
import { createFile, linkDurably, makeDirectory, renameDurably } from '../store/durable-file.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * Attachments by the SHA-256 of their bytes: a file is named by what it holds, so it is written once, never changed,
 * and any change of it shows. Events cite it by that digest.
 */
export type AttachmentStore = {
  /** Takes a stream in. `known`: this sender has sent the same bytes before, and they are here. Throws `TooLarge`; nothing is kept then. */
  readonly put: (
    bytes: Readable,
    limit: number,
    sender: Sender,
  ) => Promise<{ readonly sha256: string; readonly size: number; readonly known: boolean }>;
  /** What a unit has sent so far. */
  readonly sentBy: (unit: string) => Promise<Sent>;
  /** The units that have sent these bytes; `all` is false where they were taken in before that was noted. */
  readonly senders: (sha256: string) => Promise<{ readonly units: readonly string[]; readonly all: boolean }>;
  /** The size of the bytes of a digest and the first of them, undefined where there are none: not checked against it. */
  readonly look: (sha256: string) => Promise<{ readonly size: number; readonly start: Uint8Array } | undefined>;
  /** Bytes by digest; `damaged` where the file no longer has its digest, undefined where there is none. */
  readonly get: (sha256: string) => Promise<{ readonly size: number; readonly open: () => Readable } | 'damaged' | undefined>;
};

/** A unit, or the office: whoever has sent the bytes has them, and learns nothing by reading them again. */
export type Sender = { readonly unit: string | null };

export class TooLarge extends Told {
  constructor(limit: number) {
    super(say('application.more-than-bytes', { limit }));
  }
}

/**
 * Counts and hashes what passes. Past the limit nothing passes, and it fails at the end: who is cut off while sending
 * does not hear why.
 */
const meter = (limit: number) => {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) return done();
      hash.update(chunk);
      return done(null, chunk);
    },
    flush(done) {
      done(size > limit ? new TooLarge(limit) : null);
    },
  });
  return { stream, result: () => ({ sha256: hash.digest('hex'), size }) };
};

/**
 * Writes what comes into a new file. Once that fails the rest is passed over, and it fails at the end: a sender that is
 * cut off would not hear that it was not its fault.
 */
const writeTo =
  (path: string) =>
  async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    const failures: unknown[] = [];
    const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
      try {
        return failures.length === 0 ? await work() : undefined;
      } catch (error) {
        failures.push(error);
        return undefined;
      }
    };
    const file = await attempt(() => open(path, 'wx', 0o600));
    try {
      for await (const chunk of bytes) await attempt(async () => file?.appendFile(chunk));
      await attempt(async () => file?.sync());
    } finally {
      await file?.close();
    }
    if (failures.length > 0) throw failures[0];
  };

const digestOfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** Names of senders: of the office, of a unit before its id, and of whoever sent what was here before senders were noted. */
const OFFICE = 'office';
const UNIT = 'unit-';
const UNNOTED = 'unnoted';

/** What is being taken in has a name that no digest has, until it is whole. */
const TEMPORARY = /^\.[0-9a-f-]{36}$/u;

/** What a process that was killed has left half taken in. */
const sweep = (root: string): void => {
  try {
    for (const name of readdirSync(root)) if (TEMPORARY.test(name)) rmSync(join(root, name), { force: true });
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
};

/** The caller holds the data directory's lock: nobody else takes anything in. */
export const openAttachments = (dataDir: string): AttachmentStore => {
  const { attachments: root } = dataFiles(dataDir);
  sweep(root);
  const folderOf = (sha256: string): string => join(root, sha256.slice(0, 2));
  const pathOf = (sha256: string): string => join(folderOf(sha256), sha256);
  /** An empty file for each sender of the same bytes, whose name says all. */
  const sendersOf = (sha256: string): string => join(root, 'senders', sha256.slice(0, 2), sha256);
  /** False where that was noted before. */
  const note = (sha256: string, sender: string): boolean => createFile(join(sendersOf(sha256), sender), '');

  const account = attachmentAccount(join(root, 'senders'), {
    unitOf: (name) => (name.startsWith(UNIT) ? name.slice(UNIT.length) : undefined),
    pathOf,
  });

  return {
    put: async (bytes, limit, sender) => {
      makeDirectory(root);
      const temporary = join(root, `.${randomUUID()}`);
      const { stream, result } = meter(limit);
      try {
        await pipeline(bytes, stream, writeTo(temporary));
        const { sha256, size } = result();
        makeDirectory(folderOf(sha256));
        const isNew = linkDurably(temporary, pathOf(sha256));
        if (!isNew && !existsSync(sendersOf(sha256))) note(sha256, UNNOTED);
        const isWhole = isNew || (await digestOfFile(pathOf(sha256))) === sha256;
        if (!isWhole) renameDurably(temporary, pathOf(sha256)); // what was damaged is whole again
        if (sender.unit !== null) await account.of(sender.unit); // before it is noted, lest it be counted twice
        const isNoted = note(sha256, sender.unit === null ? OFFICE : `${UNIT}${sender.unit}`);
        if (isNoted && sender.unit !== null) await account.add(sender.unit, size);
        return { sha256, size, known: isWhole && !isNoted };
      } finally {
        await rm(temporary, { force: true });
      }
    },
    sentBy: account.of,
    senders: async (sha256) => {
      try {
        const names = await readdir(sendersOf(sha256));
        const units = names.filter((name) => name.startsWith(UNIT)).map((name) => name.slice(UNIT.length));
        return { units, all: names.length > 0 && !names.includes(UNNOTED) };
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return { units: [], all: false };
        throw error;
      }
    },
    look: async (sha256) => {
      const file = await open(pathOf(sha256)).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return undefined;
        throw error;
      });
      if (file === undefined) return undefined;
      try {
        const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(START), position: 0 });
        return { size: (await file.stat()).size, start: buffer.subarray(0, bytesRead) };
      } finally {
        await file.close();
      }
    },
    get: async (sha256) => {
      const path = pathOf(sha256);
      try {
        const { size } = await stat(path);
        return (await digestOfFile(path)) === sha256 ? { size, open: () => createReadStream(path) } : 'damaged';
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
  };
};
