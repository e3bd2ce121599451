import { createRequire } from 'node:module';
import { beforeAll, expect, it } from 'vitest';
import { type AstNode, findMutants, type Mutant } from './mutate-operators.js';

const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string };
const source = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

contract Sample {
    event Paid(uint256 amount);
    error TooMuch();
    uint256 public constant MAX = 120;
    uint256 public sum;
    address public owner = msg.sender;

    modifier onlyOwner() {
        require(msg.sender == owner);
        _;
    }

    // Ümläute shift bytes against characters.
    function pay(uint256 amount) external onlyOwner returns (uint256) {
        if (amount > MAX) revert TooMuch();
        sum += amount;
        emit Paid(amount);
        bool ok;
        assembly ("memory-safe") {
            ok := call(gas(), caller(), amount, 0, 0, 0, 0)
        }
        return ok ? sum : 0;
    }
}
`;

interface Output {
  readonly errors?: readonly { readonly severity: string }[];
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
}

function compile(content: string): Output {
  const settings = { outputSelection: { '*': { '': ['ast'], '*': ['evm.bytecode.object'] } } };
  const input = { language: 'Solidity', sources: { 'a.sol': { content } }, settings };
  return JSON.parse(solc.compile(JSON.stringify(input))) as Output;
}

let mutants: readonly Mutant[];
beforeAll(() => {
  mutants = findMutants('a.sol', source, compile(source).sources['a.sol']!.ast);
});

const of = (operator: string) =>
  mutants.filter((mutant) => mutant.operator === operator).map((mutant) => mutant.replacement);
const apply = ({ start, end, replacement }: Mutant) => {
  const bytes = Buffer.from(source);
  return `${bytes.subarray(0, start)}${replacement}${bytes.subarray(end)}`;
};

it('makes the changes of every operator', () => {
  expect(of('binary')).toEqual(['msg.sender != owner', 'amount >= MAX', 'amount < MAX']);
  expect(of('assignment')).toEqual(['sum -= amount', 'sum = amount']);
  expect(of('guard')).toEqual(['true', 'false', '!(amount > MAX)', '{}']);
  expect(of('modifier removal')).toEqual(['']);
  expect(of('event deletion')).toEqual(['{}']);
  expect(of('conditional')).toEqual(['ok ? 0 : sum']);
  expect(of('constant')).toEqual(['119', '121', '1']);
  expect(of('statement deletion')).toHaveLength(2);
  expect(of('assembly')).toContain('1');
});

it('names each change by what it changes, and finds its line', () => {
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  const event = mutants.find(({ operator }) => operator === 'event deletion')!;
  expect(event).toMatchObject({ line: 20, function: 'pay', original: 'emit Paid(amount)' });
  expect(apply(event)).toContain('sum += amount;\n        {}\n        bool ok;');
});

it('makes programs that compile, so that every one of them is judged', () => {
  const invalid = mutants.filter((mutant) =>
    compile(apply(mutant)).errors?.some(({ severity }) => severity === 'error'),
  );
  expect(invalid.map(({ operator, replacement }) => `${operator}: ${replacement}`)).toEqual([]);
});
