import { encodeBase64, sameBytes } from '../ledger/bytes.ts';
import type { Hash } from '../ledger/index.ts';
import type { Claim } from './claims.ts';
import { fault, type Fault } from './fault.ts';
import type { Memory } from './memory.ts';

/** The log against what is remembered of it: it may have grown since, and nothing else. */

const evidence = (origin: string, kept: Uint8Array, shown: Claim, size: number, computed: Hash): string =>
  [
    `Two checkpoints of ${origin} that cannot both be true. The log's own key signed each of them.`,
    '',
    `The events shown with the second one give the first ${size} of them the root`,
    encodeBase64(computed),
    'which is not the root that the first one states for this size.',
    '',
    '---- remembered ----',
    Buffer.from(kept).toString('utf8'),
    '---- shown ----',
    Buffer.from(shown.bytes).toString('utf8'),
    '--------------------',
    '',
  ].join('\n');

/** A fault where the log is shorter than it was, or another than it was; then both notes are written down. */
export const checkHistory = (memory: Memory, origin: string, newest: Claim, roots: ReadonlyMap<number, Hash>): { readonly faults: readonly Fault[]; readonly size: number | null } => {
  const kept = memory.checkpoint();
  if (kept === undefined) return { faults: [], size: null };
  const { size, root } = kept.checkpoint;
  const shown = newest.checkpoint.size;
  const place = `${memory.dir}/checkpoint`;
  if (size > shown)
    return { faults: [fault('history', place, `a checkpoint of size ${size} is remembered, but the log shown has ${shown} events: it was rolled back, or this is an older copy`, shown + 1)], size };
  const computed = roots.get(size);
  if (computed === undefined || sameBytes(computed, root)) return { faults: [], size };
  const file = memory.keepEvidence(evidence(origin, kept.bytes, newest, size, computed));
  return { faults: [fault('history', place, `the first ${size} events are not those of the checkpoint remembered: the log was rewritten, or shows different people different things. The evidence is in ${file}`)], size };
};
