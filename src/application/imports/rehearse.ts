import { fold, type Decider } from '../../kernel/decider.ts';
import { MAX_EVENT_BYTES } from '../../kernel/envelope.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { directiveDecider, policyDecider } from '../../domain/directives/decide.ts';
import { noDirective, type Policies } from '../../domain/directives/state.ts';
import { rosterDecider, type RosterCommand } from '../../domain/roster/decide.ts';
import type { Roster } from '../../domain/roster/state.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { idsInRoster, takenName } from './steps.ts';
import { adoption, aliasing, assignment, beginning, enrolment, membership } from './plan-commands.ts';
import { say } from '../../messages/message.ts';

/**
 * A plan as it would be appended, decided in the same order and appended nowhere. A commit that has begun only goes on, so
 * what would be refused on the way is refused before, while everything can still be corrected.
 */

export type Present = { readonly roster: Roster; readonly policies: Policies };

/** Bytes for what an event says beside its data. */
const ENVELOPE = 2_048;

type Tried<State> = { readonly ok: true; readonly state: State } | { readonly ok: false; readonly refusal: Refusal };

const tooLarge = (bytes: number): Refusal => ({
  code: 'event-too-large',
  detail: say('application.imports.says-too-much', { bytes, most: MAX_EVENT_BYTES }),
});

/** Decides and folds, or says why not. */
const tried = <State, Command, Event extends { readonly data: unknown }>(
  { decide, evolve }: Decider<State, Command, Event>,
  state: State,
  command: Command,
  receivedAt: number,
): Tried<State> => {
  const decision = decide(state, command, receivedAt);
  if (!decision.ok) return decision;
  const largest = Math.max(0, ...decision.events.map(({ data }) => Buffer.byteLength(JSON.stringify(data)) + ENVELOPE));
  if (largest > MAX_EVENT_BYTES) return { ok: false, refusal: tooLarge(largest) };
  return { ok: true, state: fold(evolve, state, decision.events, receivedAt) };
};

const inRoster = (plan: Plan, roster: Roster, receivedAt: number): Refusal | undefined => {
  const ids = idsInRoster(roster, plan);
  const taken = takenName(roster, ids);
  if (taken !== undefined) return taken;
  const commands: readonly RosterCommand[] = [
    enrolment(ids),
    ...plan.units.flatMap((unit) => aliasing(unit) ?? []),
    ...plan.members.map((each) => membership(each, ids)),
  ];
  let present = roster;
  for (const command of commands) {
    const next = tried(rosterDecider, present, command, receivedAt);
    if (!next.ok) return next.refusal;
    present = next.state;
  }
  const stranger = plan.units.find(({ is }) => is !== undefined && !present.units.has(is.unit));
  if (stranger === undefined) return undefined;
  return {
    code: 'unit-unknown',
    detail: say('application.imports.no-such-unit', { name: stranger.name, unit: stranger.is?.unit }),
    pointer: '/units',
  };
};

const ofTasks = (plan: Plan, roster: Roster, receivedAt: number): Refusal | undefined => {
  const ids = idsInRoster(roster, plan);
  for (const task of plan.tasks) {
    const next = tried(taskDecider, null, assignment(task, plan, ids), receivedAt);
    if (!next.ok)
      return {
        code: next.refusal.code,
        detail: say('application.imports.about', { what: task.source?.address ?? task.id, detail: next.refusal.detail }),
      };
  }
  return undefined;
};

/** Why a plan would not be appended whole; undefined where it would. */
export const rehearsed = (plan: Plan, { roster, policies }: Present, importer: string, receivedAt: number): Refusal | undefined => {
  const begun = tried(directiveDecider, noDirective, beginning(plan, importer), receivedAt);
  if (!begun.ok) return begun.refusal;
  const unnamed = inRoster(plan, roster, receivedAt);
  if (unnamed !== undefined) return unnamed;
  const rules = adoption(plan);
  const adopted = rules === undefined ? undefined : tried(policyDecider, policies, rules, receivedAt);
  return adopted?.ok === false ? adopted.refusal : ofTasks(plan, roster, receivedAt);
};
