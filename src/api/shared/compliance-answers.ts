import { z } from 'zod';
import { taskKind } from '../../domain/tasks/events.ts';
import type { ObligationKind } from '../../domain/compliance/judge.ts';

/** The shapes in which judgements are answered, whichever call asks. */

export const obligationKind = z.enum(['monthly', 'annual', 'deadline']);
export const obligationState = z.enum(['on-time', 'late', 'missing', 'not-yet-due', 'excused', 'waived']);
export const KINDS: readonly ObligationKind[] = obligationKind.options;

export const obligationAnswer = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    task: z.string(),
    taskKind,
    period: z.string(),
    kind: obligationKind,
    due: z.string().meta({ description: 'Exclusive end of what is in time, RFC 3339 in the zone’s offset.' }),
    dueRule: z.string(),
    receivedAt: z.string().nullable(),
    state: obligationState,
    daysLate: z.int().meta({ description: 'Civil days after the due day: of the receipt, or of the day judged where nothing came.' }),
    onTheDay: z.boolean().meta({ description: 'Received on the day itself: on time under the inclusive reading only.' }),
    report: z.string().nullable(),
    policy: z.int().nullable().meta({ description: 'Version of the policy that judged; null where none was in force.' }),
  })
  .meta({ id: 'Obligation' });

export const counts = {
  owed: z.int(),
  onTime: z.int(),
  late: z.int(),
  missing: z.int(),
  notYetDue: z.int(),
  excused: z.int(),
  waived: z.int(),
  onTheDay: z.int().meta({ description: 'Of those owed, received on the day itself: on time under the inclusive reading only.' }),
};
export const totalsAnswer = z
  .strictObject(counts)
  .meta({ id: 'Totals', description: '`owed` = onTime + late + missing + notYetDue; excused and waived are counted apart.' });
export const unitLineAnswer = z.strictObject({ unit: z.string(), name: z.string(), ...counts }).meta({ id: 'UnitLine' });
export const excludedAnswer = z
  .strictObject({ party: z.string(), name: z.string(), tasks: z.array(z.string()) })
  .meta({ id: 'ExcludedCollective', description: 'Could not be counted: its members are not recorded.' });

export const standingCountsAnswer = z
  .strictObject({ ahead: z.int(), onTrack: z.int(), behind: z.int(), done: z.int(), unknown: z.int() })
  .meta({ id: 'StandingCounts', description: '`unknown`: nothing was reported, or the rule cannot tell.' });
