import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { digestOf } from '../../kernel/canonical.ts';

const MOST_OF_HOST = 40;
const DIGITS = 6;

/** What a replica is called in the events that it records: its machine, and which data directory there. */
export const replicaName = (dataDir: string): string => {
  const host = hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, MOST_OF_HOST);
  return `${host}-${digestOf(realpathSync(dataDir)).slice(0, DIGITS)}`;
};
