import type { Worker } from 'node:worker_threads';

/** Waits for the end of a thread, which is ended when the signal comes. @throws what it threw, or the signal's reason */
export const threadEnd = async (worker: Worker, what: string, signal: AbortSignal): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.once('exit', (code) =>
    code === 0 ? resolve() : reject(signal.aborted ? signal.reason : new Error(`${what} ended with code ${code}`)),
  );
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
