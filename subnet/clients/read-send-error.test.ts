import { expect, it } from 'vitest';
import { readSendError } from './read-send-error.js';

it.each([
  // geth, coreth and Subnet-EVM
  ['already known', 'accepted'],
  ['nonce too low: next nonce 5, tx nonce 4', 'nonce-used'],
  ['replacement transaction underpriced', 'underpriced'],
  ['transaction underpriced: tip needed 1, tip permitted 0', 'underpriced'],
  [
    'max fee per gas less than block base fee: address 0x1, maxFeePerGas: 1, baseFee: 2',
    'underpriced',
  ],
  ['txpool is full', 'unanswered'],
  // anvil
  ['transaction already imported', 'accepted'],
  ['nonce too low', 'nonce-used'],
  ['max fee per gas less than block base fee', 'underpriced'],
  // what sending again cannot change
  ['insufficient funds for gas * price + value: balance 0, tx cost 5', undefined],
  ['intrinsic gas too low', undefined],
  ['exceeds block gas limit', undefined],
  ['invalid sender', undefined],
])('"%s" is read as %s', (message, outcome) => {
  expect(readSendError(message)).toBe(outcome);
});
