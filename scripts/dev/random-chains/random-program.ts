import type { Hex } from '../../../genesis/base/hash.js';
import type { Dice } from './dice.js';
import { everywhere } from './places.js';
import { randomInput } from './random-input.js';

/** Instructions that push something about the block, the transaction or the account. */
const questions = '303233343638393a3d414243444546474a48' + '58595a';
const push = (value: bigint | number): string => {
  const digits = BigInt(value).toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return (0x5f + even.length / 2).toString(16) + even;
};
const address = (to: Hex) => `73${to.slice(2)}`;

/** Puts bytes into memory from 0 on. */
function store(digits: string): string {
  const parts = digits.match(/.{1,64}/g) ?? [];
  return parts.map((part, index) => `7f${part.padEnd(64, '0')}${push(32 * index)}52`).join('');
}

/** A program of random statements, each of which leaves the stack as it found it. Digits without `0x`. */
export function randomProgram(dice: Dice, depth = 0): string {
  if (dice.chance(0.04)) return dice.digits(dice.between(1, 60));
  let code = '';
  const save = () => `${push(dice.below(6))}55`;
  for (let left = dice.between(1, depth === 0 ? 9 : 4); left > 0; left -= 1) {
    const to = dice.pick(everywhere);
    switch (dice.below(17)) {
      case 0:
      case 1:
        code += `${push(dice.below(3))}${push(dice.below(6))}55`;
        break;
      case 2:
        code += `${push(dice.below(6))}5450`;
        break;
      case 3:
        code += `${push(dice.below(3))}${push(dice.below(4))}5d${push(dice.below(4))}5c${save()}`;
        break;
      case 4: {
        const topics = dice.below(5);
        const pushed = Array.from({ length: topics }, () => push(dice.below(5))).join('');
        code += `${pushed}${push(dice.below(70))}${push(dice.below(40))}${(0xa0 + topics).toString(16)}`;
        break;
      }
      case 5:
      case 6:
      case 7:
      case 8:
      case 9: {
        const input = randomInput(dice, to);
        const kind = dice.pick(['f1', 'f1', 'f1', 'f2', 'f4', 'fa']);
        const value = kind === 'f1' || kind === 'f2' ? push(dice.pick([0, 0, 0, 1, 1_000])) : '';
        const gas = dice.chance(0.6) ? '5a' : push(dice.below(400_000));
        code += `${store(input)}${push(64)}${push(512)}${push(input.length / 2)}${push(0)}${value}${address(to)}${gas}${kind}`;
        code += dice.chance(0.5) ? save() : '50';
        if (dice.chance(0.3)) code += `3d${save()}${push(512)}51${save()}`;
        break;
      }
      case 10: {
        if (depth > 1) break;
        const made = randomCreation(dice, depth + 1);
        const salt = dice.chance(0.5) ? push(dice.below(2)) : undefined;
        code += `${store(made)}${salt ?? ''}${push(made.length / 2)}${push(0)}${push(dice.pick([0, 0, 1]))}`;
        code += salt === undefined ? 'f0' : 'f5';
        // Calls what it made, sometimes.
        code += dice.chance(0.5)
          ? `${push(0)}${push(0)}${push(0)}${push(0)}${push(dice.below(2))}855af1${save()}50`
          : save();
        break;
      }
      case 11:
        code += `${address(to)}${dice.pick(['31', '3b', '3f'])}${save()}`;
        break;
      case 12: {
        const at = 2 * dice.below(questions.length / 2);
        code += `${questions.slice(at, at + 2)}${save()}`;
        break;
      }
      case 13:
        code += `${push(dice.below(300))}430340${save()}`;
        break;
      case 14:
        code += dice.chance(0.5)
          ? `${push(dice.below(64))}${push(dice.below(64))}20${save()}`
          : `${push(dice.below(64))}${push(dice.below(64))}${push(dice.below(64))}5e`;
        break;
      case 15:
        code += `${push(dice.below(40))}${push(0)}${push(0)}${address(to)}3c`;
        break;
      default:
        if (dice.chance(0.4)) return `${code}${address(to)}ff`;
        if (dice.chance(0.3)) return `${code}${push(dice.below(70))}${push(0)}fd`;
        if (dice.chance(0.1)) return `${code}fe`;
    }
  }
  return code + (dice.chance(0.5) ? `${push(dice.below(70))}${push(0)}f3` : '00');
}

/** Creation code: some statements, then a program as the deployed code. */
export function randomCreation(dice: Dice, depth = 0): string {
  if (dice.chance(0.2)) return randomProgram(dice, depth);
  const deployed = dice.chance(0.05) ? `ef${dice.digits(3)}` : randomProgram(dice, depth + 1);
  const head = dice.chance(0.5) ? `${push(dice.below(3))}${push(dice.below(6))}55` : '';
  const length = push(deployed.length / 2);
  // The offset of the deployed code is known once the rest is: with two bytes for it, it is fixed.
  const copy = (offset: number) =>
    `${head}${length}61${offset.toString(16).padStart(4, '0')}${push(0)}39${length}${push(0)}f3`;
  return copy(copy(0).length / 2) + deployed;
}
