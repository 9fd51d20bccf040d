import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatTlogProof, inclusionProof, leafHash, nodesFromLeaves, TILE_WIDTH } from '../tlog/index.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { fault, Unreadable, type Fault } from './fault.ts';
import type { Leaf } from './leaf.ts';
import type { NoteFile, Source } from './source.ts';
import { say } from '../messages/message.ts';

/**
 * A data directory, read beside the server that has it or without one. It is read with SQL of its own: what the
 * program that wrote it would say of it is what is to be checked.
 */

/** The embedded log, or what was sequenced here of a cluster's. */
const logIn = (dir: string): string | undefined => {
  const { log, mirror } = dataFiles(dir);
  return [log, mirror].find((path) => existsSync(path));
};

/** Whether a directory is a data directory. */
export const isDataDir = (dir: string): boolean => logIn(dir) !== undefined;

type Row = {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly recordedAt: number;
  readonly leaf: Uint8Array;
  readonly bytes: Uint8Array;
};

const EVENTS = `SELECT event.position, stream.name AS stream, event.revision, lower(hex(event.id)) AS id,
    event.recorded_at AS recordedAt, event.leaf, event.bytes
  FROM event LEFT JOIN stream ON stream.id = event.stream`;

const open = (path: string): DatabaseSync => {
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  } catch (error) {
    throw new Unreadable(basename(path), say('verifying.cannot-be-opened', { why: String(error) }));
  }
};

const disagreement = (leaf: Leaf, row: Row | undefined, file: string): readonly Fault[] => {
  if (row === undefined) return [];
  const columns: readonly (readonly [column: string, stated: string | number, held: string | number])[] = [
    ['stream', row.stream, leaf.subject],
    ['revision', row.revision, leaf.revision],
    ['id', row.id, leaf.id.replaceAll('-', '')],
    ['leaf', row.leaf.toHex(), leaf.hash.toHex()],
  ];
  return columns
    .filter(([, stated, held]) => stated !== held)
    .map(([column, stated, held]) =>
      fault('row', `${file} position ${row.position}`, say('verifying.column-says-otherwise', { column, stated, held }), row.position),
    );
};

export const dataSource = (dir: string): Source => {
  const paths = dataFiles(dir);
  const logPath = logIn(dir) ?? paths.log;
  const [file, store] = [basename(logPath), basename(paths.checkpoints)];
  const log = open(logPath);
  const checkpoints = open(paths.checkpoints);
  const after = log.prepare(`${EVENTS} WHERE event.position > ? ORDER BY event.position LIMIT ?`);

  // The casts say what SQLite's types do not: the columns asked for.
  const notesFrom = (sql: string): readonly NoteFile[] =>
    (checkpoints.prepare(sql).all() as { readonly size: number; readonly note: Uint8Array; readonly signedAt: number }[]).map(
      ({ size, note, signedAt }) => {
        const lines = checkpoints.prepare('SELECT line FROM cosignature WHERE size = ? ORDER BY witness').all(size) as {
          readonly line: string;
        }[];
        const stamp = checkpoints.prepare('SELECT reply FROM stamp WHERE size = ?').get(size) as { readonly reply: Uint8Array } | undefined;
        return {
          timestamp: stamp?.reply,
          signedAt,
          place: `${store} checkpoint ${size}`,
          bytes: Buffer.concat([note, ...lines.map(({ line }) => Buffer.from(line, 'utf8'))]),
        };
      },
    );
  const newest = (): NoteFile => {
    const [note] = notesFrom('SELECT size, note, signed_at AS signedAt FROM checkpoint ORDER BY size DESC LIMIT 1');
    if (note === undefined) throw new Unreadable(store, say('verifying.holds-no-checkpoint'));
    return note;
  };
  const identity = (name: string): string | undefined =>
    (checkpoints.prepare('SELECT value FROM identity WHERE name = ?').get(name) as { readonly value: string } | undefined)?.value;

  return {
    label: say('verifying.source-data-directory', { dir }),
    origin: async () => {
      const origin = identity('origin');
      if (origin === undefined) throw new Unreadable(store, say('verifying.names-no-log'));
      return origin;
    },
    keys: async () => {
      const keys = identity('keys');
      if (keys === undefined) throw new Unreadable(store, say('verifying.names-no-keys'));
      return keys.split('\n');
    },
    newest: async () => newest(),
    notes: async () => notesFrom('SELECT size, note, signed_at AS signedAt FROM checkpoint ORDER BY size'),
    held: async () => (log.prepare('SELECT coalesce(max(position), 0) AS held FROM event').get() as { readonly held: number }).held,
    entries: async (index, width) => {
      const first = index * TILE_WIDTH;
      const rows = after.all(first, width) as unknown as readonly Row[];
      const wrong = rows.findIndex(({ position }, at) => position !== first + at + 1);
      const missing = wrong >= 0 ? wrong : rows.length;
      const position = first + missing + 1;
      if (missing < width) throw new Unreadable(`${file} position ${position}`, say('verifying.is-missing'), position);
      return {
        bytes: rows.map(({ bytes }) => bytes),
        disagreements: (leaves) => leaves.flatMap((leaf, at) => (leaf === undefined ? [] : disagreement(leaf, rows[at], file))),
      };
    },
    tile: undefined,
    stream: async (name) => {
      const rows = log.prepare(`${EVENTS} WHERE stream.name = ? ORDER BY event.revision`).all(name) as unknown as readonly Row[];
      const note = newest();
      const size = Number(note.place.split(' ').at(-1));
      const known = rows.filter(({ position }) => position <= size);
      const last = known.at(-1);
      if (last === undefined) throw new Unreadable(name, say('verifying.has-no-events'));
      const all = log.prepare('SELECT bytes FROM event WHERE position <= ? ORDER BY position').iterate(size) as NodeJS.Iterator<{
        readonly bytes: Uint8Array;
      }>;
      const nodes = nodesFromLeaves(all.map(({ bytes }) => leafHash(bytes)));
      return {
        leaves: known.map(({ bytes }) => bytes),
        proof: formatTlogProof({
          index: last.position - 1,
          hashes: inclusionProof(last.position - 1, size, nodes),
          checkpoint: note.bytes,
        }),
      };
    },
    close: () => {
      log.close();
      checkpoints.close();
    },
  };
};
