import { parseCheckpoint } from './checkpoint.ts';
import type { Checkpoint, CheckpointRefusal } from './checkpoint.ts';
import { cosignatureTime } from './cosignature.ts';
import { verifierOf } from './keys.ts';
import { checkSignatures, parseNote } from './note.ts';
import type { OpenRefusal, Signature } from './note.ts';
import { quorumMet } from './policy.ts';
import type { Policy } from './policy.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';
import type { KeyIdentity } from './verifier-key.ts';

/** That a witness, by its name in the policy, vouched for a checkpoint; `time` in seconds since 1970. */
export type Cosigned = { readonly witness: string; readonly time: number };

/** A checkpoint that a policy accepts, and who vouched for it. A witness may be there twice, with two times. */
export type TrustedCheckpoint = { readonly checkpoint: Checkpoint; readonly cosigned: readonly Cosigned[] };

export type TrustRefusal = OpenRefusal | CheckpointRefusal | 'unknown-origin' | 'no-log-signature' | 'quorum-not-met';

const signedBy = (signatures: readonly Signature[], key: KeyIdentity): readonly Signature[] =>
  signatures.filter((signature) => signature.name === key.name && signature.keyId === key.keyId);

/**
 * The checkpoint in a note, if a log of the policy signed it under its own origin, enough witnesses cosigned it, and no
 * known key's signature is bad (C2SP tlog-proof, Verifying, steps 2 and 3).
 */
export const trustCheckpoint = (bytes: Uint8Array, policy: Policy): Result<TrustedCheckpoint, TrustRefusal> => {
  const note = parseNote(bytes);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  const logs = policy.logs.filter((log) => log.key.name === checkpoint.value.origin);
  if (logs.length === 0) return refuse('unknown-origin', checkpoint.value.origin);
  const witnesses = [...policy.parties].flatMap(([name, party]) => (party.kind === 'witness' ? [{ name, key: party.key }] : []));
  const opened = checkSignatures(
    note.value,
    [...logs, ...witnesses].map(({ key }) => verifierOf(key)),
  );
  if (!opened.ok) return opened;
  const { signatures } = opened.value;
  if (!logs.some(({ key }) => signedBy(signatures, key).length > 0)) return refuse('no-log-signature');
  const cosigned = witnesses.flatMap(({ name, key }) =>
    signedBy(signatures, key).flatMap((signature) => {
      const time = cosignatureTime(signature.bytes);
      return time === undefined ? [] : [{ witness: name, time }];
    }),
  );
  if (!quorumMet(policy, new Set(cosigned.map(({ witness }) => witness)))) return refuse('quorum-not-met');
  return ok({ checkpoint: checkpoint.value, cosigned });
};
