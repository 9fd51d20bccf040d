import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { parseDate } from '../../kernel/calendar.ts';
import { authority, date, id, line, reason, timeZone, type ValueOf, yearText } from '../../kernel/schema.ts';
import { isRestDay } from '../../kernel/working-days.ts';
import { dutiesFrom, duty } from './duty.ts';
import { profileSchema } from './profile.ts';
import { inLongForm, type ShortDuties } from './short-form.ts';
import { wording } from '../../messages/standing.ts';

/** Streams `directive-<id>` and `policy-<directive>`: the document that assigns work, and its reporting rules. */

/** What a document may leave open, in the order in which findings of one place stand: their numbers follow from it, so it stays. */
export const FINDING_KINDS = [
  'collective-unresolved',
  'name-unresolved',
  'row-differs',
  'unit-outside-task',
  'comparator-conflict',
  'no-leader',
  'no-deadline',
  'date-order',
  'name-drift',
  'layout',
  'source-remark',
  'page-title',
  'number-missing',
  'date-missing',
  'title-missing',
  'issuer-missing',
  'noise-set-aside',
  'lines-joined',
  'profile-guessed',
  'year-guessed',
  'numbering-gap',
  'numbering-restarts',
  'numbering-continues',
  'count-differs',
  'column-guessed',
  'column-unknown',
  'cell-inherited',
  'cell-shifted',
  'cell-misplaced',
  'row-uneven',
  'row-set-aside',
  'item-unnumbered',
  'item-split',
  'label-unknown',
  'label-repeated',
  'no-items',
  'no-parties',
  'party-defaulted',
  'party-excepted',
  'party-pending',
  'party-none',
  'role-guessed',
  'role-other',
  'name-doubtful',
  'name-joined',
  'name-repeated',
  'prefix-carried',
  'prefix-missing',
  'open-list',
  'seat-not-person',
  'leader-pending',
  'leader-unresolved',
  'leader-of-heading',
  'bracket-unread',
  'part-unread',
  'deadline-guessed',
  'deadline-no-date',
  'deadline-unread',
  'milestones',
  'quantity-range',
  'quantity-unread',
  'schedule-none',
  'schedule-guessed',
  'schedule-no-period',
  'schedule-unread',
  'schedule-per-item',
  'prose-set-aside',
  'unread',
  'other',
] as const;
export const findingKind = z.enum(FINDING_KINDS);
export type FindingKind = ValueOf<typeof findingKind>;
/** What is said of a kind that the list does not have is said as `other`. */
export const findingKindOf = (kind: string): FindingKind => FINDING_KINDS.find((each) => each === kind) ?? 'other';

/** What a finding says, as a key of the catalogue of messages and the values that are named in it. */
const said = z.strictObject({ key: line(120), values: z.record(z.string(), z.unknown()) });

export const finding = z.strictObject({
  n: z.int().min(1),
  kind: findingKind,
  /** Id of the target, task, item or collective it is about. */
  subject: line(80),
  /** 1-based line of the source. */
  line: z.int().min(1),
  /** In English; in another language it is said from `said`. */
  detail: line(4000),
  said: said.optional(),
  /** Where it stands, where a line does not say it all: a cell, a row of a table. */
  address: line(200).optional(),
});

/** What a person finds to be open after the document was read, or where there was none to be read. */
const findingByHand = z.strictObject({
  n: z.int().min(1),
  kind: findingKind,
  /** Id of the task it is about, or of the directive. */
  subject: line(80),
  detail: line(4000),
  /** Where it stands in the document, in the words of whoever raised it. */
  address: line(200).nullable(),
});

export const importCounts = z.strictObject({
  targets: z.int(),
  themes: z.int(),
  groups: z.int(),
  tasks: z.int(),
  items: z.int(),
  units: z.int(),
  collectives: z.int(),
  tasksWithCooperating: z.int(),
  tasksWithoutCooperating: z.int(),
});
export type ImportCounts = ValueOf<typeof importCounts>;

/** What the document says under a heading without assigning anything, as printed. */
export const prose = z.strictObject({ section: line(400), text: line(8000), address: line(200) });
export type Prose = ValueOf<typeof prose>;

const heading = z.strictObject({
  directive: id,
  number: line(120),
  title: line(300),
  issuer: line(120),
  date,
  timeZone,
});

const imported = heading.extend({
  sourceSha256: z.string().regex(/^[0-9a-f]{64}$/u),
  importer: z.string(),
  counts: importCounts,
  /** With which profile it was read, where a person gave one. */
  profile: profileSchema.optional(),
  /** Paragraphs under a heading that assign nothing. */
  prose: z.array(prose).optional(),
});

/** What the sender of each command says, or what was read in the document that it sends. */
export const directiveActs = {
  BeginImport: imported.extend({ findings: z.array(finding) }),
  IssueDirective: heading,
  /** Another edition of the document: from which day on, on whose authority, and what of it a person has taken. */
  AmendDirective: heading.extend({
    sourceSha256: imported.shape.sourceSha256,
    importer: z.string(),
    effectiveFrom: date,
    reason,
    authority,
    taken: z.strictObject({ added: z.int(), changed: z.int(), dropped: z.int(), left: z.int(), schedule: z.boolean() }),
    prose: z.array(prose).optional(),
  }),
  RaiseFinding: findingByHand.omit({ n: true }),
  DecideFinding: z.strictObject({ n: z.int().min(1), decision: line(2000), reason: line(2000).nullable() }),
} as const;

/** The source was read; assignments follow, and DirectiveIssued closes the import. */
export const DirectiveImported = defineEvent('DirectiveImported', 1, imported);

/** What the text does not settle: raised with its source line, decided by a person. */
export const FindingRaised = defineEvent('FindingRaised', 1, finding);

export const FindingRaisedByHand = defineEvent('FindingRaisedByHand', 1, findingByHand);

export const FindingDecided = defineEvent('FindingDecided', 1, directiveActs.DecideFinding);

/** The directive is in force: registered by hand, or its import is complete. */
export const DirectiveIssued = defineEvent('DirectiveIssued', 1, directiveActs.IssueDirective);

/** Its tasks are amended by events of their own; this says that all is in. */
export const DirectiveAmended = defineEvent('DirectiveAmended', 1, directiveActs.AmendDirective);

export const directiveEvents = [
  DirectiveImported,
  FindingRaised,
  FindingRaisedByHand,
  FindingDecided,
  DirectiveIssued,
  DirectiveAmended,
] as const;
export type DirectiveEvent = EventOf<(typeof directiveEvents)[number]>;

const MAX_DAYS = 120;
const restDay = date.refine((day) => {
  const civil = parseDate(day);
  return civil === undefined || isRestDay(civil);
}, wording('directives.must-be-saturday-or-sunday-make'));

const calendarYear = z
  .strictObject({ holidays: z.array(date).max(MAX_DAYS), workdays: z.array(restDay).max(MAX_DAYS) })
  .refine(({ holidays, workdays }) => !holidays.some((day) => workdays.includes(day)), wording('directives.names-day-both-as-holiday-and'));

/** Holidays and make-up days by year, as announced, and the document that announced them. */
export const workingCalendar = z.strictObject({
  source: line(300),
  years: z
    .record(yearText, calendarYear)
    .refine((years) => Object.keys(years).length <= 20, wording('directives.holds-at-most-20-years'))
    .meta({ maxProperties: 20 }),
});

/** What is owed and how it is judged (docs/judging.md, "What is owed: policies and duties"): a version of a directive's rules. */
export const policyRules = z.strictObject({
  /** The first civil day on which this version judges. */
  effectiveFrom: date,
  timeZone,
  /** Whether the named day itself is still in time. */
  bound: z.enum(['inclusive', 'exclusive']),
  calendar: workingCalendar.nullable(),
  duties: dutiesFrom(duty),
  /** Duties of older versions that are no more. */
  withdrawn: z.array(id).max(50),
  decides: z.enum(['first-submission', 'first-accepted']),
  /** An extension granted after the deadline excuses the delay, changes nothing, or counts as if granted in time. */
  lateExtensions: z.enum(['excuse', 'ignore', 'count']),
  /** Who is behind: who says so, or who reports a lower percentage than the share of the year that had passed. */
  behind: z.enum(['declared', 'pro-rata']),
  /** Who may verify that a task is done. */
  verifies: z.literal('office'),
  /** Whether a task verified as completed owes no report that falls due afterwards, or owes it still. */
  completed: z.enum(['release', 'owe']),
  /** From how many days before the due instant on a thing is shown as about to be due. */
  lights: z.strictObject({ dueWithinDays: z.int().min(0).max(60) }).optional(),
});
export type PolicyRules = ValueOf<typeof policyRules>;

export const policy = policyRules.extend({ version: z.int().min(1) });
export type Policy = ValueOf<typeof policy>;

/** How is judged what a policy does not settle: as every policy did before it had these members. */
export const UNSAID = {
  calendar: null,
  lateExtensions: 'excuse',
  behind: 'declared',
  verifies: 'office',
} as const satisfies Partial<PolicyRules>;

/** Where a policy says nothing of it. */
export const LIGHTS_UNSAID = { dueWithinDays: 3 } as const;

/** A policy of the second version: its duties in the short form, and completed tasks went on owing. */
const toDuties = ({ monthEnd: _, ...adopted }: ShortDuties & { readonly monthEnd: unknown }): object => ({
  ...inLongForm(adopted),
  completed: 'owe',
});

export const policyActs = { AdoptPolicy: z.strictObject({ directive: id, rules: policyRules }) } as const;

export const PolicyAdopted = defineEvent('PolicyAdopted', 3, policy.extend({ directive: id }), {
  1: (adopted: object) => ({ ...adopted, ...UNSAID }),
  2: toDuties,
});

export const policyEvents = [PolicyAdopted] as const;
export type PolicyEvent = EventOf<(typeof policyEvents)[number]>;
