import type { DubanEvent } from '../../domain/catalogue.ts';
import { directiveDecider, policyDecider, type AdoptPolicy } from '../../domain/directives/decide.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import type { Reissued } from '../../domain/imports/events.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { saidNow } from '../../domain/tasks/edition.ts';
import { evolveTask, taskFolding, taskStream, type TaskState } from '../../domain/tasks/state.ts';
import type { AddedLine, ChangedLine, DroppedLine } from '../../importer/reissue/difference.ts';
import { amendmentFor, valueIn } from '../../importer/reissue/fields.ts';
import { READER } from '../../importer/reader.ts';
import { fold } from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { TooContended, type Handler, type Meta } from '../handler.ts';
import type { ImportOutcome } from './apply-plan.ts';
import type { Reissue } from './reissue.ts';
import { createSteps, ImportRefused, type Ids } from './steps.ts';
import { say } from '../../messages/message.ts';

/**
 * Appends what is taken of a difference, by the commands by which a person would do each. Every step finds what an earlier,
 * interrupted run has left; DirectiveAmended comes last and says that all is in.
 */

type On = { readonly handler: Handler<DubanEvent>; readonly reissue: Reissue; readonly how: Reissued };
type OnTask = { readonly task: string; readonly commands: readonly TaskCommand[]; readonly line: ChangedLine | DroppedLine | AddedLine };

const isTaken = ({ decision }: { readonly decision: 'take' | 'leave' | null }): boolean => decision === 'take';

export const countsOf = ({ difference: { added, changed, dropped } }: Reissue) => ({
  added: added.filter(isTaken).length,
  changed: changed.filter(isTaken).length,
  dropped: dropped.filter(isTaken).length,
  left: [...added, ...changed, ...dropped].filter((line) => !isTaken(line)).length,
});

const actsOf = ({ reissue, how: { reason, authority, effectiveFrom } }: On, { idOf }: Pick<Ids, 'idOf'>): readonly OnTask[] => {
  const { difference, plan } = reissue;
  const why = { reason, authority };
  const { sourceSha256: sha256 } = plan.directive;
  const given = (line: AddedLine): OnTask => {
    const { id: task, assignees, ...printed } = line.planned;
    const does: TaskCommand = {
      type: 'AssignTask',
      task,
      directive: plan.directive.id,
      directiveKnown: true,
      parentKnown: true,
      assignees: assignees.map(({ role, party, kind }) => ({ role, kind, party: idOf(party) })),
      effectiveFrom,
      ...printed,
    };
    return { task, commands: [does], line };
  };
  const changed = (line: ChangedLine): OnTask => {
    const { standing, planned, wanted, fields } = line;
    const taken = new Set(fields.filter((each) => each.taken).map(({ field }) => field));
    const to = amendmentFor(taken, standing.now, wanted);
    const source = planned.source ?? { sha256, address: line.item };
    const assignees = planned.assignees.map(({ role, party, kind }) => ({ role, kind, party: idOf(party) }));
    const { leaders, leaderPosts } = planned;
    return {
      task: standing.id,
      line,
      commands: [
        ...(Object.keys(to).length === 0 ? [] : [{ type: 'Amend', to, effectiveFrom, source, ...why } as const]),
        ...(taken.has('assignees') ? [{ type: 'Reassign', assignees, effectiveFrom, source, ...why } as const] : []),
        ...(taken.has('leaders') ? [{ type: 'ChangeLeaders', leaders, leaderPosts, source, ...why } as const] : []),
      ],
    };
  };
  const dropped = (line: DroppedLine): OnTask => ({ task: line.standing.id, line, commands: [{ type: 'Cancel', source: sha256, ...why }] });
  return [
    ...difference.changed.filter(isTaken).map(changed),
    ...difference.added.filter(isTaken).map(given),
    ...difference.dropped.filter(isTaken).map(dropped),
  ];
};

/** The schedule as it is to be adopted, with all that a document says nothing of as it is in force. */
const adoptionOf = ({ reissue, how: { effectiveFrom } }: On): AdoptPolicy | undefined => {
  const { difference, plan, standing } = reissue;
  const { schedule } = difference;
  if (schedule === null || !isTaken(schedule)) return undefined;
  const inForce = standing.policies.at(-1);
  const { after: duties, withdrawn } = schedule;
  const adopt = { type: 'AdoptPolicy', directive: plan.directive.id, directiveKnown: true, form: 'long', onlyFirst: false } as const;
  if (inForce === undefined) return plan.rules === null ? undefined : { ...adopt, rules: { ...plan.rules, duties } };
  const { version: _, receivedAt: __, ...rules } = inForce;
  return { ...adopt, rules: { ...rules, effectiveFrom, duties, withdrawn } };
};

const about = (task: string, refusal: Refusal): Refusal => ({
  ...refusal,
  detail: say('application.imports.about', { what: task, detail: refusal.detail }),
  facts: { tasks: [task] },
});

const baseChanged = (what: readonly string[]): Refusal => ({
  code: 'base-changed',
  detail: say('application.imports.changed-since', { what }),
  facts: { tasks: [...what] },
});
export { baseChanged };

/** Why a task is no longer what the difference was shown against, nor what it is to become. */
const isForeign = (state: TaskState, { line }: OnTask): boolean => {
  if (state === null || !('fields' in line)) return false;
  const now = saidNow(state);
  return line.fields.some(
    ({ field, before, after, taken }) => taken && !sameJson(valueIn(field, now), before) && !sameJson(valueIn(field, now), after),
  );
};

/** Whether an earlier run has done it. */
const isDone = (state: TaskState, { line }: OnTask): boolean => {
  if ('planned' in line && !('standing' in line)) return state !== null && state.text === line.planned.text;
  return !('fields' in line) && state?.status === 'cancelled';
};

/** The first thing for which something of it would be refused, before anything is appended. */
export const refusalOf = async (on: On, meta: Meta): Promise<Refusal | undefined> => {
  const receivedAt = meta.receivedAt.epochMilliseconds;
  for (const act of actsOf(on, { idOf: (party) => party })) {
    let { state } = await on.handler.load(taskFolding, taskStream(act.task));
    if (isForeign(state, act)) return baseChanged([act.task]);
    if (isDone(state, act)) continue;
    for (const command of act.commands) {
      const decision = taskDecider.decide(state, command, receivedAt);
      if (!decision.ok) return about(act.task, decision.refusal);
      state = fold(evolveTask, state, decision.events, receivedAt);
    }
  }
  const adoption = adoptionOf(on);
  if (adoption === undefined) return undefined;
  const { state } = await on.handler.load(policyFolding, policyStream(adoption.directive));
  const decision = policyDecider.decide(state, adoption, receivedAt);
  return decision.ok ? undefined : about('schedule', decision.refusal);
};

const MAX_ATTEMPTS = 16;

export const applyReissue = async (on: On, meta: Omit<Meta, 'expected'>, onAdvance?: OnAdvance): Promise<ImportOutcome> => {
  const { handler, reissue, how } = on;
  const { plan, difference, standing } = reissue;
  const steps = createSteps(handler, meta);
  const { settled, next } = steps;

  const perform = async (act: OnTask): Promise<void> => {
    const stream = taskStream(act.task);
    for (const command of act.commands)
      for (let attempt = 0; ; attempt += 1) {
        const loaded = await handler.load(taskFolding, stream);
        if (isForeign(loaded.state, act)) throw new ImportRefused(baseChanged([act.task]));
        if (isDone(loaded.state, act)) break;
        const expected = { ...next(`reissue ${command.type}`), expected: loaded.revision };
        const outcome = await handler.handle(taskDecider, stream, command, expected, loaded);
        if (outcome.kind !== 'revision-mismatch') {
          if (outcome.kind === 'refused') throw new ImportRefused(about(act.task, outcome.refusal));
          settled(outcome);
          break;
        }
        if (attempt === MAX_ATTEMPTS) throw new TooContended(stream);
      }
  };

  /** Whether a later edition was taken in between: what this one says is then no amendment of what stands. */
  const refuseOvertaken = async (): Promise<void> => {
    const { state } = await handler.load(directiveFolding, directiveStream(plan.directive.id));
    const known = [standing.directive.source?.sha256 ?? null, plan.directive.sourceSha256];
    if (!known.includes(state.sourceSha256)) throw new ImportRefused(baseChanged(['heading']));
  };

  try {
    await refuseOvertaken();
    const ids = await steps.enrol(plan);
    const acts = actsOf(on, ids);
    for (const [index, act] of acts.entries()) {
      await perform(act);
      onAdvance?.(index + 1, acts.length);
    }
    const adoption = adoptionOf(on);
    if (adoption !== undefined) settled(await handler.handle(policyDecider, policyStream(adoption.directive), adoption, meta));
    await steps.setMembers(plan, ids);
    await refuseOvertaken();
    const { heading } = difference;
    const { number, title, issuer, date } = heading === null || isTaken(heading) ? plan.directive : standing.directive;
    const { id: directive, timeZone, sourceSha256 } = plan.directive;
    const revision = settled(
      await handler.handle(
        directiveDecider,
        directiveStream(directive),
        {
          type: 'AmendDirective',
          directive,
          number,
          title,
          issuer,
          date,
          timeZone,
          sourceSha256,
          importer: READER,
          effectiveFrom: how.effectiveFrom,
          reason: how.reason,
          authority: how.authority,
          taken: { ...countsOf(reissue), schedule: adoption !== undefined },
          ...(plan.prose.length > 0 && { prose: plan.prose }),
        },
        meta,
      ),
    );
    return { ok: true, imported: { directive, events: steps.events, revision, replayed: !steps.hasAppended() } };
  } catch (error) {
    if (error instanceof ImportRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
};
