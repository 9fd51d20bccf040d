import { encodeBase64, sameBytes } from '../tlog/bytes.ts';
import type { Hash } from '../tlog/index.ts';
import type { Claim } from './claims.ts';
import { fault, type Fault } from './fault.ts';
import type { Memory } from './memory.ts';
import { say } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import { LANGUAGES } from '../messages/language.ts';

/** The log against what is remembered of it: it may have grown since, and nothing else. */

const evidence = (origin: string, kept: Uint8Array, shown: Claim, size: number, computed: Hash): string =>
  [
    // It is shown to others, whatever they read.
    ...LANGUAGES.map((language) => `${inWords(say('verifying.evidence', { origin, size, root: encodeBase64(computed) }), language)}\n`),
    '---- remembered ----',
    Buffer.from(kept).toString('utf8'),
    '---- shown ----',
    Buffer.from(shown.bytes).toString('utf8'),
    '--------------------',
    '',
  ].join('\n');

/**
 * The root that the newest checkpoint implies for a size; undefined where its own events do not bear it out, for what is
 * damaged proves nothing about the log.
 */
const impliedRoot = ({ checkpoint }: Claim, size: number, roots: ReadonlyMap<number, Hash>): Hash | undefined => {
  if (size === checkpoint.size) return checkpoint.root;
  const own = roots.get(checkpoint.size);
  return own !== undefined && sameBytes(own, checkpoint.root) ? roots.get(size) : undefined;
};

/** A fault where the log is shorter than it was, or another than it was; then both notes are written down. */
export const checkHistory = (
  memory: Memory,
  origin: string,
  newest: Claim,
  roots: ReadonlyMap<number, Hash>,
): { readonly faults: readonly Fault[]; readonly size: number | null } => {
  const kept = memory.checkpoint();
  if (kept === undefined) return { faults: [], size: null };
  const { size, root } = kept.checkpoint;
  const shown = newest.checkpoint.size;
  const place = `${memory.dir}/checkpoint`;
  if (size > shown)
    return {
      faults: [fault('history', place, say('verifying.log-is-shorter-than-remembered', { size, shown }), shown + 1)],
      size,
    };
  const implied = impliedRoot(newest, size, roots);
  if (implied === undefined || sameBytes(implied, root)) return { faults: [], size };
  const file = memory.keepEvidence(evidence(origin, kept.bytes, newest, size, implied));
  return {
    faults: [fault('history', place, say('verifying.log-is-not-the-remembered-one', { size, file }))],
    size,
  };
};
