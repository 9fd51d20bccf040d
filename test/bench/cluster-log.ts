import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import type { Step } from './synthetic.ts';

/** Steps that are written side by side: the log has the order of these parts, and within each that of every stream. */
const PART = 1_000;

/** Writes steps to a cluster without an office, as they follow each other but for those that are near each other. */
export const writeToCluster = async (url: string, steps: Iterable<Step>): Promise<void> => {
  const path = join(mkdtempSync(join(tmpdir(), 'duban-bench-')), 'mirror.sqlite');
  const store = await openEventStoreDbStore({ url, streamPrefixes: STREAM_PREFIXES, path, clock: systemClock });
  const ends = new Map<string, number>();
  const append = async (stream: string, part: readonly Step[]): Promise<void> => {
    const drafts = part.map(({ draft }) => draft);
    ends.set(stream, (await store.append(stream, ends.get(stream) ?? 'none', drafts)).revision);
  };
  const write = async (part: readonly Step[]): Promise<void> => {
    const streams = Map.groupBy(part, ({ stream }) => stream);
    await Promise.all([...streams].map(async ([stream, ofStream]) => append(stream, ofStream)));
  };
  let part: Step[] = [];
  for (const step of steps) {
    part.push(step);
    if (part.length < PART) continue;
    await write(part);
    part = [];
  }
  await write(part);
  await store.close();
};
