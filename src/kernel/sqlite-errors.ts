import type { Text } from '../messages/message.ts';
import { Told } from '../messages/told.ts';
/** What SQLite says went wrong: primary result codes (sqlite.org/rescode.html). */
const [BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB] = [5, 6, 7, 8, 10, 11, 13, 14, 26] as const;

// The low byte of whatever extended code the driver gives.
const hasCode = (error: unknown, codes: readonly number[]): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && codes.includes(error.errcode & 0xff);

/** Whether an error says that a file is no database, or a damaged one. */
const saysDamaged = (error: unknown): boolean => hasCode(error, [CORRUPT, NOTADB]);

/** Whether an error is of the machine, not of what was written: a full disk, a file in use, a read that failed. */
export const isPassing = (error: unknown): boolean => hasCode(error, [BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN]);

/** Whether an error says that there is no room for what was to be written. */
export const saysFull = (error: unknown): boolean => hasCode(error, [FULL]);

export type Doing = <Result>(work: () => Result) => Result;

/** Does what SQLite is asked for. Where it says that the file is damaged, what is thrown is what `damaged` makes of that. */
export const unlessDamaged =
  (damaged: (said: string, cause: unknown) => Error): Doing =>
  (work) => {
    try {
      return work();
    } catch (error) {
      throw saysDamaged(error) ? damaged(error instanceof Error ? error.message : String(error), error) : error;
    }
  };

/** A file is not whole, so nothing that is read of it can be believed. */
export class FileDamaged extends Told {
  readonly file: 'views' | 'checkpoints';
  constructor(file: FileDamaged['file'], told: Text, options?: ErrorOptions) {
    super(told, options);
    this.file = file;
  }
}
