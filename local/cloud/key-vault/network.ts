import { type Arrival, mayPass } from '../network/may-pass.ts';
import { callerText, type Requester } from './requester.ts';
import type { Vault } from './vault.ts';

export type NetworkRefusal = { inner: 'ForbiddenByConnection' | 'ForbiddenByFirewall'; message: string };

const forbiddenByConnection = (requester: Requester, vault: Vault): NetworkRefusal => ({
  inner: 'ForbiddenByConnection',
  message: requester.trustedService
    ? "Connection is not an approved private link and caller was ignored because bypass is not set to 'AzureServices' " +
      "and PublicNetworkAccess is set to 'Disabled'."
    : 'Public network access is disabled and request is not from a trusted service nor via an approved private link.' +
      `\r\nCaller: ${callerText(requester)}\r\nVault: ${vault.name};location=${vault.location}`,
});

const forbiddenByFirewall = (requester: Requester, vault: Vault, address: string): NetworkRefusal => ({
  inner: 'ForbiddenByFirewall',
  message:
    `Client address is not authorized and ${
      requester.trustedService ? 'caller was ignored because bypass is set to None' : 'caller is not a trusted service'
    }.` +
    `\r\nClient address: ${address}\r\nCaller: ${callerText(requester)}\r\nVault: ${vault.name};location=${vault.location}`,
});

/** The network rule that keeps a request out; undefined when the request may pass. */
export const networkRefusal = (vault: Vault, requester: Requester, arrival: Arrival): NetworkRefusal | undefined => {
  const { publicNetworkAccess, networkAcls } = vault;
  const passage = mayPass({ publicNetworkAccess, ...networkAcls }, arrival, requester.trustedService);
  if (passage === 'passes') return undefined;
  if (passage === 'noConnection') return forbiddenByConnection(requester, vault);
  return forbiddenByFirewall(requester, vault, arrival.address);
};
