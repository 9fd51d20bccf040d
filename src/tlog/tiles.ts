import { concatBytes } from './bytes.ts';
import { appendLeaves } from './compact-range.ts';
import type { CompactRange } from './compact-range.ts';
import { HASH_SIZE, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { TILE_WIDTH, tilePath } from './tile-path.ts';
import type { Tile } from './tile-path.ts';
import type { NodeSource } from './tree.ts';

/*
 * C2SP tlog-tiles, Merkle Tree: the hashes of every 8th level of the tree in rows of 256, so that the tree is a set of
 * files that never change. The levels between are hashed again when asked for.
 */

export type HashTile = Tile & { readonly level: number };

/** Gives the bytes of a tile of exactly this width: 32 for each of its hashes. */
export type TileReader = (tile: HashTile) => Uint8Array;

const TILE_HEIGHT = 8;

/** How many hashes the level of tiles has in a tree of this size: the complete subtrees of 256^level leaves. */
const hashesAtLevel = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Hashes in this tile of a tree of this size: 256 when full, 0 when there is no such tile. */
export const tileWidth = (level: number, index: number, size: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(level, size) - index * TILE_WIDTH));

/** The width of the last tile of a level where it is partial, else 0: floor(size / 256^level) mod 256. */
export const partialWidth = (level: number, size: number): number => hashesAtLevel(level, size) % TILE_WIDTH;

function* changedAtLevel(level: number, from: number, to: number): Generator<HashTile> {
  if (hashesAtLevel(level, from) === hashesAtLevel(level, to)) return;
  for (let index = Math.floor(hashesAtLevel(level, from) / TILE_WIDTH); tileWidth(level, index, to) > 0; index += 1) {
    yield { level, index, width: tileWidth(level, index, to) };
  }
}

/** The tiles that are new or wider in a tree of size `to` than in one of size `from`; from 0, all tiles of the tree. */
export function* changedTiles(from: number, to: number): Generator<HashTile> {
  for (let level = 0; hashesAtLevel(level, to) > 0; level += 1) yield* changedAtLevel(level, from, to);
}

/** The bundles of entries that are new or longer; they are laid out as the tiles of level 0 are. */
export function* changedBundles(from: number, to: number): Generator<Tile & { readonly level: 'entries' }> {
  for (const { index, width } of changedAtLevel(0, from, to)) yield { level: 'entries', index, width };
}

/** A level of tiles, a tile in it, and a run of that tile's hashes. */
export type TileSlot = { readonly level: number; readonly index: number; readonly offset: number; readonly span: number };

/** Where a complete subtree is found: the hashes that it is the root of. */
export const tileSlot = (level: number, index: number): TileSlot => {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const span = 2 ** (level % TILE_HEIGHT);
  const first = index * span;
  return { level: tileLevel, index: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, span };
};

const readWhole = (tile: HashTile, readTile: TileReader): Uint8Array => {
  const bytes = readTile(tile);
  if (bytes.length !== tile.width * HASH_SIZE) throw new RangeError(`${tilePath(tile)} has ${bytes.length} bytes`);
  return bytes;
};

const fold = (hashes: Uint8Array, offset: number, span: number): Hash =>
  span === 1
    ? hashes.subarray(offset * HASH_SIZE, (offset + 1) * HASH_SIZE)
    : nodeHash(fold(hashes, offset, span / 2), fold(hashes, offset + span / 2, span / 2));

/**
 * The hashes of a full tile and all that are made of them, by their places in a heap: n is made of 2n and 2n + 1, the
 * root is 1. Such a tile never changes, so what was made once can be kept for other questions to the same log.
 */
export type KeptTiles = {
  /** Tiles below this level are not kept: of a large log, hardly two questions meet in one of them. */
  readonly fromLevel: number;
  readonly heaps: { readonly get: (key: string) => Uint8Array | undefined; readonly set: (key: string, heap: Uint8Array) => unknown };
};

const heapOf = (tile: Uint8Array): Uint8Array => {
  const heap = new Uint8Array(2 * TILE_WIDTH * HASH_SIZE);
  const at = (place: number): Hash => heap.subarray(place * HASH_SIZE, (place + 1) * HASH_SIZE);
  heap.set(tile, TILE_WIDTH * HASH_SIZE);
  for (let place = TILE_WIDTH - 1; place > 0; place -= 1) heap.set(nodeHash(at(2 * place), at(2 * place + 1)), place * HASH_SIZE);
  return heap;
};

/**
 * The tree of this size, read from its tiles. A tile is read once and kept, so make a source for each question and let
 * it go; `kept` are full tiles of this log that outlast it. Throws RangeError on a subtree that is not complete in the
 * tree, and on a tile that has not its width.
 */
export const nodeFromTiles = (size: number, readTile: TileReader, kept?: KeptTiles): NodeSource => {
  const known = new Map<string, Uint8Array>();
  const read = (level: number, index: number): Uint8Array => {
    const key = `${level}/${index}`;
    const bytes = known.get(key) ?? readWhole({ level, index, width: tileWidth(level, index, size) }, readTile);
    known.set(key, bytes);
    return bytes;
  };
  return (level, index) => {
    if ((index + 1) * 2 ** level > size) throw new RangeError(`no complete subtree ${index} at level ${level} in a tree of ${size}`);
    const slot = tileSlot(level, index);
    if (kept !== undefined && slot.level >= kept.fromLevel && tileWidth(slot.level, slot.index, size) === TILE_WIDTH) {
      const key = `${slot.level}/${slot.index}`;
      const heap = kept.heaps.get(key) ?? heapOf(read(slot.level, slot.index));
      kept.heaps.set(key, heap);
      const place = (TILE_WIDTH + slot.offset) / slot.span;
      return heap.slice(place * HASH_SIZE, (place + 1) * HASH_SIZE);
    }
    // A copy, for a hash must not change with the tile that the caller may go on filling.
    return new Uint8Array(fold(read(slot.level, slot.index), slot.offset, slot.span));
  };
};

/** The bytes of a tile, from any source of the tree. */
export const tileBytes = ({ level, index, width }: HashTile, node: NodeSource): Uint8Array =>
  concatBytes(...Array.from({ length: width }, (_, at) => node(level * TILE_HEIGHT, index * TILE_WIDTH + at)));

export type Grown = { readonly range: CompactRange; readonly tiles: readonly { readonly tile: HashTile; readonly bytes: Uint8Array }[] };

/**
 * What to write when leaves are appended to a log kept as tiles: the range to go on from, and every tile that changed,
 * whole. Reads at most one partial tile of each level; about one node hash for each leaf.
 */
export const growTiles = (range: CompactRange, leafHashes: Iterable<Hash>, readTile: TileReader): Grown => {
  const added: Hash[][] = [];
  const grown = appendLeaves(range, leafHashes, (level, _index, hash) => {
    if (level % TILE_HEIGHT === 0) (added[level / TILE_HEIGHT] ??= []).push(hash);
  });
  const written = added.map(() => 0);
  const tiles = [...changedTiles(range.end, grown.end)].map((tile) => {
    const { level, index } = tile;
    const width = tileWidth(level, index, range.end);
    const before = width === 0 ? new Uint8Array(0) : readWhole({ level, index, width }, readTile);
    const begin = written[level] ?? 0;
    const end = begin + tile.width - width;
    written[level] = end;
    return { tile, bytes: concatBytes(before, ...(added[level] ?? []).slice(begin, end)) };
  });
  return { range: grown, tiles };
};
