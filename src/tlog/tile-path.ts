import { isCount, parseDecimal } from './numbers.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';

/** Hashes in a full tile: 8,192 bytes; also the entries in a full bundle (C2SP tlog-tiles, Merkle Tree). */
export const TILE_WIDTH = 256;

/**
 * One resource of the tlog-tiles layout: a tile of hashes at a level of tiles (0 holds the leaves' hashes, each level up
 * is 256 times coarser), or a bundle of entries, laid out as level 0 is. `width` is 256 when full, less when partial.
 */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

const MAX_LEVEL = 63;

/** 1234067 as x001/x234/067. */
const indexPath = (index: number): string => {
  const groups =
    index
      .toString()
      .padStart(3, '0')
      .match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group.padStart(3, '0')}` : group)).join('/');
};

/** `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`. Throws RangeError on a tile that cannot be. */
export const tilePath = ({ level, index, width }: Tile): string => {
  if (level !== 'entries' && (!isCount(level) || level > MAX_LEVEL)) throw new RangeError(`no tiles at level ${level}`);
  if (!isCount(index)) throw new RangeError(`no tile ${index}`);
  if (!isCount(width) || width < 1 || width > TILE_WIDTH) throw new RangeError(`no tile of width ${width}`);
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

const TILE_PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Strict: only the one path that `tilePath` writes for a tile. */
export const parseTilePath = (path: string): Result<Tile, 'bad-tile-path'> => {
  const [, levelText, indexText, widthText] = TILE_PATH.exec(path) ?? [];
  if (levelText === undefined || indexText === undefined) return refuse('bad-tile-path');
  const level: Tile['level'] | undefined = levelText === 'entries' ? levelText : parseDecimal(levelText);
  const index = Number(indexText.replaceAll(/[x/]/g, ''));
  const width = widthText === undefined ? TILE_WIDTH : parseDecimal(widthText);
  if (level === undefined || width === undefined || width < 1 || width > TILE_WIDTH) return refuse('bad-tile-path');
  if (level !== 'entries' && level > MAX_LEVEL) return refuse('bad-tile-path');
  if (!Number.isSafeInteger(index)) return refuse('bad-tile-path');
  const tile: Tile = { level, index, width };
  return tilePath(tile) === path ? ok(tile) : refuse('bad-tile-path');
};
