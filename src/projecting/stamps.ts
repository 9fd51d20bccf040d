import { digestOf } from '../kernel/canonical.ts';
import type { AnyProjection } from './projection.ts';

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

const changeOf = ({ name, version, definition }: Stamp, before: Stamp | undefined): string | undefined => {
  if (before === undefined) return `${name} is new`;
  if (before.version !== version) return `${name} was at version ${before.version}, and is at ${version}`;
  return before.definition === definition ? undefined : `the tables of ${name} have changed`;
};

/** How the program's projections differ from those that made the file; empty where they do not. */
export const changesSince = (before: readonly Stamp[], now: readonly Stamp[]): readonly string[] => {
  const gone = before.filter(({ name }) => now.every((stamp) => stamp.name !== name));
  return [
    ...now.flatMap(
      (stamp) =>
        changeOf(
          stamp,
          before.find(({ name }) => name === stamp.name),
        ) ?? [],
    ),
    ...gone.map(({ name }) => `${name} is gone`),
  ];
};
