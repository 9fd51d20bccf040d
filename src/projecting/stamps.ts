import { digestOf } from '../kernel/canonical.ts';
import type { AnyProjection } from './projection.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * What a file of views notes about each projection, so that a projection does not take rows for its own that another
 * version made.
 */
export type Stamp = {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of its tables: their names, kinds, columns, keys and indexes. */
  readonly definition: string;
};

export const stampOf = ({ name, version, tables }: AnyProjection): Stamp => ({ name, version, definition: digestOf(tables) });

const changeOf = ({ name, version, definition }: Stamp, before: Stamp | undefined): Message | undefined => {
  if (before === undefined) return say('views.projection-is-new', { name });
  if (before.version !== version) return say('views.projection-has-another-version', { name, before: before.version, now: version });
  return before.definition === definition ? undefined : say('views.tables-have-changed', { name });
};

/** How the program's projections differ from those that made the file; empty where they do not. */
export const changesSince = (before: readonly Stamp[], now: readonly Stamp[]): readonly Message[] => {
  const gone = before.filter(({ name }) => now.every((stamp) => stamp.name !== name));
  return [
    ...now.flatMap(
      (stamp) =>
        changeOf(
          stamp,
          before.find(({ name }) => name === stamp.name),
        ) ?? [],
    ),
    ...gone.map(({ name }) => say('views.projection-is-gone', { name })),
  ];
};
