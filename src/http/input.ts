import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { cleanJson } from '../kernel/json.ts';
import { ownValue } from '../kernel/own-value.ts';
import { anyFile, besideRowFile, byteStream, plainText } from './bodies.ts';
import { invalidInput, problem, type InputError, type Problem } from './problem.ts';

/** What a request brings against a schema: zod's issues as JSON Pointers and plain English. */

type Part = 'body' | 'querystring' | 'params';
type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const article = (word: string): string => (/^[aeiou]/u.test(word) ? `an ${word}` : `a ${word}`);
const oneOf = (values: readonly unknown[]): string =>
  values.length === 1
    ? `must be ${JSON.stringify(values[0])}`
    : `must be one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;

const TYPE_NAMES: Readonly<Record<string, string>> = { int: 'integer', record: 'object', tuple: 'array' };

const bound = (issue: RawIssue & { readonly code: 'too_small' | 'too_big' }): string => {
  const small = issue.code === 'too_small';
  const limit = small ? issue.minimum : issue.maximum;
  if (issue.origin === 'string' || issue.origin === 'array') {
    if (small && limit === 1) return 'must not be empty';
    return `must have ${small ? 'at least' : 'at most'} ${limit} ${issue.origin === 'string' ? 'characters' : 'items'}`;
  }
  if (issue.inclusive === false) return `must be ${small ? 'greater' : 'less'} than ${limit}`;
  return `must be ${small ? 'at least' : 'at most'} ${limit}`;
};

/** Words for zod's issues; a schema that has its own message keeps it. */
const english: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(ownValue(TYPE_NAMES, issue.expected) ?? issue.expected)}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_format':
      return typeof issue.pattern === 'string' ? `must match ${issue.pattern}` : `must be a valid ${issue.format}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return 'is not valid';
  }
};
const WORDS = { error: english };

const escaped = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
const pointerOf = (path: readonly PropertyKey[]): string => path.map(escaped).join('');

const unionErrors = (
  issue: Issue & { readonly code: 'invalid_union' },
  base: readonly PropertyKey[],
  part: Part,
): readonly InputError[] => {
  const pointer = pointerOf(base);
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : undefined;
  // A discriminator that names no branch: zod's path leads to it already.
  if (issue.errors.length === 0) return [{ pointer, message: options === undefined ? 'is not one of the known kinds' : oneOf(options) }];
  const branches = issue.errors.map((issues) => issues.flatMap((inner) => errorsOf(inner, base, part)));
  if (branches.every(([first, ...rest]) => first?.pointer === pointer && rest.length === 0)) {
    const [first = '', ...others] = branches.flat().map(({ message }) => message);
    return [{ pointer, message: [first, ...others.map((message) => message.replace(/^must be /u, ''))].join(' or ') }];
  }
  // The branch with the fewest faults is the one that was meant.
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
};

const errorsOf = (issue: Issue, base: readonly PropertyKey[], part: Part): readonly InputError[] => {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      message: part === 'querystring' ? 'is not a known parameter' : 'is not a known field',
    }));
  if (issue.code === 'invalid_union') return unionErrors(issue, path, part);
  return [{ pointer: pointerOf(path), message: issue.message }];
};

export type Checked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly errors: readonly InputError[] };

/** The value as the schema gives it, or every fault found. */
export const check = <Schema extends z.ZodType>(schema: Schema, value: unknown, part: Part): Checked<z.infer<Schema>> => {
  const result = schema.safeParse(value, WORDS);
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, errors: result.error.issues.flatMap((issue) => errorsOf(issue, [], part)) };
};

const repeated = (query: object): readonly InputError[] =>
  Object.entries(query)
    .filter(([, value]) => Array.isArray(value))
    .map(([name]) => ({ pointer: pointerOf([name]), message: 'is given more than once' }));

type Verdict = { readonly value: unknown } | { readonly error: Problem };

const verdictOf = (schema: z.ZodType, value: unknown, part: Part): Verdict => {
  const checked = check(schema, value, part);
  return checked.ok ? { value: checked.value } : { error: invalidInput(checked.errors) };
};

/** Which one is taken, the answer says of every such problem (failures.ts). */
const unsupported = (): Verdict => ({ error: problem('unsupported-media-type', 'the body is of another media type') });

/** The body's text is clean already; an absent one is an empty object, or no bytes. */
const bodyVerdict = (schema: z.ZodType, body: unknown): Verdict => {
  if (schema === byteStream) return byteStream.safeParse(body).success ? { value: body } : unsupported();
  if (schema === anyFile) return { value: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
  if (schema === plainText) {
    if (body === null) return { value: Buffer.alloc(0) };
    return Buffer.isBuffer(body) ? { value: body } : unsupported();
  }
  const object = besideRowFile(schema);
  if (Buffer.isBuffer(body)) return object === undefined ? unsupported() : { value: body };
  return verdictOf(object ?? schema, body ?? {}, 'body');
};

/** What the URL brings is text from outside too: NFC, no NUL. */
const urlVerdict = (schema: z.ZodType, value: object, part: Part): Verdict => {
  const clean = cleanJson(value);
  if (!clean.ok) return { error: invalidInput(clean.faults) };
  const twice = part === 'querystring' ? repeated(value) : [];
  return twice.length > 0 ? { error: invalidInput(twice) } : verdictOf(schema, clean.value, part);
};

/** Made once per route and part, when the route is registered. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  if (httpPart === 'body') return (body: unknown) => bodyVerdict(schema, body);
  const part = httpPart === 'querystring' ? 'querystring' : 'params';
  return (value: object) => urlVerdict(schema, value, part);
};
