import type { DubanEvent } from '../../domain/catalogue.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { importDecider } from '../../domain/imports/decide.ts';
import { importStream, type ImportState } from '../../domain/imports/state.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { openIn } from '../../importer/draft/settling.ts';
import { READER } from '../../importer/reader.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import type { Recorded } from '../stream-states.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { applyPlan, keyIsReused } from './apply-plan.ts';
import type { Imports, Refused } from './imports.ts';

/**
 * A draft becomes a directive. The first event ends its correction, the last says that all is in; what lies between is
 * done by steps that find what was done before. So a commit that was cut short, or runs twice at a time, goes on or ends
 * as if it had run once.
 */

export type Committed = {
  readonly ok: true;
  readonly directive: string;
  readonly outcome: Outcome<ImportState>;
  /** What it says; undefined where it was not come to that. */
  readonly plan?: Plan;
};

const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });

export const commitImport = async (
  { handler, imports }: { readonly handler: Handler<DubanEvent>; readonly imports: Imports },
  id: string,
  meta: Meta,
  onAdvance?: OnAdvance,
): Promise<Committed | Refused> => {
  const stream = importStream(id);
  const found = await imports.current(id, true);
  if (!found.ok) return found;
  const { draft, sha256, state } = found;

  /** For a further step on this stream: the sender's key, made into one that no sender can send. */
  const next = (step: string): Meta => ({
    ...meta,
    expected: undefined,
    idempotency: meta.idempotency && { ...meta.idempotency, key: `${meta.idempotency.key} ${step}` },
  });

  const open = openIn(draft).map(({ n, kind, address, detail }) => ({ n, kind, address, detail }));
  const named = draft.directive.id ?? 'unnamed';
  if (state.status === 'draft' && open.length === 0) {
    const { state: known } = await handler.load(directiveFolding, directiveStream(named));
    if (known.status !== 'none' && known.sourceSha256 !== sha256)
      return refuse({ code: 'directive-exists', detail: `a directive ${named} is known already, from another source` });
  }
  const plan = open.length === 0 || state.status !== 'draft' ? (found.plan ?? undefined) : undefined;
  if (plan !== undefined && (await keyIsReused(handler, plan, meta)))
    return { ok: true, directive: named, outcome: { kind: 'key-reused' } };
  const begun = await handler.handle(importDecider, stream, { type: 'BeginCommit', directive: named, open }, meta);
  if (begun.kind !== 'accepted' || plan === undefined) return { ok: true, directive: named, outcome: begun };
  if (state.status === 'committed' && !begun.replayed) return { ok: true, directive: named, outcome: begun, plan };
  const steps = { ...meta, expected: undefined };
  const applied = await applyPlan(handler, plan, steps, { importer: READER, onAdvance });
  if (!applied.ok) return refuse(applied.refusal);
  const finished = await handler.handle(
    importDecider,
    stream,
    {
      type: 'FinishCommit',
      directive: plan.directive.id,
      issuer: plan.directive.issuer,
      profile: draft.profile,
      counts: {
        tasks: plan.tasks.length,
        units: plan.units.length,
        findings: plan.findings.length,
        setAside: plan.decisions.length,
      },
      reissue: null,
    },
    next('finished'),
  );
  if (finished.kind !== 'accepted') return { ok: true, directive: named, outcome: finished };
  const events: readonly Recorded[] = [...begun.events, ...applied.imported.events, ...finished.events];
  const replayed = begun.replayed || (events.length > 0 && finished.replayed);
  return { ok: true, directive: plan.directive.id, outcome: { ...finished, events, replayed }, plan };
};
