import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { cleanJson } from '../kernel/json.ts';
import { ownValue } from '../kernel/own-value.ts';
import { say, type Message, type PlainKey, type Text, type Value } from '../messages/message.ts';
import { foundAgain } from '../messages/standing.ts';
import { inEnglish } from '../messages/words.ts';
import { anyFile, besideRowFile, byteStream, plainText } from './bodies.ts';
import { daysOutside } from './days-sent.ts';
import { invalidInput, problem, type InputError, type Problem } from './problem.ts';

/** What a request brings against a schema: zod's issues as JSON Pointers and messages. */

type Part = 'body' | 'querystring' | 'params';
type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const TYPES: Readonly<Record<string, PlainKey>> = {
  string: 'field.type-string',
  number: 'field.type-number',
  int: 'field.type-integer',
  integer: 'field.type-integer',
  boolean: 'field.type-boolean',
  object: 'field.type-object',
  record: 'field.type-object',
  array: 'field.type-array',
  tuple: 'field.type-array',
};

const mustBe = (what: Value): Message => say('field.must-be', { what });

const oneOf = (values: readonly unknown[]): Message => {
  const texts = values.map((value) => JSON.stringify(value));
  return mustBe(texts.length === 1 ? (texts[0] ?? '') : say('field.one-of', { values: texts }));
};

const ofLength = (small: boolean, n: string, characters: boolean): Message => {
  if (characters) return small ? say('field.at-least-characters', { n }) : say('field.at-most-characters', { n });
  return small ? say('field.at-least-items', { n }) : say('field.at-most-items', { n });
};

const bound = (issue: RawIssue & { readonly code: 'too_small' | 'too_big' }): Message => {
  const small = issue.code === 'too_small';
  const limit = small ? issue.minimum : issue.maximum;
  const n = String(limit);
  if (issue.origin === 'string' || issue.origin === 'array') {
    return small && limit === 1 ? say('field.not-empty') : ofLength(small, n, issue.origin === 'string');
  }
  if (issue.inclusive === false) return small ? say('field.greater', { n }) : say('field.less', { n });
  return small ? say('field.at-least', { n }) : say('field.at-most', { n });
};

/** What zod's issue says; a schema that has its own message keeps it. */
const messageOf = (issue: RawIssue): Message => {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return say('field.required');
  switch (issue.code) {
    case 'invalid_type': {
      const type = ownValue(TYPES, issue.expected);
      return mustBe(type === undefined ? say('field.type-other', { type: issue.expected }) : say(type));
    }
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_format':
      return typeof issue.pattern === 'string'
        ? say('field.matches', { pattern: issue.pattern })
        : mustBe(say('field.valid', { format: issue.format }));
    case 'not_multiple_of':
      return mustBe(say('field.multiple', { n: String(issue.divisor) }));
    default:
      return say('field.invalid');
  }
};

const escaped = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
const pointerOf = (path: readonly PropertyKey[]): string => path.map(escaped).join('');

/** What is said of an issue, by the text that zod keeps of it. */
type Said = (text: string) => Text;

/** `must be an integer`, and `a string` of `must be a string`. */
const either = (first: Text, second: Text): Message => {
  const what = typeof second !== 'string' && second.key === 'field.must-be' ? second.values['what'] : undefined;
  return say('field.or', { first, second: what ?? second });
};

const unionErrors = (
  issue: Issue & { readonly code: 'invalid_union' },
  base: readonly PropertyKey[],
  part: Part,
  said: Said,
): readonly InputError[] => {
  const pointer = pointerOf(base);
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : undefined;
  // A discriminator that names no branch: zod's path leads to it already.
  if (issue.errors.length === 0) return [{ pointer, message: options === undefined ? say('field.unknown-kind') : oneOf(options) }];
  const branches = issue.errors.map((issues) => issues.flatMap((inner) => errorsOf(inner, base, part, said)));
  if (branches.every(([first, ...rest]) => first?.pointer === pointer && rest.length === 0)) {
    const [first = '', ...others] = branches.flat().map(({ message }) => message);
    return [{ pointer, message: others.reduce(either, first) }];
  }
  // The branch with the fewest faults is the one that was meant.
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
};

const errorsOf = (issue: Issue, base: readonly PropertyKey[], part: Part, said: Said): readonly InputError[] => {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      message: part === 'querystring' ? say('field.unknown-parameter') : say('field.unknown-field'),
    }));
  if (issue.code === 'invalid_union') return unionErrors(issue, path, part, said);
  return [{ pointer: pointerOf(path), message: said(issue.message) }];
};

export type Checked<Checkable> =
  | { readonly ok: true; readonly value: Checkable }
  | { readonly ok: false; readonly errors: readonly InputError[] };

/** The value as the schema gives it, or every fault found. */
export const check = <Schema extends z.ZodType>(schema: Schema, value: unknown, part: Part): Checked<z.infer<Schema>> => {
  const ours = new Map<string, Message>();
  const error: z.core.$ZodErrorMap = (issue) => {
    const message = messageOf(issue);
    const text = inEnglish(message);
    ours.set(text, message);
    return text;
  };
  const result = schema.safeParse(value, { error });
  if (result.success) {
    const errors = daysOutside(schema, result.data).map(({ path, message }) => ({ pointer: pointerOf(path), message }));
    return errors.length === 0 ? { ok: true, value: result.data } : { ok: false, errors };
  }
  const said: Said = (text) => ours.get(text) ?? foundAgain(text);
  return { ok: false, errors: result.error.issues.flatMap((issue) => errorsOf(issue, [], part, said)) };
};

const repeated = (query: object): readonly InputError[] =>
  Object.entries(query)
    .filter(([, value]) => Array.isArray(value))
    .map(([name]) => ({ pointer: pointerOf([name]), message: say('field.twice') }));

type Verdict = { readonly value: unknown } | { readonly error: Problem };

const verdictOf = (schema: z.ZodType, value: unknown, part: Part): Verdict => {
  const checked = check(schema, value, part);
  return checked.ok ? { value: checked.value } : { error: invalidInput(checked.errors) };
};

/** Which one is taken, the answer says of every such problem (failures.ts). */
const unsupported = (): Verdict => ({ error: problem('unsupported-media-type', say('http.other-media-type')) });

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
