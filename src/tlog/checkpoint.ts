import { encodeBase64, encodeUtf8, isPlainText } from './bytes.ts';
import { hashFromBase64, isHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { isCount, parseDecimal } from './numbers.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';

/**
 * A log's claim about itself: the root of its tree at a size (C2SP tlog-checkpoint). `origin` names the log; extension
 * lines are opaque, and better avoided.
 */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash; readonly extensions: readonly string[] };

export type CheckpointRefusal = 'bad-checkpoint' | 'bad-checkpoint-size' | 'bad-checkpoint-root';

/** A note's text as a checkpoint; sizes past 2^53 - 1 are refused. */
export const parseCheckpoint = (text: string): Result<Checkpoint, CheckpointRefusal> => {
  const lines = text.split('\n');
  // Three lines or more, none of them empty, and the text ends with the last one's newline.
  if (lines.pop() !== '' || lines.includes('')) return refuse('bad-checkpoint');
  const [origin, sizeText, rootText, ...extensions] = lines;
  if (origin === undefined || sizeText === undefined || rootText === undefined) return refuse('bad-checkpoint');
  const size = parseDecimal(sizeText);
  if (size === undefined) return refuse('bad-checkpoint-size');
  const root = hashFromBase64(rootText);
  if (root === undefined) return refuse('bad-checkpoint-root');
  return ok({ origin, size, root, extensions });
};

/** The text that `parseCheckpoint` reads back. Throws RangeError on what could not be read back. */
export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string => {
  if (!isCount(size) || !isHash(root)) throw new RangeError('a checkpoint has a size and a root of 32 bytes');
  const lines = [origin, ...extensions];
  if (lines.some((line) => line === '' || line.includes('\n') || !line.isWellFormed() || !isPlainText(encodeUtf8(line)))) {
    throw new RangeError('the lines of a checkpoint are plain text, and not empty');
  }
  return [origin, size, encodeBase64(root), ...extensions, ''].join('\n');
};
