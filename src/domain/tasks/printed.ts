import { sameJson } from '../../kernel/json.ts';
import type { PartlyPrinted, Printed } from './events.ts';

/** What is printed of a task, and what an amendment makes of it. */

const said = <Value>(after: Value | undefined, before: Value): Value => (after === undefined ? before : after);

export const printedAfter = (before: Printed, to: PartlyPrinted): Printed => ({
  number: said(to.number, before.number),
  title: said(to.title, before.title),
  text: said(to.text, before.text),
  theme: said(to.theme, before.theme),
  group: said(to.group, before.group),
  deadline: said(to.deadline, before.deadline),
  deadlineTerms: said(to.deadlineTerms, before.deadlineTerms),
  measurements: said(to.measurements, before.measurements),
});

/** The same in one form, of a thing that may leave the terms out. */
export const printedOf = (
  task: Omit<Printed, 'deadlineTerms'> & { readonly deadlineTerms?: Printed['deadlineTerms'] | undefined },
): Printed => {
  const { number, title, text, theme, group, deadline, deadlineTerms = null, measurements } = task;
  return { number, title, text, theme, group, deadline, deadlineTerms, measurements };
};

/** The fields that one says otherwise than the other: as they were, and as they are to be. */
export const differing = (before: Printed, to: PartlyPrinted): { readonly from: PartlyPrinted; readonly to: PartlyPrinted } => {
  // The casts: keys of what is printed, each with a value of its own field.
  const names = Object.keys(to) as (keyof Printed)[];
  const changed = names.filter((name) => to[name] !== undefined && !sameJson(to[name], before[name]));
  const of = (values: PartlyPrinted): PartlyPrinted => Object.fromEntries(changed.map((name) => [name, values[name]])) as PartlyPrinted;
  return { from: of(before), to: of(to) };
};
