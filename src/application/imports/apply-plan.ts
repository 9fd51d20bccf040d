import { foldText } from '../../kernel/json.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import { KeyReused, type Handler, type Meta, type Outcome } from '../handler.ts';
import type { Recorded } from '../stream-states.ts';
import { directiveDecider, policyDecider } from '../../domain/directives/decide.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { rosterDecider } from '../../domain/roster/decide.ts';
import { ROSTER_STREAM, rosterFolding, type Roster } from '../../domain/roster/state.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import type { Refusal, RefusalCode } from '../../kernel/refusal.ts';
import type { Plan, PlannedTask, PlannedUnit } from '../../importer/draft/planned.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';

/**
 * Appends a plan through the commands. Every step finds what an earlier, interrupted run has left and goes on from
 * there, so the same bytes twice change nothing; DirectiveIssued comes last and says that all is in. Two runs at the
 * same time, on two replicas, also find each other's work: at the moment when they would do the same.
 */

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

type Ids = {
  readonly units: readonly { readonly id: string; readonly name: string; readonly kind: string | null }[];
  readonly collectives: Plan['collectives'];
  /** The roster's id for each of the plan's. */
  readonly idOf: (planned: string) => string;
};

/** Under which ids the plan's names stand in the roster: known names keep theirs, and a taken id gets a number. */
export const idsInRoster = (roster: Roster, { units, collectives }: Pick<Plan, 'units' | 'collectives'>): Ids => {
  const ids = new Map<string, string>();
  const used = new Set([...units, ...collectives].map(({ id }) => id));
  const free = (id: string, isTaken: (id: string) => boolean): string => {
    if (!isTaken(id)) return id;
    let n = 2;
    while (isTaken(`${id}-${n}`) || used.has(`${id}-${n}`)) n += 1;
    used.add(`${id}-${n}`);
    return `${id}-${n}`;
  };
  for (const { id, name, is } of units) {
    const known = is?.unit ?? roster.byName.get(foldText(name));
    ids.set(id, known ?? free(id, (wanted) => roster.units.has(wanted) || roster.collectives.has(wanted)));
  }
  const named = new Map([...roster.collectives.values()].map(({ id, name }) => [foldText(name), id]));
  for (const { id, name } of collectives)
    ids.set(id, named.get(foldText(name)) ?? free(id, (wanted) => roster.units.has(wanted) || roster.collectives.has(wanted)));
  const idOf = (planned: string): string => ids.get(planned) ?? roster.byName.get(foldText(planned)) ?? planned;
  return {
    units: units.filter(({ is }: PlannedUnit) => is === undefined).map(({ id, name, kind }) => ({ id: idOf(id), name, kind })),
    collectives: collectives.map(({ id, name }) => ({ id: idOf(id), name })),
    idOf,
  };
};

/** Whether the sender's idempotency key came with another command before, on any stream where the import would meet it. */
export const keyIsReused = async (
  handler: Handler<DubanEvent>,
  { directive: { id } }: Plan,
  meta: Omit<Meta, 'expected'>,
): Promise<boolean> => {
  const uses = await Promise.all([
    handler.recall(directiveFolding, directiveStream(id), meta),
    handler.recall(rosterFolding, ROSTER_STREAM, meta),
    handler.recall(policyFolding, policyStream(id), meta),
  ]);
  return uses.some(({ key }) => key === 'reused');
};

export const applyPlan = async (
  handler: Handler<DubanEvent>,
  plan: Plan,
  meta: Omit<Meta, 'expected'>,
  options: { readonly importer: string; readonly onAdvance?: OnAdvance | undefined },
): Promise<ImportOutcome> => {
  const { directive, profile, counts, findings, rules, tasks } = plan;
  const total = tasks.length;
  const events: Recorded[] = [];
  let appended = false;

  /** The revision that the step left its stream at. */
  const settled = (outcome: Outcome<unknown>): number => {
    if (outcome.kind === 'refused') throw new ImportRefused(outcome.refusal);
    if (outcome.kind === 'key-reused') throw new KeyReused();
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

  const enrol = async (): Promise<Ids> => {
    const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
    const ids = idsInRoster(roster, plan);
    const { units, collectives } = ids;
    settled(await handler.handle(rosterDecider, ROSTER_STREAM, { type: 'EnrolNames', units, collectives }, meta));
    for (const { name, is } of plan.units)
      if (is?.alias === true)
        settled(
          await handler.handle(
            rosterDecider,
            ROSTER_STREAM,
            { type: 'AddAlias', unit: is.unit, alias: name },
            next(`alias ${is.unit} ${name}`),
          ),
        );
    return ids;
  };

  const assign = async (task: PlannedTask, { idOf }: Ids): Promise<void> => {
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
        assignees: assignees.map(({ role, party, kind }) => ({ role, kind, party: idOf(party) })),
        measurements,
        effectiveFrom: directive.date,
        ...printed,
      },
      meta,
      loaded,
    );
    settledUnless('task-exists', outcome);
  };

  const setMembers = async ({ idOf }: Ids): Promise<void> => {
    for (const { collective: planned, members, from, basis } of plan.members) {
      const collective = idOf(planned);
      const does = { type: 'SetMembers', collective, members: members.map(idOf), from } as const;
      settled(await handler.handle(rosterDecider, ROSTER_STREAM, does, { ...next(`members ${collective}`), basis }));
    }
  };

  const decideFindings = async (): Promise<void> => {
    const { state } = await handler.load(directiveFolding, directiveStream(directive.id));
    for (const { n, decision, reason } of plan.decisions) {
      if (state.findings.get(n)?.decided === true) continue;
      const does = { type: 'DecideFinding', n, decision, reason } as const;
      const outcome = await handler.handle(directiveDecider, directiveStream(directive.id), does, next(`finding ${n}`));
      settledUnless('already-decided', outcome);
    }
  };

  try {
    await refuseTakenIds();
    settled(
      await handler.handle(
        directiveDecider,
        directiveStream(directive.id),
        {
          type: 'BeginImport',
          ...heading,
          sourceSha256: directive.sourceSha256,
          importer: options.importer,
          counts,
          ...(profile !== null && { profile }),
          ...(plan.prose.length > 0 && { prose: plan.prose }),
          findings,
        },
        meta,
      ),
    );
    const ids = await enrol();
    if (rules !== null) {
      const adopt = { type: 'AdoptPolicy', directive: directive.id, directiveKnown: true, rules, form: 'long', onlyFirst: true } as const;
      settled(await handler.handle(policyDecider, policyStream(directive.id), adopt, meta));
    }
    for (const [index, task] of tasks.entries()) {
      await assign(task, ids);
      options.onAdvance?.(index + 1, total);
    }
    await setMembers(ids);
    await decideFindings();
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
