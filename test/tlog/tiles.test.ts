import * as fc from 'fast-check';
import { test } from 'tap';
import {
  MAX_ENTRY_BYTES,
  TILE_WIDTH,
  appendLeaves,
  changedBundles,
  changedTiles,
  consistencyProof,
  decodeEntries,
  emptyRange,
  encodeEntries,
  growTiles,
  inclusionProof,
  leafHash,
  nodeFromTiles,
  nodesFromLeaves,
  openNote,
  parseCheckpoint,
  parseTilePath,
  parseVerifierKey,
  partialWidth,
  rangeAt,
  rangeRoot,
  rootAt,
  rootFromLeaves,
  tileBytes,
  tilePath,
  tileSlot,
  tileWidth,
  verifierOf,
  verifyConsistency,
} from '../../src/tlog/index.ts';
import type { CompactRange, Hash, HashTile, Tile, TileReader } from '../../src/tlog/index.ts';
import tessera from '../vectors/ledger/tessera-log.json' with { type: 'json' };
import { hex, leafHashes, text, unbase64, uniformTree, utf8, value } from './fixtures.ts';

await test('tile paths are those of the specification', async (t) => {
  const paths: readonly (readonly [string, Tile])[] = [
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/x001/x234/067.p/8', { level: 0, index: 1_234_067, width: 8 }],
    ['tile/63/999', { level: 63, index: 999, width: 256 }],
    ['tile/2/x001/000.p/255', { level: 2, index: 1000, width: 255 }],
    ['tile/entries/x067/000', { level: 'entries', index: 67_000, width: 256 }],
    ['tile/entries/000.p/1', { level: 'entries', index: 0, width: 1 }],
    ['tile/0/x009/x007/x199/x254/x740/991', { level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ];
  for (const [path, tile] of paths) {
    t.equal(tilePath(tile), path);
    t.strictSame(parseTilePath(path), { ok: true, value: tile });
  }
});

await test('a path written another way is refused', async (t) => {
  const bad = [
    '',
    'tile',
    'tile/0',
    'tile/0/',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/x000/x001/067',
    'tile/0/x001/x234/x067',
    'tile/0/001/234/067',
    'tile/0/x1/067',
    'tile/0/X001/067',
    'tile/00/000',
    'tile/01/000',
    'tile/-1/000',
    'tile/+1/000',
    'tile/64/000',
    'tile/100/000',
    'tile/8/0/000',
    'tile/data/000',
    'tile/Entries/000',
    'tile/0/000.p',
    'tile/0/000.p/',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/+1',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/1000',
    'tile/0/000.p/1/',
    'tile/0/000.P/1',
    'tile/0/000\n',
    'tile/0/000\u0000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x001/x009/x007/x199/x254/x740/991',
    'tile/0/٠٠٠',
    'tile/0/../000',
    'tile//000',
  ];
  for (const path of bad) t.strictSame(parseTilePath(path), { ok: false, reason: 'bad-tile-path' }, JSON.stringify(path));
  const impossible: readonly Tile[] = [
    { level: -1, index: 0, width: 1 },
    { level: 64, index: 0, width: 1 },
    { level: 0.5, index: 0, width: 1 },
    { level: 0, index: -1, width: 1 },
    { level: 0, index: 2 ** 53, width: 1 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
  ];
  for (const tile of impossible) t.throws(() => tilePath(tile), RangeError);
});

await test('every path read is the path written', async (t) => {
  const tile = fc.record({
    level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
    index: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }).map(Number),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(
    fc.property(tile, (one) => {
      const parsed = parseTilePath(tilePath(one));
      return parsed.ok && parsed.value.level === one.level && parsed.value.index === one.index && parsed.value.width === one.width;
    }),
    { numRuns: 300 },
  );
  t.pass();
});

const describe = (tiles: Iterable<Tile>): readonly string[] => [...tiles].map(tilePath);

await test('the tiles of a size', async (t) => {
  // The example of C2SP tlog-tiles, Partial Tiles.
  const tiles = [...changedTiles(0, 70_000)];
  const count = (level: number, full: boolean): number =>
    tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
  t.strictSame([count(0, true), count(0, false), count(1, true), count(1, false), count(2, true), count(2, false)], [273, 1, 1, 1, 0, 1]);
  t.strictSame([partialWidth(0, 70_000), partialWidth(1, 70_000), partialWidth(2, 70_000), partialWidth(3, 70_000)], [112, 17, 1, 0]);
  t.strictSame(describe(changedTiles(0, 256)), ['tile/0/000', 'tile/1/000.p/1']);
  t.strictSame(describe(changedTiles(0, 0)), []);
  t.equal(tileWidth(0, 273, 70_000), 112);
  t.equal(tileWidth(0, 274, 70_000), 0);
  t.equal(tileWidth(0, 0, 70_000), 256);
});

await test('the tiles that change when a log grows', async (t) => {
  t.strictSame(describe(changedTiles(100, 100)), []);
  t.strictSame(describe(changedTiles(100, 101)), ['tile/0/000.p/101']);
  t.strictSame(describe(changedTiles(255, 256)), ['tile/0/000', 'tile/1/000.p/1']);
  t.strictSame(describe(changedTiles(256, 257)), ['tile/0/001.p/1']);
  t.strictSame(describe(changedTiles(250, 520)), ['tile/0/000', 'tile/0/001', 'tile/0/002.p/8', 'tile/1/000.p/2']);
  t.strictSame(describe(changedTiles(65_535, 65_536)), ['tile/0/255', 'tile/1/000', 'tile/2/000.p/1']);
  t.strictSame(describe(changedBundles(250, 520)), ['tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/8']);
  t.strictSame(describe(changedBundles(8, 8)), []);
});

/** Tiles kept in memory by their path, as a server keeps them on disk. */
const memoryTiles = () => {
  const kept = new Map<string, Uint8Array>();
  const read: TileReader = (tile) => {
    const bytes = kept.get(tilePath(tile));
    if (bytes === undefined) throw new Error(`no ${tilePath(tile)}`);
    return bytes;
  };
  const grow = (range: CompactRange, leaves: readonly Hash[]): CompactRange => {
    const grown = growTiles(range, leaves, read);
    for (const { tile, bytes } of grown.tiles) kept.set(tilePath(tile), bytes);
    return grown.range;
  };
  return { kept, read, grow };
};

const LEAVES = leafHashes(1100);
const NODES = nodesFromLeaves(LEAVES);

const same = (mine: readonly Hash[], theirs: readonly Hash[]): boolean => mine.map(hex).join() === theirs.map(hex).join();

await test('a tree grown as tiles is the tree grown in memory', async (t) => {
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 520 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(steps, fc.nat(), fc.nat(), (counts, a, b) => {
      const tiles = memoryTiles();
      const kept = { fromLevel: 0, heaps: new Map<string, Uint8Array>() };
      let range = emptyRange();
      for (const count of counts) {
        range = tiles.grow(range, LEAVES.slice(range.end, range.end + count));
        const node = nodeFromTiles(range.end, tiles.read);
        if (hex(rootAt(range.end, nodeFromTiles(range.end, tiles.read, kept))) !== hex(rootAt(range.end, NODES))) return false;
        if (hex(rootAt(range.end, node)) !== hex(rootAt(range.end, NODES))) return false;
        if (hex(rangeRoot(rangeAt(range.end, node))) !== hex(rangeRoot(range))) return false;
      }
      const size = range.end;
      if (size === 0) return tiles.kept.size === 0;
      const node = nodeFromTiles(size, tiles.read);
      const [from, to] = [1 + (a % size), 1 + (b % size)].toSorted((x, y) => x - y);
      const keeping = nodeFromTiles(size, tiles.read, kept);
      return (
        same(inclusionProof(a % size, size, node), inclusionProof(a % size, size, NODES)) &&
        same(inclusionProof(a % size, size, keeping), inclusionProof(a % size, size, NODES)) &&
        same(consistencyProof(from ?? 1, to ?? 1, keeping), consistencyProof(from ?? 1, to ?? 1, NODES)) &&
        same(consistencyProof(from ?? 1, to ?? 1, node), consistencyProof(from ?? 1, to ?? 1, NODES)) &&
        [...changedTiles(0, size)].every((tile) => hex(tiles.read(tile)) === hex(tileBytes(tile, NODES)))
      );
    }),
    { numRuns: 25 },
  );
  t.pass();
});

await test('a subtree is found in its tile at every level', async (t) => {
  t.strictSame(tileSlot(0, 300), { level: 0, index: 1, offset: 44, span: 1 });
  t.strictSame(tileSlot(3, 33), { level: 0, index: 1, offset: 8, span: 8 });
  t.strictSame(tileSlot(7, 3), { level: 0, index: 1, offset: 128, span: 128 });
  t.strictSame(tileSlot(8, 3), { level: 1, index: 0, offset: 3, span: 1 });
  t.strictSame(tileSlot(52, 1), { level: 6, index: 0, offset: 16, span: 16 });
  const tiles = memoryTiles();
  tiles.grow(emptyRange(), LEAVES);
  const node = nodeFromTiles(LEAVES.length, tiles.read);
  const kept = { fromLevel: 0, heaps: new Map<string, Uint8Array>() };
  const keeping = nodeFromTiles(LEAVES.length, tiles.read, kept);
  for (let level = 0; 2 ** level <= LEAVES.length; level += 1) {
    for (let index = 0; (index + 1) * 2 ** level <= LEAVES.length; index += 1) {
      for (const source of [node, keeping])
        if (hex(source(level, index)) !== hex(NODES(level, index))) t.fail(`subtree ${index} at level ${level}`);
    }
  }
  t.strictSame([...kept.heaps.keys()], ['0/0', '0/1', '0/2', '0/3'], 'the full tiles are kept, and only they');
  const unread: TileReader = (tile) => {
    throw new Error(`${tilePath(tile)} is read again`);
  };
  t.equal(hex(nodeFromTiles(LEAVES.length, unread, kept)(7, 3)), hex(NODES(7, 3)), 'and not read again');
  t.throws(
    () => nodeFromTiles(LEAVES.length, unread, { ...kept, fromLevel: 1 })(7, 3),
    /is read again/u,
    'unless they are of a lower level',
  );
  t.throws(() => node(0, LEAVES.length), RangeError, 'past the end');
  t.throws(() => node(4, Math.floor(LEAVES.length / 16)), RangeError, 'a subtree that is not complete');
});

await test('levels of tiles past 32 bits', async (t) => {
  const alike = uniformTree();
  const size = 2 ** 53 - 1;
  const node = nodeFromTiles(size, (tile) => tileBytes(tile, alike));
  t.equal(hex(rootAt(size, node)), hex(rootAt(size, alike)));
  t.strictSame(inclusionProof(2 ** 40 + 5, size, node).map(hex), inclusionProof(2 ** 40 + 5, size, alike).map(hex));
  t.equal(partialWidth(6, size), 31);
});

await test('a source reads each tile once, and keeps what it was given', async (t) => {
  const tiles = memoryTiles();
  tiles.grow(emptyRange(), LEAVES);
  const reads: string[] = [];
  const node = nodeFromTiles(LEAVES.length, (tile) => {
    reads.push(tilePath(tile));
    return tiles.read(tile);
  });
  inclusionProof(700, LEAVES.length, node);
  t.strictSame(reads.toSorted(), [...new Set(reads)].toSorted());
  t.ok(reads.length <= 4, 'a tile for each level, and the right edge');
  const hash = node(0, 5);
  const before = hex(hash);
  tiles.kept.get('tile/0/000')?.fill(0);
  t.equal(hex(hash), before, 'a hash does not change with the tile');
});

const short: TileReader = () => new Uint8Array(31);

await test('a tile that has not its width is not used', async (t) => {
  t.throws(() => nodeFromTiles(1, short)(0, 0), { message: 'tile/0/000.p/1 has 31 bytes' });
  t.throws(() => growTiles(appendLeaves(emptyRange(), LEAVES.slice(0, 1)), LEAVES.slice(1, 2), short), {
    message: 'tile/0/000.p/1 has 31 bytes',
  });
});

await test('entry bundles', async (t) => {
  const bundle = encodeEntries([utf8('one'), new Uint8Array(0), new Uint8Array(300).fill(9)]);
  t.equal(hex(bundle.subarray(0, 9)), '00036f6e650000012c');
  const decoded = decodeEntries(bundle, 3);
  t.strictSame(decoded.ok && decoded.value.map((entry) => entry.length), [3, 0, 300]);
  t.strictSame(decodeEntries(new Uint8Array(0), 0), { ok: true, value: [] });
  t.strictSame(decodeEntries(bundle, 4), { ok: false, reason: 'bundle-too-short' });
  t.strictSame(decodeEntries(bundle, 2), { ok: false, reason: 'bundle-too-long' });
  t.strictSame(decodeEntries(bundle.subarray(0, -1), 3), { ok: false, reason: 'bundle-too-short' });
  t.strictSame(decodeEntries(Uint8Array.of(0), 1), { ok: false, reason: 'bundle-too-short' });
  t.equal(encodeEntries([new Uint8Array(MAX_ENTRY_BYTES)]).length, MAX_ENTRY_BYTES + 2);
  t.throws(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)]), RangeError);
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: TILE_WIDTH }), (entries) => {
      const back = decodeEntries(encodeEntries(entries), entries.length);
      return back.ok && back.value.map(hex).join() === entries.map(hex).join();
    }),
    { numRuns: 50 },
  );
});

await test('a log that another implementation wrote', async (t) => {
  const WORDS = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'.split(' ');
  const entries = value(decodeEntries(unbase64(tessera.entryBundle), 15));
  t.strictSame(entries.map(text), WORDS);
  t.equal(hex(encodeEntries(WORDS.map(utf8))), hex(unbase64(tessera.entryBundle)));

  const leaves = entries.map(leafHash);
  const tiles = memoryTiles();
  tiles.grow(emptyRange(), leaves);
  t.strictSame(
    [...tiles.kept].map(([path, bytes]) => [path, hex(bytes)]),
    [['tile/0/000.p/15', hex(unbase64(tessera.hashTile))]],
  );

  const log = verifierOf(value(parseVerifierKey(tessera.vkey)));
  const whole: HashTile = { level: 0, index: 0, width: 15 };
  const roots = tessera.checkpoints.map((note, size) => {
    const checkpoint = value(parseCheckpoint(value(openNote(utf8(note), [log])).text));
    t.strictSame([checkpoint.origin, checkpoint.size], ['example.com/log/testdata', size]);
    return checkpoint.root;
  });
  for (const [size, root] of roots.entries()) {
    t.equal(hex(rootFromLeaves(leaves.slice(0, size))), hex(root), `root at size ${size}`);
    if (size === 0) continue;
    const node = nodeFromTiles(15, () => tiles.read(whole));
    const proof = consistencyProof(size, 15, node);
    t.strictSame(verifyConsistency({ from: size, to: 15, rootFrom: root, rootTo: roots[15] ?? root, proof }), { ok: true });
  }
});
