import type { HashTile } from '../tlog/index.ts';
import type { Fault } from './fault.ts';
import type { Leaf } from './leaf.ts';
import type { Text } from '../messages/message.ts';

/**
 * Where a log is read from: an exported bundle, a data directory, a server. Nothing of what it gives is trusted, the
 * notes' signatures alone decide. Its methods throw `Unreadable` where something is missing or is not what it should be.
 */
export type Source = {
  /** How a person would name it. */
  readonly label: Text;
  /** The name under which the log signs, as claimed. */
  readonly origin: () => Promise<string>;
  /** Verifier keys, oldest first, as claimed. */
  readonly keys: () => Promise<readonly string[]>;
  readonly newest: () => Promise<NoteFile>;
  /** Every checkpoint, in order of size. */
  readonly notes: () => Promise<readonly NoteFile[]>;
  /** How many entries it holds; undefined of a source that shows no more than its newest checkpoint is about. */
  readonly held: (() => Promise<number>) | undefined;
  /** A bundle of entries; index and width as in tlog-tiles. */
  readonly entries: (index: number, width: number) => Promise<Entries>;
  /** A tile of hashes; undefined where the source keeps none. */
  readonly tile: ((tile: HashTile) => Promise<Uint8Array>) | undefined;
  /** The events of a stream in order, and a proof file of the last one. */
  readonly stream: (name: string) => Promise<StreamOfLog>;
  readonly close: () => void;
};

export type Entries = {
  readonly bytes: readonly Uint8Array[];
  /** What the source says of them beside their bytes that is not so. */
  readonly disagreements?: (leaves: readonly (Leaf | undefined)[]) => readonly Fault[];
};

export type NoteFile = {
  readonly place: string;
  readonly bytes: Uint8Array;
  /** What a time-stamping authority replied about it (RFC 3161). */
  readonly timestamp?: Uint8Array | undefined;
  /** When it was signed, epoch ms, as the log itself says; nobody else vouches for it. */
  readonly signedAt?: number | undefined;
};

export type StreamOfLog = { readonly leaves: readonly Uint8Array[]; readonly proof: Uint8Array };
