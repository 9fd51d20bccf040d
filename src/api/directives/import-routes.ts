import { z } from 'zod';
import { date } from '../../kernel/schema.ts';
import { finding, importCounts } from '../../domain/directives/events.ts';
import { assignee, measurement, taskKind } from '../../domain/tasks/events.ts';
import { command, flag, type Kit, plainText, problem } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { applyPlan, keyIsReused } from '../../application/imports/apply-plan.ts';
import { READER } from '../../importer/reader.ts';
import type { Proposal } from '../../importer/proposal.ts';

const IMPORT_LIMIT = 4 * 1024 * 1024;

const proposed = z.strictObject({
  directive: z.strictObject({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    issuer: z.string(),
    date,
    timeZone: z.string(),
    sourceSha256: z.string(),
  }),
  counts: importCounts,
  units: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: z.string().nullable() })),
  collectives: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  tasks: z.array(
    z.strictObject({
      id: z.string(),
      kind: taskKind,
      number: z.int(),
      title: z.string(),
      text: z.string(),
      sourceLine: z.int(),
      theme: z.strictObject({ number: z.int(), name: z.string() }).nullable(),
      group: z.strictObject({ number: z.string(), name: z.string() }).nullable(),
      parent: z.string().nullable(),
      assignees: z.array(assignee),
      leaders: z.array(z.string()),
      deadline: date.nullable(),
      measurements: z.array(measurement),
    }),
  ),
  findings: z.array(finding),
});

/** The proposal without the policy that it carries: that is read at /policies once it is adopted. */
const shown = ({ policy: _, ...proposal }: Proposal) => proposal;

export const importRoutes = (kit: Kit, { handler }: Services): void => {
  command(kit, {
    method: 'POST',
    url: '/v1/directives/import',
    summary: 'Read a directive document; with commit=true append what it assigns',
    description: 'Without commit the answer is the reading alone and nothing is appended. The same bytes twice change nothing.',
    tags: ['Directives'],
    refuses: [
      'notice-unreadable',
      'source-differs',
      'task-exists',
      'unit-exists',
      'collective-exists',
      'name-taken',
      'directive-exists',
      'party-unknown',
      'duplicate-party',
    ],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    query: z.strictObject({ commit: flag.default(false) }),
    body: plainText,
    bodyLimit: IMPORT_LIMIT,
    preview: proposed,
    more: proposed.partial(),
    run: async ({ query: { commit }, body, meta }) => {
      // Loaded when it is needed: its dictionary of readings costs the start more than any other module.
      const { readDirective } = await import('../../importer/read-directive.ts');
      const reading = readDirective(body);
      if (!reading.ok) {
        const { line, text, expected } = reading.problem;
        return problem('notice-unreadable', `line ${line} was not understood: ${expected}`, {
          errors: [{ pointer: '', message: `line ${line}: ${expected}` }],
          facts: { line, text, expected },
        });
      }
      const { proposal } = reading;
      if (!commit) return { preview: shown(proposal) };
      const { NO_DECISIONS, planOfProposal } = await import('../../importer/draft/from-proposal.ts');
      const plan = planOfProposal(proposal, NO_DECISIONS);
      if (await keyIsReused(handler, plan, meta))
        return problem('idempotency-key-reused', 'this Idempotency-Key came with another request before');
      const applied = await applyPlan(handler, plan, meta, { importer: READER });
      return {
        outcome: applied.ok ? { kind: 'accepted', ...applied.imported, state: proposal } : { kind: 'refused', refusal: applied.refusal },
        subject: proposal.directive.id,
        location: `/v1/directives/${proposal.directive.id}`,
        more: applied.ok ? shown(proposal) : {},
      };
    },
  });
};
