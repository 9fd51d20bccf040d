import { readFileSync } from 'node:fs';
import type { AttachmentStore } from '../src/application/attachments.ts';
import type { Handler, Meta } from '../src/application/handler.ts';
import type { ImportOutcome } from '../src/application/imports/apply-plan.ts';
import { askedAtOnce, importAtOnce, planAtOnce } from '../src/application/imports/at-once.ts';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import { profileSchema, type Profile } from '../src/domain/directives/profile.ts';
import { importActs, type Correction } from '../src/domain/imports/events.ts';
import type { OnAdvance } from '../src/kernel/on-advance.ts';
import { inEnglish } from '../src/messages/words.ts';

/**
 * The 2023 directive as published, the profile of the office that wrote it, and the decisions that make it usable. It goes
 * through the readers and the commands like any other document; nothing is inserted beside them.
 */

const SEED_DOCUMENT = new URL('notice.txt', import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

export const seedDocument = (): Buffer => readFileSync(SEED_DOCUMENT);
export const seedProfile = (): Profile => profileSchema.parse(json('profile.json'));
export const seedDecisions = (): Correction => importActs.CorrectImport.parse(json('decisions.json'));

export const SEED_DIRECTIVE = 'sanzhengban-2023-1';

/** Without `attachments` its bytes are not kept. */
export const seed = async (
  handler: Handler<DubanEvent>,
  meta: Omit<Meta, 'idempotency' | 'expected'>,
  { attachments, onAdvance }: { readonly attachments?: AttachmentStore; readonly onAdvance?: OnAdvance } = {},
): Promise<ImportOutcome> => {
  const bytes = seedDocument();
  const settled = [seedDecisions()];
  const question = askedAtOnce({ name: 'notice.txt', mediaType: null }, seedProfile(), settled);
  const { understanding } = await import('../src/application/imports/understand.ts'); // its dictionary costs a start too much
  const reading = planAtOnce(await understanding()(bytes, question), settled);
  if (!reading.ok)
    throw new Error(`the seed cannot be read: ${'open' in reading ? JSON.stringify(reading.open) : inEnglish(reading.unreadable)}`);
  return importAtOnce(handler, attachments, { bytes, plan: reading.plan }, meta, onAdvance);
};
