import { z } from 'zod';
import type { ValueOf } from '../../kernel/schema.ts';

/** How one office writes its documents: data that a person confirms once and that its next document is read with. */

const words = z.array(z.string().min(1).max(60)).max(100);

export const profileSchema = z.strictObject({
  version: z.literal(1),
  /** For people: 河州市人民政府办公室. */
  name: z.string().max(120),
  /** What begins an item: the numbering's style, such as `1.`, `(1)`, `一、`, `1、`, `第1项`; null: guessed. */
  itemMarker: z.string().max(20).nullable(),
  /** Labels of parties, by role, beyond the common ones. */
  labels: z.strictObject({ lead: words, cooperating: words, responsible: words }),
  /** The role of a party without a label, and whether the first one listed leads. */
  firstListedLeads: z.boolean().nullable(),
  bareRole: z.enum(['lead', 'responsible']).nullable(),
  /** Parties that every item has beside its own. */
  defaultParties: z
    .array(z.strictObject({ role: z.enum(['lead', 'cooperating', 'responsible']), name: z.string().min(1).max(200), except: words }))
    .max(20),
  /** What names are short of: 市, 区, 省. */
  namePrefix: z.string().max(10).nullable(),
  collectives: words,
  /** Names that end as no body does, and are units all the same. */
  units: words,
  /** Heading of a column to what stands in it. */
  columns: z
    .record(
      z.string().max(60),
      z.enum([
        'number',
        'section',
        'text',
        'lead',
        'cooperating',
        'responsible',
        'leader',
        'deadline',
        'milestone',
        'assigned-on',
        'frequency',
        'extra',
      ]),
    )
    .nullable(),
  /** Columns whose empty cells repeat the one above. */
  fillDown: words,
  /** False: days in the sentences of items are no deadlines of theirs, as where a schedule sets them. */
  deadlinesInText: z.boolean().optional(),
  /** The year of days that are printed without one. */
  year: z.int().min(1949).max(2199).nullable(),
});
export type Profile = ValueOf<typeof profileSchema>;

/** Nothing is known of the office. */
export const EMPTY_PROFILE: Profile = {
  version: 1,
  name: '',
  itemMarker: null,
  labels: { lead: [], cooperating: [], responsible: [] },
  firstListedLeads: null,
  bareRole: null,
  defaultParties: [],
  namePrefix: null,
  collectives: [],
  units: [],
  columns: null,
  fillDown: [],
  year: null,
};

/** What a later profile leaves open, being null or a list of no names, says nothing against what is known of the issuer. */
const over = (known: Profile, later: Profile): Profile => ({
  ...later,
  itemMarker: later.itemMarker ?? known.itemMarker,
  firstListedLeads: later.firstListedLeads ?? known.firstListedLeads,
  bareRole: later.bareRole ?? known.bareRole,
  namePrefix: later.namePrefix ?? known.namePrefix,
  collectives: later.collectives.length > 0 ? later.collectives : known.collectives,
  units: later.units.length > 0 ? later.units : known.units,
  columns: later.columns ?? known.columns,
  year: later.year ?? known.year,
});

/** What is known of an issuer by its profiles, the earliest first; null where there is none. */
export const inForce = (profiles: readonly Profile[]): Profile | null =>
  profiles.reduce<Profile | null>((known, later) => (known === null ? later : over(known, later)), null);
