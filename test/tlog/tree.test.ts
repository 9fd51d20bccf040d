import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { test } from 'tap';
import {
  EMPTY_ROOT,
  appendLeaves,
  consistencyProof,
  emptyRange,
  inclusionProof,
  leafHash,
  mergeRanges,
  nodeHash,
  nodesFromLeaves,
  rangeAt,
  rangeNodes,
  rangeRoot,
  rootAt,
  rootFromInclusion,
  rootFromLeaves,
  verifyConsistency,
  verifyInclusion,
} from '../../src/tlog/index.ts';
import type { CompactRange, Hash, NodeSource } from '../../src/tlog/index.ts';
import { bitLength, isPowerOfTwo, splitPoint, trailingZeros } from '../../src/tlog/numbers.ts';
import accumulated from '../vectors/ledger/merkle-accumulated.json' with { type: 'json' };
import basic from '../vectors/ledger/rfc6962-basic.json' with { type: 'json' };
import consistencyCases from '../vectors/ledger/consistency.json' with { type: 'json' };
import inclusionCases from '../vectors/ledger/inclusion.json' with { type: 'json' };
import { flip, hex, leafHashes, mth, unbase64, unhex, uniformTree, utf8 } from './fixtures.ts';

await test('the ledger imports nothing but node:crypto and itself', async (t) => {
  const folder = new URL('../../src/tlog/', import.meta.url);
  const files = readdirSync(folder);
  t.ok(files.length > 10);
  for (const file of files) {
    for (const [, specifier] of readFileSync(new URL(file, folder), 'utf8').matchAll(/from '([^']+)'/g)) {
      t.match(specifier, /^(?:node:crypto|\.\/[a-z0-9-]+\.ts)$/, `${file} imports ${specifier}`);
    }
  }
});

await test('hashes are those of RFC 6962', async (t) => {
  for (const vector of basic.hashVectors) {
    if (vector.kind === 'leaf') {
      const leaf = vector.inputUtf8 === undefined ? unhex(vector.input ?? '') : utf8(vector.inputUtf8);
      t.equal(hex(leafHash(leaf)), vector.hash);
    } else if (vector.leftUtf8 !== undefined) {
      // Upstream also hashes nodes of four bytes; a node here is made of two hashes or not at all.
      t.throws(() => nodeHash(utf8(vector.leftUtf8 ?? ''), utf8(vector.rightUtf8 ?? '')), RangeError);
    } else {
      t.equal(hex(nodeHash(unhex(vector.left ?? ''), unhex(vector.right ?? ''))), vector.hash);
    }
  }
  const leaves = basic.leafInputsHex.map((input) => leafHash(unhex(input)));
  for (const [size, root] of basic.rootsBySizeHex.entries())
    t.equal(hex(rootFromLeaves(leaves.slice(0, size))), root, `root at size ${size}`);
  t.equal(hex(EMPTY_ROOT), basic.rootsBySizeHex[0]);
  for (const [left, right] of [
    [new Uint8Array(31), EMPTY_ROOT],
    [EMPTY_ROOT, new Uint8Array(33)],
  ] as const)
    t.throws(() => nodeHash(left, right), RangeError);
  const long = new Uint8Array(200_000).fill(7);
  t.equal(hex(leafHash(long)), createHash('sha256').update(Uint8Array.of(0)).update(long).digest('hex'), 'a leaf larger than the scratch');
  t.equal(
    hex(leafHash(utf8('L123456'))),
    '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    'a short leaf after a long one',
  );
});

await test('the published inclusion cases', async (t) => {
  t.equal(inclusionCases.cases.length, 98);
  for (const { name, leafIdx, treeSize, root, leafHash: leaf, proof, wantErr } of inclusionCases.cases) {
    const verdict = verifyInclusion({
      index: leafIdx,
      size: treeSize,
      root: unbase64(root),
      leafHash: unbase64(leaf),
      proof: proof.map(unbase64),
    });
    t.equal(verdict.ok, !wantErr, name);
  }
});

await test('the published consistency cases', async (t) => {
  t.equal(consistencyCases.cases.length, 98);
  for (const { name, size1, size2, root1, root2, proof, wantErr } of consistencyCases.cases) {
    const verdict = verifyConsistency({
      from: size1,
      to: size2,
      rootFrom: unbase64(root1),
      rootTo: unbase64(root2),
      proof: proof.map(unbase64),
    });
    // The one case whose roots are 12 bytes: upstream does not look at the length, we do.
    const dummies = name === 'additional/sizes-are-equal-one-and-proof-is-empty';
    t.equal(verdict.ok, !wantErr && !dummies, name);
  }
});

/** The subtree over the leaves from `start` on as a tree of its own; `start` is a multiple of a power of two not below its size. */
const shifted =
  (start: number, node: NodeSource): NodeSource =>
  (level, index) =>
    node(level, index + start / 2 ** level);

/** The proof that a tree of n leaves contains the subtree [start, end): siblings down to it, then a consistency proof. */
const subtreeConsistency = (start: number, end: number, n: number, node: NodeSource): readonly Hash[] => {
  if (start === end) return [];
  const siblings: Hash[] = [];
  let low = 0;
  let high = n;
  while (start > low) {
    const middle = low + splitPoint(high - low);
    if (start >= middle) {
      siblings.unshift(rootAt(middle - low, shifted(low, node)));
      low = middle;
    } else {
      siblings.unshift(rootAt(high - middle, shifted(middle, node)));
      high = middle;
    }
  }
  return [...consistencyProof(end - low, high - low, shifted(low, node)), ...siblings];
};

const upTo = (n: number): readonly number[] => Array.from({ length: n + 1 }, (_, i) => i);

const line = (prefix: string, hashes: readonly Hash[]): string => `${[prefix, ...hashes.map(hex)].join(' ')}\n`;

await test('every hash and proof of every subtree of up to 130 leaves, in one published hash each', async (t) => {
  const MAX = 130;
  const node = nodesFromLeaves(Array.from({ length: MAX }, (_, i) => leafHash(Uint8Array.of(i))));
  const subtrees = upTo(MAX)
    .flatMap((end) => upTo(end).map((start) => ({ start, end })))
    .filter(({ start, end }) => start === end || start % 2 ** bitLength(end - start - 1) === 0);

  const roots = createHash('sha256');
  for (const { start, end } of subtrees) roots.update(`[${start}, ${end}) ${hex(rootAt(end - start, shifted(start, node)))}\n`);
  t.equal(roots.digest('hex'), accumulated.subtreeHash);

  const inclusions = createHash('sha256');
  for (const { start, end } of subtrees) {
    for (let index = start; index < end; index += 1) {
      inclusions.update(line(`${index} [${start}, ${end})`, inclusionProof(index - start, end - start, shifted(start, node))));
    }
  }
  t.equal(inclusions.digest('hex'), accumulated.subtreeInclusion);

  const consistencies = createHash('sha256');
  for (let n = 0; n <= MAX; n += 1) {
    for (const { start, end } of subtrees) {
      if (end <= n) consistencies.update(line(`[${start}, ${end}) ${n}`, subtreeConsistency(start, end, n, node)));
    }
  }
  t.equal(consistencies.digest('hex'), accumulated.subtreeConsistency);
});

const LEAVES = leafHashes(300);
const NODES = nodesFromLeaves(LEAVES);
const part = (begin: number, end: number): CompactRange => appendLeaves(emptyRange(begin), LEAVES.slice(begin, end));
const size = fc.integer({ min: 1, max: LEAVES.length });

await test('all ways to a root agree with its definition', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LEAVES.length }), (n) => {
      const root = hex(mth(LEAVES.slice(0, n)));
      return [rootAt(n, NODES), rootFromLeaves(LEAVES.slice(0, n)), rangeRoot(rangeAt(n, NODES))].every((other) => hex(other) === root);
    }),
    { numRuns: 60 },
  );
  t.pass();
});

await test('a range grows by any steps to the same range, and tells of each complete subtree once', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 7 }), (steps) => {
      const seen = new Map<string, string>();
      let range = emptyRange();
      for (const step of steps) {
        range = appendLeaves(range, LEAVES.slice(range.end, range.end + step), (level, index, hash) => {
          if (seen.has(`${level}/${index}`)) throw new Error(`told twice of ${level}/${index}`);
          seen.set(`${level}/${index}`, hex(hash));
        });
      }
      const whole = part(0, range.end);
      const complete = Array.from({ length: 10 }, (_, level) => Math.floor(range.end / 2 ** level)).reduce((sum, count) => sum + count, 0);
      return (
        range.hashes.map(hex).join() === whole.hashes.map(hex).join() &&
        seen.size === complete &&
        [...seen].every(([key, hash]) => {
          const [level = 0, index = 0] = key.split('/').map(Number);
          return hex(NODES(level, index)) === hash;
        })
      );
    }),
    { numRuns: 60 },
  );
  t.pass();
});

await test('ranges hashed apart merge to the range hashed whole', async (t) => {
  fc.assert(
    fc.property(size, size, size, (a, b, c) => {
      const [from = 0, middle = 0, to = 0] = [a, b, c].sort((x, y) => x - y);
      const merged = mergeRanges(part(from, middle), part(middle, to));
      const nodes = [...rangeNodes(from, to)].map(({ level, index }) => hex(NODES(level, index)));
      return (
        merged.hashes.map(hex).join() === part(from, to).hashes.map(hex).join() &&
        merged.hashes.map(hex).join() === nodes.join() &&
        hex(rangeRoot(mergeRanges(part(0, from), merged))) === hex(rootAt(to, NODES))
      );
    }),
    { numRuns: 100 },
  );
  t.throws(() => mergeRanges(emptyRange(), { begin: 1, end: 1, hashes: [] }), RangeError, 'a gap');
  t.throws(() => mergeRanges(emptyRange(), { begin: 0, end: 3, hashes: LEAVES.slice(0, 1) }), RangeError, 'too few hashes');
  t.throws(() => rangeRoot(appendLeaves(emptyRange(4), LEAVES.slice(4, 6))), RangeError, 'a range that begins later has no root');
  t.throws(() => appendLeaves(emptyRange(), [utf8('no hash')]), RangeError);
});

await test('inclusion proofs verify', async (t) => {
  fc.assert(
    fc.property(size, fc.nat(), (n, at) => {
      const index = at % n;
      const proof = inclusionProof(index, n, NODES);
      const leaf = LEAVES[index] ?? EMPTY_ROOT;
      return verifyInclusion({ index, size: n, root: rootAt(n, NODES), leafHash: leaf, proof }).ok;
    }),
    { numRuns: 300 },
  );
  t.pass();
});

await test('consistency proofs verify', async (t) => {
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const proof = consistencyProof(from, to, NODES);
      return verifyConsistency({ from, to, rootFrom: rootAt(from, NODES), rootTo: rootAt(to, NODES), proof }).ok;
    }),
    { numRuns: 300 },
  );
  t.pass();
});

await test('no byte of an inclusion proof can be changed', async (t) => {
  for (const [index, n] of [
    [0, 1],
    [0, 8],
    [5, 7],
    [6, 7],
    [63, 100],
    [99, 100],
    [128, 129],
  ] as const) {
    const good = { index, size: n, root: rootAt(n, NODES), leafHash: LEAVES[index] ?? EMPTY_ROOT, proof: inclusionProof(index, n, NODES) };
    t.strictSame(verifyInclusion(good), { ok: true });
    let accepted = 0;
    for (let byte = 0; byte < 32; byte += 1) {
      if (verifyInclusion({ ...good, root: flip(good.root, byte) }).ok) accepted += 1;
      if (verifyInclusion({ ...good, leafHash: flip(good.leafHash, byte) }).ok) accepted += 1;
      for (let at = 0; at < good.proof.length; at += 1) {
        const proof = good.proof.map((hash, i) => (i === at ? flip(hash, byte, 0x80) : hash));
        if (verifyInclusion({ ...good, proof }).ok) accepted += 1;
      }
    }
    for (let other = 0; other < n; other += 1) if (other !== index && verifyInclusion({ ...good, index: other }).ok) accepted += 1;
    t.equal(accepted, 0, `leaf ${index} of ${n}`);
    for (let dropped = 0; dropped < good.proof.length; dropped += 1) {
      t.notOk(verifyInclusion({ ...good, proof: good.proof.filter((_, i) => i !== dropped) }).ok, 'a hash left out');
    }
    t.notOk(verifyInclusion({ ...good, proof: [...good.proof, EMPTY_ROOT] }).ok, 'a hash more at the end');
    t.notOk(verifyInclusion({ ...good, proof: [EMPTY_ROOT, ...good.proof] }).ok, 'a hash more at the start');
  }
});

await test('no byte of a consistency proof can be changed', async (t) => {
  for (const [from, to] of [
    [1, 2],
    [4, 8],
    [3, 7],
    [6, 8],
    [64, 100],
    [99, 100],
    [100, 129],
  ] as const) {
    const good = { from, to, rootFrom: rootAt(from, NODES), rootTo: rootAt(to, NODES), proof: consistencyProof(from, to, NODES) };
    t.strictSame(verifyConsistency(good), { ok: true });
    let accepted = 0;
    for (let byte = 0; byte < 32; byte += 1) {
      if (verifyConsistency({ ...good, rootFrom: flip(good.rootFrom, byte) }).ok) accepted += 1;
      if (verifyConsistency({ ...good, rootTo: flip(good.rootTo, byte) }).ok) accepted += 1;
      for (let at = 0; at < good.proof.length; at += 1) {
        const proof = good.proof.map((hash, i) => (i === at ? flip(hash, byte, 0x80) : hash));
        if (verifyConsistency({ ...good, proof }).ok) accepted += 1;
      }
    }
    t.equal(accepted, 0, `${from} to ${to}`);
    t.notOk(verifyConsistency({ ...good, from: to, to: from }).ok, 'sizes swapped');
    t.notOk(verifyConsistency({ ...good, rootFrom: good.rootTo, rootTo: good.rootFrom }).ok, 'roots swapped');
    for (let dropped = 0; dropped < good.proof.length; dropped += 1) {
      t.notOk(verifyConsistency({ ...good, proof: good.proof.filter((_, i) => i !== dropped) }).ok, 'a hash left out');
    }
    t.notOk(verifyConsistency({ ...good, proof: [...good.proof, EMPTY_ROOT] }).ok, 'a hash more at the end');
  }
});

await test('refusals say what is wrong', async (t) => {
  const leaf = LEAVES[2] ?? EMPTY_ROOT;
  const inclusion = { index: 2, size: 5, root: rootAt(5, NODES), leafHash: leaf, proof: inclusionProof(2, 5, NODES) };
  const short = leaf.subarray(1);
  const badInclusions = [
    [{ size: 0 }, 'bad-size'],
    [{ size: -5 }, 'bad-size'],
    [{ size: 5.5 }, 'bad-size'],
    [{ size: 2 ** 53 }, 'bad-size'],
    [{ size: Number.NaN }, 'bad-size'],
    [{ index: 5 }, 'bad-index'],
    [{ index: -1 }, 'bad-index'],
    [{ index: 1.5 }, 'bad-index'],
    [{ index: Number.POSITIVE_INFINITY }, 'bad-index'],
    [{ leafHash: short }, 'bad-hash'],
    [{ root: short }, 'bad-hash'],
    [{ root: new Uint8Array(33) }, 'bad-hash'],
    [{ proof: [short, ...inclusion.proof.slice(1)] }, 'bad-hash'],
    [{ proof: [] }, 'proof-too-short'],
    [{ proof: inclusion.proof.slice(0, -1) }, 'proof-too-short'],
    [{ proof: [...inclusion.proof, leaf] }, 'proof-too-long'],
    [{ root: EMPTY_ROOT }, 'root-mismatch'],
  ] as const;
  for (const [change, reason] of badInclusions) t.strictSame(verifyInclusion({ ...inclusion, ...change }), { ok: false, reason });

  const consistency = { from: 3, to: 5, rootFrom: rootAt(3, NODES), rootTo: rootAt(5, NODES), proof: consistencyProof(3, 5, NODES) };
  const badConsistencies = [
    [{ from: 0 }, 'bad-size'],
    [{ from: 6 }, 'bad-size'],
    [{ from: 2.5 }, 'bad-size'],
    [{ to: 2 ** 53 }, 'bad-size'],
    [{ rootFrom: short }, 'bad-hash'],
    [{ rootTo: short }, 'bad-hash'],
    [{ proof: [short] }, 'bad-hash'],
    [{ proof: [] }, 'proof-too-short'],
    [{ proof: consistency.proof.slice(0, -1) }, 'proof-too-short'],
    [{ proof: [...consistency.proof, leaf] }, 'proof-too-long'],
    [{ from: 5, rootFrom: consistency.rootTo }, 'proof-too-long'],
    [{ from: 5, proof: [] }, 'root-to-mismatch'],
    [{ rootFrom: EMPTY_ROOT }, 'root-from-mismatch'],
    [{ rootTo: EMPTY_ROOT }, 'root-to-mismatch'],
  ] as const;
  for (const [change, reason] of badConsistencies) t.strictSame(verifyConsistency({ ...consistency, ...change }), { ok: false, reason });
});

await test('a proof that cannot be asked for is a mistake of the caller', async (t) => {
  const asks: readonly (readonly [() => unknown, string])[] = [
    [() => inclusionProof(5, 5, NODES), 'no leaf 5 in a tree of 5'],
    [() => inclusionProof(-1, 5, NODES), 'no leaf -1 in a tree of 5'],
    [() => inclusionProof(0.5, 5, NODES), 'no leaf 0.5 in a tree of 5'],
    [() => inclusionProof(0, 2 ** 53, NODES), 'not a tree size: 9007199254740992'],
    [() => consistencyProof(0, 5, NODES), 'no consistency proof from 0 to 5'],
    [() => consistencyProof(6, 5, NODES), 'no consistency proof from 6 to 5'],
    [() => consistencyProof(1.5, 5, NODES), 'no consistency proof from 1.5 to 5'],
    [() => consistencyProof(1, 2.5, NODES), 'not a tree size: 2.5'],
    [() => rootAt(-1, NODES), 'not a tree size: -1'],
    [() => rangeAt(0.5, NODES), 'not a tree size: 0.5'],
    [() => rootAt(512, NODES), 'no complete subtree 0 at level 9'],
  ];
  for (const [ask, message] of asks) t.throws(ask, { name: 'RangeError', message });
});

/** The siblings' sides from the leaf up, by the recursive definition of RFC 6962 §2.1.1. */
const sides = (index: number, n: number): string => {
  if (n <= 1) return '';
  const k = splitPoint(n);
  return index < k ? `${sides(index, k)}R` : `${sides(index - k, n - k)}L`;
};

await test('with another size a proof fails, unless the leaf has the same path there', async (t) => {
  // A proof does not bind the size: that is what the signed checkpoint is for.
  const root = rootAt(21, NODES);
  for (let index = 0; index < 21; index += 1) {
    const proof = inclusionProof(index, 21, NODES);
    for (let other = index + 1; other < 70; other += 1) {
      const verdict = verifyInclusion({ index, size: other, root, leafHash: LEAVES[index] ?? EMPTY_ROOT, proof });
      if (verdict.ok !== (sides(index, other) === sides(index, 21))) t.fail(`leaf ${index} of 21 taken for one of ${other}`);
    }
  }
  t.pass();
});

await test('sizes past 32 bits', async (t) => {
  const node = uniformTree();
  const alike = node(0, 0);
  const huge = fc.bigInt({ min: 1n, max: 2n ** 53n - 1n }).map(Number);
  fc.assert(
    fc.property(huge, huge, (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const index = from - 1;
      const proof = inclusionProof(index, to, node);
      const root = rootAt(to, node);
      const inner = (BigInt(index) ^ BigInt(to - 1)).toString(2).replace(/^0$/, '').length;
      const border = (BigInt(index) >> BigInt(inner)).toString(2).replaceAll('0', '').length;
      return (
        proof.length === inner + border &&
        hex(rangeRoot(rangeAt(to, node))) === hex(root) &&
        verifyInclusion({ index, size: to, root, leafHash: alike, proof }).ok &&
        !verifyInclusion({ index, size: to, root, leafHash: EMPTY_ROOT, proof }).ok &&
        verifyConsistency({ from, to, rootFrom: rootAt(from, node), rootTo: root, proof: consistencyProof(from, to, node) }).ok
      );
    }),
    { numRuns: 200 },
  );
  t.pass();
});

await test('binary arithmetic on whole numbers up to 2^53 - 1', async (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 53n - 1n }), (big) => {
      const n = Number(big);
      const binary = big.toString(2);
      return (
        bitLength(n) === binary.length &&
        trailingZeros(n) === binary.length - binary.replace(/0*$/, '').length &&
        isPowerOfTwo(n) === /^10*$/.test(binary) &&
        (n === 1 || (splitPoint(n) < n && splitPoint(n) * 2 >= n && isPowerOfTwo(splitPoint(n))))
      );
    }),
    { numRuns: 500, examples: [[1n], [2n], [3n], [2n ** 31n], [2n ** 32n], [2n ** 32n + 1n], [2n ** 52n], [2n ** 53n - 1n]] },
  );
  t.equal(bitLength(0), 0);
});

await test('the root that an inclusion proof leads to', async (t) => {
  const proof = inclusionProof(4, 11, NODES);
  const led = rootFromInclusion({ index: 4, size: 11, leafHash: LEAVES[4] ?? EMPTY_ROOT, proof });
  t.equal(led.ok && hex(led.value), hex(rootAt(11, NODES)));
  t.strictSame(rootFromInclusion({ index: 4, size: 11, leafHash: EMPTY_ROOT, proof: proof.slice(1) }), {
    ok: false,
    reason: 'proof-too-short',
  });
});
