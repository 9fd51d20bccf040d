import * as fc from 'fast-check';
import type { Headers } from '../support/app.ts';
import type { Document, Operation, Parameter, Schema } from '../support/openapi.ts';
import { admittedBy, hostile, HOSTILE_TEXTS, type Known } from './values.ts';

/** Requests made from the document: as it asks for them, nearly so, and not at all so. */

export const SENDERS = ['office', 'own', 'other', 'auditor', 'admin', 'nobody', 'forged'] as const;
export type Sender = (typeof SENDERS)[number];

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly headers: Headers;
  /** Text or bytes are sent as they are. */
  readonly body: object | string | undefined;
  readonly sender: Sender;
  /** Whether the URL still leads to the operation: an empty part of a path leads elsewhere. */
  readonly leads: boolean;
};

type Parts = {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: readonly (readonly [string, unknown])[];
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

type Target = { readonly method: string; readonly path: string; readonly operation: Operation };

const resolved = (parameter: Parameter, document: Document): Parameter =>
  parameter.$ref === undefined
    ? parameter
    : (document.components['parameters']?.[parameter.$ref.slice('#/components/parameters/'.length)] as Parameter); // as the document has it

const HEADER_VALUES: Readonly<Record<string, readonly string[]>> = {
  'If-Match': ['*', '*', '*', '"0"', '"1"', 'x', '"0", "1"', 'W/"0"', '"9007199254740993"', '""', ','],
  'If-None-Match': ['*', '"0"', 'W/"0"', '"'],
  'Idempotency-Key': ['a', 'b', '"a"', '"\\"', 'x'.repeat(256), '字', 'key-1', 'key-2', 'key-3'],
};

/** What a name in the path is of: of `tasks/{id}` a task. */
const ownerIn = (path: string, name: string): string => new RegExp(`([^/]+)/\\{${name}\\}`, 'u').exec(path)?.[1] ?? name;

const valueOf = ({ name, in: place, schema }: Parameter, path: string, document: Document, known: Known): fc.Arbitrary<unknown> => {
  const headers = HEADER_VALUES[name];
  if (headers !== undefined) return fc.constantFrom(...headers);
  const as = place === 'path' ? `${ownerIn(path, name)}/{${name}}` : `?${name}`;
  return admittedBy(schema, document, known, known.has(as) ? as : name);
};

const record = (parameters: readonly Parameter[], place: string, of: (parameter: Parameter) => fc.Arbitrary<unknown>) => {
  const chosen = parameters.filter((parameter) => parameter.in === place);
  return fc.record(Object.fromEntries(chosen.map((parameter) => [parameter.name, of(parameter)])), {
    requiredKeys: chosen.filter(({ required, name }) => required === true && name !== 'If-Match').map(({ name }) => name),
  });
};

const mediaOf = ({
  requestBody,
}: Operation): { readonly type: string; readonly schema: Schema; readonly example?: unknown } | undefined => {
  const [found] = Object.entries(requestBody?.content ?? {}).filter(
    ([type, media]) => type === 'text/plain' || media.example !== undefined,
  );
  const [type, media] = found ?? Object.entries(requestBody?.content ?? {})[0] ?? [];
  return type === undefined || media === undefined ? undefined : { type, ...media };
};

/** As the document asks for it. */
const admitted = ({ path, operation }: Target, document: Document, known: Known): fc.Arbitrary<Parts> => {
  const parameters = (operation.parameters ?? []).map((each) => resolved(each, document));
  const of = (parameter: Parameter): fc.Arbitrary<unknown> => valueOf(parameter, path, document, known);
  const media = mediaOf(operation);
  const body =
    media === undefined
      ? fc.constant(undefined)
      : media.type === 'application/json'
        ? admittedBy(media.schema, document, known, '')
        : fc.oneof(fc.constant(media.example), fc.string({ maxLength: 200, unit: 'grapheme' }));
  return fc.record({
    path: record(parameters, 'path', of),
    // A cursor that no list gave is refused: with one in every other request little else would be tried.
    query: record(
      parameters.filter(({ name }) => name !== 'cursor'),
      'query',
      of,
    ).map((query) => Object.entries(query)),
    header: record(parameters, 'header', of),
    body,
  });
};

/** The example, about whatever is known. */
const exemplary = ({ path, operation }: Target, document: Document, known: Known): fc.Arbitrary<Parts> => {
  const parameters = (operation.parameters ?? []).map((each) => resolved(each, document));
  const shown = (place: string): readonly (readonly [string, unknown])[] =>
    parameters.filter((each) => each.in === place && each.example !== undefined).map(({ name, example }) => [name, example]);
  const names = record(parameters, 'path', (parameter) => valueOf(parameter, path, document, known));
  return fc.tuple(fc.boolean(), names).map(([same, others]) => ({
    path: same ? Object.fromEntries(shown('path')) : others,
    query: shown('query'),
    header: same ? Object.fromEntries(shown('header')) : { 'If-Match': '*' },
    body: mediaOf(operation)?.example,
  }));
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One member of a body, at whatever depth, taken out, put in or replaced. */
const damaged = (body: unknown, at: readonly number[], by: unknown): unknown => {
  const [first = 0, ...rest] = at;
  if (Array.isArray(body) && body.length > 0)
    return body.map((item: unknown, index) => (index === first % body.length ? damaged(item, rest, by) : item));
  if (!isObject(body) || Object.keys(body).length === 0) return by;
  const names = Object.keys(body);
  const name = names[first % names.length] ?? '';
  if (rest.length === 0 && first % 3 === 0) return Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
  if (rest.length === 0 && first % 3 === 1) return { ...body, [String(by).slice(0, 40)]: by };
  return { ...body, [name]: damaged(body[name], rest, by) };
};

/** With one thing wrong, anywhere. */
const spoilt = (parts: fc.Arbitrary<Parts>): fc.Arbitrary<Parts> =>
  fc.tuple(parts, fc.nat(9), fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), hostile).map(([whole, what, at, by]) => {
    const { path, query, header, body } = whole;
    if (what <= 4 && body !== undefined) return { ...whole, body: damaged(body, at, by) };
    const [first = 0] = at;
    const names = Object.keys(path);
    if (what <= 6 && names.length > 0) return { ...whole, path: { ...path, [names[first % names.length] ?? '']: by } };
    if (what === 7) return { ...whole, header: { ...header, ...HOSTILE_HEADERS[first % HOSTILE_HEADERS.length] } };
    if (what === 8 && query.length > 0) return { ...whole, query: [...query, query[first % query.length] ?? ['q', by]] };
    return { ...whole, query: [...query.filter((_, index) => index !== first), [query[first]?.[0] ?? 'unknown', by]] };
  });

const HOSTILE_HEADERS: readonly Headers[] = [
  { 'content-type': 'application/xml' },
  { 'content-type': 'application/json; charset=gbk' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-encoding': 'gzip' },
  { accept: 'image/png' },
  { accept: 'text/csv;q=0.9, */*;q=0' },
  { accept: ',;q=,' },
  { 'accept-language': 'zh-CN, *;q=0.1' },
  { 'accept-datetime': 'yesterday' },
  { 'accept-datetime': 'Fri, 31 Mar 2023 00:00:00 GMT' },
  { 'x-request-id': '"; drop' },
  { 'last-event-id': '-1' },
  { 'x-forwarded-for': '127.0.0.1' },
  { range: 'bytes=0-1' },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'a'.repeat(5000)}` },
  { authorization: 'Basic YTpi' },
  { 'idempotency-key': 'x'.repeat(3000) },
  { 'if-match': `"${'1'.repeat(5000)}"` },
];

const text = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

/** What stands in the URL: lone halves of pairs have no place in one. */
const encoded = (value: unknown): string => encodeURIComponent(text(value).toWellFormed());

const cutShort = (body: string, at: number): string => body.slice(0, Math.floor((body.length * at) / 20));

/** Bodies that are not what they say. */
const written = (body: unknown, type: string, how: number, at: number): object | string | undefined => {
  if (body === undefined) return undefined;
  if (type !== 'application/json') return text(body);
  const whole = JSON.stringify(body) ?? '';
  if (how === 0) return cutShort(whole, at);
  if (how === 1) return `\uFEFF${whole}`;
  if (how === 2) return Buffer.concat([Buffer.from(whole), Buffer.from([0xff, 0xfe])]);
  if (how === 3) return whole.replace('{', '{"__proto__":1,"id":"a","id":"b",');
  if (how === 4) return `${whole.slice(0, 1)}${' '.repeat(270_000)}${whole.slice(1)}`;
  return whole;
};

const SANE = 60;

export const requestsTo = (target: Target, document: Document, known: Known): fc.Arbitrary<Request> => {
  const { method, path, operation } = target;
  const type = mediaOf(operation)?.type;
  const right = admitted(target, document, known);
  const shown = exemplary(target, document, known);
  const parts = fc.oneof(
    { weight: 3, arbitrary: right },
    { weight: 3, arbitrary: shown },
    { weight: 3, arbitrary: spoilt(right) },
    { weight: 3, arbitrary: spoilt(shown) },
  );
  const sender = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Sender>(operation['x-sent-as'] === 'admin' ? 'admin' : 'office') },
    {
      weight: 8,
      arbitrary: fc.constantFrom(...SENDERS),
    },
  );
  return fc.tuple(parts, sender, fc.nat(SANE), fc.nat(20)).map(([{ path: names, query, header, body }, from, how, at]) => {
    const filled = Object.entries(names).reduce((url, [name, value]) => url.replace(`{${name}}`, () => encoded(value)), path);
    const asked = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
    const headers = Object.fromEntries(
      Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/gu, '?')]),
    );
    return {
      method: method === 'GET' && how === 9 ? 'HEAD' : method,
      path,
      url: asked === '' ? filled : `${filled}?${asked}`,
      headers: { ...(body === undefined || type === undefined ? {} : { 'content-type': type }), ...headers },
      body: written(body, type ?? '', how, at),
      sender: from,
      leads: Object.values(names).every((value) => text(value) !== '' && !/^\.{1,2}$/u.test(text(value))),
    };
  });
};

export const HOSTILE_PATHS: readonly string[] = HOSTILE_TEXTS.map((each) => `/v1/${encodeURIComponent(each.toWellFormed())}`);
