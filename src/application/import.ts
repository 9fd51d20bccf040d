import { foldText } from '../kernel/json.ts';
import type { DubanEvent } from '../domain/catalogue.ts';
import type { Handler, Meta, Outcome } from './handler.ts';
import type { Recorded } from './stream-states.ts';
import { directiveDecider, policyDecider } from '../domain/directives/decide.ts';
import { inLongForm } from '../domain/directives/short-form.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../domain/directives/state.ts';
import { rosterDecider } from '../domain/roster/decide.ts';
import { ROSTER_STREAM, rosterFolding, type Roster } from '../domain/roster/state.ts';
import { taskDecider } from '../domain/tasks/decide.ts';
import { taskFolding, taskStream } from '../domain/tasks/state.ts';
import type { Refusal, RefusalCode } from '../kernel/refusal.ts';
import type { Proposal, ProposedTask } from '../importer/proposal.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';

/**
 * Appends a proposal through the commands. Every step finds what an earlier, interrupted run has left and goes on from
 * there, so the same bytes twice change nothing; DirectiveIssued comes last and says that all is in. Two runs at the
 * same time, on two replicas, also find each other's work: at the moment when they would do the same.
 */

/** Name and version of the reading, kept with the import. */
export const IMPORTER = 'duban-notice-importer/1';

/** What a person settled about an import beforehand, applied as recorded decisions. */
export type Decisions = {
  readonly collectives: readonly {
    readonly id: string;
    readonly members: readonly string[];
    readonly from: string;
    readonly basis: string;
  }[];
  readonly findings: readonly { readonly kind: string; readonly subject: string; readonly decision: string; readonly reason: string }[];
};

/** `events` are those that the import, or its first try under the same idempotency key, appended. */
export type Imported = {
  readonly directive: string;
  readonly events: readonly Recorded[];
  /** Of the directive's stream. */
  readonly revision: number;
  /** Nothing was appended: what there is was done before. */
  readonly replayed: boolean;
};
export type ImportOutcome = { readonly ok: true; readonly imported: Imported } | { readonly ok: false; readonly refusal: Refusal };

export class ImportRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.name = 'ImportRefused';
    this.refusal = refusal;
  }
}

/** The roster's id for each proposed one: known names keep theirs, and a taken id gets a number. */
const idsInRoster = (roster: Roster, proposed: Proposal['units']): ReadonlyMap<string, string> => {
  const ids = new Map<string, string>();
  const used = new Set(proposed.map(({ id }) => id));
  for (const { id, name } of proposed) {
    const known = roster.byName.get(foldText(name));
    if (known !== undefined) ids.set(id, known);
    else if (!roster.units.has(id)) ids.set(id, id);
    else {
      let n = 2;
      while (roster.units.has(`${id}-${n}`) || used.has(`${id}-${n}`)) n += 1;
      used.add(`${id}-${n}`);
      ids.set(id, `${id}-${n}`);
    }
  }
  return ids;
};

/** Whether the sender's idempotency key came with another command before, on any stream where the import would meet it. */
export const keyIsReused = async (
  handler: Handler<DubanEvent>,
  { directive: { id } }: Proposal,
  meta: Omit<Meta, 'expected'>,
): Promise<boolean> => {
  const uses = await Promise.all([
    handler.recall(directiveFolding, directiveStream(id), meta),
    handler.recall(rosterFolding, ROSTER_STREAM, meta),
    handler.recall(policyFolding, policyStream(id), meta),
  ]);
  return uses.some(({ key }) => key === 'reused');
};

export const applyProposal = async (
  handler: Handler<DubanEvent>,
  proposal: Proposal,
  meta: Omit<Meta, 'expected'>,
  options: { readonly decisions?: Decisions; readonly onAdvance?: OnAdvance } = {},
): Promise<ImportOutcome> => {
  const { directive, counts, findings, policy, tasks } = proposal;
  const total = tasks.length;
  const events: Recorded[] = [];
  let appended = false;

  /** The revision that the step left its stream at. */
  const settled = (outcome: Outcome<unknown>): number => {
    if (outcome.kind === 'refused') throw new ImportRefused(outcome.refusal);
    if (outcome.kind !== 'accepted') throw new Error(`an import without preconditions met ${outcome.kind}`);
    events.push(...outcome.events);
    appended ||= !outcome.replayed && outcome.events.length > 0;
    return outcome.revision;
  };

  /** The refusal that says that another run has done it in between. */
  const settledUnless = (done: RefusalCode, outcome: Outcome<unknown>): void => {
    if (outcome.kind !== 'refused' || outcome.refusal.code !== done) settled(outcome);
  };

  /** For a further step on a stream: the sender's key, made into one that no sender can send. */
  const next = (step: string): typeof meta => ({
    ...meta,
    idempotency: meta.idempotency && { ...meta.idempotency, key: `${meta.idempotency.key} ${step}` },
  });

  const heading = {
    directive: directive.id,
    number: directive.number,
    title: directive.title,
    issuer: directive.issuer,
    date: directive.date,
    timeZone: directive.timeZone,
  };

  const isBegun = async (): Promise<boolean> =>
    (await handler.load(directiveFolding, directiveStream(directive.id))).state.status !== 'none';

  const refuseTakenIds = async (): Promise<void> => {
    if (await isBegun()) return;
    for (const { id } of tasks) {
      if ((await handler.load(taskFolding, taskStream(id))).state === null) continue;
      if (await isBegun()) return; // by another run, which has come to this task since
      throw new ImportRefused({ code: 'task-exists', detail: `a task ${id} exists, but not from this document` });
    }
  };

  const enrol = async (): Promise<ReadonlyMap<string, string>> => {
    const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
    const ids = idsInRoster(roster, proposal.units);
    const units = proposal.units.map(({ id, name, kind }) => ({ id: ids.get(id) ?? id, name, kind }));
    settled(await handler.handle(rosterDecider, ROSTER_STREAM, { type: 'EnrolNames', units, collectives: proposal.collectives }, meta));
    return ids;
  };

  const assign = async (task: ProposedTask, ids: ReadonlyMap<string, string>): Promise<void> => {
    const stream = taskStream(task.id);
    const { key, loaded } = await handler.recall(taskFolding, stream, meta);
    if (loaded.state !== null && key !== 'done') return;
    const { id, assignees, measurements, ...printed } = task;
    const outcome = await handler.handle(
      taskDecider,
      stream,
      {
        type: 'AssignTask',
        task: id,
        directive: directive.id,
        directiveKnown: true,
        parentKnown: true,
        assignees: assignees.map(({ role, party, kind }) => ({ role, kind, party: ids.get(party) ?? party })),
        measurements,
        effectiveFrom: directive.date,
        ...printed,
      },
      meta,
      loaded,
    );
    settledUnless('task-exists', outcome);
  };

  const applyDecisions = async (decisions: Decisions): Promise<void> => {
    for (const { id, members, from, basis } of decisions.collectives)
      settled(
        await handler.handle(
          rosterDecider,
          ROSTER_STREAM,
          { type: 'SetMembers', collective: id, members, from },
          { ...next(`members ${id}`), basis },
        ),
      );
    const { state } = await handler.load(directiveFolding, directiveStream(directive.id));
    for (const { kind, subject, decision, reason } of decisions.findings) {
      const found = findings.find((finding) => finding.kind === kind && finding.subject === subject);
      if (found === undefined) throw new Error(`a decision on ${kind} ${subject}, but no such finding was raised`);
      if (state.findings.get(found.n)?.decided === true) continue;
      const outcome = await handler.handle(
        directiveDecider,
        directiveStream(directive.id),
        { type: 'DecideFinding', n: found.n, decision, reason },
        next(`finding ${found.n}`),
      );
      settledUnless('already-decided', outcome);
    }
  };

  try {
    await refuseTakenIds();
    settled(
      await handler.handle(
        directiveDecider,
        directiveStream(directive.id),
        { type: 'BeginImport', ...heading, sourceSha256: directive.sourceSha256, importer: IMPORTER, counts, findings },
        meta,
      ),
    );
    const ids = await enrol();
    const adopt = {
      type: 'AdoptPolicy',
      directive: directive.id,
      directiveKnown: true,
      rules: inLongForm(policy),
      form: 'short',
      onlyFirst: true,
    } as const;
    settled(await handler.handle(policyDecider, policyStream(directive.id), adopt, meta));
    for (const [index, task] of tasks.entries()) {
      await assign(task, ids);
      options.onAdvance?.(index + 1, total);
    }
    if (options.decisions !== undefined) await applyDecisions(options.decisions);
    const revision = settled(
      await handler.handle(
        directiveDecider,
        directiveStream(directive.id),
        { type: 'IssueDirective', ...heading, completesImport: true },
        next('issued'),
      ),
    );
    return { ok: true, imported: { directive: directive.id, events, revision, replayed: !appended } };
  } catch (error) {
    if (error instanceof ImportRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
};
