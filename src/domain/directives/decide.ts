import { accept, decideBy, reject, type CommandsOf, type Decide, type Decider, type Decision, type OfType } from '../../kernel/decider.ts';
import { sameJson } from '../../kernel/json.ts';
import { periodsIn, yearAfter } from '../../kernel/periods.ts';
import { LAST_YEAR } from '../../kernel/schema.ts';
import { unkeepable } from './due.ts';
import type { Duty } from './duty.ts';
import type { AdoptedPolicy } from './schedule.ts';
import {
  DirectiveAmended,
  DirectiveImported,
  DirectiveIssued,
  FindingDecided,
  FindingRaised,
  FindingRaisedByHand,
  PolicyAdopted,
  type directiveActs,
  type DirectiveEvent,
  type Policy,
  type policyActs,
  type PolicyEvent,
  type PolicyRules,
} from './events.ts';
import { directiveFolding, policyFolding, type Directive, type Policies } from './state.ts';
import { say } from '../../messages/message.ts';

export type DirectiveCommand = CommandsOf<
  typeof directiveActs,
  {
    /** By hand, or the end of an import. */
    readonly IssueDirective: { readonly completesImport: boolean };
    /** Whether its subject is the directive, or a task of it. */
    readonly RaiseFinding: { readonly subjectKnown: boolean };
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
          say('directives.known-already-from', {
            directive: imported.directive,
            sourceSha256: directive.sourceSha256 === null ? say('directives.entry-by-hand') : say('directives.another-text'),
          }),
        );
  return accept<DirectiveEvent>(DirectiveImported(imported), ...findings.map((found) => FindingRaised(found)));
};

const issueDirective: Rule<'IssueDirective'> = (directive, { type: _, completesImport, ...heading }) => {
  if (directive.status === 'issued')
    return completesImport
      ? accept()
      : reject('directive-exists', say('directives.directive-exists-already', { directive: heading.directive }), { pointer: '/id' });
  if (directive.status === 'importing' && !completesImport)
    return reject('directive-exists', say('directives.being-imported', { directive: heading.directive }), { pointer: '/id' });
  return accept(DirectiveIssued(heading));
};

/** Numbers go on from those of the import, so that every finding of a directive has one of its own. */
const raiseFinding: Rule<'RaiseFinding'> = (directive, { type: _, subjectKnown, ...found }) => {
  if (directive.status === 'none') return reject('directive-unknown', say('directives.no-such-directive'));
  if (!subjectKnown)
    return reject('task-unknown', say('directives.directive-has-no-task', { subject: found.subject }), { pointer: '/task' });
  return accept(FindingRaisedByHand({ n: Math.max(0, ...directive.findings.keys()) + 1, ...found }));
};

/** The same bytes again change nothing. */
const amendDirective: Rule<'AmendDirective'> = (directive, { type: _, ...amended }) => {
  if (directive.status !== 'issued')
    return reject('directive-unknown', say('directives.no-directive-in-force', { directive: amended.directive }));
  return directive.sourceSha256 === amended.sourceSha256 ? accept() : accept(DirectiveAmended(amended));
};

const decideFinding: Rule<'DecideFinding'> = (directive, { n, decision, reason }) => {
  if (directive.status === 'none') return reject('directive-unknown', say('directives.no-such-directive'));
  const known = directive.findings.get(n);
  if (known === undefined) return reject('finding-unknown', say('directives.has-no-finding', { n }));
  if (known.decided) return reject('already-decided', say('directives.finding-decided-already', { n }));
  return accept(FindingDecided({ n, decision, reason }));
};

export const directiveDecider: Decider<Directive, DirectiveCommand, DirectiveEvent> = {
  ...directiveFolding,
  decide: decideBy<Directive, DirectiveCommand, DirectiveEvent>({
    BeginImport: beginImport,
    IssueDirective: issueDirective,
    RaiseFinding: raiseFinding,
    AmendDirective: amendDirective,
    DecideFinding: decideFinding,
  }),
};

export type AdoptPolicy = CommandsOf<
  typeof policyActs,
  {
    readonly AdoptPolicy: {
      readonly directiveKnown: boolean;
      /** In which form the rules were sent, and so where a field is that is at fault. */
      readonly form: 'short' | 'long';
      /** An import adopts its schedule once; a person may adopt as many versions as there are reasons for. */
      readonly onlyFirst: boolean;
    };
  }
>;

/** The longest range of a duty: a hundred years of months. */
const MAX_PERIODS = 1200;

/** Where a duty's fields stand in what was sent. */
type Pointers = { readonly range: string; readonly last: string; readonly day: string; readonly shift: string };

const pointersOf = ({ form, rules }: AdoptPolicy, { id, due: { offset } }: Duty): Pointers => {
  if (form === 'short') {
    const [last, day] = id === 'annual' ? ['year', 'due'] : ['to', 'day'];
    return { range: `/${id}/to`, last: `/${id}/${last}`, day: `/${id}/${day}`, shift: '/shift' };
  }
  const at = `/duties/${rules.duties.findIndex((duty) => duty.id === id)}`;
  return { range: `${at}/to`, last: `${at}/${offset === 0 ? 'to' : 'due/offset'}`, day: `${at}/due`, shift: `${at}/due/shift` };
};

/** Why a duty cannot be kept by anyone. */
const dutyRefused = (command: AdoptPolicy, policy: Policy, duty: Duty): Decision<never> | undefined => {
  const { range, last, day, shift } = pointersOf(command, duty);
  const count = periodsIn(duty.from, duty.to);
  if (count === 0) return reject('date-order', say('directives.last-period-lies-before-first', { id: duty.id }), { pointer: range });
  if (count > MAX_PERIODS)
    return reject('date-order', say('directives.reaches-over-more-than-periods', { id: duty.id, maxPeriods: MAX_PERIODS }), {
      pointer: range,
    });
  if (yearAfter(duty.to, duty.due.offset) > LAST_YEAR)
    return reject('date-order', say('directives.falls-due-after-last-year', { id: duty.id, lastYear: LAST_YEAR }), { pointer: last });
  if (duty.due.shift !== 'none' && policy.calendar === null)
    return reject('calendar-missing', say('directives.without-calendar-holidays-no-working-day'), { pointer: shift });
  const fault = unkeepable(duty, policy);
  if (fault === undefined) return undefined;
  if ('unknownYear' in fault) {
    const year = fault.unknownYear;
    return reject('calendar-missing', say('directives.due-day-must-be-looked-up', { year }), {
      pointer: '/calendar/years',
      facts: { year },
    });
  }
  return reject(
    'date-order',
    say('directives.due-by-when-period-has-not', { id: duty.id, before: fault.before, day: fault.day, cutoff: duty.due.cutoff }),
    {
      pointer: day,
    },
  );
};

/** Why a policy demands nothing, or something and its opposite. */
const contentRefused = (policies: Policies, { form }: AdoptPolicy, { duties, withdrawn }: Policy): Decision<never> | undefined => {
  if (policies.length === 0 && duties.length === 0)
    return reject('nothing-changed', say('directives.first-policy-demands-at-least-one'), {
      pointer: form === 'short' ? '/monthly' : '/duties',
    });
  const odd = withdrawn.findIndex((id) => duties.some((duty) => duty.id === id) || !isKnownIn(policies, id));
  if (odd < 0) return undefined;
  return reject('nothing-changed', say('directives.duty-this-policy-or-none', { withdrawn: withdrawn[odd] }), {
    pointer: `/withdrawn/${odd}`,
  });
};

const isKnownIn = (policies: Policies, id: string): boolean => policies.some(({ duties }) => duties.some((duty) => duty.id === id));

/** What the short form leaves out is withdrawn only where there was such a duty. */
const withdrawing = <Rules extends PolicyRules>(rules: Rules, policies: Policies): Rules => ({
  ...rules,
  withdrawn: rules.withdrawn.filter((id) => isKnownIn(policies, id)),
});

const rulesOf = ({ version: _, receivedAt: __, ...rules }: AdoptedPolicy): PolicyRules => rules;

const adoptPolicy: Decide<Policies, AdoptPolicy, PolicyEvent> = (policies, command) => {
  const { directive, directiveKnown, form, onlyFirst } = command;
  if (!directiveKnown) return reject('directive-unknown', say('directives.no-directive-known', { directive }));
  const inForce = policies.at(-1);
  if (inForce !== undefined && onlyFirst) return accept();
  const rules = form === 'short' ? withdrawing(command.rules, policies) : command.rules;
  const policy = { version: policies.length + 1, ...rules };
  const refused = contentRefused(policies, command, policy) ?? firstOf(policy.duties, (duty) => dutyRefused(command, policy, duty));
  if (refused !== undefined) return refused;
  if (inForce !== undefined && rules.effectiveFrom < inForce.effectiveFrom)
    return reject(
      'date-order',
      say('directives.version-holds-from-later-version-cannot', { version: inForce.version, effectiveFrom: inForce.effectiveFrom }),
      {
        pointer: '/effectiveFrom',
      },
    );
  if (inForce !== undefined && sameJson(rulesOf(withdrawing(inForce, policies)), rules)) return accept();
  return accept(PolicyAdopted({ directive, ...policy }));
};

/** The first thing found in any of the items. */
const firstOf = <Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const policyDecider: Decider<Policies, AdoptPolicy, PolicyEvent> = {
  ...policyFolding,
  decide: adoptPolicy,
};
