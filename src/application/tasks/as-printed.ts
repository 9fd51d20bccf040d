import type { TaskDoc } from '../../../projections/tasks.ts';
import { amendmentsAt } from '../../domain/compliance/facts-at.ts';
import { printedAfter, printedOf } from '../../domain/tasks/printed.ts';
import type { Moment } from '../../kernel/moment.ts';

/** A task as it was printed on the day judged: with the amendments that had come and held by then. */
export const asPrinted = (doc: TaskDoc, moment: Pick<Moment, 'reached' | 'day'>): TaskDoc => {
  const amendments = amendmentsAt(doc.facts, moment);
  if (amendments.length === 0) return doc;
  const first = printedOf({ ...doc, deadline: doc.facts.originalDeadline, measurements: doc.facts.measurements });
  const { number, title, text, theme, group, deadlineTerms } = amendments.reduce((before, { to }) => printedAfter(before, to), first);
  const facts = { ...doc.facts, number };
  return { ...doc, number, title, text, theme, group, deadlineTerms: deadlineTerms ?? undefined, facts };
};
