import type { z } from 'zod';
import { ownValue } from '../kernel/own-value.ts';
import { KeyReused } from '../application/handler.ts';
import type { Held } from '../store/erasable.ts';
import type { Kit } from './kit.ts';
import { Problem } from './problem.ts';
import type { CommandResult } from './command-spec.ts';

/** A value of a command that must never come into the log, from its being taken out to its being kept or dropped. */

/**
 * Takes the value of a field from a body, and leaves the commitment: the log keeps a digest of what was said, from which
 * nothing may be guessed.
 */
export const heldFrom = (
  kit: Kit,
  body: Readonly<Record<string, unknown>>,
  field: string | undefined,
  request: string | undefined,
): { readonly held: Held | undefined; readonly said: Readonly<Record<string, unknown>> } => {
  const value = field === undefined ? undefined : ownValue(body, field);
  if (field === undefined || value === undefined) return { held: undefined, said: body };
  const held = kit.hold(value, request);
  return { held, said: { ...body, [field]: { commitment: held.commitment } } };
};

/** What becomes of a value that was held for a command. What throws may have been recorded all the same: then it stays. */
export const settled = async <Result extends CommandResult<z.ZodObject>>(
  held: Held | undefined,
  work: () => Promise<Result>,
): Promise<Result> => {
  if (held === undefined) return work();
  const result = await work().catch((error: unknown) => {
    if (error instanceof Problem || error instanceof KeyReused) held.drop();
    throw error;
  });
  if ('outcome' in result && result.outcome.kind === 'accepted' && result.outcome.events.length > 0) held.keep();
  else held.drop();
  return result;
};
