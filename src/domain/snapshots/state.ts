import { streamsNamed } from '../../kernel/stream.ts';
import type { SnapshotEvent } from './events.ts';

export type Snapshot = SnapshotEvent['data'] | null;

export const evolveSnapshot = (_: Snapshot, event: SnapshotEvent): Snapshot => event.data;

export const snapshotStream = streamsNamed('snapshot-');

export const snapshotFolding = { initial: null as Snapshot, evolve: evolveSnapshot };
