import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeEntries,
  formatTlogProof,
  inclusionProof,
  nodeFromTiles,
  parseCheckpoint,
  parseNote,
  TILE_WIDTH,
  tilePath,
  type HashTile,
  type Tile,
} from '../tlog/index.ts';
import { KEYS, linesOf, MANIFEST, NEWEST, NOTES, originIn, stampPlace } from './bundle-layout.ts';
import { Unreadable } from './fault.ts';
import type { Source } from './source.ts';
import { hasCode } from '../kernel/error-code.ts';
import { say } from '../messages/message.ts';

/** Whether a directory is an exported bundle. */
export const isBundle = (dir: string): boolean => existsSync(join(dir, MANIFEST));

const unreadable = (place: string, error: unknown): Unreadable => {
  const missing = hasCode(error, 'ENOENT');
  return new Unreadable(place, missing ? say('verifying.is-missing') : say('verifying.cannot-be-read', { why: String(error) }));
};

export const bundleSource = (dir: string): Source => {
  const read = async (place: string): Promise<Uint8Array> => {
    try {
      return await readFile(join(dir, place));
    } catch (error) {
      throw unreadable(place, error);
    }
  };
  const text = async (place: string): Promise<string> => Buffer.from(await read(place)).toString('utf8');

  const entries: Source['entries'] = async (index, width) => {
    const tile: Tile = { level: 'entries', index, width };
    const place = tilePath(tile);
    const decoded = decodeEntries(await read(place), width);
    if (!decoded.ok) throw new Unreadable(place, say('verifying.not-so-many-entries', { width, reason: decoded.reason }));
    return { bytes: decoded.value };
  };

  const newest: Source['newest'] = async () => ({ place: NEWEST, bytes: await read(NEWEST) });

  const readTile = (tile: HashTile): Uint8Array => {
    try {
      return readFileSync(join(dir, tilePath(tile)));
    } catch (error) {
      throw unreadable(tilePath(tile), error);
    }
  };

  return {
    label: say('verifying.source-bundle', { dir }),
    origin: async () => originIn(await text(MANIFEST)),
    keys: async () => linesOf(KEYS, await text(KEYS)),
    newest,
    notes: async () => {
      const names = await readdir(join(dir, NOTES)).catch((error: unknown) => {
        throw unreadable(NOTES, error);
      });
      const sizes = names
        .map(Number)
        .filter((size) => names.includes(String(size)))
        .toSorted((a, b) => a - b);
      const stranger = names.find((name) => !sizes.includes(Number(name)));
      if (stranger !== undefined) throw new Unreadable(`${NOTES}/${stranger}`, say('verifying.not-named-after-a-size'));
      return Promise.all(
        sizes.map(async (size) => {
          const timestamp = existsSync(join(dir, stampPlace(size))) ? await read(stampPlace(size)) : undefined;
          return { place: `${NOTES}/${size}`, bytes: await read(`${NOTES}/${size}`), timestamp };
        }),
      );
    },
    held: undefined,
    entries,
    tile: (tile) => read(tilePath(tile)),
    stream: async (name) => {
      const note = await newest();
      const parsed = parseNote(note.bytes);
      const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
      if (!checkpoint.ok) throw new Unreadable(note.place, say('verifying.is-no-checkpoint', { reason: checkpoint.reason }));
      const { size } = checkpoint.value;
      // Its name in canonical JSON: what else holds these bytes, in a text of its own, is sorted out below.
      const mark = Buffer.from(`"subject":${JSON.stringify(name)}`);
      const leaves: Uint8Array[] = [];
      let last = -1;
      for (let first = 0; first < size; first += TILE_WIDTH)
        for (const [at, entry] of (await entries(first / TILE_WIDTH, Math.min(TILE_WIDTH, size - first))).bytes.entries()) {
          if (!Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength).includes(mark) || subjectOf(entry) !== name) continue;
          leaves.push(entry);
          last = first + at;
        }
      if (last < 0) throw new Unreadable(name, say('verifying.has-no-events'));
      const hashes = inclusionProof(last, size, nodeFromTiles(size, readTile));
      return { leaves, proof: formatTlogProof({ index: last, hashes, checkpoint: note.bytes }) };
    },
    close: () => undefined,
  };
};

const subjectOf = (entry: Uint8Array): unknown => {
  try {
    const event: unknown = JSON.parse(Buffer.from(entry).toString('utf8'));
    return typeof event === 'object' && event !== null && 'subject' in event ? event.subject : undefined;
  } catch {
    return undefined;
  }
};
