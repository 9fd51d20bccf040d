import { z } from 'zod';
import { unreachable } from '../../kernel/decider.ts';
import { id } from '../../kernel/schema.ts';
import { fieldProblem, unitOf, type Principal, type Problem } from '../../http/routes.ts';
import { KeyReused, type Meta, type Outcome } from '../../application/handler.ts';
import type { Services } from '../../application/services.ts';
import { reportSubmission } from '../shared/task-bodies.ts';
import { createDecisionContextReader, type DecisionContextReader } from '../../application/tasks/decision-context.ts';
import { submitReport } from '../../application/tasks/submit-report.ts';
import { returnDecider } from '../../domain/returns/decide.ts';
import { returnFolding, returnStream, type ReturnState } from '../../domain/returns/state.ts';
import { say, type Text } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import type { Language } from '../../messages/language.ts';
import { inWords } from '../../messages/words.ts';

/** A unit's reports of one period, filed together: each entry gets its own verdict. */

export const verdict = z
  .strictObject({
    address: z
      .string()
      .optional()
      .meta({ description: wording('api.returns.where-stands-in-sheet') }),
    task: z.string(),
    duty: z
      .string()
      .nullable()
      .meta({ description: wording('api.returns.duty-that-entry-names') }),
    verdict: z.enum(['recorded', 'already-recorded', 'refused']),
    report: z.string().nullable(),
    position: z.int().nullable(),
    code: z
      .string()
      .nullable()
      .meta({ description: wording('api.returns.why-was-refused-last-part-problems') }),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ReturnVerdict' });
/** What became of an entry, before it is known who reads it. */
export type Verdict = Omit<z.infer<typeof verdict>, 'detail'> & { readonly detail: Text | null };

/** Verdicts in the words of a language. */
export const verdictsIn = (verdicts: readonly Verdict[], language: Language): z.infer<typeof verdict>[] =>
  verdicts.map((each) => ({ ...each, detail: each.detail === null ? null : inWords(each.detail, language) }));

export const entry = reportSubmission.omit({ period: true, contact: true }).extend({ task: id });
export type Entry = z.infer<typeof entry>;

/** What an entry is about: a task, and a duty where it names one. */
type Subject = { readonly task: string; readonly duty?: string | undefined };

export const refusedFor = ({ task, duty }: Subject, code: string, detail: Text): Verdict => ({
  task,
  duty: duty ?? null,
  verdict: 'refused',
  report: null,
  position: null,
  code,
  detail,
});

const verdictOn = (subject: Subject, report: string, outcome: Outcome<unknown>): Verdict => {
  const task = subject.task;
  const duty = subject.duty ?? null;
  switch (outcome.kind) {
    case 'accepted':
      return { task, duty, verdict: 'recorded', report, position: outcome.events.at(-1)?.position ?? null, code: null, detail: null };
    case 'refused': {
      const { code, detail } = outcome.refusal;
      return code === 'already-reported'
        ? { task, duty, verdict: 'already-recorded', report, position: null, code: null, detail }
        : refusedFor(subject, code, detail);
    }
    case 'revision-mismatch':
      return refusedFor(subject, 'precondition-failed', say('api.returns.task-has-changed'));
    case 'key-reused':
      return refusedFor(subject, 'idempotency-key-reused', say('api.returns.this-idempotency-key-came-with-another'));
    default:
      return unreachable(outcome);
  }
};

/** A task has a report for each duty named: each is a command of its own, with a key that no sender can send. */
const metaOf = (meta: Meta, duty: string | undefined): Meta =>
  duty === undefined || meta.idempotency === undefined
    ? meta
    : { ...meta, idempotency: { ...meta.idempotency, key: `${meta.idempotency.key} ${duty}` } };

/** Loads in flight at a time: fewer than the calls that a cluster takes on one connection. */
const LOADS_AT_ONCE = 32;

/** Loads what the entries are decided on, so that none waits for the one before. */
const loadAll = async (
  contexts: DecisionContextReader,
  entries: readonly { readonly task: string }[],
  reader: string | undefined,
): Promise<void> => {
  for (let from = 0; from < entries.length; from += LOADS_AT_ONCE)
    await Promise.all(entries.slice(from, from + LOADS_AT_ONCE).map(({ task }) => contexts.ofReport(task, reader)));
};

export type Filed = {
  readonly outcome: Outcome<ReturnState>;
  readonly subject: string;
  readonly location: string;
  readonly verdicts: readonly Verdict[];
};

export const fileReturn = async (
  { handler, timeZone }: Pick<Services, 'handler' | 'timeZone'>,
  {
    period: of,
    entries,
    principal,
    unit,
    meta,
  }: {
    readonly period: string;
    readonly entries: readonly Entry[];
    readonly principal: Principal;
    readonly unit: string;
    readonly meta: Meta;
  },
): Promise<Filed | Problem> => {
  const stream = returnStream(unit, of);
  const contexts = createDecisionContextReader(handler, timeZone);
  const [roster, { key, loaded }] = await Promise.all([contexts.roster(), handler.recall(returnFolding, stream, meta)]);
  if (!roster.units.has(unit)) return fieldProblem('unit-unknown', '/unit', say('api.returns.no-unit-registered', { unit }));
  if (key === 'reused') throw new KeyReused();
  const reader = unitOf(principal);
  await loadAll(contexts, entries, reader);
  const verdicts: Verdict[] = [];
  for (const { task, duty, ...body } of entries) {
    const about = { task, duty };
    if (verdicts.some((earlier) => earlier.task === task && earlier.duty === (duty ?? null))) {
      verdicts.push(refusedFor(about, 'already-reported', say('api.returns.task-stands-twice-in-this-return')));
      continue;
    }
    const context = await contexts.ofReport(task, reader);
    if (context === undefined) {
      verdicts.push(refusedFor(about, 'task-unknown', say('api.returns.there-no-such-task-or-none')));
      continue;
    }
    const { report, outcome } = await submitReport(handler, context, { unit, period: of, duty, body, meta: metaOf(meta, duty) });
    if (outcome.kind === 'key-reused' && !verdicts.some(({ verdict: said }) => said === 'recorded')) throw new KeyReused();
    verdicts.push(verdictOn(about, report, outcome));
  }
  const covered = verdicts.flatMap(({ task, report }) => (report === null ? [] : [{ task, report }]));
  const outcome = await handler.handle(returnDecider, stream, { type: 'FileReturn', unit, period: of, entries: covered }, meta, loaded);
  const subject = `${unit}-${of.toLowerCase()}`;
  return { outcome, subject, location: `/v1/obligations?unit=${unit}&period=${of}`, verdicts };
};
