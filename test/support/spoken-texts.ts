import { fileURLToPath } from 'node:url';
import { SyntaxKind, type Node, type SourceFile } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isLiteralTypeNode,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
  isTemplateSpan,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

/**
 * Texts in the sources that a person may have to read, by the shape of their literals: some Chinese, or three words and more.
 * What a text of that shape is for shows in where it stands: as SQL, as a line of the log, as the message of an `Error` that
 * only a defect throws, it is for no person.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OURS = /^(?:src|projections)\/.*\.ts$/u;
const CATALOGUE = /^src\/messages\//u;

const CHINESE = /\p{Script=Han}/u;
const WORD = /(?:^|(?<=[\s(“"']))\p{Script=Latin}[\p{Script=Latin}’'-]*(?=[\s,.:;?!)”"']|$)/gu;
const STATEMENTS = String.raw`SELECT|INSERT (?:OR \w+ )?INTO|DELETE FROM|UPDATE \w+ SET|CREATE (?:UNIQUE |\{\})?(?:TABLE|INDEX)|PRAGMA`;
const CLAUSES = 'WHERE|ORDER BY|IS NULL|IS NOT NULL|INDEXED BY|QUERY PLAN|ON CONFLICT|BEGIN IMMEDIATE|PRIMARY KEY';
const SQL = new RegExp(String.raw`\b(?:${STATEMENTS}|${CLAUSES})\b`, 'u');

/** Classes of errors that say what a program has done wrong, and reach a person only as a defect with its stack. */
const DEFECTS = new Set(['Error', 'TypeError', 'RangeError']);
/** What writes a line of the log, which is in English. */
const LOG_METHODS = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);
const LOG_CALLS = new Set(['onEvent']);
/** What makes a measure; its help is for whoever sets up the monitoring, and in English as measures are. */
const MEASURES = new Set(['counter', 'gauge']);

export type SpokenText = {
  readonly path: string;
  readonly line: number;
  /** With `{}` for what is put in. */
  readonly text: string;
  /** Chinese alone: no sentence in another language with Chinese in it. */
  readonly isChinese: boolean;
};

/** The text of a literal, or of several put together, with `{}` for what is put in. */
const textOf = (node: Node): string | undefined => {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? '{}'}${right ?? '{}'}`;
};

const nameOf = (node: Node): string | undefined => (isIdentifier(node) ? node.text : undefined);

/** Words that make a text: fewer where what it is given to is there for texts. */
const [WORDS, WORDS_TOLD] = [3, 2] as const;
/** Members of objects that hold texts for people. */
const TELLING_MEMBERS = new Set(['detail', 'title', 'message', 'summary', 'description', 'label', 'reason', 'why']);
/** What writes to a person's terminal. */
const TELLING_CALLS = /^(?:console\.\w+|process\.(?:stdout|stderr)\.write|print|tell)$/u;

const isTelling = (node: Node): boolean =>
  isNewExpression(node) ||
  (isPropertyAssignment(node) && TELLING_MEMBERS.has(nameOf(node.name) ?? '')) ||
  (isCallExpression(node) && TELLING_CALLS.test(node.expression.getText()));

const wordsIn = (text: string): number => text.match(WORD)?.length ?? 0;

const isSpoken = (text: string, isTold: boolean): boolean =>
  (CHINESE.test(text) || wordsIn(text) >= (isTold ? WORDS_TOLD : WORDS)) && !SQL.test(text);

/** Whether what stands in a node is for no person, whatever it says. */
const isUnspoken = (node: Node): boolean => {
  if (isLiteralTypeNode(node) || node.kind === SyntaxKind.ImportDeclaration) return true;
  if (isPropertyAssignment(node)) return nameOf(node.name) === 'help';
  if (isNewExpression(node)) return DEFECTS.has(nameOf(node.expression) ?? '');
  if (!isCallExpression(node)) return false;
  const called = nameOf(node.expression);
  if (called !== undefined) return LOG_CALLS.has(called) || MEASURES.has(called);
  if (!isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return LOG_METHODS.has(name.text) && /(?:^|\.)log(?:ger)?$/u.test(expression.getText());
};

/** What a text is chosen or put together in. */
const isPart = (node: Node): boolean =>
  isConditionalExpression(node) ||
  isBinaryExpression(node) ||
  isParenthesizedExpression(node) ||
  isTemplateExpression(node) ||
  isTemplateSpan(node);

const textsIn = (file: SourceFile, path: string): readonly SpokenText[] => {
  const found: SpokenText[] = [];
  const visit = (node: Node, isTold: boolean): undefined => {
    if (isUnspoken(node)) return;
    const text = textOf(node);
    if (text !== undefined && isSpoken(text, isTold)) {
      const line = file.text.slice(0, node.getStart(file)).split('\n').length;
      found.push({ path, line, text, isChinese: CHINESE.test(text) && wordsIn(text) < WORDS });
      return;
    }
    const tells = isTelling(node) || (isTold && isPart(node));
    node.forEachChild((child) => visit(child, tells));
  };
  visit(file, false);
  return found;
};

/** In our sources but for the catalogue; in those alone that are `planted`, where some are: texts in the place of files, by path. */
export const spokenTexts = (planted?: ReadonlyMap<string, string>): readonly SpokenText[] => {
  const readFile = (name: string): string | undefined => planted?.get(name.slice(ROOT.length));
  const api = new API({ cwd: ROOT, fs: { readFile } });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    if (project === undefined) throw new Error('there is no project');
    const { program } = project;
    return program.getSourceFileNames().flatMap((name) => {
      const path = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
      if (!OURS.test(path) || CATALOGUE.test(path) || planted?.has(path) === false) return [];
      const file = program.getSourceFile(name);
      return file === undefined ? [] : textsIn(file, path);
    });
  } finally {
    api.close();
  }
};
