import type { DeadlineTerms, PartlyPrinted } from '../../domain/tasks/events.ts';
import { termsOf } from '../../domain/tasks/deadline-terms.ts';
import type { Said } from '../../domain/tasks/edition.ts';
import { sameJson } from '../../kernel/json.ts';

/** The fields in which an edition may say something else of a task, each as it is compared and shown. */

const deadlineOf = ({ deadline, deadlineTerms }: Said): unknown => {
  const { printed, kind, precision } = termsOf({ deadline, deadlineTerms: deadlineTerms ?? undefined });
  return kind === 'none' && deadline === null ? null : { date: deadline, printed, kind, precision };
};
const stagesOf = ({ deadlineTerms }: Said): DeadlineTerms['milestones'] => deadlineTerms?.milestones ?? [];

const READ = {
  number: ({ number }: Said): unknown => number,
  title: ({ title }: Said): unknown => title,
  text: ({ text }: Said): unknown => text,
  section: ({ theme, group }: Said): unknown => (theme === null && group === null ? null : { theme, group }),
  assignees: ({ assignees }: Said): unknown => assignees.map(({ role, party, kind }) => ({ role, party, kind })),
  leaders: ({ leaders }: Said): unknown => leaders,
  deadline: deadlineOf,
  milestones: stagesOf,
  measurements: ({ measurements }: Said): unknown => measurements,
} as const;

export type FieldName = keyof typeof READ;
// The cast: the keys of the table above.
export const FIELD_NAMES = Object.keys(READ) as FieldName[];

/** As it is compared and shown. */
export const valueIn = (field: FieldName, said: Said): unknown => READ[field](said);

/** What a closed task no longer takes: nobody is to do anything any more. */
export const NEEDS_OPEN: ReadonlySet<FieldName> = new Set(['assignees', 'leaders', 'deadline', 'milestones']);

export type FieldChange = {
  readonly field: FieldName;
  readonly before: unknown;
  readonly after: unknown;
  /** An act since the last edition has changed it: what is taken now takes the place of that. */
  readonly acted: boolean;
};

/** What the new edition says otherwise. What it says as the one before did is no change, whatever was done since by an act. */
export const changesOf = (now: Said, said: Said, wanted: Said): readonly FieldChange[] =>
  FIELD_NAMES.flatMap((field) => {
    const [before, was, after] = [READ[field](now), READ[field](said), READ[field](wanted)];
    return sameJson(before, after) || sameJson(was, after) ? [] : { field, before, after, acted: !sameJson(before, was) };
  });

/** What an amendment is to say where these of the fields are taken. */
export const amendmentFor = (taken: ReadonlySet<FieldName>, now: Said, wanted: Said): PartlyPrinted => {
  const dated = taken.has('deadline') ? wanted : now;
  const staged = stagesOf(taken.has('milestones') ? wanted : now);
  const terms = termsOf({ deadline: dated.deadline, deadlineTerms: dated.deadlineTerms ?? undefined });
  const isBare = dated.deadlineTerms === null && staged.length === 0;
  return {
    ...(taken.has('number') && { number: wanted.number }),
    ...(taken.has('title') && { title: wanted.title }),
    ...(taken.has('text') && { text: wanted.text }),
    ...(taken.has('section') && { theme: wanted.theme, group: wanted.group }),
    ...(taken.has('deadline') && { deadline: wanted.deadline }),
    ...((taken.has('deadline') || taken.has('milestones')) && { deadlineTerms: isBare ? null : { ...terms, milestones: staged } }),
    ...(taken.has('measurements') && { measurements: wanted.measurements }),
  };
};
