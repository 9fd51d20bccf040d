import { readFileSync } from 'node:fs';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import type { Handler, Meta } from '../src/application/handler.ts';
import { applyPlan, type ImportOutcome } from '../src/application/imports/apply-plan.ts';
import type { Decisions } from '../src/importer/draft/from-proposal.ts';
import { directiveFolding, directiveStream } from '../src/domain/directives/state.ts';
import { READER } from '../src/importer/reader.ts';
import type { OnAdvance } from '../src/kernel/on-advance.ts';

/**
 * The 2023 directive as published, and the decisions that make it usable. It goes through the importer and the
 * commands like any other document; nothing is inserted beside them.
 */

const SEED_DOCUMENT = new URL('notice.txt', import.meta.url);
const DECISIONS = new URL('decisions.json', import.meta.url);

export const seedDocument = (): Buffer => readFileSync(SEED_DOCUMENT);

// The cast: a file of this repository, held to its shape by the seed's test.
export const seedDecisions = (): Decisions => JSON.parse(readFileSync(DECISIONS, 'utf8')) as Decisions;

/** Whether the directive is wholly in: an interrupted import is not, and goes on. */
export const isSeeded = async (handler: Handler<DubanEvent>, directive: string): Promise<boolean> =>
  (await handler.load(directiveFolding, directiveStream(directive))).state.status === 'issued';

export const SEED_DIRECTIVE = 'sanzhengban-2023-1';

export const seed = async (
  handler: Handler<DubanEvent>,
  meta: Omit<Meta, 'idempotency' | 'expected'>,
  onAdvance?: OnAdvance,
): Promise<ImportOutcome> => {
  const { readDirective } = await import('../src/importer/read-directive.ts'); // not wanted by a start that finds the seed in the log
  const reading = readDirective(seedDocument());
  if (!reading.ok) throw new Error(`the seed cannot be read at line ${reading.problem.line}: ${reading.problem.expected}`);
  const { planOfProposal } = await import('../src/importer/draft/from-proposal.ts');
  return applyPlan(handler, planOfProposal(reading.proposal, seedDecisions()), meta, { importer: READER, onAdvance });
};
