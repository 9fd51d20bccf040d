import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Handler, Meta } from '../handler.ts';
import type { Recorded } from '../stream-states.ts';
import { directiveDecider, policyDecider } from '../../domain/directives/decide.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { ROSTER_STREAM, rosterFolding } from '../../domain/roster/state.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { taskFolding, taskStream, type TaskState } from '../../domain/tasks/state.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Plan, PlannedTask } from '../../importer/draft/planned.ts';
import { adoption, assignment, beginning, headingOf } from './plan-commands.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import { createSteps, ImportRefused, type Ids } from './steps.ts';
import { say } from '../../messages/message.ts';

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

/** Those of its tasks' ids under which something stands. */
export const takenIds = async (handler: Handler<DubanEvent>, { tasks }: Plan): Promise<ReadonlySet<string>> => {
  const taken = new Set<string>();
  for (const { id } of tasks) if ((await handler.load(taskFolding, taskStream(id))).state !== null) taken.add(id);
  return taken;
};

export const idsTaken = (taken: ReadonlySet<string>): Refusal => {
  const some = [...taken].slice(0, 3);
  const key = taken.size > 3 ? 'application.imports.more-tasks-exist' : 'application.imports.tasks-exist';
  return { code: 'task-exists', detail: say(key, { some }) };
};

/** Whether somebody else has given a task this id in between. */
const isForeign = (state: TaskState, { text }: PlannedTask, directive: string): boolean =>
  state !== null && (state.directive !== directive || (state.amendedFrom === undefined && state.text !== text));

export const applyPlan = async (
  handler: Handler<DubanEvent>,
  plan: Plan,
  meta: Omit<Meta, 'expected'>,
  options: { readonly importer: string; readonly onAdvance?: OnAdvance | undefined },
): Promise<ImportOutcome> => {
  const { directive, tasks } = plan;
  const total = tasks.length;
  const steps = createSteps(handler, meta);
  const { settled, settledUnless, next } = steps;

  const isBegun = async (): Promise<boolean> =>
    (await handler.load(directiveFolding, directiveStream(directive.id))).state.status !== 'none';

  const refuseTakenIds = async (): Promise<void> => {
    if (await isBegun()) return;
    const taken = await takenIds(handler, plan);
    if (taken.size === 0 || (await isBegun())) return; // by another run, which has come to these tasks since
    throw new ImportRefused(idsTaken(taken));
  };

  const assign = async (task: PlannedTask, ids: Ids): Promise<void> => {
    const stream = taskStream(task.id);
    const { key, loaded } = await handler.recall(taskFolding, stream, meta);
    if (loaded.state === null || key === 'done') {
      const outcome = await handler.handle(taskDecider, stream, assignment(task, plan, ids), meta, loaded);
      settledUnless('task-exists', outcome);
      if (outcome.kind !== 'refused') return;
    }
    const { state } = await handler.load(taskFolding, stream);
    if (isForeign(state, task, directive.id)) throw new ImportRefused(idsTaken(new Set([task.id])));
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
    settled(await handler.handle(directiveDecider, directiveStream(directive.id), beginning(plan, options.importer), meta));
    const ids = await steps.enrol(plan);
    const rules = adoption(plan);
    if (rules !== undefined) settled(await handler.handle(policyDecider, policyStream(directive.id), rules, meta));
    for (const [index, task] of tasks.entries()) {
      await assign(task, ids);
      options.onAdvance?.(index + 1, total);
    }
    await steps.setMembers(plan, ids);
    await decideFindings();
    const revision = settled(
      await handler.handle(
        directiveDecider,
        directiveStream(directive.id),
        { type: 'IssueDirective', ...headingOf(plan), completesImport: true },
        next('issued'),
      ),
    );
    return { ok: true, imported: { directive: directive.id, events: steps.events, revision, replayed: !steps.hasAppended() } };
  } catch (error) {
    if (error instanceof ImportRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
};
