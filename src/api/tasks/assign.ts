import type { z } from 'zod';
import { dayOf, resolveParties } from '../../application/tasks/decision-context.ts';
import type { Meta } from '../../application/handler.ts';
import type { Directive } from '../../domain/directives/state.ts';
import type { Roster } from '../../domain/roster/state.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import type { OfType } from '../../kernel/decider.ts';
import { asRecorded, type assignBody } from '../shared/task-bodies.ts';

/** A task that a person assigns, by a form or in a row of a ledger. */

export type AssignTask = OfType<TaskCommand, 'AssignTask'>;

export type Around = {
  readonly directive: Directive;
  /** Whether the parent that is named, if any, is a task of the same directive. */
  readonly parentKnown: boolean;
  readonly roster: Roster;
  /** The office's, where the directive does not say its own. */
  readonly timeZone: string;
  /** From which day it holds where nobody says: the day of its receipt unless given. */
  readonly from?: string | null;
};

export const assignmentOf = (
  { id: task, assignees, measurements = [], ...body }: z.infer<typeof assignBody> & { readonly title?: string | undefined },
  { directive, parentKnown, roster, timeZone, from }: Around,
  meta: Pick<Meta, 'receivedAt'>,
): AssignTask => ({
  type: 'AssignTask',
  task,
  directive: body.directive,
  directiveKnown: directive.status !== 'none',
  kind: body.kind,
  number: body.number ?? null,
  title: body.title ?? titleOf(body.text),
  text: body.text,
  sourceLine: null,
  theme: body.theme ?? null,
  group: body.group ?? null,
  parent: body.parent ?? null,
  parentKnown,
  assignees: resolveParties(roster, assignees),
  leaders: body.leaders ?? [],
  leaderPosts: body.leaderPosts,
  deadline: body.deadline ?? null,
  deadlineTerms: body.deadlineTerms && { ...body.deadlineTerms, milestones: body.deadlineTerms.milestones ?? [] },
  measurements: asRecorded(measurements),
  effectiveFrom: body.effectiveFrom ?? from ?? dayOf(meta, { timeZone: directive.timeZone ?? timeZone }),
});
