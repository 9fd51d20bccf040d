import { Readable } from 'node:stream';
import { sha256Hex } from '../../kernel/canonical.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Correction } from '../../domain/imports/events.ts';
import type { DraftFinding } from '../../importer/draft/draft.ts';
import type { Plan } from '../../importer/draft/plan.ts';
import { READER } from '../../importer/reader.ts';
import type { AttachmentStore } from '../attachments.ts';
import type { Handler, Meta } from '../handler.ts';
import { applyPlan, type ImportOutcome } from './apply-plan.ts';
import type { FileReading } from './reading.ts';

/** A document that nobody has to finish: read, corrected by what was settled beforehand, and appended, without a draft. */

export type ReadAtOnce =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly unreadable: string }
  /** A person must settle these first. */
  | { readonly ok: false; readonly open: readonly (DraftFinding & { readonly text: string })[] };

const NOBODY = { by: '', at: '' };

/** @throws Error  where what was settled beforehand is of a finding that the document does not raise */
export const planAtOnce = async (bytes: Uint8Array, read: FileReading, settled: readonly Correction[] = []): Promise<ReadAtOnce> => {
  if (!read.ok) return { ok: false, unreadable: read.problem.detail };
  const { draftOf, openIn } = await import('../../importer/draft/draft.ts'); // its dictionary costs a start too much
  const { planOf } = await import('../../importer/draft/plan.ts');
  const draft = draftOf(
    read.reading,
    settled.map((correction) => ({ correction, ...NOBODY })),
  );
  const decided = settled.flatMap(({ findings = [] }) => findings);
  const taken = draft.findings.filter(({ decision }) => decision !== null).length;
  if (taken !== decided.length) throw new Error(`of ${decided.length} findings settled beforehand ${taken} were raised`);
  const open = openIn(draft);
  if (open.length === 0) return { ok: true, plan: planOf(draft, sha256Hex(bytes)) };
  const texts = new Map(draft.lines.map(({ address, text }) => [address, text]));
  return { ok: false, open: open.map((finding) => ({ ...finding, text: texts.get(finding.address) ?? '' })) };
};

/** Keeps the bytes of a document and appends what it says. */
export const importAtOnce = async (
  handler: Handler<DubanEvent>,
  attachments: Pick<AttachmentStore, 'put'> | undefined,
  { bytes, plan }: { readonly bytes: Buffer; readonly plan: Plan },
  meta: Omit<Meta, 'expected'>,
  onAdvance?: OnAdvance,
): Promise<ImportOutcome> => {
  await attachments?.put(Readable.from([bytes]), bytes.length, { unit: null });
  return applyPlan(handler, plan, meta, { importer: READER, onAdvance });
};
