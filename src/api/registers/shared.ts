import { z } from 'zod';
import { parseDate } from '../../kernel/calendar.ts';
import { judge, type Obligation, type ObligationKind } from '../../domain/compliance/judge.ts';
import type { Knowledge } from '../../application/knowledge.ts';
import { cut, type Paging } from '../../http/routes.ts';
import type { At } from '../../application/tasks/read.ts';

/** What the registers have in common. */

export const READERS = ['office', 'auditor', 'admin'] as const;

/** A page of what was computed whole, by the index of its items: at one position the list is always the same. */
export const slice = <Item>(items: readonly Item[], { limit, after }: Paging<number>) => {
  const from = (after ?? -1) + 1;
  const rows = items.slice(from, from + limit + 1).map((item, index) => ({ item, at: from + index }));
  const { items: kept, next } = cut(rows, limit, ({ at }) => at);
  return { items: kept.map(({ item }) => item), next };
};
export const byIndex = z.int().min(0);

/** Civil days from one date to another; negative where the other lies before. */
export const daysBetween = (from: string, to: string): number | null => {
  const a = parseDate(from);
  const b = parseDate(to);
  return a === undefined || b === undefined ? null : a.until(b, { largestUnit: 'days' }).days;
};

/** The obligations of a directive for a period; undefined where it is not known. */
export const createJudged =
  (knowledge: Knowledge) =>
  (
    directive: string,
    { position, on }: At,
    period: string,
    kinds: readonly ObligationKind[] = ['monthly', 'annual'],
  ): readonly Obligation[] | undefined => {
    const facts = knowledge.facts(directive, position, period);
    return facts && judge(facts, { on, period, kinds }).obligations;
  };
