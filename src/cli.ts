#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { systemClock } from './kernel/clock.ts';
import { ID_PATTERN } from './kernel/ids.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { openDuban } from './duban.ts';
import { loadLocalKey, mintToken, parseTtl } from './http/local-key.ts';
import { applyProposal } from './importer/apply.ts';
import { readNotice } from './importer/read-notice.ts';
import { createLogger } from './logger.ts';
import { terminalProgress } from './progress.ts';
import { serve } from './server.ts';
import { DataDirInUse } from './store/data-lock.ts';

/** Messages go to stderr, results to stdout. Exit codes: 0, 1 (failed), 2 (wrong usage). */

const USAGE = `duban <command>

  serve                          listen; settings by environment (HOST, PORT, DATA_DIR, SEED, AUTH_JWKS, LOG_LEVEL, …)
  import <file>                  import a notice into DATA_DIR; the same bytes twice change nothing
  token --role <role> [--unit <id>] [--sub <name>] [--ttl 8h]
                                 print a token signed with the local key; roles: office, unit, auditor, admin
  rebuild                        build the views again from the log
`;

class UsageError extends Error {}
class Failed extends Error {}

const options = <Options extends ParseArgsOptionsConfig>(args: readonly string[], config: Options, operands: number) => {
  try {
    const parsed = parseArgs({ args: [...args], options: config, allowPositionals: operands > 0, strict: true });
    if (parsed.positionals.length !== operands) throw new UsageError(operands === 1 ? 'one file is expected' : 'no argument is expected');
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const open = ({ dataDir, timeZone, ledgerOrigin, ledgerKey }: Config) =>
  openDuban({ dataDir, timeZone, ledger: { origin: ledgerOrigin, key: ledgerKey }, onError: (error) => note(`the views halted: ${String(error)}`), onRebuild: terminalProgress('rebuilding the views') });

const serveCommand = async (args: readonly string[], config: Config): Promise<void> => {
  options(args, {}, 0);
  const logger = createLogger(config.logLevel);
  const running = await serve(config, logger);
  const stop = (signal: NodeJS.Signals): void => {
    logger.info(`${signal}: stopping`);
    running
      .stop()
      .then(() => {
        logger.info('stopped');
        logger.flush(() => process.exit(0));
      })
      .catch((error: unknown) => {
        note(String(error));
        process.exit(1);
      });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const importCommand = async (args: readonly string[], config: Config): Promise<void> => {
  const [file = ''] = options(args, {}, 1).positionals;
  const reading = readNotice(await readFile(file));
  if (!reading.ok) {
    const { line, text, expected } = reading.problem;
    throw new Failed(`${file}:${line}: not understood: ${expected}\n  ${text}`);
  }
  const duban = open(config);
  try {
    const meta = { actor: { sub: 'cli', role: 'system' }, receivedAt: duban.clock.now() } as const;
    const outcome = await applyProposal(duban.handler, reading.proposal, meta, { onProgress: terminalProgress('importing') });
    if (!outcome.ok) throw new Failed(outcome.refusal.detail);
    const { counts, findings, directive } = reading.proposal;
    process.stdout.write(`${JSON.stringify({ directive: directive.id, events: outcome.imported.events.length, counts, findings: findings.length })}\n`);
  } finally {
    await duban.close();
  }
};

const ROLES = ['office', 'unit', 'auditor', 'admin'] as const;

const tokenCommand = async (args: readonly string[], config: Config): Promise<void> => {
  const { values } = options(
    args,
    { role: { type: 'string' }, unit: { type: 'string' }, sub: { type: 'string' }, ttl: { type: 'string', default: '8h' } },
    0,
  );
  const role = ROLES.find((known) => known === values.role);
  if (role === undefined) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
  if ((role === 'unit') !== (values.unit !== undefined)) throw new UsageError(role === 'unit' ? '--unit is required for role unit' : '--unit goes with role unit');
  if (values.unit !== undefined && !ID_PATTERN.test(values.unit)) throw new UsageError('--unit must be the id of a unit');
  const ttl = parseTtl(values.ttl);
  if (ttl === undefined) throw new UsageError('--ttl must be a time such as 30m, 8h or 7d');
  const token = await mintToken(await loadLocalKey(config.dataDir), { role, unit: values.unit, sub: values.sub, ttl }, systemClock);
  process.stdout.write(`${token}\n`);
};

const rebuildCommand = async (args: readonly string[], config: Config): Promise<void> => {
  options(args, {}, 0);
  const duban = open(config);
  try {
    await duban.projector.rebuild(terminalProgress('rebuilding the views'));
    process.stdout.write(`${JSON.stringify({ position: duban.services.views.position(), digest: duban.services.views.digest() })}\n`);
  } finally {
    await duban.close();
  }
};

const commands: Readonly<Record<string, (args: readonly string[], config: Config) => Promise<void>>> = {
  serve: serveCommand,
  import: importCommand,
  token: tokenCommand,
  rebuild: rebuildCommand,
};

const main = async (): Promise<number> => {
  const [name, ...args] = process.argv.slice(2);
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const run = name === undefined ? undefined : commands[name];
    if (run === undefined) throw new UsageError(name === undefined ? 'a command is expected' : `${name} is no command`);
    await run(args, readConfig(process.env));
    return 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      note(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    const expected = error instanceof Failed || error instanceof DataDirInUse || (error instanceof Error && 'code' in error && typeof error.code === 'string');
    note(expected ? error.message : String(error instanceof Error ? error.stack : error));
    return 1;
  }
};

const code = await main();
if (code !== 0) process.exitCode = code;
