import { expect, it } from 'vitest';
import { checksumAddress, isAddressText } from './checksum-address.js';
import { nearestWord } from './nearest-word.js';

it.each([
  ['suply', ['symbol', 'supply'], 'supply'],
  ['SUPPLY', ['supply'], 'supply'],
  ['hahs', ['hash', 'build'], 'hash'],
  ['warpConfig', ['warp', 'rewardManager'], undefined],
  ['', ['a'], 'a'],
  ['x', [], undefined],
  ['x'.repeat(500), ['supply'], undefined],
])('nearestWord(%j)', (word, words, near) => expect(nearestWord(word, words)).toBe(near));

// The four mixed-case examples of EIP-55.
it.each([
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
])('checksumAddress gives %s', (address) => {
  expect(checksumAddress(address.toLowerCase())).toBe(address);
  expect(isAddressText(address)).toBe(true);
  expect(isAddressText(address.toLowerCase())).toBe(true);
  expect(isAddressText(`0x${address.slice(2).toUpperCase()}`)).toBe(true);
  const swapped = address.replace(/[a-f]/, (digit) => digit.toUpperCase());
  expect(isAddressText(swapped)).toBe(false);
});
