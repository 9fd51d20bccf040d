import { asEsdb } from '../../store/eventstoredb/connection.ts';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { ID_PATTERN } from '../../kernel/ids.ts';
import type { Config } from '../config.ts';
import type { LedgerSettings } from '../../ledger/service.ts';
import { Told, toldBy } from '../../messages/told.ts';

/** What the commands have in common. Messages go to stderr, results to stdout. */

/** Resolves to the exit code where it is neither success nor thrown. */
export type Command = (args: readonly string[], config: Config) => Promise<number | void>;

/** The command line does not say what is wanted: exit code 2. */
export class UsageError extends Told {}

/** What was wanted could not be done, for a reason that needs no stack: exit code 1. */
export class Failed extends Told {}

/** Options and operands; `operands` names each, one that may be left out ends in `?`. */
export const options = <Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  config: Options,
  operands: readonly string[] = [],
) => {
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  })();
  const [missing] = operands.filter((name, index) => !name.endsWith('?') && parsed.positionals[index] === undefined);
  if (missing !== undefined) throw new UsageError(`${missing} is expected`);
  const [surplus] = parsed.positionals.slice(operands.length);
  if (surplus !== undefined) throw new UsageError(`${surplus} is not expected`);
  return parsed;
};

/** Does the work of a command. Errors of these classes are reasons that need no stack: they come out as `Failed`. */
export const failing = async <Result>(
  reasons: readonly (abstract new (...args: never) => Error)[],
  work: () => Result | Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && reasons.some((reason) => error instanceof reason)) throw new Failed(toldBy(error));
    throw error;
  }
};

/** The value of an option that must be given. */
export const needed = (value: string | undefined, name: string): string => {
  if (value === undefined || value === '') throw new UsageError(`${name} is required`);
  return value;
};

/** The id of a task, where the option is given. */
export const taskOption = (value: string | undefined): string | undefined => {
  if (value !== undefined && !ID_PATTERN.test(value)) throw new UsageError('--task takes the id of a task');
  return value;
};

/** The connection string of a cluster (`whose`), which an option must give. */
export const connectionString = (value: string | undefined, name: string, whose: string): string => {
  const url = needed(value, name);
  if (!/^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\//u.test(url))
    throw new UsageError(`${name} takes the connection string of ${whose}, esdb://…`);
  return asEsdb(url);
};

export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What the settings say about the ledger; a command does not wait for a time-stamping authority. */
export const ledgerSettings = ({ ledgerOrigin, ledgerKey, ledgerPolicy, ledgerRemembered }: Config): LedgerSettings => ({
  origin: ledgerOrigin,
  key: ledgerKey,
  policy: ledgerPolicy,
  pinned: ledgerRemembered,
});
