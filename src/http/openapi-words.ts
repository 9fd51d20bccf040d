import type { Json } from '../kernel/json.ts';
import { ownValue } from '../kernel/own-value.ts';
import { isNode, mapOperations, mapValues, targetOf, type Document, type Node } from './openapi-nodes.ts';

/** A description, and a value as it may look. */
export type Word = string | readonly [says: string, like: Json];

/**
 * Words by the name of a member or parameter, or by `owner.name` where it means something else there. The owner is the
 * member or the component that it stands in; at the top of a body `body`, of an answer `answer`, of a query `query`. A
 * parameter of the path has the part before it: `tasks/{id}`.
 */
export type Words = Readonly<Record<string, Word>>;

type Lookup = (owner: string, name: string) => Word | undefined;

const lookupIn = (words: Words): Lookup => {
  const known = new Map(Object.entries(words));
  return (owner, name) => known.get(`${owner}.${name}`) ?? known.get(name);
};

/** What says already how a value looks. */
const SHOWN = ['enum', 'const', 'format', 'examples'];
const SHORT = new Set(['string', 'integer', 'number']);

/** Of ids, other text or numbers. */
const isShort = (items: unknown): boolean =>
  isNode(items) && items['enum'] === undefined && (SHORT.has(String(items['type'])) || targetOf(items) === 'Id');

/** Whether a value may stand as an example: of text and numbers that no list of values shows already. */
const showsLike = (schema: Node, like: Json): boolean => {
  const types = [schema['type']].flat();
  if (SHOWN.some((name) => ownValue(schema, name) !== undefined)) return false;
  if (Array.isArray(like)) return types.includes('array') && isShort(schema['items']);
  return types.some((type) => SHORT.has(String(type))) && (typeof like === 'number') === !types.includes('string');
};

const described = (schema: Node, word: Word | undefined): Node => {
  if (word === undefined) return schema;
  const [says, like] = typeof word === 'string' ? [word] : word;
  return {
    ...schema,
    ...(schema['description'] === undefined ? { description: says } : {}),
    ...(like !== undefined && showsLike(schema, like) ? { examples: [like] } : {}),
  };
};

/** A schema with words for all properties in it, in whatever depth. */
const inSchema = (value: unknown, owner: string, lookup: Lookup): unknown => {
  if (Array.isArray(value)) return value.map((item) => inSchema(item, owner, lookup));
  if (!isNode(value)) return value;
  return mapValues(value, (member, key) => {
    if (key !== 'properties' || !isNode(member)) return inSchema(member, owner, lookup);
    return mapValues(member, (property, name) => {
      const deeper = inSchema(property, name, lookup);
      return isNode(deeper) ? described(deeper, lookup(owner, name)) : deeper;
    });
  });
};

const ownerOf = (content: unknown, otherwise: string): string => targetOf(isNode(content) ? content['schema'] : undefined) ?? otherwise;

const inContent = (holder: unknown, owner: string, lookup: Lookup): unknown => {
  if (!isNode(holder) || !isNode(holder['content'])) return holder;
  return { ...holder, content: mapValues(holder['content'], (media) => inSchema(media, ownerOf(media, owner), lookup)) };
};

const ofParameter = (parameter: unknown, path: string, lookup: Lookup): unknown => {
  if (!isNode(parameter) || typeof parameter['name'] !== 'string' || parameter['description'] !== undefined) return parameter;
  const { name } = parameter;
  const before = new RegExp(`([^/]+)/\\{${name}\\}`, 'u').exec(path)?.[1];
  const word = parameter['in'] === 'path' ? lookup('', `${before}/{${name}}`) : lookup('query', name);
  return word === undefined ? parameter : { ...parameter, description: typeof word === 'string' ? word : word[0] };
};

export const withWords = (document: Document, words: Words): Document => {
  const lookup = lookupIn(words);
  const schemas = isNode(document.components['schemas']) ? document.components['schemas'] : {};
  return {
    ...document,
    paths: mapOperations(document.paths, (operation, _, path) => ({
      ...operation,
      ...(Array.isArray(operation['parameters'])
        ? { parameters: operation['parameters'].map((parameter: unknown) => ofParameter(parameter, path, lookup)) }
        : {}),
      ...(operation['requestBody'] === undefined ? {} : { requestBody: inContent(operation['requestBody'], 'body', lookup) }),
      responses: mapValues(isNode(operation['responses']) ? operation['responses'] : {}, (response) =>
        inContent(response, 'answer', lookup),
      ),
    })),
    components: { ...document.components, schemas: mapValues(schemas, (schema, name) => inSchema(schema, name, lookup)) },
  };
};
