import { ownValue } from '../kernel/own-value.ts';
import { isNode, mapValues, reference, targetOf, type Document, type Node } from './openapi-nodes.ts';

/** What a schema says twice, or says to nobody, left out of the document. */

const isLast = (bound: unknown): boolean => bound === Number.MAX_SAFE_INTEGER || bound === -Number.MAX_SAFE_INTEGER;
const isAnyText = (schema: unknown): boolean => isNode(schema) && Object.keys(schema).length === 1 && schema['type'] === 'string';

/**
 * Whether a member says nothing that the others do not say: a format's own pattern, the bounds of every integer, names that
 * may be any; or says it in what not every reader knows, properties of Unicode.
 */
const isIdle = (node: Node, name: string, value: unknown): boolean => {
  if (value === undefined) return true;
  if (name === 'pattern')
    return typeof node['format'] === 'string' || node['type'] !== 'string' || (typeof value === 'string' && /\\p\{/iu.test(value));
  if (name === 'minimum' || name === 'maximum') return isLast(value);
  return name === 'propertyNames' && isAnyText(value);
};

const HOLDERS = new Set(['properties', 'schemas', 'examples', 'example', 'default']);

/** `named`: its members are names of someone else's, and no words of JSON Schema. */
const tidied = (value: unknown, named: boolean): unknown => {
  if (Array.isArray(value)) return value.map((item) => tidied(item, false));
  if (!isNode(value)) return value;
  const left = named ? value : Object.fromEntries(Object.entries(value).filter(([name, member]) => !isIdle(value, name, member)));
  return mapValues(left, (member, name) => tidied(member, !named && HOLDERS.has(name)));
};

const INPUT = /Input$/u;

/** What is sent and what is answered are one component where they are the same. */
const twinsIn = (schemas: Node): ReadonlyMap<string, string> =>
  new Map(
    Object.keys(schemas).flatMap((name) => {
      const other = name.replace(INPUT, '');
      const isTwin = other !== name && JSON.stringify(ownValue(schemas, other)) === JSON.stringify(ownValue(schemas, name));
      return isTwin ? [[name, other] as const] : [];
    }),
  );

const united = (value: unknown, twins: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => united(item, twins));
  if (!isNode(value)) return value;
  const other = twins.get(targetOf(value) ?? '');
  const node = other === undefined ? value : { ...value, ...reference('schemas', other) };
  return mapValues(node, (item) => united(item, twins));
};

export const tidy = (document: Document): Document => {
  const clean = tidied(document, false);
  const schemas =
    isNode(clean) && isNode(clean['components']) && isNode(clean['components']['schemas']) ? clean['components']['schemas'] : {};
  return united(clean, twinsIn(schemas)) as Document; // the same members, less in depth
};
