import { fileURLToPath } from 'node:url';
import { SyntaxKind, type Node, type SourceFile } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isBindingElement,
  isComputedPropertyName,
  isElementAccessExpression,
  isForInStatement,
} from 'typescript/unstable/ast/is';
import { API, TypeFlags, type Type } from 'typescript/unstable/sync';

/**
 * Where plain objects are asked by a name that may be any text. They answer to `constructor`, `toString` and `__proto__` too,
 * so whoever sends such a name gets what nobody wrote. Told by the types, which the compiler gives.
 *
 * Found: `object[name]`, read or written; `name in object`; `const { [name]: value } = object`; `for (name in object)`.
 * A name is taken for one of ours where its type is a list of literals, a symbol, or a template with text of its own.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OURS = /^(?:src|projections|seed)\/.*\.ts$/u;
/** Arrays by another name: their indexes are numbers. */
const BOUNDED =
  TypeFlags.StringLiteral |
  TypeFlags.NumberLike |
  TypeFlags.BooleanLike |
  TypeFlags.ESSymbolLike |
  TypeFlags.TemplateLiteral |
  TypeFlags.Index |
  TypeFlags.Undefined |
  TypeFlags.Never;

export type Place = { readonly path: string; readonly text: string };

type Checker = { readonly base: (type: Type) => Type | undefined; readonly typeOf: (node: Node) => Type | undefined };

const isBounded = (type: Type | undefined, base: Checker['base']): boolean => {
  if (type === undefined) return false;
  if ((type.flags & TypeFlags.Union) !== 0 && 'getTypes' in type && typeof type.getTypes === 'function')
    return (type.getTypes() as readonly Type[]).every((each) => isBounded(each, base)); // what a union gives
  if ((type.flags & TypeFlags.TypeParameter) !== 0) {
    const constraint = base(type);
    return constraint !== type && isBounded(constraint, base);
  }
  return (type.flags & BOUNDED) !== 0;
};

/** The name that an expression asks an object for, where it is computed. */
const askedBy = (node: Node): Node | undefined => {
  if (isElementAccessExpression(node)) return node.argumentExpression;
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword) return node.left;
  if (isBindingElement(node) && node.propertyName !== undefined && isComputedPropertyName(node.propertyName))
    return node.propertyName.expression;
  return isForInStatement(node) ? node.initializer : undefined;
};

const placesIn = (file: SourceFile, path: string, { base, typeOf }: Checker): readonly Place[] => {
  const found: Place[] = [];
  const visit = (node: Node): undefined => {
    const name = askedBy(node);
    if (name !== undefined && (isForInStatement(node) || !isBounded(typeOf(name), base)))
      found.push({ path, text: node.getText(file).replaceAll(/\s+/gu, ' ') });
    node.forEachChild(visit);
  };
  visit(file);
  return found;
};

/** In our sources; in those alone that are `planted`, where some are: texts in the place of files, by path. */
export const askedByAnyName = (planted?: ReadonlyMap<string, string>): readonly Place[] => {
  const readFile = (name: string): string | undefined => planted?.get(name.slice(ROOT.length));
  const api = new API({ cwd: ROOT, fs: { readFile } });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    if (project === undefined) throw new Error('there is no project');
    const { checker, program } = project;
    const asked: Checker = {
      base: (type) => checker.getBaseConstraintOfType(type),
      typeOf: (node) => checker.getTypeAtLocation(node),
    };
    return program.getSourceFileNames().flatMap((name) => {
      const path = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
      const file = OURS.test(path) && planted?.has(path) !== false ? program.getSourceFile(name) : undefined;
      return file === undefined ? [] : placesIn(file, path, asked);
    });
  } finally {
    api.close();
  }
};
