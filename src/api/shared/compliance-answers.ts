import { z } from 'zod';
import { LIGHTS } from '../../domain/compliance/lights.ts';
import { id, instant } from '../../kernel/schema.ts';
import { taskKind } from '../../domain/tasks/events.ts';

/** The shapes in which judgements are answered, whichever call asks. */

export const obligationKind = id.meta({
  description: 'The id of a duty of the directive’s policies, such as `monthly` or `annual`, or `deadline`.',
});
export const obligationState = z.enum(['on-time', 'late', 'missing', 'not-yet-due', 'awaiting', 'excused', 'waived']);

export const obligationAnswer = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    task: z.string(),
    taskKind,
    period: z.string(),
    kind: z.string().meta({ description: 'The duty’s id, or `deadline`.' }),
    due: instant.meta({ description: 'Exclusive end of what is in time, RFC 3339 in the zone’s offset.' }),
    dueRule: z.string(),
    receivedAt: instant.nullable(),
    state: obligationState.meta({ description: '`awaiting`: it came in time and the office has not decided on it.' }),
    daysLate: z.int().meta({ description: 'Civil days after the due day: of the receipt, or of the moment judged where nothing came.' }),
    onTheDay: z.boolean().meta({ description: 'Received in time under one reading of 前 and too late under the other.' }),
    report: z.string().nullable(),
    policy: z.int().nullable().meta({ description: 'Version of the policy that judged; null where none was in force.' }),
  })
  .meta({ id: 'Obligation' });

export const light = z.enum(LIGHTS).meta({
  description:
    'green: kept; yellow: due within the policy’s days; red: late or missing; blue: with the office; grey: due later, or owed by nobody.',
});

/** With how it stands at the moment judged; a snapshot, which is fixed, has no lights. */
export const litObligation = obligationAnswer.extend({ light }).meta({ id: 'LitObligation' });

export const counts = {
  owed: z.int(),
  onTime: z.int(),
  late: z.int(),
  missing: z.int(),
  notYetDue: z.int(),
  awaiting: z.int().meta({ description: 'Came in time, and the office has not decided on it.' }),
  excused: z.int(),
  waived: z.int(),
  onTheDay: z.int().meta({ description: 'Of those owed, received on the day itself: on time under the inclusive reading only.' }),
};
export const totalsAnswer = z
  .strictObject(counts)
  .meta({ id: 'Totals', description: '`owed` = onTime + late + missing + notYetDue; awaiting, excused and waived are counted apart.' });
export const unitLineAnswer = z.strictObject({ unit: z.string(), name: z.string(), ...counts }).meta({ id: 'UnitLine' });
export const excludedAnswer = z
  .strictObject({ party: z.string(), name: z.string(), tasks: z.array(z.string()) })
  .meta({ id: 'ExcludedCollective', description: 'Could not be counted: its members are not recorded.' });

export const standingCountsAnswer = z
  .strictObject({ ahead: z.int(), onTrack: z.int(), behind: z.int(), done: z.int(), unknown: z.int() })
  .meta({ id: 'StandingCounts', description: '`unknown`: nothing was reported, or the rule cannot tell.' });
