import * as fc from 'fast-check';
import { test } from 'tap';
import { compareDecimals } from '../../src/kernel/decimal.ts';
import { cleanJson, foldText, sameJson, type Json } from '../../src/kernel/json.ts';
import { visible } from '../../src/kernel/visible-text.ts';
import { anyJson } from './any-json.ts';

const cleaned = (value: unknown): Json => {
  const clean = cleanJson(value);
  if (!clean.ok) throw new Error(JSON.stringify(clean.faults));
  return clean.value;
};

/** Pointers of what is at fault. */
const faultsIn = (value: unknown): readonly string[] => {
  const clean = cleanJson(value);
  return clean.ok ? [] : clean.faults.map(({ pointer }) => pointer);
};

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = { in: value };
  return value;
};

await test('text becomes NFC, in values and in names', async (t) => {
  t.strictSame(cleaned({ 'cafe\u0301': ['e\u0301', '三门峡'] }), { 'caf\u00e9': ['\u00e9', '三门峡'] });
  t.equal(cleaned('市〔2023〕,全角'), '市〔2023〕,全角', 'compatibility forms stay as printed');
});

await test('what the log cannot hold is refused where it stands', async (t) => {
  t.same(faultsIn({ a: ['ok', '\ud83d'] }), ['/a/1'], 'a lone surrogate has no UTF-8 form');
  t.same(faultsIn({ '\udc00': 1 }), ['/\udc00'], 'in a name too');
  t.same(faultsIn({ text: 'a\0b' }), ['/text'], 'NUL');
  t.same(
    faultsIn({ 'a/b~c': [undefined, 1n, () => 1, Symbol('x')] }),
    ['/a~1b~0c/0', '/a~1b~0c/1', '/a~1b~0c/2', '/a~1b~0c/3'],
    'pointers escape / and ~',
  );
  t.same(faultsIn('😀'), [], 'a pair of surrogates is a character');
});

await test('numbers are safe integers', async (t) => {
  for (const number of [0, -1, 9_007_199_254_740_991, -9_007_199_254_740_991]) t.equal(cleaned(number), number);
  const refused = [2 ** 53, -(2 ** 53), 2 ** 53 + 2, 1e21, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2.4, 5e-324];
  for (const number of refused) t.same(faultsIn({ n: number }), ['/n'], String(number));
  t.same(faultsIn(JSON.parse('{"n":9007199254740993}')), ['/n'], 'one that JSON.parse has rounded already');
});

await test('nesting ends at 32 levels', async (t) => {
  t.same(faultsIn(nested(32)), []);
  t.same(faultsIn(nested(33)), ['/in'.repeat(33)]);
  t.same(faultsIn(nested(100_000)), ['/in'.repeat(33)], 'and is not followed further');
});

await test('no member name reaches a prototype', async (t) => {
  t.same(faultsIn(JSON.parse('{"a":{"__proto__":{"admin":true}}}')), ['/a/__proto__']);
  const clean = cleaned(JSON.parse('{"constructor":{"prototype":1},"toString":2}'));
  t.strictSame(Object.entries(clean ?? {}), [
    ['constructor', { prototype: 1 }],
    ['toString', 2],
  ]);
});

await test('two names that NFC makes one are refused: neither may silently win', async (t) => {
  t.same(faultsIn({ 'caf\u00e9': 1, 'cafe\u0301': 2 }), ['/cafe\u0301']);
});

await test('every fault is reported, and what is clean is a copy', async (t) => {
  t.same(faultsIn({ a: '\ud800', b: [1, 0.1], c: 2 ** 53 }), ['/a', '/b/1', '/c']);
  const value = { list: [{ a: 1 }] };
  const copy = cleaned(value);
  t.strictSame(copy, value);
  value.list.push({ a: 2 });
  t.strictSame(copy, { list: [{ a: 1 }] });
});

await test('cleaning twice is cleaning once', async () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const once = cleanJson(value);
      return !once.ok || sameJson(cleaned(once.value), once.value);
    }),
    { numRuns: 500 },
  );
});

await test('the same JSON is the same whatever the order of its members', async (t) => {
  t.ok(sameJson({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }));
  t.notOk(sameJson([1, 2], [2, 1]), 'the order of a list is part of it');
  t.notOk(sameJson({ a: null }, {}));
  t.notOk(sameJson('1', 1));
  t.ok(sameJson(undefined, undefined), 'two fields that are not there');
});

await test('names are compared without regard to width, brackets, blanks and case', async (t) => {
  for (const printed of ['各县(市、区)政府', '各县(市、区)政府', '各县〔市、区〕政府', '各县［市、区］政府', ' 各县 (市、区)\u3000政府 '])
    t.equal(foldText(printed), '各县(市、区)政府', printed);
  t.equal(foldText('PM2.5'), 'pm2.5');
  t.not(foldText('市科技局'), foldText('科技局'), 'nothing is guessed');
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'Z', '[', '〕', ']', '市', ' ', '\u3000', 'e\u0301', '2') }),
      (text) => foldText(foldText(text)) === foldText(text),
    ),
  );
});

/** Of each kind that shows nothing: zero width, bidi, filler, variation selector, tag, control, blank Braille cell. */
const UNSEEN = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u2066', '\u200f', '\u3164', '\uffa0', '\u115f', '\ufe0f'];
const MORE_UNSEEN = ['\u{e0061}', '\u{e0101}', '\u0007', '\u0085', '\u2800', '\u180e', '\u034f', '\ufff9', '\u{1d173}'];
const unseen = [...UNSEEN, ...MORE_UNSEEN];

await test('what shows nothing does not tell two names apart', async (t) => {
  for (const each of unseen)
    for (const printed of [`${each}市科技局`, `市${each}科技局`, `市科技局${each}${each}`, `市 ${each} 科技局`])
      t.equal(foldText(printed), '市科技局', JSON.stringify(printed));
  t.equal(foldText('e\u200d\u0301'), foldText('é'), 'nor does it part a letter from its mark');
  t.equal(visible('a\u200b \tb\u0007\n'), 'a \tb\n', 'blanks can be seen');
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(fc.constantFrom(...unseen, 'e', '\u0301', ' ', '¨', 'ﬁ', '市'), fc.string({ unit: 'binary', maxLength: 1 })),
      }),
      (text) => {
        const folded = foldText(text);
        return foldText(folded) === folded && foldText(visible(text)) === folded;
      },
    ),
  );
});

await test('text of which nothing can be seen is no text', async (t) => {
  for (const each of unseen) t.same(faultsIn({ name: `${each} ${each}` }), each === '\ufeff' ? [] : ['/name'], JSON.stringify(each));
  t.same(faultsIn({ all: unseen.join('') }), ['/all']);
  t.same(faultsIn({ [`\u200b`]: 1 }), ['/\u200b'], 'nor is it a name');
  for (const text of ['', ' ', '\n\t', '\u3000']) t.same(faultsIn({ text }), [], 'what is merely blank is for its schema to judge');
  const kept = `市${unseen.join('')}科`;
  t.strictSame(cleaned({ kept }), { kept: kept.normalize('NFC') }, 'what can be seen is kept with all that stands in it');
});

await test('marks are not piled on a letter without end, which no language does and which costs the square of their number', async (t) => {
  const piled = `a${'\u0315\u0300'.repeat(32_000)}`;
  const began = performance.now();
  t.same(faultsIn({ piled, more: [`\ud800${piled}`, piled] }), ['/piled', '/more/0', '/more/1']);
  t.same(faultsIn({ [piled]: 1 }), [`/${piled}`]);
  t.ok(performance.now() - began < 500, 'refused before they are put in order, which would take seconds');
  t.same(faultsIn({ text: `a${'\u0301'.repeat(30)}`.repeat(2_000) }), []);
  t.same(faultsIn({ text: `a${'\u0301'.repeat(31)}` }), ['/text']);
  t.same(faultsIn({ text: 'Z̸̡̛͇̗͇͚̗͍a̸͔̱̺̙̤͉l̴̝͓͙͓̫̝g̸̲̱̙̹̬o' }), [], 'what is written to look so is still text');
});

await test('decimals compare as the numbers they write, exactly', async (t) => {
  const order = [
    '-100',
    '-2.5',
    '-2.49',
    '-0.01',
    '0',
    '0.000000000000000001',
    '2.4',
    '2.40000000000000001',
    '9',
    '10',
    '100000000000000000',
  ];
  for (const [at, a] of order.entries())
    for (const [other, b] of order.entries()) t.equal(Math.sign(compareDecimals(a, b)), Math.sign(at - other), `${a} and ${b}`);
  t.equal(compareDecimals('2.40', '2.4'), 0);
  t.equal(compareDecimals('-0', '0.00'), 0);
  t.equal(compareDecimals('0.1', '0.10000000000000001'), -1, 'equal as binary floats, different here');
});

/** `units` / 10^`places` in decimal notation. */
const decimal = (units: bigint, places: number): string => {
  const all = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = all.slice(0, all.length - places);
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${all.slice(-places)}`}`;
};

await test('decimals compare as fractions of integers do', async () => {
  const digits = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });
  fc.assert(
    fc.property(digits, fc.nat(9), digits, fc.nat(9), (a, placesA, b, placesB) => {
      const difference = a * 10n ** BigInt(placesB) - b * 10n ** BigInt(placesA);
      return compareDecimals(decimal(a, placesA), decimal(b, placesB)) === (difference < 0n ? -1 : difference > 0n ? 1 : 0);
    }),
  );
});
