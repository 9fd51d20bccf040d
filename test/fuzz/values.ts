import * as fc from 'fast-check';
import type { Document, Schema } from '../support/openapi.ts';

/** Values made from the document's schemas: such as they admit, and such as nobody should send. */

/** Ids and other names that lead somewhere, by what they are of; what is made on the way is added. */
export type Known = Map<string, string[]>;

export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'a\uDFFFb',
  '\u202Eabc',
  '\u200B\u200B',
  '\uFEFF',
  'é',
  'e\u0301',
  `a${'\u0300\u0316'.repeat(200)}`,
  `a${'\u0300'.repeat(31)}`,
  '👨‍👩‍👧‍👦'.repeat(40),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%00',
  '%ff',
  '%e4%b8',
  '"><script>alert(1)</script>',
  "'; DROP TABLE event; --",
  '=1+1',
  '[object Object]',
  'null',
  'undefined',
  'NaN',
  '1e3',
  '-0',
  '00',
  '9'.repeat(400),
  'x'.repeat(81),
  '字'.repeat(3000),
  '\r\nX-Injected: 1',
  '*',
  '@-1',
  '@9007199254740993',
  '2023-02-29',
  '0000-00-00',
  '9999-12-31T23:59:60Z',
  '+275760-09-13T00:00:00Z',
  '2023-03-30T23:59:59.999999999+14:00',
  '2023-03-30T23:59:59.1234567890Z',
  '0000-01-01T00:00:00+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59-12:00',
  `a${'\uff9e\u0316'.repeat(200)}`,
  'entries',
  'prototype',
];

export const HOSTILE_NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e-7,
  1e21,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 53) - 2,
  Number.MAX_SAFE_INTEGER,
];

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const hostileShapes: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  nested(200),
  Array.from({ length: 600 }, () => 1),
  JSON.parse('{"__proto__":{"admin":true}}'),
  { constructor: { prototype: {} } },
  Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n])),
];

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE_TEXTS),
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS),
  fc.constantFrom(...hostileShapes),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const DAYS = ['2023-03-30', '2023-12-31', '2024-02-29', '2024-06-30', '1900-01-01'];
const INSTANTS = [
  '2023-03-30T23:59:59.999+08:00',
  '2024-01-01T00:00:00Z',
  '2024-03-04T10:00:00+08:00',
  '1969-12-31T23:59:59.123456789-12:00',
  '0000-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59Z',
];

/** What an object, a list or a function answers to of itself, as far as an id may be called so. */
const EVERY_OBJECT = ['constructor', 'entries', 'length', 'name', 'prototype', 'keys', 'values'];

const textOf = ({ format, pattern, minLength, maxLength, examples }: Schema): fc.Arbitrary<string> => {
  if (format === 'date') return fc.constantFrom(...DAYS);
  if (format === 'date-time') return fc.constantFrom(...INSTANTS);
  if (format === 'uuid') return fc.uuid();
  const form = typeof pattern === 'string' ? new RegExp(pattern, 'u') : undefined;
  const fitting = EVERY_OBJECT.filter((name) => form?.test(name));
  const made =
    form !== undefined
      ? fc.oneof(
          { weight: 4, arbitrary: fc.stringMatching(form) },
          ...(fitting.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...fitting) }]),
        )
      : fc.string({ minLength: Number(minLength ?? 0), maxLength: Math.min(Number(maxLength ?? 40), 40), unit: 'grapheme' });
  // What the document shows as an example is what most would send.
  return Array.isArray(examples) ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...(examples as string[])) }, made) : made;
};

/** Values that a schema admits, known names where there are some. */
export const admittedBy = (schema: Schema, document: Document, known: Known, name: string, depth = 0): fc.Arbitrary<unknown> => {
  // A schema's parts are schemas.
  const inner = (of: unknown, as = name): fc.Arbitrary<unknown> => admittedBy((of ?? {}) as Schema, document, known, as, depth + 1);
  const names = known.get(name);
  const { $ref, anyOf, oneOf, type, properties = {}, required = [], items, minimum, maximum, minItems, maxItems } = schema;
  if (names !== undefined && (type === 'string' || typeof $ref === 'string') && names.length > 0)
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: textOf(schema) });
  if (typeof $ref === 'string') return inner(document.components['schemas']?.[$ref.slice('#/components/schemas/'.length)]);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as readonly unknown[]));
  for (const branches of [anyOf, oneOf]) if (Array.isArray(branches)) return fc.oneof(...branches.map((branch) => inner(branch)));
  switch (Array.isArray(type) ? type[0] : type) {
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: Math.max(Number(minimum ?? -10), -1e6), max: Math.min(Number(maximum ?? 1000), 1e6) }),
        fc.constant(Number(minimum ?? 1)),
      );
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const most = Math.min(Number(maxItems ?? 3), 3);
      return depth > 5 ? fc.constant([]) : fc.array(inner(items), { minLength: Math.min(Number(minItems ?? 0), most), maxLength: most });
    }
    case 'object': {
      const fields = Object.entries(properties as Readonly<Record<string, Schema>>);
      return fc.record(Object.fromEntries(fields.map(([field, of]) => [field, inner(of, field)])), {
        requiredKeys: [...(required as readonly string[])].filter((field) => fields.some(([each]) => each === field)),
      });
    }
    case 'null':
      return fc.constant(null);
    case 'string':
      return textOf(schema);
    default:
      return fc.constantFrom<unknown>('text', 1, null);
  }
};
