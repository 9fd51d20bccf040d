import { openNote, parseCheckpoint, parseVerifierKey, verifierOf } from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { LEDGER_STREAM, LedgerRestarted } from '../domain/ledger/events.ts';
import type { Audit } from './audit.ts';
import { fault, type Fault } from './fault.ts';
import type { Memory } from './memory.ts';
import { say, type Text } from '../messages/message.ts';

/** A log that went on under another name after a loss: what it says of the old one must be so. */

export type Restart = {
  readonly position: number;
  readonly from: string;
  readonly survived: number;
  readonly lost: { readonly from: number; readonly to: number } | null;
  readonly reason: string;
};

export type Restarts = { readonly restarts: readonly Restart[]; readonly faults: readonly Fault[]; readonly remarks: readonly Text[] };

export const checkRestarts = async (
  audit: Audit,
  origin: string,
  memoryOf: ((origin: string) => Memory) | undefined,
): Promise<Restarts> => {
  const restarts: Restart[] = [];
  const faults: Fault[] = [];
  const remarks: Text[] = [];
  let name: string | undefined;

  for (const { index, type, subject, data } of audit.marks) {
    if (type !== 'LedgerRestarted.v1' || subject !== LEDGER_STREAM) continue;
    const position = index + 1;
    const bad = (detail: Text): void => void faults.push(fault('restart', `event ${position}`, detail, position));
    const parsed = LedgerRestarted.schema.safeParse(data);
    if (!parsed.success) continue; // which the audit has said
    const { old, checkpoint: note, survived, lost, reason } = parsed.data;
    restarts.push({ position, from: old.origin, survived, lost, reason });
    if (name !== undefined && name !== old.origin) bad(say('verifying.restarts-another-log', { old: old.origin, name }));
    if (survived !== index) bad(say('verifying.says-how-many-survived', { survived, index }));
    name = parsed.data.origin;

    if (note !== null) {
      const key = parseVerifierKey(old.key);
      const opened = openNote(Buffer.from(note, 'utf8'), key.ok ? [verifierOf(key.value)] : []);
      const checkpoint = opened.ok ? parseCheckpoint(opened.value.text) : opened;
      if (!checkpoint.ok || checkpoint.value.origin !== old.origin) bad(say('verifying.cites-what-the-old-name-did-not-sign'));
      else {
        const { size, root } = checkpoint.value;
        const expected = size > survived ? { from: survived + 1, to: size } : null;
        if (lost?.from !== expected?.from || lost?.to !== expected?.to) bad(say('verifying.does-not-say-what-is-lost', { size }));
        const computed = await audit.rootAt(size);
        if (size <= survived && (computed === undefined || !sameBytes(computed, root)))
          bad(say('verifying.not-of-the-cited-checkpoint', { size }));
      }
    }

    const kept = memoryOf?.(old.origin).checkpoint()?.checkpoint;
    if (kept === undefined) continue;
    const computed = kept.size <= survived ? await audit.rootAt(kept.size) : undefined;
    if (kept.size > survived)
      remarks.push(say('verifying.remembered-more-than-survived', { origin: old.origin, size: kept.size, survived, from: survived + 1 }));
    else if (computed === undefined || !sameBytes(computed, kept.root))
      bad(say('verifying.not-of-the-remembered-checkpoint', { size: kept.size, origin: old.origin }));
  }
  if (name !== undefined && name !== origin)
    faults.push(fault('restart', 'origin', say('verifying.log-and-checkpoints-name-themselves-otherwise', { name, origin })));
  return { restarts, faults, remarks };
};
