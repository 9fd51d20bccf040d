#!/usr/bin/env node
import packageFile from '../../package.json' with { type: 'json' };
import { meant } from '../kernel/nearest.ts';
import { ownValue } from '../kernel/own-value.ts';
import { CannotOpen } from './cannot-open.ts';
import { Failed, language, print, tell, UsageError, type Command } from './commands/kit.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { KeyUnusable } from '../ledger/key-file.ts';
import { plainWords } from './plain-words.ts';
import { unknownSettings } from './unknown-settings.ts';
import { commandText, usageText, type Use } from './usage.ts';
import { ClockBehind, LogDamaged } from '../store/event-store.ts';
import { CheckpointsDamaged } from '../ledger/checkpoint-store.ts';
import { DataDirInUse } from '../store/data-lock.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/** Messages go to stderr, results to stdout. Exit codes: 0, 1 (failed), 2 (wrong usage), 3 (a person is needed). */

type Entry = { readonly uses: readonly Use[]; readonly load: () => Promise<Command> };

/** Each command is loaded when it is called, so that none pays for what another needs. */
const commands: Readonly<Record<string, Entry>> = {
  serve: {
    uses: [['cli.use.serve', 'cli.does.serve']],
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  import: {
    uses: [['cli.use.import', 'cli.does.import']],
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  token: {
    uses: [
      ['cli.use.token', 'cli.does.token'],
      ['cli.use.token-revoke', 'cli.does.token-revoke'],
    ],
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
  rebuild: {
    uses: [['cli.use.rebuild', 'cli.does.rebuild']],
    load: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  },
  demo: {
    uses: [['cli.use.demo', 'cli.does.demo']],
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  export: {
    uses: [
      ['cli.use.export', 'cli.does.export'],
      ['cli.use.export-task', 'cli.does.export-task'],
    ],
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  verify: {
    uses: [['cli.use.verify', 'cli.does.verify']],
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
  witness: {
    uses: [['cli.use.witness', 'cli.does.witness']],
    load: async () => (await import('./commands/witness.ts')).witnessCommand,
  },
  restore: {
    uses: [
      ['cli.use.restore', 'cli.does.restore'],
      ['cli.use.restart', 'cli.does.restart'],
    ],
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  remind: {
    uses: [['cli.use.remind', 'cli.does.remind']],
    load: async () => (await import('./commands/remind.ts')).remindCommand,
  },
  backup: {
    uses: [['cli.use.backup', 'cli.does.backup']],
    load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  migrate: {
    uses: [['cli.use.migrate', 'cli.does.migrate']],
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  'setup-eventstore': {
    uses: [['cli.use.setup-eventstore', 'cli.does.setup-eventstore']],
    load: async () => (await import('./commands/setup-eventstore.ts')).setupEventStoreCommand,
  },
  'rotate-key': {
    uses: [['cli.use.rotate-key', 'cli.does.rotate-key']],
    load: async () => (await import('./commands/rotate-key.ts')).rotateKeyCommand,
  },
};

const usage = (): string =>
  usageText(
    Object.values(commands).flatMap(({ uses }) => uses),
    language,
  );

/** Of the table alone: what every object has is no command. */
const commandOf = (name: string | undefined): Entry => {
  if (name === undefined) throw new UsageError(say('cli.a-command-is-expected'));
  const entry = ownValue(commands, name);
  if (entry !== undefined) return entry;
  const like = meant(name, [...Object.keys(commands), 'help', 'version']);
  throw new UsageError(like === undefined ? say('cli.is-no-command', { name }) : say('cli.is-no-command-but', { name, like }));
};

/** Where the way to call it stands; the whole of it would drive what is wrong off the screen. */
const hint = (name: string | undefined): Text => {
  const about = name !== undefined && ownValue(commands, name) !== undefined ? `duban ${name} --help` : 'duban help';
  return say('cli.how-it-is-called', { about });
};

/** Asked for anywhere, before `--` that ends the options. */
const asksFor = (args: readonly string[], ...flags: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => flags.includes(arg));
};

/** What went wrong for a reason that a person can act on needs no stack. */
const saidOf = (error: unknown, config: Config | undefined): Text => {
  if (isActedOn(error)) return toldBy(error);
  return (config && plainWords(error, config)) ?? String(error instanceof Error ? error.stack : error);
};

const ACTED_ON = [Failed, DataDirInUse, CannotOpen, KeyUnusable, ClockBehind, LogDamaged, CheckpointsDamaged] as const;

const isActedOn = (error: unknown): boolean => ACTED_ON.some((kind) => error instanceof kind);

const main = async (): Promise<number> => {
  const [name, ...args] = process.argv.slice(2);
  if (name === 'version' || asksFor(process.argv.slice(2), '--version')) {
    process.stdout.write(`duban ${packageFile.version}, Node ${process.version}\n`);
    return 0;
  }
  let config: Config | undefined;
  try {
    if (name === 'help' || name === '--help' || name === '-h' || asksFor(args, '--help', '-h')) {
      const about = name === 'help' ? args[0] : name?.startsWith('-') === true ? undefined : name;
      print(about === undefined ? usage() : commandText(commandOf(about).uses, language));
      return 0;
    }
    const command = commandOf(name);
    config = readConfig(process.env);
    for (const warning of unknownSettings(process.env)) tell(warning);
    return (await (await command.load())(args, config)) ?? 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      for (const said of error instanceof ConfigError ? error.faults : [toldBy(error)]) tell(said);
      tell(hint(name));
      return 2;
    }
    tell(saidOf(error, config));
    return 1;
  }
};

const code = await main();
if (code !== 0) process.exitCode = code;
