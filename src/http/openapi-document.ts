/** What the plugins leave out of the document: references to shared parts, discriminators, and no component that nothing uses. */

type Node = { readonly [member: string]: unknown };
export type Document = Node & { readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>; readonly components: Node };

/** What a route says of itself beside its schemas; stands as `x-notes` until the document is finished. */
export type RouteNotes = {
  /** Statuses of the problems it may answer with. */
  readonly problems: readonly number[];
  readonly parameters: readonly ('IfMatch' | 'IfMatchRequired' | 'IfNoneMatch' | 'IdempotencyKey')[];
  /** Headers of its good answers, by component. */
  readonly headers: Readonly<Record<string, 'ETag' | 'Location' | 'ContentLocation' | 'CacheControl'>>;
  readonly bodyOptional: boolean;
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapValues = (node: Node, change: (value: unknown, key: string) => unknown): Node =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value, key)]));

const reference = (kind: string, name: string): Node => ({ $ref: `#/components/${kind}/${name}` });

const withNotes = (operation: Node): Node => {
  const { 'x-notes': noted, ...rest } = operation;
  if (noted === undefined) return operation;
  const notes = noted as RouteNotes; // `documented` in route.ts is the only one to write it
  const headers = mapValues(notes.headers, (name) => reference('headers', String(name)));
  const answers = mapValues(isNode(rest['responses']) ? rest['responses'] : {}, (response) =>
    isNode(response) ? { ...response, headers } : response,
  );
  const problems = Object.fromEntries(notes.problems.map((status) => [String(status), reference('responses', `Problem${status}`)]));
  const parameters = [
    ...(Array.isArray(rest['parameters']) ? rest['parameters'] : []),
    ...notes.parameters.map((name) => reference('parameters', name)),
  ];
  return {
    ...rest,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(isNode(rest['requestBody']) && notes.bodyOptional ? { requestBody: { ...rest['requestBody'], required: false } } : {}),
    responses: { ...answers, ...problems },
  };
};

const SCHEMAS = '#/components/schemas/';
const targetOf = (node: unknown): string | undefined =>
  isNode(node) && typeof node['$ref'] === 'string' && node['$ref'].startsWith(SCHEMAS) ? node['$ref'].slice(SCHEMAS.length) : undefined;

/** The value that a property of an object schema must have, where there is just one. */
const constantOf = (schema: unknown, property: string): unknown => {
  const properties = isNode(schema) ? schema['properties'] : undefined;
  const found = isNode(properties) ? properties[property] : undefined;
  return isNode(found) ? found['const'] : undefined;
};

/** The property that tells the branches of a `oneOf` of components apart (OpenAPI 3.1 §4.8.25 wants references). */
const discriminatorOf = (branches: readonly unknown[], schemas: Node): Node | undefined => {
  const names = branches.map(targetOf);
  const first = schemas[names[0] ?? ''];
  if (!isNode(first) || !isNode(first['properties'])) return undefined;
  for (const propertyName of Object.keys(first['properties'])) {
    const values = names.map((name) => constantOf(schemas[name ?? ''], propertyName));
    if (values.every((value) => typeof value === 'string') && new Set(values).size === values.length)
      return { propertyName, mapping: Object.fromEntries(values.map((value, at) => [value, `${SCHEMAS}${names[at]}`])) };
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
    referred(schemas[target], schemas, found);
  }
  if (Array.isArray(value)) for (const item of value) referred(item, schemas, found);
  else if (isNode(value)) for (const item of Object.values(value)) referred(item, schemas, found);
  return found;
};

export const finishDocument = (document: Document): Document => {
  const { schemas: all, ...components } = document.components;
  const schemas = isNode(all) ? all : {};
  const paths = mapValues(document.paths, (item) =>
    isNode(item) ? mapValues(item, (operation) => (isNode(operation) ? withNotes(operation) : operation)) : item,
  );
  const used = referred([paths, components], schemas, new Set());
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  const finished = withDiscriminators({ ...document, paths, components: { ...components, schemas: kept } }, kept);
  return finished as Document; // the same members, changed in depth only
};
