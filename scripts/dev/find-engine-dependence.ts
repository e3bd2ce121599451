import ts from 'typescript';

/** A place where a file asks for something that another engine, machine or moment would answer differently. */
export interface EngineDependence {
  /** File, line and column, from 1. */
  readonly where: string;
  readonly what: string;
}

/** ECMAScript fixes the bits of these; all other functions of Math are implementation-approximated, or random. */
const EXACT_MATH = new Set([
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
]);

/** Clock, environment, randomness, locale, and the doors to all of them. */
const FORBIDDEN = new Set([
  'Date',
  'Intl',
  'Temporal',
  'crypto',
  'eval',
  'Function',
  'global',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'require',
  'self',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
]);

/** Answers depend on the locale. */
const LOCALE = /^(localeCompare|toLocale\w*)$/;

/**
 * Finds randomness, clock, environment, locale and engine-dependent mathematics in the source of a file, by its syntax
 * tree: `Math.exp`, `Math['exp']`, `const { exp } = Math`, `const m = Math`, `x ** y` of numbers, `Date`, `performance`,
 * `process`, `globalThis` and their like, wherever the name is not one of the file's own.
 *
 * @example findEngineDependence('a.ts', 'Math.exp(1)') // [{ where: 'a.ts:1:1', what: 'Math.exp' }]
 */
export function findEngineDependence(file: string, text: string): EngineDependence[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: EngineDependence[] = [];
  const own = declaredNames(source);
  const report = (node: ts.Node, what: string) => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ where: `${file}:${line + 1}:${character + 1}`, what });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const module = node.moduleSpecifier;
      if (module !== undefined && ts.isStringLiteral(module) && /^node:/.test(module.text))
        report(node, module.text);
      return;
    }
    if (ts.isIdentifier(node) && isReference(node) && !own.has(node.text)) {
      if (node.text === 'Math') checkMath(node, report);
      else if (FORBIDDEN.has(node.text)) report(node, node.text);
    }
    if (ts.isPropertyAccessExpression(node) && LOCALE.test(node.name.text))
      report(node.name, node.name.text);
    if (isPower(node) && !isBigint(node.left) && !isBigint(node.right)) report(node, '**');
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      report(node, 'import()');
    if (ts.isMetaProperty(node)) report(node, 'import.meta');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function checkMath(node: ts.Identifier, report: (node: ts.Node, what: string) => void): void {
  const { parent } = node;
  let name: string | undefined;
  if (ts.isPropertyAccessExpression(parent)) name = parent.name.text;
  else if (
    ts.isElementAccessExpression(parent) &&
    parent.expression === node &&
    ts.isStringLiteralLike(parent.argumentExpression)
  )
    name = parent.argumentExpression.text;
  // Passed on, taken apart or indexed by a variable: what happens then cannot be seen.
  if (name === undefined) report(node, 'Math');
  // Constants such as Math.PI are upper case and exact.
  else if (!EXACT_MATH.has(name) && !/^[A-Z]/.test(name)) report(parent, `Math.${name}`);
}

function isPower(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
      node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
  );
}

/** A literal such as 10n, or a call of BigInt: such powers are exact. */
function isBigint(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isPrefixUnaryExpression(node))
    return isBigint(ts.isParenthesizedExpression(node) ? node.expression : node.operand);
  if (ts.isCallExpression(node))
    return ts.isIdentifier(node.expression) && node.expression.text === 'BigInt';
  if (ts.isBinaryExpression(node)) return isBigint(node.left) || isBigint(node.right);
  return ts.isBigIntLiteral(node);
}

/** Not the name of a property, label or declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isQualifiedName(parent)) return false;
  const named = parent as ts.Node & { readonly name?: ts.Node };
  return named.name !== node;
}

/** Names that the file itself declares or imports anywhere; they hide the global ones. */
function declaredNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isBindingElement(node) ||
        ts.isImportSpecifier(node) ||
        ts.isImportClause(node) ||
        ts.isNamespaceImport(node)) &&
      node.name !== undefined &&
      ts.isIdentifier(node.name)
    )
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
