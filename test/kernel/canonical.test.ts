import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { test } from 'tap';
import { canonicalBytes, canonicalText, digestOf, inCanonicalOrder, sha256Hex } from '../../src/kernel/canonical.ts';
import { cleanJson } from '../../src/kernel/json.ts';
import { anyJson } from './any-json.ts';

const VECTORS = new URL('../vectors/jcs/', import.meta.url);
const vector = (path: string): string => readFileSync(new URL(path, VECTORS), 'utf8');

await test('the published documents come out byte for byte', async (t) => {
  const names = readdirSync(new URL('input/', VECTORS));
  t.equal(names.length, 6);
  for (const name of names) {
    const bytes = canonicalBytes(JSON.parse(vector(`input/${name}`)));
    t.equal(bytes.toString('utf8'), vector(`output/${name}`), name);
    t.equal(bytes.toString('hex'), vector(`outhex/${name.replace('.json', '.txt')}`).replaceAll(/\s/gu, ''), `${name} in bytes`);
  }
});

/** The published sequence of doubles; `test/vectors/jcs/README.md` says how it is made. */
function* publishedNumbers(patterns: readonly string[]): Generator<{ readonly pattern: bigint; readonly value: number }> {
  const cell = new DataView(new ArrayBuffer(8));
  const ofPattern = (pattern: bigint) => {
    cell.setBigUint64(0, pattern);
    return { pattern, value: cell.getFloat64(0) };
  };
  for (const pattern of patterns) yield ofPattern(BigInt(`0x${pattern}`));
  for (let n = 0n; n < 2000n; n += 1n) yield ofPattern(0x0010000000000000n + n);
  for (let block = Buffer.alloc(32); ;) {
    block = hash('sha256', block, 'buffer');
    for (let at = 0; at < 32; at += 8) {
      const drawn = ofPattern(block.readBigUInt64LE(at));
      if (drawn.value !== 0 && Number.isFinite(drawn.value)) yield drawn;
    }
  }
}

await test('100,000 numbers are written as the published sequence has them', async (t) => {
  // A file of this repository.
  const { patterns, sha256 } = JSON.parse(vector('numbers.json')) as { patterns: string[]; sha256: Record<string, string> };
  const digest = createHash('sha256');
  let lines = 0;
  for (const { pattern, value } of publishedNumbers(patterns)) {
    digest.update(`${pattern.toString(16)},${canonicalText(value)}\n`);
    lines += 1;
    const expected = sha256[lines];
    if (expected !== undefined) t.equal(digest.copy().digest('hex'), expected, `${lines} lines`);
    if (lines === 100_000) break;
  }
});

await test('what has no canonical form throws', async (t) => {
  const values = [undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { key: '\udc00' }, { '\ud800': 1 }, [Number.NaN], () => 1];
  for (const value of values) t.throws(() => canonicalText(value), inspect(value));
});

await test('a digest depends on the value, not on the order in which its members were written', async (t) => {
  t.equal(digestOf({ b: 1, a: '三' }), sha256Hex('{"a":"三","b":1}'));
  t.equal(digestOf({ b: 1, a: '三' }), digestOf({ a: '三', b: 1 }));
  t.not(digestOf([1, 2]), digestOf([2, 1]));
  t.equal(sha256Hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.equal(sha256Hex(new Uint8Array([0x61])), sha256Hex('a'));
});

await test('in canonical order a value is what its canonical bytes give back', async (t) => {
  t.equal(
    JSON.stringify(inCanonicalOrder({ b: [{ z: 1, a: { y: undefined, x: null } }], a: '三', '\ud83d\ude00': 0, '\uff01': 1 })),
    '{"a":"三","b":[{"a":{"x":null},"z":1}],"😀":0,"\uff01":1}',
    'by UTF-16 units',
  );
  fc.assert(
    fc.property(anyJson, (value) => {
      const clean = cleanJson(value);
      return !clean.ok || JSON.stringify(inCanonicalOrder(clean.value)) === JSON.stringify(JSON.parse(canonicalText(clean.value)));
    }),
    { numRuns: 500 },
  );
});

await test('clean JSON always has a canonical form, which reads back as itself', async () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const clean = cleanJson(value);
      if (!clean.ok) return true;
      const text = canonicalText(clean.value);
      return canonicalText(JSON.parse(text)) === text;
    }),
    { numRuns: 500 },
  );
});
