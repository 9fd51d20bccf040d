import type { Clock } from '../kernel/clock.ts';
import {
  checkSignatures,
  consistencyProof,
  cosignatureTime,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  inclusionProof,
  noteSigner,
  parseNote,
  parseSignatures,
  quorumMet,
  rootAt,
  signNote,
  verifierOf,
  type Hash,
  type HashTile,
  type NoteKey,
  type Policy,
} from '../ledger/index.ts';
import type { Views } from '../projecting/views.ts';
import type { Notebook, SignedCheckpoint } from './notebook.ts';
import { isInTree, tileReader, treeOf } from './tiles-sink.ts';

/**
 * The log's tree at work: checkpoints are signed as it grows, and anything in it can be proved. It never signs what is
 * inconsistent with what it signed before (C2SP tlog-checkpoint): then it stops signing and says why.
 */
export type Ledger = {
  readonly origin: string;
  readonly verifierKey: string;
  /** Leaves that can be proved now: the position of the views. */
  readonly size: () => number;
  /** Signs if there is cause: 256 leaves or 10 s since the last checkpoint. Gives the newest. */
  readonly tick: () => SignedCheckpoint | undefined;
  /** The newest checkpoint that covers a position, signed early if it must be; undefined beyond the views. */
  readonly cover: (position: number) => SignedCheckpoint | undefined;
  /** The signed note with all cosignatures known. */
  readonly note: (checkpoint: SignedCheckpoint) => Uint8Array;
  readonly last: () => SignedCheckpoint | undefined;
  readonly root: (size: number) => Hash;
  readonly inclusion: (position: number, size: number) => readonly Hash[];
  readonly consistency: (from: number, to: number) => readonly Hash[];
  /** The proof file of a position. */
  readonly receipt: (position: number, checkpoint: SignedCheckpoint) => Uint8Array;
  /** A tile's bytes, undefined where the tree has none of this width. */
  readonly tile: (tile: HashTile) => Uint8Array | undefined;
  /** Adds cosignature lines for a size; the names of the witnesses that were added, or why not. */
  readonly cosign: (size: number, lines: string) => { readonly ok: true; readonly added: readonly string[] } | { readonly ok: false; readonly reason: string };
  /** The largest size that the policy's quorum of witnesses has cosigned. */
  readonly anchoredThrough: () => number;
  /** Why it does not sign, where it does not. */
  readonly stopped: () => string | undefined;
  /** Stops signing for good: what was sequenced is contradicted. */
  readonly stop: (reason: string) => void;
};

const LEAVES_BETWEEN = 256;
const MILLIS_BETWEEN = 10_000;
/** A receipt asked for before its checkpoint is due gets one, but not more often than this. */
const EARLY_MILLIS = 1_000;
/** Cosigned sizes looked at for a quorum. */
const RECENT = 64;

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const openLedger = (deps: {
  readonly views: Views;
  /** The last position of the log. */
  readonly head: () => number;
  readonly notebook: Notebook;
  readonly key: NoteKey;
  readonly clock: Clock;
  readonly policy?: Policy | undefined;
}): Ledger => {
  const { views, head, notebook, key, clock, policy } = deps;
  const signer = noteSigner(key);
  const origin = key.name;
  const known = notebook.origin();
  if (known === undefined) notebook.setOrigin(origin);
  let stopped = known === undefined || known === origin ? undefined : `the key signs for ${origin}, but this log is ${known}`;
  let newest = notebook.last();
  let anchored = 0;

  const size = (): number => views.position();
  const root = (at: number): Hash => rootAt(at, treeOf(views.database(), at));

  /**
   * Whether a new checkpoint would be consistent with the last one: looked at each time, since the tree can have been
   * made again from another log in between. `wait`: the views have not come so far yet.
   */
  const standing = (): 'consistent' | 'wait' | { readonly contradiction: string } => {
    if (newest === undefined) return 'consistent';
    if (newest.size > head()) return { contradiction: `a checkpoint of size ${newest.size} was signed, but the log ends at ${head()}` };
    if (newest.size > size()) return 'wait';
    if (same(newest.root, root(newest.size))) return 'consistent';
    return { contradiction: `the tree at size ${newest.size} is not the one that was signed` };
  };

  const sign = (): void => {
    const at = size();
    if (stopped !== undefined || at === 0 || at === newest?.size) return;
    const found = standing();
    if (typeof found === 'object') stopped = found.contradiction;
    if (found !== 'consistent' || at === newest?.size) return;
    const checkpoint = { origin, size: at, root: root(at), extensions: [] };
    const note = formatNote(signNote({ text: formatCheckpoint(checkpoint), signatures: [] }, [signer]));
    const signed: SignedCheckpoint = { size: at, root: checkpoint.root, note, signedAt: clock.now().epochMilliseconds };
    notebook.add(signed); // durable before anyone can see it
    newest = signed;
  };

  const since = (): number => (newest === undefined ? Infinity : clock.now().epochMilliseconds - newest.signedAt);
  const due = (): boolean => size() - (newest?.size ?? 0) >= LEAVES_BETWEEN || since() >= MILLIS_BETWEEN;

  const tick = (): SignedCheckpoint | undefined => {
    if (due()) sign();
    return newest;
  };

  const witnesses = policy === undefined ? [] : [...policy.parties].flatMap(([name, party]) => (party.kind === 'witness' ? [{ name, key: party.key }] : []));

  const cosign: Ledger['cosign'] = (at, lines) => {
    const checkpoint = notebook.at(at);
    if (checkpoint === undefined) return { ok: false, reason: `no checkpoint of size ${at} was signed` };
    const parsed = parseNote(checkpoint.note);
    const signatures = parseSignatures(lines.endsWith('\n') ? lines : `${lines}\n`);
    if (!parsed.ok || !signatures.ok) return { ok: false, reason: 'not a cosignature line' };
    const checkedNote = checkSignatures({ text: parsed.value.text, signatures: signatures.value }, witnesses.map((witness) => verifierOf(witness.key)));
    if (!checkedNote.ok) return { ok: false, reason: checkedNote.reason };
    const added = checkedNote.value.signatures.flatMap((signature) => {
      const time = cosignatureTime(signature.bytes);
      const witness = witnesses.find(({ key: { name, keyId } }) => name === signature.name && keyId === signature.keyId);
      if (time === undefined || witness === undefined) return [];
      notebook.addCosignature(at, witness.name, time, signature);
      return [witness.name];
    });
    return { ok: true, added };
  };

  const anchoredThrough = (): number => {
    if (policy === undefined) return 0;
    for (const at of notebook.cosignedSizes(RECENT)) {
      if (at <= anchored) break;
      if (quorumMet(policy, new Set(notebook.cosignatures(at).map(({ witness }) => witness)))) {
        anchored = at;
        break;
      }
    }
    return anchored;
  };

  const note: Ledger['note'] = (checkpoint) =>
    Buffer.concat([checkpoint.note, ...notebook.cosignatures(checkpoint.size).map(({ line }) => Buffer.from(`${line}\n`, 'utf8'))]);

  const inclusion: Ledger['inclusion'] = (position, at) => inclusionProof(position - 1, at, treeOf(views.database(), at));

  const found = standing();
  if (typeof found === 'object') stopped ??= found.contradiction;

  return {
    origin,
    verifierKey: formatVerifierKey(key),
    size,
    tick,
    cover: (position) => {
      if (position > size() || position < 1) return undefined;
      if ((newest?.size ?? 0) < position && (due() || since() >= EARLY_MILLIS)) sign();
      return newest !== undefined && newest.size >= position ? newest : undefined;
    },
    note,
    last: () => newest,
    root,
    inclusion,
    consistency: (from, to) => consistencyProof(from, to, treeOf(views.database(), to)),
    receipt: (position, checkpoint) =>
      formatTlogProof({ index: position - 1, hashes: inclusion(position, checkpoint.size), checkpoint: note(checkpoint) }),
    tile: (tile) => (isInTree(tile, size()) ? tileReader(views.database())(tile) : undefined),
    cosign,
    anchoredThrough,
    stopped: () => stopped,
    stop: (reason) => {
      stopped ??= reason;
    },
  };
};

