import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode } from '../kernel/error-code.ts';
import { replaceFile, syncDirectory } from '../store/durable-file.ts';
import { HASH_SIZE, TILE_WIDTH, tilePath, type HashTile, type Tile, type TileReader } from '../tlog/index.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** The files of a bundle that is being written: each whole under its name, or not there. */
export type BundleFiles = {
  readonly read: (place: string) => Buffer | undefined;
  /** Leaves a file alone that holds these bytes already. */
  readonly write: (place: string, content: string | Uint8Array) => void;
  readonly has: (tile: Tile) => boolean;
  /** What is there already must be the same. @throws TileDiffers */
  readonly writeTile: (tile: Tile, bytes: Uint8Array) => void;
  /** What was written so far is on disk under its name when this returns. */
  readonly sync: () => void;
  /** Removes every tile that was written since the files were opened. */
  readonly undo: () => void;
  /** Reads a tile of this width, or the beginning of a wider one. */
  readonly readTile: TileReader;
  /** Removes partial tiles that a wider one, full or not, has taken the place of. */
  readonly removeNarrower: (tile: Tile) => void;
};

/** A tile is named by its place in the tree, and a log has one tree: it was another log, or another history of it. */
export class TileDiffers extends Told {
  constructor(place: string) {
    super(say('verifying.there-with-other-bytes', { place }));
  }
}

const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR');

const partialDir = ({ level, index }: Tile): string => `${tilePath({ level, index, width: TILE_WIDTH })}.p`;

export const openBundleFiles = (dir: string): BundleFiles => {
  const written: string[] = [];
  const unsynced = new Set<string>();

  const read = (place: string): Buffer | undefined => {
    try {
      return readFileSync(join(dir, place));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const put = (place: string, content: string | Uint8Array): void => {
    // Nobody may take for a full tile what the power cut short, nor for a note what lies among the notes unfinished.
    const path = join(dir, place);
    replaceFile(path, content, { draftIn: dir, nameLater: true });
    unsynced.add(dirname(path));
  };
  const widths = (tile: Tile): readonly number[] => {
    try {
      return readdirSync(join(dir, partialDir(tile)))
        .filter((name) => /^\d+$/u.test(name))
        .map(Number);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };

  return {
    read,
    write: (place, content) => {
      if (read(place)?.equals(Buffer.from(content)) !== true) put(place, content);
    },
    has: (tile) => existsSync(join(dir, tilePath(tile))),
    writeTile: (tile, bytes) => {
      const place = tilePath(tile);
      const held = read(place);
      if (held?.equals(bytes) === false) throw new TileDiffers(place);
      if (held !== undefined) return;
      put(place, bytes);
      written.push(place);
    },
    sync: () => {
      for (const folder of unsynced) syncDirectory(folder);
      unsynced.clear();
    },
    undo: () => {
      for (const place of written) rmSync(join(dir, place), { force: true });
    },
    readTile: (tile: HashTile) => {
      const wider = [tile.width, ...widths(tile).filter((width) => width > tile.width), TILE_WIDTH];
      for (const width of wider) {
        const bytes = read(tilePath({ ...tile, width }));
        if (bytes !== undefined) return bytes.subarray(0, tile.width * HASH_SIZE);
      }
      throw new RangeError(`no tile ${tilePath(tile)}`);
    },
    removeNarrower: (tile) => {
      const folder = join(dir, partialDir(tile));
      const narrower = widths(tile).filter((width) => width < tile.width);
      for (const width of narrower) rmSync(join(folder, String(width)), { force: true });
      if (tile.width === TILE_WIDTH && existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
};
