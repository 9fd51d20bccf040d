import { z } from 'zod';
import { withRests } from '../../kernel/pieces.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { scopeOf, type Principal, type Rest } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import type { At, TaskFilter } from '../../application/tasks/read.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { nameOn, type Facts } from '../../domain/compliance/facts.ts';
import { factsShownTo } from '../../domain/visibility.ts';
import { strangeLeader, strangeTheme, unknownDirective } from '../shared/refusals.ts';

/** What a reader may see of a directive, before anything is judged from it. */

export const TAGS = ['Compliance'] as const;
export const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

export const named = { task: z.string(), title: z.string(), kind: taskKind, number: z.int().nullable() };

/** The name that a unit had at the moment judged. */
export const nameAt = (roster: Pick<Facts, 'units' | 'collectives'>, unit: string, { moment }: At): string =>
  nameOn(rosterAt(roster, moment), unit, moment.day());

/** A task as the lines name it. */
type Named = ValueOf<z.ZodObject<typeof named>>;

/** The facts of a directive that the reader may see, with the tasks that a filter leaves, and how each is named. */
export const createSeen =
  ({ knowledge, sightOf, tasks }: Services) =>
  async (filter: TaskFilter & { readonly directive: string }, principal: Principal, at: At, rest: Rest) => {
    const facts = await withRests(knowledge.factsInPieces(filter.directive, at.position), rest);
    if (facts === undefined) return unknownDirective(filter.directive);
    const scope = scopeOf(principal);
    const { isOwn } = sightOf(scope, at.position);
    const docs = new Map(tasks.list(filter, at, scope).map((doc) => [doc.facts.id, doc]));
    const strange = docs.size > 0 ? undefined : (strangeTheme(tasks, filter, at, scope) ?? strangeLeader(tasks, filter.leader, at, scope));
    if (strange !== undefined) return strange;
    const nameOf = (task: string): Named => {
      const doc = docs.get(task);
      if (doc === undefined) throw new Error(`${task} is not among the tasks listed`);
      return { task, title: doc.title, kind: doc.facts.kind, number: doc.number };
    };
    const shown: Facts = { ...factsShownTo(facts, { isOwn }), tasks: [...docs.values()].map((doc) => doc.facts) };
    return { facts: shown, docs, nameOf, isOwn };
  };
