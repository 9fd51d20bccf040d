import { sameBytes } from '../tlog/bytes.ts';
import {
  changedBundles,
  changedTiles,
  emptyRange,
  encodeEntries,
  growTiles,
  leafHash,
  nodeFromTiles,
  parseCheckpoint,
  parseNote,
  rangeAt,
  rootAt,
  TILE_WIDTH,
  type Checkpoint,
  type CompactRange,
} from '../tlog/index.ts';
import { KEYS, MANIFEST, manifestText, NEWEST, NOTES, originIn, stampPlace } from './bundle-layout.ts';
import { Unreadable } from './fault.ts';
import type { Source } from './source.ts';
import { openBundleFiles, TileDiffers, type BundleFiles } from './bundle-files.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { say, type Text } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/**
 * Copies a log into a bundle, or brings a bundle up to date: full tiles are never written again, what was interrupted
 * goes on where it was. The tiles are made from the entries, so a bundle can only be finished if the entries give the
 * root that was signed. `checkpoint` comes last, and until then the bundle is the one that it was.
 */

export type Exported = {
  readonly origin: string;
  /** Of the bundle before, 0 where there was none. */
  readonly from: number;
  readonly size: number;
  readonly checkpoints: number;
};

/** What was exported before does not go together with what there is now. */
export class ExportRefused extends Told {}

/** Bundles of entries fetched side by side, and tiles written in one go. */
const BATCH = 16;

const checkpointIn = (place: string, bytes: Uint8Array): Checkpoint => {
  const note = parseNote(bytes);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) throw new Unreadable(place, say('verifying.is-no-checkpoint', { reason: checkpoint.reason }));
  return checkpoint.value;
};

/** Bundles that are full and hashed already. Level 0 of the tiles is written last, so what is above it is there too. */
const fullBundles = (files: BundleFiles, size: number): number => {
  const most = Math.floor(size / TILE_WIDTH);
  let full = 0;
  while (
    full < most &&
    files.has({ level: 'entries', index: full, width: TILE_WIDTH }) &&
    files.has({ level: 0, index: full, width: TILE_WIDTH })
  )
    full += 1;
  return full;
};

const copyEntries = async (source: Source, files: BundleFiles, size: number, onAdvance: OnAdvance): Promise<void> => {
  const resume = fullBundles(files, size) * TILE_WIDTH;
  let range: CompactRange = resume === 0 ? emptyRange() : rangeAt(resume, nodeFromTiles(resume, files.readTile));
  const bundles = [...changedBundles(resume, size)];
  for (let at = 0; at < bundles.length; at += BATCH) {
    const batch = bundles.slice(at, at + BATCH);
    const fetched = await Promise.all(batch.map(async ({ index, width }) => (await source.entries(index, width)).bytes));
    for (const [n, bundle] of batch.entries()) files.writeTile(bundle, encodeEntries(fetched[n] ?? []));
    const grown = growTiles(range, fetched.flat().map(leafHash), files.readTile);
    for (const { tile, bytes } of grown.tiles.toReversed()) files.writeTile(tile, bytes);
    range = grown.range;
    onAdvance(range.end, size);
  }
};

const removeNarrowerTiles = (files: BundleFiles, from: number, size: number): void => {
  for (const tile of changedTiles(from, size)) files.removeNarrower(tile);
  for (const bundle of changedBundles(from, size)) files.removeNarrower(bundle);
};

export const exportBundle = async (source: Source, dir: string, onAdvance: OnAdvance = () => undefined): Promise<Exported> => {
  const files = openBundleFiles(dir);
  const origin = await source.origin();
  const keys = await source.keys();
  const notes = await source.notes();
  const newest = notes.at(-1);
  if (newest === undefined) throw new Unreadable(NOTES, say('verifying.nothing-signed-yet'));
  const { size, root } = checkpointIn(newest.place, newest.bytes);

  const manifest = files.read(MANIFEST)?.toString('utf8');
  if (manifest !== undefined && originIn(manifest) !== origin)
    throw new ExportRefused(say('verifying.bundle-of-another-log', { dir, other: originIn(manifest), origin }));
  const earlier = files.read(NEWEST);
  const before = earlier === undefined ? undefined : checkpointIn(NEWEST, earlier);
  if (before !== undefined && before.size > size)
    throw new ExportRefused(say('verifying.bundle-holds-more', { dir, held: before.size, source: source.label, signed: size }));

  files.write(MANIFEST, manifestText(origin));
  const refuse = (why: Text): never => {
    files.undo();
    throw new ExportRefused(say('verifying.bundle-left-as-it-was', { why, dir }));
  };
  try {
    await copyEntries(source, files, size, onAdvance);
  } catch (error) {
    if (error instanceof TileDiffers)
      refuse(say('verifying.bundle-of-other-events', { size: before?.size ?? 0, source: source.label, dir, why: toldBy(error) }));
    throw error;
  }
  const tree = nodeFromTiles(size, files.readTile);
  if (!sameBytes(rootAt(size, tree), root)) refuse(say('verifying.events-do-not-give-the-root', { source: source.label, size }));
  if (before !== undefined && !sameBytes(rootAt(before.size, tree), before.root))
    refuse(say('verifying.bundle-of-another-history', { size: before.size, source: source.label, dir }));
  files.write(KEYS, keys.map((key) => `${key}\n`).join(''));
  for (const { place, bytes, timestamp } of notes) {
    const at = checkpointIn(place, bytes).size;
    files.write(`${NOTES}/${at}`, bytes);
    if (timestamp !== undefined) files.write(stampPlace(at), timestamp);
  }
  files.sync(); // the newest note speaks of nothing that is not there
  files.write(NEWEST, newest.bytes);
  files.sync();
  removeNarrowerTiles(files, 0, size);
  return { origin, from: before?.size ?? 0, size, checkpoints: notes.length };
};
