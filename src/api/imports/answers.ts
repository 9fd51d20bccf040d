import { z } from 'zod';
import { instant, type ValueOf } from '../../kernel/schema.ts';
import { assigneeRole, duty } from '../../domain/directives/duty.ts';
import { prose } from '../../domain/directives/events.ts';
import { profileSchema } from '../../domain/directives/profile.ts';
import { LINE_USES } from '../../domain/imports/events.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { wording } from '../../messages/standing.ts';

/** The shapes in which a draft is shown (docs/http.md, "Imports"). */

const itemFields = {
  key: z.string().meta({ description: wording('api.imports.what-corrections-name-by') }),
  number: z.string(),
  text: z.string(),
  kind: taskKind,
  section: z.string().nullable(),
  assignees: z.array(
    z.strictObject({
      role: assigneeRole,
      name: z.string(),
      kind: z.enum(['unit', 'collective']),
      printed: z
        .string()
        .optional()
        .meta({ description: wording('api.imports.as-printed-where-name-was-completed') }),
    }),
  ),
  openList: z.boolean().meta({ description: wording('api.imports.list-parties-ends-in') }),
  leaders: z.array(z.strictObject({ name: z.string().nullable(), title: z.string().nullable() })),
  deadline: z.strictObject({ printed: z.string(), date: z.string().nullable(), kind: z.string(), precision: z.string() }).nullable(),
  milestones: z.array(z.strictObject({ printed: z.string(), date: z.string().nullable() })),
  measurements: z.array(
    z.strictObject({ metric: z.string(), comparator: z.string(), target: z.string().nullable(), unit: z.string().nullable() }),
  ),
  extra: z.record(z.string(), z.string()).meta({ description: wording('api.imports.what-else-row-or-block-says') }),
  address: z.string(),
  correctedBy: z.string().nullable(),
};

type Item = ValueOf<z.ZodObject<typeof itemFields>> & { readonly children: readonly Item[] };
const item: z.ZodType<Item> = z
  .strictObject({
    ...itemFields,
    get children() {
      return z.array(item);
    },
  })
  .meta({ id: 'ImportItem' });

const finding = z
  .strictObject({
    n: z.int(),
    kind: z.string(),
    address: z.string(),
    detail: z.string(),
    blocks: z.boolean().meta({ description: wording('api.imports.nothing-committed-while-open') }),
    decision: z.strictObject({ decision: z.string(), reason: z.string(), by: z.string(), at: instant }).nullable(),
    todo: z.string().meta({ description: wording('api.imports.what-person-does-about-one-this') }),
    raisedBy: z
      .string()
      .optional()
      .meta({ description: wording('api.imports.person-who-raised-left-out-where') }),
  })
  .meta({ id: 'ImportFinding' });

export const importLine = z
  .strictObject({ address: z.string(), text: z.string(), use: z.enum(LINE_USES), item: z.string().optional() })
  .meta({ id: 'ImportLine' });

export const source = z.strictObject({
  sha256: z.string(),
  name: z.string().nullable(),
  mediaType: z.string(),
  encoding: z.string().nullable(),
});

const importState = z.enum(['draft', 'committed']);

export const profileVersion = z
  .strictObject({
    issuer: z.string(),
    version: z.int(),
    import: z.string().meta({ description: wording('api.imports.import-whose-commit-confirmed-what-profile') }),
    by: z.string(),
    at: instant,
    profile: profileSchema,
  })
  .meta({ id: 'ProfileVersion' });

const lineFields = {
  line: z.string().meta({ description: wording('api.imports.what-patch-names-by') }),
  asks: z
    .string()
    .nullable()
    .meta({ description: wording('api.imports.why-person-must-say-whether-taken') }),
  decision: z.enum(['take', 'leave']).nullable(),
};
const fieldName = z.string().meta({ description: wording('api.imports.name') });
const itemOf = z.string().meta({ description: wording('api.imports.items-key-in-draft') });

const supersedes = z
  .strictObject({
    directive: z.string(),
    revision: z.int().meta({ description: wording('api.imports.directive') }),
    base: z.int().meta({ description: wording('api.imports.position-as-which-difference-was-made') }),
  })
  .meta({ id: 'Supersedes', description: wording('api.imports.directive-in-force-which-this-another') });

const difference = z
  .strictObject({
    added: z.array(
      z.strictObject({
        ...lineFields,
        item: itemOf,
        task: z.string().meta({ description: wording('api.imports.id-that-to-have') }),
        number: z.int().nullable(),
        title: z.string(),
        text: z.string(),
        address: z.string(),
      }),
    ),
    changed: z
      .array(
        z.strictObject({
          ...lineFields,
          item: itemOf,
          task: z.string(),
          number: z.int().nullable(),
          title: z.string(),
          state: z.string().meta({ description: wording('api.imports.tasks-status') }),
          address: z.string(),
          fields: z
            .array(
              z.strictObject({
                field: fieldName,
                before: z.unknown().meta({ description: wording('api.imports.as-stands') }),
                after: z.unknown().meta({ description: wording('api.imports.as-this-edition-says') }),
                acted: z.boolean().meta({ description: wording('api.imports.act-since-last-edition-has-changed') }),
                taken: z.boolean().meta({ description: wording('api.imports.whether-taken-with-line') }),
              }),
            )
            .meta({ description: wording('api.imports.what-said-otherwise') }),
        }),
      )
      .meta({ description: wording('api.imports.items-tasks-that-stand-with-what') }),
    dropped: z.array(z.strictObject({ ...lineFields, task: z.string(), number: z.int().nullable(), title: z.string(), state: z.string() })),
    schedule: z
      .strictObject({ ...lineFields, before: z.array(duty), after: z.array(duty), withdrawn: z.array(z.string()) })
      .nullable()
      .meta({ description: wording('api.imports.null-reports-that-asks-for-those') }),
    heading: z
      .strictObject({
        ...lineFields,
        fields: z
          .array(z.strictObject({ field: fieldName, before: z.string(), after: z.string() }))
          .meta({ description: wording('api.imports.what-said-otherwise') }),
      })
      .nullable()
      .meta({ description: wording('api.imports.what-head-document-says-otherwise') }),
    unchanged: z.int().meta({ description: wording('api.imports.items-that-says-as-they-stand') }),
  })
  .meta({ id: 'ImportDifference', description: wording('api.imports.what-this-edition-says-otherwise-than') });
export type DifferenceAnswer = ValueOf<typeof difference>;

export const importAnswer = z
  .strictObject({
    id: z.string(),
    state: importState,
    source,
    reader: z.string(),
    directive: z.strictObject({
      id: z
        .string()
        .nullable()
        .meta({ description: wording('api.imports.under-which-will-stand-or-stands') }),
      number: z.string().nullable(),
      title: z.string().nullable(),
      issuer: z.string().nullable(),
      date: z.string().nullable(),
    }),
    profile: profileSchema,
    offered: profileVersion.nullable().meta({ description: wording('api.imports.last-profile-confirmed-for-this-issuer') }),
    items: z.array(item),
    dropped: z.array(z.strictObject({ key: z.string(), text: z.string(), address: z.string(), reason: z.string(), by: z.string() })),
    schedule: z.strictObject({ printed: z.string().nullable(), address: z.string().nullable(), words: z.array(z.string()) }),
    duties: z.array(duty),
    prose: z.array(prose.extend({ section: z.string(), text: z.string(), address: z.string() })),
    units: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['known', 'new', 'matched', 'alias']),
        unit: z.string().meta({ description: wording('api.imports.units-id-or-one-that-would') }),
        kind: z.string().nullable(),
      }),
    ),
    collectives: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['known', 'new']),
        collective: z.string(),
        members: z
          .array(z.string())
          .nullable()
          .meta({ description: wording('api.imports.as-recorded-on-documents-date-or') }),
      }),
    ),
    findings: z.array(finding),
    coverage: z.strictObject({
      lines: z.int(),
      accounted: z.int(),
      unread: z
        .array(z.strictObject({ address: z.string(), text: z.string() }))
        .meta({ description: wording('api.imports.first-thousand-all-them-those-lines') }),
    }),
    supersedes: supersedes.nullable().meta({ description: wording('api.imports.directive-in-force-which-another-edition') }),
    difference: difference.nullable().meta({ description: wording('api.imports.null-where-supersedes-nothing') }),
    remarks: z.array(z.strictObject({ kind: z.string(), address: z.string(), detail: z.string() })),
    progress: z
      .strictObject({
        state: z.enum(['going-on', 'stopped', 'done']).meta({ description: wording('api.imports.goes-on-by-itself') }),
        tasks: z.int().meta({ description: wording('api.imports.those-tasks-that-in-log') }),
        of: z.int().meta({ description: wording('api.imports.all-that-to-have') }),
        reason: z
          .string()
          .nullable()
          .meta({ description: wording('api.imports.why-it-stopped') }),
        next: z
          .string()
          .nullable()
          .meta({ description: wording('api.imports.call-that-goes-on-with-commit') }),
      })
      .nullable()
      .meta({ description: wording('api.imports.commit-null-before-has-begun') }),
    revision: z.int(),
  })
  .meta({ id: 'Import' });
export type ImportAnswer = ValueOf<typeof importAnswer>;

export const importSummary = z
  .strictObject({
    id: z.string(),
    state: importState,
    sha256: z.string(),
    name: z.string().nullable(),
    directive: z.string().nullable(),
    draftedAt: instant,
    by: z.string(),
    committedAt: instant.nullable(),
  })
  .meta({ id: 'ImportSummary' });
