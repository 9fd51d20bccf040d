import {
  HASH_SIZE,
  TILE_WIDTH,
  emptyRange,
  growTiles,
  nodeFromTiles,
  rangeAt,
  tileWidth,
  type CompactRange,
  type HashTile,
  type KeptTiles,
  type NodeSource,
  type TileReader,
} from '../tlog/index.ts';
import type { Sink } from '../projecting/definitions.ts';
import type { Database } from '../projecting/sql.ts';

/**
 * The ledger's tiles, written in the transaction that writes the rows of the views: tree, rows and position are one
 * step. Like the views they can be deleted and made again from the log.
 */

const SCHEMA = 'CREATE TABLE ledger_tile (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;';

/** Tiles of a level stand together: room for 2^44 of them, 2^52 leaves. */
const LEVEL = 2 ** 44;
const tileId = (level: number, index: number): number => level * LEVEL + index;

/** Reads prefixes of tiles: the stored one may be wider than that of the tree asked about, never other. */
export const tileReader = (db: Database): TileReader => {
  const select = db.prepare('SELECT hashes FROM ledger_tile WHERE id = ?');
  return ({ level, index, width }) => {
    const hashes = select.get([tileId(level, index)])?.[0];
    if (!(hashes instanceof Uint8Array) || hashes.length < width * HASH_SIZE)
      throw new RangeError(`no tile ${level}/${index} of width ${width}`);
    return hashes.subarray(0, width * HASH_SIZE);
  };
};

/** Leaves in the tree of a file. */
export const treeSize = (db: Database): number => {
  const last = db.prepare('SELECT id, length(hashes) FROM ledger_tile WHERE id < ? ORDER BY id DESC LIMIT 1').get([LEVEL]);
  return last === undefined ? 0 : Number(last[0]) * TILE_WIDTH + Number(last[1]) / HASH_SIZE;
};

/** The tree of `size` leaves, for one question; `kept` are full tiles of the same file. */
export const treeOf = (db: Database, size: number, kept?: KeptTiles): NodeSource => nodeFromTiles(size, tileReader(db), kept);

export const ledgerSink: Sink = {
  name: 'ledger',
  version: 1,
  schema: SCHEMA,
  open: (db) => {
    const read = tileReader(db);
    const write = db.prepare('INSERT INTO ledger_tile (id, hashes) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET hashes = excluded.hashes');
    const size = treeSize(db);
    let range: CompactRange = size === 0 ? emptyRange() : rangeAt(size, nodeFromTiles(size, read));
    return {
      apply: (events) => {
        const grown = growTiles(
          range,
          events.map(({ leaf }) => leaf),
          read,
        );
        for (const { tile, bytes } of grown.tiles) write.run([tileId(tile.level, tile.index), bytes]);
        range = grown.range;
      },
    };
  },
};

/** Whether a tile of this width is in a tree of this size. */
export const isInTree = ({ level, index, width }: HashTile, size: number): boolean => width > 0 && width <= tileWidth(level, index, size);
