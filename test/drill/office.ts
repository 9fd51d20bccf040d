import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgedThere, nothingTwice, oneAnswer, onlyRetryable, type Check, type Repeat } from '../cluster/drill-checks.ts';
import { factOf, readLog, type LogEvent } from '../cluster/drill-log.ts';
import { createReplica, measured, untilReady, type Life, type Replica } from '../cluster/drill-replicas.ts';
import { acknowledgementOf, runWriters, send, type Carried, type Senders } from '../cluster/drill-writers.ts';
import { loadLocalKey, mintToken, type TokenRequest } from '../../src/http/local-key.ts';
import { systemClock, type Clock } from '../../src/kernel/clock.ts';
import { openEvent } from '../../src/kernel/envelope.ts';
import { leafHash, TILE_WIDTH } from '../../src/tlog/index.ts';
import { bundleSource } from '../../src/verifying/bundle-source.ts';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { OTHER, OWN } from '../support/acts.ts';
import type { Environment } from '../support/process.ts';
import { holds, type Outcome, type Round } from './drill.ts';

/** An office at work: one real process on a data directory, and clients that command without pause. */

export type Office = {
  readonly replica: Replica;
  readonly senders: Senders;
  /** A token that reads everything. */
  readonly auditor: string;
};

/** A data directory of the round's own, with the notice in it. */
export const copyOf = ({ template, dir }: Pick<Round, 'template' | 'dir'>, name = 'data'): string => {
  const dataDir = join(dir, name);
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
};

export const READY_SECONDS = 60;

/** Good before and after now, by more than any clock of these drills is off. */
const TOKEN_SECONDS = 60 * 86_400;
const LONG_AGO: Clock = { now: () => systemClock.now().subtract({ seconds: TOKEN_SECONDS / 2 }) };

/** Not started yet. */
export const officeAt = async (life: Life, dataDir: string, env: Environment = {}): Promise<Office> => {
  const replica = createReplica(life, 'it', dataDir, env);
  const key = await loadLocalKey(dataDir);
  const token = (request: Omit<TokenRequest, 'ttl'>): Promise<string> => mintToken(key, { ttl: TOKEN_SECONDS, ...request }, LONG_AGO);
  const unit = (id: string): Promise<string> => token({ role: 'unit', unit: id });
  const tokens = { office: await token({ role: 'office' }), [OWN]: await unit(OWN), [OTHER]: await unit(OTHER) };
  return { replica, senders: { replicas: [replica], tokens }, auditor: await token({ role: 'auditor' }) };
};

export const started = async (office: Office): Promise<Office> => {
  await office.replica.start();
  await untilReady(office.replica, READY_SECONDS);
  return office;
};

const WRITERS = 8;

/** What is under way at the end is sent again until it is answered. */
export const load = ({ senders }: Office, seconds: number, writers = WRITERS): Promise<readonly Carried[]> =>
  runWriters(senders, { writers, seconds, pause: 0 });

/** Waits until something of the load is in the log. */
export const underWay = async ({ replica }: Office, before: number): Promise<void> => {
  while (!((await measured(replica, 'duban_log_head_position')) > before)) await sleep(20);
};

/** Those that took more than one try, and some others, again. */
const repeat = async ({ senders, replica }: Office, carried: readonly Carried[]): Promise<readonly Repeat[]> => {
  const chosen = carried.filter(({ acknowledged, tries }, n) => acknowledged !== undefined && (tries.length > 1 || n % 20 === 0));
  const repeats: Repeat[] = [];
  for (const { command } of chosen) {
    const reply = await send(senders, command, replica);
    repeats.push({ command, reply, said: acknowledgementOf(reply) });
  }
  return repeats;
};

/** A bundle made of a data directory. */
export const exported = async (dataDir: string, out: string): Promise<void> => {
  const source = openSource({ kind: 'data', dir: dataDir });
  try {
    await exportBundle(source, out);
  } finally {
    source.close();
  }
};

/** The log as somebody has it who took the bundle home. */
const eventsIn = async (bundle: string, size: number): Promise<readonly LogEvent[]> => {
  const source = bundleSource(bundle);
  const events: LogEvent[] = [];
  try {
    for (let first = 0; first < size; first += TILE_WIDTH) {
      const { bytes } = await source.entries(first / TILE_WIDTH, Math.min(TILE_WIDTH, size - first));
      for (const [at, entry] of bytes.entries()) {
        const envelope = openEvent(entry);
        // The cast is the edge: what `factOf` reads of any event.
        const stored = envelope as Parameters<typeof factOf>[0];
        events.push({ position: first + at + 1, id: envelope.id, leafHash: leafHash(entry).toBase64(), fact: factOf(stored) });
      }
    }
  } finally {
    source.close();
  }
  return events;
};

const verified = async (name: string, spec: Parameters<typeof verifyLog>[0], least: number): Promise<Check> => {
  const { ok, size, faults } = await verifyLog(spec, { memoryOf: undefined, skew: 60_000, threads: 1 });
  const wrong = ok ? (size < least ? `only ${size} of ${least} events` : undefined) : JSON.stringify(faults.slice(0, 3));
  return holds(name, wrong, `${size} events`);
};

/**
 * What must hold when all is over, the office running again and ready: every acknowledged event is there once, in the
 * log, in what is exported of it, and verified. The office is stopped by it.
 */
export const examined = async (office: Office, round: Round, carried: readonly Carried[]): Promise<Outcome> => {
  const { replica, auditor } = office;
  await untilReady(replica, READY_SECONDS);
  const repeats = await repeat(office, carried);
  const log = await readLog(replica, auditor);
  const stopped = await replica.stop('SIGTERM');
  const bundle = join(round.dir, 'bundle');
  await exported(replica.dataDir, bundle);
  const size = log.length;
  const after = { name: 'it', log, root: '' };
  const taken = { name: 'the export', log: await eventsIn(bundle, size), root: '' };
  const drilled = { begun: 0, ended: 0, carried, repeats, stopped: true, watched: [], replicas: [after, taken] };
  return {
    commands: carried.length,
    acknowledged: carried.filter(({ acknowledged }) => acknowledged !== undefined).length,
    checks: [
      onlyRetryable(drilled),
      acknowledgedThere(drilled, after),
      acknowledgedThere(drilled, taken),
      nothingTwice(drilled),
      oneAnswer(drilled),
      holds('it stops on SIGTERM', stopped.code === 0 ? undefined : `code ${stopped.code} ${stopped.signal ?? ''}`),
      await verified('duban verify holds for the data directory', { kind: 'data', dir: replica.dataDir }, size),
      await verified('duban verify holds for the export', { kind: 'bundle', dir: bundle }, size),
    ],
  };
};

/** An outcome with more that must hold. */
export const also = (outcome: Outcome, ...checks: readonly Check[]): Outcome => ({ ...outcome, checks: [...outcome.checks, ...checks] });
