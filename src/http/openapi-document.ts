import { ownValue } from '../kernel/own-value.ts';
import { problemResponse } from './openapi-components.ts';
import { withExamples, type Examples } from './openapi-examples.ts';
import { isNode, mapOperations, mapValues, nodesIn, reference, targetOf, type Document, type Node } from './openapi-nodes.ts';
import { tidy } from './openapi-tidy.ts';
import { withWords, type Words } from './openapi-words.ts';
import type { ProblemCode } from './problems.ts';
import { say } from '../messages/message.ts';
import { stateSaid } from '../messages/named.ts';
import type { Language } from '../messages/language.ts';
import { foundAgain } from '../messages/standing.ts';
import { inWords } from '../messages/words.ts';

/** What the plugins leave out of the document: problems by operation, shared parts, discriminators, words, examples. */

/** What a route says of itself beside its schemas; stands as `x-notes` until the document is finished. */
export type RouteNotes = {
  /** The problems that it may answer with, by status. */
  readonly problems: readonly (readonly [status: number, codes: readonly ProblemCode[]])[];
  readonly parameters: readonly ('IfMatch' | 'IfMatchRequired' | 'IfNoneMatch' | 'IdempotencyKey' | 'AcceptDatetime')[];
  /** Headers of its good answers, by component. */
  readonly headers: Readonly<Record<string, 'ETag' | 'Location' | 'ContentLocation' | 'CacheControl' | 'Link'>>;
  readonly bodyOptional: boolean;
  /** Good answers without a body, by status. */
  readonly empty?: Readonly<Record<number, string>>;
};

/** What is said of all routes together. */
export type Documentation = {
  readonly chapters: readonly { readonly name: string; readonly description: string }[];
  readonly words: Words;
  readonly examples: Examples;
};

const TOLD = new Set(['description', 'summary']);

/** One paragraph after the other: what was put together of several texts is found again by each. */
const paragraphsIn = (text: string, language: Language): string => {
  const whole = foundAgain(text);
  if (whole !== text) return inWords(whole, language);
  const paragraphs = text.split('\n\n');
  return paragraphs.map((each) => inWords(foundAgain(each), language)).join('\n\n');
};

/** The document with what it says to people in a language. Names, codes and examples stay. */
const translated = (value: unknown, language: Language): unknown => {
  if (Array.isArray(value)) return value.map((item) => translated(item, language));
  if (!isNode(value)) return value;
  return mapValues(value, (member, key) => {
    if (TOLD.has(key) && typeof member === 'string') return paragraphsIn(member, language);
    return key === 'example' || key === 'examples' || key === 'enum' ? member : translated(member, language);
  });
};

const inLanguage = (document: Document, language: Language): Document => {
  const { tags } = document;
  const named = (name: unknown): unknown => (typeof name === 'string' ? inWords(foundAgain(name), language) : name);
  const whole = translated(document, language) as Document; // the same members, with other texts
  return {
    ...whole,
    tags: nodesIn(tags).map((tag) => ({ ...(translated(tag, language) as Node), name: named(tag['name']) })),
    paths: mapOperations(whole.paths, (operation) => ({
      ...operation,
      ...(Array.isArray(operation['tags']) ? { tags: operation['tags'].map(named) } : {}),
    })),
  };
};

/** For whom a call is, as the last sentence of its description. */
const withAudience = (operation: Node, language: Language): Node => {
  const { 'x-roles': roles, description } = operation;
  const audience = Array.isArray(roles)
    ? say('openapi.for', { roles: roles.map((role: unknown) => stateSaid(String(role))) })
    : say('openapi.for-all');
  return {
    ...operation,
    description: typeof description === 'string' ? `${description}\n\n${inWords(audience, language)}` : inWords(audience, language),
  };
};

const isBinary = (schema: Node): boolean => schema['format'] === 'binary';

/**
 * Where a call takes an object or a file the document shows the object, and the call's description tells of the file: one of
 * the generators of clients makes programs of two forms of a body that do not compile.
 */
const asObject = (body: unknown): unknown => {
  const content = isNode(body) ? body['content'] : undefined;
  if (!isNode(body) || !isNode(content)) return body;
  const media = content['application/json'];
  const either = isNode(media) && isNode(media['schema']) ? nodesIn(media['schema']['anyOf']) : [];
  const schema = either.some(isBinary) ? either.find((each) => !isBinary(each)) : undefined;
  return schema === undefined || !isNode(media) ? body : { ...body, content: { 'application/json': { ...media, schema } } };
};

const withNotes = (operation: Node, language: Language): Node => {
  const { 'x-notes': noted, ...rest } = operation;
  if (noted === undefined) return operation;
  const notes = noted as RouteNotes; // `register` in route.ts is the only one to write it
  const headers = mapValues(notes.headers, (name) => reference('headers', String(name)));
  const empty = mapValues(notes.empty ?? {}, (description) => ({ description }));
  const answers = mapValues({ ...(isNode(rest['responses']) ? rest['responses'] : {}), ...empty }, (response) =>
    isNode(response) ? { ...response, headers } : response,
  );
  const problems = Object.fromEntries(notes.problems.map(([status, codes]) => [String(status), problemResponse(codes, language)]));
  const parameters = [...nodesIn(rest['parameters']), ...notes.parameters.map((name) => reference('parameters', name))];
  const requestBody = asObject(rest['requestBody']);
  return withAudience(
    {
      ...rest,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(isNode(requestBody) ? { requestBody: notes.bodyOptional ? { ...requestBody, required: false } : requestBody } : {}),
      responses: { ...answers, ...problems },
    },
    language,
  );
};

/** The rest of a path has a name in the document; in a router it is a star. */
const REST = { star: '{*}', name: 'path' };

const withoutStars = (document: Document): Document => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path.replace(REST.star, `{${REST.name}}`),
      mapValues(item, (operation) =>
        isNode(operation) && Array.isArray(operation['parameters'])
          ? {
              ...operation,
              parameters: nodesIn(operation['parameters']).map((each) => (each['name'] === '*' ? { ...each, name: REST.name } : each)),
            }
          : operation,
      ) as Document['paths'][string], // operations, as before
    ]),
  ),
});

/** The value that a property of an object schema must have, where there is just one. */
const constantOf = (schema: unknown, property: string): unknown => {
  const properties = isNode(schema) ? schema['properties'] : undefined;
  const found = isNode(properties) ? ownValue(properties, property) : undefined;
  return isNode(found) ? found['const'] : undefined;
};

/** The property that tells the branches of a `oneOf` of components apart (OpenAPI 3.1 §4.8.25 wants references). */
const discriminatorOf = (branches: readonly unknown[], schemas: Node): Node | undefined => {
  const names = branches.map(targetOf);
  const first = ownValue(schemas, names[0] ?? '');
  if (!isNode(first) || !isNode(first['properties'])) return undefined;
  for (const propertyName of Object.keys(first['properties'])) {
    const values = names.map((name) => constantOf(ownValue(schemas, name ?? ''), propertyName));
    if (values.every((value) => typeof value === 'string') && new Set(values).size === values.length)
      return {
        propertyName,
        mapping: Object.fromEntries(values.map((value, at) => [value, reference('schemas', names[at] ?? '')['$ref']])),
      };
  }
  return undefined;
};

const withDiscriminators = (value: unknown, schemas: Node): unknown => {
  if (Array.isArray(value)) return value.map((item) => withDiscriminators(item, schemas));
  if (!isNode(value)) return value;
  const node = mapValues(value, (item) => withDiscriminators(item, schemas));
  const discriminator = Array.isArray(node['oneOf']) ? discriminatorOf(node['oneOf'], schemas) : undefined;
  return discriminator === undefined ? node : { ...node, discriminator };
};

const referred = (value: unknown, schemas: Node, found: Set<string>): Set<string> => {
  const target = targetOf(value);
  if (target !== undefined && !found.has(target)) {
    found.add(target);
    referred(ownValue(schemas, target), schemas, found);
  }
  if (Array.isArray(value)) for (const item of value) referred(item, schemas, found);
  else if (isNode(value)) for (const item of Object.values(value)) referred(item, schemas, found);
  return found;
};

/** Without the parameters and headers to which no operation refers. */
const withUsedParts = (document: Document): Document => {
  const text = JSON.stringify(document.paths);
  const components = mapValues(document.components, (parts, kind) =>
    isNode(parts) && (kind === 'parameters' || kind === 'headers')
      ? Object.fromEntries(Object.entries(parts).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)))
      : parts,
  );
  return { ...document, components };
};

const withUsedSchemas = (document: Document): Document => {
  const { schemas: all, ...components } = document.components;
  const schemas = isNode(all) ? all : {};
  const used = referred([document.paths, components], schemas, new Set());
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
};

export const finishDocument = (made: Document, { words, examples }: Documentation, language: Language = 'en'): Document => {
  const paths = mapOperations(made.paths, (operation) => withNotes(operation, language));
  const document = withUsedSchemas(tidy(withoutStars({ ...made, paths })));
  const { schemas } = document.components;
  const finished = withDiscriminators(document, isNode(schemas) ? schemas : {}) as Document; // the same members, changed in depth only
  const whole = withUsedParts(withExamples(withWords(finished, words), examples));
  return language === 'en' ? whole : inLanguage(whole, language);
};
