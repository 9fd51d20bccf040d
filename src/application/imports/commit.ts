import type { DubanEvent } from '../../domain/catalogue.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { ROSTER_STREAM, rosterFolding } from '../../domain/roster/state.ts';
import { importDecider } from '../../domain/imports/decide.ts';
import { importStream, type ImportState } from '../../domain/imports/state.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { openIn } from '../../importer/draft/settling.ts';
import { civilDate } from '../../kernel/calendar.ts';
import type { Reissued } from '../../domain/imports/events.ts';
import { READER } from '../../importer/reader.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import type { Recorded } from '../stream-states.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { applyPlan, idsTaken, keyIsReused, takenIds } from './apply-plan.ts';
import { applyReissue, baseChanged, countsOf, refusalOf } from './apply-reissue.ts';
import type { Drafting, Imports, Refused } from './imports.ts';
import { rehearsed } from './rehearse.ts';
import type { Reissue, Reissues } from './reissue.ts';
import { idsInRoster, takenName } from './steps.ts';
import { say } from '../../messages/message.ts';

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

/** Asked before a commit begins: afterwards it only goes on. */
const wouldBeRefused = async (handler: Handler<DubanEvent>, plan: Plan, { receivedAt }: Meta): Promise<Refusal | undefined> => {
  const { state: directive } = await handler.load(directiveFolding, directiveStream(plan.directive.id));
  if (directive.status !== 'none') return undefined; // a plan of the same document was begun elsewhere
  const taken = await takenIds(handler, plan);
  if (taken.size > 0) return idsTaken(taken);
  const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
  const { state: policies } = await handler.load(policyFolding, policyStream(plan.directive.id));
  return rehearsed(plan, { roster, policies }, READER, receivedAt.epochMilliseconds);
};

const nameTaken = async (handler: Handler<DubanEvent>, plan: Plan): Promise<Refusal | undefined> => {
  const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
  return takenName(roster, idsInRoster(roster, plan));
};

const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });

/** What a person says of another edition of a document in force. */
export type Saying = {
  readonly reason?: string | undefined;
  readonly authority?: string | undefined;
  /** The first day on which what is taken holds; the day of receipt where left out. */
  readonly effectiveFrom?: string | undefined;
  /** The position as of which the difference was looked at; where left out, that of the draft's last change. */
  readonly base?: number | undefined;
};

type Found = Drafting & { readonly state: ImportState };
type Services = { readonly handler: Handler<DubanEvent>; readonly imports: Imports; readonly reissues: Reissues };

/** How another edition is to be taken, or why it cannot be yet. */
const settle = async (
  { handler, reissues }: Services,
  id: string,
  { found, said, meta }: { readonly found: Found; readonly said: Saying; readonly meta: Meta },
): Promise<{ readonly reissue: Reissue; readonly how: Reissued } | Refused | null> => {
  const { state } = found;
  const known = state.reissue === undefined ? undefined : (state.directive ?? undefined);
  const position = reissues.position();
  const last = reissues.lastOf(importStream(id), position)?.position ?? position;
  const begunFrom = state.decidedSince === true ? undefined : state.reissue?.base;
  const base = Math.min(said.base ?? begunFrom ?? last, position);
  const reissue = await reissues.of(found, base, known);
  if (reissue === null) return null;
  const { directive } = reissue.supersedes;
  const reason = said.reason ?? state.reissue?.reason;
  const authority = said.authority ?? state.reissue?.authority;
  if (reason === undefined || authority === undefined) {
    const missing = reason === undefined ? 'reason' : 'authority';
    const detail = say('application.imports.another-edition', { directive });
    return refuse({ code: 'answer-missing', detail, pointer: `/${missing}` });
  }
  const { askingIn } = await import('../../importer/reissue/difference.ts');
  const asking = askingIn(reissue.difference).map(({ line, asks }) => ({ line, detail: asks }));
  if (asking.length > 0) {
    const first = asking.slice(0, 3).map(({ line, detail }) => say('finding.about', { what: line, detail }));
    const detail = say(asking.length === 1 ? 'application.imports.line-asks' : 'application.imports.lines-ask', {
      count: asking.length,
      first: { clauses: first },
    });
    return refuse({ code: 'import-open', detail, facts: { lines: asking } });
  }
  const effectiveFrom =
    said.effectiveFrom ?? state.reissue?.effectiveFrom ?? civilDate(meta.receivedAt, reissues.timeZone(directive, position)).toString();
  const how = { reason, authority, effectiveFrom, base };
  // What an interrupted commit has done itself is no change of its base; each step looks at its own task.
  const changed = state.status === 'draft' ? reissues.changedBetween(directive, base, position) : [];
  if (changed.length > 0) return refuse({ ...baseChanged(changed), facts: { tasks: [...changed], base: position } });
  const taken = state.status === 'draft' ? await nameTaken(handler, reissue.plan) : undefined;
  const refused = taken ?? (await refusalOf({ handler, reissue, how }, meta));
  return refused === undefined ? { reissue, how } : refuse(refused);
};

/**
 * The views must hold what was recorded before it was asked for: a difference is made from them, and whoever calls has waited.
 * @throws StoreUnavailable, and what else the handler throws
 */
export const commitImport = async (
  services: Services,
  id: string,
  said: Saying,
  meta: Meta,
  onAdvance?: OnAdvance,
): Promise<Committed | Refused> => {
  const { handler, imports } = services;
  const stream = importStream(id);
  const found = await imports.current(id, true);
  if (!found.ok) return found;
  const { draft, sha256, state, revision } = found;

  /** For a further step on this stream: the sender's key, made into one that no sender can send. */
  const next = (step: string): Meta => ({
    ...meta,
    expected: undefined,
    idempotency: meta.idempotency && { ...meta.idempotency, key: `${meta.idempotency.key} ${step}` },
  });

  const isOther = state.status === 'draft' || (state.status === 'committing' && state.reissue !== undefined);
  const edition = isOther
    ? await services.reissues.of(found, services.reissues.position(), state.reissue && (state.directive ?? undefined))
    : null;
  const open = openIn(draft)
    .filter(({ kind }) => edition === null || kind !== 'number-missing')
    .map(({ n, kind, address, detail, said: message }) => ({ n, kind, address, detail: message ?? detail }));
  const settled = edition !== null && open.length === 0 ? await settle(services, id, { found, said, meta }) : null;
  if (settled !== null && 'ok' in settled) return settled;
  const named = state.directive ?? edition?.supersedes.directive ?? draft.directive.id ?? 'unnamed';
  if (state.status === 'draft' && open.length === 0 && settled === null) {
    const { state: known } = await handler.load(directiveFolding, directiveStream(named));
    if (known.status !== 'none' && known.sourceSha256 !== sha256)
      return refuse({
        code: 'directive-exists',
        detail: say('application.imports.directive-known-already-from-another-source', { named }),
      });
  }
  const isCommitted = state.status === 'committed' && state.reissue !== undefined;
  const own = !isCommitted && (open.length === 0 || state.status !== 'draft') ? (found.plan ?? undefined) : undefined;
  const plan = settled?.reissue.plan ?? own;
  if (plan !== undefined && (await keyIsReused(handler, plan, meta)))
    return { ok: true, directive: named, outcome: { kind: 'key-reused' } };
  if (plan !== undefined && state.status === 'draft' && settled === null) {
    const no = await wouldBeRefused(handler, plan, meta);
    if (no !== undefined) return refuse(no);
  }
  const begin = { type: 'BeginCommit', directive: named, ...(settled !== null && { reissue: settled.how }), open } as const;
  // What is appended is what was read here: a correction that came in between is read too.
  const begun = await handler.handle(importDecider, stream, begin, { ...meta, expected: meta.expected ?? revision });
  if (begun.kind === 'revision-mismatch' && meta.expected === undefined) return commitImport(services, id, said, meta, onAdvance);
  if (begun.kind !== 'accepted' || plan === undefined) return { ok: true, directive: named, outcome: begun };
  if (state.status === 'committed' && !begun.replayed) return { ok: true, directive: named, outcome: begun, plan };
  const causation = begun.events.at(-1)?.id ?? meta.causation;
  const steps = { ...meta, expected: undefined, causation };
  const applied =
    settled === null
      ? await applyPlan(handler, plan, steps, { importer: READER, onAdvance })
      : await applyReissue({ handler, ...settled }, steps, onAdvance);
  if (!applied.ok) return refuse(applied.refusal);
  const reissue = settled && { ...countsOf(settled.reissue), reason: settled.how.reason, authority: settled.how.authority };
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
      reissue: reissue && {
        reason: reissue.reason,
        authority: reissue.authority,
        added: reissue.added,
        changed: reissue.changed,
        dropped: reissue.dropped,
      },
    },
    { ...next('finished'), causation },
  );
  if (finished.kind !== 'accepted') return { ok: true, directive: named, outcome: finished };
  const events: readonly Recorded[] = [...begun.events, ...applied.imported.events, ...finished.events];
  const replayed = begun.replayed || (events.length > 0 && finished.replayed);
  return { ok: true, directive: plan.directive.id, outcome: { ...finished, events, replayed }, plan };
};
