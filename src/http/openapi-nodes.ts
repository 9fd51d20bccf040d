/** The OpenAPI document as plain JSON, and what its passes have in common. */

export type Node = { readonly [member: string]: unknown };
export type Paths = Readonly<Record<string, Readonly<Record<string, Node>>>>;
export type Document = Node & { readonly paths: Paths; readonly components: Node };

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

export const mapValues = (node: Node, change: (value: unknown, key: string) => unknown): Node =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value, key)]));

/** Every operation changed, with its method and its path. */
export const mapOperations = (paths: Paths, change: (operation: Node, method: string, path: string) => Node): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path,
      Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, change(operation, method, path)])),
    ]),
  );

const SCHEMAS = '#/components/schemas/';

export const reference = (kind: string, name: string): Node => ({ $ref: `#/components/${kind}/${name}` });

/** The name of the component that a schema refers to. */
export const targetOf = (node: unknown): string | undefined =>
  isNode(node) && typeof node['$ref'] === 'string' && node['$ref'].startsWith(SCHEMAS) ? node['$ref'].slice(SCHEMAS.length) : undefined;

export const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
