import { z } from 'zod';
import { date } from '../../kernel/schema.ts';
import { finding, importCounts } from '../../domain/directives/events.ts';
import { assignee, measurement, taskKind } from '../../domain/tasks/events.ts';
import { command, flag, type Kit, plainText, problem, type Problem } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { keyIsReused } from '../../application/imports/apply-plan.ts';
import { askedAtOnce, planAtOnce, type ReadAtOnce } from '../../application/imports/at-once.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import { lineOf } from '../../importer/draft/lines.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { keptIn } from '../../messages/kept.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

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
      number: z.int().nullable(),
      title: z.string(),
      text: z.string(),
      sourceLine: z.int().nullable(),
      theme: z.strictObject({ number: z.int(), name: z.string() }).nullable(),
      group: z.strictObject({ number: z.string(), name: z.string() }).nullable(),
      parent: z.string().nullable(),
      assignees: z.array(assignee),
      leaders: z.array(z.string()),
      deadline: date.nullable(),
      measurements: z.array(measurement),
    }),
  ),
  findings: z.array(finding.omit({ said: true })),
});

/** What is proposed, without what is read at /policies and at the tasks once it is appended. */
const shown = ({ directive, counts, units, collectives, tasks, findings }: Plan, language: Language): ValueOf<typeof proposed> => ({
  directive,
  counts,
  units: units.map(({ id, name, kind }) => ({ id, name, kind })),
  collectives,
  tasks: tasks.map(({ leaderPosts: _, deadlineTerms: __, source: ___, ...task }) => task),
  findings: findings.map(({ said, ...found }) => ({ ...found, detail: keptIn({ detail: found.detail, said }, language) })),
});

/** The first place where a person would have to help: for that there are drafts. */
const unreadable = (read: Exclude<ReadAtOnce, { readonly ok: true }>): Problem => {
  const [first] = 'open' in read ? read.open : [];
  const line = first === undefined ? 1 : (lineOf(first.address) ?? 1);
  const expected = 'open' in read ? (first?.said ?? first?.detail ?? '') : read.unreadable;
  return problem('notice-unreadable', say('api.directives.line-was-not-understood', { line, expected }), {
    errors: [{ pointer: '', message: say('api.directives.line', { line, expected }) }],
    facts: {
      line,
      text: first?.text ?? '',
      expected,
      findings: 'open' in read ? read.open.map(({ kind, address, detail, said }) => ({ kind, address, detail: said ?? detail })) : [],
    },
  });
};

export const importRoutes = (kit: Kit, { handler, commits, imports, views }: Services): void => {
  command(kit, {
    method: 'POST',
    url: '/v1/directives/import',
    summary: wording('api.directives.read-directive-document-with-commit-true'),
    description: wording('api.directives.without-commit-answer-reading-alone-and'),
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
    manyVerdicts: true,
    more: proposed.partial(),
    run: async ({ query: { commit }, body, meta, language }) => {
      const hint = { name: null, mediaType: 'text/plain' };
      const sha256 = sha256Hex(body);
      const guessed = await imports.readings.of(body, sha256, askedAtOnce(hint, null));
      const profile = guessed.ok ? imports.profileFor(guessed.draft.directive.issuer, views.position()) : null;
      const read = planAtOnce(profile === null ? guessed : await imports.readings.of(body, sha256, askedAtOnce(hint, profile)));
      if (!read.ok) return unreadable(read);
      const { plan } = read;
      if (!commit) return { preview: shown(plan, language) };
      if (await keyIsReused(handler, plan, meta))
        return problem('idempotency-key-reused', say('api.directives.this-idempotency-key-came-with-another'));
      const applied = await commits.commitAtOnce({ bytes: body, plan }, meta);
      return {
        outcome: applied.ok ? { kind: 'accepted', ...applied.imported, state: plan } : { kind: 'refused', refusal: applied.refusal },
        subject: plan.directive.id,
        location: `/v1/directives/${plan.directive.id}`,
        more: applied.ok ? shown(plan, language) : {},
      };
    },
  });
};
