import { z } from 'zod';
import type { InspectionDoc } from '../../../projections/inspections.ts';
import { attachment, date, instant, type ValueOf } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';

export const inspectionAnswer = z
  .strictObject({
    id: z.string(),
    directive: z.string(),
    title: z.string(),
    plan: z.string(),
    team: z.array(z.string()),
    units: z.array(z.string()),
    tasks: z.array(z.string()),
    openedOn: date,
    findings: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string(),
        task: z.string().nullable(),
        text: z.string(),
        attachments: z.array(attachment),
        state: z
          .enum(['recorded', 'open', 'rectified'])
          .meta({ description: wording('api.inspections.open-rectification-was-ordered-that-not') }),
      }),
    ),
    conclusion: z.strictObject({ text: z.string(), deliveredTo: z.array(z.string()), issuedOn: date }).nullable(),
    rectifications: z.array(
      z.strictObject({
        n: z.int(),
        finding: z.int(),
        unit: z.string(),
        text: z.string(),
        due: date.nullable(),
        state: z.enum(['ordered', 'reported', 'returned', 'verified']),
        rounds: z
          .array(
            z.strictObject({
              text: z.string(),
              attachments: z.array(attachment),
              reportedAt: instant,
              verdict: z.strictObject({ done: z.boolean(), text: z.string(), at: instant }).nullable(),
            }),
          )
          .meta({ description: wording('api.inspections.what-unit-reported-and-what-office') }),
      }),
    ),
    open: z.int().meta({ description: wording('api.inspections.rectifications-ordered-and-not-verified') }),
    revision: z.int(),
  })
  .meta({ id: 'Inspection' });

export type Shown = ValueOf<typeof inspectionAnswer>;
type Finding = Shown['findings'][number];

export const findingState = (finding: number, { rectifications }: InspectionDoc): Finding['state'] => {
  const ordered = rectifications.filter((rectification) => rectification.finding === finding);
  if (ordered.length === 0) return 'recorded';
  return ordered.every(({ state }) => state === 'verified') ? 'rectified' : 'open';
};
