import { bytesToHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { connectSigner } from '../clients/connect-deployment.js';
import type { DeploymentSigner } from './deployment-chain.js';

/** Everybody knows this phrase; coins of its accounts on a public chain are gone at once. */
const publicTestPhrase = 'test test test test test test test test test test test junk';
const accounts = 20;
const localOverlays = ['local', 'local-fast'];

/**
 * Signers of the public test accounts, which the local overlays give their roles to. There are none unless the plan is
 * local and the chain runs on this machine.
 *
 * @example deriveTestSigners(['local-fast'], 'http://127.0.0.1:8545')[0]?.address // '0xf39F…'
 */
export function deriveTestSigners(
  overlays: readonly string[],
  rpcUrl: string,
): readonly DeploymentSigner[] {
  if (!overlays.some((name) => localOverlays.includes(name)) || !isLoopback(rpcUrl)) return [];
  derived ??= deriveAll();
  return derived;
}

/** Derivation from the phrase is slow by design; its result never changes. */
let derived: readonly DeploymentSigner[] | undefined;

function deriveAll(): readonly DeploymentSigner[] {
  const parent = mnemonicToAccount(publicTestPhrase, { path: "m/44'/60'/0'/0" }).getHdKey();
  return Array.from({ length: accounts }, (_, index) =>
    connectSigner(bytesToHex(parent.deriveChild(index).privateKey!)),
  );
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
