import { z } from 'zod';
import { civilDayOf } from '../../kernel/civil-days.ts';
import { instantMillis } from '../../kernel/clock.ts';
import type { Moment } from '../../kernel/moment.ts';
import { parseDate } from '../../kernel/calendar.ts';
import { judge } from '../../domain/compliance/judge.ts';
import type { Obligation } from '../../domain/compliance/obligation.ts';
import { dutiesOf, type Scheduled } from '../../domain/directives/schedule.ts';
import type { Knowledge } from '../../application/knowledge.ts';
import { cut, type Paging } from '../../http/routes.ts';
import type { At } from '../../application/tasks/read.ts';

/** What the registers have in common. */

/** The section of the document in which the questions of the month's end stand. */
export const COMPLIANCE = ['Compliance'] as const;

export const READERS = ['office', 'auditor', 'admin'] as const;
export const EVERYONE = ['office', 'unit', 'auditor', 'admin'] as const;

/** A page of what was computed whole, by the index of its items: at one position the list is always the same. */
export const slice = <Item>(items: readonly Item[], { limit, after }: Paging<number>) => {
  const from = (after ?? -1) + 1;
  const rows = items.slice(from, from + limit + 1).map((item, index) => ({ item, at: from + index }));
  const { items: kept, next } = cut(rows, limit, ({ at }) => at);
  return { items: kept.map(({ item }) => item), next, total: items.length };
};
export const byIndex = z.int().min(0);

/** The civil day of a stored instant. */
export const dayOf = (instant: string, timeZone: string): string => civilDayOf(instantMillis(instant), timeZone).date;

/** An entry as it stood: open, where its decision had not come. */
export const decidedBy = <Doc extends { readonly state: string; readonly decision: { readonly at: string } | null }>(
  doc: Doc,
  open: Doc['state'],
  { reached }: Moment,
): Doc => (doc.decision === null || reached(instantMillis(doc.decision.at)) ? doc : { ...doc, state: open, decision: null });

/** Civil days from one date to another; negative where the other lies before. */
export const daysBetween = (from: string, to: string): number | null => {
  const a = parseDate(from);
  const b = parseDate(to);
  return a === undefined || b === undefined ? null : a.until(b, { largestUnit: 'days' }).days;
};

/** The duties of a directive that demand a period. */
export const duties = (knowledge: Knowledge, directive: string, { position, moment }: At, period: string): readonly Scheduled[] =>
  dutiesOf(knowledge.policies(directive, position), period, moment);

/**
 * The obligations of a directive for a period, of the first duty that demands it unless kinds are named; undefined
 * where it is not known.
 */
export const createJudged =
  (knowledge: Knowledge) =>
  (directive: string, at: At, period: string, kinds?: readonly string[]): readonly Obligation[] | undefined => {
    const facts = knowledge.facts(directive, at.position, [period]);
    const asked =
      kinds ??
      duties(knowledge, directive, at, period)
        .slice(0, 1)
        .map(({ due }) => due.kind);
    return facts && judge(facts, { at: at.moment, period, kinds: asked }).obligations;
  };
