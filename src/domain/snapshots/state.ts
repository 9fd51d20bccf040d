import type { SnapshotEvent } from './events.ts';

export type Snapshot = SnapshotEvent['data'] | null;

export const evolveSnapshot = (_: Snapshot, event: SnapshotEvent): Snapshot => event.data;

export const snapshotStream = (id: string): string => `snapshot-${id}`;

export const snapshotFolding = { initial: null as Snapshot, evolve: evolveSnapshot };
