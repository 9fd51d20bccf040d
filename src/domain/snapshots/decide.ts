import { accept, reject, type Decide, type Decider } from '../../kernel/decider.ts';
import { SnapshotTaken, type SnapshotEvent } from './events.ts';
import { snapshotFolding, type Snapshot } from './state.ts';
import { say } from '../../messages/message.ts';

/** What was computed comes with the command: the decider records it, once. */
export type TakeSnapshot = { readonly type: 'TakeSnapshot'; readonly taken: SnapshotEvent['data'] };

const takeSnapshot: Decide<Snapshot, TakeSnapshot, SnapshotEvent> = (snapshot, { taken }) =>
  snapshot === null ? accept(SnapshotTaken(taken)) : reject('already-decided', say('snapshots.snapshot-this-id-was-taken'));

export const snapshotDecider: Decider<Snapshot, TakeSnapshot, SnapshotEvent> = {
  ...snapshotFolding,
  decide: takeSnapshot,
};
