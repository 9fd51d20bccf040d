import type { Worker } from 'node:worker_threads';
import { joined, type Handed, type ReadingPart, type ReadingSlice } from './reading-parts.ts';
import type { FromReader, ReadingJob, ToReader } from './reading-worker.ts';
import { say, type Message } from '../../messages/message.ts';

/** One document read by one thread, which does nothing else meanwhile. */

export type ReadByThread = {
  readonly read: Handed;
  /** The thread was broken off, and is of no use any more. */
  readonly isSpent: boolean;
};

const tooMuch = (detail: Message): ReadByThread => ({ read: { ok: false, problem: { code: 'file-too-large', detail } }, isSpent: true });

/** What `settle` and `fail` end: listeners, the clock, and the hold on the process. */
export const readByThread = async (worker: Worker, job: ReadingJob, limitMs: number): Promise<ReadByThread> => {
  const { promise, resolve, reject } = Promise.withResolvers<ReadByThread>();
  const slices: ReadingSlice[] = [];
  let shell: Handed | undefined;
  let expected = 0;

  const take = (part: ReadingPart): void => {
    if ('shell' in part) [shell, expected] = [part.shell, part.slices];
    else slices.push(part);
    if (shell !== undefined && slices.length >= expected) resolve({ read: joined(shell, slices), isSpent: false });
    // Others have their turn before the next part comes.
    else setImmediate(() => worker.postMessage('next' satisfies ToReader, []));
  };
  const heard = (message: FromReader): void => {
    if ('failed' in message) reject(message.failed);
    else take(message);
  };
  const broken = (error: Error & { readonly code?: string }): void => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooMuch(say('application.imports.reading-document-takes-more-memory-than')));
    else reject(error);
  };
  const gone = (): void => reject(new Error('the thread that read the document has been stopped'));
  const timer = setTimeout(() => {
    resolve(tooMuch(say('application.imports.reading-document-took-longer-than-s', { limitMs: Math.round(limitMs / 1000) })));
  }, limitMs);

  worker.on('message', heard);
  worker.on('error', broken);
  worker.on('exit', gone);
  worker.ref();
  worker.postMessage({ job } satisfies ToReader, []);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', heard);
    worker.off('error', broken);
    worker.off('exit', gone);
    worker.unref();
  }
};
