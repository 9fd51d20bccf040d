import { formatAddCheckpoint, type Policy } from '../ledger/index.ts';
import type { Ledger } from './ledger.ts';
import type { SignedCheckpoint } from './notebook.ts';

/** Asks the witnesses of the policy that have a URL to cosign (C2SP tlog-witness, add-checkpoint). */

export type Witnesses = {
  /** Asks each for the newest checkpoint, where it has not cosigned it. Never throws; a witness that fails is asked again later. */
  readonly ask: () => Promise<void>;
  /** Sizes that the witnesses said they have seen, by name. */
  readonly seen: () => ReadonlyMap<string, number>;
};

const TIMEOUT_MILLIS = 5_000;
/** A witness that is further on than we said answers 409 with its size; it is told again once. */
const TRIES = 2;

const add = async (url: string, body: Uint8Array): Promise<{ readonly status: number; readonly text: string }> => {
  const answer = await fetch(new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(body),
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
  });
  return { status: answer.status, text: await answer.text() };
};

export const createWitnesses = (deps: {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly onEvent: (message: string, detail: object) => void;
}): Witnesses => {
  const { ledger, policy, onEvent } = deps;
  const witnesses = [...policy.parties].flatMap(([name, party]) => (party.kind === 'witness' && party.url !== undefined ? [{ name, url: party.url }] : []));
  const seen = new Map<string, number>();

  const askOne = async ({ name, url }: { readonly name: string; readonly url: string }, checkpoint: SignedCheckpoint): Promise<void> => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const from = seen.get(name) ?? 0;
      if (from > checkpoint.size) {
        ledger.stop(`witness ${name} has cosigned size ${from}, but this log was last signed at ${checkpoint.size}`);
        onEvent('a witness is ahead of this log: signing stops', { witness: name, seen: from, size: checkpoint.size });
        return;
      }
      const proof = from === 0 || from === checkpoint.size ? [] : ledger.consistency(from, checkpoint.size);
      const { status, text } = await add(url, formatAddCheckpoint(from, proof, checkpoint.note));
      if (status === 409 && /^\d{1,15}\n?$/u.test(text)) {
        seen.set(name, Number(text));
        continue;
      }
      if (status === 422) {
        ledger.stop(`witness ${name} refuses the checkpoint of size ${checkpoint.size} as inconsistent with what it cosigned`);
        onEvent('a witness finds the log inconsistent: signing stops', { witness: name, size: checkpoint.size });
        return;
      }
      if (status !== 200) {
        onEvent('a witness did not cosign', { witness: name, size: checkpoint.size, status });
        return;
      }
      const cosigned = ledger.cosign(checkpoint.size, text);
      if (cosigned.ok && cosigned.added.length > 0) seen.set(name, checkpoint.size);
      else onEvent('a witness answered something else than its cosignature', { witness: name, size: checkpoint.size });
      return;
    }
  };

  return {
    ask: async () => {
      const checkpoint = ledger.last();
      if (checkpoint === undefined || ledger.stopped() !== undefined) return;
      await Promise.all(
        witnesses
          .filter(({ name }) => seen.get(name) !== checkpoint.size)
          .map(async (witness) => {
            try {
              await askOne(witness, checkpoint);
            } catch (error) {
              onEvent('a witness could not be reached', { witness: witness.name, error: String(error) });
            }
          }),
      );
    },
    seen: () => seen,
  };
};
