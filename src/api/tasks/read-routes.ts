import { z } from 'zod';
import { eachInPieces, withRests } from '../../kernel/pieces.ts';
import { date, id, line } from '../../kernel/schema.ts';
import {
  directiveAsked,
  cut,
  type Kit,
  list,
  ordinal,
  page,
  plain,
  problem,
  Problem,
  query,
  travelAs,
  scopeOf,
  unitAsked,
} from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { timemapText } from '../../http/memento.ts';
import { timeParameters } from '../../http/time-travel.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { ledgerSheet } from './ledger-sheet.ts';
import { strangeLeader, strangeTheme, unknownTask } from '../shared/refusals.ts';
import { historyItem, numberedAnswer, planAnswer, reportAnswer, taskAnswer } from '../../application/tasks/answers.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Tasks'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

export const readRoutes = (kit: Kit, { citations, tasks }: Services): void => {
  list(kit, {
    url: '/v1/tasks',
    summary: wording('api.tasks.tasks-as-known-at-position-judged'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({
      directive: directiveAsked.optional(),
      kind: taskKind.optional(),
      unit: unitAsked.optional().meta({ description: wording('api.tasks.carried-by-this-unit-by-name') }),
      role: z.enum(['lead', 'cooperating', 'responsible']).optional(),
      leader: line(60).optional(),
      status: taskAnswer.shape.status.optional(),
      theme: ordinal.optional(),
      dueBefore: date.optional().meta({ description: wording('api.tasks.with-deadline-before-this-day') }),
      q: line(120)
        .optional()
        .meta({ description: wording('api.tasks.words-of-title-text-and-carriers') }),
    }),
    item: taskAnswer,
    sheet: ledgerSheet,
    run: async ({ query: filter, principal, at, paging, rest }) => {
      const scope = scopeOf(principal);
      const listed = tasks.list(filter, at, scope);
      const strange =
        listed.length > 0 ? undefined : (strangeTheme(tasks, filter, at, scope) ?? strangeLeader(tasks, filter.leader, at, scope));
      if (strange !== undefined) return strange;
      const found = page(listed, paging, ({ facts }) => facts.id);
      if (found instanceof Problem) return found;
      return {
        items: await withRests(
          eachInPieces(found.items, (doc) => tasks.show(doc, at, scope)),
          rest,
        ),
        next: found.next,
        total: found.total,
      };
    },
  });

  query(kit, {
    url: '/v1/tasks/:id',
    summary: wording('api.tasks.task-as-known-at-position-judged'),
    tags: TAGS,
    refuses: ['task-unknown'],
    roles: READERS,
    params: byTask,
    response: taskAnswer,
    timemap: ({ id: task }) => `/v1/tasks/${task}/timemap`,
    run: ({ params: { id: task }, principal, at }) => tasks.one(task, at, scopeOf(principal)) ?? unknownTask(),
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/tasks/:id/timemap',
    summary: wording('api.tasks.versions-task-as-rfc-7089-timemap'),
    description: wording('api.tasks.get-v1-tasks-id-with-accept'),
    tags: ['Audit'],
    refuses: ['task-unknown', 'as-of-out-of-range', 'beyond-the-log'],
    reads: 'elsewhere',
    access: READERS,
    params: byTask,
    query: z.strictObject(timeParameters),
    produces: { 'application/link-format': wording('api.tasks.original-time-gate-and-mementos-rfc') },
    run: async ({ params: { id: task }, query: asked, principal }) => {
      const moment = await travelAs(kit, principal, asked);
      if (moment instanceof Problem) return moment;
      const scope = scopeOf(principal);
      if (!tasks.mayRead(task, moment.basis, scope)) return unknownTask();
      return { type: 'application/link-format', content: timemapText(`/v1/tasks/${task}`, tasks.versions(task, moment.basis, scope)) };
    },
  });

  query(kit, {
    url: '/v1/tasks/:id/reports/:reportId',
    summary: wording('api.tasks.report-with-versions'),
    tags: ['Reports'],
    refuses: ['task-unknown', 'report-unknown'],
    roles: READERS,
    params: z.strictObject({ id, reportId: id }),
    idNames: 'task',
    response: reportAnswer,
    run: async ({ params: { id: task, reportId }, principal, at }) => {
      const scope = scopeOf(principal);
      if (!tasks.mayRead(task, at, scope)) return unknownTask();
      const report = tasks.report(task, reportId, at, scope);
      if (report === undefined) return problem('report-unknown', say('api.tasks.task-has-no-report', { reportId }));
      return { ...report, ...(report.attachments && { attachments: [...(await citations.shown(report.attachments, scope))] }) };
    },
  });

  query(kit, {
    url: '/v1/tasks/:id/plans/:n',
    summary: wording('api.tasks.one-tasks-plans-and-whether-milestones'),
    tags: TAGS,
    refuses: ['task-unknown', 'plan-unknown'],
    roles: READERS,
    params: byNumber,
    idNames: 'task',
    response: planAnswer,
    run: ({ params: { id: task, n }, principal, at }) => {
      const scope = scopeOf(principal);
      if (!tasks.mayRead(task, at, scope)) return unknownTask();
      return tasks.plan(task, n, at, scope) ?? problem('plan-unknown', say('api.tasks.task-has-none-numbered', { n }));
    },
  });

  for (const { path, what, unknown, summary } of [
    { path: 'extension-requests', what: 'extensions', unknown: 'extension-unknown', summary: wording('api.tasks.one-extension-request') },
    { path: 'completion-claims', what: 'claims', unknown: 'claim-unknown', summary: wording('api.tasks.one-completion-claim') },
  ] as const)
    query(kit, {
      url: `/v1/tasks/:id/${path}/:n`,
      summary,
      tags: TAGS,
      refuses: ['task-unknown', unknown],
      roles: READERS,
      params: byNumber,
      idNames: 'task',
      response: numberedAnswer,
      run: ({ params: { id: task, n }, principal, at }) => {
        const scope = scopeOf(principal);
        if (!tasks.mayRead(task, at, scope)) return unknownTask();
        return tasks.numbered(task, what, n, at, scope) ?? problem(unknown, say('api.tasks.task-has-none-numbered', { n }));
      },
    });

  list(kit, {
    url: '/v1/tasks/:id/history',
    summary: wording('api.tasks.every-event-that-touches-task-with'),
    tags: ['Audit'],
    refuses: ['task-unknown'],
    roles: READERS,
    params: byTask,
    idNames: 'task',
    key: z.int(),
    item: historyItem,
    run: ({ params: { id: task }, principal, at, paging: { limit, after } }) => {
      const scope = scopeOf(principal);
      if (!tasks.mayRead(task, at, scope)) return unknownTask();
      const all = tasks.historyPositions(task, at, scope);
      const positions = all.filter((position) => position > (after ?? 0));
      const { items, next } = cut(positions, limit, (position) => position);
      return { items: tasks.history(task, at, scope, new Set(items)), next, total: all.length };
    },
  });
};
