import type { AdoptPolicy, DirectiveCommand } from '../../domain/directives/decide.ts';
import type { RosterCommand } from '../../domain/roster/decide.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import type { OfType } from '../../kernel/decider.ts';
import type { Plan, PlannedTask, PlannedUnit } from '../../importer/draft/planned.ts';
import type { Ids } from './steps.ts';

/** The commands by which what a plan says is appended, each on its stream. */

/** What a directive bears at its head, from its import to its issue. */
export const headingOf = ({ directive: { id, number, title, issuer, date, timeZone } }: Plan) =>
  ({ directive: id, number, title, issuer, date, timeZone }) as const;

export const beginning = (plan: Plan, importer: string): OfType<DirectiveCommand, 'BeginImport'> => ({
  type: 'BeginImport',
  ...headingOf(plan),
  sourceSha256: plan.directive.sourceSha256,
  importer,
  counts: plan.counts,
  ...(plan.profile !== null && { profile: plan.profile }),
  ...(plan.prose.length > 0 && { prose: [...plan.prose] }),
  findings: [...plan.findings],
});

export const enrolment = ({ units, collectives }: Ids): OfType<RosterCommand, 'EnrolNames'> => ({
  type: 'EnrolNames',
  units: [...units],
  collectives: [...collectives],
});

/** For a name that a person has found to be another one of a unit; undefined for any other. */
export const aliasing = ({ name, is }: PlannedUnit): OfType<RosterCommand, 'AddAlias'> | undefined =>
  is?.alias === true ? { type: 'AddAlias', unit: is.unit, alias: name } : undefined;

/** undefined where the document says nothing of reports. */
export const adoption = ({ directive, rules }: Plan): AdoptPolicy | undefined =>
  rules === null ? undefined : { type: 'AdoptPolicy', directive: directive.id, directiveKnown: true, rules, form: 'long', onlyFirst: true };

export const assignment = (
  { id, assignees, measurements, ...printed }: PlannedTask,
  { directive }: Plan,
  { idOf }: Ids,
): OfType<TaskCommand, 'AssignTask'> => ({
  type: 'AssignTask',
  task: id,
  directive: directive.id,
  directiveKnown: true,
  parentKnown: true,
  assignees: assignees.map(({ role, party, kind }) => ({ role, kind, party: idOf(party) })),
  measurements,
  effectiveFrom: directive.date,
  ...printed,
});

export const membership = (
  { collective, members, from }: Plan['members'][number],
  { idOf }: Pick<Ids, 'idOf'>,
): OfType<RosterCommand, 'SetMembers'> => ({
  type: 'SetMembers',
  collective: idOf(collective),
  members: members.map(idOf),
  from,
});
