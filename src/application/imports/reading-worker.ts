import { parentPort } from 'node:worker_threads';
import { readSource } from '../../documents/read-source.ts';
import { readFile } from './read-file.ts';
import { partsOf, type Handed, type ReadingPart } from './reading-parts.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import type { FileHint } from './reading.ts';

/** A thread that reads one document after the other, and hands each over part by part as it is asked for them. */

/** To read what a document says, or what a file holds. */
export type ReadingJob =
  | { readonly of: 'document'; readonly bytes: Uint8Array; readonly hint: FileHint; readonly profile: Profile | null }
  | { readonly of: 'source'; readonly bytes: Uint8Array };
export type ToReader = { readonly job: ReadingJob } | 'next';
export type FromReader = ReadingPart | { readonly failed: unknown };

if (parentPort === null) throw new Error('this is a worker');
const port = parentPort;
let left: readonly ReadingPart[] = [];

const handOver = (): void => {
  const [part, ...rest] = left;
  left = rest;
  if (part !== undefined) port.postMessage(part satisfies FromReader);
};

port.on('message', (message: ToReader) => {
  if (message === 'next') return handOver();
  const { job } = message;
  const reading: Promise<Handed> = job.of === 'source' ? readSource(job.bytes) : readFile(job.bytes, job.hint, job.profile);
  reading.then(
    (read) => {
      left = partsOf(read);
      handOver();
    },
    (failed: unknown) => port.postMessage({ failed } satisfies FromReader),
  );
});
