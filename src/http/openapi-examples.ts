import type { Json } from '../kernel/json.ts';
import { ownValue } from '../kernel/own-value.ts';
import { isNode, mapOperations, nodesIn, type Document, type Node, type Paths } from './openapi-nodes.ts';

/** A request that succeeds. What it needs is in the demo year, or was made by an example before it. */
export type Example = {
  /** The role that sends it: `office` unless given. */
  readonly as?: string;
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text where the call takes a document. */
  readonly body?: Json;
};

/** Examples by operation, `POST /v1/tasks`, in the order in which they are sent. */
export type Examples = Readonly<Record<string, Example>>;

const parameterOf = (parameter: Node, { path = {}, query = {}, headers = {} }: Example, shared: Node): Node => {
  const name = typeof parameter['$ref'] === 'string' ? (parameter['$ref'].split('/').at(-1) ?? '') : '';
  const whole = [ownValue(shared, name)].find(isNode) ?? parameter;
  const values = new Map<string, unknown>(Object.entries(ownValue<object>({ path, query, header: headers }, String(whole['in'])) ?? {}));
  const value = values.get(String(whole['name']));
  return value === undefined ? parameter : { ...whole, example: value };
};

/** A body is shown in the first of these forms that a call takes, or in its only one. */
const SHOWN_AS = ['application/json', 'text/plain'];

const bodyOf = (body: unknown, example: Json | undefined): unknown => {
  const forms = isNode(body) ? body['content'] : undefined;
  if (!isNode(body) || !isNode(forms) || example === undefined) return body;
  const shown = SHOWN_AS.find((type) => Object.hasOwn(forms, type));
  const content = Object.entries(forms).map(([type, media]) => [
    type,
    isNode(media) && (shown === undefined || type === shown) ? { ...media, example } : media,
  ]);
  return { ...body, content: Object.fromEntries(content) };
};

const withExample = (operation: Node, example: Example | undefined, shared: Node): Node =>
  example === undefined
    ? operation
    : {
        ...operation,
        'x-sent-as': example.as ?? 'office',
        ...(operation['parameters'] === undefined
          ? {}
          : { parameters: nodesIn(operation['parameters']).map((parameter) => parameterOf(parameter, example, shared)) }),
        ...(operation['requestBody'] === undefined ? {} : { requestBody: bodyOf(operation['requestBody'], example.body) }),
      };

/** By the place of each in the list of examples; what is not in it comes last. */
const inOrder = (paths: Paths, examples: Examples): Paths => {
  const places = new Map(Object.keys(examples).map((route, index) => [route, index]));
  const placeOf = (path: string, method: string): number => places.get(`${method.toUpperCase()} ${path}`) ?? places.size;
  const items = Object.entries(paths).map(([path, item]) => {
    const methods = Object.entries(item).toSorted(([a], [b]) => placeOf(path, a) - placeOf(path, b));
    return { path, item: Object.fromEntries(methods), place: Math.min(...methods.map(([method]) => placeOf(path, method))) };
  });
  return Object.fromEntries(items.toSorted((a, b) => a.place - b.place).map(({ path, item }) => [path, item]));
};

/** The document in the order of its examples, each with its own. */
export const withExamples = (document: Document, examples: Examples): Document => {
  const known = new Map(Object.entries(examples));
  const shared = isNode(document.components['parameters']) ? document.components['parameters'] : {};
  const paths = mapOperations(document.paths, (operation, method, path) =>
    withExample(operation, known.get(`${method.toUpperCase()} ${path}`), shared),
  );
  return { ...document, paths: inOrder(paths, examples) };
};
