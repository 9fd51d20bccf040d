import { readFileSync } from 'node:fs';
import { systemClock } from '../../kernel/clock.ts';
import { isKeyName, witnessesOf } from '../../tlog/index.ts';
import { stepMeter } from '../work-meter.ts';
import { cosignedNote } from '../../ledger/checkpoint-store.ts';
import { readPolicy } from '../../ledger/policy-file.ts';
import { notesIn } from '../../ledger/pinned-checkpoints.ts';
import { RestartRefused, restartLedger } from '../../ledger/restart.ts';
import { markIn } from '../../store/signed-mark.ts';
import { restoreFrom, RestoreRefused } from '../../verifying/restore.ts';
import { latestCheckpoint } from '../../ledger/witness-client.ts';
import type { Config } from '../config.ts';
import { Failed, failing, needed, options, print, tell, UsageError, type Command } from './kit.ts';
import { withOffline, type Offline } from './offline.ts';
import { withDuban } from './open.ts';
import { say } from '../../messages/message.ts';

const fromBundle = async (dir: string, policyPath: string | undefined, config: Config): Promise<void> => {
  const policy = readPolicy(policyPath);
  const restored = await withOffline(config, async ({ log, checkpointStore, identity }) => {
    const ownKeys = identity === undefined || identity.keys.length === 0 ? undefined : identity.keys;
    if (policy === undefined && ownKeys === undefined) tell(say('cli.bundle-keys-are-believed', { dir }));
    return restoreFrom({ dir, log, checkpointStore, policy, ownKeys, onAdvance: stepMeter() });
  });
  print(JSON.stringify(restored));
};

/** Every checkpoint of the old name that can be found: here, in files, with witnesses. */
const knownNotes = async (
  { checkpointStore, log }: Offline,
  origin: string,
  config: Config,
  files: readonly string[],
): Promise<readonly Uint8Array[]> => {
  const last = checkpointStore.last();
  const marked = markIn(log).read();
  const own = [...(last === undefined ? [] : [cosignedNote(checkpointStore, last)]), ...(marked === undefined ? [] : [marked.note])];
  const witnessed = await Promise.all(
    witnessesOf(readPolicy(config.ledgerPolicy)).map(async ({ name, url }) => {
      if (url === undefined) return [];
      try {
        const { status, bytes } = await latestCheckpoint(url, origin);
        return status === 200 ? [bytes] : [];
      } catch (error) {
        tell(say('cli.witness-could-not-be-asked', { name, why: String(error) }));
        return [];
      }
    }),
  );
  const pinned = config.ledgerRemembered === undefined ? [] : notesIn(config.ledgerRemembered).map(({ bytes }) => bytes);
  return [...own, ...pinned, ...files.map((file) => readFileSync(file)), ...witnessed.flat()];
};

type Restart = {
  readonly origin: string | undefined;
  readonly reason: string;
  readonly authority: string;
  readonly files: readonly string[];
};

const newIncarnation = async ({ origin, reason, authority, files }: Restart, config: Config): Promise<void> => {
  if (origin !== undefined && !isKeyName(origin)) throw new UsageError(say('cli.origin-takes-a-name'));
  const restarted = await withOffline(config, async (offline) => {
    const { log, keyPath, identity } = offline;
    if (identity === undefined) throw new Failed(say('cli.nothing-to-go-on-from'));
    const notes = await knownNotes(offline, identity.origin, config, files);
    return restartLedger({ log, keyPath, old: identity, notes, origin, reason, authority, clock: systemClock });
  });
  await withDuban({ ...config, ledgerRemembered: undefined }, ({ projector }) => projector.caughtUp());
  print(JSON.stringify(restarted));
  tell(say('cli.publish-the-new-key'));
};

export const restoreCommand: Command = async (args, config) => {
  const { values } = options(args, {
    from: { type: 'string' },
    policy: { type: 'string' },
    'new-incarnation': { type: 'boolean', default: false },
    reason: { type: 'string' },
    authority: { type: 'string' },
    origin: { type: 'string' },
    checkpoint: { type: 'string', multiple: true, default: [] },
  });
  if ((values.from !== undefined) === values['new-incarnation']) throw new UsageError(say('cli.from-or-new-incarnation'));
  if (values.from !== undefined) {
    const { from, policy } = values;
    return failing([RestoreRefused], () => fromBundle(from, policy, config));
  }
  const restart: Restart = {
    origin: values.origin,
    reason: needed(values.reason, '--reason'),
    authority: needed(values.authority, '--authority'),
    files: values.checkpoint,
  };
  return failing([RestartRefused], () => newIncarnation(restart, config));
};
