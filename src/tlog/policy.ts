import { decodeUtf8, sameBytes } from './bytes.ts';
import { parseDecimal } from './numbers.ts';
import { ok, refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';
import { parseVerifierKey } from './verifier-key.ts';
import type { KeyType, VerifierKey } from './verifier-key.ts';

/** A log whose checkpoints are accepted: its key's name is the origin it must sign under. */
export type PolicyLog = { readonly key: VerifierKey; readonly url: string | undefined };

export type PolicyWitness = { readonly kind: 'witness'; readonly key: VerifierKey; readonly url: string | undefined };

/** Counts as a cosigner once `threshold` of its members do. */
export type PolicyGroup = { readonly kind: 'group'; readonly threshold: number; readonly members: readonly string[] };

/**
 * Whom to believe (C2SP tlog-policy). Witnesses and groups share one set of names, which mean nothing outside the file;
 * `quorum` is one of them, or 'none'.
 */
export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly parties: ReadonlyMap<string, PolicyWitness | PolicyGroup>;
  readonly quorum: string;
};

/** A witness under the policy's name for it. */
export type NamedWitness = { readonly name: string; readonly key: VerifierKey; readonly url: string | undefined };

export const witnessesOf = (policy: Policy | undefined): readonly NamedWitness[] =>
  [...(policy?.parties ?? [])].flatMap(([name, party]) => (party.kind === 'witness' ? [{ name, key: party.key, url: party.url }] : []));

export type PolicyRefusal =
  | 'policy-too-large'
  | 'not-policy-text'
  | 'bad-policy-line'
  | 'bad-policy-key'
  | 'duplicate-key'
  | 'duplicate-name'
  | 'undefined-name'
  | 'member-taken'
  | 'bad-threshold'
  | 'duplicate-quorum'
  | 'no-quorum';

export const NO_QUORUM = 'none';

const MAX_POLICY_BYTES = 1024 * 1024;
const TAB = 0x09;
const NEWLINE = 0x0a;
const DELETE = 0x7f;

type Draft = {
  readonly logs: PolicyLog[];
  readonly parties: Map<string, PolicyWitness | PolicyGroup>;
  readonly taken: Set<string>;
  quorum: string | undefined;
};

type LineRefusal = Refusal<PolicyRefusal> | undefined;

// A log may sign with any type of key; a witness's statement is a cosignature (C2SP tlog-policy, Public key representation).
const parseKey = (vkey: string, types: readonly KeyType[]): Result<VerifierKey, 'bad-policy-key'> => {
  const key = parseVerifierKey(vkey);
  if (!key.ok) return refuse('bad-policy-key', key.reason);
  return types.includes(key.value.type) ? key : refuse('bad-policy-key', 'unsupported-key-type');
};

const isSameRawKey = (a: { readonly key: VerifierKey }, b: VerifierKey): boolean => sameBytes(a.key.publicKey, b.publicKey);

const addLog = (draft: Draft, [vkey, url, ...more]: readonly string[]): LineRefusal => {
  if (vkey === undefined || more.length > 0) return refuse('bad-policy-line');
  const key = parseKey(vkey, ['ed25519', 'cosignature']);
  if (!key.ok) return key;
  if (draft.logs.some((log) => isSameRawKey(log, key.value))) return refuse('duplicate-key');
  draft.logs.push({ key: key.value, url });
  return undefined;
};

const addWitness = (draft: Draft, [name, vkey, url, ...more]: readonly string[]): LineRefusal => {
  if (name === undefined || vkey === undefined || more.length > 0) return refuse('bad-policy-line');
  if (name === NO_QUORUM || draft.parties.has(name)) return refuse('duplicate-name', name);
  const key = parseKey(vkey, ['cosignature']);
  if (!key.ok) return key;
  for (const party of draft.parties.values()) {
    if (party.kind === 'witness' && isSameRawKey(party, key.value)) return refuse('duplicate-key');
  }
  draft.parties.set(name, { kind: 'witness', key: key.value, url });
  return undefined;
};

const parseThreshold = (text: string, members: number): number | undefined => {
  if (text === 'any') return 1;
  if (text === 'all') return members;
  const threshold = parseDecimal(text);
  return threshold !== undefined && threshold >= 1 && threshold <= members ? threshold : undefined;
};

const addGroup = (draft: Draft, [name, thresholdText, ...members]: readonly string[]): LineRefusal => {
  if (name === undefined || thresholdText === undefined || members.length === 0) return refuse('bad-policy-line');
  if (name === NO_QUORUM || draft.parties.has(name)) return refuse('duplicate-name', name);
  const threshold = parseThreshold(thresholdText, members.length);
  if (threshold === undefined) return refuse('bad-threshold', thresholdText);
  for (const member of members) {
    // Only names from earlier lines, so there are no circles; 'none' is never among them.
    if (!draft.parties.has(member)) return refuse('undefined-name', member);
    // Each name in one group at most, so that a witness counts in one way only.
    if (draft.taken.has(member)) return refuse('member-taken', member);
    draft.taken.add(member);
  }
  draft.parties.set(name, { kind: 'group', threshold, members });
  return undefined;
};

const setQuorum = (draft: Draft, [name, ...more]: readonly string[]): LineRefusal => {
  if (name === undefined || more.length > 0) return refuse('bad-policy-line');
  if (draft.quorum !== undefined) return refuse('duplicate-quorum');
  if (name !== NO_QUORUM && !draft.parties.has(name)) return refuse('undefined-name', name);
  draft.quorum = name;
  return undefined;
};

const KEYWORDS: ReadonlyMap<string, (draft: Draft, items: readonly string[]) => LineRefusal> = new Map([
  ['log', addLog],
  ['witness', addWitness],
  ['group', addGroup],
  ['quorum', setQuorum],
]);

const isPolicyText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === TAB || byte === NEWLINE || (byte >= 0x20 && byte !== DELETE));

/** Items are separated by spaces and tabs only; a line of none, or one whose first begins with '#', says nothing. */
const itemsOf = (line: string): readonly string[] => {
  const items = line.split(/[ \t]+/).filter((item) => item !== '');
  return items[0]?.startsWith('#') === true ? [] : items;
};

/**
 * A policy file. Stricter than the specification in one thing: text outside ASCII must be UTF-8, comments included.
 * `detail` begins with the number of the line.
 */
export const parsePolicy = (bytes: Uint8Array): Result<Policy, PolicyRefusal> => {
  if (bytes.length > MAX_POLICY_BYTES) return refuse('policy-too-large');
  const text = isPolicyText(bytes) ? decodeUtf8(bytes) : undefined;
  const lines = text?.split('\n');
  if (lines?.pop() !== '') return refuse('not-policy-text');
  const draft: Draft = { logs: [], parties: new Map(), taken: new Set(), quorum: undefined };
  for (const [at, line] of lines.entries()) {
    const [keyword, ...items] = itemsOf(line);
    if (keyword === undefined) continue;
    const read = KEYWORDS.get(keyword);
    const refusal = read === undefined ? refuse('bad-policy-line') : read(draft, items);
    if (refusal === undefined) continue;
    return refuse(refusal.reason, refusal.detail === undefined ? `line ${at + 1}` : `line ${at + 1}: ${refusal.detail}`);
  }
  const { logs, parties, quorum } = draft;
  return quorum === undefined ? refuse('no-quorum') : ok({ logs, parties, quorum });
};

/** Whether these witnesses, by their names in the policy, are enough. */
export const quorumMet = (policy: Policy, cosigners: ReadonlySet<string>): boolean => {
  const counts = (name: string): boolean => {
    const party = policy.parties.get(name);
    if (party === undefined) return false;
    return party.kind === 'witness' ? cosigners.has(name) : party.members.filter(counts).length >= party.threshold;
  };
  return policy.quorum === NO_QUORUM || counts(policy.quorum);
};
