import { formatVerifierKey, parseVerifierKey, verifierOf, type VerifierKey } from '../tlog/index.ts';
import type { KeyStep } from '../domain/ledger/key-steps.ts';
import type { Claim } from './claims.ts';
import { fault, type Fault } from './fault.ts';
import { say } from '../messages/message.ts';

/**
 * Which key may sign which size. One key follows another by an event in the log, and the first checkpoint that covers
 * the event bears both signatures: so who trusts one of them can trust the other. A key signs nothing after its
 * successor came, even if somebody still has it.
 */

type Reign = { readonly key: VerifierKey; /** Sizes it may sign. */ readonly from: number; readonly to: number };

const keyOf = (vkey: string): VerifierKey | undefined => {
  const key = parseVerifierKey(vkey);
  return key.ok ? key.value : undefined;
};

const isSigned = ({ note }: Claim, key: VerifierKey): boolean => {
  const verifier = verifierOf(key);
  const signatures = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  const text = new TextEncoder().encode(note.text);
  // A bad signature of a key that is known makes the note no better, however many good ones there are.
  return signatures.length > 0 && signatures.every(({ bytes }) => verifier.verify(text, bytes));
};

/** Keys in the order in which they followed each other, each with the sizes that it may sign. */
const reignsOf = (
  first: string,
  steps: readonly KeyStep[],
  claims: readonly Claim[],
): { readonly reigns: readonly Reign[]; readonly faults: readonly Fault[] } => {
  const faults: Fault[] = [];
  const reigns: Reign[] = [];
  let vkey = first;
  let from = 0;
  for (const step of steps) {
    const key = keyOf(vkey);
    const place = `event ${step.position}`;
    if (key === undefined || step.kind !== 'rotated') continue;
    if (step.from !== vkey) {
      faults.push(fault('key', place, say('verifying.replaces-another-key', { from: step.from, signing: vkey }), step.position));
      continue;
    }
    const covering = claims.find(({ checkpoint }) => checkpoint.size >= step.position);
    const next = keyOf(step.to);
    if (next === undefined) faults.push(fault('key', place, say('verifying.names-a-key-that-is-none', { to: step.to }), step.position));
    else if (covering !== undefined && !(isSigned(covering, key) && isSigned(covering, next)))
      faults.push(
        fault('key', covering.place, say('verifying.change-of-key-not-signed-by-both', { position: step.position }), step.position),
      );
    reigns.push({ key, from, to: covering?.checkpoint.size ?? Infinity });
    vkey = step.to;
    from = covering?.checkpoint.size ?? Infinity;
  }
  const last = keyOf(vkey);
  return { reigns: last === undefined ? reigns : [...reigns, { key: last, from, to: Infinity }], faults };
};

export type Keyring = {
  /** Keys of this name, oldest first. */
  readonly keys: readonly string[];
  readonly faults: readonly Fault[];
};

/**
 * Checks every checkpoint's signature. `trusted` are the keys that one starts from: at least one must be in the chain
 * that the log itself tells, `steps`; without steps, `trusted` is the chain.
 */
export const checkKeys = (claims: readonly Claim[], steps: readonly KeyStep[], trusted: readonly string[]): Keyring => {
  const rotations = steps.slice(steps.findLastIndex(({ kind }) => kind === 'restarted') + 1);
  const restarted = steps.findLast(({ kind }) => kind === 'restarted');
  const [rotation] = rotations;
  const told = rotation?.kind === 'rotated' ? rotation.from : restarted?.to;
  // Without a word of the log about its keys, the one that signed is the one that is trusted.
  const signed = trusted.find((vkey) => {
    const key = keyOf(vkey);
    return key !== undefined && claims.some((claim) => isSigned(claim, key));
  });
  const first = told ?? signed;
  if (first === undefined) return { keys: [], faults: [fault('key', 'checkpoint', say('verifying.no-checkpoint-by-a-trusted-key'))] };
  const { reigns, faults } = reignsOf(first, rotations, claims);
  const keys = reigns.map(({ key }) => formatVerifierKey(key));
  const strange = keys.some((key) => trusted.includes(key))
    ? []
    : [fault('key', 'keys', say('verifying.no-signing-key-is-trusted', { keys: keys.join(', ') }))];
  const unsigned = claims.flatMap((claim) => {
    const { size } = claim.checkpoint;
    const rightful = reigns.find(({ from, to }) => from < size && size <= to);
    if (rightful !== undefined && isSigned(claim, rightful.key)) return [];
    const other = reigns.find(({ key }) => isSigned(claim, key));
    const detail =
      other === undefined
        ? say('verifying.not-signed-by-a-key-of-this-log')
        : say('verifying.signed-out-of-turn', { key: formatVerifierKey(other.key) });
    return [fault('checkpoint', claim.place, detail)];
  });
  return { keys, faults: [...faults, ...strange, ...unsigned] };
};
