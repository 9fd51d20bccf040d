import { periodStart } from '../../kernel/calendar.ts';
import { accept, decideBy, reject, type CommandsOf, type Decide, type Decider, type Decision, type OfType } from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import { unknownYearOf } from './schedule.ts';
import {
  DirectiveImported,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  PolicyAdopted,
  type directiveActs,
  type DirectiveEvent,
  type Policy,
  type policyActs,
  type PolicyEvent,
  type PolicyRules,
} from './events.ts';
import { directiveFolding, policyFolding, type Directive, type Policies } from './state.ts';

export type DirectiveCommand = CommandsOf<
  typeof directiveActs,
  {
    /** By hand, or the end of an import. */
    readonly IssueDirective: { readonly completesImport: boolean };
  }
>;

export type BeginImport = OfType<DirectiveCommand, 'BeginImport'>;

type Rule<Type extends DirectiveCommand['type']> = Decide<Directive, OfType<DirectiveCommand, Type>, DirectiveEvent>;

/** The same bytes again change nothing; another document under the same id is refused. */
const beginImport: Rule<'BeginImport'> = (directive, { type: _, findings, ...imported }) => {
  if (directive.status !== 'none')
    return directive.sourceSha256 === imported.sourceSha256
      ? accept()
      : reject(
          'source-differs',
          `${imported.directive} is known already, from ${directive.sourceSha256 === null ? 'an entry by hand' : 'another text'}`,
        );
  return accept<DirectiveEvent>(DirectiveImported(imported), ...findings.map((found) => FindingRaised(found)));
};

const issueDirective: Rule<'IssueDirective'> = (directive, { type: _, completesImport, ...heading }) => {
  if (directive.status === 'issued')
    return completesImport ? accept() : reject('directive-exists', `a directive ${heading.directive} exists already`, { pointer: '/id' });
  if (directive.status === 'importing' && !completesImport)
    return reject('directive-exists', `${heading.directive} is being imported`, { pointer: '/id' });
  return accept(DirectiveIssued(heading));
};

const decideFinding: Rule<'DecideFinding'> = (directive, { n, decision, reason }) => {
  if (directive.status === 'none') return reject('directive-unknown', 'no such directive');
  const known = directive.findings.get(n);
  if (known === undefined) return reject('finding-unknown', `it has no finding ${n}`);
  if (known.decided) return reject('already-decided', `finding ${n} is decided already`);
  return accept(FindingDecided({ n, decision, reason }));
};

export const directiveDecider: Decider<Directive, DirectiveCommand, DirectiveEvent> = {
  ...directiveFolding,
  decide: decideBy<Directive, DirectiveCommand, DirectiveEvent>({
    BeginImport: beginImport,
    IssueDirective: issueDirective,
    DecideFinding: decideFinding,
  }),
};

export type AdoptPolicy = CommandsOf<
  typeof policyActs,
  {
    readonly AdoptPolicy: {
      readonly directiveKnown: boolean;
      /** An import adopts its schedule once; a person may adopt as many versions as there are reasons for. */
      readonly onlyFirst: boolean;
    };
  }
>;

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
