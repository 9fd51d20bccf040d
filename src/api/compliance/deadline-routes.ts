import { say } from '../../messages/message.ts';
import { z } from 'zod';
import { shownLeaders, shownTerms } from '../../application/tasks/answers.ts';
import type { Services } from '../../application/services.ts';
import { judgeDeadline } from '../../domain/compliance/deadline.ts';
import { taskFactsAt } from '../../domain/compliance/facts-at.ts';
import { lightOf } from '../../domain/compliance/lights.ts';
import type { Obligation } from '../../domain/compliance/obligation.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { directiveAsked, list, page, scopeOf, type Kit, fieldProblem } from '../../http/routes.ts';
import { millisText } from '../../kernel/clock.ts';
import { date, instant } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';
import { light } from '../shared/compliance-answers.ts';
import { unknownDirective } from '../shared/refusals.ts';
import { sheetOf } from '../shared/sheets.ts';

/** Tasks by what their own text demands: which deadline each keeps, and what it leaves open. */

const TAGS = ['Compliance'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

const deadlineAnswer = z
  .strictObject({
    task: z.string(),
    title: z.string(),
    kind: taskKind,
    number: z.int().nullable(),
    deadline: date.meta({ description: wording('api.compliance.one-that-binds') }),
    deadlineTerms: shownTerms,
    originalDeadline: date.nullable(),
    state: z.enum(['in-time', 'late', 'overdue', 'open', 'awaiting', 'excused', 'waived']),
    light,
    completedAt: instant.nullable(),
    daysLate: z.int(),
    ...shownLeaders,
    responsible: z.array(z.string()),
  })
  .meta({ id: 'Deadline' });

const DEADLINE_STATES = {
  'on-time': 'in-time',
  late: 'late',
  missing: 'overdue',
  'not-yet-due': 'open',
  awaiting: 'awaiting',
  excused: 'excused',
  waived: 'waived',
} as const satisfies Record<Obligation['state'], string>;

export const deadlineRoutes = (kit: Kit, { knowledge, tasks }: Services): void => {
  list(kit, {
    url: '/v1/deadlines',
    summary: wording('api.compliance.tasks-by-their-own-deadline-done'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, from: date.optional(), to: date.optional() }),
    item: deadlineAnswer,
    sheet: sheetOf(deadlineAnswer, 'deadlines'),
    run: ({ query: { directive, from, to }, principal, at, paging }) => {
      const { position, moment } = at;
      const heading = knowledge.directive(directive, position);
      if (heading === undefined) return unknownDirective(directive);
      if (from !== undefined && to !== undefined && from > to)
        return fieldProblem('invalid-input', '/from', say('api.shared.later-than-to'));
      const grounds = { policies: knowledge.policies(directive, position), timeZone: heading.timeZone, moment };
      const scope = scopeOf(principal);
      const items = tasks.list({ directive }, at, scope).flatMap((doc) => {
        const judged = judgeDeadline(taskFactsAt(doc.facts, moment), grounds);
        if (judged === undefined) return [];
        const { deadline, state, completedAt } = judged;
        if ((from !== undefined && deadline < from) || (to !== undefined && deadline > to)) return [];
        return [
          {
            task: doc.facts.id,
            title: doc.title,
            kind: doc.facts.kind,
            number: doc.number,
            deadline,
            deadlineTerms: tasks.terms(doc, deadline, at, scope),
            originalDeadline: doc.facts.originalDeadline,
            state: DEADLINE_STATES[state],
            light: lightOf(judged, grounds.policies, moment),
            completedAt: completedAt === undefined ? null : millisText(completedAt),
            daysLate: judged.daysLate,
            ...tasks.leaders(doc, at),
            responsible: [...tasks.answerable(doc, at)],
          },
        ];
      });
      const sorted = items.toSorted((a, b) => (a.deadline === b.deadline ? 0 : a.deadline < b.deadline ? -1 : 1));
      return page(sorted, paging, ({ task }) => task);
    },
  });

  const gap = z.strictObject({
    kind: z.enum(['no-leader', 'no-deadline', 'collective-unresolved', 'not-acknowledged', 'no-plan']),
    task: z.string(),
    party: z.string().nullable(),
  });
  list(kit, {
    url: '/v1/gaps',
    summary: wording('api.compliance.what-directive-leaves-open-no-leader'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: ['office', 'auditor', 'admin'],
    query: z.strictObject({ directive: directiveAsked, kind: gap.shape.kind.optional() }),
    item: gap.meta({ id: 'Gap' }),
    run: ({ query: { directive, kind: asked }, at, paging }) => {
      if (knowledge.directive(directive, at.position) === undefined) return unknownDirective(directive);
      const gaps = tasks
        .list({ directive }, at, null)
        .flatMap((doc) => tasks.gaps(doc, at).map((found) => ({ task: doc.facts.id, ...found })))
        .filter(({ kind }) => asked === undefined || kind === asked);
      const key = ({ kind, task, party }: z.infer<typeof gap>): string => `${kind} ${task} ${party ?? ''}`;
      return page(gaps, paging, key);
    },
  });
};
