import { z } from 'zod';
import { sameJson } from '../../kernel/json.ts';
import { date, timeZone as zone } from '../../kernel/schema.ts';
import { checkDuty, dueTerms, dutiesFrom, dutyFields, type Duty } from '../../domain/directives/duty.ts';
import { policy, policyRules, UNSAID, type PolicyRules } from '../../domain/directives/events.ts';
import { inLongForm, nameFor, shortDuties, shortFormOf, type ShortDuties } from '../../domain/directives/short-form.ts';
import { fieldProblem, type Problem } from '../../http/routes.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** A policy as it is sent and shown: in the long form by its duties, or in the short form of the contract. */

const tasksShown = z
  .array(dutyFields.tasks.unwrap().element)
  .optional()
  .meta({
    description: wording('api.directives.only-these-tasks-and-those-these'),
  });

export const policyAnswer = policy
  .extend({
    duties: dutiesFrom(z.strictObject({ ...dutyFields, tasks: tasksShown })),
    monthly: shortDuties.shape.monthly.meta({ description: wording('api.directives.as-in-short-form-null-where') }),
    annual: shortDuties.shape.annual,
    cutoff: shortDuties.shape.cutoff.nullable(),
    shift: shortDuties.shape.shift.nullable(),
    reporters: shortDuties.shape.reporters.nullable(),
    monthEnd: z.literal('clamp'),
    revision: z.int().meta({ description: wording('api.directives.what-if-match-takes-to-replace') }),
  })
  .meta({ id: 'Policy' });

const REPORTERS = { target: ['responsible'], task: ['lead'], item: ['responsible'] } satisfies ShortDuties['reporters'];

/** What a duty may leave out. */
const dutyBody = z
  .strictObject({
    ...dutyFields,
    name: dutyFields.name.optional(),
    due: dueTerms.extend({
      offset: dueTerms.shape.offset.default(0),
      cutoff: dueTerms.shape.cutoff.default('24:00'),
      shift: dueTerms.shape.shift.default('none'),
    }),
    monthEnd: dutyFields.monthEnd.default('clamp'),
    who: dutyFields.who.default(REPORTERS),
    asks: dutyFields.asks.default('report'),
  })
  .superRefine(checkDuty);

/** What a policy may leave out: the readings that the office's own documents take. */
export const policyBody = policyRules
  .extend({
    effectiveFrom: date.optional(),
    timeZone: zone.optional(),
    bound: policyRules.shape.bound.default('inclusive'),
    decides: policyRules.shape.decides.default('first-submission'),
    calendar: policyRules.shape.calendar.default(UNSAID.calendar),
    lateExtensions: policyRules.shape.lateExtensions.default(UNSAID.lateExtensions),
    behind: policyRules.shape.behind.default(UNSAID.behind),
    verifies: policyRules.shape.verifies.default(UNSAID.verifies),
    completed: policyRules.shape.completed.default('release'),
    duties: dutiesFrom(dutyBody).optional(),
    withdrawn: policyRules.shape.withdrawn.optional(),
    monthEnd: z.literal('clamp').default('clamp'),
    monthly: shortDuties.shape.monthly.optional().meta({ description: wording('api.directives.null-no-more-left-out-as') }),
    annual: shortDuties.shape.annual.optional(),
    cutoff: shortDuties.shape.cutoff.nullable().optional(),
    shift: shortDuties.shape.shift.nullable().optional(),
    reporters: shortDuties.shape.reporters.nullable().optional(),
  })
  .meta({
    description: wording('api.directives.short-form-has-monthly-annual-cutoff'),
  });
type PolicyBody = z.infer<typeof policyBody>;

const SHORT = ['monthly', 'annual', 'cutoff', 'shift', 'reporters'] as const;

/** The rules of a body in either form, or the field that belongs to the other. */
export const rulesIn = (
  { monthEnd: _, ...body }: PolicyBody,
  held: { readonly effectiveFrom: string; readonly timeZone: string },
): { readonly form: 'short' | 'long'; readonly rules: PolicyRules } | Problem => {
  const { duties, withdrawn, monthly, annual, cutoff, shift, reporters: who, ...others } = body;
  if (duties === undefined && withdrawn === undefined) {
    const short = {
      monthly: monthly ?? null,
      annual: annual ?? null,
      cutoff: cutoff ?? '24:00',
      shift: shift ?? 'none',
      reporters: who ?? REPORTERS,
    };
    const { withdrawn: no, ...rules } = inLongForm({ ...others, ...held, ...short });
    // What is left out is not spoken of; null says that there is no such duty.
    return { form: 'short', rules: { ...rules, withdrawn: no.filter((id) => body[id === 'monthly' ? 'monthly' : 'annual'] === null) } };
  }
  const both = withdrawn?.findIndex((id) => duties?.some((duty) => duty.id === id)) ?? -1;
  if (both >= 0) return fieldProblem('invalid-input', `/withdrawn/${both}`, say('api.directives.withdrawn-and-duty-too'));
  const named = (duties ?? []).map((duty) => ({ ...duty, name: duty.name ?? nameFor(duty.id) }));
  const short = shortFormOf(named);
  const other = SHORT.find((field) => body[field] != null && !sameJson(body[field], short?.[field]));
  if (other !== undefined) return fieldProblem('invalid-input', `/${other}`, say('api.directives.short-form-and-duties-say-otherwise'));
  return { form: 'long', rules: { ...others, ...held, duties: named, withdrawn: withdrawn ?? [] } };
};

const NOT_SHORT = { monthly: null, annual: null, cutoff: null, shift: null, reporters: null } as const;

/** The short form beside the duties, where they fit it. */
export const shownShort = (duties: readonly Duty[]): (ShortDuties | typeof NOT_SHORT) & { readonly monthEnd: 'clamp' } => ({
  ...(shortFormOf(duties) ?? NOT_SHORT),
  monthEnd: 'clamp',
});
