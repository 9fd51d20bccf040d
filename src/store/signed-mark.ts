import { z } from 'zod';
import type { LogFile } from './log-file.ts';

/**
 * The last checkpoint that was signed over a log, kept in the log's own file too. Where the store of checkpoints is
 * gone, or is an older copy, it tells that there was one. It is written after the checkpoint is in that store and
 * before anyone sees it, so it is never ahead of the store, whenever the process dies.
 */
export type SignedMark = {
  /** The name it was signed under. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note, byte for byte. */
  readonly note: Uint8Array;
  /** Epoch ms. */
  readonly signedAt: number;
};

export type MarkKeeper = {
  /** Undefined where nothing was signed, or by a program that kept no mark. */
  readonly read: () => SignedMark | undefined;
  readonly write: (mark: SignedMark | undefined) => void;
};

const KEY = 'last-signed';

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const stored = z.strictObject({ origin: z.string(), size: z.int(), root: bytes, note: bytes, signedAt: z.number() });

const base64 = (of: Uint8Array): string => Buffer.from(of).toString('base64');

export const markIn = (log: Pick<LogFile, 'meta' | 'write'>): MarkKeeper => ({
  read: () => {
    const text = log.meta(KEY);
    return text === undefined || text === '' ? undefined : stored.parse(JSON.parse(text));
  },
  write: (mark) => {
    const text = mark === undefined ? '' : JSON.stringify({ ...mark, root: base64(mark.root), note: base64(mark.note) });
    log.write((writer) => writer.setMeta(KEY, text));
  },
});
