import { Readable } from 'node:stream';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Correction } from '../../domain/imports/events.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import type { DraftFinding } from '../../importer/draft/draft.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { openIn } from '../../importer/draft/settling.ts';
import { READER } from '../../importer/reader.ts';
import type { AttachmentStore } from '../attachments.ts';
import type { Handler, Meta } from '../handler.ts';
import { applyPlan, type ImportOutcome } from './apply-plan.ts';
import type { FileHint, Question, Understanding } from './reading.ts';
import type { Text } from '../../messages/message.ts';

/** A document that nobody has to finish: read, corrected by what was settled beforehand, and appended, without a draft. */

export type ReadAtOnce =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly unreadable: Text }
  /** A person must settle these first. */
  | { readonly ok: false; readonly open: readonly (DraftFinding & { readonly text: string })[] };

/** As it is asked to be understood: with what was settled beforehand. */
export const askedAtOnce = (hint: FileHint, profile: Profile | null, settled: readonly Correction[] = []): Question => ({
  hint,
  profile,
  made: settled.map((correction) => ({ correction, by: '', at: '' })),
  plans: true,
});

/** @throws Error  where what was settled beforehand is of a finding that the document does not raise */
export const planAtOnce = (understanding: Understanding, settled: readonly Correction[] = []): ReadAtOnce => {
  if (!understanding.ok) return { ok: false, unreadable: understanding.problem.detail };
  const { draft, plan } = understanding;
  const decided = settled.flatMap(({ findings = [] }) => findings);
  const taken = draft.findings.filter(({ decision }) => decision !== null).length;
  if (taken !== decided.length) throw new Error(`of ${decided.length} findings settled beforehand ${taken} were raised`);
  const open = openIn(draft);
  if (open.length === 0 && plan !== null) return { ok: true, plan };
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
