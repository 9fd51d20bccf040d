import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { authority, date, id, line, reason, timeZone, type ValueOf } from '../../kernel/schema.ts';
import { findingKind } from '../directives/events.ts';
import { assigneeRole, duty } from '../directives/duty.ts';
import { taskKind } from '../tasks/events.ts';
import { profileSchema } from '../directives/profile.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Stream `import-<id>`: a document as it came, what people corrected in the reading of it, and what it became. The
 * reading itself is no event: it follows from the bytes, the profile and the corrections.
 */

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, wording('imports.must-be-64-lower-case-hex'));
const address = line(200);
/** An item's key in the reading: its kind and number, `task-12`. */
const itemKey = line(80);
const duties = z.array(duty).max(50);

/** What was sent, by its digest; the bytes stand among the attachments. */
const drafted = z.strictObject({
  sha256,
  size: z.int().min(0),
  /** What the sender called the file. */
  name: line(255).nullable(),
  /** By content. */
  mediaType: line(120),
  encoding: line(40).nullable(),
  /** Name and version of the reader. */
  reader: line(60),
  /** null: guessed from the document. */
  profile: profileSchema.nullable(),
});

export const LINE_USES = [
  'heading',
  'item',
  'item-part',
  'parties',
  'leader',
  'deadline',
  'quantity',
  'schedule',
  'prose',
  'head',
  'noise',
  'unread',
] as const;

const milestone = z.strictObject({ printed: line(200), date: date.nullable() });
const comparator = z.enum(['gte', 'gt', 'lte', 'lt', 'eq', 'approx', 'qualitative', 'range']);

/** An item's fields as a person says them. */
export const itemFields = z.strictObject({
  number: line(40),
  text: line(8000),
  kind: taskKind,
  section: line(400).nullable(),
  assignees: z.array(z.strictObject({ role: assigneeRole, name: line(120), kind: z.enum(['unit', 'collective']) })).max(200),
  leaders: z.array(z.strictObject({ name: line(60).nullable(), title: line(60).nullable() })).max(20),
  deadline: z
    .strictObject({
      printed: line(300),
      date: date.nullable(),
      kind: z.enum(['date', 'period', 'standing', 'continuous', 'immediate', 'recurring']).optional(),
      precision: z.enum(['day', 'ten-days', 'month', 'quarter', 'half-year', 'year']).optional(),
    })
    .nullable(),
  milestones: z.array(milestone).max(100),
  measurements: z.array(z.strictObject({ metric: line(200), comparator, target: line(60).nullable(), unit: line(40).nullable() })).max(50),
});

/** What becomes of one name: a unit of the roster, another name of it, or a unit to be registered. */
const unitDecision = z.union([
  z.strictObject({ name: line(120), register: z.strictObject({ id: id.optional(), kind: line(60).nullable().optional() }) }),
  z.strictObject({ name: line(120), match: id }),
  z.strictObject({ name: line(120), alias: id }),
]);

const corrected = {
  /** The document is read again with it. */
  profile: profileSchema.optional(),
  /** What its head says, and under which id the directive is to stand. */
  directive: z
    .strictObject({ id, number: line(120), title: line(300), issuer: line(120), date, timeZone })
    .partial()
    .optional(),
  /** What a line or cell is, and the item it belongs to. */
  segments: z
    .array(z.strictObject({ address, use: z.enum(LINE_USES), item: itemKey.optional() }))
    .max(500)
    .optional(),
  items: z
    .array(
      z.union([
        z.strictObject({ item: itemKey, set: itemFields.partial() }),
        z.strictObject({ item: itemKey, drop: reason }),
        z.strictObject({
          add: itemFields.partial().required({ number: true, text: true, assignees: true }),
          address: address.optional(),
        }),
      ]),
    )
    .max(500)
    .optional(),
  units: z.array(unitDecision).max(500).optional(),
  /** Who a collective stands for: units by id or by name. */
  collectives: z
    .array(z.strictObject({ name: line(120), members: z.array(line(120)).min(1).max(500), from: date.optional(), basis: line(500) }))
    .max(100)
    .optional(),
  /** In place of the schedule as it was read. */
  duties: duties.optional(),
  /** Of another edition: which lines of its difference are taken, and where `fields` are named, only these of a line. */
  difference: z
    .array(
      z.strictObject({
        line: line(160),
        take: z.boolean().meta({ description: wording('imports.whether-taken') }),
        fields: z
          .array(line(40))
          .min(1)
          .max(20)
          .optional()
          .meta({ description: wording('imports.only-these-all-where-left-out') }),
      }),
    )
    .max(1000)
    .optional()
    .meta({ description: wording('imports.which-lines-difference-taken') }),
};

/** Another edition of a document that is in force: what is taken of it, on whose authority, from which day on. */
const reissued = z.strictObject({
  reason,
  authority,
  effectiveFrom: date,
  /** The position as of which the difference was shown. */
  base: z.int().min(0),
});
export type Reissued = ValueOf<typeof reissued>;

const settled = z.strictObject({ decision: line(2000), reason });

/** What a person sees in the document that its reader did not. */
const raised = z.strictObject({
  kind: findingKind,
  address,
  detail: line(4000),
  blocks: z.boolean().meta({ description: wording('imports.nothing-committed-while-open-so-unless') }),
});
const raisedSent = z.strictObject({
  add: raised.partial({ kind: true, address: true, blocks: true }).extend({
    /** In place of an address: the item that it is about. */
    item: itemKey.optional(),
  }),
});

export const importActs = {
  DraftImport: drafted,
  CorrectImport: z.strictObject({
    ...corrected,
    /** A finding is known by what it says, wherever another reading counts it. */
    findings: z
      .array(settled.extend({ kind: line(60), address, detail: line(4000) }))
      .max(500)
      .optional(),
    raised: z.array(raised).max(500).optional(),
  }),
  /** From here on nothing is corrected any more: what it says is being appended. */
  BeginCommit: z.strictObject({ directive: id, reissue: reissued.optional() }),
  FinishCommit: z.strictObject({
    directive: id,
    issuer: line(120),
    /** With which it was read. */
    profile: profileSchema,
    counts: z.strictObject({ tasks: z.int(), units: z.int(), findings: z.int(), setAside: z.int() }),
    /** Where it is a corrected issue of a document that was imported before: on whose authority it was taken, and what changed. */
    reissue: z.strictObject({ reason, authority: line(500), added: z.int(), changed: z.int(), dropped: z.int() }).nullable(),
  }),
} as const;

/** A sheet has no more columns whose headings a person would name. */
const MOST_COLUMNS = 500;
const { columns } = profileSchema.shape;
const profileSent = profileSchema.extend({
  columns: columns
    .unwrap()
    .refine((named) => Object.keys(named).length <= MOST_COLUMNS, wording('imports.names-at-most-columns', { mostColumns: MOST_COLUMNS }))
    .meta({ maxProperties: MOST_COLUMNS })
    .nullable(),
});

/** What a person sends: findings by their number in the reading, or new ones. */
export const correctionSent = z.strictObject({
  ...corrected,
  /** What is left out stays as people have said it, and guessed where nobody has. */
  profile: profileSent.partial().optional(),
  findings: z
    .array(z.union([settled.extend({ n: z.int().min(1) }), raisedSent]))
    .max(500)
    .optional(),
});
export type CorrectionSent = ValueOf<typeof correctionSent>;
/** With its profile whole. */
export type Correcting = Omit<CorrectionSent, 'profile'> & Pick<Correction, 'profile'>;

export type Drafted = ValueOf<typeof drafted>;
export type Correction = ValueOf<(typeof importActs)['CorrectImport']>;
export type ItemFields = ValueOf<typeof itemFields>;

export const ImportDrafted = defineEvent('ImportDrafted', 1, importActs.DraftImport);
export const ImportCorrected = defineEvent('ImportCorrected', 1, importActs.CorrectImport);
export const ImportCommitBegun = defineEvent('ImportCommitBegun', 1, importActs.BeginCommit);
export const ImportCommitted = defineEvent('ImportCommitted', 1, importActs.FinishCommit);

export const importEvents = [ImportDrafted, ImportCorrected, ImportCommitBegun, ImportCommitted] as const;
export type ImportEvent = EventOf<(typeof importEvents)[number]>;
