/** One change of one source, by byte range. */
export interface Mutant {
  /** Stable while the function and the changed text stay the same, wherever they move in the file. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly operator: string;
  readonly original: string;
  readonly replacement: string;
  readonly start: number;
  readonly end: number;
}

/** A node of the compiler's syntax tree, Solidity or Yul. */
export interface AstNode {
  readonly nodeType: string;
  readonly src?: string;
  readonly name?: string;
  readonly [key: string]: unknown;
}

type Change = readonly [operator: string, node: AstNode, replacement: string];

const binary: Readonly<Record<string, readonly string[]>> = {
  '+': ['-', '*'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&'],
};
const compound: Readonly<Record<string, readonly string[]>> = {
  '+=': ['-=', '='],
  '-=': ['+=', '='],
};

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && typeof (value as AstNode).nodeType === 'string';
const typeOf = (node: AstNode) =>
  (node.typeDescriptions as { typeString?: string } | undefined)?.typeString ?? '';

/** A value of the node's type that a lazy author might have written; nothing for types without one. */
function zeroOf(node: AstNode): string | undefined {
  const type = typeOf(node);
  if (/^u?int/.test(type)) return '0';
  if (type === 'address') return 'address(0)';
  return type === 'bool' ? 'false' : undefined;
}

/** Text between two operands, where the operator stands. */
function between(text: (node: AstNode) => string, whole: AstNode, left: AstNode, right: AstNode) {
  const [from] = range(whole);
  const inner = text(whole);
  const offset = Buffer.from(inner);
  const [, leftEnd] = range(left);
  const [rightStart] = range(right);
  return {
    before: offset.subarray(0, leftEnd - from).toString(),
    middle: offset.subarray(leftEnd - from, rightStart - from).toString(),
    after: offset.subarray(rightStart - from).toString(),
  };
}

function range(node: AstNode): readonly [number, number] {
  const [start, length] = node.src!.split(':').map(Number);
  return [start!, start! + length!];
}

/** Changes that one node allows; the rules are those of forge's own mutator, and deletions. */
function changesOf(node: AstNode, text: (node: AstNode) => string): Change[] {
  const changes: Change[] = [];
  const swap = (operator: string, operand: string, others: readonly string[]) => {
    const left = (node.leftExpression ?? node.leftHandSide) as AstNode;
    const right = (node.rightExpression ?? node.rightHandSide) as AstNode;
    const { before, middle, after } = between(text, node, left, right);
    for (const other of others) {
      changes.push([operator, node, before + middle.replace(operand, other) + after]);
    }
  };
  switch (node.nodeType) {
    case 'BinaryOperation':
      swap('binary', node.operator as string, binary[node.operator as string] ?? []);
      break;
    case 'Assignment': {
      swap('assignment', node.operator as string, compound[node.operator as string] ?? []);
      const right = node.rightHandSide as AstNode;
      const zero = zeroOf(right);
      if (node.operator === '=' && zero !== undefined) changes.push(['assignment', right, zero]);
      break;
    }
    case 'VariableDeclarationStatement': {
      const value = node.initialValue as AstNode | null | undefined;
      const zero = value ? zeroOf(value) : undefined;
      if (value && zero !== undefined) changes.push(['assignment', value, zero]);
      break;
    }
    case 'UnaryOperation': {
      const operand = node.subExpression as AstNode;
      if (node.operator === '!') changes.push(['unary', node, text(operand)]);
      if (node.operator === '++') changes.push(['unary', node, text(node).replace('++', '--')]);
      break;
    }
    case 'IfStatement': {
      const condition = node.condition as AstNode;
      changes.push(['guard', condition, 'true'], ['guard', condition, 'false']);
      changes.push(['guard', condition, `!(${text(condition)})`]);
      break;
    }
    case 'Conditional': {
      const [condition, yes, no] = [node.condition, node.trueExpression, node.falseExpression];
      const parts = [condition, no, yes].map((part) => text(part as AstNode));
      changes.push(['conditional', node, `${parts[0]} ? ${parts[1]} : ${parts[2]}`]);
      break;
    }
    case 'ExpressionStatement':
      changes.push(['statement deletion', node, '{}']);
      break;
    case 'EmitStatement':
      changes.push(['event deletion', node, '{}']);
      break;
    case 'RevertStatement':
      changes.push(['guard', node, '{}']);
      break;
    case 'Return': {
      const value = node.expression as AstNode | null | undefined;
      const zero = value ? zeroOf(value) : undefined;
      if (value && zero !== undefined) changes.push(['return', value, zero]);
      break;
    }
    case 'ModifierInvocation':
      if (node.kind === 'modifierInvocation') changes.push(['modifier removal', node, '']);
      break;
    case 'Literal': {
      const value = node.value as string | undefined;
      if (node.kind !== 'number' || typeOf(node) === 'address' || value === undefined) break;
      const digits = /^[0-9_]+/.exec(value)?.[0];
      if (digits === undefined || value.startsWith('0x')) break;
      const number = BigInt(digits.replaceAll('_', ''));
      const written = text(node);
      for (const next of number === 0n ? [1n] : [number - 1n, number + 1n]) {
        changes.push(['constant', node, written.replace(digits, String(next))]);
      }
      break;
    }
    case 'MemberAccess':
      if (node.memberName === 'max') changes.push(['constant', node, `(${text(node)} - 1)`]);
      break;
    case 'YulFunctionCall': {
      const { name } = node.functionName as AstNode;
      changes.push(['assembly', node, '0']);
      if (name === 'call') changes.push(['assembly', node, '1']);
      break;
    }
    case 'YulIdentifier':
      if (node.isArgument === true) changes.push(['assembly', node, '0']);
      break;
    case 'YulLiteral':
      if (node.value === '0') changes.push(['assembly', node, '1']);
      break;
  }
  return changes;
}

/**
 * All mutants of a source.
 *
 * @param file Name of the source, relative to the repository.
 * @param source Its text.
 * @param ast Its syntax tree from the compiler; ranges are bytes.
 * @example findMutants('contracts/src/A.sol', text, ast)[0]?.operator // 'binary'
 */
export function findMutants(file: string, source: string, ast: AstNode): readonly Mutant[] {
  const bytes = Buffer.from(source);
  const text = (node: AstNode) => bytes.subarray(...range(node)).toString();
  const mutants: Mutant[] = [];
  const seen = new Map<string, number>();
  const visit = (node: AstNode, scope: string) => {
    const inside = node.nodeType === 'FunctionDefinition' ? node.name || String(node.kind) : scope;
    if (node.nodeType === 'ImportDirective' || node.nodeType === 'PragmaDirective') return;
    for (const [operator, target, replacement] of changesOf(node, text)) {
      const [start, bare] = range(target);
      // The compiler's range of a statement ends before its semicolon.
      const end = replacement === '{}' && bytes[bare] === 0x3b ? bare + 1 : bare;
      const original = text(target);
      const key = [file, inside, operator, original, replacement].join(' | ');
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      const line = bytes.subarray(0, start).toString().split('\n').length;
      const id = `${key} | ${count}`;
      mutants.push({
        id,
        file,
        line,
        function: inside,
        operator,
        original,
        replacement,
        start,
        end,
      });
    }
    for (const [key, value] of Object.entries(node)) {
      // A name in a type or an argument of a base constructor is no expression of ours.
      if (key === 'typeName' || key === 'baseContracts' || key === 'functionName') continue;
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!isNode(child)) continue;
        visit(node.nodeType === 'YulFunctionCall' ? { ...child, isArgument: true } : child, inside);
      }
    }
  };
  visit(ast, 'contract');
  return mutants;
}
