import type { Document, Schema } from './openapi.ts';

/** What in a schema may be as long as its sender likes. */

const SETTLED = new Set(['date', 'date-time', 'uuid']); // read by grammars of their own, none of which is longer than 40

/** Whether a pattern holds from end to end and says how often each part may stand. */
const isBoundedPattern = (pattern: unknown): boolean => {
  if (typeof pattern !== 'string' || !pattern.startsWith('^') || !pattern.endsWith('$')) return false;
  const bare = pattern.replaceAll(/\\p\{[^}]*\}|\\./giu, 'c').replaceAll(/\[[^\]]*\]/gu, 'c');
  return !/[*+]|\{\d+,\}/u.test(bare);
};

const isBoundedText = ({ enum: values, const: value, maxLength, format, pattern }: Schema): boolean =>
  values !== undefined || value !== undefined || typeof maxLength === 'number' || SETTLED.has(String(format)) || isBoundedPattern(pattern);

const asSchema = (value: unknown): Schema | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : undefined; // a schema's parts are schemas

/** The places of what has no bound, each with its kind. */
export const unboundedIn = (
  schema: Schema | undefined,
  document: Document,
  at: string,
  seen: readonly unknown[] = [],
): readonly string[] => {
  if (schema === undefined || seen.includes(schema)) return [];
  const within = (part: unknown, place: string): readonly string[] => unboundedIn(asSchema(part), document, place, [...seen, schema]);
  const { $ref, type, items, properties, additionalProperties } = schema;
  if (typeof $ref === 'string') {
    const [, , kind = '', name = ''] = $ref.split('/');
    return within(document.components[kind]?.[name], at);
  }
  const types = [type].flat();
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((kind) => (Array.isArray(schema[kind]) ? (schema[kind] as readonly unknown[]) : []));
  const record = asSchema(additionalProperties);
  return [
    ...(types.includes('string') && !isBoundedText(schema) ? [`${at}: text`] : []),
    ...(types.includes('array') && typeof schema['maxItems'] !== 'number' ? [`${at}: list`] : []),
    ...(record !== undefined && typeof schema['maxProperties'] !== 'number' ? [`${at}: names`] : []),
    ...(types.includes('object') && additionalProperties !== false && record === undefined ? [`${at}: members that nobody named`] : []),
    ...branches.flatMap((branch) => within(branch, at)),
    ...within(items, `${at}/0`),
    ...within(schema['propertyNames'], `${at}/*`),
    ...within(additionalProperties, `${at}/*`),
    ...Object.entries(asSchema(properties) ?? {}).flatMap(([name, part]) => within(part, `${at}/${name}`)),
  ];
};
