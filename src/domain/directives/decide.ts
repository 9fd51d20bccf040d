import type { z } from 'zod';
import { periodStart } from '../../kernel/calendar.ts';
import { accept, reject, unreachable, type Decide, type Decider, type Decision } from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import { unknownYearOf } from './schedule.ts';
import {
  DirectiveImported,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  PolicyAdopted,
  type DirectiveEvent,
  type finding,
  type ImportCounts,
  type Policy,
  type PolicyEvent,
  type PolicyRules,
} from './events.ts';
import { directiveFolding, policyFolding, type Directive, type Policies } from './state.ts';

type Heading = {
  readonly directive: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly date: string;
  readonly timeZone: string;
};
export type BeginImport = Heading & {
  readonly type: 'BeginImport';
  readonly sourceSha256: string;
  readonly importer: string;
  readonly counts: ImportCounts;
  readonly findings: readonly z.infer<typeof finding>[];
};
/** By hand, or the end of an import. */
export type IssueDirective = Heading & { readonly type: 'IssueDirective'; readonly completesImport: boolean };
export type DecideFinding = {
  readonly type: 'DecideFinding';
  readonly n: number;
  readonly decision: string;
  readonly reason: string | null;
};

export type DirectiveCommand = BeginImport | IssueDirective | DecideFinding;

type Rule<Command> = Decide<Directive, Command, DirectiveEvent>;

/** The same bytes again change nothing; another document under the same id is refused. */
const beginImport: Rule<BeginImport> = (directive, { type: _, findings, ...imported }) => {
  if (directive.status !== 'none')
    return directive.sourceSha256 === imported.sourceSha256
      ? accept()
      : reject(
          'source-differs',
          `${imported.directive} is known already, from ${directive.sourceSha256 === null ? 'an entry by hand' : 'another text'}`,
        );
  return accept<DirectiveEvent>(DirectiveImported(imported), ...findings.map((found) => FindingRaised(found)));
};

const issueDirective: Rule<IssueDirective> = (directive, { type: _, completesImport, ...heading }) => {
  if (directive.status === 'issued')
    return completesImport ? accept() : reject('directive-exists', `a directive ${heading.directive} exists already`, { pointer: '/id' });
  if (directive.status === 'importing' && !completesImport)
    return reject('directive-exists', `${heading.directive} is being imported`, { pointer: '/id' });
  return accept(DirectiveIssued(heading));
};

const decideFinding: Rule<DecideFinding> = (directive, { n, decision, reason }) => {
  if (directive.status === 'none') return reject('directive-unknown', 'no such directive');
  const known = directive.findings.get(n);
  if (known === undefined) return reject('finding-unknown', `it has no finding ${n}`);
  if (known.decided) return reject('already-decided', `finding ${n} is decided already`);
  return accept(FindingDecided({ n, decision, reason }));
};

const decideDirective: Rule<DirectiveCommand> = (directive, command) => {
  switch (command.type) {
    case 'BeginImport':
      return beginImport(directive, command);
    case 'IssueDirective':
      return issueDirective(directive, command);
    case 'DecideFinding':
      return decideFinding(directive, command);
    default:
      return unreachable(command);
  }
};

export const directiveDecider: Decider<Directive, DirectiveCommand, DirectiveEvent> = {
  ...directiveFolding,
  decide: decideDirective,
};

export type AdoptPolicy = {
  readonly type: 'AdoptPolicy';
  readonly directive: string;
  readonly directiveKnown: boolean;
  readonly rules: PolicyRules;
  /** An import adopts its schedule once; a person may adopt as many versions as there are reasons for. */
  readonly onlyFirst: boolean;
};

const rulesOf = ({ version: _, ...rules }: Policy): PolicyRules => rules;

/** Why a schedule cannot be kept by anyone. */
const unkeepable = (policy: Policy): Decision<never> | undefined => {
  const { monthly, annual, shift, calendar } = policy;
  if (monthly === null && annual === null)
    return reject('nothing-changed', 'a policy demands at least one of a monthly and an annual report', { pointer: '/monthly' });
  if (monthly !== null && periodStart(monthly.to).toString() < periodStart(monthly.from).toString())
    return reject('date-order', 'the last month lies before the first', { pointer: '/monthly/to' });
  if (shift === 'next-working-day' && calendar === null)
    return reject('calendar-missing', 'without a calendar of holidays no working day can be told', { pointer: '/shift' });
  const year = unknownYearOf(policy);
  return year === undefined
    ? undefined
    : reject('calendar-missing', `a due day must be looked up in ${year}, of which the calendar says nothing`, {
        pointer: '/calendar/years',
        facts: { year },
      });
};

const adoptPolicy: Decide<Policies, AdoptPolicy, PolicyEvent> = (policies, { directive, directiveKnown, rules, onlyFirst }) => {
  if (!directiveKnown) return reject('directive-unknown', `no directive ${directive} is known`);
  const inForce = policies.at(-1);
  if (inForce !== undefined && onlyFirst) return accept();
  const policy = { version: policies.length + 1, ...rules };
  const refused = unkeepable(policy);
  if (refused !== undefined) return refused;
  if (inForce !== undefined && rules.effectiveFrom < inForce.effectiveFrom)
    return reject('date-order', `version ${inForce.version} holds from ${inForce.effectiveFrom}; a later version cannot hold from before`, {
      pointer: '/effectiveFrom',
    });
  if (inForce !== undefined && sameJson(rulesOf(inForce), rules)) return accept();
  return accept(PolicyAdopted({ directive, ...policy }));
};

export const policyDecider: Decider<Policies, AdoptPolicy, PolicyEvent> = {
  ...policyFolding,
  decide: adoptPolicy,
};
