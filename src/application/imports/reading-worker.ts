import { parentPort } from 'node:worker_threads';
import { readSource } from '../../documents/read-source.ts';
import { partsOf, type Handed, type ReadingPart } from './reading-parts.ts';
import type { Question } from './reading.ts';
import { understanding } from './understand.ts';

/** A thread that reads one document after the other, and hands each over part by part as it is asked for them. */

/** To understand a document, or to read what a file holds. */
export type ReadingJob =
  | { readonly of: 'document'; readonly bytes: Uint8Array; readonly question: Question }
  | { readonly of: 'source'; readonly bytes: Uint8Array };
export type ToReader = { readonly job: ReadingJob } | 'next';
export type FromReader = ReadingPart | { readonly failed: unknown };

if (parentPort === null) throw new Error('this is a worker');
const port = parentPort;
const understand = understanding();
const left: ReadingPart[] = [];

const handOver = (): void => {
  const part = left.shift();
  if (part !== undefined) port.postMessage(part satisfies FromReader);
};

port.on('message', (message: ToReader) => {
  if (message === 'next') return handOver();
  const { job } = message;
  const reading: Promise<Handed> = job.of === 'source' ? readSource(job.bytes) : understand(job.bytes, job.question);
  reading.then(
    (read) => {
      left.splice(0, left.length, ...partsOf(read));
      handOver();
    },
    (failed: unknown) => port.postMessage({ failed } satisfies FromReader),
  );
});
