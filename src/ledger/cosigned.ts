import {
  checkSignatures,
  cosignatureTime,
  keyLabel,
  parseNote,
  parseSignatures,
  quorumMet,
  verifierOf,
  witnessesOf,
  type Policy,
} from '../tlog/index.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { say, type Text } from '../messages/message.ts';

/** What witnesses say of our checkpoints. */

export type Cosigning =
  | { readonly ok: true; /** Names of witnesses, as the policy has them. */ readonly added: readonly string[] }
  | { readonly ok: false; readonly reason: Text };

export type Cosignatures = {
  /** Adds cosignature lines for a size that was signed. */
  readonly add: (size: number, lines: string) => Cosigning;
  /** The largest size that a quorum has cosigned; 0 where there is no policy. */
  readonly anchoredThrough: () => number;
  /** A witness's name in the policy, by its key's label; the label of one that the policy does not know any more. */
  readonly nameOf: (label: string) => string;
};

/** Cosigned sizes looked at in one go. */
const PAGE = 64;

export const createCosignatures = (checkpointStore: CheckpointStore, policy: Policy | undefined): Cosignatures => {
  const witnesses = witnessesOf(policy);
  const verifiers = witnesses.map(({ key }) => verifierOf(key));
  const names = new Map(witnesses.map(({ name, key }) => [keyLabel(key), name]));
  let anchored = 0;

  const isAnchored = (size: number): boolean => {
    const cosigners = checkpointStore.cosignatures(size).flatMap(({ witness }) => names.get(witness) ?? []);
    return policy !== undefined && cosigners.length > 0 && quorumMet(policy, new Set(cosigners));
  };

  return {
    add: (size, lines) => {
      const checkpoint = checkpointStore.at(size);
      if (checkpoint === undefined) return { ok: false, reason: say('ledger.no-such-size-signed', { size }) };
      const note = parseNote(checkpoint.note);
      const signatures = parseSignatures(lines.endsWith('\n') ? lines : `${lines}\n`);
      if (!note.ok || !signatures.ok) return { ok: false, reason: say('ledger.not-a-cosignature-line') };
      const opened = checkSignatures({ text: note.value.text, signatures: signatures.value }, verifiers);
      if (!opened.ok) return { ok: false, reason: opened.reason };
      for (const signature of opened.value.signatures) {
        const time = cosignatureTime(signature.bytes);
        if (time !== undefined) checkpointStore.addCosignature(size, time, signature);
      }
      return { ok: true, added: opened.value.signatures.map((signature) => names.get(keyLabel(signature)) ?? keyLabel(signature)) };
    },
    anchoredThrough: () => {
      let found: number | undefined;
      let sizes = checkpointStore.cosignedSizes(Number.MAX_SAFE_INTEGER, PAGE);
      while (sizes.length > 0) {
        found = sizes.find((size) => size <= anchored || isAnchored(size));
        sizes = found === undefined ? checkpointStore.cosignedSizes(sizes.at(-1) ?? 0, PAGE) : [];
      }
      anchored = Math.max(anchored, found ?? 0);
      return anchored;
    },
    nameOf: (label) => names.get(label) ?? label,
  };
};
