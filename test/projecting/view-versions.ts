import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/domain/catalogue.ts';
import { loadDemo } from '../../src/main/commands/demo.ts';
import { digestOfRows } from '../../src/projecting/digest.ts';
import type { AnyProjection } from '../../src/projecting/projection.ts';
import { recorded } from '../../src/projecting/recorded.ts';
import { openViews } from '../../src/projecting/views.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { temporaryDir } from '../store/temporary-dir.ts';

/**
 * A view file is rebuilt when a projection's version is not the one that it was built by. Nothing makes a programmer
 * raise it, so what every version makes of the demo year is kept in `view-versions.json`: other rows, or other tables,
 * under the version that is recorded there mean that files of older programs would be read as if they were new.
 *
 * Where the events of the year have changed themselves, rows cannot be compared: change the year or the projections,
 * never both at once.
 */

export type ViewVersions = {
  /** SHA-256 of the year's events as handlers get them. */
  readonly year: string;
  readonly projections: Readonly<Record<string, ViewVersion>>;
};

/** `definition` and `rows` are SHA-256 of its tables' definitions and of all rows that it makes of the year. */
export type ViewVersion = { readonly version: number; readonly definition: string; readonly rows: string };

export const RECORD_COMMAND = 'npm run views:record';
export const RECORD_FILE = join(import.meta.dirname, 'view-versions.json');

// Written by `views:record` alone.
export const recordedVersions = (): ViewVersions => JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as ViewVersions;

/** The synthetic year's events, the same on every call. */
export const demoYear = async (): Promise<readonly StoredEvent[]> => {
  const dir = temporaryDir();
  try {
    await loadDemo(dir.path, 'Asia/Shanghai');
    const log = openLogFile(join(dir.path, 'log.sqlite'), { readOnly: true });
    const events = log.readAll(0, log.head().position);
    log.close();
    return events;
  } finally {
    dir.remove();
  }
};

const digestOfYear = (year: readonly StoredEvent[]): string => {
  const digest = createHash('sha256');
  for (const event of year) digest.update(`${JSON.stringify(recorded(catalogue, event))}\n`);
  return digest.digest('hex');
};

/** What the projections make of a year. */
export const measured = (year: readonly StoredEvent[], projections: readonly AnyProjection[]): ViewVersions => {
  const views = openViews(':memory:', projections, catalogue);
  try {
    views.writer.project(year);
    const { definitions } = views.writer;
    const versions = definitions.stamps.map(({ name, version, definition }) => {
      const tables = definitions.projections.find(({ projection }) => projection.name === name)?.tables.values() ?? [];
      return [name, { version, definition, rows: digestOfRows(views.database(), tables) }] as const;
    });
    return { year: digestOfYear(year), projections: Object.fromEntries(versions) };
  } finally {
    views.close();
  }
};

/** `raise` asks for a higher version, and nothing may be recorded before; `record` for a recording alone. */
export type Finding = { readonly asks: 'raise' | 'record'; readonly sentence: string };

const raise = (what: string): Finding => ({
  asks: 'raise',
  sentence: `${what}: raise its version, then run ${RECORD_COMMAND} to record the new digest`,
});
const record = (what: string): Finding => ({ asks: 'record', sentence: `${what}: run ${RECORD_COMMAND}` });

const findingsOn = (name: string, was: ViewVersion | undefined, is: ViewVersion | undefined, sameYear: boolean): readonly Finding[] => {
  if (is === undefined) return [record(`${name} is recorded, and is no projection any more`)];
  if (was === undefined) return [record(`${name} is not recorded yet`)];
  if (is.version > was.version) return [record(`${name} is at version ${is.version}, and recorded at ${was.version}`)];
  if (is.version < was.version) return [raise(`${name} is at version ${is.version}, which is older than the recorded ${was.version}`)];
  if (is.definition !== was.definition) return [raise(`the tables of ${name} have changed under version ${is.version}`)];
  if (sameYear && is.rows !== was.rows) return [raise(`${name} makes other rows of the demo year under version ${is.version}`)];
  return [];
};

/** What stands between the recorded versions and those measured; empty where nothing does. */
export const findings = (was: ViewVersions, is: ViewVersions): readonly Finding[] => {
  const sameYear = is.year === was.year;
  const names = new Set([...Object.keys(was.projections), ...Object.keys(is.projections)]);
  return [
    ...[...names].flatMap((name) => findingsOn(name, was.projections[name], is.projections[name], sameYear)),
    ...(sameYear ? [] : [record('the demo year has other events than those recorded')]),
  ];
};
