/*
 * A transparency log in the public formats: RFC 6962 trees, and the C2SP notes, checkpoints, cosignatures, proofs, tiles,
 * policies and witness protocol. It knows bytes and hashes, does no input or output, and needs nothing but node:crypto.
 */
export type { Refusal, Result, Verdict } from './result.ts';

export { EMPTY_ROOT, HASH_SIZE, hashFromBase64, isHash, leafHash, nodeHash } from './hash.ts';
export type { Hash } from './hash.ts';
export { appendLeaves, emptyRange, mergeRanges, rangeNodes, rangeRoot } from './compact-range.ts';
export type { CompactRange, NodeVisitor } from './compact-range.ts';
export { consistencyProof, inclusionProof, nodesFromLeaves, rangeAt, rootAt, rootFromLeaves } from './tree.ts';
export type { NodeSource } from './tree.ts';
export { rootFromInclusion, verifyConsistency, verifyInclusion } from './verify-proof.ts';
export type { Consistency, ConsistencyRefusal, Inclusion, InclusionRefusal } from './verify-proof.ts';

export { TILE_WIDTH, parseTilePath, tilePath } from './tile-path.ts';
export type { Tile } from './tile-path.ts';
export { changedBundles, changedTiles, growTiles, nodeFromTiles, partialWidth, tileBytes, tileSlot, tileWidth } from './tiles.ts';
export type { Grown, HashTile, KeptTiles, TileReader, TileSlot } from './tiles.ts';
export { MAX_ENTRY_BYTES, decodeEntries, encodeEntries } from './entry-bundle.ts';

export { formatVerifierKey, isKeyName, keyLabel, parseVerifierKey, verifierKey, verifierKeysOf } from './verifier-key.ts';
export type { KeyIdentity, KeyType, VerifierKey, VerifierKeyRefusal } from './verifier-key.ts';
export { cosigner, formatPrivateKey, generateKey, noteSigner, parsePrivateKey, verifierOf } from './keys.ts';
export type { NoteKey } from './keys.ts';
export { MAX_NOTE_BYTES, MAX_SIGNATURES, formatNote, formatSignature, parseNote, parseSignatures } from './note.ts';
export { checkSignatures, openNote, signNote, signText } from './note.ts';
export type { Note, NoteRefusal, OpenRefusal, OpenedNote, Signature, Signer, Verifier } from './note.ts';
export { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
export type { Checkpoint, CheckpointRefusal } from './checkpoint.ts';
export { cosignatureTime, signCosignature, verifyCosignature } from './cosignature.ts';

export { NO_QUORUM, parsePolicy, quorumMet, witnessesOf } from './policy.ts';
export type { Policy, PolicyGroup, PolicyLog, PolicyRefusal, PolicyWitness, NamedWitness } from './policy.ts';
export { trustCheckpoint } from './trust.ts';
export type { Cosigned, TrustRefusal, TrustedCheckpoint } from './trust.ts';
export { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts';
export type { ProvenLeaf, TlogProof, TlogProofRefusal } from './tlog-proof.ts';
export { cosign, decideAddCheckpoint, formatAddCheckpoint, parseAddCheckpoint, refusalAnswer } from './witness.ts';
export type { AddCheckpoint, AddCheckpointRefusal, WitnessConsent, WitnessDecision, WitnessRefusal, WitnessState } from './witness.ts';
