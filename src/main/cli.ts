#!/usr/bin/env node
import packageFile from '../../package.json' with { type: 'json' };
import { nearest } from '../kernel/nearest.ts';
import { ownValue } from '../kernel/own-value.ts';
import { CannotOpen } from './cannot-open.ts';
import { Failed, say, UsageError, type Command } from './commands/kit.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { KeyUnusable } from '../ledger/key-file.ts';
import { plainWords } from './plain-words.ts';
import { unknownSettings } from './unknown-settings.ts';
import { ClockBehind, LogDamaged } from '../store/event-store.ts';
import { CheckpointsDamaged } from '../ledger/checkpoint-store.ts';
import { DataDirInUse } from '../store/data-lock.ts';

/** Messages go to stderr, results to stdout. Exit codes: 0, 1 (failed), 2 (wrong usage), 3 (a person is needed). */

type Entry = { readonly words: string; readonly load: () => Promise<Command> };

/** Each command is loaded when it is called, so that none pays for what another needs. */
const commands: Readonly<Record<string, Entry>> = {
  serve: {
    words: 'serve                          listen; settings by environment (HOST, PORT, DATA_DIR, SEED, AUTH_JWKS, LOG_LEVEL, …)',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  import: {
    words: `import <file> [--profile <file>] [--commit]
                [--reason <text>] [--authority <text>] [--effective-from <day>]
                [--take <line>]… [--leave <line>]…
                                 read a document into a draft in DATA_DIR and show it; with --commit append what it says.
                                 Exit code 3 where a person must settle something first. The same bytes twice change nothing`,
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  token: {
    words: `token --role <role> [--unit <id>] [--sub <name>] [--ttl 8h] [--force]
                                 print a token signed with the local key; roles: office, unit, auditor, admin
  token --revoke <token or jti> [--reason <text>]
                                 make a token good for nothing, at every server that shares the keys of DATA_DIR`,
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
  rebuild: {
    words: `rebuild [--check]              build the views again from the log; with --check beside those in use, and say where these
                                 differ: exit code 1 where they do`,
    load: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  },
  demo: {
    words: 'demo [--dir <dir>]             load a synthetic year into a data directory of its own',
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  export: {
    words: `export --out <dir> [--from <url>] [--token <jwt>]
                                 copy the log and its proofs into a bundle, or bring a bundle up to date; from DATA_DIR or a server
  export --task <id> --out <file> [--from <url>] [--token <jwt>]
                                 one task's history in a file that can be verified alone`,
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  verify: {
    words: `verify <bundle | data directory | task file | url> [--policy <file>] [--state <dir>] [--skew <seconds>]
         [--task <id>] [--letter <file.docx>]… [--tsa-ca <certificates>] [--token <jwt>] [--json]
                                 prove or disprove a log without trusting it; exit code 1 where it does not hold`,
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
  witness: {
    words: `witness --listen <host:port> --key <file> --logs <policy> --state <file> [--new-key <name>]
                                 cosign the checkpoints of other logs`,
    load: async () => (await import('./commands/witness.ts')).witnessCommand,
  },
  restore: {
    words: `restore --from <bundle> [--policy <file>]
                                 add the events that DATA_DIR has lost, byte for byte
  restore --new-incarnation --reason <text> --authority <text> [--origin <name>] [--checkpoint <file>]
                                 go on under another name after a loss for good`,
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  remind: {
    words: `remind --due [--dry-run]         send the reminders that are due, once; with --dry-run show them.
                                 Exit code 3 where one did not go or may not have gone`,
    load: async () => (await import('./commands/remind.ts')).remindCommand,
  },
  backup: {
    words: `backup --out <dir> [--with-keys] [--with-personal]
                                 copy DATA_DIR, in use or not, into a directory that can take its place`,
    load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  migrate: {
    words: `migrate --from <dir> --to <url>    copy an embedded log into a cluster of KurrentDB; the directory is a replica's from then on`,
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  'setup-eventstore': {
    words: `setup-eventstore --admin <url> [--user duban] [--group duban] [--replace]
                                 make the user (password: DUBAN_PASSWORD) who may add to a cluster and not take from it`,
    load: async () => (await import('./commands/setup-eventstore.ts')).setupEventStoreCommand,
  },
  'rotate-key': {
    words: `rotate-key --reason <text> --authority <text>
                                 replace the key that signs checkpoints`,
    load: async () => (await import('./commands/rotate-key.ts')).rotateKeyCommand,
  },
};

const USAGE = ['duban <command>\n', ...Object.values(commands).map(({ words }) => `  ${words}`)].join('\n');

/** Of the table alone: what every object has is no command. */
const commandOf = (name: string | undefined): Entry => {
  if (name === undefined) throw new UsageError('a command is expected');
  const entry = ownValue(commands, name);
  if (entry !== undefined) return entry;
  throw new UsageError(`${name} is no command: is ${nearest(name, Object.keys(commands))} meant?`);
};

/** Asked for anywhere, before `--` that ends the options. */
const asksFor = (args: readonly string[], ...flags: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => flags.includes(arg));
};

/** What went wrong for a reason that a person can act on needs no stack. */
const wordsOf = (error: unknown, config: Config | undefined): string => {
  if (
    error instanceof Failed ||
    error instanceof DataDirInUse ||
    error instanceof CannotOpen ||
    error instanceof KeyUnusable ||
    error instanceof ClockBehind ||
    error instanceof LogDamaged ||
    error instanceof CheckpointsDamaged
  )
    return error.message;
  const words = config && plainWords(error, config);
  return words ?? String(error instanceof Error ? error.stack : error);
};

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
      process.stdout.write(about === undefined ? `${USAGE}\n` : `duban ${commandOf(about).words}\n`);
      return 0;
    }
    const command = commandOf(name);
    config = readConfig(process.env);
    for (const warning of unknownSettings(process.env)) say(warning);
    return (await (await command.load())(args, config)) ?? 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      say(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    say(wordsOf(error, config));
    return 1;
  }
};

const code = await main();
if (code !== 0) process.exitCode = code;
