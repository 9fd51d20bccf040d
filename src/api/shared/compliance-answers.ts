import { z } from 'zod';
import { LIGHTS } from '../../domain/compliance/lights.ts';
import { id, instant } from '../../kernel/schema.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { wording } from '../../messages/standing.ts';

/** The shapes in which judgements are answered, whichever call asks. */

export const obligationKind = id.meta({
  description: wording('api.shared.id-duty-directives-policies-such-as'),
});
export const obligationState = z.enum(['on-time', 'late', 'missing', 'not-yet-due', 'awaiting', 'excused', 'waived']);

export const obligationAnswer = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    task: z.string(),
    taskKind,
    period: z.string(),
    kind: z.string().meta({ description: wording('api.shared.dutys-id-or-deadline') }),
    due: instant.meta({ description: wording('api.shared.exclusive-end-what-in-time-rfc') }),
    dueRule: z.string(),
    receivedAt: instant.nullable(),
    state: obligationState.meta({ description: wording('api.shared.awaiting-came-in-time-and-office') }),
    daysLate: z.int().meta({ description: wording('api.shared.civil-days-after-due-day-receipt') }),
    onTheDay: z.boolean().meta({ description: wording('api.shared.received-in-time-under-one-reading') }),
    report: z.string().nullable(),
    policy: z
      .int()
      .nullable()
      .meta({ description: wording('api.shared.version-policy-that-judged-null-where') }),
  })
  .meta({ id: 'Obligation' });

export const light = z.enum(LIGHTS).meta({
  description: wording('api.shared.green-kept-yellow-due-within-policys'),
});

/** With how it stands at the moment judged; a snapshot, which is fixed, has no lights. */
export const litObligation = obligationAnswer.extend({ light }).meta({ id: 'LitObligation' });

export const counts = {
  owed: z.int(),
  onTime: z.int(),
  late: z.int(),
  missing: z.int(),
  notYetDue: z.int(),
  awaiting: z.int().meta({ description: wording('api.shared.came-in-time-and-office-has') }),
  excused: z.int(),
  waived: z.int(),
  onTheDay: z.int().meta({ description: wording('api.shared.those-owed-received-on-day-itself') }),
};
export const totalsAnswer = z
  .strictObject(counts)
  .meta({ id: 'Totals', description: wording('api.shared.owed-ontime-late-missing-notyetdue-awaiting') });
export const unitLineAnswer = z.strictObject({ unit: z.string(), name: z.string(), ...counts }).meta({ id: 'UnitLine' });
export const excludedAnswer = z
  .strictObject({ party: z.string(), name: z.string(), tasks: z.array(z.string()) })
  .meta({ id: 'ExcludedCollective', description: wording('api.shared.could-not-be-counted-members-not') });

export const standingCountsAnswer = z
  .strictObject({ ahead: z.int(), onTrack: z.int(), behind: z.int(), done: z.int(), unknown: z.int() })
  .meta({ id: 'StandingCounts', description: wording('api.shared.unknown-nothing-was-reported-or-rule') });
