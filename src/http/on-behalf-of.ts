import type { z } from 'zod';
import { id, instantSent, line } from '../kernel/schema.ts';
import type { Principal } from './principal.ts';
import { fieldProblem, Problem, type InputError } from './problem.ts';

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
  occurredAt: instantSent.optional().describe('When it happened, as the sender says. Recorded, never judged on.'),
  receivedAt: instantSent.optional().describe('When the paper reached the office, where it enters one. Needs `basis`.'),
  basis: line(500).optional().describe('The paper from which the office enters this.'),
};

/** The fields that such a command has beside its own. */
export const commonFields = {
  office: timeAndBasis,
  unit: {
    ...timeAndBasis,
    unit: id
      .optional()
      .describe('The unit whose act the office enters. A unit need not name itself; it may name one that was merged into it.'),
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

const forbidden = (pointer: string, message: string): Problem => fieldProblem('forbidden', pointer, message);

const notLater = (text: string | undefined, now: Temporal.Instant): boolean =>
  text === undefined || Temporal.Instant.compare(Temporal.Instant.from(text), now) <= 0;

const sentByUnit = (unit: string, body: CommonFields, mayActFor: MayActFor): string | Problem => {
  if (body.unit !== undefined && body.unit !== unit && !mayActFor(body.unit))
    return forbidden('/unit', 'is another unit than that of the token');
  if (body.receivedAt !== undefined) return forbidden('/receivedAt', 'is set by the server; only the office enters papers');
  if (body.basis !== undefined) return forbidden('/basis', "is the office's, where it enters a paper");
  return body.unit ?? unit;
};

const enteredByOffice = (body: CommonFields): string | Problem => {
  const missing: InputError[] = [
    ...(body.basis === undefined ? [{ pointer: '/basis', message: 'is required where the office enters what a unit says' }] : []),
    ...(body.unit === undefined ? [{ pointer: '/unit', message: 'is required where the office enters what a unit says' }] : []),
  ];
  if (body.unit !== undefined && body.basis !== undefined) return body.unit;
  return new Problem(body.basis === undefined ? 'basis-missing' : 'unit-missing', 'a paper entry names the unit and the paper', {
    errors: missing,
  });
};

const actingUnit = (onBehalfOf: OnBehalfOf, who: Principal, body: CommonFields, mayActFor: MayActFor): string | undefined | Problem => {
  if (onBehalfOf === 'unit') return who.role === 'unit' ? sentByUnit(who.unit, body, mayActFor) : enteredByOffice(body);
  if (body.receivedAt !== undefined && body.basis === undefined)
    return fieldProblem('basis-missing', '/basis', 'is required where receivedAt is set');
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
  if (!notLater(body.receivedAt, now)) return fieldProblem('received-in-future', '/receivedAt', 'is later than now');
  if (!notLater(body.occurredAt, now)) return fieldProblem('occurred-in-future', '/occurredAt', 'is later than now');
  return {
    unit,
    occurredAt: body.occurredAt === undefined ? undefined : Temporal.Instant.from(body.occurredAt),
    receivedAt: body.receivedAt === undefined ? now : Temporal.Instant.from(body.receivedAt),
    basis: body.basis,
  };
};
