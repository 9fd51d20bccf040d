import { formatVerifierKey, parseVerifierKey, type Policy } from '../tlog/index.ts';
import { fault, type Fault } from './fault.ts';
import type { Memory } from './memory.ts';
import { say } from '../messages/message.ts';

/**
 * Whose signature counts. A policy says it; without one, the keys remembered from the last time; and the first time
 * the keys that lie beside the log, which is to be said.
 */
export type Trust = {
  readonly kind: 'policy' | 'remembered' | 'first-use';
  readonly keys: readonly string[];
  readonly policy: Policy | undefined;
  readonly faults: readonly Fault[];
};

const malformed = (keys: readonly string[]): readonly Fault[] =>
  keys.flatMap((key) => {
    const parsed = parseVerifierKey(key);
    return parsed.ok ? [] : [fault('key', 'keys', say('verifying.is-no-verifier-key', { key, reason: parsed.reason }))];
  });

export const trustIn = (
  origin: string,
  claimed: readonly string[],
  policy: Policy | undefined,
  memory: Pick<Memory, 'keys'> | undefined,
): Trust => {
  const faults = malformed(claimed);
  if (policy !== undefined) {
    const keys = policy.logs.filter(({ key }) => key.name === origin).map(({ key }) => formatVerifierKey(key));
    const unknown = keys.length === 0 ? [fault('key', 'policy', say('verifying.policy-does-not-name-log', { origin }))] : [];
    return { kind: 'policy', keys, policy, faults: [...faults, ...unknown] };
  }
  const remembered = memory?.keys();
  return remembered === undefined
    ? { kind: 'first-use', keys: claimed, policy, faults }
    : { kind: 'remembered', keys: remembered, policy, faults };
};
