import { asEsdb } from '../../store/eventstoredb/connection.ts';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { hasCode } from '../../kernel/error-code.ts';
import { ID_PATTERN } from '../../kernel/ids.ts';
import { commandLanguage } from '../command-language.ts';
import type { Config } from '../config.ts';
import type { LedgerSettings } from '../../ledger/service.ts';
import { say, type Message, type Text } from '../../messages/message.ts';
import { Told, toldBy } from '../../messages/told.ts';
import { inWords } from '../../messages/words.ts';
import type { Language } from '../../messages/language.ts';

/** What the commands have in common. Messages go to stderr, results to stdout. */

/** Resolves to the exit code where it is neither success nor thrown. */
export type Command = (args: readonly string[], config: Config) => Promise<number | void>;

/** The command line does not say what is wanted: exit code 2. */
export class UsageError extends Told {}

/** What was wanted could not be done, for a reason that needs no stack: exit code 1. */
export class Failed extends Told {}

/** What `parseArgs` found wrong. It says so in English, with the option in quotes. */
const misuse = (error: unknown): Text => {
  const [, option] = error instanceof Error ? (/'(-[^' ]*)/u.exec(error.message) ?? []) : [];
  const code = hasCode(error, 'ERR_PARSE_ARGS_UNKNOWN_OPTION') ? 'cli.no-such-option' : 'cli.option-value';
  return option === undefined ? toldBy(error) : say(code, { option });
};

/** Options and operands; `operands` names each. */
export const options = <Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  config: Options,
  operands: readonly Message[] = [],
) => {
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
    } catch (error) {
      throw new UsageError(misuse(error));
    }
  })();
  const [missing] = operands.slice(parsed.positionals.length);
  if (missing !== undefined) throw new UsageError(say('cli.is-expected', { missing }));
  const [surplus] = parsed.positionals.slice(operands.length);
  if (surplus !== undefined) throw new UsageError(say('cli.is-not-expected', { surplus }));
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
  if (value === undefined || value === '') throw new UsageError(say('cli.is-required', { name }));
  return value;
};

/** The id of a task, where the option is given. */
export const taskOption = (value: string | undefined): string | undefined => {
  if (value !== undefined && !ID_PATTERN.test(value)) throw new UsageError(say('cli.takes-a-task'));
  return value;
};

/** The connection string of a cluster (`whose`), which an option must give. */
export const connectionString = (value: string | undefined, name: string, whose: Text): string => {
  const url = needed(value, name);
  if (!/^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\//u.test(url))
    throw new UsageError(say('cli.takes-a-connection-string', { name, whose }));
  return asEsdb(url);
};

/** Of whoever called the command. What programs read of it is the same in every language: JSON, codes, exit codes. */
export const language: Language = commandLanguage(process.env);

export const tell = (text: Text): void => {
  process.stderr.write(`${inWords(text, language)}\n`);
};

export const print = (text: Text): void => {
  process.stdout.write(`${inWords(text, language)}\n`);
};

/** What the settings say about the ledger; a command does not wait for a time-stamping authority. */
export const ledgerSettings = ({ ledgerOrigin, ledgerKey, ledgerPolicy, ledgerRemembered }: Config): LedgerSettings => ({
  origin: ledgerOrigin,
  key: ledgerKey,
  policy: ledgerPolicy,
  pinned: ledgerRemembered,
});
