import { z } from 'zod';
import { PERIOD_FORMS, periodForm } from '../../kernel/periods.ts';
import { cutoff, date, id, line, period, type ValueOf } from '../../kernel/schema.ts';
import { stateSaid } from '../../messages/named.ts';
import { wording } from '../../messages/standing.ts';

/** A duty of a policy (docs/judging.md, rule 4): what is owed every month, quarter, week …, by when, and by whom. */

export const assigneeRole = z.enum(['lead', 'cooperating', 'responsible']);
export type AssigneeRole = ValueOf<typeof assigneeRole>;

const roles = z.array(assigneeRole).max(3);
/** Roles that report, by the kind of task. */
export const reporters = z.strictObject({ target: roles, task: roles, item: roles });

/** The kinds of what is owed without a policy: no duty can have their names. */
const TAKEN = ['deadline', 'milestone'];

export const every = z.enum([...PERIOD_FORMS, 'once']);
export type Every = ValueOf<typeof every>;

export const shift = z.enum(['none', 'next-working-day', 'nth-working-day']);

/** A day of a year, MM-DD; one that the month does not have is its last. */
export const monthDay = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, wording('directives.must-be-mm-dd'));

export const dueTerms = z.strictObject({
  /** Day of the month, or of the ten days; with `nth-working-day` the number of the working day. */
  day: z.int().min(1).max(31).optional(),
  /** 1 is Monday. */
  weekday: z.int().min(1).max(7).optional(),
  /** MM-DD for a year, YYYY-MM-DD for what is owed once. */
  date: z.union([monthDay, date]).optional(),
  /** Number of the month in a quarter, half-year or year: 1 is its first. */
  month: z.int().min(1).max(12).optional(),
  /** Periods after the one that is reported on. */
  offset: z.int().min(0).max(1200),
  cutoff,
  shift,
});

const MONTHS_IN = { quarter: 3, 'half-year': 6, year: 12 } as const;
const hasMonths = (of: Every): of is keyof typeof MONTHS_IN => Object.hasOwn(MONTHS_IN, of);

type Terms = ValueOf<typeof dueTerms>;
type Fault = { readonly path: readonly (string | number)[]; readonly message: string };

const dueFaults = (of: Every, { day, weekday, date: named, month, offset, shift: moved }: Terms): readonly Fault[] => {
  const faults: Fault[] = [];
  const fault = (field: keyof Terms, message: string): void => void faults.push({ path: ['due', field], message });
  const counts = moved === 'nth-working-day';
  if (day !== undefined && (of === 'once' || (of === 'week' && !counts)))
    fault('day', wording('directives.does-not-go-with-every', { of: stateSaid(of) }));
  if (weekday !== undefined && of !== 'week') fault('weekday', wording('directives.does-not-go-with-every', { of: stateSaid(of) }));
  if (named !== undefined && of !== 'year' && of !== 'once')
    fault('date', wording('directives.does-not-go-with-every', { of: stateSaid(of) }));
  if (named !== undefined && of === 'year' && named.length !== 'MM-DD'.length) fault('date', wording('directives.must-be-mm-dd'));
  if (named !== undefined && of === 'once' && named.length !== 'YYYY-MM-DD'.length) fault('date', wording('directives.must-be-yyyy-mm-dd'));
  const names = [day, weekday, named].filter((value) => value !== undefined).length;
  if (names !== 1) fault(of === 'once' ? 'date' : of === 'week' ? 'weekday' : 'day', wording('directives.due-day-named-once'));
  if (month !== undefined && (day === undefined || !hasMonths(of)))
    fault('month', wording('directives.does-not-go-with-every-and', { of: stateSaid(of) }));
  if (month !== undefined && hasMonths(of) && month > MONTHS_IN[of])
    fault('month', wording('directives.has-months', { of: stateSaid(of), monthsIn: MONTHS_IN[of] }));
  if (of === 'once' && offset !== 0) fault('offset', wording('directives.must-be-0-owed-once'));
  if (counts && (day === undefined || of === 'ten-days')) fault('shift', wording('directives.counts-working-days-month-or-week'));
  return faults;
};

const rangeFaults = (of: Every, from: string, to: string): readonly Fault[] => {
  if (of === 'once') return from === to ? [] : [{ path: ['to'], message: wording('directives.period-that-begins-with-owed-once') }];
  return [['from', from] as const, ['to', to] as const].flatMap(([field, value]) =>
    periodForm(value) === of ? [] : [{ path: [field], message: wording('directives.no', { of: stateSaid(of) }) }],
  );
};

export const dutyFields = {
  id: id.refine((text) => !TAKEN.includes(text), wording('directives.name-what-owed-without-policy')),
  name: line(120),
  every,
  /** The first and the last period that is owed. */
  from: period,
  to: period,
  due: dueTerms,
  monthEnd: z.literal('clamp'),
  who: reporters,
  /** Only these tasks, and the tasks of these themes; all where left out. */
  tasks: z
    .array(z.union([id, z.strictObject({ theme: z.int().min(1) })]))
    .min(1)
    .max(500)
    .optional(),
  /** A report or summary of the period settles it, or a plan. */
  asks: z.enum(['report', 'plan', 'summary']),
};

type Checked = { readonly every: Every; readonly from: string; readonly to: string; readonly due: Terms };

/** What does not go with `every`, named at its field. */
export const checkDuty = ({ every: of, from, to, due }: Checked, context: z.core.$RefinementCtx): void => {
  for (const { path, message } of [...rangeFaults(of, from, to), ...dueFaults(of, due)])
    context.addIssue({ code: 'custom', path: [...path], message });
};

/** The duties of one policy, as they are recorded, or as a request says them: each once. */
export const dutiesFrom = <One extends z.ZodType<{ readonly id: string }>>(one: One): z.ZodArray<One> =>
  z
    .array(one)
    .max(50)
    .superRefine((duties, context) => {
      const ids = duties.map((each) => each.id);
      const again = ids.findIndex((each, index) => ids.indexOf(each) < index);
      if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'id'], message: wording('directives.id-another-duty-too') });
    });

export const duty = z.strictObject(dutyFields).superRefine(checkDuty);
export type Duty = ValueOf<typeof duty>;
