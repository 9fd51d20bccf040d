import type { z } from 'zod';
import { id, instantSent, line } from '../kernel/schema.ts';
import type { Principal } from './principal.ts';
import { fieldProblem, Problem, type InputError } from './problem.ts';
import { say, type Message } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';

/**
 * On whose behalf a command is sent, and when that reached the office.
 *
 * A command on behalf of a unit (`unit`) is sent by that unit, or by the one into which it was merged; or the office
 * enters it from a paper, and then names the unit and the paper, and may say when the paper arrived. A command on
 * behalf of the office (`office`) may rest on a paper too. Timeliness is judged on `receivedAt`; only the office may
 * set it, and history shows such an entry as backdated.
 */
export type OnBehalfOf = 'unit' | 'office';

const timeAndBasis = {
  occurredAt: instantSent.optional().describe(wording('http.when-happened-as-sender-says-recorded')),
  receivedAt: instantSent.optional().describe(wording('http.when-paper-reached-office-where-enters')),
  basis: line(500).optional().describe(wording('http.paper-from-which-office-enters-this')),
};

/** The fields that such a command has beside its own. */
export const commonFields = {
  office: timeAndBasis,
  unit: {
    ...timeAndBasis,
    unit: id.optional().describe(wording('http.unit-whose-act-office-enters-unit')),
  },
} as const satisfies Record<OnBehalfOf, z.ZodRawShape>;

/** The common fields as a body brings them: checked by their schema, absent where not sent. */
export type CommonFields = {
  readonly occurredAt?: string | undefined;
  readonly receivedAt?: string | undefined;
  readonly basis?: string | undefined;
  readonly unit?: string | undefined;
};

/** Whether the sender, a unit, may act for another one. */
type MayActFor = (other: string) => boolean;

/** To whom a command is ascribed, and when it counts as received. */
export type Attribution = {
  /** The unit whose act it is; undefined for an act of the office. */
  readonly unit: string | undefined;
  readonly occurredAt: Temporal.Instant | undefined;
  readonly receivedAt: Temporal.Instant;
  readonly basis: string | undefined;
};

const forbidden = (pointer: string, message: Message): Problem => fieldProblem('forbidden', pointer, message);

const notLater = (text: string | undefined, now: Temporal.Instant): boolean =>
  text === undefined || Temporal.Instant.compare(Temporal.Instant.from(text), now) <= 0;

const sentByUnit = (unit: string, body: CommonFields, mayActFor: MayActFor): string | Problem => {
  if (body.unit !== undefined && body.unit !== unit && !mayActFor(body.unit))
    return forbidden('/unit', say('http.another-unit-than-that-token'));
  if (body.receivedAt !== undefined) return forbidden('/receivedAt', say('http.set-by-server-only-office-enters'));
  if (body.basis !== undefined) return forbidden('/basis', say('http.offices-where-enters-paper'));
  return body.unit ?? unit;
};

const enteredByOffice = (body: CommonFields): string | Problem => {
  const missing: InputError[] = [
    ...(body.basis === undefined ? [{ pointer: '/basis', message: say('http.required-where-office-enters-what-unit') }] : []),
    ...(body.unit === undefined ? [{ pointer: '/unit', message: say('http.required-where-office-enters-what-unit') }] : []),
  ];
  if (body.unit !== undefined && body.basis !== undefined) return body.unit;
  return new Problem(body.basis === undefined ? 'basis-missing' : 'unit-missing', say('http.paper-entry-names-unit-and-paper'), {
    errors: missing,
  });
};

const actingUnit = (onBehalfOf: OnBehalfOf, who: Principal, body: CommonFields, mayActFor: MayActFor): string | undefined | Problem => {
  if (onBehalfOf === 'unit') return who.role === 'unit' ? sentByUnit(who.unit, body, mayActFor) : enteredByOffice(body);
  if (body.receivedAt !== undefined && body.basis === undefined)
    return fieldProblem('basis-missing', '/basis', say('http.required-where-receivedat-set'));
  return undefined;
};

/** On whose behalf and when, or why that may not be. */
export const attributionOf = (
  onBehalfOf: OnBehalfOf,
  who: Principal,
  body: CommonFields,
  now: Temporal.Instant,
  mayActFor: MayActFor = () => false,
): Attribution | Problem => {
  const unit = actingUnit(onBehalfOf, who, body, mayActFor);
  if (unit instanceof Problem) return unit;
  if (!notLater(body.receivedAt, now)) return fieldProblem('received-in-future', '/receivedAt', say('http.later-than-now'));
  if (!notLater(body.occurredAt, now)) return fieldProblem('occurred-in-future', '/occurredAt', say('http.later-than-now'));
  return {
    unit,
    occurredAt: body.occurredAt === undefined ? undefined : Temporal.Instant.from(body.occurredAt),
    receivedAt: body.receivedAt === undefined ? now : Temporal.Instant.from(body.receivedAt),
    basis: body.basis,
  };
};
