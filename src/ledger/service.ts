import { DatabaseSync } from 'node:sqlite';
import type { Measure } from '../kernel/measure.ts';
import type { Clock } from '../kernel/clock.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { formatVerifierKey } from '../tlog/index.ts';
import type { Views } from '../projecting/views.ts';
import type { EventStore } from '../store/event-store.ts';
import type { MarkKeeper } from '../store/signed-mark.ts';
import { createAnchoring, unanchoredSince } from './anchoring.ts';
import { renameDurably } from '../store/durable-file.ts';
import { readKeyFile } from './key-file.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { keySteps, type KeyStep } from '../domain/ledger/key-steps.ts';
import { nextKeyPath, openLedgerKeys, ownOrigin, type LedgerKeys } from './ledger-key.ts';
import { openCheckpointStore, type CheckpointStore } from './checkpoint-store.ts';
import { startLogCheck } from './log-check.ts';
import { metadataEvents } from './metadata-events.ts';
import { lostBook, renewMark } from './proof-book.ts';
import { readPolicy } from './policy-file.ts';
import { readRemembered } from './remembered.ts';
import { createSigners } from './signers.ts';
import { startSigning } from './signing.ts';
import { createTimestamper } from './timestamper.ts';
import { createWitnesses } from './witnesses.ts';
import { say, type Text } from '../messages/message.ts';
import { Told } from '../messages/told.ts';
import { inEnglish } from '../messages/words.ts';

/** The ledger of a data directory, put together and started. */

export type LedgerSettings = {
  /** The name under which a new log signs. */
  readonly origin?: string | undefined;
  /** A file with the signing key, in place of the local one. */
  readonly key?: string | undefined;
  /** A file that names witnesses and their quorum. */
  readonly policy?: string | undefined;
  /** A signed checkpoint kept elsewhere, or a directory of them. */
  readonly pinned?: string | undefined;
  /** A time-stamping authority: its address, or a command. */
  readonly authority?: string | undefined;
};

export type LedgerService = {
  readonly ledger: Ledger;
  readonly checkpointStore: CheckpointStore;
  readonly measures: readonly Measure[];
  readonly close: () => Promise<void>;
};

/** The checkpoint store of a log's old name is kept beside the new one's, under the position at which the log was restarted. */
const putAside = (dataDir: string, position: number): void => {
  const { checkpoints: path, checkpointsBefore } = dataFiles(dataDir);
  const db = new DatabaseSync(path);
  try {
    // Folds the WAL into the file, which cannot be renamed without it.
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode = DELETE').get() ?? {};
    if (mode !== 'delete') throw new Told(say('ledger.path-is-being-read', { path }));
  } finally {
    db.close();
  }
  renameDurably(path, checkpointsBefore(position));
};

/** Does what is left to do once a restart stands in the log: new checkpoint store, new key, in this order. */
const finishRestart = (dataDir: string, keyPath: string, last: KeyStep | undefined): void => {
  if (last?.kind !== 'restarted') return;
  const next = readKeyFile(nextKeyPath(keyPath), 'ed25519');
  if (next === undefined || formatVerifierKey(next) !== last.to) return;
  const checkpointStore = openCheckpointStore(dataDir);
  const origin = checkpointStore.origin();
  checkpointStore.close();
  if (origin !== undefined && origin !== last.origin) putAside(dataDir, last.position);
  renameDurably(nextKeyPath(keyPath), keyPath);
};

const gauge = (name: string, help: string, read: () => number): Measure => ({ kind: 'gauge', name, help, read });

/** Without witnesses nobody vouches for any event, and the age is that of the first one. */
const measuresOf = (ledger: Ledger, store: Pick<EventStore, 'at'>, clock: Clock, isWitnessed: boolean): readonly Measure[] => [
  gauge('duban_ledger_signed_position', 'The last position that a signed checkpoint covers.', () => ledger.last()?.size ?? 0),
  gauge('duban_ledger_witnessed', 'Whether a policy names witnesses.', () => (isWitnessed ? 1 : 0)),
  gauge('duban_ledger_anchored_position', 'The last position that the quorum of witnesses has cosigned.', ledger.anchoredThrough),
  gauge('duban_ledger_unanchored_seconds', 'Age of the first event that no quorum of witnesses vouches for; 0 where there is none.', () => {
    const since = unanchoredSince(ledger, store);
    return since === undefined ? 0 : Math.max(0, clock.now().epochMilliseconds - since) / 1000;
  }),
];

export const startLedger = (deps: {
  readonly dataDir: string;
  readonly settings: LedgerSettings;
  readonly store: Pick<EventStore, 'head' | 'at' | 'readHistory' | 'readAll'>;
  /** What was signed last, as the log's own file has it. */
  readonly mark: MarkKeeper;
  readonly singleWriter: boolean;
  readonly anomaly?: () => Text | undefined;
  readonly views: Views;
  readonly clock: Clock;
  readonly onEvent: (message: string, detail: object) => void;
  /** The views hold no tree: nothing is signed. */
  readonly unproven?: boolean;
}): LedgerService => {
  const { dataDir, settings, store, mark, singleWriter, views, clock, onEvent, unproven = false } = deps;
  const keyPath = settings.key ?? dataFiles(dataDir).ledgerKey;
  const stepsNow = (): readonly KeyStep[] => keySteps(metadataEvents(store));
  const steps = stepsNow();
  const last = steps.at(-1);
  finishRestart(dataDir, keyPath, last);
  const checkpointStore = openCheckpointStore(dataDir);
  try {
    // A key is made for a log that has not signed yet, and for no other: it would not be believed.
    const marked = mark.read();
    const isNew = settings.key === undefined && checkpointStore.last() === undefined && last === undefined && marked === undefined;
    const shared = !singleWriter;
    const keys = openLedgerKeys(keyPath, steps, {
      shared,
      newOrigin: isNew ? (checkpointStore.origin() ?? settings.origin ?? ownOrigin()) : undefined,
    });
    let known = steps.length;
    /** Where others add to the log too, one of them may have changed the key. */
    const reread = (isMissing: boolean): LedgerKeys | undefined => {
      const now = stepsNow();
      if (now.length === known && !isMissing) return undefined;
      const found = openLedgerKeys(keyPath, now, { shared });
      known = now.length;
      return found;
    };
    const signers = createSigners(keys, checkpointStore, shared ? reread : undefined);
    const policy = readPolicy(settings.policy);
    const remembered = readRemembered(settings.pinned, keys.current.name, { verifierKeys: keys.inOrder, mayComeLater: shared });
    const { pinned } = remembered;
    const { anomaly } = deps;
    const { origin } = signers;
    const restartedAs = last?.kind === 'restarted' ? last.origin : undefined;
    const refusal = lostBook({ marked, book: checkpointStore, origin, restartedAs, pinned });
    if (refusal === undefined) renewMark(mark, checkpointStore, origin);
    const ledger: Ledger = openLedger({
      views,
      store,
      singleWriter,
      anomaly,
      checkpointStore,
      signers,
      clock,
      policy,
      pinned,
      held: policy !== undefined,
      inherited: remembered.kept,
      refusal: () => refusal ?? remembered.unread(signers.verifierKeys(), (one) => ledger.pin(one)),
      mark: (signed) => mark.write({ origin, ...signed }),
    });
    const witnesses = policy && createWitnesses({ ledger, policy, onEvent });
    const { authority } = settings;
    const timestamper = authority === undefined ? undefined : createTimestamper({ ledger, checkpointStore, authority, clock, onEvent });
    const anchoring = policy && createAnchoring({ ledger, store, clock, onEvent });
    const signing = unproven
      ? undefined
      : startSigning(ledger, { witnesses, timestamper, anchoring }, (error) =>
          onEvent('signing failed, and is tried again', { error: String(error) }),
        );
    const check = unproven
      ? undefined
      : startLogCheck({
          store,
          tile: ledger.tile,
          onFault: (reason, of) => {
            if (of === 'tree') return views.writer.damaged(reason);
            ledger.contradict(reason);
            onEvent('the log is damaged', { reason: inEnglish(reason) });
          },
        });
    return {
      ledger,
      checkpointStore,
      measures: measuresOf(ledger, store, clock, policy !== undefined),
      close: async () => {
        check?.close();
        await signing?.close();
        checkpointStore.close();
      },
    };
  } catch (error) {
    checkpointStore.close();
    throw error;
  }
};
