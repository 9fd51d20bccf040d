import {
  formatAddCheckpoint,
  openNote,
  parseCheckpoint,
  quorumMet,
  verifierKeysOf,
  verifierOf,
  witnessesOf,
  type Checkpoint,
  type NamedWitness,
  type Policy,
  type Verifier,
} from '../tlog/index.ts';
import type { Ledger } from './ledger.ts';
import type { SignedCheckpoint } from './checkpoint-store.ts';
import { addCheckpoint, latestCheckpoint } from './witness-client.ts';
import { say } from '../messages/message.ts';

/**
 * Asks the witnesses of the policy that have a URL what they remember of this log, before anything is signed, and then
 * to cosign what is. A witness cannot stop the log by its word: only a checkpoint that bears our own signature counts.
 */
export type Witnesses = {
  /**
   * Whether a quorum has said what it remembers. Where the witnesses with an address cannot make a quorum, nobody is
   * waited for.
   */
  readonly heard: () => boolean;
  /** Goes to each that has something to answer and is not to be left alone for a while. Never throws. */
  readonly ask: () => Promise<void>;
};

/** After a failure a witness is asked again after so long, then twice as long, up to the longest. */
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 60_000;

type State = {
  heard: boolean;
  /** The size it has cosigned last, as far as it is known. */
  seen: number;
  pause: number;
  notBefore: number;
  told: string | undefined;
};

const sizeIn = (bytes: Buffer): number | undefined => {
  const text = bytes.toString('latin1');
  return /^\d{1,15}\n?$/u.test(text) ? Number(text) : undefined;
};

export const createWitnesses = (deps: {
  readonly ledger: Ledger;
  readonly policy: Policy;
  /** Hears of what went wrong, once for each change. */
  readonly onEvent: (message: string, detail: object) => void;
  readonly now?: () => number;
}): Witnesses => {
  const { ledger, policy, onEvent, now = () => performance.now() } = deps;
  const witnesses = witnessesOf(policy).flatMap(({ url, ...witness }) => (url === undefined ? [] : [{ ...witness, url }]));
  const names = witnesses.map(({ name }) => name);
  const canBeHeard = quorumMet(policy, new Set(names));
  const states = new Map<string, State>(
    names.map((name) => [name, { heard: false, seen: 0, pause: FIRST_PAUSE_MILLIS, notBefore: 0, told: undefined }]),
  );
  const ownKeys = (): readonly Verifier[] => verifierKeysOf(ledger.verifierKeys()).map(verifierOf);

  type Witness = Omit<NamedWitness, 'url'> & { readonly url: string };

  const well = (state: State): void => {
    state.pause = FIRST_PAUSE_MILLIS;
    state.notBefore = 0;
    state.told = undefined;
  };

  const ill = (state: State, { name }: Witness, message: string, detail: object = {}): void => {
    state.notBefore = now() + state.pause;
    state.pause = Math.min(state.pause * 2, LONGEST_PAUSE_MILLIS);
    if (state.told !== message) onEvent(message, { witness: name, ...detail });
    state.told = message;
  };

  const ownCheckpoint = (note: Uint8Array): Checkpoint | undefined => {
    const opened = openNote(note, ownKeys());
    const checkpoint = opened.ok ? parseCheckpoint(opened.value.text) : opened;
    return checkpoint.ok && checkpoint.value.origin === ledger.origin ? checkpoint.value : undefined;
  };

  /**
   * Takes note of the checkpoint that the witness keeps of this log, if it bears our signature. False where the witness
   * did not answer.
   */
  const recall = async (witness: Witness, state: State): Promise<boolean> => {
    const { status, bytes } = await latestCheckpoint(witness.url, ledger.origin);
    if (status !== 200 && status !== 404) {
      ill(state, witness, 'a witness does not say what it remembers', { status });
      return false;
    }
    state.heard = true;
    const kept = status === 200 ? ownCheckpoint(bytes) : undefined;
    if (kept !== undefined) {
      state.seen = kept.size;
      ledger.pin({ by: say('ledger.witness', { name: witness.name }), size: kept.size, root: kept.root });
      return true;
    }
    if (status === 200) onEvent('a witness keeps a checkpoint of this log that this log did not sign', { witness: witness.name });
    return true;
  };

  const offer = async (witness: Witness, state: State, checkpoint: SignedCheckpoint): Promise<void> => {
    const proof = state.seen === 0 || state.seen === checkpoint.size ? [] : ledger.consistency(state.seen, checkpoint.size);
    const { status, bytes } = await addCheckpoint(witness.url, formatAddCheckpoint(state.seen, proof, checkpoint.note));
    if (status === 200) {
      const cosigned = ledger.cosign(checkpoint.size, bytes.toString('utf8'));
      if (!cosigned.ok || !cosigned.added.includes(witness.name))
        return ill(state, witness, 'a witness answered something else than its cosignature', { size: checkpoint.size });
      state.seen = checkpoint.size;
      return well(state);
    }
    if (status !== 409 && status !== 422) return ill(state, witness, 'a witness did not cosign', { status, size: checkpoint.size });
    // It remembers another checkpoint than we thought. We ask which, since it may be evidence against this log.
    const before = state.seen;
    state.seen = sizeIn(bytes) ?? state.seen;
    await recall(witness, state);
    if (status === 422 || state.seen === before)
      ill(state, witness, 'a witness finds the checkpoint inconsistent with what it cosigned', { status, size: checkpoint.size });
    else if (state.seen > checkpoint.size) {
      ill(state, witness, 'a witness says that it has seen more than was signed here', { seen: state.seen, size: checkpoint.size });
      state.seen = 0; // if that is so, it will say it again
    }
  };

  const askOne = async (witness: Witness, state: State): Promise<void> => {
    try {
      if (!state.heard && !(await recall(witness, state))) return;
      const checkpoint = ledger.last();
      if (checkpoint === undefined || ledger.stopped() !== undefined) return;
      // Views that are built again cannot prove anything yet.
      if (state.seen < checkpoint.size && checkpoint.size <= ledger.size()) await offer(witness, state, checkpoint);
    } catch (error) {
      ill(state, witness, 'a witness could not be reached', { error: error instanceof Error ? error.message : String(error) });
    }
  };

  return {
    heard: () => !canBeHeard || quorumMet(policy, new Set(names.filter((name) => states.get(name)?.heard))),
    ask: async () => {
      const time = now();
      await Promise.all(
        witnesses.map(async (witness) => {
          const state = states.get(witness.name);
          if (state !== undefined && state.notBefore <= time) await askOne(witness, state);
        }),
      );
    },
  };
};
