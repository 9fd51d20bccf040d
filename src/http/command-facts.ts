import type { z } from 'zod';
import type { Kit } from './kit.ts';
import { Problem } from './problem.ts';
import type { CommandResult } from './command-spec.ts';

/** Upon what a command is judged: what this replica knows, or what the log itself says. */

/** What another replica may have changed: not what is wrong with the service. */
const mayRestOnOldFacts = (result: CommandResult<z.ZodObject>): boolean =>
  result instanceof Problem ? result.status < 500 : 'outcome' in result && result.outcome.kind !== 'accepted';

/** Runs a command on what this replica knows; and once more on what the log itself says, before anything is refused. */
export const onTheFacts = async <Result extends CommandResult<z.ZodObject>>(
  { certainly }: Pick<Kit, 'certainly'>,
  manyVerdicts: boolean,
  run: () => Promise<Result>,
): Promise<Result | Problem> => {
  if (certainly === undefined) return run();
  if (manyVerdicts) return certainly(run);
  const result = await run().catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  return mayRestOnOldFacts(result) ? certainly(run) : result;
};
