import { z } from 'zod';
import { log } from '../../../projections/log.ts';
import { eachInPieces, withRests } from '../../kernel/pieces.ts';
import { fieldProblem, Problem, query, type Kit } from '../../http/routes.ts';
import { timeParameters } from '../../http/time-travel.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { COMPLIANCE, READERS } from './shared.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** What became of tasks between two moments. */

const eventTable = tableOf(log, 'event');

const differing = z
  .strictObject({
    task: z.string(),
    events: z.array(z.strictObject({ position: z.int(), type: z.string() })),
    changes: z.array(z.strictObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'TaskDifference' });

/** Events that one comparison goes through. */
const MAX_DIFF = 50_000;

export const diffRegister = (kit: Kit, { tasks, views }: Services): void => {
  const moment = timeParameters.asOf.describe(wording('api.registers.position-or-last-position-recorded-at'));

  query(kit, {
    url: '/v1/diff',
    summary: wording('api.registers.what-changed-between-two-moments-tasks'),
    tags: COMPLIANCE,
    roles: READERS,
    query: z.strictObject({ from: moment.nonoptional(), to: moment }),
    response: z.strictObject({ from: z.int(), to: z.int(), events: z.int(), tasks: z.array(differing) }),
    run: async ({ query: asked, at: { position }, rest }) => {
      const positionOf = async (name: 'from' | 'to', asOf: (typeof asked)['to']): Promise<number | Problem> => {
        if (asOf === undefined) return position;
        const found = await kit.travel({ asOf });
        return found instanceof Problem || found.basis.position > position
          ? fieldProblem('as-of-out-of-range', `/${name}`, say('api.registers.beyond-what-known', { position }))
          : found.basis.position;
      };
      const from = await positionOf('from', asked.from);
      if (from instanceof Problem) return from;
      const to = await positionOf('to', asked.to);
      if (to instanceof Problem) return to;
      if (from > to) return fieldProblem('as-of-out-of-range', '/from', say('api.shared.later-than-to'));
      if (to - from > MAX_DIFF)
        return fieldProblem('as-of-out-of-range', '/from', say('api.registers.more-than-events-before-to', { maxDiff: MAX_DIFF }));
      const touched = Map.groupBy(
        views.appended(eventTable, {}, { upTo: to, after: from }).filter(({ stream }) => taskStream.idIn(stream) !== undefined),
        ({ stream }) => taskStream.idOf(stream),
      );
      const compared = eachInPieces(touched, ([task, events]) => ({
        task,
        events: events.map((event) => ({ position: event.position, type: event.type })),
        changes: tasks.changes(task, from, to).map((each) => ({ ...each })),
      }));
      const differences = await withRests(compared, rest);
      return { from, to, events: to - from, tasks: differences };
    },
  });
};
