import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { id, instant } from '../../kernel/schema.ts';
import { shownMilestone } from '../../application/tasks/answers.ts';
import { directiveAsked, list, page, Problem, scopeOf, type Kit, unitAsked } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { plansOwed, type OwedPlan } from '../../domain/compliance/plans.ts';
import { strangeTask } from '../shared/refusals.ts';
import { wording } from '../../messages/standing.ts';
import { createSeen, named, READERS, TAGS } from './seen.ts';
import { countsAnswer, countsOf, OF_ALL } from './counts.ts';

/** Who owes a plan, and how far each is. */

const planState = z.enum(['none', 'submitted', 'returned', 'accepted']);

const planLine = z
  .strictObject({
    ...named,
    unit: z.string(),
    name: z.string(),
    state: planState,
    n: z
      .int()
      .nullable()
      .meta({ description: wording('api.compliance.number-last-plan-on-task') }),
    submittedAt: instant.nullable(),
    decidedAt: instant.nullable().meta({ description: wording('api.compliance.when-that-was-sent-back-or') }),
    milestones: z.array(shownMilestone).meta({ description: wording('api.compliance.that-plan') }),
  })
  .meta({ id: 'OwedPlan' });

export const owedPlanRoutes = (kit: Kit, services: Services): void => {
  const { tasks } = services;
  const seen = createSeen(services);

  list(kit, {
    url: '/v1/plans',
    summary: wording('api.compliance.who-owes-plan-and-how-far'),
    description: wording('api.compliance.owed-by-every-unit-that-carries'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, unit: unitAsked.optional(), task: id.optional(), state: planState.optional() }),
    item: planLine,
    sheet: sheetOf(planLine, 'plans', { called: { n: 'plan-n' } }),
    more: z.strictObject({ counts: countsAnswer(planState.options).meta(OF_ALL) }),
    run: async ({ query: { directive, unit, task, state }, principal, at, paging, rest }) => {
      const known = await seen({ directive }, principal, at, rest);
      if (known instanceof Problem) return known;
      const strange = strangeTask(tasks, task, at, scopeOf(principal));
      if (strange !== undefined) return strange;
      const owed = plansOwed(known.facts, at.moment).filter(
        (plan) => known.isOwn(plan.unit) && (unit === undefined || plan.unit === unit) && (task === undefined || plan.task === task),
      );
      const lineOf = ({ task: of, taskKind: _, ...plan }: OwedPlan) => ({ ...known.nameOf(of), ...plan });
      const found = page(
        owed.filter((plan) => state === undefined || plan.state === state).map(lineOf),
        paging,
        (plan) => `${plan.task} ${plan.unit}`,
      );
      return found instanceof Problem ? found : { ...found, more: { counts: countsOf(planState.options, owed) } };
    },
  });
};
