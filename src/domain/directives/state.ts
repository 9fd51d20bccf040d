import { unreachable } from '../../kernel/decider.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { DirectiveEvent, PolicyEvent } from './events.ts';
import type { AdoptedPolicy } from './schedule.ts';

export type Directive = {
  readonly status: 'none' | 'importing' | 'issued';
  readonly date: string | null;
  readonly timeZone: string | null;
  readonly sourceSha256: string | null;
  /** Findings by number, and whether each is decided. */
  readonly findings: ReadonlyMap<number, { readonly decided: boolean }>;
};

export const noDirective: Directive = { status: 'none', date: null, timeZone: null, sourceSha256: null, findings: new Map() };

export const evolveDirective = (directive: Directive, event: DirectiveEvent): Directive => {
  switch (event.type) {
    case 'DirectiveImported':
      return {
        ...directive,
        status: 'importing',
        date: event.data.date,
        timeZone: event.data.timeZone,
        sourceSha256: event.data.sourceSha256,
      };
    case 'FindingRaised':
    case 'FindingRaisedByHand':
      return { ...directive, findings: new Map([...directive.findings, [event.data.n, { decided: false }]]) };
    case 'FindingDecided':
      return { ...directive, findings: new Map([...directive.findings, [event.data.n, { decided: true }]]) };
    case 'DirectiveIssued':
      return { ...directive, status: 'issued', date: event.data.date, timeZone: event.data.timeZone };
    case 'DirectiveAmended':
      return { ...directive, date: event.data.date, timeZone: event.data.timeZone, sourceSha256: event.data.sourceSha256 };
    default:
      return unreachable(event);
  }
};

/** The adopted versions, in order; the version of an entry is its index + 1. */
export type Policies = readonly AdoptedPolicy[];

export const adoptedPolicy = ({ data: { directive: _, ...policy } }: PolicyEvent, receivedAt: number): AdoptedPolicy => ({
  ...policy,
  receivedAt,
});

export const evolvePolicies = (policies: Policies, event: PolicyEvent, receivedAt: number): Policies => [
  ...policies,
  adoptedPolicy(event, receivedAt),
];

export const directiveStream = streamsNamed('directive-');

export const directiveFolding = { initial: noDirective, evolve: evolveDirective };

export const policyStream = streamsNamed<readonly [directive: string]>('policy-');

export const policyFolding = { initial: [] as Policies, evolve: evolvePolicies };
