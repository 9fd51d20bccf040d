import { inLongForm } from '../../domain/directives/short-form.ts';
import type { Proposal } from '../proposal.ts';
import type { Plan } from './plan.ts';

/** What a person settled about a document beforehand. */
export type Decisions = {
  readonly collectives: readonly {
    readonly id: string;
    readonly members: readonly string[];
    readonly from: string;
    readonly basis: string;
  }[];
  readonly findings: readonly { readonly kind: string; readonly subject: string; readonly decision: string; readonly reason: string }[];
};

export const NO_DECISIONS: Decisions = { collectives: [], findings: [] };

/** @throws Error  where a decision is on a finding that was not raised */
export const planOfProposal = (proposal: Proposal, decisions: Decisions): Plan => {
  const { directive, counts, units, collectives, tasks, findings, policy } = proposal;
  const source = (line: number) => ({ sha256: directive.sourceSha256, address: `line ${line}` });
  return {
    directive,
    profile: null,
    counts,
    units,
    collectives,
    members: decisions.collectives.map(({ id, ...said }) => ({ collective: id, ...said })),
    tasks: tasks.map((task) => ({ ...task, source: source(task.sourceLine) })),
    findings,
    decisions: decisions.findings.map(({ kind, subject, decision, reason }) => {
      const found = findings.find((finding) => finding.kind === kind && finding.subject === subject);
      if (found === undefined) throw new Error(`a decision on ${kind} ${subject}, but no such finding was raised`);
      return { n: found.n, decision, reason };
    }),
    prose: [],
    rules: inLongForm(policy),
  };
};
